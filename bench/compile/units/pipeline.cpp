// SPDX-License-Identifier: BSL-1.0

// A whole recommender of ratings that are at hand: factorizes them, recommends. It includes what it uses.
#include <kindred/compose/top_n.hpp>
#include <kindred/factor/sgd.hpp>

#include <array>
#include <cstdio>
#include <span>

int main() {
  kindred::rating_table<float> said;
  for (kindred::index_t k = 0; k != 1000; ++k)
    said.add(kindred::user_id{k % 37}, kindred::item_id{k % 41}, static_cast<float>(k % 5 + 1));
  auto const ratings = kindred::ratings<float>::from(said);
  auto const model = kindred::fit(kindred::sgd<>{.factors = 10, .seed = 7}, ratings).model;
  kindred::user_id const user{0};
  std::array<kindred::scored_item<float>, 10> best;
  auto const count = kindred::top_n(model, user, kindred::unseen(ratings, user), best);
  for (auto const& [item, value] : std::span(best).first(count)) std::printf("%u %g\n", to_index(item), double{value});
}
