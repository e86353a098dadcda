// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/kernel/table.hpp>

#include <concepts>

KINDRED_BEGIN

// Which steps have kernels in a table.
namespace kernel::detail {

// Whether this translation unit finds kernels in a table; those that fill the tables do not.
#if defined(KINDRED_DISPATCH) && !defined(KINDRED_DETAIL_KERNELS)
inline constexpr bool dispatched = true;
#else
inline constexpr bool dispatched = false;
#endif

// A kernel that folds two rows by a step of this type.
template <class Step, real T>
[[nodiscard]] auto compiled_fold(simd::table<T> const& kernels) noexcept {
  if constexpr (std::same_as<Step, dot_step>) return kernels.dot;
  else if constexpr (std::same_as<Step, squared_l2_step>) return kernels.squared_l2;
  else if constexpr (std::same_as<Step, l1_step>) return kernels.l1;
  else if constexpr (std::same_as<Step, linf_step>) return kernels.linf;
}

// The same for panels.
template <class Step, real T>
[[nodiscard]] auto compiled_fold_panel(simd::table<T> const& kernels) noexcept {
  if constexpr (std::same_as<Step, dot_step>) return kernels.panel_dot;
  else if constexpr (std::same_as<Step, squared_l2_step>) return kernels.panel_squared_l2;
  else if constexpr (std::same_as<Step, l1_step>) return kernels.panel_l1;
  else if constexpr (std::same_as<Step, linf_step>) return kernels.panel_linf;
}

template <class Step>
concept compiled_step = std::same_as<Step, dot_step> || std::same_as<Step, squared_l2_step> ||
                        std::same_as<Step, l1_step> || std::same_as<Step, linf_step>;

}  // namespace kernel::detail

KINDRED_END
