// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/factorization_machine.hpp>

#include "../../support/content_loss.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/labelled.hpp"

#include <kindred/factor/strongest_effects.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/solve/frequency_scaled.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

using kindred::constant_rate;
using kindred::csr_view;
using kindred::factorization_machine;
using kindred::index_t;
using kindred::l2;
using kindred::logistic_loss;
using kindred::sparse_row;
using kindred::squared_loss;
using kindred::unregularized;

static_assert(kindred::recipe<factorization_machine<>, kindred::examples<csr_view<float>>>);
static_assert(kindred::recipe<factorization_machine<>, kindred::examples<kindred::matrix_view<double>>>);

namespace {

struct all_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

struct only_at_first {
  double rate = 0.01;
  double operator()(std::uint32_t epoch) const noexcept { return epoch == 0 ? rate : 0; }
};

using plain = factorization_machine<squared_loss, l2, constant_rate>;

// What is trained, number by number in long double, for squared loss and l2: batch by batch, column by column.
struct twin {
  using row = std::vector<long double>;
  long double intercept = 0;
  row weight;
  std::vector<row> vector;

  twin(kindred::examples<csr_view<double>> const& data, plain const& how)
      : weight(data.columns()), vector(data.columns(), row(how.factors)) {
    long double total = 0;
    for (index_t r = 0; r != data.size(); ++r) {
      intercept += data.weight(r) * data.label(r);
      total += data.weight(r);
    }
    intercept /= total;
    for (index_t j = 0; j != data.columns(); ++j) {
      bool met = false;
      for (index_t r = 0; r != data.size(); ++r)
        for (std::size_t k = 0; k != data.row(r).size(); ++k) met = met || data.row(r).index[k] == j;
      std::vector<double> numbers(how.factors);
      if (met) how.start(std::span<double>(numbers), kindred::mix(how.seed, 3), j);
      vector[j].assign(numbers.begin(), numbers.end());
    }
    kindred::example_batches<double> const batches(data, how.batch, how.seed);
    for (std::uint32_t epoch = 0; epoch != how.epochs; ++epoch)
      for (std::size_t const b : batches.in_order(epoch)) learn(data, batches.rows(b), how);
  }

  [[nodiscard]] long double margin(sparse_row<double> x) const {
    long double sum = intercept;
    for (std::size_t j = 0; j != x.size(); ++j) {
      sum += weight[x.index[j]] * x.value[j];
      for (std::size_t k = 0; k != j; ++k)
        for (std::size_t f = 0; f != vector[0].size(); ++f)
          sum += vector[x.index[j]][f] * vector[x.index[k]][f] * x.value[j] * x.value[k];
    }
    return sum;
  }

private:
  void learn(kindred::examples<csr_view<double>> const& data, std::span<index_t const> rows, plain const& how) {
    twin const before = *this;
    long double all = 0;
    row used(weight.size()), to_weight(weight.size());
    std::vector<row> to_vector(weight.size(), row(how.factors));
    for (index_t const r : rows) {
      auto const x = data.row(r);
      long double const pull = data.weight(r) * (before.margin(x) - data.label(r));
      all += pull;
      for (std::size_t j = 0; j != x.size(); ++j) {
        index_t const c = x.index[j];
        ++used[c];
        to_weight[c] += pull * x.value[j];
        for (std::size_t k = 0; k != x.size(); ++k)
          for (std::size_t f = 0; k != j && f != how.factors; ++f)
            to_vector[c][f] += pull * x.value[j] * x.value[k] * before.vector[x.index[k]][f];
      }
    }
    long double const rate = how.rate.rate;
    intercept -= rate * all / static_cast<long double>(rows.size());
    for (std::size_t c = 0; c != weight.size(); ++c) {
      if (used[c] == 0) continue;
      weight[c] = (weight[c] - rate * to_weight[c] / used[c]) / (1 + rate * how.weight.strength);
      for (std::size_t f = 0; f != how.factors; ++f)
        vector[c][f] = (vector[c][f] - rate * to_vector[c][f] / used[c]) / (1 + rate * how.vector.strength);
    }
  }
};

// Yes if exactly one of two switches is on; each alone says nothing.
template <class T>
kindred::example_table<T> either_but_not_both() {
  kindred::example_table<T> out(6);
  for (index_t r = 0; r != 400; ++r) {
    index_t const a = r % 2, b = r / 2 % 2;
    std::vector<index_t> const index{a, 2 + b, 4 + r / 4 % 2};
    out.add(a != b ? T{1} : T{0}, {index, std::vector<T>{1, 1, 1}});
  }
  return out;
}

}  // namespace

