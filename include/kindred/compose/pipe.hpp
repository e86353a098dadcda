// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/boosted.hpp>
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/diversified.hpp>
#include <kindred/compose/filtered.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A composition in the order in which it works:
//
//   auto const shop = taste | boost(margin, 0.2f) | without(seen_in(ratings)) | diversify(alike, mmr{.lambda = 0.3}) | top(10);
//   for (auto const& [item, value] : shop(user, all_items{ratings.item_count()})) ...
//
// Each stage makes the combinator of its name of what is left of it, so the type - and the cost - is that of the nested form.
// Models are moved in or copied, never referred to.
template <class Make>
struct stage {
  Make make;

  template <class S>
    requires std::invocable<Make const&, S>
  friend auto operator|(S model, stage const& next) {
    return next.make(std::move(model));
  }
};

template <class Make>
stage(Make) -> stage<Make>;

// The best n of what comes through the pipe, as a list of its own: its end.
template <list_source S>
class listed {
public:
  using value_type = value_t<S>;

  listed(S part, std::size_t length) : part_(std::move(part)), length_(length) {}

  template <candidates C>
  [[nodiscard]] std::vector<scored_item<value_type>> operator()(user_id user, C const& which) const {
    std::vector<scored_item<value_type>> out(length_);
    out.resize(top_n(part_, user, which, std::span<scored_item<value_type>>(out)));
    return out;
  }
  [[nodiscard]] S const& part() const noexcept { return part_; }

  template <class Next>
  friend void operator|(listed const& a_list_is_the_end_of_a_pipe, Next const&) = delete;

private:
  [[no_unique_address]] S part_;
  std::size_t length_;
};

template <item_filter P>
[[nodiscard]] auto without(P filter) {
  return stage{
      [filter = std::move(filter)]<list_source S>(S model) { return kindred::without(std::move(model), filter); }};
}
template <item_filter P>
[[nodiscard]] auto only(P filter) {
  return stage{
      [filter = std::move(filter)]<list_source S>(S model) { return kindred::only(std::move(model), filter); }};
}
template <class Rule, real T>
[[nodiscard]] auto boost(Rule rule, T strength) {
  return stage{[rule = std::move(rule), strength]<scorer S>(S model)
                 requires item_rule<Rule, value_t<S>>
               { return boosted<S, Rule>(std::move(model), rule, static_cast<value_t<S>>(strength)); }};
}
template <class A, class Choice = mmr>
[[nodiscard]] auto diversify(A alike, Choice choice = {}, std::size_t depth = 100) {
  return stage{[alike = std::move(alike), choice, depth]<list_source S>(S model)
                 requires item_alikeness<A, value_t<S>> && list_choice<Choice, value_t<S>>
               { return diversified<S, A, Choice>(std::move(model), alike, choice, depth); }};
}
[[nodiscard]] inline auto top(std::size_t n) {
  return stage{[n]<list_source S>(S model) { return listed<S>(std::move(model), n); }};
}

KINDRED_END
