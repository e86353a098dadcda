// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

#include <concepts>
#include <limits>

KINDRED_BEGIN

enum class sense : bool { smaller_is_closer, larger_is_closer };

// What a function that compares two rows promises. Algorithms read it instead of guessing: a search that prunes asks for the
// triangle inequality, and a law test tries to break what is declared here.
struct comparison_traits {
  sense direction;
  bool symmetric = false;  // f(a, b) == f(b, a)
  bool triangle = false;   // f(a, c) <= f(a, b) + f(b, c)
  double lowest = -std::numeric_limits<double>::infinity();
  double highest = +std::numeric_limits<double>::infinity();
};

namespace detail {

struct no_traits {};

template <class F>
[[nodiscard]] constexpr auto declared_traits() noexcept {
  if constexpr (requires { F::traits; }) return F::traits;
  else return no_traits{};
}

}  // namespace detail

// What a function promises: its static member `traits`. Specialize it to adopt a type that is not yours:
//
//   template <> inline constexpr kindred::comparison_traits kindred::traits_of<theirs>{...};
template <class F>
inline constexpr auto traits_of = detail::declared_traits<F>();

// A function of two rows that says how alike or how far apart they are; a distance, a similarity, a metric by its traits.
template <class F, class Row>
concept comparison = std::copyable<F> && requires(F const& f, Row a, Row b) {
  { f(a, b) } noexcept -> real;
  { traits_of<F> } -> std::same_as<comparison_traits const&>;
};
template <class F, class Row>
concept distance = comparison<F, Row> && traits_of<F>.direction == sense::smaller_is_closer;
template <class F, class Row>
concept similarity = comparison<F, Row> && traits_of<F>.direction == sense::larger_is_closer;
template <class F, class Row>
concept metric = distance<F, Row> && traits_of<F>.symmetric && traits_of<F>.triangle;

KINDRED_END
