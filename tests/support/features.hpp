// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/data/feature_table.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace support {

// Something about entities first ... last - 1: of every kind of field, with gaps, and nothing at all about every eleventh.
template <kindred::entity_id Id>
kindred::feature_table<Id> random_features(kindred::index_t first, kindred::index_t last, std::uint64_t seed) {
  kindred::feature_table<Id> table;
  table.text("plot", {.weight = 0.7, .stop_words = "w0 w3"}).number("price", {.weight = 0.5});
  for (kindred::index_t e = first; e != last; ++e) {
    if (e % 11 == 7) continue;
    kindred::random_stream random(seed, e);
    auto const about = table.about(Id{e});
    if (kindred::unit(random) < 0.8) about.number("price", 20 + 5 * kindred::normal(random));
    about.category("brand", "b" + std::to_string(kindred::below(random, 5)));
    for (std::uint32_t k = kindred::below(random, 4); k != 0; --k)
      about.tag("genre", "g" + std::to_string(kindred::below(random, 9)));
    std::string plot;
    for (std::uint32_t k = kindred::below(random, 8); k != 0; --k)
      plot += 'w' + std::to_string(kindred::below(random, 30)) + ' ';
    about.text("plot", plot);
  }
  return table;
}

}  // namespace support
