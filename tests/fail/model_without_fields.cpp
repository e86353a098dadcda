// expect: satisf(y|action of) .storable
// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/storable.hpp>

#include <vector>

struct clicks {
  std::vector<float> count;

  static constexpr kindred::stored_format format{"shop.clicks", 1};
#ifdef KINDRED_FAIL_FIXED
  static void fields(auto& self, auto& visit) { visit("count", self.count); }
#endif
};

// What keeps a model says what it asks for.
template <kindred::storable M>
void keep(M const&) {}

void at_night() { keep(clicks{}); }
