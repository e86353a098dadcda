// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/begun_training.hpp>
#include <kindred/factor/check_reach.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/grouped_biases.hpp>
#include <kindred/factor/rating_scales.hpp>
#include <kindred/factor/sgd_checkpoint.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/prefetch.hpp>
#include <kindred/kernel/update_pairs.hpp>
#include <kindred/kernel/update_rows.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/strata.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

namespace detail {

struct nothing_between {
  constexpr void operator()(auto&, std::uint32_t, auto) const noexcept {}
};

}  // namespace detail

// Biased matrix factorization by stochastic gradient descent. Minimizes
//
//   sum over ratings (u, i, r, w) of  w loss(mean + b(u) + b(i) + <p(u), q(i)>, r)
//                                     + bias.penalty(b(u)) + bias.penalty(b(i)) + vector.penalty(p(u)) + vector.penalty(q(i))
//
// where the penalties are paid with every rating, so that who has many is regularized more (Koren, Bell and Volinsky,
// "Matrix factorization techniques for recommender systems", 2009, equation 5). Loss, regularizers, schedule and initializer
// are policies: any type that models the concept, yours or ours.
//
// The rate is that of the schedule: one for an epoch, or, under adagrad and adam, one for every parameter. A regularizer that
// asks how many ratings there are, frequency_scaled, is told; one of whole rows, group_penalty, is asked for whole vectors.
//
// Each rating moves its four parameters one step down the gradient, then shrinks them. A rating without a weight has w = 1.
// An epoch costs 8 x factors flops a rating. Ratings are visited in strata, so the result is the same bits on any number of
// threads. The observer hears, after each epoch, the mean loss of the ratings as they were met. A fit whose loss, or whose
// model in the end, is not finite gives error{numeric}, naming the epoch, and the rating at which that was first seen, or the user
// and the item with the largest numbers. converged says that all epochs were run.
template <class Loss = squared_loss, class Regularizer = l2, class Schedule = inverse_rate,
          class Initializer = normal_initializer>
struct sgd {
  // Said here, where a policy is chosen, so that the compiler names what it lacks; fit would only not be found.
  static_assert(kindred::loss<Loss, detail::either<kindred::loss<Loss, double>>>, "sgd: not a loss");
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>, "sgd: not a regularizer");
  static_assert(schedule<Schedule>, "sgd: not a schedule");
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>, "sgd: not an initializer");

  index_t factors = 64;
  std::uint32_t epochs = 30;
  Loss loss = {};
  Regularizer vector = {};
  Regularizer bias = {};
  Schedule rate = {};
  Initializer start = {};
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires kindred::loss<Loss, T> && regularizer<Regularizer, T> && schedule<Schedule> && initializer<Initializer, T>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable): every user and item where the initializer puts them. With a warm
  // start, for ratings that have come since or for other settings, users and items that the model knows begin where it has them,
  // with its mean; it has as many factors as this, or error{shape} is thrown.
  template <real T, executor E = sequential>
  [[nodiscard]] sgd_checkpoint<T> begin(ratings<T> const& data, factor_model<T> const& from = {0, 0, 0},
                                        E&& ex = {}) const {
    check();
    auto begun = detail::begun_biased("sgd", ex, data, from, factors, detail::started_by(*this, user_id{}),
                                      detail::started_by(*this, item_id{}));
    sgd_checkpoint<T> training{std::move(begun.model), begun.report};
    if constexpr (parameter_schedule<Schedule, T>) {
      std::size_t const numbers = Schedule::memory * (training.model.users().stride() + 1);
      training.user_memory.assign(data.user_count() * numbers, T{0});
      training.item_memory.assign(data.item_count() * numbers, T{0});
    }
    return training;
  }
  template <real T, executor E>
  [[nodiscard]] sgd_checkpoint<T> begin(ratings<T> const& data, E& ex) const {
    return begin(data, factor_model<T>(0, 0, 0), ex);
  }

  // Trains for as many epochs as `more`, at most until all of the recipe's are done; after(training) is called after each
  // and says whether to go on. A fit in several goes, on the same data with the same recipe, gives the same bits as one in
  // one go: whatever is to be known for that is in the checkpoint. between(model, epoch, rate), if given, may move the model after
  // each pass over the ratings, for terms of the objective beside them. Throws what fit throws.
  template <real T, executor E, class After, class Between = detail::nothing_between>
  void advance(sgd_checkpoint<T>& training, ratings<T> const& data, std::uint32_t more, E& ex, After const& after,
               Between const& between = {}) const {
    check();
    detail::check_training("sgd", training.model, data, factors);
    if constexpr (parameter_schedule<Schedule, T>) {
      std::size_t const numbers = Schedule::memory * (training.model.users().stride() + 1);
      if (training.user_memory.size() != data.user_count() * numbers ||
          training.item_memory.size() != data.item_count() * numbers)
        raise(error(error_kind::shape) << "sgd: the checkpoint is of another schedule");
    }
    // Where all vectors fit the caches, cutting shards anew would cost a third of the time: the ratings make one.
    constexpr std::size_t cached = std::size_t{16} << 20;
    std::size_t const rows = std::size_t{data.user_count()} + data.item_count();
    bool const fit_caches = rows * training.model.users().stride() <= cached / sizeof(T);
    strata<T> const blocks(data, seed, ex, fit_caches ? data.size() : strata<T>::many);
    detail::grouped_biases<T> biases(blocks);
    detail::rating_scales<T> const by(data, vector, bias);
    auto const ahead = [&](auto const& next) {
      kernel::prefetch(training.model.users().row(next.user).data(), factors);
      kernel::prefetch(training.model.items().row(next.item).data(), factors);
    };
    detail::run_epochs(training, more, epochs, after, [&](std::uint32_t epoch, double before) {
      if (epoch == 0) training.rate = rate(0);
      auto const step_size = static_cast<T>(training.rate);
      biases.take(training.model);
      double const now =
          blocks.pass(ex, epoch, [&](auto const& seen) { return step(training, seen, biases, step_size, by); }, ahead);
      biases.put_into(training.model);
      between(training.model, epoch, step_size);
      training.rate = detail::rate_after(rate, epoch + 1, training.rate, before, now);
      return now;
    });
    detail::check_reach(training.model, training.report.epochs);
  }

