// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/comparison.hpp>

#include <concepts>
#include <new>
#include <type_traits>
#include <utility>

KINDRED_BEGIN

// What as_distance and as_similarity promise unless told otherwise: a direction, and nothing else. metric_traits is for
// functions that are never negative, symmetric, and keep the triangle inequality.
inline constexpr comparison_traits distance_traits{.direction = sense::smaller_is_closer};
inline constexpr comparison_traits similarity_traits{.direction = sense::larger_is_closer};
inline constexpr comparison_traits metric_traits{
    .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};

namespace detail {

// A function that can be assigned, which a lambda with captures cannot: the old one is destroyed, and the new one copied
// into its place.
template <class F>
class assignable {
public:
  explicit assignable(F f) noexcept(std::is_nothrow_move_constructible_v<F>) : f_(std::move(f)) {}
  assignable(assignable const&) = default;
  assignable(assignable&&) = default;
  assignable& operator=(assignable const& other) noexcept {
    if (this != &other) {
      f_.~F();
      ::new (static_cast<void*>(&f_)) F(other.f_);
    }
    return *this;
  }

  [[nodiscard]] F const& get() const noexcept { return f_; }

private:
  F f_;
};

template <std::copyable F>
class assignable<F> {
public:
  explicit assignable(F f) noexcept(std::is_nothrow_move_constructible_v<F>) : f_(std::move(f)) {}

  [[nodiscard]] F const& get() const noexcept { return f_; }

private:
  F f_;
};

}  // namespace detail

// What as_distance and as_similarity make of a function: a comparison of the rows that it takes.
template <class F, comparison_traits Traits>
class function_comparison {
public:
  static constexpr comparison_traits traits = Traits;

  explicit function_comparison(F f) : f_(std::move(f)) {}

  // What is neither float nor double becomes double.
  template <class Row>
    requires requires(F const& f, Row const& row) {
      { f(row, row) } -> std::convertible_to<double>;
    }
  [[nodiscard]] auto operator()(Row const& a, Row const& b) const noexcept {
    if constexpr (real<decltype(f_.get()(a, b))>) return f_.get()(a, b);
    else return static_cast<double>(f_.get()(a, b));
  }

private:
  detail::assignable<F> f_;
};

// Makes a distance, or a similarity, of any function of two rows:
//
//   auto const by_price = as_distance<metric_traits>([](auto a, auto b) { return std::abs(a[0] - b[0]); });
//
// `Traits` are its promises; a law test tries them. A function that throws after all ends the program: searches call it
// where nothing could be cleaned up. It is copied along, and what it captures by reference has to outlive the copies.
template <comparison_traits Traits = distance_traits, class F>
  requires(Traits.direction == sense::smaller_is_closer &&
           (std::copyable<F> || std::is_nothrow_copy_constructible_v<F>))
[[nodiscard]] function_comparison<F, Traits> as_distance(F f) {
  return function_comparison<F, Traits>(std::move(f));
}

template <comparison_traits Traits = similarity_traits, class F>
  requires(Traits.direction == sense::larger_is_closer && (std::copyable<F> || std::is_nothrow_copy_constructible_v<F>))
[[nodiscard]] function_comparison<F, Traits> as_similarity(F f) {
  return function_comparison<F, Traits>(std::move(f));
}

KINDRED_END
