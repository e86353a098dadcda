// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/list_choice.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

// Lists that do not say the same thing ten times: the best `depth` of a scorer or a recommender, from which a choice (mmr, dpp, or
// yours) picks what is good and unlike what it has picked.
//
//   kindred::diversified shop{taste, kindred::alike_by_vectors<float>{taste.items()}, kindred::mmr{.lambda = 0.3}};
//
// Scores become relevances by the lowest and the highest of the pool, so lambda means the same for every user and every model. Values
// of the list are the scores, in the order of the choice. With lambda = 0 the list is that of the part. A recommender and no
// scorer; explains and learns as the part does: what items are alike stays as it is. Throws error{setting} for a depth that is not
// from 1 to 256; a list is never longer than the depth.
template <list_source S, item_alikeness<value_t<S>> A, list_choice<value_t<S>> Choice = mmr>
class diversified {
public:
  using value_type = value_t<S>;

  explicit diversified(S part, A alike, Choice choice = {}, std::size_t depth = 100)
      : part_(std::move(part)), alike_(std::move(alike)), choice_(std::move(choice)), depth_(depth) {
    if (depth == 0 || depth > block)
      raise(error(error_kind::setting) << "diversified: depth = " << depth << "; it goes from 1 to 256");
    check_settings(choice_);
  }

  // Kept with its part, its alikeness and its choice, which have to be storable: not alike_by_vectors, which looks into vectors of
  // somebody else's. Keep the part then, and make this anew around it.
  static constexpr stored_format format{"diversified", 1};
  diversified(blank)
      : part_(detail::storage::made<S>()),
        alike_(detail::storage::made<A>()),
        choice_(detail::storage::made<Choice>()),
        depth_(1) {}
  static void fields(auto& self, auto& visit)
    requires storable<S> && storable<A> && storable<Choice>
  {
    visit("part", self.part_);
    visit("alike", self.alike_);
    visit("choice", self.choice_);
    visit("depth", self.depth_);
  }
  void restore() const {
    check_stored(depth_ >= 1 && depth_ <= block, "diversified: a depth from 1 to 256");
    check_settings(choice_);
  }

  template <candidates C>
  std::size_t recommend(user_id user, C const& which, std::span<scored_item<value_type>> out) const noexcept {
    std::array<scored_item<value_type>, block> pool;
    std::size_t const found = top_n(part_, user, which, std::span<scored_item<value_type>>(pool).first(depth_));
    std::size_t const length = (std::min)(found, out.size());
    if (length == 0) return 0;
    auto const [least, most] = std::minmax_element(pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(found),
                                                   [](auto const& a, auto const& b) { return a.value < b.value; });
    value_type const width = most->value - least->value;
    std::array<value_type, block> relevance;
    for (std::size_t k = 0; k != found; ++k)
      relevance[k] = width > 0 ? (pool[k].value - least->value) / width : value_type{1};
    std::array<std::uint32_t, block> picked;
    choice_.pick(std::span<scored_item<value_type> const>(pool).first(found),
                 std::span<value_type const>(relevance).first(found), alike_,
                 std::span<std::uint32_t>(picked).first(length));
    for (std::size_t k = 0; k != length; ++k) out[k] = pool[picked[k]];
    return length;
  }

  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires detail::says_why<S>
  {
    return part_.explain(u, i, out);
  }
  void update(user_id u, item_id i, value_type value)
    requires detail::takes_updates<S>
  {
    part_.update(u, i, value);
  }

  [[nodiscard]] S const& part() const noexcept { return part_; }

private:
  [[no_unique_address]] S part_;
  [[no_unique_address]] A alike_;
  Choice choice_;
  std::size_t depth_;
};

KINDRED_END
