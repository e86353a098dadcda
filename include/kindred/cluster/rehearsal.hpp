// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/closest_so_far.hpp>
#include <kindred/cluster/lloyd.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/kernel/two_closest.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What k-means tries on a sample before it touches all rows: a poor start costs many epochs and ends in a poor optimum, and on
// a sample it is cheap to know better.
//
// Draws `rows` rows for each cluster (all, when there are no more; twice as many, and so on, as long as that is no more than a
// sixteenth of all), begins `starts` times, takes the best start after a few
// epochs, and improves it by swaps: one center is taken away and put on a row that is badly served, where that pays. Up to
// `swaps` times eight such rows are tried. Swaps are Lattanzi and Sohler, "A better k-means++ algorithm via local search"
// (2019); the sample is Bradley and Fayyad, "Refining initial points for k-means clustering" (1998). rows = 0 leaves the
// rehearsal out: the first centers are then exactly what the initial policy says.
struct rehearsal {
  index_t rows = 256;
  index_t starts = 4;
  index_t swaps = 50;

  void check() const {
    if (starts == 0 || starts > 1000)
      raise(error(error_kind::setting) << "rehearsal: starts = " << starts << "; there are 1 to 1000");
  }
};

namespace detail {

// Rows with weight, `count` of them, spread evenly over all: one of each of `count` stretches of equal length.
template <class Rows>
[[nodiscard]] std::vector<index_t> draw_sample(Rows const& rows, std::size_t count, std::uint64_t seed) {
  std::vector<index_t> heavy;
  if (!rows.weights().empty())
    for (index_t i = 0; i != rows.size(); ++i)
      if (rows.weight(i) > 0) heavy.push_back(i);
  std::size_t const all = heavy.empty() ? rows.size() : heavy.size();
  if (count > all) count = all;
  std::vector<index_t> out(count);
  random_stream random(seed, 3);
  for (std::size_t k = 0; k != count; ++k) {
    std::size_t const first = all * k / count;
    auto const length = static_cast<std::uint32_t>(all * (k + 1) / count - first);
    std::size_t const at = first + below(random, length);
    out[k] = heavy.empty() ? static_cast<index_t>(at) : heavy[at];
  }
  return out;
}

// Rows as centers. When there are fewer than clusters, the last ones repeat the first: they stay empty.
template <class Rows>
[[nodiscard]] center_set<typename Rows::value_type> centers_at(Rows const& rows, std::span<index_t const> chosen,
                                                               index_t clusters) {
  center_set<typename Rows::value_type> centers(clusters, rows.dims());
  for (index_t c = 0; c != clusters; ++c) {
    rows.copy_row(chosen[c % chosen.size()], centers.row(c));
    centers.settle(c, 0);
  }
  centers.settle_all();
  return centers;
}

// Swaps single centers for rows while that makes the sum of squared distances smaller.
template <class Rows>
class center_swaps {
public:
  using T = typename Rows::value_type;
  static constexpr std::size_t candidates = 8;
  static constexpr std::size_t grain = Rows::most;

  center_swaps(Rows const& rows, center_set<T>& centers)
      : rows_(rows), centers_(centers), own_(rows.size()), far_(rows) {}

  // How many swaps were made in at most `rounds` rounds; ends early after eight rounds without.
  template <executor E>
  index_t run(index_t rounds, std::uint64_t seed, E& ex) {
    index_t made = 0;
    std::size_t idle = 0;
    double cost = look(ex);
    for (index_t round = 0; round != rounds && idle != 8 && cost > 0; ++round) {
      random_stream random(seed, round);
      std::vector<index_t> drawn;
      for (std::size_t k = 0; k != candidates; ++k)
        if (index_t const row = draw(random, cost); row != index_limit) drawn.push_back(row);
      if (drawn.empty()) break;
      auto const best = weigh(drawn, ex);
      if (best.cost < cost * (1 - 1e-4)) {
        rows_.copy_row(drawn[best.candidate], centers_.row(best.center));
        centers_.settle(best.center, 0);
        centers_.settle_all();
        cost = look(ex);
        idle = 0;
        ++made;
      } else {
        ++idle;
      }
    }
    return made;
  }

private:
  struct served {
    index_t center;
    T first;   // squared distance to the closest center
    T second;  // and to the next
  };
  struct swap_choice {
    double cost;
    std::size_t candidate;
    index_t center;
  };
  struct losses {
    std::vector<double> total;  // by candidate: the cost when it is added
    std::vector<double> loss;   // by center and candidate: what taking the center away adds to that

    friend losses operator+(losses a, losses const& b) {
      if (a.total.empty()) return b;
      for (std::size_t k = 0; k != a.total.size(); ++k) a.total[k] += b.total[k];
      for (std::size_t k = 0; k != a.loss.size(); ++k) a.loss[k] += b.loss[k];
      return a;
    }
  };

