// SPDX-License-Identifier: BSL-1.0

// The umbrella, of which nothing is used.
#include <kindred/kindred.hpp>
