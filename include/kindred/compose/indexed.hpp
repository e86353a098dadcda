// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/score/factored.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// A factored model whose lists come from an index of its items: the `width` rows that a search finds closest to the user's, of
// which the candidates are scored by the model and put in order. A recommender, and the first stage of a cascade.
//
//   kindred::hnsw_search<float, kindred::dot_product> const index(taste.items());
//   kindred::indexed const quick{taste, index, 200};
//
// The search should be by inner product (dot_product); numbers of items beside their vectors count in the order and not in the
// search. What is not among the `width` is not recommended, so a filter that leaves little wants a wide search, and a list may
// end early. A user whom the model does not know has an empty list, and so has everybody where a model such as an any_scorer has no
// vectors. Looks into model and search, which must outlive it. Throws error{setting} for a width that is not from 1 to 4096.
template <factored S, neighbor_search<dense_row<value_t<S>>> Search>
class indexed {
public:
  using value_type = value_t<S>;
  static constexpr std::size_t widest = 4096;

  indexed(S const& model, Search const& search, std::size_t width = 200)
      : model_(&model), search_(&search), width_(width) {
    if (width == 0 || width > widest)
      raise(error(error_kind::setting) << "indexed: width = " << width << "; it goes from 1 to 4096");
  }

  template <candidate_set C>
  std::size_t recommend(user_id user, C const& which, std::span<scored_item<value_type>> out) const noexcept {
    auto const users = model_->users();
    if (out.empty() || !model_->knows(user) || to_index(user) >= users.rows()) return 0;
    std::array<neighbor<value_type>, widest> rows;
    std::size_t const count =
        search_->search(users.row(to_index(user)), std::span<neighbor<value_type>>(rows).first(width_));
    std::size_t found = 0;
    for (std::size_t first = 0; first < count; first += block) {
      std::array<item_id, block> items;
      std::array<value_type, block> values;
      std::size_t asked = 0;
      for (std::size_t k = first; k != (std::min)(first + block, count); ++k)
        if (item_id const item{rows[k].id}; model_->knows(item) && which.contains(item)) items[asked++] = item;
      model_->score(user, std::span<item_id const>(items).first(asked), std::span<value_type>(values).first(asked));
      for (std::size_t k = 0; k != asked; ++k)
        found = detail::enter(out, found, scored_item<value_type>{items[k], values[k]});
    }
    detail::put_in_order(out, found);
    return found;
  }

private:
  S const* model_;
  Search const* search_;
  std::size_t width_;
};

KINDRED_END
