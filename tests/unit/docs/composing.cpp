// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/alike_by_vectors.hpp>
#include <kindred/compose/boosted.hpp>
#include <kindred/compose/cascade.hpp>
#include <kindred/compose/normalized.hpp>
#include <kindred/compose/pipe.hpp>
#include <kindred/compose/stacking.hpp>
#include <kindred/compose/switching.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/neighbor/item_knn.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

namespace {

kindred::ratings<float> some_ratings() {
  std::vector<kindred::rating<float>> all;
  for (kindred::index_t u = 0; u != 60; ++u)
    for (kindred::index_t i = 0; i != 40; ++i)
      if (kindred::mix(3, u, i) % 3 == 0)
        all.push_back({kindred::user_id{u}, kindred::item_id{i}, static_cast<float>(1 + kindred::mix(u, i % 4) % 5)});
  return kindred::ratings<float>::from(all);
}

// [scale]
// A share of the best score, for scores that are never negative.
struct share_of_best {
  float best;
  static share_of_best of(std::span<float const> sorted) noexcept { return {sorted.back() > 0 ? sorted.back() : 1.0f}; }
  float operator()(float score) const noexcept { return score / best; }
};
static_assert(kindred::score_scale<share_of_best, float>);
// [/scale]

// [recommender]
// The best by a model, with one place in the list for what the house wants to show.
template <kindred::scorer S>
struct with_an_offer {
  using value_type = kindred::value_t<S>;
  S model;
  kindred::item_id offer;
  template <kindred::candidates C>
  std::size_t recommend(kindred::user_id user, C const& which,
                        std::span<kindred::scored_item<value_type>> out) const noexcept {
    auto const others = kindred::where(which, [this](kindred::item_id i) { return i != offer; });
    std::size_t const found = kindred::top_n(model, user, others, out);
    if (found != 0) out[found - 1] = {offer, kindred::score_of(model, user, offer)};
    return found;
  }
};
static_assert(kindred::recommender<with_an_offer<kindred::popularity_model<float>>>);
// [/recommender]

}  // namespace

TEST_CASE("compositions of the guide") {
  auto const ratings = some_ratings();
  // [train]
  auto const taste = kindred::fit(kindred::sgd<>{.factors = 8}, ratings).model;
  auto const similar = kindred::fit(kindred::item_knn<>{}, ratings).model;
  auto const popular = kindred::fit(kindred::popularity{}, ratings).model;
  // [/train]
  std::vector<float> const margins(40, 0.1f);

  // [blend]
  // One scale first: popularity counts, taste is in stars.
  using kindred::normalize, kindred::z_scale;
  kindred::weighted const blend{{0.8f, 0.2f}, normalize<z_scale>(taste, ratings), normalize<z_scale>(popular, ratings)};

  // Weights learned from ratings that the parts had not seen, and how much each gives to one score.
  auto const hybrid =
      kindred::fit(kindred::stacking(kindred::sgd<>{.factors = 8}, kindred::item_knn<>{}), ratings).model;
  auto const gave = hybrid.contributions(kindred::user_id{3}, kindred::item_id{5});

  // New users get what is popular, light ones what is similar to their few ratings, heavy ones their taste.
  kindred::switching const by_history{kindred::history_levels(ratings, {1, 15}), popular, similar, taste};
  // [/blend]
  CHECK(gave[0] + gave[1] + hybrid.intercept() ==
        doctest::Approx(kindred::score_of(hybrid, kindred::user_id{3}, kindred::item_id{5})));
  CHECK(by_history.serving(kindred::user_id{1000}) == 0);

  // [pipe]
  using namespace kindred;
  item_worth<float> const margin(margins);
  alike_by_vectors<float> const alike{taste.items()};
  auto const shop =
      blend | boost(margin, 0.2f) | without(seen_in(ratings)) | diversify(alike, mmr{.lambda = 0.3}) | top(5);
  auto const list = shop(user_id{3}, all_items{ratings.item_count()});
  // [/pipe]
  CHECK(list.size() == 5);
  for (auto const& one : list) CHECK(!ratings.contains(user_id{3}, one.item));

  // [cascade]
  // Popularity picks 20 of the catalog, neighbors order them, and the 10 best are ordered by the blend.
  cascade const stages{{20, 10}, popular, similar, blend};
  // [/cascade]
  std::vector<scored_item<float>> out(5);
  CHECK(top_n(stages, user_id{3}, all_items{40}, std::span<scored_item<float>>(out)) == 5);
  with_an_offer<popularity_model<float>> const offers{popular, item_id{7}};
  CHECK(top_n(offers, user_id{3}, all_items{40}, std::span<scored_item<float>>(out)) == 5);
  CHECK(out[4].item == item_id{7});
  CHECK(share_of_best::of(std::vector<float>{1, 4})(2) == 0.5f);
}
