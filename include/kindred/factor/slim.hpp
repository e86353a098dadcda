// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/transposed.hpp>
#include <kindred/factor/sparse_item_weights.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A fit by slim under way: the weights of the items so far, a row for each.
template <real T>
struct slim_checkpoint {
  fit_report report = {.converged = false};
  std::uint32_t unfinished = 0;  // items that ran out of sweeps
  std::vector<offset_t> offset = {0};
  std::vector<index_t> index = {};
  std::vector<T> value = {};

  static constexpr stored_format format{"slim_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("report", self.report);
    visit("unfinished", self.unfinished);
    visit("offset", self.offset);
    visit("index", self.index);
    visit("value", self.value);
  }
  void restore() const {
    check_stored(!offset.empty() && value.size() == index.size(), "slim_checkpoint: a value for every index");
    check_stored_offsets(offset, index.size(), "slim_checkpoint");
    check_stored_numbers(value, "slim_checkpoint");
  }
};

// Sparse item weights: for every item i the w, zero or more, w[i] = 0, that minimizes
//
//   |x_i - X w|^2 / 2  +  l2 |w|^2 / 2  +  l1 (sum of w)
//
// where X is the matrix of all events and x_i its column. (Ning and Karypis, SLIM: sparse linear methods for top-N recommender
// systems, 2011.) Only the `candidates` items that are most like i by cosine may get a weight (their fsSLIM): with as many as
// there are items it is the whole problem.
//
// By coordinate descent, until a sweep moves no weight by more than `tolerance`, at most `sweeps` of them. A sweep costs the
// events of the candidates; memory the events once more and, for each task, a number a user and an item. Parallel over
// items, the same bits on any number of threads. The observer hears the sum of the objectives after every 1024 items; items that
// a fit did not come to have no weights. converged says that it came to all and none ran out of sweeps. Throws error: setting;
// numeric when values overflow.
struct slim {
  double l1 = 1;
  double l2 = 5;
  index_t candidates = 200;
  std::uint32_t sweeps = 100;
  double tolerance = 1e-4;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<sparse_item_weights<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <real T>
  [[nodiscard]] slim_checkpoint<T> begin(ratings<T> const&) const {
    check();
    return {};
  }
  template <real T, executor E, class After>
  void advance(slim_checkpoint<T>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check();
    check_training(training, data);
    std::size_t const all = data.item_count();
    auto const rounds = static_cast<std::uint32_t>((std::max)(chunk_count(all, at_a_time), std::size_t{1}));
    std::vector<std::vector<std::pair<index_t, T>>> found((std::min)(all, at_a_time));
    detail::run_rounds(training, more, rounds, after, [&](fit_report const& before) {
      std::size_t const from = before.epochs * at_a_time;
      std::size_t const count = (std::min)(all - from, at_a_time);
      auto const some = reduce_chunks<sum>(ex, count, 16, [&](std::size_t first, std::size_t last) {
        room<T> of(data);
        sum part;
        for (std::size_t i = first; i != last; ++i) {
          found[i].clear();
          auto const one = solve(data, static_cast<index_t>(from + i), of, found[i]);
          part.objective += one.first;
          part.unfinished += one.second ? 0u : 1u;
        }
        return part;
      });
      double const objective = before.objective + some.objective;
      if (!is_finite(objective)) raise_overflow();
      training.unfinished += some.unfinished;
      for (std::size_t i = 0; i != count; ++i) {
        for (auto const& [j, w] : found[i]) {
          training.index.push_back(j);
          training.value.push_back(w);
        }
        training.offset.push_back(training.index.size());
      }
      bool const last = before.epochs + 1 == rounds;
      return fit_report{before.epochs + 1, objective, last && training.unfinished == 0};
    });
  }
  template <real T, executor E>
  [[nodiscard]] fitted<sparse_item_weights<T>> finish(slim_checkpoint<T> training, ratings<T> const& data, E&) const {
    check_training(training, data);
    // No score is larger; sums of this size are what overflows first.
    double const reach = static_cast<double>(data.item_count()) * largest_magnitude(data.by_user().value()) *
                         largest_magnitude(std::span<T const>(training.value));
    if (!is_finite(static_cast<T>(reach))) raise_overflow();
    training.offset.resize(std::size_t{data.item_count()} + 1, training.index.size());
    csr_view<T> const by_target(unchecked, training.offset, training.index, training.value, data.item_count());
    return {sparse_item_weights<T>(data, transposed(by_target)), training.report};
  }

  void check() const {
    check_not_negative("slim: l1", l1);
    check_not_negative("slim: l2", l2);
    check_not_negative("slim: tolerance", tolerance);
  }

private:
  static constexpr std::size_t at_a_time = 1024;  // items a round

  struct sum {
    double objective = 0;
    std::uint32_t unfinished = 0;
    sum operator+(sum const& other) const noexcept {
      return {objective + other.objective, unfinished + other.unfinished};
    }
  };

