// SPDX-License-Identifier: BSL-1.0
#pragma once

// The least that models each concept. An algorithm that compiles with archetypes, and gives with them what it should,
// asks for no more than its concept says; run your own algorithms on them.

#include <kindred/testing/archetypes/compare.hpp>
#include <kindred/testing/archetypes/compose.hpp>
#include <kindred/testing/archetypes/run.hpp>
#include <kindred/testing/archetypes/score.hpp>
#include <kindred/testing/archetypes/search.hpp>
#include <kindred/testing/archetypes/solve.hpp>
