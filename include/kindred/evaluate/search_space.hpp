// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Whether a range is searched by differences or by ratios: 0.001 to 0.1 has its middle at 0.05 or at 0.01.
enum class spread : std::uint8_t { linear, logarithmic };

// One setting that is searched: numbers to choose among, names, or a range.
struct search_setting {
  std::string name;
  std::vector<double> values;      // to choose among; 0, 1, 2 ... of names; empty for a range
  std::vector<std::string> names;  // of the values, or empty
  double low = 0;
  double high = 0;
  bool whole = false;
  spread how = spread::linear;

  // The value at a place of a range, 0 its low end, 1 its high one.
  [[nodiscard]] double at(double place) const noexcept {
    double const x = how == spread::linear ? low + place * (high - low) : low * std::pow(high / low, place);
    double const inside = x < low ? low : x > high ? high : x;
    return whole ? std::round(inside) : inside;
  }
  // Evenly drawn, from a number in [0, 1).
  [[nodiscard]] double drawn(double unit) const noexcept {
    if (!values.empty()) return values[static_cast<std::size_t>(unit * static_cast<double>(values.size()))];
    if (whole && how == spread::linear) return low + std::floor(unit * (high - low + 1));
    return at(unit);
  }
};

// What is searched: the settings of a recipe, or of whatever is tried, by name.
//
//   kindred::search_space space;
//   space.values("factors", {8, 16, 32, 64})
//       .range("regularization", 0.001, 0.1, kindred::spread::logarithmic)
//       .whole("epochs", 10, 40)
//       .names("loss", {"squared", "huber"});
//
// Throws error{setting} for a name that is empty, taken, or has control characters, for no values, for values that are not
// finite, and for a range that is empty, wider than numbers reach or, by ratios, reaches zero. What is refused leaves no trace.
class search_space {
public:
  search_space& values(std::string_view name, std::vector<double> among) {
    search_setting made = named(name);
    if (among.empty()) refuse(name, "has no values");
    for (double const x : among)
      if (!is_finite(x)) refuse(name, "has a value that is not a finite number");
    made.values = std::move(among);
    return add(std::move(made));
  }
  search_space& names(std::string_view name, std::initializer_list<std::string_view> among) {
    search_setting made = named(name);
    if (among.size() == 0) refuse(name, "has no names");
    for (std::string_view const one : among) {
      made.values.push_back(static_cast<double>(made.names.size()));
      made.names.emplace_back(one);
    }
    return add(std::move(made));
  }
  search_space& range(std::string_view name, double low, double high, spread how = spread::linear) {
    search_setting made = named(name);
    if (!is_finite(low) || !is_finite(high) || !(low <= high)) refuse(name, "has no number between its ends");
    if (how == spread::logarithmic && !(low > 0)) refuse(name, "is searched by ratios, so its low end lies above zero");
    if (!is_finite(how == spread::linear ? high - low : high / low)) refuse(name, "is wider than numbers reach");
    made.low = low;
    made.high = high;
    made.how = how;
    return add(std::move(made));
  }
  search_space& whole(std::string_view name, std::int32_t low, std::int32_t high, spread how = spread::linear) {
    range(name, low, high, how);
    settings_.back().whole = true;
    return *this;
  }

  [[nodiscard]] std::span<search_setting const> settings() const noexcept { return settings_; }

private:
  [[nodiscard]] search_setting named(std::string_view name) const {
    if (name.empty()) refuse(name, "is no name");
    for (char const c : name)
      if (static_cast<unsigned char>(c) < 0x20) refuse(name, "has a control character");
    for (search_setting const& other : settings_)
      if (other.name == name) refuse(name, "is there already");
    search_setting made;
    made.name = name;
    return made;
  }
  search_space& add(search_setting made) {
    settings_.push_back(std::move(made));
    return *this;
  }
  [[noreturn]] void refuse(std::string_view name, char const* problem) const {
    raise((error(error_kind::setting) << "search_space: the setting '").quote(name.data(), name.size())
          << "' " << problem);
  }

  std::vector<search_setting> settings_;
};

// The value of one setting at a point: becomes whatever number a recipe wants, rounded for whole ones, and compares with names.
struct setting_value {
  double number;
  std::string_view name;  // empty for numbers

  template <class V>
    requires std::is_arithmetic_v<V>
  operator V() const noexcept {
    if constexpr (std::floating_point<V>) return static_cast<V>(number);
    else return static_cast<V>(std::llround(number));
  }
  friend bool operator==(setting_value const& a, std::string_view b) noexcept { return a.name == b; }
};

// A value for every setting, and how much effort to spend on it. Looks into the space.
class search_point {
public:
  search_point(search_space const& space, std::vector<double> values, double effort = 1)
      : space_(&space), values_(std::move(values)), effort_(effort) {}

  // Throws error{setting} for a name that is not searched.
  [[nodiscard]] setting_value operator[](std::string_view name) const {
    auto const settings = space_->settings();
    for (std::size_t s = 0; s != settings.size(); ++s) {
      if (settings[s].name != name) continue;
      auto const& names = settings[s].names;
      return {values_[s], names.empty() ? std::string_view{} : names[static_cast<std::size_t>(values_[s])]};
    }
    raise((error(error_kind::setting) << "search_point: there is no setting '").quote(name.data(), name.size())
          << '\'');
  }

  // How much of the full effort this trial may take, in (0, 1]: below 1 only in the first rungs of successive_halving.
  [[nodiscard]] double effort() const noexcept { return effort_; }
  // That much of so many epochs, at least one.
  [[nodiscard]] std::uint32_t effort_of(std::uint32_t full) const noexcept {
    double const part = std::round(effort_ * full);
    return part < 1 ? 1 : static_cast<std::uint32_t>(part);
  }

  [[nodiscard]] search_space const& space() const noexcept { return *space_; }
  [[nodiscard]] std::vector<double> const& values() const noexcept { return values_; }

private:
  search_space const* space_;
  std::vector<double> values_;
  double effort_;
};

KINDRED_END
