// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/any_scorer.hpp>

#include "../../support/error_of.hpp"
#include "../../support/scores.hpp"
#include "../../support/table_scorer.hpp"

#include <kindred/compose/fallback.hpp>
#include <kindred/compose/weighted.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <span>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using kindred::any_predictor;
using kindred::any_scorer;
using kindred::item_id;
using kindred::user_id;
using support::table_scorer;

static_assert(kindred::scorer<any_scorer<float>> && !kindred::predictor<any_scorer<float>>);
static_assert(kindred::predictor<any_predictor<double>> && std::copyable<any_predictor<double>>);
static_assert(std::convertible_to<table_scorer<float>, any_scorer<float>>);
static_assert(std::convertible_to<any_predictor<float>, any_scorer<float>>);
static_assert(!std::convertible_to<table_scorer<double>, any_scorer<float>>);  // another number type
static_assert(!std::convertible_to<int, any_scorer<float>>);
static_assert(!std::convertible_to<table_scorer<float>, any_predictor<float>>);  // no predictor
static_assert(!std::convertible_to<any_scorer<float>, any_predictor<float>>);
static_assert(kindred::predictor<kindred::fallback<any_predictor<float>, any_predictor<float>>>);
static_assert(!kindred::predictor<kindred::weighted<any_predictor<float>, any_scorer<float>>>);
static_assert(std::is_nothrow_copy_constructible_v<any_scorer<float>>);
static_assert(sizeof(any_predictor<float>) == sizeof(void*));

namespace {

// Counts how many of it there are.
struct counted : table_scorer<float, true> {
  explicit counted(int& alive) : table_scorer<float, true>{.value = {1, 2, 3}}, alive_(&alive) { ++*alive_; }
  counted(counted const& other) : table_scorer<float, true>(other), alive_(other.alive_) { ++*alive_; }
  counted& operator=(counted const&) = default;
  ~counted() { --*alive_; }

private:
  int* alive_;
};

}  // namespace

TEST_CASE_TEMPLATE("any_scorer: says what its model says", T, float, double) {
  table_scorer<T, true> const model{.value = {3, 1, 2}, .users = 2, .known = {1, 0, 1}, .neutral = -4};
  any_scorer<T> const any = model;
  any_predictor<T> const predictor = model;
  for (kindred::index_t u : {0u, 1u, 2u}) {
    auto const expected = support::scores(model, user_id{u}, support::first_items(5));
    CHECK(support::scores(any, user_id{u}, support::first_items(5)) == expected);
    CHECK(support::scores(predictor, user_id{u}, support::first_items(5)) == expected);
    CHECK(any.knows(user_id{u}) == model.knows(user_id{u}));
  }
  for (kindred::index_t i : {0u, 1u, 3u}) CHECK(predictor.knows(item_id{i}) == model.knows(item_id{i}));
}

TEST_CASE("any_scorer: copies share one model, which the last one ends") {
  int alive = 0;
  {
    any_scorer<float> first = counted(alive);
    CHECK(alive == 1);
    any_scorer<float> second = first;
    std::vector<any_scorer<float>> many(5, second);
    CHECK(alive == 1);
    first = any_scorer<float>(counted(alive));
    CHECK(alive == 2);
    second = first;
    many.clear();
    CHECK(alive == 1);
    auto& self = second;
    second = self;
    CHECK(alive == 1);
    CHECK(kindred::score_of(second, user_id{0}, item_id{1}) == 2);
  }
  CHECK(alive == 0);
}

TEST_CASE("any_scorer: what was moved from can be copied, assigned and ended") {
  int alive = 0;
  {
    any_scorer<float> first = counted(alive);
    any_scorer<float> second = std::move(first);
    CHECK(alive == 1);
    any_scorer<float> const copy = first;  // NOLINT(bugprone-use-after-move)
    first = second;
    CHECK(kindred::score_of(first, user_id{0}, item_id{2}) == 3);
    second = std::move(first);
    CHECK(alive == 1);
  }
  CHECK(alive == 0);
}

TEST_CASE("any_predictor: becomes an any_scorer without a second model") {
  int alive = 0;
  {
    any_predictor<float> const predictor = counted(alive);
    any_scorer<float> scorer = predictor;
    CHECK(alive == 1);
    any_predictor<float> other = predictor;
    other = predictor;
    CHECK(alive == 1);
    CHECK(kindred::score_of(scorer, user_id{0}, item_id{0}) == 1);
  }
  CHECK(alive == 0);
}

