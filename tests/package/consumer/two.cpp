// SPDX-License-Identifier: BSL-1.0
#include <kindred/kindred.hpp>

#include <cstddef>

std::size_t there();

std::size_t there() { return kindred::buffer<double>(3).size(); }
