// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>

#include <concepts>

KINDRED_BEGIN

// Asks every policy that has settings of its own to check them, before a fit begins with them.
//
// policy.check() throws error{setting}, naming the setting and its value. A policy without check() takes any settings, so
// yours need none. Recipes call this: the functions of a policy run in inner loops, are noexcept, and cannot complain.
template <class... Policy>
constexpr void check_settings(Policy const&... policy) {
  [[maybe_unused]] auto const check = [](auto const& one) {
    if constexpr (requires { one.check(); }) one.check();
  };
  (check(policy), ...);
}

// For check(): most settings are strengths, rates and widths, finite numbers that are zero or more. `name` says whose:
// "l2: strength".
inline void check_not_negative(char const* name, double value) {
  if (!is_finite(value) || value < 0)
    raise(error(error_kind::setting) << name << " = " << value << "; it has to be a finite number, zero or more");
}

namespace detail {

// The default of a setting whose type is a policy: `usual` when the policy is of that type, and another one as it comes.
template <class Policy, class Usual>
[[nodiscard]] constexpr Policy usually(Usual usual) noexcept {
  if constexpr (std::same_as<Policy, Usual>) return usual;
  else return {};
}

}  // namespace detail

KINDRED_END
