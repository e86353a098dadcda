// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/linear/dual_loss.hpp>
#include <kindred/linear/linear_checkpoint.hpp>
#include <kindred/linear/objective.hpp>
#include <kindred/linear/row_math.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Dual coordinate descent: solves for the multiplier of one example after the other, in an order drawn anew each epoch. For
// hinge_loss, which has no curvature, and for any loss with a dual_loss; l2 > 0, l1 = 0, and no intercept - one that is not
// penalized would tie the multipliers together; give the rows a column of ones instead.
//
// Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent method for large-scale linear SVM" (2008), with their
// shrinking: examples whose multiplier rests at an end are passed over, but for every eighth epoch.
//
// Ends when the duality gap is at most `tolerance` of the objective: the objective is then that close to the least there is.
// O(stored values) an epoch on one thread, and a parallel pass to measure the gap. Begins at zero, whatever w is. The observer
// hears the objective after each epoch.
struct dual_descent {
  double tolerance = 1e-3;
  std::uint32_t epochs = 1000;
  std::uint64_t seed = 0;

  void check() const { check_not_negative("dual_descent: tolerance", tolerance); }

  // What it remembers.
  struct memory_type {
    buffer<double> multiplier;   // of every example
    std::vector<index_t> order;  // of those that are not passed over
    double least = 0, most = 0;  // slopes of the last epoch: what lies beyond them at an end is passed over

    static constexpr stored_format format{"dual_descent_memory", 1};
    static void fields(auto& self, auto& visit) {
      visit("multipliers", self.multiplier);
      visit("order", self.order);
      visit("least", self.least);
      visit("most", self.most);
    }
    void restore() const {
      check_stored_numbers(multiplier, "dual_descent_memory");
      check_stored(is_finite(least) && is_finite(most), "dual_descent_memory: numbers are finite");
      for (index_t const r : order)
        check_stored(r < multiplier.size(), "dual_descent_memory: the order is one of the examples");
    }
  };

  template <class Objective, executor E, observer O>
  [[nodiscard]] fit_report minimize(Objective& f, std::span<double> w, E& ex, O& watch) const {
    return detail::minimize_in_steps<memory_type>(w, watch, [&](auto& training, std::uint32_t more, auto const& after) {
      advance(f, training, more, ex, after);
    });
  }
  // See resumable_solver.
  template <class Objective, executor E, class After>
  void advance(Objective& f, linear_checkpoint<memory_type>& training, std::uint32_t more, E& ex,
               After const& after) const {
    check_problem(f);
    std::span<double> const w = training.parameters.span();
    memory_type& memory = training.memory;
    if (!training.begun) {
      memory.multiplier = buffer<double>(f.examples_count());
      for (double& x : w) x = 0;
      for (index_t r = 0; r != f.examples_count(); ++r) {
        memory.multiplier[r] = dual_of<Objective>::start(weight(f, r));
        add(f, r, memory.multiplier[r], w);
      }
      training.begun = true;
    }
    if (memory.multiplier.size() != f.examples_count())
      raise(error(error_kind::shape) << "dual_descent: what was begun is of other data");
    state at(f, memory);
    detail::run_rounds(training, more, epochs, after, [&](fit_report const& before) {
      epoch(f, before.epochs, w, at);
      double const primal = objective(f, w, ex, at);
      double const gap = primal - dual(f, w, at);
      if (!is_finite(primal))
        raise(error(error_kind::numeric) << "dual_descent: the objective is not finite; scale the features");
      return fit_report{before.epochs + 1, primal, gap <= tolerance * primal};
    });
  }

private:
  template <class Objective>
  using dual_of = dual_loss<typename Objective::loss_type>;

  struct state {
    template <class Objective>
    state(Objective const& f, memory_type& memory)
        : multiplier(memory.multiplier),
          order(memory.order),
          least(memory.least),
          most(memory.most),
          square(f.examples_count()),
          margin(f.examples_count()) {
      for (index_t r = 0; r != f.examples_count(); ++r) square[r] = squared_length(f.data().row(r)) / f.penalty().l2;
    }

    buffer<double>& multiplier;
    std::vector<index_t>& order;
    double& least;
    double& most;
    buffer<double> square;  // |x|^2 / l2
    buffer<double> margin;
  };

