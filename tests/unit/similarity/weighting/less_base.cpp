// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/less_base.hpp>

#include "../../../support/ratings.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/similarity/shared_cosine.hpp>
#include <kindred/similarity/weighted_by.hpp>

#include <doctest/doctest.h>

#include <cstddef>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("less_base: what the base does not explain", T, float, double) {
  auto const data = support::random_ratings<T>(20, 300, 0.9, 3);  // rows longer than a block
  kindred::less_base<kindred::user_mean> const weight{};
  auto const left = prepared<item_id>(weight, data);
  auto const mean = kindred::fit(kindred::user_mean{}, data).model;
  for (kindred::index_t u = 0; u != 20; ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k)
      REQUIRE(left.of(user_id{u}).value[k] ==
              row.value[k] - kindred::score_of(mean, user_id{u}, item_id{row.index[k]}));
  }
  // Pearson against baselines: residuals of biases, cosine where both have one.
  using correlation = kindred::weighted_by<kindred::less_base<kindred::bias_als>, kindred::shared_cosine>;
  static_assert(kindred::weighting<correlation, T, item_id>);
  auto const biased = prepared<item_id>(correlation{}, data);
  auto const bias = kindred::fit(kindred::bias_als{}, data).model;
  CHECK(biased.of(user_id{3}).value[0] ==
        data.of(user_id{3}).value[0] - kindred::score_of(bias, user_id{3}, item_id{data.of(user_id{3}).index[0]}));
}
