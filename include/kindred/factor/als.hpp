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
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/solve_rows.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/linalg/cholesky.hpp>
#include <kindred/linalg/conjugate_gradient.hpp>
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
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

// Trains a factor_model for ratings by alternating least squares. Minimizes, with w = 1 where ratings have no weights,
//
//   sum over ratings (u, i, r, w)  w (r - mean - b_u - b_i - p_u.q_i)^2
//     + regularization ( sum n_u^frequency_power (|p_u|^2 + c b_u^2)  +  sum n_i^frequency_power (|q_i|^2 + c b_i^2) )
//
// where n counts the ratings of a user or item and c is bias_penalty. (frequency_power = 1: Zhou, Wilkinson, Schreiber and Pan,
// Large-scale parallel collaborative filtering for the Netflix prize, 2008.) A user's bias and vector are solved for together.
//
// `solver` says how the equations of one user or item are solved: conjugate_gradient{}, cholesky{}, subspace{}, or yours. A
// sweep solves for all users, then for all items, and never raises the objective. Where vectors fill whole cache lines (of float,
// 16 factors or a multiple) it holds them a second time while it trains, else it needs no memory beside the model. Parallel over
// users and items, the same bits on any number of threads. The observer hears the objective after each sweep; converged means that
// the last one lowered it by no more than `tolerance` of itself. Throws error: setting; numeric, naming the user or item, when
// equations are not positive definite - as they are with regularization 0 and fewer ratings than factors - or overflow.
template <class Solver = conjugate_gradient, class Initializer = normal_initializer>
struct als {
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>, "als: not an initializer");

  index_t factors = 40;
  std::uint32_t sweeps = 16;
  double regularization = 0.12;
  double frequency_power = 1;
  double bias_penalty = 1;  // times regularization; more than 0
  double tolerance = 0;
  Solver solver = {};
  Initializer start = {};
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires row_solver<Solver, T> && initializer<Initializer, T>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable): items where the initializer puts them. With a warm start, users
  // and items that the model knows begin where it has them, with its mean; it has as many factors as this, or error{shape} is
  // thrown.
  template <real T, executor E = sequential>
  [[nodiscard]] fitted<factor_model<T>> begin(ratings<T> const& data, factor_model<T> const& from = {0, 0, 0},
                                              E&& ex = {}) const {
    check();
    return detail::begun_biased(
        "als", ex, data, from, factors, [](auto, index_t) {}, detail::started_by(*this, item_id{}));
  }
  template <real T, executor E>
  [[nodiscard]] fitted<factor_model<T>> begin(ratings<T> const& data, E& ex) const {
    return begin(data, factor_model<T>(0, 0, 0), ex);
  }

  // Trains for as many sweeps as `more`, at most until all of the recipe's are done or it has converged; after(training) is called
  // after each and says whether to go on. A fit in several goes, on the same data with the same recipe, gives the same bits as one
  // in one go. Throws what fit throws, and error{shape} when `training` is of other data or another recipe.
  template <real T, executor E, class After>
    requires row_solver<Solver, T>
  void advance(fitted<factor_model<T>>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check();
    detail::check_training("als", training.model, data, factors);
    T const mean = training.model.mean();
    side<user_id, T> users(training.model, share());
    side<item_id, T> items(training.model, share());
    detail::run_rounds(training, more, sweeps, after, [&](fit_report const& before) {
      std::uint32_t const sweep = before.epochs + 1;
      users.open();
      items.open();
      double const penalty = half(ex, data, data.by_user(), mean, items, users,
                                  [](double, T ridge, std::span<T const> x, double) { return ridge_of(ridge, x); });
      double const now =
          penalty + half(ex, data, data.by_item(), mean, users, items,
                         [](double energy, T, std::span<T const>, double squares) { return energy + squares; });
      users.close();
      items.close();
      if (!is_finite(now)) detail::raise_overflow_of("als", training.model, sweep);
      return fit_report{sweep, now, sweep > 1 && before.objective - now <= tolerance * before.objective};
    });
    if (!is_finite(static_cast<T>(training.model.reach())))
      detail::raise_overflow_of("als", training.model, training.report.epochs);
  }

  void check() const {
    if (factors > 65535)
      raise(error(error_kind::setting) << "als: factors = " << factors << "; vectors have at most 65535 numbers");
    check_not_negative("als: regularization", regularization);
    check_not_negative("als: frequency_power", frequency_power);
    if (!is_finite(bias_penalty) || bias_penalty <= 0)
      raise(error(error_kind::setting) << "als: bias_penalty = " << bias_penalty
                                       << "; it has to be a finite number, more than zero");
    check_not_negative("als: tolerance", tolerance);
    check_settings(solver, start);
  }

