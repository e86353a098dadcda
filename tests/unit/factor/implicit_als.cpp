// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/implicit_als.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

using kindred::cholesky;
using kindred::conjugate_gradient;
using kindred::constant_confidence;
using kindred::implicit_als;
using kindred::index_t;
using kindred::item_id;
using kindred::linear_confidence;
using kindred::subspace;
using kindred::user_id;

static_assert(kindred::recipe<implicit_als<>, kindred::ratings<float>>);
static_assert(kindred::scorer<kindred::preference_model<float>> &&
              !kindred::predictor<kindred::preference_model<float>>);

namespace {

struct from_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

// [confidence]
// Ten plays say that somebody likes a song; the eleventh says no more.
struct plays_up_to {
  double most = 10;
  template <kindred::real T>
  T operator()(T plays) const noexcept {
    return std::clamp(plays, T{0}, static_cast<T>(most));
  }
  void check() const { kindred::check_not_negative("plays_up_to: most", most); }
};
static_assert(kindred::confidence<plays_up_to, float>);
// [/confidence]

// The objective as it is written down.
template <class T, class How>
double objective(How const& how, kindred::ratings<T> const& data, kindred::preference_model<T> const& model) {
  double sum = 0;
  double users = 0;
  double items = 0;
  for (index_t u = 0; u != data.user_count(); ++u) users += data.of(user_id{u}).empty() ? 0 : 1;
  for (index_t i = 0; i != data.item_count(); ++i) items += data.of(item_id{i}).empty() ? 0 : 1;
  auto const square = [](auto row) {
    double all = 0;
    for (T const x : row) all += static_cast<double>(x) * static_cast<double>(x);
    return all;
  };
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    auto const weight = data.weights(user_id{u});
    for (index_t i = 0; i != data.item_count(); ++i) {
      double const score = static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i}));
      std::size_t const k = kindred::position_of(row.index, i);
      if (k == row.size()) {
        sum += how.unobserved_weight * score * score;
      } else {
        double const w = weight.empty() ? 1.0 : static_cast<double>(weight[k]);
        double const counts = how.unobserved_weight + w * static_cast<double>(how.confidence(row.value[k]));
        sum += counts * (1 - score) * (1 - score);
      }
    }
    if (!row.empty())
      sum += how.regularization *
             std::pow(static_cast<double>(row.size()) + how.unobserved_weight * items, how.frequency_power) *
             square(model.users().row(u));
  }
  for (index_t i = 0; i != data.item_count(); ++i)
    if (!data.of(item_id{i}).empty())
      sum += how.regularization *
             std::pow(static_cast<double>(data.of(item_id{i}).size()) + how.unobserved_weight * users,
                      how.frequency_power) *
             square(model.items().row(i));
  return sum;
}

template <class T, class How>
void check_objective(How const& how, kindred::ratings<T> const& data) {
  std::vector<double> heard;
  auto watch = [&](kindred::progress const& p) {
    heard.push_back(p.objective);
    return kindred::flow::proceed;
  };
  auto const trained = kindred::fit(how, data, kindred::sequential{}, watch);
  CHECK(trained.report.epochs == how.sweeps);
  CHECK(heard.back() == doctest::Approx(objective(how, data, trained.model)).epsilon(1e-4));
  for (std::size_t k = 1; k < heard.size(); ++k) CHECK(heard[k] < heard[k - 1] * (1 + 1e-6));
}

}  // namespace

TEST_CASE_TEMPLATE("implicit_als: one user and one item, by hand", T, float, double) {
  // a = 1, e = 1, lambda = 2, q = 1. The event counts a + e = 2; the Gram matrix is q^2. So p = 2 q / (2 q^2 + 2) = 1/2, then
  // q = 2 p / (2 p^2 + 2) = 2/5, and the objective is 2 (1 - 1/5)^2 + 2 (1/4 + 4/25) = 2.1.
  implicit_als<cholesky, linear_confidence, from_one> how{.factors = 1, .sweeps = 1};
  how.regularization = 2;
  how.frequency_power = 0;
  how.unobserved_weight = 1;
  auto const data = support::ratings_of<T>({{0, 0, 1}}, {.users = 2, .items = 2});
  auto const trained = kindred::fit(how, data);
  CHECK(trained.model.users().row(0)[0] == doctest::Approx(0.5));
  CHECK(trained.model.items().row(0)[0] == doctest::Approx(0.4));
  CHECK(trained.report.objective == doctest::Approx(2.1));
  CHECK(!trained.model.knows(user_id{1}));
  CHECK(!trained.model.knows(item_id{1}));
  CHECK(kindred::score_of(trained.model, user_id{1}, item_id{1}) == 0);
  // A vector of any number of equal columns has one direction: the score of k factors with lambda the same.
  how.factors = 3;
  CHECK(kindred::score_of(kindred::fit(how, data).model, user_id{0}, item_id{0}) > 0);
}