TEST_CASE_TEMPLATE("factorization_machine: one step by hand", T, float, double) {
  // One example, x = (1, 2), y = 3: the intercept begins at 3, vectors at 1, weights at 0. The margin is 3 + 1 x 1 x 1 x 2 = 5, the
  // slope 2, the rate 0.1.
  //   intercept = 3 - 0.1 x 2      w = -0.1 x 2 x (1, 2)      sum x v = 3
  //   v(0) = 1 - 0.1 x 2 x 1 x (3 - 1)      v(1) = 1 - 0.1 x 2 x 2 x (3 - 2)
  kindred::example_table<T> seen(3);
  seen.add(3, {std::vector<index_t>{0, 1}, std::vector<T>{1, 2}});
  factorization_machine<squared_loss, unregularized, constant_rate, all_one> const how{
      .factors = 1, .epochs = 1, .rate = {0.1}};
  auto const done = kindred::fit(how, seen.view());
  CHECK(done.report.objective == doctest::Approx(2));
  CHECK(done.report.converged);
  auto const& model = done.model;
  CHECK(model.intercept() == doctest::Approx(2.8));
  CHECK(model.weights()[0] == doctest::Approx(-0.2));
  CHECK(model.weights()[1] == doctest::Approx(-0.4));
  CHECK(model.vectors().row(0)[0] == doctest::Approx(0.6));
  CHECK(model.vectors().row(1)[0] == doctest::Approx(0.6));
  CHECK(model.vectors().row(2)[0] == 0);  // never seen
  CHECK(model.predict(seen.rows().row(0)) == doctest::Approx(2.8 - 0.2 - 0.8 + 0.6 * 0.6 * 2));
  std::vector<index_t> const beyond{0, 1, 7};
  std::vector<T> const values{1, 2, 100};
  CHECK(model.margin(sparse_row<T>{beyond, values}) == model.margin(seen.rows().row(0)));
}

TEST_CASE("factorization_machine agrees with its slow twin") {
  auto const table = support::labelled<double>(90, 12, support::labels::number, 0.4);
  for (index_t const batch : {1u, 7u, 64u}) {
    plain const how{.factors = 5, .epochs = 3, .batch = batch, .rate = {0.02}, .seed = 4};
    twin const slow(table.view(), how);
    auto const model = kindred::fit(how, table.view()).model;
    double worst = 0;
    for (index_t r = 0; r != table.size(); ++r)
      worst = (std::max)(
          worst, std::abs(model.margin(table.rows().row(r)) - static_cast<double>(slow.margin(table.rows().row(r)))));
    CHECK(worst < 1e-9);
  }
}

TEST_CASE("factorization_machine: a small step goes down the gradient, by finite differences") {
  auto const table = support::labelled<double>(60, 8);
  auto const data = table.view();
  using logistic = factorization_machine<logistic_loss, unregularized, constant_rate>;
  logistic how{.factors = 3, .epochs = 0, .batch = 60, .rate = {1e-6}, .seed = 2};
  auto model = kindred::fit(how, data).model;
  how.epochs = 1;
  auto const moved = kindred::fit(how, data).model;
  auto const cost = [&] {
    double sum = 0;
    for (index_t r = 0; r != data.size(); ++r)
      sum += data.weight(r) * logistic_loss{}.value(model.margin(data.row(r)), data.label(r));
    return sum;
  };
  auto const slope = [&](double& x) {
    double const at = x, h = 1e-5;
    x = at + h;
    double const above = cost();
    x = at - h;
    double const below = cost();
    x = at;
    return (above - below) / (2 * h);
  };
  std::vector<double> met(data.columns());
  for (index_t r = 0; r != data.size(); ++r)
    for (index_t const j : data.row(r).index) ++met[j];
  for (index_t j = 0; j != data.columns(); ++j) {
    CHECK((model.weights()[j] - moved.weights()[j]) / 1e-6 * met[j] ==
          doctest::Approx(slope(model.of(j).weight)).epsilon(1e-4));
    for (std::size_t f = 0; f != 3; ++f) {
      double const step = (model.vectors().row(j)[f] - moved.vectors().row(j)[f]) / 1e-6 * met[j];
      double const expected = slope(model.of(j).vector[f]);
      CHECK(std::abs(step - expected) < 1e-4 * (1 + std::abs(expected)));
    }
  }
}

