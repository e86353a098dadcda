// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/field_aware_machine.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/labelled.hpp"

#include <kindred/factor/factorization_machine.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/solve/frequency_scaled.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

using kindred::column_fields;
using kindred::constant_rate;
using kindred::csr_view;
using kindred::field_aware_machine;
using kindred::index_t;
using kindred::l2;
using kindred::logistic_loss;
using kindred::sparse_row;
using kindred::squared_loss;
using kindred::unregularized;

static_assert(kindred::recipe<field_aware_machine<>, kindred::examples<csr_view<float>>>);
static_assert(kindred::recipe<field_aware_machine<>, kindred::examples<kindred::matrix_view<double>>>);

namespace {

column_fields fields_of(std::initializer_list<index_t> sizes) {
  column_fields fields;
  for (index_t const n : sizes) fields.add(n);
  return fields;
}

struct all_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

using plain = field_aware_machine<squared_loss, l2, constant_rate>;

// What is trained, pair by pair in long double, for squared loss and l2.
struct twin {
  using row = std::vector<long double>;
  plain const& how;
  long double intercept = 0;
  row weight;
  std::vector<row> vector;  // of a column, for a field: at [column x fields + field]

  twin(kindred::examples<csr_view<double>> const& data, plain const& recipe)
      : how(recipe), weight(how.fields.columns()), vector(how.fields.columns() * how.fields.size(), row(how.factors)) {
    long double total = 0;
    for (index_t r = 0; r != data.size(); ++r) {
      intercept += data.weight(r) * data.label(r);
      total += data.weight(r);
    }
    intercept /= total;
    std::size_t const fields = how.fields.size();
    for (index_t j = 0; j != weight.size(); ++j) {
      bool met = false;
      for (index_t r = 0; r != data.size(); ++r)
        for (index_t const c : data.row(r).index) met = met || c == j;
      std::vector<double> numbers(how.factors * fields);
      if (met) how.start(std::span<double>(numbers), kindred::mix(how.seed, 3), j);
      for (std::size_t f = 0; f != numbers.size(); ++f)
        vector[j * fields + f / how.factors][f % how.factors] = numbers[f];
    }
    kindred::example_batches<double> const batches(data, how.batch, how.seed);
    for (std::uint32_t epoch = 0; epoch != how.epochs; ++epoch)
      for (std::size_t const b : batches.in_order(epoch)) learn(data, batches.rows(b));
  }

  // What column j keeps for the field of column k.
  [[nodiscard]] row& kept(index_t j, index_t k) { return vector[j * how.fields.size() + how.fields.of(k)]; }
  [[nodiscard]] long double margin(sparse_row<double> x) {
    long double sum = intercept;
    for (std::size_t j = 0; j != x.size(); ++j) {
      sum += weight[x.index[j]] * x.value[j];
      for (std::size_t k = 0; k != j; ++k)
        for (std::size_t f = 0; f != how.factors; ++f)
          sum += kept(x.index[j], x.index[k])[f] * kept(x.index[k], x.index[j])[f] * x.value[j] * x.value[k];
    }
    return sum;
  }

private:
  void learn(kindred::examples<csr_view<double>> const& data, std::span<index_t const> rows) {
    twin before = *this;
    long double all = 0;
    row used(weight.size()), to_weight(weight.size());
    std::vector<row> to_vector(vector.size(), row(how.factors));
    std::size_t const fields = how.fields.size();
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
            to_vector[c * fields + how.fields.of(x.index[k])][f] +=
                pull * x.value[j] * x.value[k] * before.kept(x.index[k], c)[f];
      }
    }
    long double const rate = how.rate.rate;
    intercept -= rate * all / static_cast<long double>(rows.size());
    for (std::size_t c = 0; c != weight.size(); ++c) {
      if (used[c] == 0) continue;
      weight[c] = (weight[c] - rate * to_weight[c] / used[c]) / (1 + rate * how.weight.strength);
      for (std::size_t v = c * fields; v != (c + 1) * fields; ++v)
        for (std::size_t f = 0; f != how.factors; ++f)
          vector[v][f] = (vector[v][f] - rate * to_vector[v][f] / used[c]) / (1 + rate * how.vector.strength);
    }
  }
};

}  // namespace

