// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/error.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

namespace testing = kindred::testing;

TEST_CASE_TEMPLATE("long_tail_ratings: exactly as many as asked for, no pair twice", T, float, double) {
  for (testing::long_tail_settings const& settings :
       {testing::long_tail_settings{.users = 300, .items = 200, .ratings = 5000},
        testing::long_tail_settings{.users = 30, .items = 20, .ratings = 600, .rank = 0},  // all there are
        testing::long_tail_settings{.users = 30, .items = 20, .ratings = 599},
        testing::long_tail_settings{.users = 1, .items = 1, .ratings = 1},
        testing::long_tail_settings{.users = 5, .items = 5, .ratings = 0}}) {
    auto const table = testing::generate_ratings<T>(settings);
    CHECK(table.size() == settings.ratings);
    CHECK_NOTHROW(static_cast<void>(
        kindred::ratings<T>::from(table, kindred::on_duplicate::error, {settings.users, settings.items})));
    CHECK(std::all_of(table.value.begin(), table.value.end(),
                      [](T v) { return v >= 1 && v <= 5 && v == static_cast<T>(static_cast<int>(v)); }));
  }
}

TEST_CASE("long_tail_ratings: marginals") {
  auto const table = testing::generate_ratings({.users = 5000, .items = 1000, .ratings = 200000, .seed = 3});
  std::vector<double> of_item(1000);
  std::array<double, 6> stars{};
  double mean = 0;
  for (std::size_t k = 0; k != table.size(); ++k) {
    of_item[to_index(table.item[k])] += 1;
    stars[static_cast<std::size_t>(table.value[k])] += 1;
    mean += static_cast<double>(table.value[k]) / 200000;
  }
  std::sort(of_item.begin(), of_item.end(), std::greater<>());
  double const top = std::accumulate(of_item.begin(), of_item.begin() + 200, 0.0) / 200000;
  CHECK(top > 0.45);
  CHECK(top < 0.75);
  CHECK(mean > 3.4);
  CHECK(mean < 3.8);
  CHECK(*std::max_element(stars.begin(), stars.end()) == stars[4]);
  CHECK(stars[1] > 0.005 * 200000);
}

TEST_CASE("long_tail_ratings: the same seed gives the same ratings, another seed others") {
  auto const draw = [](std::uint64_t seed) {
    return testing::generate_ratings({.users = 50, .items = 40, .ratings = 500, .seed = seed});
  };
  CHECK(draw(1).value == draw(1).value);
  CHECK(draw(1).item == draw(1).item);
  CHECK(draw(1).value != draw(2).value);
}

TEST_CASE("long_tail_ratings: shares add up, and nobody has more than there is") {
  std::array<double, 4> const weight = {1, 1, 2, 96};
  auto const share = testing::detail::split_by(weight, 30, 10);
  // Fair: 0.3, 0.3, 0.6, 28.8 -> 0, 0, 0, 10; of the 20 left, 6 to each with room, then the last two in order.
  CHECK(share == std::vector<kindred::index_t>{7, 7, 6, 10});
  CHECK(testing::detail::split_by(weight, 40, 10) == std::vector<kindred::index_t>{10, 10, 10, 10});
}

TEST_CASE("long_tail_ratings: what cannot be is refused in a sentence") {
  auto const complaint = [](testing::long_tail_settings const& settings) -> std::string {
    try {
      static_cast<void>(testing::generate_ratings(settings));
    } catch (kindred::error const& e) {
      CHECK(e.kind() == kindred::error_kind::setting);
      return e.what();
    }
    return "";
  };
  CHECK(complaint({.users = 3, .items = 4, .ratings = 13}) ==
        "13 ratings do not fit 3 users and 4 items, for pairs are distinct");
  CHECK(complaint({.users = 0, .items = 4, .ratings = 0}).starts_with("ratings of 0 users and 4 items were asked for"));
  CHECK(complaint({.noise = -1}) == "long_tail_settings.noise is -1; it goes from 0 to 10");
  CHECK(complaint({.rank = 5000}).starts_with("long_tail_settings.rank is 5000"));
}
