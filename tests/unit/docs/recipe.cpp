// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/constant.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/testing/laws/recipe.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace {

// [model]
// Predicts, for everybody and everything, the middle between the lowest and the highest rating.
struct midrange {
  template <kindred::real T, kindred::executor E, kindred::observer O>
  kindred::fitted<kindred::constant_model<T>> fit(kindred::ratings<T> const& data, E&, O&) const {
    auto const all = data.by_user().value();
    if (all.empty()) return {kindred::constant_model<T>(0), {}};
    auto const [lowest, highest] = std::minmax_element(all.begin(), all.end());
    return {kindred::constant_model<T>((*lowest + *highest) / 2), {}};
  }
};
static_assert(kindred::recipe<midrange, kindred::ratings<float>>);
// [/model]

}  // namespace

TEST_CASE("the minimal recipe keeps the laws and trains into a model") {
  std::vector<kindred::rating<double>> const triples{{kindred::user_id{0}, kindred::item_id{0}, 1.0},
                                                     {kindred::user_id{0}, kindred::item_id{1}, 2.0},
                                                     {kindred::user_id{1}, kindred::item_id{1}, 5.0}};
  auto const data = kindred::ratings<double>::from(triples);
  std::array const users{kindred::user_id{0}, kindred::user_id{1}};
  std::array const items{kindred::item_id{0}, kindred::item_id{1}};
  kindred::sequential other;
  auto const law = kindred::testing::check_recipe(midrange{}, data, other, users, items);
  CHECK_MESSAGE(law.holds(), law.message());

  CHECK(kindred::score_of(kindred::fit(midrange{}, data).model, kindred::user_id{9}, kindred::item_id{9}) == 3.0);
  CHECK(kindred::fit(midrange{}, kindred::ratings<double>{}).model == kindred::constant_model<double>(0));
}
