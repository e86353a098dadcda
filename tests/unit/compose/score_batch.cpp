// SPDX-License-Identifier: BSL-1.0
//
// What combinators hand on of their parts: batches, reasons and updates.
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/as_predictor.hpp>
#include <kindred/compose/boosted.hpp>
#include <kindred/compose/cascade.hpp>
#include <kindred/compose/diversified.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/filtered.hpp>
#include <kindred/compose/normalized.hpp>
#include <kindred/compose/stacked.hpp>
#include <kindred/compose/switching.hpp>
#include <kindred/compose/top_n_each.hpp>
#include <kindred/compose/user_scaled.hpp>
#include <kindred/compose/weighted.hpp>

#include "../../support/ratings.hpp"
#include "../../support/table_scorer.hpp"

#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/strongest.hpp>
#include <kindred/testing/laws/batch_scorer.hpp>
#include <kindred/testing/laws/explainer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using support::table_scorer;

namespace {

// A random number for each of 40 users and 60 items, and more for a pair of which it has learned. Two reasons make it. `asked` counts
// batches.
struct of_many {
  using value_type = double;
  static constexpr double batch_tolerance = 0;

  std::uint64_t seed = 0;
  int* asked = nullptr;
  double learned = 0;

  bool knows(user_id u) const noexcept { return to_index(u) < 40; }
  bool knows(item_id i) const noexcept { return to_index(i) < 60; }
  double of(user_id u, item_id i) const noexcept {
    if (!knows(u) || !knows(i)) return 0;
    return learned + static_cast<double>(kindred::mix(seed, to_index(u), to_index(i)) % 1000) / 100;
  }
  void score(user_id u, std::span<item_id const> items, std::span<double> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = of(u, items[k]);
  }
  void score_batch(std::span<user_id const> users, item_id first, std::span<double> out) const {
    ++*asked;
    std::size_t const items = users.empty() ? 0 : out.size() / users.size();
    for (std::size_t k = 0; k != users.size(); ++k)
      for (std::size_t j = 0; j != items; ++j)
        out[k * items + j] = of(users[k], item_id{to_index(first) + static_cast<index_t>(j)});
  }
  kindred::explanation<double> explain(user_id u, item_id i, std::span<kindred::evidence<double>> out) const noexcept {
    if (!knows(u) || !knows(i)) return {0, 0};
    std::size_t count = kindred::keep_strongest(out, 0, {kindred::evidence_kind::item, 3, of(u, i) - 1});
    count = kindred::keep_strongest(out, count, {kindred::evidence_kind::user, 5, 0.75});
    return {0.25, count};
  }
  void update(user_id, item_id, double value) { learned += value; }
};

// Its batches may be further off than any_scorer can say.
struct rough : of_many {
  static constexpr double batch_tolerance = 0.01;
};
static_assert(kindred::batch_scorer<of_many> && kindred::explainer<of_many> && kindred::updatable<of_many>);
// Who is served by one part is as far off as the worst, and so is a sum, of all that is added up: blends of blends stay what one can ask.
static_assert(kindred::fallback<of_many, rough>::batch_tolerance == rough::batch_tolerance);
static_assert(kindred::weighted<rough, of_many, rough>::batch_tolerance == rough::batch_tolerance);

struct by_number {
  std::size_t operator()(user_id u) const noexcept { return to_index(u) % 3; }
};

// A batch of 32 users and all items is what asking for one after the other gives, and is asked for together when it is said to.
template <class S>
void check_batch(S const& model, int const& asked, bool together) {
  static_assert(kindred::batch_scorer<S>);
  CHECK(kindred::batches_of(model) == together);
  int const before = asked;
  std::vector<user_id> users;
  for (index_t u = 20; u != 45; ++u) users.push_back(user_id{u});
  auto const law = kindred::testing::check_batch_scorer(model, std::span<user_id const>(users), 70);
  CHECK_MESSAGE(law.holds(), law.message());
  CHECK((asked > before) == together);
}

}  // namespace

TEST_CASE("combinators: many users at once where a part can, one after the other where it cannot") {
  int asked = 0;
  of_many const many{.seed = 1, .asked = &asked}, other{.seed = 2, .asked = &asked};
  table_scorer<double> const alone{.value = {1, 5, 2, 4}, .users = 30};
  static_assert(!kindred::batch_scorer<kindred::weighted<table_scorer<double>, table_scorer<double>>>);
  check_batch(kindred::weighted{{0.5, 0.25, 0.25}, many, alone, other}, asked, true);
  std::vector<double> const weights{2, -0.5, 0.25};
  kindred::linear_model<double, kindred::squared_loss> const how(weights, 2, {});
  check_batch(kindred::stacked(how, many, alone), asked, true);
  check_batch(kindred::fallback{alone, many}, asked, true);
  check_batch(kindred::fallback{many, alone}, asked, true);
  check_batch(kindred::switching{by_number{}, many, alone, other}, asked, true);
  check_batch(kindred::switching{by_number{}, alone, many, other}, asked, true);
  check_batch(kindred::without(many, [](item_id i) { return to_index(i) % 2 == 0; }), asked, true);
  check_batch(kindred::boosted{many, kindred::item_worth<double>({1, 2, 3}), 0.5}, asked, true);
  check_batch(kindred::normalized{many, kindred::z_scale<double>{5, 0.5}}, asked, true);
  static_assert(!kindred::batch_scorer<kindred::normalized<of_many, kindred::rank_scale<double>>>);
  check_batch(kindred::user_scaled{many, {2.0, 0.5, 3.0}}, asked, true);
  auto const data = support::ratings_of<double>({{0, 0, 2}, {0, 1, 3}, {30, 2, 5}, {1, 0, 2}});
  check_batch(kindred::as_predictor(many, data), asked, true);
}