TEST_CASE("factorization_machine: an offset is as good as another label, and the loss is a mean by weight") {
  auto const table = support::labelled<double>(40, 6, support::labels::number);  // with weights
  auto const data = table.view();
  std::vector<double> offset, label;
  for (index_t r = 0; r != data.size(); ++r) {
    offset.push_back(std::sin(r));
    label.push_back(data.label(r) + offset[r]);
  }
  auto const moved =
      kindred::examples<csr_view<double>>::from(data.rows(), label, {.weight = data.weights(), .offset = offset});
  plain how{.factors = 3, .epochs = 2, .batch = 8, .rate = {0.01}};
  auto const a = kindred::fit(how, data).model, b = kindred::fit(how, moved).model;
  CHECK(a.intercept() == doctest::Approx(b.intercept()));
  for (index_t r = 0; r != data.size(); ++r) CHECK(a.margin(data.row(r)) == doctest::Approx(b.margin(data.row(r))));
  how.rate.rate = 0;  // nothing moves
  how.vector.strength = 0;
  auto const still = kindred::fit(how, data);
  double sum = 0, weight = 0;
  for (index_t r = 0; r != data.size(); ++r) {
    sum += data.weight(r) * squared_loss{}.value(still.model.margin(data.row(r)), data.label(r));
    weight += data.weight(r);
  }
  CHECK(still.report.objective == doctest::Approx(sum / weight));
}

TEST_CASE("factorization_machine: rates of their own, and strengths by frequency, by hand") {
  // One example of one column: no pairs. The margin is 0, the slope of a yes -1/2; intercept and weight move alike, each by a
  // memory of its own.
  kindred::example_table<double> one(1);
  one.add(1, {std::vector<index_t>{0}, std::vector<double>{1}});
  auto const step = [&](auto how) {
    how.epochs = 1;
    how.weight = {0};
    how.rate.rate = 0.1;
    auto const model = kindred::fit(how, one.view()).model;
    CHECK(model.intercept() == model.weights()[0]);
    return model.intercept();
  };
  CHECK(step(factorization_machine<logistic_loss, l2, kindred::adagrad>{}) ==
        doctest::Approx(0.1 * 0.5 / std::sqrt(0.01 + 0.25)));
  CHECK(step(factorization_machine<logistic_loss, l2, kindred::adam>{}) == doctest::Approx(0.1).epsilon(1e-4));

  // The schedule is asked of every epoch: what does not move after the first is done after the first.
  auto const table = support::labelled<double>(40, 6, support::labels::number);
  factorization_machine<squared_loss, unregularized, only_at_first> brief{.factors = 2, .epochs = 1};
  auto const first = kindred::fit(brief, table.view()).model;
  brief.epochs = 4;
  CHECK(kindred::fit(brief, table.view()).model == first);

  // Of examples that ask for nothing, weights and vectors only pay: column 0 has four of them, column 1 one, in one batch. Typical
  // are two: the strengths are scaled by 2 / 4 and by 2 / 1.
  kindred::example_table<double> four(2);
  std::vector<index_t> const both{0, 1};
  std::vector<double> const halves{0.5, 0.5};
  for (std::size_t const columns : {2u, 1u, 1u, 1u})
    four.add(0, {std::span(both).first(columns), std::span(halves).first(columns)});
  factorization_machine<support::content_loss, kindred::frequency_scaled<l2>, constant_rate, all_one> const how{
      .factors = 2, .epochs = 1, .weight = {{0.4}, 1, 2}, .vector = {{0.6}, 1, 2}, .rate = {0.1}};
  auto training = how.begin(four.view());
  for (index_t j = 0; j != 2; ++j) training.model.of(j).weight = 1;
  kindred::sequential ex;
  how.advance(training, four.view(), 1, ex, [](auto const&) { return kindred::flow::proceed; });
  for (index_t j = 0; j != 2; ++j) {
    double const scale = j == 0 ? 0.5 : 2;
    CHECK(training.model.weights()[j] == doctest::Approx(1 / (1 + 0.1 * 0.4 * scale)));
    CHECK(training.model.vectors().row(j)[1] == doctest::Approx(1 / (1 + 0.1 * 0.6 * scale)));
  }
}

