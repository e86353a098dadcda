// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/transposed.hpp>
#include <kindred/factor/slim_checkpoint.hpp>
#include <kindred/factor/slim_descent.hpp>
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
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

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
        detail::slim_descent<slim, T> descent(*this, data);
        sum part;
        for (std::size_t i = first; i != last; ++i) {
          found[i].clear();
          auto const one = descent.solve(static_cast<index_t>(from + i), found[i]);
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
};

KINDRED_END
