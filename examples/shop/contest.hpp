// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "findings.hpp"
#include "shop_data.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <vector>

// Trains popularity, bias, user k-NN, item k-NN and factorization, each with its defaults, and measures them.
[[nodiscard]] std::vector<score_line> compare(shop_data const& shop, arguments const& asked,
                                              kindred::thread_pool& pool);
