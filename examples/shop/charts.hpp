// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "findings.hpp"
#include "shop_data.hpp"

#include <kindred/io/chart/bar_chart.hpp>
#include <kindred/io/chart/histogram_chart.hpp>
#include <kindred/io/chart/line_chart.hpp>
#include <kindred/io/report_table.hpp>

#include <vector>

// The pictures and the table of the page, as data.
[[nodiscard]] kindred::histogram_chart rating_histogram(shop_data const& shop);
[[nodiscard]] kindred::line_chart long_tail(shop_data const& shop);
[[nodiscard]] kindred::line_chart learning(std::vector<learning_point> const& curve);
[[nodiscard]] kindred::data_table comparison(std::vector<score_line> const& table);
[[nodiscard]] kindred::bar_chart errors(std::vector<score_line> const& table);
[[nodiscard]] kindred::bar_chart ranking(std::vector<score_line> const& table);