  template <real T>
  static void check_training(slim_checkpoint<T> const& training, ratings<T> const& data) {
    std::size_t const done = training.report.epochs * at_a_time;
    bool right = training.offset.size() == (std::min)(done, std::size_t{data.item_count()}) + 1;
    for (index_t const j : training.index) right = right && j < data.item_count();
    if (!right) raise(error(error_kind::shape) << "slim: what was begun is of other data");
  }
  [[noreturn]] static void raise_overflow() {
    raise(error(error_kind::numeric) << "slim: values of this size overflow; divide them all by one number");
  }

  template <real T>
  struct room {
    explicit room(ratings<T> const& data) : rest(data.user_count(), 0), product(data.item_count(), 0) {}
    std::vector<double> rest;     // x_i - X w, by user
    std::vector<double> product;  // x_j' x_i
    std::vector<index_t> peer;
    std::vector<double> weight;
    std::vector<double> square;
  };

  // The weights of one item, in `out` by ascending item; the objective, and whether the sweeps sufficed.
  template <real T>
  [[nodiscard]] std::pair<double, bool> solve(ratings<T> const& data, index_t i, room<T>& of,
                                              std::vector<std::pair<index_t, T>>& out) const {
    auto const own = data.of(item_id{i});
    choose(data, i, of);
    for (std::size_t k = 0; k != own.size(); ++k) of.rest[own.index[k]] = static_cast<double>(own.value[k]);

    bool done = false;
    for (std::uint32_t sweep = 0; sweep != sweeps && !done; ++sweep) {
      double moved = 0;
      for (std::size_t c = 0; c != of.peer.size(); ++c) {
        auto const column = data.of(item_id{of.peer[c]});
        double pull = of.weight[c] * of.square[c] - l1;
        for (std::size_t k = 0; k != column.size(); ++k)
          pull += static_cast<double>(column.value[k]) * of.rest[column.index[k]];
        double const weight = pull > 0 ? pull / (of.square[c] + l2) : 0.0;
        double const change = weight - of.weight[c];
        if (change == 0) continue;
        for (std::size_t k = 0; k != column.size(); ++k)
          of.rest[column.index[k]] -= change * static_cast<double>(column.value[k]);
        of.weight[c] = weight;
        moved = (std::max)(moved, std::abs(change));
      }
      done = moved <= tolerance;
    }

    double penalty = 0;
    double squares = 0;
    auto const settle = [&](sparse_row<T> row) {  // each user's rest is counted once, and cleared
      for (index_t const u : row.index) {
        squares += of.rest[u] * of.rest[u];
        of.rest[u] = 0;
      }
    };
    settle(own);
    for (std::size_t c = 0; c != of.peer.size(); ++c) {
      settle(data.of(item_id{of.peer[c]}));
      penalty += of.weight[c] * (l1 + l2 / 2 * of.weight[c]);
      if (of.weight[c] > 0) out.emplace_back(of.peer[c], static_cast<T>(of.weight[c]));
    }
    return {squares / 2 + penalty, done};
  }

  // The items most like i by cosine, of equal ones those of lower id, in ascending order.
  template <real T>
  void choose(ratings<T> const& data, index_t i, room<T>& of) const {
    of.peer.clear();
    auto const own = data.of(item_id{i});
    for (std::size_t k = 0; k != own.size(); ++k) {
      auto const row = data.of(user_id{own.index[k]});
      for (std::size_t j = 0; j != row.size(); ++j) {
        if (row.index[j] == i) continue;
        double const more = static_cast<double>(own.value[k]) * static_cast<double>(row.value[j]);
        if (of.product[row.index[j]] == 0 && more != 0) of.peer.push_back(row.index[j]);
        of.product[row.index[j]] += more;
      }
    }
    std::sort(of.peer.begin(), of.peer.end());
    of.peer.erase(std::unique(of.peer.begin(), of.peer.end()), of.peer.end());
    std::vector<std::pair<double, index_t>> likeness;
    for (index_t const j : of.peer) {
      double const square = square_of(data, j);
      if (of.product[j] > 0 && square > 0) likeness.emplace_back(-of.product[j] / std::sqrt(square), j);
      of.product[j] = 0;
    }
    std::size_t const count = (std::min)(likeness.size(), static_cast<std::size_t>(candidates));
    std::partial_sort(likeness.begin(), likeness.begin() + static_cast<std::ptrdiff_t>(count), likeness.end());
    of.peer.clear();
    for (std::size_t k = 0; k != count; ++k) of.peer.push_back(likeness[k].second);
    std::sort(of.peer.begin(), of.peer.end());
    of.weight.assign(count, 0);
    of.square.resize(count);
    for (std::size_t k = 0; k != count; ++k) of.square[k] = square_of(data, of.peer[k]);
  }

  template <real T>
  [[nodiscard]] static double square_of(ratings<T> const& data, index_t j) noexcept {
    double sum = 0;
    for (T const x : data.of(item_id{j}).value) sum += static_cast<double>(x) * static_cast<double>(x);
    return sum;
  }
};

KINDRED_END
