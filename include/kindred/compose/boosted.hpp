// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What an item is worth to the house, whoever looks at it: a finite number, the same whenever it is asked.
template <class R, class T>
concept item_rule = std::movable<R> && requires(R const& r, item_id i) {
  { r(i) } noexcept -> std::convertible_to<T>;
};

// A number an item, 0 for those beyond: margins, freshness, how much is in stock.
template <real T>
class item_worth {
public:
  // Throws error{numeric} with the item whose number is not finite.
  explicit item_worth(std::vector<T> worth) : worth_(std::move(worth)) {
    for (std::size_t i = 0; i != worth_.size(); ++i)
      if (!is_finite(worth_[i]))
        raise(error(error_kind::numeric).at(i) << "the worth of item " << i << " is not a finite number");
  }
  static constexpr stored_format format{"item_worth", 1};
  item_worth(blank) noexcept {}
  static void fields(auto& self, auto& visit) { visit("worth", self.worth_); }
  void restore() const { check_stored_numbers(worth_, "item_worth"); }

  [[nodiscard]] T operator()(item_id i) const noexcept {
    return to_index(i) < worth_.size() ? worth_[to_index(i)] : T{0};
  }

private:
  std::vector<T> worth_;
};

// Business rules: score + strength x rule(item).
//
//   kindred::boosted shop{taste, kindred::item_worth<float>(margin), 0.5f};
//
// The strength is in the unit of the scores: put them on a scale first (see normalized), and 0.5 is half a standard deviation.
// What must not be recommended at all is for without() and only(). No predictor, whatever it boosts. An explanation has the
// boost in its base, boost() says how much it is. Throws error{setting} when the strength is not a finite number.
template <scorer S, item_rule<value_t<S>> Rule>
class boosted {
public:
  using value_type = value_t<S>;
  static constexpr double batch_tolerance = detail::batch_tolerance_of<S>();

  boosted(S part, Rule rule, value_type strength)
      : part_(std::move(part)), rule_(std::move(rule)), strength_(strength) {
    if (!is_finite(strength))
      raise(error(error_kind::setting) << "boosted: strength = " << strength << "; it has to be a finite number");
  }

  static constexpr stored_format format{"boosted", 1};
  boosted(blank) : part_(detail::storage::made<S>()), rule_(detail::storage::made<Rule>()) {}
  static void fields(auto& self, auto& visit) {
    visit("part", self.part_);
    visit("rule", self.rule_);
    visit("strength", self.strength_);
  }
  void restore() const { check_stored(is_finite(strength_), "boosted: a finite strength"); }

  [[nodiscard]] value_type boost(item_id i) const noexcept { return strength_ * static_cast<value_type>(rule_(i)); }

  [[nodiscard]] bool knows(user_id u) const noexcept { return part_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return part_.knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept {
    part_.score(u, items, out);
    for (std::size_t k = 0; k != out.size(); ++k) out[k] += boost(items[k]);
  }
  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires range_scorer<S>
  {
    part_.score_range(u, first, out);
    for (std::size_t k = 0; k != out.size(); ++k) out[k] += boost(item_id{to_index(first) + static_cast<index_t>(k)});
  }
  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires batch_scorer<S>
  {
    part_.score_batch(users, first, out);
    std::size_t const items = users.empty() ? 0 : out.size() / users.size();
    for (std::size_t j = 0; j != items; ++j) {
      value_type const more = boost(item_id{to_index(first) + static_cast<index_t>(j)});
      for (std::size_t k = 0; k != users.size(); ++k) out[k * items + j] += more;
    }
  }
  [[nodiscard]] bool batches() const noexcept { return batches_of(part_); }
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires explainer<S>
  {
    auto said = part_.explain(u, i, out);
    said.base += boost(i);
    return said;
  }
  void update(user_id u, item_id i, value_type value)
    requires updatable<S>
  {
    part_.update(u, i, value);
  }

  [[nodiscard]] S const& part() const noexcept { return part_; }

private:
  [[no_unique_address]] S part_;
  [[no_unique_address]] Rule rule_;
  value_type strength_ = 0;
};

KINDRED_END
