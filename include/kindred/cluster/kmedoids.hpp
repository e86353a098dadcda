// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/column_totals.hpp>
#include <kindred/cluster/euclidean_gap.hpp>
#include <kindred/cluster/kept_rows.hpp>
#include <kindred/cluster/medoid_clustering.hpp>
#include <kindred/cluster/medoid_search.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/comparison.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Which swap of a medoid for another row k-medoids makes next.
//
//   eager  the first that pays, going round the rows: FasterPAM, Schubert and Rousseeuw, "Fast and eager k-medoids clustering"
//          (2021). Ends where no swap pays.
//   best   of all swaps the one that pays most: those of PAM (Kaufman and Rousseeuw, 1987), found k times faster
//          (FastPAM1, 2019). Ends at such a place as well, after many more passes.
enum class medoid_swaps : std::uint8_t { eager, best };

// Where k-medoids begins: at rows drawn at random, which eager swaps make good, or at those of PAM's BUILD, chosen with care in
// O(rows^2 x clusters).
enum class medoid_start : std::uint8_t { random, build };

// k-medoids: `clusters` of the rows, the medoids, such that
//
//   inertia = sum over rows of  weight x distance(row, medoid of its cluster)
//
// is small: a local optimum, at which swapping no medoid for any other row pays. For any distance of two rows, a metric or not,
// dense or sparse - an edit distance, one minus Jaccard's similarity, a lambda through `as_distance` - where nobody knows what a mean
// would be. Takes a matrix_view or a csr_view of float or double, alone or in weighted_rows. distance(row, medoid) is asked
// once for every pair of rows.
//
// `runs` runs with seeds of their own are made, and the one with the lowest inertia kept. An epoch is a round over all rows
// (eager) or a swap (best); a run that made `epochs` of them without coming to its end is not `converged`. The observer hears the
// inertia after each epoch; with several runs they are counted on.
//
// O(rows^2) distances and memory, 4 or 8 bytes each; an epoch costs O(rows^2 + swaps x rows x clusters). The same bits on
// any number of threads. There is no checkpoint (see resumable): the distances, which are most of the work, would have to be kept in
// it, or made once more.
//
// More clusters than rows, a distance that is not finite, and weights that are not as they should be are errors. Fewer different
// rows than clusters are not: clusters stay empty, and occupied() says so.
template <class Distance = euclidean_gap>
struct kmedoids {
  index_t clusters = 8;
  medoid_swaps swaps = medoid_swaps::eager;
  medoid_start start = medoid_start::random;
  std::uint32_t epochs = 100;
  std::uint32_t runs = 1;
  std::uint64_t seed = 0;
  Distance distance = {};

  template <class Rows, executor E, observer O>
    requires cluster_rows<Rows> && kindred::distance<Distance, typename detail::kept_rows<Rows>::row_type>
  [[nodiscard]] fitted<medoid_clustering<Rows, Distance>> fit(Rows const& rows, E& ex, O& watch) const {
    return fit(weighted_rows<Rows>{rows, {}}, ex, watch);
  }

  template <class Rows, executor E, observer O>
    requires kindred::distance<Distance, typename detail::kept_rows<Rows>::row_type>
  [[nodiscard]] fitted<medoid_clustering<Rows, Distance>> fit(weighted_rows<Rows> const& data, E& ex, O& watch) const {
    using T = value_t<Rows>;
    check(data);
    std::size_t const n = data.rows.rows();
    buffer<T> const apart = distances(data.rows, ex);
    fit_report report;
    std::vector<index_t> medoids, labels(n);
    std::uint32_t told = 0;
    bool stopped = false;
    auto const count_on = [&](progress const& p) {
      stopped = watch(progress{told + p.epoch, p.objective}) == flow::stop;
      return stopped ? flow::stop : flow::proceed;
    };
    for (std::uint32_t run = 0; run != runs && !stopped; ++run) {
      detail::medoid_search<T> search(apart.data(), data.weight, n);
      if (start == medoid_start::build) search.build(clusters, ex);
      else search.draw(clusters, mix(seed, run));
      fit_report const done =
          swaps == medoid_swaps::eager ? go_round(search, n, ex, count_on) : take_best(search, n, ex, count_on);
      told += done.epochs;
      if (run == 0 || done.objective < report.objective) {
        report = done;
        medoids.assign(search.medoids().begin(), search.medoids().end());
        for (std::size_t o = 0; o != n; ++o) labels[o] = search.label(o);
      }
    }
    report.epochs = told;
    return {{data.rows, std::move(medoids), std::move(labels), report.objective, distance}, report};
  }

private:
  template <class Rows>
  void check(weighted_rows<Rows> const& data) const {
    index_t const n = data.rows.rows();
    if (epochs == 0) raise(error(error_kind::setting) << "kmedoids: epochs = 0; there has to be one");
    if (runs == 0) raise(error(error_kind::setting) << "kmedoids: runs = 0; there has to be one");
    if (n == 0) raise(error(error_kind::shape) << "there are no rows to cluster");
    if (clusters == 0 || clusters > n)
      raise(error(error_kind::setting) << "kmedoids: clusters = " << clusters << " for " << n << " rows");
    if (data.weight.empty()) return;
    if (data.weight.size() != n)
      raise(error(error_kind::shape) << data.weight.size() << " weights for " << n
                                     << " rows; there has to be one for each");
    double all = 0;
    for (index_t i = 0; i != n; ++i) all += detail::weight_at(data.weight, i);
    if (!(all > 0)) raise(error(error_kind::data) << "the weights of all rows are zero");
  }

