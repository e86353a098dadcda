// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/dense.hpp>

#if defined(XSIMD_VERSION_MAJOR) || defined(XSIMD_HPP)
#error "kernels that are chosen at run time bring xsimd"
#endif
