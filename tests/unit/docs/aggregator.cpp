// SPDX-License-Identifier: BSL-1.0
//
// The code of docs/concepts/aggregator.md.
#include <kindred/baseline/mean.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/aggregator.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/testing/laws/explainer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace {

// [model]
// The plain mean: the nearest neighbors are heard, and all of them alike.
struct plain_mean {
  template <kindred::real T>
  struct sums {
    T votes = 0;
    T voters = 0;
    void add(T, T value) noexcept {
      votes += value;
      ++voters;
    }
  };
  template <kindred::real T>
  T finish(sums<T> const& all) const noexcept {
    return all.voters > 0 ? all.votes / all.voters : T{0};
  }
  template <kindred::real T>
  T share(sums<T> const& all, T, T value) const noexcept {
    return value / all.voters;
  }
};
static_assert(kindred::aggregator<plain_mean, float>);
// [/model]

}  // namespace

TEST_CASE("the minimal aggregator votes, and is explained") {
  std::vector<kindred::rating<float>> const said{{kindred::user_id{0}, kindred::item_id{0}, 5},
                                                 {kindred::user_id{0}, kindred::item_id{1}, 1},
                                                 {kindred::user_id{1}, kindred::item_id{0}, 5},
                                                 {kindred::user_id{1}, kindred::item_id{1}, 1},
                                                 {kindred::user_id{1}, kindred::item_id{2}, 4}};
  auto const data = kindred::ratings<float>::from(said);
  // [use]
  auto const model =
      kindred::fit(kindred::user_knn<kindred::cosine, kindred::user_mean, plain_mean>{.neighbors = 5}, data).model;
  // [/use]
  // User 1, whose mean is 10/3, says 4.
  CHECK(kindred::score_of(model, kindred::user_id{0}, kindred::item_id{2}) == doctest::Approx(3 + 4 - 10.0 / 3));
  std::array const users{kindred::user_id{0}, kindred::user_id{1}};
  std::array const items{kindred::item_id{0}, kindred::item_id{2}};
  auto const law = kindred::testing::check_explainer(model, users, items);
  CHECK_MESSAGE(law.holds(), law.message());
}