private:
  void check() const {
    check_factors("sgd", factors);
    check_settings(loss, vector, bias, rate, start);
  }

  template <real T>
  double step(sgd_checkpoint<T>& training, typename strata<T>::entry const& seen, detail::grouped_biases<T>& biases,
              T step_size, detail::rating_scales<T> const& by) const noexcept {
    factor_model<T>& model = training.model;
    struct parameters {
      T& bias;
      std::span<T> vector;
    } const u{biases.user(seen.user_place), model.of(user_id{seen.user}).vector},
        i{biases.item(seen.item_place), model.of(item_id{seen.item}).vector};
    std::size_t const n = u.vector.size();
    T const prediction = model.mean() + u.bias + i.bias + kernel::dot(u.vector.data(), i.vector.data(), n);
    T const slope = seen.weight * loss.slope(prediction, seen.value);
    T const user_step = step_size * by.user_vector(seen.user);
    T const item_step = step_size * by.item_vector(seen.item);
    T const user_bias_step = step_size * by.user_bias(seen.user);
    T const item_bias_step = step_size * by.item_bias(seen.item);
    if constexpr (parameter_schedule<Schedule, T>) {
      std::size_t const numbers = Schedule::memory * (n + 1);
      T* const of_u = training.user_memory.data() + seen.user * numbers;
      T* const of_i = training.item_memory.data() + seen.item * numbers;
      move_bias(u.bias, slope, step_size, user_bias_step, of_u);
      move_bias(i.bias, slope, step_size, item_bias_step, of_i);
      move_vectors(u.vector.data(), i.vector.data(), n, slope, step_size, user_step, item_step, of_u + Schedule::memory,
                   of_i + Schedule::memory);
    } else {
      T const pull = step_size * slope;
      u.bias = bias.shrink(u.bias - pull, user_bias_step);
      i.bias = bias.shrink(i.bias - pull, item_bias_step);
      auto const each = detail::by_number(vector);
      auto const move = [&]<class V>(V p, V q)
        requires detail::shrinks<detail::number_part<Regularizer>, V, T>
      {
        return std::array<V, 2>{each.shrink(V(p - V(pull) * q), user_step), each.shrink(V(q - V(pull) * p), item_step)};
      };
      kernel::update_pairs(u.vector.data(), i.vector.data(), n, move);
    }
    detail::shrink_whole(vector, u.vector, user_step);
    detail::shrink_whole(vector, i.vector, item_step);
    return static_cast<double>(seen.weight * loss.value(prediction, seen.value));
  }

  // With a rate and a memory for every number. The memories of a row's numbers lie one after another, the first of all first.
  template <real T>
  void move_bias(T& b, T slope, T step_size, T shrinking, T* memory) const noexcept {
    std::array<T, Schedule::memory> seen;
    for (std::size_t k = 0; k != seen.size(); ++k) seen[k] = memory[k];
    b = bias.shrink(b - rate.move(slope, step_size, seen), shrinking);
    for (std::size_t k = 0; k != seen.size(); ++k) memory[k] = seen[k];
  }
  template <real T>
  void move_vectors(T* p, T* q, std::size_t n, T slope, T step_size, T user_step, T item_step, T* of_p,
                    T* of_q) const noexcept {
    auto const each = detail::by_number(vector);
    if constexpr (Schedule::memory == 1) {
      auto const move = [&]<class V>(V, V x, V y, V a, V b)
        requires detail::shrinks<detail::number_part<Regularizer>, V, T>
      {
        std::array<V, 1> x_seen{a}, y_seen{b};
        V const to_x = rate.move(V(V(slope) * y), step_size, x_seen);
        V const to_y = rate.move(V(V(slope) * x), step_size, y_seen);
        return std::array<V, 4>{each.shrink(V(x - to_x), user_step), each.shrink(V(y - to_y), item_step), x_seen[0],
                                y_seen[0]};
      };
      kernel::update_rows(n, move, static_cast<T const*>(p), p, q, of_p, of_q);
    } else {
      for (std::size_t k = 0; k != n; ++k) {
        std::array<T, Schedule::memory> x_seen, y_seen;
        for (std::size_t m = 0; m != x_seen.size(); ++m) {
          x_seen[m] = of_p[m * n + k];
          y_seen[m] = of_q[m * n + k];
        }
        T const to_x = rate.move(slope * q[k], step_size, x_seen);
        T const to_y = rate.move(slope * p[k], step_size, y_seen);
        p[k] = each.shrink(p[k] - to_x, user_step);
        q[k] = each.shrink(q[k] - to_y, item_step);
        for (std::size_t m = 0; m != x_seen.size(); ++m) {
          of_p[m * n + k] = x_seen[m];
          of_q[m * n + k] = y_seen[m];
        }
      }
    }
  }
};

KINDRED_END
