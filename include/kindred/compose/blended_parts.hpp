// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

KINDRED_BEGIN

namespace detail {

// What blends have in common: offset + sum of weight[k] x what part k says.
template <scorer First, scorer... Rest>
class blended_parts {
public:
  using value_type = value_t<First>;
  static constexpr std::size_t parts = 1 + sizeof...(Rest);
  static constexpr double batch_tolerance = largest_batch_tolerance<First, Rest...>();

  [[nodiscard]] bool knows(user_id u) const noexcept { return any_knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return any_knows(i); }

  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    std::array<value_type, block> scratch;
    add_up(out, scratch, [&](auto const& part, std::span<value_type> term) { part.score(u, items, term); });
  }
  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires(range_scorer<First> || (range_scorer<Rest> || ...))
  {
    KINDRED_ASSERT(out.size() <= range_block);
    std::array<value_type, range_block> scratch;
    add_up(out, scratch, [&](auto const& part, std::span<value_type> term) { score_range_of(part, u, first, term); });
  }
  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires(batch_scorer<First> || (batch_scorer<Rest> || ...))
  {
    buffer<value_type> scratch(out.size());
    add_up(out, scratch.span(),
           [&](auto const& part, std::span<value_type> term) { score_batch_of(part, users, first, term); });
  }
  [[nodiscard]] bool batches() const noexcept {
    return std::apply([](auto const&... part) { return (batches_of(part) || ...); }, parts_);
  }

  // The reasons of all parts, each by its weight, in the order of their strength, one of several parts once. A part that has more
  // reasons than are asked of it makes the list count as full, so that what is missing is never taken for nothing.
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires(explainer<First> && (explainer<Rest> && ...))
  {
    constexpr std::size_t most_reasons = 256;  // that are asked of a part: what fits the stack
    std::array<evidence<value_type>, most_reasons * parts> all;
    value_type base = offset_;
    std::size_t found = 0;
    bool cut = false;
    each([&](auto const& part, std::size_t k) {
      std::array<evidence<value_type>, most_reasons> own;
      auto const said = part.explain(u, i, std::span<evidence<value_type>>(own));
      base += weight_[k] * said.base;
      cut = cut || said.count == most_reasons;
      for (std::size_t r = 0; r != said.count; ++r) {
        own[r].share *= weight_[k];
        std::size_t at = 0;
        while (at != found && (all[at].kind != own[r].kind || all[at].id != own[r].id)) ++at;
        if (at == found) all[found++] = own[r];
        else all[at].share += own[r].share;
      }
    });
    std::sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(found), [](auto const& a, auto const& b) {
      value_type const x = a.share < 0 ? -a.share : a.share, y = b.share < 0 ? -b.share : b.share;
      return x != y ? x > y : a.id != b.id ? a.id < b.id : a.kind < b.kind;
    });
    std::size_t const kept = (std::min)(found, out.size());
    for (std::size_t r = 0; r != kept; ++r) out[r] = all[r];
    for (std::size_t r = kept; cut && r != out.size(); ++r) out[r] = {evidence_kind::item, index_t{0}, value_type{0}};
    return {base, cut ? out.size() : kept};
  }

  // Hands a rating to every part.
  void update(user_id u, item_id i, value_type value)
    requires(updatable<First> && (updatable<Rest> && ...))
  {
    std::apply([&](auto&... part) { (part.update(u, i, value), ...); }, parts_);
  }

  // What each part adds to a score: they and the intercept, if there is one, add up to it. part<K>().explain says why.
  [[nodiscard]] std::array<value_type, parts> contributions(user_id u, item_id i) const noexcept {
    std::array<value_type, parts> out;
    each([&](auto const& part, std::size_t k) { out[k] = weight_[k] * score_of(part, u, i); });
    return out;
  }
  [[nodiscard]] std::span<value_type const, parts> weights() const noexcept { return weight_; }
  template <std::size_t K>
  [[nodiscard]] auto const& part() const noexcept {
    return std::get<K>(parts_);
  }

protected:
  explicit blended_parts(value_type offset, First first, Rest... rest)
      : offset_(offset), parts_(std::move(first), std::move(rest)...) {}

  value_type offset_;
  std::array<value_type, parts> weight_{};
  [[no_unique_address]] std::tuple<First, Rest...> parts_;

private:
  template <entity_id Id>
  [[nodiscard]] bool any_knows(Id which) const noexcept {
    return std::apply([&](auto const&... part) { return (part.knows(which) || ...); }, parts_);
  }

  // Visits the parts with their numbers.
  template <class Visit>
  void each(Visit const& visit) const {
    [&]<std::size_t... K>(std::index_sequence<K...>) {
      (visit(std::get<K>(parts_), K), ...);
    }(std::make_index_sequence<parts>{});
  }

  // Adds up what every part gives, ask(part, term), in scratch of as many values or more.
  template <class Ask>
  void add_up(std::span<value_type> out, std::span<value_type> scratch, Ask const& ask) const {
    auto const term = scratch.first(out.size());
    std::fill(out.begin(), out.end(), offset_);
    each([&](auto const& part, std::size_t k) {
      ask(part, term);
      for (std::size_t j = 0; j != out.size(); ++j) out[j] += weight_[k] * term[j];
    });
  }
};

}  // namespace detail

KINDRED_END
