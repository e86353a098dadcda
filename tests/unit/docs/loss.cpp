// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_sgd.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/testing/laws/loss.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace {

// [model]
// The size of the error: an outlier pulls no harder than anything else. Learns the median.
struct absolute_loss {
  template <kindred::real T>
  T value(T prediction, T target) const noexcept {
    return std::abs(prediction - target);
  }
  template <kindred::real T>
  T slope(T prediction, T target) const noexcept {
    return static_cast<T>((prediction > target) - (prediction < target));
  }
};
static_assert(kindred::loss<absolute_loss, float> && kindred::loss<absolute_loss, double>);
// [/model]

}  // namespace

// [check]
TEST_CASE("the minimal loss keeps the laws") {
  auto const law = kindred::testing::check_loss(absolute_loss{});
  CHECK_MESSAGE(law.holds(), law.message());
}
// [/check]

TEST_CASE("the minimal loss trains") {
  std::vector<kindred::rating<float>> triples;
  for (kindred::index_t u = 0; u != 20; ++u)
    triples.push_back({kindred::user_id{u}, kindred::item_id{0}, u == 0 ? 100.0f : 2.0f});
  auto const data = kindred::ratings<float>::from(triples);
  // The mean of all is 6.9; the median, 2, is far below. Learning the median lowers the item's bias well below zero.
  auto const model = kindred::fit(kindred::bias_sgd<absolute_loss>{.epochs = 200}, data).model;
  CHECK(model.bias(kindred::item_id{0}) < -0.5f);
}
