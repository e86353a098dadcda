// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

KINDRED_BEGIN

// Stages: a cheap part picks from the whole catalog, better and slower ones order what is left.
//
//   kindred::cascade shop{{200, 50}, popular_or_near, taste, reranker};
//
// The first part (a scorer or a recommender) gives the best depth[0] of the candidates; each further part scores what is left, and
// keeps the best depth[k] of it; the list is in the order of the last, with its values. A part puts items that it does not know
// behind those it knows, in the order in which they came. A recommender and no scorer: what an item is worth depends on whether the
// others get through. Why an item is in the list, explain() says as the last part does. Learns when all parts do. Depths go from 1
// to 1024 and do not ascend; there is one less than parts. Throws error{setting} otherwise.
template <list_source First, scorer... Rest>
  requires(sizeof...(Rest) > 0) && (std::same_as<value_t<First>, value_t<Rest>> && ...)
class cascade {
public:
  using value_type = value_t<First>;
  static constexpr std::size_t most = 1024;

  template <std::size_t Size>
    requires(Size == sizeof...(Rest))
  cascade(std::size_t const (&depth)[Size], First first, Rest... rest)
      : first_(std::move(first)), rest_(std::move(rest)...) {
    for (std::size_t k = 0; k != Size; ++k) {
      if (depth[k] == 0 || depth[k] > most || (k != 0 && depth[k] > depth[k - 1]))
        raise(error(error_kind::setting) << "cascade: depth " << k << " is " << depth[k]
                                         << "; depths go from 1 to 1024 and do not ascend");
      depth_[k] = depth[k];
    }
  }

  static constexpr stored_format format{"cascade", 1};
  cascade(blank) : first_(detail::storage::made<First>()), rest_(detail::storage::made<Rest>()...) {}
  static void fields(auto& self, auto& visit) {
    visit("depths", self.depth_);
    visit("first", self.first_);
    detail::visit_parts(self.rest_, visit);
  }
  void restore() const {
    for (std::size_t k = 0; k != depth_.size(); ++k)
      check_stored(depth_[k] >= 1 && depth_[k] <= (k == 0 ? most : depth_[k - 1]),
                   "cascade: depths from 1 to 1024 that do not ascend");
  }

  template <candidates C>
  std::size_t recommend(user_id user, C const& which, std::span<scored_item<value_type>> out) const noexcept {
    std::array<scored_item<value_type>, most> kept;
    std::size_t left = top_n(first_, user, which, std::span<scored_item<value_type>>(kept).first(depth_[0]));
    std::size_t stage = 0;
    auto const pass = [&](auto const& part) {
      order_by(part, user, std::span<scored_item<value_type>>(kept).first(left));
      left = (std::min)(left, ++stage != depth_.size() ? depth_[stage] : out.size());
    };
    std::apply([&](auto const&... part) { (pass(part), ...); }, rest_);
    std::copy_n(kept.begin(), left, out.begin());
    return left;
  }

  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires(detail::says_why<std::tuple_element_t<sizeof...(Rest) - 1, std::tuple<Rest...>>>)
  {
    return std::get<sizeof...(Rest) - 1>(rest_).explain(u, i, out);
  }
  void update(user_id u, item_id i, value_type value)
    requires(detail::takes_updates<First> && (detail::takes_updates<Rest> && ...))
  {
    first_.update(u, i, value);
    std::apply([&](auto&... part) { (part.update(u, i, value), ...); }, rest_);
  }

private:
  // Puts the items in the order of what a part says.
  template <scorer S>
  static void order_by(S const& part, user_id user, std::span<scored_item<value_type>> items) noexcept {
    std::array<item_id, block> asked;
    std::array<value_type, block> said;
    std::array<scored_item<value_type>, most> unknown;
    std::size_t known = 0, strange = 0;
    for (std::size_t from = 0; from < items.size(); from += block) {
      std::size_t const count = (std::min)(block, items.size() - from);
      for (std::size_t k = 0; k != count; ++k) asked[k] = items[from + k].item;
      part.score(user, std::span<item_id const>(asked).first(count), std::span<value_type>(said).first(count));
      for (std::size_t k = 0; k != count; ++k) {
        scored_item<value_type> const one{asked[k], said[k]};
        if (part.knows(asked[k])) items[known++] = one;
        else unknown[strange++] = one;
      }
    }
    std::sort(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(known), ranks_before<value_type>);
    std::copy_n(unknown.begin(), strange, items.begin() + static_cast<std::ptrdiff_t>(known));
  }

  std::array<std::size_t, sizeof...(Rest)> depth_;
  [[no_unique_address]] First first_;
  [[no_unique_address]] std::tuple<Rest...> rest_;
};

template <std::size_t Size, class... S>
cascade(std::size_t const (&)[Size], S...) -> cascade<S...>;

KINDRED_END