TEST_CASE("factorization_machine learns what only pairs say") {
  auto const table = either_but_not_both<float>();
  auto const right = [&](auto const& model) {
    int count = 0;
    for (index_t r = 0; r != table.size(); ++r)
      count += (model.predict(table.rows().row(r)) > 0.5f) == (table.labels()[r] > 0.5f);
    return count;
  };
  using logistic = factorization_machine<logistic_loss>;
  logistic const how{.factors = 4, .epochs = 60, .batch = 8, .weight = {0.001}, .vector = {0.001}, .rate = {0.2, 0}};
  auto const model = kindred::fit(how, table.view()).model;
  CHECK(right(model) == 400);
  CHECK(right(kindred::fit(kindred::logistic_regression<>{}, table.view()).model) < 240);

  // The reasons: both switches on speak against it, and add up to the margin.
  std::vector<index_t> const index{1, 3};
  std::vector<float> const value{1, 1};
  std::vector<kindred::interaction_effect<float>> effect(4);
  auto const count = kindred::strongest_effects(model, sparse_row<float>{index, value}, effect);
  REQUIRE(count == 3);
  CHECK(effect[0].column == 1);
  CHECK(effect[0].other == 3);
  CHECK(effect[0].effect < 0);
  float sum = model.intercept();
  for (std::size_t k = 0; k != count; ++k) sum += effect[k].effect;
  CHECK(sum == doctest::Approx(model.margin(sparse_row<float>{index, value})));
  CHECK(kindred::strongest_effects(model, sparse_row<float>{index, value}, std::span(effect).first(1)) == 1);
  CHECK(effect[0].other == 3);
}

TEST_CASE("factorization_machine: the same bits on any executor, and of dense rows") {
  auto const table = support::labelled<float>(500, 30, support::labels::yes_or_no, 0.3);
  auto const same = [&](auto const& how) {
    auto const model = kindred::fit(how, table.view()).model;
    support::shuffled shuffled;
    support::reversed reversed;
    kindred::thread_pool pool(3);
    CHECK(kindred::fit(how, table.view(), shuffled).model == model);
    CHECK(kindred::fit(how, table.view(), reversed).model == model);
    CHECK(kindred::fit(how, table.view(), pool).model == model);
    return model;
  };
  factorization_machine<logistic_loss> const how{.factors = 17, .epochs = 2};
  auto const model = same(how);
  support::dense_examples<float> const dense(table.view());
  auto const of_dense = kindred::fit(how, dense.view()).model;
  CHECK(of_dense == model);
  CHECK(of_dense.margin(dense.view().row(3)) == model.margin(table.rows().row(3)));
  // Parameters with a memory, and strengths by frequency.
  same(factorization_machine<logistic_loss, kindred::frequency_scaled<l2>, kindred::adagrad>{.epochs = 2});
  same(factorization_machine<logistic_loss, l2, kindred::adam>{.factors = 3, .epochs = 2});
}

TEST_CASE("factorization_machine: data and settings refused") {
  auto const table = support::labelled<float>(40, 5, support::labels::number);
  auto const refused = [&](auto const& how, auto const& data, kindred::error_kind kind, char const* why) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, why));
  };
  using kind = kindred::error_kind;
  refused(factorization_machine<>{.batch = 0}, table.view(), kind::setting, "batch = 0");
  refused(factorization_machine<>{.factors = 70000}, table.view(), kind::setting, "factors = 70000");
  refused(factorization_machine<>{.weight = {-1}}, table.view(), kind::setting, "strength = -1");
  refused(factorization_machine<>{}, kindred::example_table<float>(3).view(), kind::data, "no examples");
  refused(factorization_machine<logistic_loss>{}, table.view(), kind::data, "none that the loss takes");
  kindred::example_table<float> huge(2);
  for (int k = 0; k != 20; ++k) huge.add(1, {std::vector<index_t>{0, 1}, std::vector<float>{1e30f, 1e30f}});
  refused(factorization_machine<>{}, huge.view(), kind::numeric, "diverged in epoch");
  // Rows and columns of nothing are no cause for an error.
  kindred::example_table<float> empty(0);
  empty.add(2, {});
  CHECK(kindred::fit(factorization_machine<>{}, empty.view()).model.intercept() == 2);
  auto const unmoved = kindred::fit(factorization_machine<>{.factors = 0}, table.view()).model;
  CHECK(unmoved.vectors().columns() == 0);
}
