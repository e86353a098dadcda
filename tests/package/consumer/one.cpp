// SPDX-License-Identifier: BSL-1.0
#include "two.hpp"

#include <kindred/kindred.hpp>

#include <array>
#include <cstdio>

int main() {
  kindred::rating_table<float> said;
  for (kindred::index_t u = 0; u != 6; ++u)
    for (kindred::index_t i = 0; i != 5; ++i)
      if ((u + i) % 3 != 0) said.add(kindred::user_id{u}, kindred::item_id{i}, static_cast<float>(1 + (u * i) % 5));
  auto const ratings = kindred::ratings<float>::from(said);
  kindred::fallback const model{neighbors_of(ratings), kindred::fit(kindred::popularity{}, ratings).model};

  std::array<kindred::scored_item<float>, 2> best;
  kindred::user_id const user{1};
  std::size_t const count = kindred::top_n(model, user, kindred::unseen(ratings, user), best);
  std::printf("kindred %d.%d.%d recommends %zu\n", KINDRED_VERSION_MAJOR, KINDRED_VERSION_MINOR, KINDRED_VERSION_PATCH,
              count);
  return count == 1 && best[0].item == kindred::item_id{2} ? 0 : 1;
}
