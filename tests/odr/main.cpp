// SPDX-License-Identifier: BSL-1.0
//
// Two translation units include all headers. Compiled alike they must own the same functions; compiled for different
// instruction sets they must not, or the linker could hand one of them code that its processor does not have.
#ifdef KINDRED_TEST_HOSTILE
#include "hostile.hpp"
#endif
#include "everything.hpp"

using function = std::size_t (*)(std::span<kindred::index_t const>, kindred::index_t);

function position_of_there();

int main() {
  function const here = &kindred::position_of;
#ifdef KINDRED_TEST_MIXED
  return here != position_of_there() ? 0 : 1;
#else
  return here == position_of_there() ? 0 : 1;
#endif
}
