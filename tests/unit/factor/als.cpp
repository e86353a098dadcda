// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/als.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using kindred::als;
using kindred::cholesky;
using kindred::conjugate_gradient;
using kindred::index_t;
using kindred::item_id;
using kindred::subspace;
using kindred::user_id;

static_assert(kindred::recipe<als<>, kindred::ratings<float>>);

namespace {

// [solver]
// Moves one number after another to where the energy is least, the others held.
struct one_by_one {
  template <kindred::real T>
  auto room(std::size_t columns) const {
    return cholesky{}.room<T>(columns);
  }
  template <kindred::real T>
  double solve(kindred::row_system<T> const& system, std::span<T> x, cholesky::workspace<T>& room) const {
    cholesky::form(system, room);  // A, its upper triangle
    auto const a = [&](std::size_t r, std::size_t c) {
      return room.matrix[(std::min)(r, c) * room.size + (std::max)(r, c)];
    };
    std::fill(room.right.begin(), room.right.end(), T{0});
    for (std::size_t k = 0; k != system.index.size(); ++k)
      kindred::kernel::axpy(system.pull[k], system.vector(k), room.right.data(), room.size);
    auto const rest = [&](std::size_t c) {  // of b, less what the others make
      T sum = room.right[c];
      for (std::size_t j = 0; j != system.columns(); ++j) sum -= j == c ? T{0} : a(c, j) * x[j];
      return sum;
    };
    double energy = 0;
    for (std::size_t c = 0; c != system.columns(); ++c) {
      if (!(a(c, c) > 0)) return std::numeric_limits<double>::infinity();
      x[c] = rest(c) / a(c, c);
    }
    for (std::size_t c = 0; c != system.columns(); ++c)
      energy += static_cast<double>(x[c] * (a(c, c) * x[c] - rest(c) - room.right[c]));
    return energy;
  }
};
static_assert(kindred::row_solver<one_by_one, float>);
// [/solver]

// The objective as it is written down.
template <class T, class How>
double objective(How const& how, kindred::ratings<T> const& data, kindred::factor_model<T> const& model) {
  double sum = 0;
  auto const penalty = [&](std::size_t count, T bias, auto row) {
    double all = how.bias_penalty * static_cast<double>(bias) * static_cast<double>(bias);
    for (T const x : row) all += static_cast<double>(x) * static_cast<double>(x);
    return how.regularization * std::pow(static_cast<double>(count), how.frequency_power) * all;
  };
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    auto const weight = data.weights(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) {
      double const wrong =
          static_cast<double>(row.value[k] - kindred::score_of(model, user_id{u}, item_id{row.index[k]}));
      sum += (weight.empty() ? 1.0 : static_cast<double>(weight[k])) * wrong * wrong;
    }
    if (!row.empty()) sum += penalty(row.size(), model.user_biases()[u], model.users().row(u));
  }
  for (index_t i = 0; i != data.item_count(); ++i)
    if (auto const size = data.of(item_id{i}).size(); size != 0)
      sum += penalty(size, model.item_biases()[i], model.items().row(i));
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
  CHECK(heard.back() == doctest::Approx(objective(how, data, trained.model)).epsilon(1e-4));
  for (std::size_t k = 1; k < heard.size(); ++k) CHECK(heard[k] < heard[k - 1] * (1 + 1e-5));
}

}  // namespace

TEST_CASE_TEMPLATE("als: two ratings without factors, by hand", T, float, double) {
  // Mean 2, lambda 1. The residuals of the user add up to nothing: b_u = 0. Then b_i = (r - 2) / (1 + 1) = -1/2 and 1/2, and the
  // objective is 2 (1/2)^2 of misfit and 2 (1/2)^2 of penalty.
  als<cholesky> how{.factors = 0, .sweeps = 1};
  how.regularization = 1;
  auto const trained = kindred::fit(how, support::ratings_of<T>({{0, 0, 1}, {0, 1, 3}}, {.users = 2, .items = 3}));
  CHECK(support::scores(trained.model, user_id{0}, support::first_items(3)) == std::vector<T>{T{1.5}, T{2.5}, 2});
  CHECK(trained.report.objective == doctest::Approx(1));
  CHECK(!trained.model.knows(user_id{1}));
  CHECK(!trained.model.knows(item_id{2}));
}

