// expect: (constraint|substitution) failure
// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/constant.hpp>
#include <kindred/compose/fallback.hpp>

#ifdef KINDRED_FAIL_FIXED
kindred::fallback model{kindred::constant_model<float>(1), kindred::constant_model<float>(2)};
#else
kindred::fallback model{kindred::constant_model<float>(1), kindred::constant_model<double>(2)};
#endif
