// SPDX-License-Identifier: BSL-1.0

// A recommender from a handful of ratings: train, blend, fall back for strangers, recommend and say why.

// [all]
#include <kindred/kindred.hpp>

#include <array>
#include <iostream>
#include <span>
#include <string_view>

int main() {
  // Your own keys become typed numbers: a user can never be passed where an item is meant.
  kindred::dictionary<kindred::user_id> people;
  kindred::dictionary<kindred::item_id> films;
  kindred::rating_table<float> said;
  auto const say = [&](std::string_view who, std::string_view film, float stars) {
    said.add(people.add(who), films.add(film), stars);
  };
  say("ann", "Alien", 5), say("ann", "Brazil", 4), say("ann", "Heat", 2), say("bob", "Alien", 4),
      say("bob", "Solaris", 5);
  say("bob", "Drive", 1), say("cat", "Brazil", 5), say("cat", "Solaris", 5), say("cat", "Heat", 1),
      say("cat", "Alien", 5);
  say("dan", "Heat", 5), say("dan", "Drive", 4), say("dan", "Solaris", 2), say("eve", "Heat", 4),
      say("eve", "Ronin", 5);
  say("eve", "Alien", 2), say("fay", "Ronin", 4), say("fay", "Drive", 5), say("fay", "Brazil", 1);

  // Validated once, here; nothing downstream checks again.
  auto const ratings = kindred::ratings<float>::from(said);

  // Recipes train into models. Models are values, and compose into models: a blend of two, and what everyone likes for
  // those of whom nothing is known.
  auto taste = kindred::fit(kindred::sgd<>{.factors = 4, .seed = 7}, ratings).model;
  auto similar =
      kindred::fit(kindred::item_knn<kindred::cosine>{.neighbors = 3, .min_shared = 1, .aggregate = {.damping = 0}},
                   ratings)
          .model;
  auto popular = kindred::fit(kindred::popularity{}, ratings).model;
  kindred::fallback const recommender{kindred::weighted{{0.5f, 0.5f}, taste, similar}, popular};

  for (std::string_view const name : {"ann", "dan", "a stranger"}) {
    kindred::user_id const user = people.find(name).value_or(kindred::user_id{people.size()});
    std::array<kindred::scored_item<float>, 2> best;
    auto const count = kindred::top_n(recommender, user, kindred::unseen(ratings, user), best);
    for (auto const& [film, value] : std::span(best).first(count)) {
      std::cout << name << ": " << films.key(film);
      std::array<kindred::evidence<float>, 1> reason;
      if (similar.explain(user, film, reason).count != 0 && reason[0].share > 0)
        std::cout << ", because you liked " << films.key(kindred::item_id{reason[0].id});
      std::cout << '\n';
    }
  }
}
// [/all]