  template <executor E>
  double look(E& ex) {
    auto const& panels = centers_.panels();
    return reduce_chunks<double>(ex, rows_.size(), grain, [&](std::size_t first, std::size_t last) {
      std::array<index_t, grain> which;
      std::array<kernel::two_closest<T>, grain> two;
      for (std::size_t i = first; i != last; ++i) which[i - first] = static_cast<index_t>(i);
      rows_.closest({which.data(), last - first}, panels, 0, panels.panels(), two.data());
      score_error<T> const rounding(rows_.dims(), centers_.longest());
      double sum = 0;
      for (std::size_t i = first; i != last; ++i) {
        auto const row = static_cast<index_t>(i);
        T const length = rows_.squared_length(row);
        T const error = rounding.of(length);
        auto const squared = [&](T score) {
          constexpr T most_far = (std::numeric_limits<T>::max)() / 64;
          T const d = length + 2 * (score < most_far ? score : most_far);
          return d > 4 * error ? d : T{0};
        };
        auto const& found = two[i - first];
        own_[i] = {found.id, squared(found.first), squared(found.second)};
        sum += rows_.weight(row) * static_cast<double>(own_[i].first);
      }
      return sum;
    });
  }

  template <random_source R>
  [[nodiscard]] index_t draw(R& random, double cost) const noexcept {
    double left = unit(random) * cost;
    index_t last = index_limit;
    for (index_t i = 0; i != rows_.size(); ++i) {
      double const own = rows_.weight(i) * static_cast<double>(own_[i].first);
      if (!(own > 0)) continue;
      last = i;
      if (left < own) break;
      left -= own;
    }
    return last;
  }

  template <executor E>
  [[nodiscard]] swap_choice weigh(std::span<index_t const> drawn, E& ex) {
    far_.lay_out(drawn);
    std::size_t const centers = centers_.size();
    losses const all = reduce_chunks<losses>(ex, rows_.size(), 16 * grain, [&](std::size_t first, std::size_t last) {
      losses out{std::vector<double>(candidates), std::vector<double>(candidates * centers)};
      for (std::size_t from = first; from < last; from += grain)
        far_.template each_row<candidates>(from, from + grain < last ? from + grain : last,
                                           [&](index_t i, T const* squared) {
                                             double const w = rows_.weight(i);
                                             served const own = own_[i];
                                             double* const loss = out.loss.data() + own.center * candidates;
                                             for (std::size_t k = 0; k != candidates; ++k) {
                                               T const with = squared[k] < own.first ? squared[k] : own.first;
                                               T const without = squared[k] < own.second ? squared[k] : own.second;
                                               out.total[k] += w * static_cast<double>(with);
                                               loss[k] += w * static_cast<double>(without - with);
                                             }
                                           });
      return out;
    });
    swap_choice best{(std::numeric_limits<double>::max)(), 0, 0};
    for (std::size_t k = 0; k != drawn.size(); ++k)
      for (index_t c = 0; c != centers_.size(); ++c)
        if (double const cost = all.total[k] + all.loss[c * candidates + k]; cost < best.cost) best = {cost, k, c};
    return best;
  }

  Rows const& rows_;
  center_set<T>& centers_;
  std::vector<served> own_;
  closest_so_far<Rows> far_;
};

// The first centers: what the initial policy says, rehearsed.
template <class Rows, class Initial, executor E>
[[nodiscard]] center_set<typename Rows::value_type> rehearse(Rows const& rows, Initial const& initial,
                                                             rehearsal const& how, lloyd_settings const& settings,
                                                             index_t clusters, std::uint64_t seed, E& ex) {
  using T = typename Rows::value_type;
  silent unwatched;
  auto const run = [&](center_set<T>& centers, std::uint32_t epochs, double tolerance, auto& on) {
    lloyd_settings shorter = settings;
    shorter.epochs = epochs;
    shorter.tolerance = tolerance;
    assigner<Rows> closest(rows, clusters, update_rule::automatic);
    return run_lloyd(rows, shorter, centers, closest, on, unwatched).objective;
  };
  // A start is too small for many threads; several starts are not.
  std::vector<center_set<T>> started(how.starts, center_set<T>(clusters, rows.dims()));
  std::vector<double> inertia(how.starts);
  ex.bulk(how.starts, [&](std::size_t start) {
    sequential alone;
    started[start] = centers_at(rows, initial.choose(rows, clusters, mix(seed, start), alone), clusters);
    inertia[start] = run(started[start], 8, 1e-3, alone);
  });
  std::size_t lowest = 0;
  for (std::size_t start = 1; start < how.starts; ++start)
    if (inertia[start] < inertia[lowest]) lowest = start;
  center_set<T> best = std::move(started[lowest]);
  for (std::uint32_t turn = 0; turn != 4; ++turn) {
    index_t const made = center_swaps<Rows>(rows, best).run(how.swaps, mix(seed, turn, 1), ex);
    if (made == 0 && turn != 0) break;
    run(best, 30, 1e-4, ex);
  }
  return best;
}

}  // namespace detail

KINDRED_END
