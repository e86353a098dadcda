// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/list_choice.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/liked_items.hpp>
#include <kindred/evaluate/offered_lists.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// How unlike each other the items of a list are: 1 - the mean alikeness over its pairs (Smyth and McClave, "Similarity vs.
// diversity", 2001; 1 - the intra-list similarity of Ziegler, McNee, Konstan and Lausen, "Improving recommendation lists
// through topic diversification", 2005, divided by the number of pairs). 0 for lists of fewer than two. In [0, 1] for
// alikenesses in [0, 1]. O(length^2) a list.
template <item_alikeness<double> A>
class intra_list_diversity {
public:
  explicit intra_list_diversity(A alike) : alike_(std::move(alike)) {}

  [[nodiscard]] double operator()(user_id, std::span<item_id const> list) const noexcept {
    if (list.size() < 2) return 0;
    double sum = 0;
    for (std::size_t k = 1; k != list.size(); ++k)
      for (std::size_t j = 0; j != k; ++j) sum += static_cast<double>(alike_(list[j], list[k]));
    auto const n = static_cast<double>(list.size());
    return 1 - sum / (n * (n - 1) / 2);
  }

private:
  A alike_;
};

// How unlike what the user knows a list is: 1 - the mean alikeness of its items to the items that the user rated (1 - the
// unserendipity of Zhang, Seaghdha, Quercia and Jambor, "Auralist: introducing serendipity into music recommendation",
// 2012). 0 for empty lists and for users without a history. O(length x history) a list. Looks into the ratings.
template <real T, item_alikeness<double> A>
class unexpectedness {
public:
  unexpectedness(ratings<T> const& history, A alike) : history_(&history), alike_(std::move(alike)) {}

  [[nodiscard]] double operator()(user_id user, std::span<item_id const> list) const noexcept {
    auto const known = history_->of(user).index;
    if (list.empty() || known.empty()) return 0;
    double sum = 0;
    for (item_id const i : list)
      for (index_t const j : known) sum += static_cast<double>(alike_(i, item_id{j}));
    return 1 - sum / (static_cast<double>(list.size()) * static_cast<double>(known.size()));
  }

private:
  ratings<T> const* history_;
  A alike_;
};

// Surprises that were liked: the share of a list that the user turned out to like and that a primitive recommender - the most
// popular, mostly - did not offer to the same user (Ge, Delgado-Battenfeld and Jannach, "Beyond accuracy: evaluating recommender
// systems by coverage and serendipity", 2010, who divide by the number of surprises instead: that figure is best for a list
// with a single lucky one). In [0, 1]. Looks into both.
class serendipity {
public:
  serendipity(liked_items const& liked, offered_lists const& primitive) noexcept
      : liked_(&liked), primitive_(&primitive) {}

  [[nodiscard]] double operator()(user_id user, std::span<item_id const> list) const noexcept {
    auto const liked = liked_->of(user);
    auto const expected = primitive_->of(user);
    std::size_t found = 0;
    for (item_id const i : list)
      found += std::binary_search(liked.begin(), liked.end(), i) &&
               std::find(expected.begin(), expected.end(), i) == expected.end();
    return list.empty() ? 0 : static_cast<double>(found) / static_cast<double>(list.size());
  }

private:
  liked_items const* liked_;
  offered_lists const* primitive_;
};

KINDRED_END
