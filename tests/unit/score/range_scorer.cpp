// SPDX-License-Identifier: BSL-1.0
#include <kindred/score/range_scorer.hpp>

#include "../../support/scores.hpp"
#include "../../support/table_scorer.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

using kindred::item_id;
using kindred::user_id;

TEST_CASE_TEMPLATE("score_range_of: any scorer, a block at a time", T, float, double) {
  support::table_scorer<T> model{.value = {}, .neutral = T{-1}};
  for (kindred::index_t i = 0; i != 900; ++i) model.value.push_back(static_cast<T>(i * i % 1009));
  auto const expected = support::scores(model, user_id{0}, support::first_items(1000));
  for (std::size_t const first : {0u, 1u, 255u, 700u})
    for (std::size_t const size : {0u, 1u, 256u, 257u, 300u}) {
      std::vector<T> out(size + 1, T{77});
      kindred::score_range_of(model, user_id{0}, item_id{static_cast<kindred::index_t>(first)},
                              std::span<T>(out).first(size));
      CHECK(out[size] == 77);
      for (std::size_t k = 0; k != size; ++k) CHECK(out[k] == expected[first + k]);
    }
}
