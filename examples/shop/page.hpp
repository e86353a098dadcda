// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "findings.hpp"
#include "shop_data.hpp"

#include <string>
#include <vector>

// Draws everything that the demo found as one HTML file. Throws kindred::error of kind io when it cannot be written.
void draw_page(std::string const& path, shop_data const& shop, std::vector<score_line> const& table,
               std::vector<learning_point> const& curve, std::vector<offers> const& lists);
