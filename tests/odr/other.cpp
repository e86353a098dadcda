// SPDX-License-Identifier: BSL-1.0
#ifdef KINDRED_TEST_HOSTILE
#include "hostile.hpp"
#endif
#include "everything.hpp"

using function = std::size_t (*)(std::span<kindred::index_t const>, kindred::index_t);

function position_of_there();

function position_of_there() { return &kindred::position_of; }
