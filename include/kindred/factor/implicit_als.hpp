// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/begun_training.hpp>
#include <kindred/factor/check_reach.hpp>
#include <kindred/factor/confidence.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/solve_rows.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/linalg/cholesky.hpp>
#include <kindred/linalg/conjugate_gradient.hpp>
#include <kindred/linalg/gram.hpp>
#include <kindred/linalg/row_system.hpp>
#include <kindred/linalg/subspace.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

// Trains a factor_model of preferences, for clicks, plays and visits by alternating least squares over all pairs of users and items. With
// a = unobserved_weight, e(r) = confidence(r) and w = 1 where events have no weights, it minimizes
//
//   sum over events (u, i, r)  (a + w e(r)) (1 - p_u.q_i)^2  +  sum over other pairs  a (p_u.q_i)^2
//     + regularization ( sum (n_u + a items)^frequency_power |p_u|^2  +  sum (n_i + a users)^frequency_power |q_i|^2 )
//
// where n counts the events of a user or item, and users and items those that have any. (Hu, Koren and Volinsky,
// Collaborative filtering for implicit feedback datasets, 2008: a = 1, frequency_power = 0, linear_confidence. The scaled
// regularization: Rendle, Krichene, Zhang and Koren, Revisiting the performance of iALS on item recommendation benchmarks,
// 2021.) What is to be tuned is, in this order, regularization, unobserved_weight and factors.
//
// `solver` says how the equations of one user or item are solved: conjugate_gradient{}, cholesky{}, subspace{}, or yours. A
// sweep solves for all users, then for all items, and never raises the objective; it costs, beside the solver, two Gram
// matrices. Parallel over users and items, the same bits on any number of threads. The observer hears the objective after
// each sweep; converged means that the last one lowered it by no more than `tolerance` of itself. Throws error: setting;
// numeric, naming the user or item, when equations are not positive definite or overflow.
template <class Solver = conjugate_gradient, class Confidence = linear_confidence,
          class Initializer = normal_initializer>
struct implicit_als {
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>,
                "implicit_als: not an initializer");
  static_assert(kindred::confidence<Confidence, detail::either<kindred::confidence<Confidence, double>>>,
                "implicit_als: not a confidence");

  index_t factors = 64;
  std::uint32_t sweeps = 16;
  double regularization = 0.003;
  double frequency_power = 1;
  double unobserved_weight = 0.1;
  double tolerance = 0;
  Solver solver = {};
  Confidence confidence = {};
  Initializer start = {};
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires row_solver<Solver, T> && kindred::confidence<Confidence, T> && initializer<Initializer, T>
  [[nodiscard]] fitted<preference_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable): items where the initializer puts them, users at zero. With a warm
  // start, users and items that the model knows begin where it has them; it has as many factors as this, or error{shape} is thrown.
  template <real T, executor E = sequential>
  [[nodiscard]] fitted<preference_model<T>> begin(ratings<T> const& data, preference_model<T> const& from = {0, 0, 0},
                                                  E&& ex = {}) const {
    check();
    return detail::begun_factors(
        "implicit_als", ex, data, from, factors, [](auto, index_t) {}, detail::started_by(*this, item_id{}));
  }
  template <real T, executor E>
  [[nodiscard]] fitted<preference_model<T>> begin(ratings<T> const& data, E& ex) const {
    return begin(data, preference_model<T>(0, 0, 0), ex);
  }

  // Trains for as many sweeps as `more`, at most until all of the recipe's are done or it has converged; after(training) is called
  // after each and says whether to go on. A fit in several goes, on the same data with the same recipe, gives the same bits as one
  // in one go. Throws what fit throws, and error{shape} when `training` is of other data or another recipe.
  template <real T, executor E, class After>
    requires row_solver<Solver, T> && kindred::confidence<Confidence, T>
  void advance(fitted<preference_model<T>>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check();
    detail::check_training("implicit_als", training.model, data, factors);
    preference_model<T>& model = training.model;
    detail::run_rounds(training, more, sweeps, after, [&](fit_report const& before) {
      std::uint32_t const sweep = before.epochs + 1;
      double const penalty = half(ex, data, data.by_user(), user_id{}, model, model.items(), data.by_item(),
                                  [](double, T ridge, std::span<T const> p, std::span<T const>) {
                                    return static_cast<double>(ridge * kernel::dot(p.data(), p.data(), p.size()));
                                  });
      double const now = penalty + half(ex, data, data.by_item(), item_id{}, model, model.users(), data.by_user(),
                                        [&](double energy, T, std::span<T const>, std::span<T const> weight) {
                                          for (T const w : weight) energy += unobserved_weight + static_cast<double>(w);
                                          return energy;
                                        });
      if (!is_finite(now)) detail::raise_overflow_of("implicit_als", model, sweep);
      return fit_report{sweep, now, sweep > 1 && before.objective - now <= tolerance * before.objective};
    });
    if (!is_finite(static_cast<T>(model.reach())))
      detail::raise_overflow_of("implicit_als", model, training.report.epochs);
  }

  // What the square of the vector of a user or item costs that has so many events, of so many on the other side.
  [[nodiscard]] double ridge(std::size_t events, index_t others) const noexcept {
    return detail::scaled_ridge(regularization, static_cast<double>(events) + unobserved_weight * others,
                                frequency_power);
  }

  void check() const {
    check_factors("implicit_als", factors);
    check_not_negative("implicit_als: regularization", regularization);
    check_not_negative("implicit_als: frequency_power", frequency_power);
    check_not_negative("implicit_als: unobserved_weight", unobserved_weight);
    check_not_negative("implicit_als: tolerance", tolerance);
    check_settings(solver, confidence, start);
  }

private:
  // Solves for all users, or all items, `other` held; what each row adds by add(energy, ridge, vector, weights).
  template <entity_id Id, real T, executor E, class Add>
  [[nodiscard]] double half(E& ex, ratings<T> const& data, csr_view<T> rows, Id, preference_model<T>& model,
                            matrix_view<T> other, csr_view<T> other_rows, Add const& add) const {
    buffer<T> const base = gram(ex, other, static_cast<T>(unobserved_weight));
    index_t const others = detail::rows_in_use(other_rows);
    auto const fill = [&](std::size_t r, sparse_row<T> row, std::span<T> weight, std::span<T> pull) {
      auto const given = data.weights(Id{static_cast<index_t>(r)});
      for (std::size_t k = 0; k != row.size(); ++k) {
        weight[k] = confidence(row.value[k]) * (given.empty() ? T{1} : given[k]);
        pull[k] = static_cast<T>(unobserved_weight) + weight[k];
      }
      return static_cast<T>(ridge(row.size(), others));
    };
    auto const start_of = [&](std::size_t r) { return model.of(Id{static_cast<index_t>(r)}).vector; };
    auto const finish = [&](std::size_t r, double energy, T ridge, sparse_row<T>, std::span<T const> weight) {
      return add(energy, ridge, std::span<T const>(start_of(r)), weight);
    };
    char const* const what = std::same_as<Id, user_id> ? "implicit_als: user" : "implicit_als: item";
    return detail::solve_rows<T>(ex, rows, other, base.span(), solver, what, fill, start_of, finish);
  }
};

KINDRED_END
