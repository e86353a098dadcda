// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/reason_text.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string_view>

TEST_CASE("reason_text: nodes by their places, everything else as it is") {
  std::array<std::string_view, 4> const names{"Ann", "Acme", "kettle", "Bob"};
  auto const name_of = [&](kindred::index_t node) { return names[node]; };
  kindred::path_reason const reason{.kind = 0, .length = 2, .nodes = {0, 1, 2}, .share = 1};
  CHECK(kindred::reason_text(reason, "{0} likes {1}, which makes the {2}", name_of) ==
        "Ann likes Acme, which makes the kettle");
  CHECK(kindred::reason_text(reason, "{3} {x} {} {1", name_of) == "{3} {x} {} {1");
  CHECK(kindred::reason_text(reason, "", name_of).empty());
}
