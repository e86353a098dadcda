// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/bootstrap.hpp>
#include <kindred/evaluate/measure_lists.hpp>
#include <kindred/evaluate/search.hpp>
#include <kindred/testing/laws/list_measure.hpp>
#include <kindred/testing/laws/search_strategy.hpp>

#include "../../support/judged_lists.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <vector>

namespace {

// [model]
// What a shop earns when the user buys everything on the list.
struct margin {
  std::span<double const> of_item;

  double operator()(kindred::user_id, std::span<kindred::item_id const> list) const noexcept {
    double sum = 0;
    for (kindred::item_id const i : list) sum += of_item[to_index(i)];
    return sum;
  }
};
static_assert(kindred::list_measure<margin>);
// [/model]

// [strategy]
// Points along the diagonal of a space of ranges: a first look at what matters at all.
struct diagonal_search {
  std::uint32_t trials = 9;

  std::vector<kindred::search_trial> rung(kindred::search_space const& space, std::uint32_t rung,
                                          std::span<kindred::search_trial const>) const {
    std::vector<kindred::search_trial> out(rung == 0 ? trials : 0);
    for (std::uint32_t t = 0; t != out.size(); ++t) {
      out[t].number = t;
      for (auto const& setting : space.settings()) out[t].values.push_back(setting.drawn((t + 0.5) / trials));
    }
    return out;
  }
};
static_assert(kindred::search_strategy<diagonal_search>);
// [/strategy]

}  // namespace

TEST_CASE("the minimal list measure measures, and the minimal strategy searches") {
  std::vector<double> const earned{1, 2, 4};
  std::vector<std::vector<kindred::item_id>> const two{support::items({0, 2}), support::items({1})};
  auto const lists = kindred::offered_lists::from({kindred::user_id{0}, kindred::user_id{1}}, two, 2, 3);
  // [measure]
  auto const [earnings] = kindred::measure_lists(lists, kindred::sequential{}, margin{earned});
  auto const mean = kindred::bootstrap_mean(earnings, {.level = 0.9, .seed = 1});
  // [/measure]
  CHECK(earnings == std::vector<double>{5, 2});
  CHECK(mean.value == 3.5);

  CHECK(kindred::testing::check_list_measure(margin{earned}, 2, 3).holds());

  kindred::search_space space;
  space.range("x", 0, 9).range("y", 0, 9);
  CHECK(kindred::testing::check_search_strategy(diagonal_search{}, space).holds());
  auto const found = kindred::search(space, diagonal_search{}, [](kindred::search_point const& p) {
    double const x = p["x"];
    return -(x - 4) * (x - 4);
  });
  CHECK(found["x"].number == doctest::Approx(3.5));
}
