// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/kindred.hpp>

[[nodiscard]] kindred::any_scorer<float> neighbors_of(kindred::ratings<float> const& ratings);
