// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/on_duplicate.hpp>
#include <kindred/data/ratings.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using kindred::error_kind;
using kindred::item_id;
using kindred::on_duplicate;
using kindred::rating_table;
using kindred::ratings;
using kindred::user_id;

namespace {

// What becomes of observations of one user and item.
template <class T>
struct merged {
  T value;
  std::int64_t time = 0;
  T weight = 0;
};

// Between ratings of other pairs, to show that they keep out of it.
template <class T>
merged<T> merge(std::vector<T> const& value, std::vector<std::int64_t> const& time, std::vector<T> const& weight,
                on_duplicate policy) {
  rating_table<T> table;
  auto const add = [&](kindred::index_t u, kindred::index_t i, T v, std::int64_t t, T w) {
    table.add(user_id{u}, item_id{i}, v);
    if (!time.empty()) table.time.push_back(t);
    if (!weight.empty()) table.weight.push_back(w);
  };
  add(2, 1, 100, 100, 100);
  for (std::size_t k = 0; k != value.size(); ++k) {
    add(1, 1, value[k], time.empty() ? 0 : time[k], weight.empty() ? 0 : weight[k]);
    if (k == 0) add(1, 2, 200, 200, 200);
  }
  add(0, 1, 300, 300, 300);
  auto const data = ratings<T>::from(table, policy);
  REQUIRE(data.size() == 4);
  CHECK(data.timed() == !time.empty());
  CHECK(data.weighted() == !weight.empty());
  auto const row = data.of(user_id{1});
  REQUIRE(row.size() == 2);
  CHECK(row.value[1] == 200);
  merged<T> one{row.value[0]};
  if (data.timed()) one.time = data.times(user_id{1})[0];
  if (data.weighted()) one.weight = data.weights(user_id{1})[0];
  // The other orientation says the same.
  CHECK(data.of(item_id{1}).value[1] == row.value[0]);
  if (data.weighted()) CHECK(data.weights(item_id{1})[1] == one.weight);
  return one;
}

}  // namespace

TEST_CASE_TEMPLATE("on_duplicate: without times, by order", T, float, double) {
  std::vector<T> const value = {4, 1, 3};
  CHECK(merge<T>(value, {}, {}, on_duplicate::first).value == 4);
  CHECK(merge<T>(value, {}, {}, on_duplicate::last).value == 3);
  CHECK(merge<T>(value, {}, {}, on_duplicate::mean).value == doctest::Approx(8.0 / 3));
  CHECK(merge<T>(value, {}, {}, on_duplicate::sum).value == 8);
}

TEST_CASE_TEMPLATE("on_duplicate: with times, by time", T, float, double) {
  std::vector<T> const value = {4, 1, 3};
  std::vector<std::int64_t> const time = {5, 9, -2};
  auto const first = merge<T>(value, time, {}, on_duplicate::first);
  CHECK(first.value == 3);
  CHECK(first.time == -2);
  auto const last = merge<T>(value, time, {}, on_duplicate::last);
  CHECK(last.value == 1);
  CHECK(last.time == 9);
  auto const mean = merge<T>(value, time, {}, on_duplicate::mean);
  CHECK(mean.value == doctest::Approx(8.0 / 3));
  CHECK(mean.time == 9);
  auto const sum = merge<T>(value, time, {}, on_duplicate::sum);
  CHECK(sum.value == 8);
  CHECK(sum.time == 9);
}

TEST_CASE("on_duplicate: equal times go by order") {
  CHECK(merge<float>({4, 1, 3}, {7, 7, 7}, {}, on_duplicate::first).value == 4);
  CHECK(merge<float>({4, 1, 3}, {7, 7, 7}, {}, on_duplicate::last).value == 3);
  CHECK(merge<float>({4, 1, 3}, {8, 7, 7}, {}, on_duplicate::first).value == 1);
  CHECK(merge<float>({4, 1, 3}, {8, 8, 7}, {}, on_duplicate::last).value == 1);
}

TEST_CASE_TEMPLATE("on_duplicate: weights", T, float, double) {
  // The mean is (4 x 1 + 1 x 3 + 3 x 4) / 8 = 19/8.
  std::vector<T> const value = {4, 1, 3}, weight = {1, 3, 4};
  auto const first = merge<T>(value, {}, weight, on_duplicate::first);
  CHECK(first.value == 4);
  CHECK(first.weight == 1);
  auto const last = merge<T>(value, {}, weight, on_duplicate::last);
  CHECK(last.value == 3);
  CHECK(last.weight == 4);
  auto const mean = merge<T>(value, {}, weight, on_duplicate::mean);
  CHECK(mean.value == T{19} / 8);
  CHECK(mean.weight == 8);
  auto const sum = merge<T>(value, {}, weight, on_duplicate::sum);
  CHECK(sum.value == 8);
  CHECK(sum.weight == 4);
}

TEST_CASE_TEMPLATE("on_duplicate: times and weights", T, float, double) {
  std::vector<T> const value = {4, 1, 3}, weight = {5, 3, 2};
  std::vector<std::int64_t> const time = {5, 9, 2};
  auto const last = merge<T>(value, time, weight, on_duplicate::last);
  CHECK(last.value == 1);
  CHECK(last.time == 9);
  CHECK(last.weight == 3);
  auto const sum = merge<T>(value, time, weight, on_duplicate::sum);
  CHECK(sum.value == 8);
  CHECK(sum.time == 9);
  CHECK(sum.weight == 5);
}

TEST_CASE("on_duplicate::error names both observations") {
  rating_table<float> table;
  table.add(user_id{3}, item_id{7}, 1);
  table.add(user_id{0}, item_id{7}, 1);
  table.add(user_id{3}, item_id{7}, 1);
  auto const e = support::error_of([&] { static_cast<void>(ratings<float>::from(table)); });
  CHECK(e.kind() == error_kind::data);
  CHECK(e.row() == 2);
  CHECK(support::says(e, "user 3 and item 7 are rated twice, by observations 0 and 2; an on_duplicate policy"));
}

TEST_CASE_TEMPLATE("on_duplicate: what exceeds the number type is refused, a mean does not", T, float, double) {
  T const huge = (std::numeric_limits<T>::max)();
  rating_table<T> table;
  table.add(user_id{0}, item_id{0}, huge / 4 * 3);
  table.add(user_id{0}, item_id{0}, huge / 4 * 3);
  auto const e = support::error_of([&] { static_cast<void>(ratings<T>::from(table, on_duplicate::sum)); });
  CHECK(e.kind() == error_kind::data);
  CHECK(support::says(e, "the 2 observations of user 0 and item 0 add up to more than the number type holds"));
  CHECK(ratings<T>::from(table, on_duplicate::last).size() == 1);
  if constexpr (sizeof(T) == sizeof(float))
    CHECK(ratings<T>::from(table, on_duplicate::mean).of(user_id{0}).value[0] == huge / 4 * 3);
  table.weight = {huge, huge};
  CHECK(support::error_of([&] { static_cast<void>(ratings<T>::from(table, on_duplicate::mean)); }).kind() ==
        error_kind::data);
}
