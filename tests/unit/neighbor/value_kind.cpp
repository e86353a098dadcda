// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/value_kind.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

template <class T>
kindred::value_kind kind_of(std::vector<double> const& values) {
  std::vector<support::seen> list;
  for (std::size_t k = 0; k != values.size(); ++k) list.push_back({static_cast<kindred::index_t>(k), 0, values[k]});
  kindred::sequential ex;
  return kindred::value_kind_of(support::ratings_of<T>(list).by_item(), ex);
}

}  // namespace

TEST_CASE_TEMPLATE("value_kind: ones, stars, halves, and what is none of them", T, float, double) {
  auto const ones = kind_of<T>({1, 1, 1});
  CHECK(ones.all_one);
  CHECK(ones.unit == 1);
  auto const stars = kind_of<T>({5, 1, 3});
  CHECK((stars.positive && !stars.all_one));
  CHECK(stars.unit == 1);
  CHECK(stars.most == 5);
  auto const halves = kind_of<T>({4.5, 1, 3});
  CHECK(halves.unit == 0.5);
  CHECK(halves.most == 9);
  CHECK(kind_of<T>({64, 32, 96}).unit == 32);
  CHECK(kind_of<T>({64, 32, 96}).most == 3);
  auto const tenths = kind_of<T>({0.1, 0.2});
  CHECK((tenths.positive && tenths.unit == 0));
  CHECK(kind_of<T>({1, 1e9}).unit == 0);
  CHECK(kind_of<T>({1, 1e30}).unit == 0);
  CHECK(kind_of<T>({1.0 / 1024, 1000}).unit == 0);  // a million multiples do not fit
  for (auto const& bad : {std::vector<double>{1, 0, 2}, {1, -1}, {-0.0}}) {
    auto const none = kind_of<T>(bad);
    CHECK((!none.positive && !none.all_one && none.unit == 0));
  }
}

TEST_CASE("value_kind: products fit until the longest row could overflow") {
  kindred::value_kind const stars{.positive = true, .unit = 1, .most = 5};
  CHECK(stars.products_fit(85'000'000));
  CHECK(!stars.products_fit(86'000'000));
  CHECK(!kindred::value_kind{.positive = true}.products_fit(1));
}
