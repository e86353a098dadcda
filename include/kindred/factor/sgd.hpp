// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/update_pairs.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/strata.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// Biased matrix factorization by stochastic gradient descent. Minimizes
//
//   sum over ratings (u, i, r, w) of  w loss(mean + b(u) + b(i) + <p(u), q(i)>, r)
//                                     + bias.penalty(b(u)) + bias.penalty(b(i)) + vector.penalty(p(u)) + vector.penalty(q(i))
//
// where the penalties are paid with every rating, so that who has many is regularized more (Koren, Bell and Volinsky,
// "Matrix factorization techniques for recommender systems", 2009, equation 5). Loss, regularizers, schedule and initializer
// are policies: any type that models the concept, yours or ours.
//
// Each rating moves its four parameters one step down the gradient, then shrinks them. A rating without a weight has w = 1.
// An epoch costs 8 x factors flops a rating. Ratings are visited in strata, so the result is the same bits on any number of
// threads. The observer hears, after each epoch, the mean loss of the ratings as they were met. A fit whose loss, or whose
// model in the end, is not finite gives error{numeric}, naming the epoch. converged says that all epochs were run.
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
    if (factors > 65536)
      raise(error(error_kind::setting) << "sgd: factors = " << factors << "; vectors have at most 65536 numbers");
    check_settings(loss, vector, bias, rate, start);
    fitted<factor_model<T>> result{begin(data), {}};
    factor_model<T>& model = result.model;
    strata<T> const blocks(data, seed);
    for (std::uint32_t epoch = 0; epoch != epochs; ++epoch) {
      auto const step_size = static_cast<T>(rate(epoch));
      double const objective = blocks.pass(ex, epoch, [&](auto const& seen) { return step(model, seen, step_size); });
      result.report = {epoch + 1, objective, epoch + 1 == epochs};
      if (watch(progress{epoch + 1, objective}) == flow::stop) break;
    }
    if (!is_finite(static_cast<T>(model.reach()))) raise_diverged(result.report.epochs);
    return result;
  }

private:
  template <real T>
  [[nodiscard]] factor_model<T> begin(ratings<T> const& data) const {
    factor_model<T> model(data.user_count(), data.item_count(), factors);
    model.set_mean(mean_of(data));
    auto const start_all = [&](auto id, index_t count, std::uint64_t stream) {
      for (index_t k = 0; k != count; ++k) {
        if (data.of(decltype(id){k}).empty()) continue;
        model.set_known(decltype(id){k});
        start(model.of(decltype(id){k}).vector.first(factors), mix(seed, stream), k);
      }
    };
    start_all(user_id{}, data.user_count(), 5);
    start_all(item_id{}, data.item_count(), 6);
    return model;
  }

  template <real T>
  double step(factor_model<T>& model, typename strata<T>::entry const& seen, T step_size) const noexcept {
    auto const u = model.of(user_id{seen.user});
    auto const i = model.of(item_id{seen.item});
    std::size_t const n = u.vector.size();
    T const prediction = model.mean() + u.bias + i.bias + kernel::dot(u.vector.data(), i.vector.data(), n);
    T const pull = step_size * seen.weight * loss.slope(prediction, seen.value);
    u.bias = bias.shrink(u.bias - pull, step_size);
    i.bias = bias.shrink(i.bias - pull, step_size);
    auto const move = [&]<class V>(V p, V q)
      requires detail::shrinks<Regularizer, V, T>
    {
      return std::array<V, 2>{vector.shrink(V(p - V(pull) * q), step_size),
                              vector.shrink(V(q - V(pull) * p), step_size)};
    };
    kernel::update_pairs(u.vector.data(), i.vector.data(), n, move);
    return static_cast<double>(seen.weight * loss.value(prediction, seen.value));
  }
};

KINDRED_END