TEST_CASE_TEMPLATE("als: the objective is what is said and goes down", T, float, double) {
  auto const data = support::ratings_of<T>(support::random_list(30, 40, 0.3, 4), {.users = 31, .items = 42});
  check_objective(als<cholesky>{.factors = 6, .sweeps = 4}, data);
  check_objective(als<conjugate_gradient>{.factors = 16, .sweeps = 4, .frequency_power = 0.5}, data);
  check_objective(als<one_by_one>{.factors = 6, .sweeps = 4}, data);
  check_objective(als<subspace>{.factors = 20, .sweeps = 4, .solver = {16}}, data);
  check_objective(als<cholesky>{.factors = 3, .sweeps = 4, .bias_penalty = 0.25}, data);
  std::vector<support::seen> weighted;
  for (auto s : support::random_list(15, 12, 0.4, 5)) {
    s.weight = 0.5 + s.item % 3;
    weighted.push_back(s);
  }
  check_objective(als<conjugate_gradient>{.factors = 5, .sweeps = 3}, support::weighted_ratings_of<T>(weighted));
}

TEST_CASE("als: learns what biases cannot know") {
  // 4 when user and item are of one kind, 2 when not; every third pair is held out.
  std::vector<support::seen> train;
  double wrong = 0;
  for (index_t u = 0; u != 20; ++u)
    for (index_t i = 0; i != 20; ++i)
      if ((u + i) % 3 != 0) train.push_back({u, i, u % 2 == i % 2 ? 4.0 : 2.0});
  als<> how{.factors = 2, .sweeps = 30, .regularization = 0.01};
  auto const model = kindred::fit(how, support::ratings_of<float>(train)).model;
  for (index_t u = 0; u != 20; ++u)
    for (index_t i = 0; i != 20; ++i)
      wrong = std::fmax(wrong, std::abs(static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i})) -
                                        (u % 2 == i % 2 ? 4.0 : 2.0)));
  CHECK(wrong < 0.1);
}

TEST_CASE("als: begins where a model was, with its biases") {
  auto const data = support::random_ratings<double>(40, 30, 0.3, 9);
  als<cholesky> const how{.factors = 3, .sweeps = 60};
  auto const before = kindred::fit(how, data);
  kindred::sequential ex;
  auto training = how.begin(data, before.model);
  CHECK(training.model == before.model);
  how.advance(training, data, 1, ex, [](auto const&) { return kindred::flow::proceed; });
  CHECK(training.report.objective <= before.report.objective * (1 + 1e-9));
}

TEST_CASE("als: leaves the padding of the model as it was, even when it fails") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {0, 1, 4}, {1, 1, 2}});
  als<cholesky> how{.factors = 3, .sweeps = 2, .regularization = 0};
  auto training = how.begin(data);
  auto const before = training.model;
  kindred::sequential ex;
  auto const go_on = [](auto const&) { return kindred::flow::proceed; };
  support::error_of([&] { how.advance(training, data, 1, ex, go_on); });
  for (index_t i = 0; i != 2; ++i) CHECK(training.model.of(item_id{i}).vector[3] == 0);
  how.regularization = 0.1;
  training.model = before;
  how.advance(training, data, 2, ex, go_on);
  for (index_t u = 0; u != 2; ++u) CHECK(training.model.of(user_id{u}).vector[3] == 0);
}

TEST_CASE("als: what it refuses") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {0, 1, 4}});
  auto const refused = [&](auto const& how) { return support::error_of([&] { (void)kindred::fit(how, data); }); };
  CHECK(support::says(refused(als<>{.factors = 70000}), "factors = 70000"));
  CHECK(support::says(refused(als<>{.regularization = -1}), "regularization = -1"));
  CHECK(support::says(refused(als<>{.frequency_power = -1}), "frequency_power = -1"));
  CHECK(support::says(refused(als<>{.bias_penalty = 0}), "bias_penalty = 0; it has to be a finite number"));
  CHECK(support::says(refused(als<subspace>{.solver = {.block = 0}}), "block = 0"));
  auto const singular = refused(als<cholesky>{.factors = 8, .sweeps = 1, .regularization = 0});
  CHECK(singular.kind() == kindred::error_kind::numeric);
  CHECK(support::says(singular, "als: user 0: the normal equations are not positive definite"));
}
