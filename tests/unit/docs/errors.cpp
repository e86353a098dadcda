// SPDX-License-Identifier: BSL-1.0
//
// The code of the guide "Errors".
#include <kindred/core/error.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace {

std::string log_line;
void log(std::string const& text) { log_line = text; }

void load(std::vector<kindred::rating<float>> const& triples) {
  // [catch]
  try {
    auto const ratings = kindred::ratings<float>::from(triples);
    log("read " + std::to_string(ratings.size()) + " ratings");
  } catch (kindred::error const& e) {
    if (e.kind() != kindred::error_kind::data) throw;
    log("look at observation " + std::to_string(e.row()) + ": " + e.what());
  }
  // [/catch]
}

// [raise]
// Forgets half of every rating after `half_life` days.
struct fading {
  double half_life = 30;
  void check() const {
    if (!kindred::is_finite(half_life) || half_life <= 0)
      kindred::raise(kindred::error(kindred::error_kind::setting)
                     << "fading: half_life = " << half_life << " days; it has to be positive");
  }
};
// [/raise]

}  // namespace

TEST_CASE("errors are sentences") {
  float const nan = std::numeric_limits<float>::quiet_NaN();
  load({{kindred::user_id{0}, kindred::item_id{0}, 4.0f}, {kindred::user_id{1}, kindred::item_id{2}, nan}});
  CHECK(log_line == "look at observation 1: observation 1, of user 1 and item 2, is not a finite number");
  load({{kindred::user_id{0}, kindred::item_id{0}, 4.0f}});
  CHECK(log_line == "read 1 ratings");
}

TEST_CASE("policies complain about their settings") {
  CHECK_NOTHROW(fading{}.check());
  CHECK_THROWS_WITH_AS(kindred::check_settings(fading{.half_life = -1}),
                       "fading: half_life = -1 days; it has to be positive", kindred::error);
}
