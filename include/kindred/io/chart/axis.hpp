// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/io/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

KINDRED_BEGIN

// How an axis spreads its values. A logarithmic one shows only what is above zero.
enum class axis_scale : std::uint8_t { linear, logarithmic };

namespace detail {

// What can be drawn: larger numbers have no spans, smaller ones no fractions.
inline constexpr double largest_drawn = 1e300;
inline constexpr double smallest_drawn = 1e-300;

[[nodiscard]] inline bool is_drawable(double const& value) noexcept {
  return is_finite(value) && std::fabs(value) <= largest_drawn;
}

// Whether an axis ends at its outermost ticks, or at the outermost values.
enum class axis_ends : std::uint8_t { ticks, values };

struct tick {
  double value;
  double at;  // along the axis: 0 at its low end, 1 at its high end
  std::string label;
};

struct axis {
  axis_scale scale = axis_scale::linear;
  double low = 0;  // the ends; of a logarithmic axis, their logarithms
  double high = 1;
  std::vector<tick> ticks;

  [[nodiscard]] double at(double value) const noexcept {
    return ((scale == axis_scale::linear ? value : std::log10(value)) - low) / (high - low);
  }
};

// Writes n * 10^exponent, exactly: labels come from whole numbers, so that no 0.30000000000000004 can appear.
[[nodiscard]] inline std::string tick_label(long long n, int exponent, bool as_power) {
  std::string digits = std::to_string(std::llabs(n));
  std::string const sign = n < 0 ? "-" : "";
  if (as_power && n != 0) {
    int const power = exponent + static_cast<int>(digits.size()) - 1;
    if (digits.size() > 1) digits.insert(1, ".");
    return with_power(sign + std::string(without_trailing_zeros(digits)), power);
  }
  if (n == 0 && (as_power || exponent > 0)) exponent = 0;
  if (exponent >= 0) return typeset(sign + digits + std::string(static_cast<std::size_t>(exponent), '0'));
  auto const decimals = static_cast<std::size_t>(-exponent);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  return typeset(sign + digits.insert(digits.size() - decimals, "."));
}

[[nodiscard]] inline bool labels_need_powers(int lowest_exponent, int highest_exponent) noexcept {
  return highest_exponent >= 7 || lowest_exponent < -6;
}

// An axis for values from `lowest` to `highest`, drawable and in that order, with ticks at multiples of 1, 2 or 5 times a
// power of ten, `wanted` intervals or somewhat fewer. A single value gets room to both sides.
[[nodiscard]] inline axis linear_axis(double lowest, double highest, int wanted, axis_ends ends) {
  axis a;
  double low = lowest;
  double high = highest;
  double const size = (std::max)(std::fabs(low), std::fabs(high));
  if (size < smallest_drawn) {
    high = low + 1;
  } else if (high - low <= 1e-9 * size || high - low < smallest_drawn) {
    low -= size / 2;
    high += size / 2;
  }
  double const coarse = (high - low) / wanted;
  int exponent = static_cast<int>(std::floor(std::log10(coarse)));
  double const lead = coarse / std::pow(10.0, exponent);
  constexpr double slack = 1e-9;  // of a step: what rounding may have done to values that are themselves ticks
  int multiple = lead <= 1 + slack ? 1 : lead <= 2 + slack ? 2 : lead <= 5 + slack ? 5 : 10;
  if (multiple == 10) {
    multiple = 1;
    ++exponent;
  }
  double const step = multiple * std::pow(10.0, exponent);
  bool const widen = ends == axis_ends::ticks;
  double const first = widen ? std::floor(low / step + slack) : std::ceil(low / step - slack);
  double const last = widen ? std::ceil(high / step - slack) : std::floor(high / step + slack);
  a.low = widen ? first * step : low;
  a.high = widen ? last * step : high;
  auto const whole = [&](double k) { return static_cast<long long>(k) * multiple; };
  double const tallest = (std::max)(std::fabs(first), std::fabs(last)) * step;
  bool const powers = labels_need_powers(exponent, decimal_exponent(tallest, 15));
  for (double k = first; k <= last; ++k)
    a.ticks.push_back({k * step, (k * step - a.low) / (a.high - a.low), tick_label(whole(k), exponent, powers)});
  return a;
}

// An axis of powers of ten from `lowest` to `highest`, both above zero. Within few decades 2 and 5 times them are ticks as
// well; within less than one, the ticks are those of a linear axis.
[[nodiscard]] inline axis log_axis(double lowest, double highest, int wanted) {
  axis a;
  a.scale = axis_scale::logarithmic;
  a.low = std::log10(lowest);
  a.high = std::log10(highest);
  if (a.high - a.low < 1e-9) {
    a.low -= 0.5;
    a.high += 0.5;
  }
  constexpr double slack = 1e-9;
  int const first = static_cast<int>(std::floor(a.low));
  int const last = static_cast<int>(std::floor(a.high + slack));
  int const stride = (last - first + wanted) / wanted;
  bool const powers = labels_need_powers(first, last);
  bool const few = a.high - a.low <= 2.5;
  for (int exponent = first; exponent <= last; ++exponent) {
    if (exponent % stride != 0) continue;  // so that 1 is among them
    for (int const multiple : {1, 2, 5}) {
      double const place = exponent + std::log10(multiple);
      if ((multiple != 1 && !few) || place < a.low - slack || place > a.high + slack) continue;
      a.ticks.push_back({multiple * std::pow(10.0, exponent), (place - a.low) / (a.high - a.low),
                         tick_label(multiple, exponent, powers)});
    }
  }
  if (a.ticks.size() < 2) {
    a.ticks = linear_axis(lowest, highest, wanted, axis_ends::values).ticks;
    for (tick& t : a.ticks) t.at = a.at(t.value);
  }
  return a;
}

// From where to where some values go.
struct extent {
  double lowest;
  double highest;
  bool whole = true;  // nothing but whole numbers

  void include(double value) {
    lowest = (std::min)(lowest, value);
    highest = (std::max)(highest, value);
    whole = whole && value == std::trunc(value);
  }
};

// The horizontal axis of curves: it ends at their values, and between whole numbers below six it has no fractions.
[[nodiscard]] inline axis x_axis(extent const& x, axis_scale scale) {
  constexpr int wanted = 6;
  if (scale == axis_scale::logarithmic) return log_axis(x.lowest, x.highest, wanted);
  if (x.whole && x.lowest == x.highest) return linear_axis(x.lowest - 1, x.highest + 1, 2, axis_ends::values);
  double const span = x.highest - x.lowest;
  int const fewer = x.whole && span < wanted ? static_cast<int>(span) : wanted;
  return linear_axis(x.lowest, x.highest, fewer, axis_ends::values);
}

// The vertical axis of curves: it starts at zero unless that would hide the differences.
[[nodiscard]] inline axis y_axis(extent y, axis_scale scale) {
  if (scale == axis_scale::logarithmic) return log_axis(y.lowest, y.highest, 5);
  if (y.lowest > 0 && y.lowest <= y.highest / 2) y.lowest = 0;
  if (y.highest < 0 && y.highest >= y.lowest / 2) y.highest = 0;
  return linear_axis(y.lowest, y.highest, 5, axis_ends::ticks);
}

}  // namespace detail

KINDRED_END
