// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_als.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/composed_checkpoint.hpp>
#include <kindred/factor/composed_fit.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/model_biases.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/shared_parts.hpp>

#include <cstdint>

KINDRED_BEGIN

// Asymmetric SVD: users without parameters of their own but a bias; all that is known of their taste is what they rated, and
// how. Predicts
//
//   mean + b(u) + b(i) + <|N(u)|^(-1/2) sum over j in N(u) of [(r(u, j) - baseline(u, j)) x(j) + y(j)], q(i)>
//
// (Koren, "Factorization meets the neighborhood", 2008, equation 13), with bias_als as the baseline, held fixed. Objective,
// steps and reports are those of svdpp; x(j) and y(j) are moved, and paid for, once by every user who rated j.
//
// Parameters are few where users are many, and it often predicts better than svdpp; it overfits sooner, so that epochs
// matter. O(24 x factors) flops a rating and epoch, the same bits on any number of threads.
template <class Loss = squared_loss, class Regularizer = l2, class Schedule = inverse_rate,
          class Initializer = normal_initializer>
struct asymmetric_svd {
  // Said here, where a policy is chosen, so that the compiler names what it lacks; fit would only not be found.
  static_assert(kindred::loss<Loss, detail::either<kindred::loss<Loss, double>>>, "asymmetric_svd: not a loss");
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>,
                "asymmetric_svd: not a regularizer");
  static_assert(!detail::of_rows<Regularizer>, "asymmetric_svd: a penalty of whole vectors is for sgd");
  static_assert(schedule<Schedule>, "asymmetric_svd: not a schedule");
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>,
                "asymmetric_svd: not an initializer");

  index_t factors = 40;
  std::uint32_t epochs = 20;
  Loss loss = {};
  Regularizer vector = detail::usually<Regularizer>(l2{.strength = 0.15});
  Regularizer bias = detail::usually<Regularizer>(l2{.strength = 0.02});
  Schedule rate = detail::usually<Schedule>(inverse_rate{.rate = 0.006, .decay = 0.03});
  Initializer start = detail::usually<Initializer>(normal_initializer{.deviation = 0.05});
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires kindred::loss<Loss, T> && regularizer<Regularizer, T> && schedule<Schedule> && initializer<Initializer, T>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <real T, executor E>
  [[nodiscard]] composed_checkpoint<T> begin(ratings<T> const& data, E& ex) const {
    return detail::begin_composed(*this, data, ex);
  }
  template <real T, executor E, class After>
  void advance(composed_checkpoint<T>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    detail::advance_composed(*this, training, data, more, ex, after, [&](auto& begun) {
      return detail::model_biases<T, Regularizer>(data, begun.model, bias);
    });
  }
  template <real T, executor E>
  [[nodiscard]] fitted<factor_model<T>> finish(composed_checkpoint<T> training, ratings<T> const& data, E& ex) const {
    return detail::finish_composed(*this, training, data, ex);
  }

  void check() const {
    check_factors(name, factors);
    check_settings(loss, vector, bias, rate, start);
  }

  // What the vectors of users are made of.
  static constexpr char const* name = "asymmetric_svd";
  static constexpr bool has_own = false;
  template <real T, executor E>
  [[nodiscard]] static bias_model<T> baseline_of(ratings<T> const& data, E& ex) {
    silent quiet;
    return bias_als{}.fit(data, ex, quiet).model;
  }
  // A row y for every item, and behind those a row x, shared in proportion to what the baseline leaves of the rating.
  template <real T>
  [[nodiscard]] static index_t shared_rows(ratings<T> const& data) {
    if (data.item_count() > index_limit / 2)
      raise(error(error_kind::shape) << "asymmetric_svd: " << data.item_count()
                                     << " items are more than half of all ids");
    return 2 * data.item_count();
  }
  template <real T>
  [[nodiscard]] static detail::shared_parts<T> parts_of(ratings<T> const& data, bias_model<T> const& baseline) {
    auto parts = detail::parts_of_rated(data);
    parts.rows = shared_rows(data);
    parts.reserve(data.size());
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        T const expected = baseline.mean() + baseline.bias(user_id{u}) + baseline.bias(item_id{row.index[k]});
        parts.add(data.item_count() + row.index[k], parts.rated_share[u] * (row.value[k] - expected));
      }
      parts.end_user();
    }
    return parts;
  }
};

KINDRED_END
