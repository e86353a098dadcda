// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/dense.hpp>

#include <cstddef>

float NAME(float const* a, float const* b, std::size_t n);

float NAME(float const* a, float const* b, std::size_t n) { return kindred::kernel::dot(a, b, n); }
