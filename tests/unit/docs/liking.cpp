// SPDX-License-Identifier: BSL-1.0
#include <kindred/content/content.hpp>
#include <kindred/content/liking.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>

namespace {

// [model]
// Four stars and more are liked, all alike; the rest says nothing.
struct favorites {
  template <kindred::real T>
  void weigh(std::span<T const> said, T, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != said.size(); ++k) out[k] = said[k] >= 4 ? T{1} : T{0};
  }
};
static_assert(kindred::liking<favorites, float>);
// [/model]

}  // namespace

TEST_CASE("the minimal liking") {
  std::array<float, 3> const said{5, 4, 3};
  std::array<float, 3> weight;
  favorites{}.weigh(std::span<float const>(said), 3.0f, std::span<float>(weight));
  CHECK(weight == std::array<float, 3>{1, 1, 0});
  auto const model = kindred::fit(kindred::content<float, favorites>{}, kindred::ratings<float>{}).model;
  CHECK(!model.knows(kindred::user_id{0}));
}
