// expect: == 1 [+] sizeof.* evaluated to .?false
// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/constant.hpp>
#include <kindred/compose/weighted.hpp>

using part = kindred::constant_model<float>;
#ifdef KINDRED_FAIL_FIXED
kindred::weighted blend{{0.5f, 0.3f, 0.2f}, part(1), part(2), part(3)};
#else
kindred::weighted blend{{0.7f, 0.3f}, part(1), part(2), part(3)};
#endif
