// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "shop_data.hpp"

// Where the data of the demo come from. Each has a source file of its own: readers and generators take their time to compile.
[[nodiscard]] shop_data generated(arguments const& asked);
[[nodiscard]] shop_data read(arguments const& asked);
