// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <cstddef>

KINDRED_BEGIN

// What is known about one relation. functionality is heads / facts: 1 when every head has one tail (born in), small when it
// has many (bought); inverse_functionality is the same from the tails (Suchanek, Abiteboul and Senellart, PARIS, 2011).
struct relation_statistics {
  std::size_t facts = 0;
  index_t heads = 0;
  index_t tails = 0;

  static void fields(auto& self, auto& visit) {
    visit("facts", self.facts);
    visit("heads", self.heads);
    visit("tails", self.tails);
  }
  friend bool operator==(relation_statistics const&, relation_statistics const&) = default;

  [[nodiscard]] double functionality() const noexcept {
    return facts == 0 ? 0 : static_cast<double>(heads) / static_cast<double>(facts);
  }
  [[nodiscard]] double inverse_functionality() const noexcept {
    return facts == 0 ? 0 : static_cast<double>(tails) / static_cast<double>(facts);
  }
};

KINDRED_END