TEST_CASE("any_scorer: holds combinators, and is held by them") {
  table_scorer<float> const one{.value = {1, 2}, .users = 1};
  table_scorer<float> const two{.value = {3, 6}, .users = 2};
  any_scorer<float> const either = kindred::fallback{one, two};
  CHECK(kindred::score_of(either, user_id{1}, item_id{1}) == 6);
  kindred::weighted const blend{{1.0f, 1.0f}, any_scorer<float>(one), any_scorer<float>(two)};
  CHECK(kindred::score_of(blend, user_id{0}, item_id{1}) == 4);
  any_scorer<float> const again = blend;
  CHECK(kindred::score_of(again, user_id{0}, item_id{0}) == 2);
}

TEST_CASE("any_scorer: is copied and ended on several threads at once") {
  int alive = 0;
  {
    any_scorer<float> const shared = counted(alive);
    std::vector<std::thread> threads;
    std::vector<float> said(4);
    for (std::size_t t = 0; t != 4; ++t)
      threads.emplace_back([&, t] {
        for (int k = 0; k != 2000; ++k) {
          any_scorer<float> const copy = shared;
          said[t] = kindred::score_of(copy, user_id{0}, item_id{2});
        }
      });
    for (std::thread& thread : threads) thread.join();
    CHECK(said == std::vector<float>(4, 3));
    CHECK(alive == 1);
  }
  CHECK(alive == 0);
}

namespace {

// Counts events, and says that they are the reason.
struct counts {
  using value_type = float;
  std::vector<float> count = std::vector<float>(3);

  bool knows(user_id) const noexcept { return true; }
  bool knows(item_id i) const noexcept { return kindred::to_index(i) < count.size(); }
  void score(user_id, std::span<item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = 1 + count[kindred::to_index(items[k])];
  }
  kindred::explanation<float> explain(user_id, item_id i, std::span<kindred::evidence<float>> out) const noexcept {
    if (out.empty()) return {1, 0};
    out[0] = {kindred::evidence_kind::item, kindred::to_index(i), count[kindred::to_index(i)]};
    return {1, 1};
  }
  void update(user_id, item_id i, float value) { count[kindred::to_index(i)] += value; }
};
static_assert(kindred::explainer<counts> && kindred::updatable<counts>);
static_assert(kindred::explainer<any_scorer<float>> && kindred::updatable<any_scorer<float>>);

}  // namespace

TEST_CASE("any_scorer: explains and learns as its model does, and copies do not change") {
  any_scorer<float> one = counts{};
  CHECK((one.explains() && one.learns()));
  one.update(user_id{0}, item_id{1}, 4);  // nobody shares it
  any_scorer<float> const before = one;
  one.update(user_id{0}, item_id{1}, 2);
  CHECK(kindred::score_of(one, user_id{0}, item_id{1}) == 7);
  CHECK(kindred::score_of(before, user_id{0}, item_id{1}) == 5);
  std::vector<kindred::evidence<float>> why(2);
  auto const said = one.explain(user_id{0}, item_id{1}, why);
  CHECK((said.base == 1 && said.count == 1 && why[0].id == 1 && why[0].share == 6));

  kindred::weighted blend{{1.0f, 1.0f}, one, before};  // combinators of them explain and learn
  blend.update(user_id{0}, item_id{2}, 3);
  CHECK(kindred::score_of(blend, user_id{0}, item_id{2}) == 4);
  CHECK(kindred::score_of(one, user_id{0}, item_id{2}) == 1);
  CHECK(blend.explain(user_id{0}, item_id{2}, why).count == 1);
}

TEST_CASE("any_scorer: a model that does neither says so") {
  any_scorer<float> plain = table_scorer<float>{.value = {3, 1}};
  CHECK_FALSE((plain.explains() || plain.learns()));
  std::vector<kindred::evidence<float>> why(2);
  auto const said = plain.explain(user_id{0}, item_id{0}, why);
  CHECK((said.base == 3 && said.count == 0));
  auto const refused = support::error_of([&] { plain.update(user_id{0}, item_id{0}, 1); });
  CHECK(refused.kind() == kindred::error_kind::setting);
  CHECK(kindred::score_of(plain, user_id{0}, item_id{0}) == 3);
}
