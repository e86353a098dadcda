// SPDX-License-Identifier: BSL-1.0

// A book that nobody has bought yet is recommended for what it is about, and the reason is given; so is one to somebody who
// has bought nothing, but says what they like.

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/content/content.hpp>

#include <array>
#include <iostream>
#include <string_view>
#include <vector>

int main() {
  using kindred::item_id;
  using kindred::user_id;
  enum book : kindred::index_t { cosmos, red_mars, gaia, salt_fat, ferment, bread, orbit };
  constexpr std::array<std::string_view, 7> title{"Cosmos",   "Red Mars", "Gaia",       "Salt, Fat, Acid",
                                                  "Ferment!", "Bread",    "First Orbit"};

  // [describe]
  // What is known of the books. A field comes to be when it is first named; what is not known is not said.
  kindred::feature_table<item_id> catalog;
  catalog.about(item_id{cosmos}).category("shelf", "science").tags("topic", {"space", "history"}).number("pages", 365);
  catalog.about(item_id{red_mars})
      .category("shelf", "novels")
      .tags("topic", {"space", "politics"})
      .number("pages", 572);
  catalog.about(item_id{gaia}).category("shelf", "science").tags("topic", {"earth", "life"}).number("pages", 160);
  catalog.about(item_id{salt_fat}).category("shelf", "cooking").tags("topic", {"technique"}).number("pages", 480);
  catalog.about(item_id{ferment}).category("shelf", "cooking").tags("topic", {"technique", "life"});
  catalog.about(item_id{bread})
      .category("shelf", "cooking")
      .tags("topic", {"technique", "history"})
      .number("pages", 304);
  catalog.about(item_id{orbit}).category("shelf", "science").tags("topic", {"space"});  // new: sold to nobody
  catalog.number("pages", {.weight = 0.2});                                             // counts less than the others
  auto const about = kindred::item_features<float>::from(catalog);
  // [/describe]

  // [train]
  std::vector<kindred::rating<float>> const bought{{user_id{0}, item_id{cosmos}, 1},
                                                   {user_id{0}, item_id{red_mars}, 1},
                                                   {user_id{1}, item_id{salt_fat}, 1},
                                                   {user_id{1}, item_id{bread}, 1}};
  auto const sales = kindred::ratings<float>::from(bought, kindred::on_duplicate::error, {.users = 3, .items = 7});
  auto taste = kindred::fit(kindred::content{about}, sales).model;

  // User 2 has bought nothing, and ticked two boxes.
  kindred::feature_table<user_id> wishes;
  wishes.about(user_id{2}).tags("topic", {"earth", "life"});
  taste.prefer(wishes);
  // [/train]

  // [recommend]
  for (user_id const user : {user_id{0}, user_id{1}, user_id{2}}) {
    std::array<kindred::scored_item<float>, 1> best;
    if (kindred::top_n(taste, user, kindred::unseen(sales, user), best) == 0) continue;
    item_id const book = best[0].item;
    std::cout << "user " << to_index(user) << ": " << title[to_index(book)];

    std::array<kindred::evidence<float>, 1> why;
    if (taste.explain(user, book, why).count != 0) std::cout << ", because you bought " << title[why[0].id];
    if (taste.explain_features(user, book, why).count != 0) {
      auto const [field, value] = taste.about().name(why[0].id);
      std::cout << " (" << field << ": " << value << ")";
    }
    std::cout << '\n';
  }
  // [/recommend]
}
