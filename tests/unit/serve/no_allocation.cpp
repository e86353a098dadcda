// SPDX-License-Identifier: BSL-1.0
//
// Scoring allocates nothing, counted. That it throws nothing is said by the concepts, which ask for noexcept.

#include "counted_new.hpp"

#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/alike_by_vectors.hpp>
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/boosted.hpp>
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/cascade.hpp>
#include <kindred/compose/diversified.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/filtered.hpp>
#include <kindred/compose/normalized.hpp>
#include <kindred/compose/stacking.hpp>
#include <kindred/compose/switching.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/factor/live_als.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/stored_factors.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/live_knn.hpp>
#include <kindred/serve/learning.hpp>
#include <kindred/serve/served.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using kindred::item_id, kindred::user_id;

kindred::ratings<float> some_ratings() {
  return kindred::ratings<float>::from(
      kindred::testing::generate_ratings({.users = 25, .items = 300, .ratings = 800, .rank = 3}));
}

// How much is allocated by lists for everybody and for a stranger, after one list.
template <kindred::list_source S>
std::uint64_t allocated_by(S const& model, kindred::ratings<float> const& seen) {
  std::array<kindred::scored_item<float>, 10> few;
  std::array<kindred::scored_item<float>, 100> many;
  auto const ask = [&](kindred::index_t u) {
    static_cast<void>(kindred::top_n(model, user_id{u}, kindred::unseen(seen, user_id{u}), few));
    static_cast<void>(kindred::top_n(model, user_id{u}, kindred::all_items{seen.item_count()}, many));
    if constexpr (kindred::explainer<S>) {
      std::array<kindred::evidence<float>, 5> why;
      static_cast<void>(model.explain(user_id{u}, few[0].item, why));
    }
  };
  ask(0);
  std::uint64_t const before = support::allocations();
  for (kindred::index_t u = 0; u != seen.user_count() + 1; ++u) ask(u);
  return support::allocations() - before;
}

}  // namespace

TEST_CASE("scoring and explaining allocate nothing: models") {
  auto const data = some_ratings();
  std::uint64_t const before = support::allocations();
  CHECK(std::vector<int>(3).size() == 3);
  CHECK(support::allocations() - before == 1);  // it does count

  auto const taste = kindred::fit(kindred::sgd<>{.factors = 8, .epochs = 3}, data).model;
  CHECK(allocated_by(taste, data) == 0);
  CHECK(allocated_by(kindred::stored_factors<std::int8_t>(taste), data) == 0);
  CHECK(allocated_by(kindred::fit(kindred::item_knn<>{}, data).model, data) == 0);
  CHECK(allocated_by(kindred::fit(kindred::implicit_item_knn<>{}, data).model, data) == 0);
  CHECK(allocated_by(kindred::fit(kindred::live_als<>{.als = {.factors = 8, .sweeps = 2}}, data).model, data) == 0);
  CHECK(allocated_by(
            kindred::fit(kindred::live_knn<kindred::item_knn<kindred::cosine, kindred::item_mean>>{}, data).model,
            data) == 0);
}

TEST_CASE("scoring and explaining allocate nothing: combinators, and what is served") {
  using kindred::normalize, kindred::z_scale;
  auto const data = some_ratings();
  auto const taste = kindred::fit(kindred::sgd<>{.factors = 8, .epochs = 3}, data).model;
  auto const similar = kindred::fit(kindred::item_knn<>{}, data).model;
  auto const popular = kindred::fit(kindred::popularity{}, data).model;
  kindred::weighted const blend{{0.5f, 0.3f, 0.2f}, taste, similar, normalize<z_scale>(popular, data)};
  kindred::boosted const shop{blend, kindred::item_worth<float>(std::vector<float>(300, 0.5f)), 0.1f};
  kindred::fallback const safe{shop, popular};
  auto const unseen = kindred::without(safe, kindred::seen_in(data));

  CHECK(allocated_by(kindred::weighted{{0.5f, 0.5f}, similar, similar}, data) == 0);  // explains
  CHECK(allocated_by(safe, data) == 0);
  CHECK(allocated_by(unseen, data) == 0);
  CHECK(allocated_by(kindred::switching{kindred::history_levels(data, {5, 15}), popular, similar, blend}, data) == 0);
  CHECK(allocated_by(kindred::cascade{{100, 40}, popular, similar, blend}, data) == 0);
  CHECK(allocated_by(kindred::diversified{unseen, kindred::alike_by_vectors<float>{taste.items()}}, data) == 0);
  kindred::any_scorer<float> const any{safe};
  CHECK(allocated_by(any, data) == 0);

  kindred::served<kindred::any_scorer<float>> const online{any};
  std::array<kindred::scored_item<float>, 10> best;
  std::uint64_t const before = support::allocations();
  for (kindred::index_t u = 0; u != 25; ++u)
    static_cast<void>(kindred::top_n(*online.now(), user_id{u}, kindred::unseen(data, user_id{u}), best));
  CHECK(support::allocations() == before);
}
