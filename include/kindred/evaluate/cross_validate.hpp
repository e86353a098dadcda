// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {
template <class Tuple>
inline constexpr bool ties_doubles = false;
template <std::same_as<double>... D>
inline constexpr bool ties_doubles<std::tuple<D&...>> = true;
}  // namespace detail

// A struct of figures of which a mean can be taken: fields(x) ties those of its members, all double, that have one.
template <class F>
concept figures = std::default_initializable<F> && std::copyable<F> &&
                  requires(F& f) { requires detail::ties_doubles<decltype(fields(f))>; };

// What every fold gave, the mean, and the spread: the sample standard deviation (divided by folds - 1; 0 for one fold).
// Members that are not among the fields keep their default in mean and spread.
template <figures F>
struct cross_validation {
  std::vector<F> folds;
  F mean{};
  F spread{};
};

namespace detail {

// visit(double& of a, double& of b) for the fields of a and b, pair by pair.
template <figures F, class Visit>
void each_field(F& a, F& b, Visit const& visit) {
  auto const of_a = fields(a);
  auto const of_b = fields(b);
  [&]<std::size_t... K>(std::index_sequence<K...>) {
    (visit(std::get<K>(of_a), std::get<K>(of_b)), ...);
  }(std::make_index_sequence<std::tuple_size_v<decltype(fields(a))>>{});
}

}  // namespace detail

// Trains `how` on every training part of the splitter and evaluates it on the test part:
//
//   auto const error = [](auto const& model, auto const& train, auto const& test) {
//     return evaluate_ratings(model, test, rating_scale::of(train));
//   };
//   auto const result = cross_validate(sgd<>{}, ratings, k_fold{.count = 5, .seed = 1}, error, pool);
//   result.mean.rmse, result.spread.rmse
//
// Folds run at the same time, each of them on one thread; the result is the same bits on any number of threads. What a fold
// throws is thrown on, of several the failure of the lowest fold. Throws error{setting} when the splitter has no folds: the
// mean of nothing would look like a perfect model. Memory: a copy of the data for every fold under way.
template <class R, class Data, splitter<Data> S, class Evaluate, executor E = sequential>
  requires recipe<R, Data>
[[nodiscard]] auto cross_validate(R const& how, Data const& data, S const& split, Evaluate const& evaluate,
                                  E&& ex = {}) {
  using F = decltype(evaluate(fit(how, data).model, data, data));
  static_assert(figures<F>, "the evaluation returns a struct of figures, with fields(x) that ties its doubles");
  if (split.folds() == 0) raise(error(error_kind::setting) << "cross_validate: the splitter has no folds");
  cross_validation<F> out;
  out.folds.resize(split.folds());
  ex.bulk(out.folds.size(), [&](std::size_t k) {
    auto const [train, test] = split.split(data, static_cast<std::uint32_t>(k));
    out.folds[k] = evaluate(fit(how, train).model, train, test);
  });
  auto const n = static_cast<double>(out.folds.size());
  detail::each_field(out.mean, out.spread, [](double& mean, double& spread) { mean = spread = 0; });
  for (F& fold : out.folds) detail::each_field(out.mean, fold, [](double& mean, double& x) { mean += x; });
  detail::each_field(out.mean, out.mean, [&](double& mean, double&) { mean /= n; });
  for (F fold : out.folds) {
    detail::each_field(fold, out.mean, [](double& x, double& mean) { x = (x - mean) * (x - mean); });
    detail::each_field(out.spread, fold, [&](double& spread, double& x) { spread += n > 1 ? x / (n - 1) : 0; });
  }
  detail::each_field(out.spread, out.spread, [](double& spread, double&) { spread = std::sqrt(spread); });
  return out;
}

KINDRED_END
