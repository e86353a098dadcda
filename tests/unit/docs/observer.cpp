// SPDX-License-Identifier: BSL-1.0
#include <kindred/run/observer.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace {

// [model]
// Ends a fit whose objective has not fallen for `patience` epochs.
struct stop_when_flat {
  std::uint32_t patience = 2;
  std::uint32_t waited = 0;
  double best = std::numeric_limits<double>::infinity();

  kindred::flow operator()(kindred::progress const& now) noexcept {
    waited = now.objective < best ? 0 : waited + 1;
    if (waited == 0) best = now.objective;
    return waited == patience ? kindred::flow::stop : kindred::flow::proceed;
  }
};
static_assert(kindred::observer<stop_when_flat> && kindred::stopping_rule<stop_when_flat>);
// [/model]

}  // namespace

TEST_CASE("the minimal observer stops after two epochs that are no better") {
  stop_when_flat watch;
  CHECK(watch({1, 5.0}) == kindred::flow::proceed);
  CHECK(watch({2, 5.0}) == kindred::flow::proceed);
  CHECK(watch({3, 4.0}) == kindred::flow::proceed);
  CHECK(watch({4, 4.5}) == kindred::flow::proceed);
  CHECK(watch({5, 4.0}) == kindred::flow::stop);
}
