// SPDX-License-Identifier: BSL-1.0

#include "offers.hpp"

#include <kindred/compose/top_n.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace {

using kindred::item_id;
using kindred::user_id;

std::string list(std::vector<std::string> const& names) {
  std::string out;
  for (std::size_t k = 0; k != names.size(); ++k)
    out += (k == 0 ? "" : k + 1 == names.size() ? " and " : ", ") + names[k];
  return out;
}

std::string plural(std::size_t count, char const* one, char const* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

// "because you rated X and Y": the two ratings of this user that speak most for the item.
std::string because_of_ratings(shop_data const& shop, similar_items const& similar, user_id user, item_id item) {
  std::array<kindred::evidence<float>, 8> found;
  auto const count = similar.explain(user, item, found).count;
  std::vector<std::string> names;
  for (auto const& e : std::span(found).first(count))
    if (e.share > 0 && names.size() != 2) names.push_back(shop.name(item_id{e.id}));
  return names.empty() ? "" : "because you rated " + list(names);
}

// "your friends Ann and Bob liked it": friends who gave it a high rating.
std::string because_of_friends(shop_data const& shop, user_id user, item_id item) {
  std::vector<std::string> names;
  std::size_t others = 0;
  for (user_id const friend_ : shop.friends[kindred::to_index(user)]) {
    auto const row = shop.ratings.of(friend_);
    std::size_t const at = kindred::position_of(row.index, kindred::to_index(item));
    if (at == row.size() || static_cast<double>(row.value[at]) < shop.relevant_from) continue;
    if (names.size() != 2) names.push_back(shop.name(friend_));
    else ++others;
  }
  if (names.empty()) return "";
  bool const several = names.size() + others > 1;
  if (others != 0) names.push_back(plural(others, "other", "others"));
  return std::string("your friend") + (several ? "s " : " ") + list(names) + " liked it";
}

std::string because_of_all(shop_data const& shop, item_id item) {
  return plural(shop.ratings.of(item).size(), "person", "people") + " rated it";
}

offers offers_for(shop_data const& shop, recommender const& model, similar_items const& similar, user_id user) {
  std::array<kindred::scored_item<float>, 10> best;
  auto const count = kindred::top_n(model, user, kindred::unseen(shop.ratings, user), best);
  offers out;
  for (auto const& [item, score] : std::span(best).first(count)) {
    std::string reason = because_of_ratings(shop, similar, user, item);
    std::string const friends =
        kindred::to_index(user) < shop.friends.size() ? because_of_friends(shop, user, item) : "";
    if (!friends.empty()) reason = reason.empty() ? friends : friends + ", and " + reason;
    if (reason.empty()) reason = because_of_all(shop, item);
    out.best.push_back({shop.name(item), score, std::move(reason)});
  }
  return out;
}

// The user for whom `measure` is greatest, the first of equals.
template <class Measure>
user_id greatest(shop_data const& shop, Measure const& measure) {
  user_id best{0};
  for (kindred::index_t u = 1; u != shop.ratings.user_count(); ++u)
    if (measure(user_id{u}) > measure(best)) best = user_id{u};
  return best;
}

}  // namespace

std::vector<offers> recommend(shop_data const& shop, recommender const& model, similar_items const& similar) {
  auto const rated = [&](user_id u) { return shop.ratings.of(u).size(); };
  // Not the most industrious of all, who has seen everything, but the one nearest to 80 ratings.
  user_id const regular = greatest(shop, [&](user_id u) {
    auto const n = static_cast<std::ptrdiff_t>(rated(u));
    return n > 80 ? 80 - n : n - 80;
  });
  // Few ratings of their own, many by friends.
  user_id const social = greatest(shop, [&](user_id u) {
    std::size_t by_friends = 0;
    for (user_id const f : shop.friends[kindred::to_index(u)]) by_friends += rated(f);
    return u == regular || rated(u) == 0 ? 0.0 : static_cast<double>(by_friends + 1) / static_cast<double>(rated(u));
  });
  user_id const newcomer{shop.ratings.user_count()};

  std::vector<offers> all;
  all.push_back(offers_for(shop, model, similar, regular));
  all.back().title = "For " + shop.name(regular);
  all.back().note = plural(rated(regular), "rating", "ratings") + " so far: taste and similar products decide.";
  all.push_back(offers_for(shop, model, similar, social));
  all.back().title = "For " + shop.name(social);
  auto const circle = shop.friends[kindred::to_index(social)].size();
  all.back().note = "Only " + plural(rated(social), "rating", "ratings") +
                    (circle != 0 ? ", but " + plural(circle, "friend", "friends") + "." : " so far.");
  all.push_back(offers_for(shop, model, similar, newcomer));
  all.back().title = "For somebody new";
  all.back().note = "Nothing is known yet: the fallback says what everyone likes.";
  return all;
}