  template <class Objective>
  static void check_problem(Objective const& f) {
    if (f.penalty().l1 != 0 || !(f.penalty().l2 > 0))
      raise(error(error_kind::setting) << "dual_descent minimizes with l1 = 0 and l2 above zero, not l1 = "
                                       << f.penalty().l1 << " and l2 = " << f.penalty().l2);
    if (f.intercept())
      raise(error(error_kind::setting)
            << "dual_descent has no intercept: set intercept = false, and give the rows a column of ones");
    for (index_t r = 0; r != f.examples_count(); ++r)
      if (auto const y = f.data().label(r); y != 0 && y != 1)
        raise(error(error_kind::data).at(r)
              << "dual_descent: the label " << y << " of row " << r << " is neither 0 nor 1");
  }

  template <class Objective>
  [[nodiscard]] static double weight(Objective const& f, index_t r) noexcept {
    return static_cast<double>(f.data().weight(r));
  }
  template <class Objective>
  [[nodiscard]] static double sign(Objective const& f, index_t r) noexcept {
    return f.data().label(r) > 0 ? 1 : -1;
  }
  template <real T>
  [[nodiscard]] static double squared_length(sparse_row<T> row) noexcept {
    return squared_length(dense_row<T>(row.value));
  }
  template <real T>
  [[nodiscard]] static double squared_length(dense_row<T> row) noexcept {
    double sum = 0;
    for (T const x : row) sum += static_cast<double>(x) * static_cast<double>(x);
    return sum;
  }
  template <class Objective>
  static void add(Objective const& f, index_t r, double change, std::span<double> w) noexcept {
    detail::add(f.data().row(r), change * sign(f, r) / f.penalty().l2, w.data());
  }

  template <class Objective>
  void epoch(Objective const& f, std::uint32_t number, std::span<double> w, state& at) const {
    using dual = dual_of<Objective>;
    constexpr double unbounded = 1e300;
    if (number % 8 == 0) {  // everybody again
      at.order.resize(at.multiplier.size());
      for (std::size_t r = 0; r != at.order.size(); ++r) at.order[r] = static_cast<index_t>(r);
      at.least = -unbounded;
      at.most = unbounded;
    }
    random_stream random(seed, number);
    shuffle(random, std::span<index_t>(at.order));
    double least = unbounded;
    double most = -unbounded;
    std::size_t kept = 0;
    for (index_t const r : at.order) {
      double const c = weight(f, r);
      double const a = at.multiplier[r];
      double const z = sign(f, r) * (detail::dot(f.data().row(r), w.data()) + static_cast<double>(f.data().offset(r)));
      if constexpr (dual::shrinks) {
        double const slope = dual::slope(a, z, c);
        if ((a <= 0 && slope > at.most) || (a >= dual::most(c) && slope < at.least)) continue;
        double const projected = (a <= 0 && slope > 0) || (a >= dual::most(c) && slope < 0) ? 0 : slope;
        if (projected > most) most = projected;
        if (projected < least) least = projected;
        at.order[kept] = r;
      }
      ++kept;
      double const to = dual::best(a, z, at.square[r], c);
      if (to == a) continue;
      at.multiplier[r] = to;
      add(f, r, to - a, w);
    }
    at.order.resize(kept);
    at.most = most > 0 ? most : unbounded;
    at.least = least < 0 ? least : -unbounded;
  }

  template <class Objective, executor E>
  [[nodiscard]] static double objective(Objective const& f, std::span<double const> w, E& ex, state& at) {
    f.margins(ex, w, true, at.margin.span());
    return f.losses(ex, at.margin.span(), 0, {}, {}, {}) + f.penalty_of(ex, w);
  }

  template <class Objective>
  [[nodiscard]] static double dual(Objective const& f, std::span<double const> w, state const& at) noexcept {
    double sum = 0;
    for (double const x : w) sum += x * x;
    sum *= f.penalty().l2 / 2;
    for (index_t r = 0; r != f.examples_count(); ++r)
      sum += at.multiplier[r] * sign(f, r) * static_cast<double>(f.data().offset(r)) +
             dual_of<Objective>::cost(at.multiplier[r], weight(f, r));
    return -sum;
  }
};

KINDRED_END
