// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/residuals.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

namespace {

// Says 100 user + item, and whether it was ever asked for more than a block.
template <kindred::real T>
struct numbered {
  using value_type = T;
  static constexpr bool calibrated = true;
  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id) const noexcept { return true; }
  void score(kindred::user_id u, std::span<kindred::item_id const> items, std::span<T> out) const noexcept {
    if (items.size() > kindred::block || items.size() != out.size()) *overrun = true;
    for (std::size_t k = 0; k != items.size(); ++k)
      out[k] = static_cast<T>(100 * kindred::to_index(u) + kindred::to_index(items[k]));
  }
  bool* overrun;
};

// Says x of item 2 for user 1, and zero of everything else.
template <kindred::real T>
struct mostly_zero {
  using value_type = T;
  static constexpr bool calibrated = true;
  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id) const noexcept { return true; }
  void score(kindred::user_id u, std::span<kindred::item_id const> items, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k)
      out[k] = u == kindred::user_id{1} && items[k] == kindred::item_id{2} ? x : T{0};
  }
  T x;
};

}  // namespace

TEST_CASE_TEMPLATE("residuals: every rating less what the base says", T, float, double) {
  std::vector<support::seen> list;
  for (kindred::index_t i = 0; i != 700; ++i) list.push_back({0, i, 1});  // more than two blocks
  list.push_back({2, 3, 5});
  auto const data = support::ratings_of<T>(list, {4, 800});
  bool overrun = false;
  kindred::sequential ex;
  auto const left = kindred::residuals(data, numbered<T>{&overrun}, ex);
  CHECK(!overrun);
  CHECK(left.rows() == 4);
  for (std::size_t k = 0; k != 700; ++k) CHECK(left.row(0).value[k] == 1 - static_cast<T>(k));
  CHECK(left.row(1).empty());
  CHECK(left.row(2).value[0] == 5 - 203);
  CHECK(left.row(2).index[0] == 3);
  support::shuffled shuffled;
  CHECK(kindred::residuals(data, numbered<T>{&overrun}, shuffled) == left);
}

TEST_CASE_TEMPLATE("residuals: numbers that leave no room for sums are refused, by name", T, float, double) {
  constexpr T limit = (std::numeric_limits<T>::max)() / 65536;
  kindred::sequential ex;
  auto const with = [](T rating) {
    return support::ratings_of<T>({{0, 0, 1}, {1, 0, 1}, {1, 2, static_cast<double>(rating)}});
  };
  auto const refused = [&](T rating, T expected) {
    auto const e =
        support::error_of([&] { static_cast<void>(kindred::residuals(with(rating), mostly_zero<T>{expected}, ex)); });
    CHECK(e.kind() == kindred::error_kind::numeric);
    CHECK(e.row() == 1);
    CHECK(e.column() == 2);
    CHECK(support::says(e, "user 1 rated item 2"));
  };
  refused(2 * limit, 0);
  refused(-2 * limit, -2 * limit);
  refused(1, 2 * limit);
  refused(1, -std::numeric_limits<T>::infinity());
  refused(1, std::numeric_limits<T>::quiet_NaN());
  CHECK(kindred::residuals(with(-limit), mostly_zero<T>{limit}, ex).row(1).value[1] == -2 * limit);
}
