// SPDX-License-Identifier: BSL-1.0

// Plays become vectors; a visitor whom the training never saw gets recommendations, with reasons, and so does a new song.

// [all]
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/live_als.hpp>
#include <kindred/run/fit.hpp>

#include <array>
#include <cstdio>
#include <span>

namespace {

using kindred::item_id;
using kindred::user_id;

constexpr std::array songs{"Rock You", "Highway", "Smoke", "Enter", "Kind of Blue", "So What", "Naima", "Take Five"};

}  // namespace

int main() {
  // Listeners 0 to 9 play rock, 10 to 19 jazz, each some of it, some more than once.
  kindred::rating_table<float> plays;
  for (kindred::index_t u = 0; u != 20; ++u)
    for (kindred::index_t i = 0; i != 8; ++i)
      if ((u < 10) == (i < 4) && (u + i) % 4 != 0)
        plays.add(user_id{u}, item_id{i}, static_cast<float>(1 + (u * i) % 3));

  // [fit]
  kindred::live_als<> how{{.factors = 4, .regularization = 0.01, .unobserved_weight = 0.1}};
  auto model = kindred::fit(how, kindred::ratings<float>::from(plays)).model;
  // [/fit]

  // [update]
  user_id const visitor{99};
  model.update(visitor, item_id{4}, 1);
  model.update(visitor, item_id{6}, 2);
  // [/update]

  std::array<kindred::scored_item<float>, 3> best;
  auto const count = kindred::top_n(model, visitor, kindred::all_items{8}, best);
  for (auto const& [item, value] : std::span(best).first(count))
    std::printf("%-12s %.2f\n", songs[kindred::to_index(item)], static_cast<double>(value));

  // [explain]
  std::array<kindred::evidence<float>, 2> reasons;
  auto const why = model.explain(visitor, item_id{5}, reasons);
  for (auto const& reason : std::span(reasons).first(why.count))
    std::printf("So What, because of %s: %.2f\n", songs[reason.id], static_cast<double>(reason.share));
  // [/explain]
}
// [/all]
