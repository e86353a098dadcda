// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/product_lists.hpp>
#include <kindred/compose/recommendation_lists.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/factored.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

KINDRED_BEGIN

// The candidates of each user: a callable on user_id that gives a set (see candidates.hpp), from any thread.
template <class W>
concept candidates_of_each = requires(W const& w, user_id u) {
  { w(u) } -> candidates;
};

namespace detail {

// The list of the k-th user.
template <list_source S, class WhichOf>
void fill_alone(S const& model, std::span<user_id const> users, WhichOf const& which_of,
                recommendation_lists<value_t<S>>& lists, std::size_t k) {
  lists.set_size(k, top_n(model, users[k], which_of(users[k]), lists.place(k)));
}

// The lists of all users by matrix products, but of those who have no vector.
template <factored S, class WhichOf, executor E>
void fill_by_products(S const& model, std::span<user_id const> users, WhichOf const& which_of,
                      recommendation_lists<value_t<S>>& lists, E& ex) {
  using asked = typename product_lists<S>::template asked<std::remove_cvref_t<decltype(which_of(user_id{}))>>;
  constexpr std::size_t together = 256;  // users, whose vectors stay in the second cache while those of items pass by
  product_lists<S> const search(model);
  for_chunks(ex, users.size(), together, [&](std::size_t first, std::size_t last) {
    std::vector<asked> each;
    std::vector<std::size_t> list;
    for (std::size_t k = first; k != last; ++k) {
      if (model.knows(users[k]) && to_index(users[k]) < model.users().rows()) {
        each.push_back({.user = users[k], .which = which_of(users[k]), .out = lists.place(k)});
        list.push_back(k);
      } else {
        fill_alone(model, users, which_of, lists, k);
      }
    }
    search.fill(std::span<asked>(each));
    for (std::size_t k = 0; k != each.size(); ++k) lists.set_size(list[k], each[k].found);
  });
}

// The lists of users who are asked for in one batch, from the first-th on.
template <batch_scorer S, class WhichOf>
void fill_together(S const& model, std::span<user_id const> users, WhichOf const& which_of,
                   recommendation_lists<value_t<S>>& lists, std::size_t first) {
  using T = value_t<S>;
  std::vector<std::remove_cvref_t<decltype(which_of(user_id{}))>> each;
  std::size_t limit = 0;
  for (user_id const u : users) limit = (std::max)(limit, std::size_t{each.emplace_back(which_of(u)).limit()});
  std::vector<T> values(users.size() * limit);
  model.score_batch(users, item_id{0}, std::span<T>(values));
  for (std::size_t k = 0; k != users.size(); ++k) {
    auto const out = lists.place(first + k);
    if (out.empty()) continue;
    auto const row = std::span<T const>(values).subspan(k * limit, each[k].limit());
    std::size_t const found = enter_scores(model, each[k], 0, row, out, 0);
    put_in_order(out, found);
    lists.set_size(first + k, found);
  }
}

}  // namespace detail

// The best n for each of many users, as top_n gives them, bit by bit: a newsletter, a table of the night. List k is that of
// users[k]. Of a batch_scorer over candidate sets, bit by bit but for its tolerance: items whose scores are nearer to each other
// than that may change places.
//
//   auto const lists = top_n_each(taste, users, [&](user_id u) { return unseen(ratings, u); }, 10, pool);
//
// Parallel over users, the same lists on any number of threads. A factored model over candidate sets goes through matrix
// products: at most 2 x items x factors flops a user at the rate of a matrix product, less where vectors differ in length,
// and a copy of the items' vectors. A batch_scorer that gains by it is asked for 32 users at once, whose scores need 32 numbers an
// item. Any other scorer or recommender is asked user by user.
template <list_source S, candidates_of_each WhichOf, executor E>
[[nodiscard]] recommendation_lists<value_t<S>> top_n_each(S const& model, std::span<user_id const> users,
                                                          WhichOf const& which_of, std::size_t n, E& ex) {
  using T = value_t<S>;
  using which = std::remove_cvref_t<decltype(which_of(user_id{}))>;
  recommendation_lists<T> lists(users.size(), n);
  if constexpr (factored<S> && candidate_set<which>) {
    if (model.users().rows() != 0) {
      detail::fill_by_products(model, users, which_of, lists, ex);
      return lists;
    }
  }
  if constexpr (batch_scorer<S> && candidate_set<which>) {
    if (batches_of(model)) {
      for_chunks(ex, users.size(), batch_block, [&](std::size_t first, std::size_t last) {
        detail::fill_together(model, users.subspan(first, last - first), which_of, lists, first);
      });
      return lists;
    }
  }
  for_chunks(ex, users.size(), 16, [&](std::size_t first, std::size_t last) {
    for (std::size_t k = first; k != last; ++k) detail::fill_alone(model, users, which_of, lists, k);
  });
  return lists;
}

// For every user of the ratings, the best n of what they have not rated. List u is that of user u.
template <list_source S, real T, executor E>
[[nodiscard]] recommendation_lists<value_t<S>> recommend_all(S const& model, ratings<T> const& seen, std::size_t n,
                                                             E& ex) {
  std::vector<user_id> everybody;
  for (index_t u = 0; u != seen.user_count(); ++u) everybody.push_back(user_id{u});
  std::size_t const most = (std::min)(n, std::size_t{seen.item_count()});
  return top_n_each(model, std::span<user_id const>(everybody), [&](user_id u) { return unseen(seen, u); }, most, ex);
}

KINDRED_END