TEST_CASE_TEMPLATE("implicit_als: the objective is what is said and goes down", T, float, double) {
  auto const data = support::ratings_of<T>(support::random_list(30, 40, 0.2, 4), {.users = 31, .items = 42});
  check_objective(implicit_als<cholesky>{.factors = 6, .sweeps = 4}, data);
  check_objective(implicit_als<conjugate_gradient, kindred::log_confidence>{.factors = 20, .sweeps = 4}, data);
  check_objective(implicit_als<subspace, constant_confidence>{.factors = 20, .sweeps = 4, .solver = {16}}, data);
  std::vector<support::seen> weighted;
  for (auto s : support::random_list(15, 12, 0.4, 5)) {
    s.weight = 0.5 + s.item % 3;
    weighted.push_back(s);
  }
  implicit_als<conjugate_gradient> how{.factors = 5, .sweeps = 3};
  how.frequency_power = 0.5;
  how.unobserved_weight = 0.7;
  check_objective(how, support::weighted_ratings_of<T>(weighted));
  check_objective(implicit_als<conjugate_gradient, plays_up_to>{.factors = 5, .sweeps = 3, .confidence = {2.5}}, data);
}

TEST_CASE_TEMPLATE("confidences: by hand", T, float, double) {
  CHECK(constant_confidence{3}(T{-7}) == 3);
  CHECK(linear_confidence{3}(T{-7}) == 21);
  CHECK(kindred::log_confidence{3, 2}(T{-7}) == doctest::Approx(3 * std::log(4.5)));
}

TEST_CASE("implicit_als: solvers agree in the end, and stop when they are told") {
  auto const data = support::ratings_of<double>(support::random_list(30, 25, 0.2, 6));
  implicit_als<cholesky> exact{.factors = 4, .sweeps = 400};
  exact.tolerance = 1e-4;
  auto const a = kindred::fit(exact, data);
  CHECK(a.report.converged);
  CHECK(a.report.epochs < 400);
  implicit_als<conjugate_gradient> steps{.factors = 4, .sweeps = 400};
  steps.tolerance = 1e-4;
  CHECK(kindred::fit(steps, data).report.objective == doctest::Approx(a.report.objective).epsilon(0.02));
}

TEST_CASE("implicit_als: what it refuses") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {0, 1, 1}});
  auto const refused = [&](auto const& how) { return support::error_of([&] { (void)kindred::fit(how, data); }); };
  CHECK(support::says(refused(implicit_als<>{.factors = 70000}), "factors = 70000"));
  CHECK(support::says(refused(implicit_als<>{.regularization = -1}), "regularization = -1"));
  CHECK(support::says(refused(implicit_als<>{.unobserved_weight = -1}), "unobserved_weight"));
  CHECK(support::says(refused(implicit_als<>{.solver = {.steps = 0}}), "steps = 0"));
  CHECK(support::says(refused(implicit_als<>{.confidence = {.strength = -2}}), "strength = -2"));
  CHECK(support::says(refused(implicit_als<conjugate_gradient, kindred::log_confidence>{.confidence = {.scale = 0}}),
                      "scale = 0"));
  CHECK(support::says(refused(implicit_als<conjugate_gradient, plays_up_to>{.confidence = {-1}}), "most = -1"));
  implicit_als<cholesky> loose{.factors = 8, .sweeps = 1, .regularization = 0, .unobserved_weight = 0};
  auto const singular = refused(loose);
  CHECK(singular.kind() == kindred::error_kind::numeric);
  CHECK(support::says(singular, "implicit_als: user 0: the normal equations are not positive definite"));
}
