// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/center_drift.hpp>
#include <kindred/cluster/center_set.hpp>
#include <kindred/cluster/score_error.hpp>
#include <kindred/cluster/update_rule.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/kernel/center_panels.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

KINDRED_BEGIN

namespace detail {

// For every row how far its center is at most, and how far the others are at least, by groups of centers: what tells that a row
// stays without a look at the centers. See update_rule; lloyd keeps none.
template <class Rows>
class distance_bounds {
public:
  using T = typename Rows::value_type;

  distance_bounds(Rows const& rows, index_t clusters, update_rule rule) : rows_(rows), rule_(chosen(rule, clusters)) {
    std::size_t const panels = (clusters + width - 1) / width;
    if (rule_ == update_rule::yinyang) {
      group_panels_ = width >= 16 ? 1 : 16 / width;
      while ((panels + group_panels_ - 1) / group_panels_ > most_groups) ++group_panels_;
      groups_ = (panels + group_panels_ - 1) / group_panels_;
    } else {
      group_panels_ = rule_ == update_rule::elkan ? 1 : panels;
      groups_ = rule_ == update_rule::elkan ? panels : 1;
    }
    kept_ = rule_ == update_rule::elkan ? panels * width : groups_;
    if (rule_ == update_rule::lloyd) return;
    upper_ = buffer<T>(rows.size());
    lower_ = buffer<T>(rows.size() * kept_);
  }

  [[nodiscard]] update_rule rule() const noexcept { return rule_; }
  [[nodiscard]] std::size_t groups() const noexcept { return groups_; }
  [[nodiscard]] std::size_t group_panels() const noexcept { return group_panels_; }  // panels of centers in a group

  // Before an epoch; `fresh` when it is the first, without bounds.
  void prepare(center_set<T> const& centers, bool fresh) {
    error_ = score_error<T>(rows_.dims(), centers.longest());
    if (rule_ != update_rule::lloyd && !fresh) drift_.measure(centers, groups_, group_panels_, rows_.size());
  }

  // What scores say of the own center, and of the others of a group (elkan: of another center).
  void set_upper(index_t i, T score) noexcept {
    if (rule_ == update_rule::lloyd) return;
    T const length = rows_.squared_length(i);
    upper_[i] = upper_of(score, length, error_.of(length));
  }
  void set_lower(index_t i, std::size_t place, T score) noexcept {
    if (rule_ == update_rule::lloyd) return;
    T const length = rows_.squared_length(i);
    lower_[i * kept_ + place] = lower_of(score, length, error_.of(length));
  }
  // The same of `count` places from this one on.
  void set_lower(index_t i, std::size_t place, T const* score, std::size_t count) noexcept {
    T const length = rows_.squared_length(i);
    T const error = error_.of(length);
    for (std::size_t l = 0; l != count; ++l) lower_[i * kept_ + place + l] = lower_of(score[l], length, error);
  }
  // Nothing is known of the row any more.
  void forget(index_t i) noexcept {
    if (rule_ == update_rule::lloyd) return;
    upper_[i] = (std::numeric_limits<T>::max)() / 4;
    for (std::size_t g = 0; g != kept_; ++g) lower_[i * kept_ + g] = 0;
  }

  // Moves the bounds of row i of center a along with the centers; which groups could hold a closer one: none when the row stays.
  [[nodiscard]] std::uint32_t loosen(index_t i, index_t a, center_set<T> const& centers) noexcept {
    T const length = rows_.squared_length(i);
    T const error = error_.of(length);
    T high = (upper_[i] + centers.drift(a)) * up<T>;
    T const to_other = drift_.gap(a);
    T* const bound = lower_.data() + i * kept_;
    std::array<T, most_groups> lowest;
    std::size_t const parts = groups_ < most_groups ? groups_ : most_groups;
    for (std::size_t g = 0; g != parts; ++g) lowest[g] = (std::numeric_limits<T>::max)();
    for (std::size_t g = 0; g != groups_; ++g) {
      T low;
      if (rule_ == update_rule::elkan) {
        low = (std::numeric_limits<T>::max)();
        T* const lane = bound + g * width;
        T const* const drift = drift_.of_panel(g);
        for (std::size_t l = 0; l != width; ++l) {
          T const b = (lane[l] - drift[l]) * down<T>;
          lane[l] = b > 0 ? b : T{0};
        }
        for (std::size_t l = 0; l != width; ++l)
          if (g * width + l != a && g * width + l < centers.size() && lane[l] < low) low = lane[l];
      } else {
        low = (bound[g] - drift_.of_group(g, a)) * down<T>;
        bound[g] = low = low > 0 ? low : T{0};
      }
      T& own = lowest[g < parts ? g : parts - 1];
      if (low < own) own = low;
    }
    auto const wanted = [&](T at_most) {
      std::uint32_t bits = 0;
      T const others = (to_other - at_most) * down<T>;
      for (std::size_t g = 0; g != parts; ++g)
        if (!parted(at_most, lowest[g] < others ? others : lowest[g], error)) bits |= bit_of(g);
      return bits;
    };
    std::uint32_t bits = wanted(high);
    if (bits != 0) {  // the bound to the own center may only have grown stale
      T const squared = length + centers.squared_length(a) - 2 * rows_.dot(i, centers.row(a).data()) + 2 * error;
      high = squared > 0 ? std::sqrt(squared) * up<T> : T{0};
      bits = wanted(high);
    }
    upper_[i] = high;
    // The own group is looked at as well: scores compare exactly, bounds do not.
    return bits == 0 ? 0 : bits | bit_of(a / width / group_panels_);
  }

  // Whether group g is among the bits that loosen() gives; the last bit is for all groups from there on.
  [[nodiscard]] static bool is_wanted(std::uint32_t groups, std::size_t g) noexcept {
    return (groups >> (g < 31 ? g : 31) & 1u) != 0;
  }

private:
  static constexpr std::size_t width = kernel::center_panels<T>::width;
  static constexpr std::size_t most_groups = 32;

  [[nodiscard]] static std::uint32_t bit_of(std::size_t g) noexcept { return std::uint32_t{1} << (g < 31 ? g : 31); }
  [[nodiscard]] static update_rule chosen(update_rule rule, index_t clusters) noexcept {
    if (rule != update_rule::automatic) return rule;
    return clusters > 400 ? update_rule::yinyang : update_rule::hamerly;
  }

  Rows const& rows_;
  update_rule rule_;
  std::size_t groups_ = 1;
  std::size_t group_panels_ = 1;
  std::size_t kept_ = 1;  // lower bounds of a row
  score_error<T> error_{1, T{0}};
  buffer<T> upper_;
  buffer<T> lower_;
  center_drift<T> drift_;
};

}  // namespace detail

KINDRED_END