TEST_CASE("any_scorer: many users at once when the model in it gains by it") {
  int asked = 0;
  of_many const many{.seed = 1, .asked = &asked};
  table_scorer<double> const alone{.value = {1, 5, 2, 4}, .users = 30};
  kindred::any_scorer<double> const any_many(many), any_alone(alone), any_rough(rough{many});
  check_batch(any_many, asked, true);
  check_batch(any_alone, asked, false);
  check_batch(any_rough, asked, false);
  check_batch(kindred::weighted{{1.0, 1.0}, any_alone, any_many}, asked, true);
  check_batch(kindred::weighted{{1.0, 1.0}, any_alone, any_alone}, asked, false);
  check_batch(kindred::any_scorer<double>(kindred::fallback{alone, many}), asked, true);
  check_batch(kindred::any_scorer<double>(kindred::weighted{{1.0, 1.0}, any_many, any_many}), asked, true);
}

TEST_CASE("combinators: lists of many users are those of one after the other") {
  int asked = 0;
  of_many const many{.seed = 1, .asked = &asked};
  table_scorer<double> const alone{.value = {1, 5, 2, 4}, .users = 30};
  auto const odd = [](item_id i) { return to_index(i) % 2 == 1; };
  auto const check = [&](auto const& model) {
    std::vector<user_id> users;
    for (index_t u = 0; u != 70; ++u) users.push_back(user_id{u % 45});
    kindred::sequential here;
    auto const lists = kindred::top_n_each(
        model, std::span<user_id const>(users), [](user_id) { return kindred::all_items{50}; }, 5, here);
    for (std::size_t k = 0; k != users.size(); ++k) {
      std::vector<kindred::scored_item<double>> expected(5);
      expected.resize(kindred::top_n(model, users[k], kindred::all_items{50}, std::span(expected)));
      REQUIRE(lists[k].size() == expected.size());
      for (std::size_t j = 0; j != expected.size(); ++j) {
        CHECK(lists[k][j].item == expected[j].item);
        CHECK(lists[k][j].value == expected[j].value);
      }
    }
  };
  check(kindred::weighted{{0.5, 0.5}, kindred::only(many, odd), kindred::any_scorer<double>(many)});
  CHECK(asked == 6);
  check(kindred::any_scorer<double>(alone));
  CHECK(asked == 6);
}

TEST_CASE("combinators: reasons and updates of their parts") {
  int asked = 0;
  of_many const many{.seed = 1, .asked = &asked};
  auto const data = support::ratings_of<double>({{0, 0, 2}, {0, 1, 3}, {30, 2, 5}, {1, 0, 2}});
  auto stars = kindred::as_predictor(many, data);
  std::vector<user_id> const users{user_id{0}, user_id{7}, user_id{44}};
  std::vector<item_id> const items{item_id{0}, item_id{2}, item_id{9}, item_id{21}, item_id{59}, item_id{77}};
  auto const law = kindred::testing::check_explainer(stars, users, items);
  CHECK_MESSAGE(law.holds(), law.message());
  double const before = kindred::score_of(stars.part(), user_id{0}, item_id{0});
  stars.update(user_id{0}, item_id{0}, 1);
  CHECK(kindred::score_of(stars.part(), user_id{0}, item_id{0}) == before + 1);

  kindred::user_scaled scaled{many, {2.0}};
  static_assert(kindred::updatable<decltype(scaled)>);
  scaled.update(user_id{0}, item_id{0}, 1);
  CHECK(kindred::score_of(scaled, user_id{0}, item_id{0}) == 2 * (before + 1));

  // Makers of lists say why as the part does whose values are in the list.
  auto const unlike = [](item_id, item_id) noexcept { return 0.0; };
  auto list = kindred::without(
      kindred::diversified{kindred::cascade{{20}, table_scorer<double>{.value = std::vector<double>(60)}, many},
                           unlike},
      [](user_id, item_id i) { return to_index(i) == 3; });
  std::vector<kindred::evidence<double>> why(4);
  auto const said = list.explain(user_id{0}, item_id{0}, why);
  CHECK(said.count == 2);
  CHECK(said.base + why[0].share + why[1].share == doctest::Approx(before));
  static_assert(!kindred::detail::takes_updates<decltype(list)>);  // a table does not learn
  auto learning = kindred::diversified{kindred::cascade{{20}, many, many}, unlike};
  learning.update(user_id{0}, item_id{0}, 1);
  CHECK(learning.explain(user_id{0}, item_id{0}, why).count == 2);
  CHECK(why[0].share == doctest::Approx(before));
}