private:
  // What stands behind every vector, for the bias of the other side to be multiplied by: under one penalty for all numbers of a
  // solution, the bias is this times its last, and pays 1 / share^2 of it.
  [[nodiscard]] double share() const noexcept { return 1 / std::sqrt(bias_penalty); }

  // The vectors of users or of items, open with the share behind each: in their padding where it has room, else in rows of their own.
  template <entity_id Id, real T>
  class side {
  public:
    side(factor_model<T>& model, double share)
        : model_(model), share_(static_cast<T>(share)), stride_(padded_size<T>(std::size_t{model.factors()} + 1)) {
      if (in_place()) return;
      own_ = buffer<T>(vectors().rows() * stride_, T{0});
      for (index_t r = 0; r != vectors().rows(); ++r)
        std::copy_n(vectors().row(r).begin(), model.factors(), row(r).begin());
    }
    side(side const&) = delete;
    side& operator=(side const&) = delete;
    ~side() {
      if (open_ && in_place()) close();
    }

    void open() noexcept {
      open_ = true;
      for (index_t r = 0; r != vectors().rows(); ++r) row(r)[model_.factors()] = share_;
    }
    // The vectors as the model has them.
    void close() noexcept {
      open_ = false;
      for (index_t r = 0; r != vectors().rows(); ++r) {
        if (in_place()) row(r)[model_.factors()] = 0;
        else std::copy_n(row(r).begin(), model_.factors(), model_.of(Id{r}).vector.begin());
      }
    }

    // Of a row that is solved for: the solution so far, and what has become of it.
    [[nodiscard]] std::span<T> begin(std::size_t r) noexcept {
      row(r)[model_.factors()] = bias(r) / share_;
      return row(r);
    }
    void end(std::size_t r) noexcept { bias(r) = share_ * std::exchange(row(r)[model_.factors()], share_); }

    [[nodiscard]] std::span<T> row(std::size_t r) noexcept {
      return in_place() ? model_.of(Id{static_cast<index_t>(r)}).vector : own_.span().subspan(r * stride_, stride_);
    }
    [[nodiscard]] T& bias(std::size_t r) const noexcept { return model_.of(Id{static_cast<index_t>(r)}).bias; }
    [[nodiscard]] matrix_view<T> view() const noexcept {
      return {unchecked, in_place() ? vectors().data() : own_.data(), vectors().rows(), model_.factors() + 1, stride_};
    }

  private:
    [[nodiscard]] bool in_place() const noexcept { return stride_ == vectors().stride(); }
    [[nodiscard]] matrix_view<T> vectors() const noexcept {
      if constexpr (std::same_as<Id, user_id>) return model_.users();
      else return model_.items();
    }

    factor_model<T>& model_;
    T share_;
    std::size_t stride_;
    bool open_ = false;
    buffer<T> own_;
  };

  // Solves for all users, or all items, `held` held; what each row adds by add(energy, ridge, x, sum of w (r - ...)^2).
  template <entity_id Other, entity_id Id, real T, executor E, class Add>
  [[nodiscard]] double half(E& ex, ratings<T> const& data, csr_view<T> rows, T mean, side<Other, T> const& held,
                            side<Id, T>& moved, Add const& add) const {
    auto const weight_of = [&](std::size_t r) { return data.weights(Id{static_cast<index_t>(r)}); };
    auto const fill = [&](std::size_t r, sparse_row<T> row, std::span<T> weight, std::span<T> pull) {
      auto const given = weight_of(r);
      for (std::size_t k = 0; k != row.size(); ++k) {
        weight[k] = given.empty() ? T{1} : given[k];
        pull[k] = weight[k] * (row.value[k] - mean - held.bias(row.index[k]));
      }
      return static_cast<T>(detail::scaled_ridge(regularization, static_cast<double>(row.size()), frequency_power));
    };
    auto const start_of = [&](std::size_t r) { return moved.begin(r); };
    auto const finish = [&](std::size_t r, double energy, T ridge, sparse_row<T> row, std::span<T const> weight) {
      double squares = 0;
      for (std::size_t k = 0; k != row.size(); ++k) {
        double const rest = static_cast<double>(row.value[k] - mean - held.bias(row.index[k]));
        squares += static_cast<double>(weight[k]) * rest * rest;
      }
      double const added = add(energy, ridge, std::span<T const>(moved.row(r)), squares);
      moved.end(r);
      return added;
    };
    char const* const what = std::same_as<Id, user_id> ? "als: user" : "als: item";
    return detail::solve_rows<T>(ex, rows, held.view(), {}, solver, what, fill, start_of, finish);
  }

  template <real T>
  [[nodiscard]] static double ridge_of(T ridge, std::span<T const> x) noexcept {
    return static_cast<double>(ridge * kernel::dot(x.data(), x.data(), x.size()));
  }
};

KINDRED_END