  template <class Rows, executor E>
  [[nodiscard]] buffer<value_t<Rows>> distances(Rows const& rows, E& ex) const {
    using T = value_t<Rows>;
    std::size_t const n = rows.rows();
    buffer<T> out(n * n);
    for_chunks(ex, n, 16, [&](std::size_t first, std::size_t last) {
      for (std::size_t c = first; c != last; ++c)
        for (std::size_t o = 0; o != n; ++o) {
          auto const own =
              static_cast<T>(distance(rows.row(static_cast<index_t>(o)), rows.row(static_cast<index_t>(c))));
          if (!is_finite(own))
            raise(error(error_kind::data).at(o, c)
                  << "kmedoids: the distance of row " << o << " from row " << c << " is not a finite number");
          out[c * n + o] = own;
        }
    });
    return out;
  }

  // Rows are weighed several at a time, and the first that pays is taken: what weighing them one by one would take.
  template <real T, executor E, class Watch>
  [[nodiscard]] fit_report go_round(detail::medoid_search<T>& search, std::size_t n, E& ex, Watch const& watch) const {
    using choice = typename detail::medoid_search<T>::swap_choice;
    constexpr std::size_t most = 64;
    fit_report report{0, search.inertia(), false};
    std::vector<choice> found(most);
    std::size_t since = 0;  // how many rows in a row did not pay
    while (report.epochs != epochs && !report.converged) {
      for (std::size_t row = 0; row != n && since < n;) {
        std::size_t const count = since < most ? since / 2 + 1 : most;
        std::size_t const last = row + count < n ? row + count : n;
        weigh_all(search, row, last, found, ex);
        for (std::size_t first = row; row != last; ++row, ++since)
          if (search.pays(found[row - first])) {
            search.swap(found[row - first]);
            since = 0;
            ++row;
            break;
          }
      }
      report = {report.epochs + 1, search.inertia(), since >= n};
      if (watch(progress{report.epochs, report.objective}) == flow::stop) break;
    }
    return report;
  }

  template <real T, executor E, class Watch>
  [[nodiscard]] fit_report take_best(detail::medoid_search<T>& search, std::size_t n, E& ex, Watch const& watch) const {
    fit_report report{0, search.inertia(), false};
    std::vector<typename detail::medoid_search<T>::swap_choice> found(n);
    while (report.epochs != epochs && !report.converged) {
      weigh_all(search, 0, n, found, ex);
      std::size_t best = 0;
      for (std::size_t row = 1; row < n; ++row)
        if (found[row].change < found[best].change) best = row;
      bool const pays = search.pays(found[best]);
      if (pays) search.swap(found[best]);
      report = {report.epochs + 1, search.inertia(), !pays};
      if (watch(progress{report.epochs, report.objective}) == flow::stop) break;
    }
    return report;
  }

  template <real T, executor E>
  static void weigh_all(detail::medoid_search<T> const& search, std::size_t first, std::size_t last,
                        std::vector<typename detail::medoid_search<T>::swap_choice>& found, E& ex) {
    for_chunks(ex, last - first, 16, [&](std::size_t from, std::size_t to) {
      std::vector<double> change;
      for (std::size_t k = from; k != to; ++k) {
        found[k] = {};
        if (!search.is_medoid(first + k)) found[k] = search.weigh(static_cast<index_t>(first + k), change);
      }
    });
  }
};

KINDRED_END