TEST_CASE("column_fields") {
  column_fields const fields = fields_of({3, 0, 2});
  CHECK(fields.size() == 3);
  CHECK(fields.columns() == 5);
  std::vector<index_t> of;
  for (index_t j = 0; j != 5; ++j) of.push_back(fields.of(j));
  CHECK(of == std::vector<index_t>{0, 0, 0, 2, 2});
  column_fields full = fields;
  auto const e = support::error_of([&] { full.add(kindred::index_limit - 5); });
  CHECK(e.kind() == kindred::error_kind::shape);
  CHECK(full == fields);
  CHECK(column_fields().columns() == 0);
  struct {
    std::vector<index_t> starts;
    std::vector<index_t> const& field_starts() const { return starts; }
  } const some{{0, 4, 4, 6}}, many{{0, 4, kindred::index_limit - 1}};
  full.add(some);
  CHECK(full == fields_of({3, 0, 2, 4, 0, 2}));
  CHECK(support::error_of([&] { full.add(many); }).kind() == kindred::error_kind::shape);
  CHECK(full == fields_of({3, 0, 2, 4, 0, 2}));
}

TEST_CASE_TEMPLATE("field_aware_machine: one step by hand", T, float, double) {
  // Columns 0 and 1 are of field A, 2 of field B. One example, x = (1, 2, 3), y = 5; the intercept begins at 5, vectors at 1,
  // weights at 0. Pairs: 0 and 1 by their vectors for A, 1 x 2; 0 and 2, 1 x 3; 1 and 2, 2 x 3. The margin is 5 + 2 + 3 + 6 = 16,
  // the slope 11, the rate 0.01, a step 0.11.
  //   v(0, A) = 1 - 0.11 x 1 x 2          v(0, B) = 1 - 0.11 x 1 x 3
  //   v(1, A) = 1 - 0.11 x 2 x 1          v(1, B) = 1 - 0.11 x 2 x 3
  //   v(2, A) = 1 - 0.11 x 3 x (1 + 2)    v(2, B) = 1, which nothing asks
  kindred::example_table<T> seen(4);
  seen.add(5, {std::vector<index_t>{0, 1, 2}, std::vector<T>{1, 2, 3}});
  field_aware_machine<squared_loss, unregularized, constant_rate, all_one> const how{
      .fields = fields_of({2, 2}), .factors = 1, .epochs = 1, .rate = {0.01}};
  auto const done = kindred::fit(how, seen.view());
  CHECK(done.report.objective == doctest::Approx(60.5));
  auto const& model = done.model;
  CHECK(model.intercept() == doctest::Approx(5 - 0.11));
  CHECK(model.weights()[2] == doctest::Approx(-0.33));
  double const expected[3][2] = {{0.78, 0.67}, {0.78, 0.34}, {0.01, 1}};
  for (index_t j = 0; j != 3; ++j)
    for (index_t f = 0; f != 2; ++f) CHECK(model.vector(j, f)[0] == doctest::Approx(expected[j][f]));
  CHECK(model.vector(3, 0)[0] == 0);  // never seen
  double const margin = 5 - 0.11 - 0.11 - 0.44 - 0.99 + 0.78 * 0.78 * 2 + (0.67 * 3 + 0.34 * 6) * 0.01;
  CHECK(model.predict(seen.rows().row(0)) == doctest::Approx(margin));
  std::vector<index_t> const beyond{0, 1, 2, 7};
  std::vector<T> const values{1, 2, 3, 100};
  CHECK(model.margin(sparse_row<T>{beyond, values}) == model.margin(seen.rows().row(0)));
}

TEST_CASE("field_aware_machine agrees with its slow twin; with one field it is the factorization_machine") {
  auto const table = support::labelled<double>(90, 12, support::labels::number, 0.4);
  auto const worst = [&](auto const& model, auto&& margin) {
    double most = 0;
    for (index_t r = 0; r != table.size(); ++r)
      most = (std::max)(most,
                        std::abs(model.margin(table.rows().row(r)) - static_cast<double>(margin(table.rows().row(r)))));
    return most;
  };
  for (index_t const batch : {1u, 7u, 64u}) {
    plain const how{
        .fields = fields_of({3, 1, 0, 6, 2}), .factors = 5, .epochs = 3, .batch = batch, .rate = {0.02}, .seed = 4};
    twin slow(table.view(), how);
    CHECK(worst(kindred::fit(how, table.view()).model, [&](auto row) { return slow.margin(row); }) < 1e-9);
  }
  // More factors than fit the stack at once, too.
  plain const how{
      .fields = fields_of({12}), .factors = 150, .epochs = 2, .weight = {0.1}, .vector = {0.2}, .rate = {0.01}};
  kindred::factorization_machine<squared_loss, l2, constant_rate> const same{
      .factors = 150, .epochs = 2, .weight = {0.1}, .vector = {0.2}, .rate = {0.01}};
  auto const model = kindred::fit(same, table.view()).model;
  CHECK(worst(kindred::fit(how, table.view()).model, [&](auto row) { return model.margin(row); }) < 1e-9);
}

