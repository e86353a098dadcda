// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "findings.hpp"
#include "offers.hpp"
#include "shop_data.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <vector>

// How factorization learns: a fit of e epochs is the beginning of a longer one, bit by bit, so each point is a fit.
[[nodiscard]] std::vector<learning_point> learning_curve(shop_data const& shop, arguments const& asked,
                                                         kindred::thread_pool& pool);

// The recommender of the demo, trained on everything, and the part of it that can say why.
struct trained {
  recommender model;
  similar_items similar;
};
[[nodiscard]] trained train(shop_data const& shop, arguments const& asked, kindred::thread_pool& pool);
