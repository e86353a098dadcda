// SPDX-License-Identifier: BSL-1.0
//
// Every similarity of the library through the engine that suits it, against all pairs of rows.
#include "../../support/ratings.hpp"
#include "../../support/similarities.hpp"

#include <kindred/neighbor/all_pairs.hpp>
#include <kindred/similarity/amplified.hpp>
#include <kindred/similarity/asymmetric_cosine.hpp>
#include <kindred/similarity/constrained_pearson.hpp>
#include <kindred/similarity/dice.hpp>
#include <kindred/similarity/jaccard.hpp>
#include <kindred/similarity/lift.hpp>
#include <kindred/similarity/log_likelihood.hpp>
#include <kindred/similarity/mean_squared_difference.hpp>
#include <kindred/similarity/mutual_information.hpp>
#include <kindred/similarity/normalized_mutual_information.hpp>
#include <kindred/similarity/overall_pearson.hpp>
#include <kindred/similarity/overlap.hpp>
#include <kindred/similarity/random_walk.hpp>
#include <kindred/similarity/shared_cosine.hpp>
#include <kindred/similarity/significance.hpp>
#include <kindred/similarity/spearman.hpp>
#include <kindred/similarity/tanimoto.hpp>
#include <kindred/similarity/tversky.hpp>
#include <kindred/similarity/weighted_jaccard.hpp>

#include <doctest/doctest.h>

namespace {

template <class S>
void check_same(char const* name, S const& how) {
  CAPTURE(name);
  auto const raw = support::random_ratings<float>(70, 50, 0.25, 40);
  auto const& data = kindred::prepared<kindred::user_id>(how, raw);
  kindred::sequential ex;
  support::opaque<S> const plain{how};
  for (kindred::neighbor_limits const limits : {kindred::neighbor_limits{.keep = 6}, {.keep = 40, .min_shared = 3}})
    CHECK(kindred::all_pairs(data.by_user(), data.by_item(), how, limits, ex) ==
          kindred::all_pairs(data.by_user(), data.by_item(), plain, limits, ex));
}

}  // namespace

TEST_CASE("all_pairs: of every similarity, the same bits as pair by pair") {
  check_same("amplified", kindred::amplified<kindred::jaccard>{});
  check_same("asymmetric_cosine", kindred::asymmetric_cosine{.alpha = 0.2});
  check_same("constrained_pearson", kindred::constrained_pearson{});
  check_same("dice", kindred::dice{});
  check_same("jaccard", kindred::jaccard{});
  check_same("lift", kindred::lift{.columns = 50});
  check_same("log_likelihood", kindred::log_likelihood{.columns = 50});
  check_same("mean_squared_difference", kindred::mean_squared_difference{});
  check_same("mutual_information", kindred::mutual_information{.columns = 50});
  check_same("normalized_mutual_information", kindred::normalized_mutual_information{.columns = 50});
  check_same("overall_pearson", kindred::overall_pearson{});
  check_same("overlap", kindred::overlap{});
  check_same("random_walk", kindred::random_walk{.to = 0.5});
  check_same("shared_cosine", kindred::shared_cosine{});
  check_same("significance", kindred::significance<kindred::overall_pearson>{});
  check_same("spearman", kindred::spearman{});
  check_same("tanimoto", kindred::tanimoto{});
  check_same("tversky", kindred::tversky{.alpha = 0.3});
  check_same("weighted_jaccard", kindred::weighted_jaccard{});
}
