// SPDX-License-Identifier: BSL-1.0

// What to say to somebody of whom little is known: ask their friends; and if they have none, say what everybody likes.

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/neighbor/user_knn.hpp>

#include <array>
#include <iostream>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

// [friends]
// Scores an item by the stars that the user's friends gave it, added up. Knows a user who has friends.
class friends_choice {
public:
  using value_type = float;

  friends_choice(kindred::ratings<float> said, std::vector<std::vector<kindred::user_id>> friends_of)
      : said_(std::move(said)), friends_of_(std::move(friends_of)) {}

  bool knows(kindred::user_id u) const noexcept { return !friends(u).empty(); }
  bool knows(kindred::item_id i) const noexcept { return !said_.of(i).empty(); }
  void score(kindred::user_id u, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) {
      auto const raters = said_.of(items[k]);
      out[k] = 0;
      for (kindred::user_id const f : friends(u)) {
        std::size_t const at = kindred::position_of(raters.index, kindred::to_index(f));
        if (at != raters.size()) out[k] += raters.value[at];
      }
    }
  }

private:
  std::span<kindred::user_id const> friends(kindred::user_id u) const noexcept {
    if (kindred::to_index(u) >= friends_of_.size()) return {};
    return friends_of_[kindred::to_index(u)];
  }

  kindred::ratings<float> said_;
  std::vector<std::vector<kindred::user_id>> friends_of_;
};
static_assert(kindred::scorer<friends_choice>);
// [/friends]

// [use]
int main() {
  enum film : kindred::index_t { alien, brazil, drive, heat, ronin };
  constexpr std::array<std::string_view, 5> title{"Alien", "Brazil", "Drive", "Heat", "Ronin"};
  std::vector<kindred::rating<float>> said;
  auto const say = [&](kindred::index_t who, film what, float stars) {
    said.push_back({kindred::user_id{who}, kindred::item_id{what}, stars});
  };
  say(0, alien, 5), say(0, brazil, 4), say(0, heat, 1), say(1, alien, 5), say(1, brazil, 5), say(1, drive, 4);
  say(1, heat, 2), say(2, heat, 5), say(2, ronin, 5), say(2, alien, 1), say(3, heat, 4), say(3, alien, 4);
  auto const ratings = kindred::ratings<float>::from(said);

  auto taste = kindred::fit(kindred::user_knn<>{}, ratings).model;           // knows who has rated
  friends_choice friends(ratings, {{}, {}, {}, {}, {kindred::user_id{2}}});  // knows user 4, a friend of user 2
  auto popular = kindred::fit(kindred::popularity{}, ratings).model;         // knows everybody
  kindred::fallback const recommender{taste, friends, popular};

  constexpr std::array<std::string_view, 3> part{"their own ratings", "their friends", "everybody"};
  for (kindred::user_id const user : {kindred::user_id{0}, kindred::user_id{4}, kindred::user_id{99}}) {
    std::array<kindred::scored_item<float>, 2> best;
    auto const count = kindred::top_n(recommender, user, kindred::unseen(ratings, user), best);
    std::cout << "user " << kindred::to_index(user) << ", going by " << part[recommender.serving(user)] << ':';
    for (auto const& [item, value] : std::span(best).first(count)) std::cout << ' ' << title[kindred::to_index(item)];
    std::cout << '\n';
  }
}
// [/use]