TEST_CASE("field_aware_machine: a small step goes down the gradient, by finite differences") {
  auto const table = support::labelled<double>(60, 8);
  auto const data = table.view();
  field_aware_machine<logistic_loss, unregularized, constant_rate> how{
      .fields = fields_of({3, 5}), .factors = 3, .epochs = 0, .batch = 60, .rate = {1e-6}, .seed = 2};
  auto model = kindred::fit(how, data).model;
  how.epochs = 1;
  auto moved = kindred::fit(how, data).model;
  auto const cost = [&] {
    double sum = 0;
    for (index_t r = 0; r != data.size(); ++r)
      sum += data.weight(r) * logistic_loss{}.value(model.margin(data.row(r)), data.label(r));
    return sum;
  };
  std::vector<double> met(data.columns());
  for (index_t r = 0; r != data.size(); ++r)
    for (index_t const j : data.row(r).index) ++met[j];
  auto const check = [&](double& x, double after, double uses) {
    double const at = x, h = 1e-5;
    x = at + h;
    double const above = cost();
    x = at - h;
    double const below = cost();
    x = at;
    double const expected = (above - below) / (2 * h);
    CHECK(std::abs((at - after) / 1e-6 * uses - expected) < 1e-4 * (1 + std::abs(expected)));
  };
  for (index_t j = 0; j != data.columns(); ++j) {
    check(model.of(j).weight, moved.weights()[j], met[j]);
    for (std::size_t f = 0; f != 6; ++f) check(model.of(j).vector[f], moved.of(j).vector[f], met[j]);
  }
}

TEST_CASE("field_aware_machine: the same bits on any executor, and of dense rows") {
  auto const table = support::labelled<float>(500, 30, support::labels::yes_or_no, 0.3);
  auto const same = [&](auto const& how) {
    auto const model = kindred::fit(how, table.view()).model;
    support::shuffled shuffled;
    kindred::thread_pool pool(3);
    CHECK(kindred::fit(how, table.view(), shuffled).model == model);
    CHECK(kindred::fit(how, table.view(), pool).model == model);
    return model;
  };
  field_aware_machine<logistic_loss> const how{.fields = fields_of({10, 15, 5}), .epochs = 2};
  auto const model = same(how);
  support::dense_examples<float> const dense(table.view());
  auto const of_dense = kindred::fit(how, dense.view()).model;
  CHECK(of_dense == model);
  CHECK(of_dense.margin(dense.view().row(3)) == doctest::Approx(model.margin(table.rows().row(3))));
  same(field_aware_machine<logistic_loss, kindred::frequency_scaled<l2>, kindred::adam>{
      .fields = fields_of({30, 4}), .factors = 3, .epochs = 2});
}

TEST_CASE("field_aware_machine: data and settings refused") {
  auto const table = support::labelled<float>(40, 5, support::labels::number);
  auto const refused = [&](auto const& how, auto const& data, kindred::error_kind kind, char const* why) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
    CHECK(e.kind() == kind);
    CHECK_MESSAGE(support::says(e, why), std::string(e.what()));
  };
  using kind = kindred::error_kind;
  column_fields const fields = fields_of({2, 3});
  refused(field_aware_machine<>{.fields = fields, .batch = 0}, table.view(), kind::setting, "batch = 0");
  refused(field_aware_machine<>{.fields = fields, .factors = 40000}, table.view(), kind::setting,
          "factors = 40000 for 2");
  refused(field_aware_machine<>{.fields = fields, .weight = {-1}}, table.view(), kind::setting, "strength = -1");
  refused(field_aware_machine<>{.fields = fields_of({2, 2})}, table.view(), kind::shape, "the fields 4");
  refused(field_aware_machine<>{}, table.view(), kind::shape, "the fields 0");
  refused(field_aware_machine<>{.fields = fields}, kindred::example_table<float>(3).view(), kind::data, "no examples");
  refused(field_aware_machine<logistic_loss>{.fields = fields}, table.view(), kind::data, "none that the loss takes");
  kindred::example_table<float> huge(2);
  for (int k = 0; k != 20; ++k) huge.add(1, {std::vector<index_t>{0, 1}, std::vector<float>{1e30f, 1e30f}});
  refused(field_aware_machine<>{.fields = fields}, huge.view(), kind::numeric, "diverged in epoch");
  // Rows and columns of nothing are no cause for an error.
  kindred::example_table<float> empty(0);
  empty.add(2, {});
  CHECK(kindred::fit(field_aware_machine<>{}, empty.view()).model.intercept() == 2);
  auto const unmoved = kindred::fit(field_aware_machine<>{.fields = fields, .factors = 0}, table.view()).model;
  CHECK(unmoved.vector(0, 0).empty());
}
