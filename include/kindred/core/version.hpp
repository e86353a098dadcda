// SPDX-License-Identifier: BSL-1.0
#pragma once

// The version of the library: the one place from which CMake and the packages read it.
#define KINDRED_VERSION_MAJOR 0
#define KINDRED_VERSION_MINOR 1
#define KINDRED_VERSION_PATCH 0
