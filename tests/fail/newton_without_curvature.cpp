// expect: newton needs a loss with a curvature
// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/example_table.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

// The hinge has a kink where the curvature would be; dual_descent minimizes it, or newton its square.
#ifdef KINDRED_FAIL_FIXED
using machine = kindred::generalized_linear<kindred::squared_hinge_loss, kindred::newton>;
#else
using machine = kindred::generalized_linear<kindred::hinge_loss, kindred::newton>;
#endif

auto train(kindred::example_table<float> const& table) { return kindred::fit(machine{}, table.view()).model; }
