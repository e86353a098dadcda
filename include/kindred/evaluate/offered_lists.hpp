// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/recommendation_lists.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Who was offered what, best first: the lists of a recommender, as a value. To make them is what costs; whatever is asked of
// them afterwards - hits, novelty, variety, fairness, and how sure all that is - looks at the same lists.
//
// Lists come from a model (offered_by), or from anywhere: a log, another program.
class offered_lists {
public:
  offered_lists() = default;

  // List k is what users[k] was offered: lists of a log, or what top_n_each and recommend_all gave, which is quicker than
  // offered_by for models with vectors. Throws error: shape when there is not one list a user, or one is longer than `length`;
  // data when users do not ascend, an item lies beyond `item_count`, or comes twice in a list; setting for a length of 0.
  [[nodiscard]] static offered_lists from(std::vector<user_id> users, std::span<std::vector<item_id> const> lists,
                                          std::uint32_t length, index_t item_count) {
    return checked(std::move(users), lists.size(), length, item_count,
                   [&](std::size_t k, std::vector<item_id>& list) { list = lists[k]; });
  }
  template <real T>
  [[nodiscard]] static offered_lists from(std::vector<user_id> users, recommendation_lists<T> const& lists,
                                          std::uint32_t length, index_t item_count) {
    return checked(std::move(users), lists.size(), length, item_count, [&](std::size_t k, std::vector<item_id>& list) {
      list.clear();
      for (scored_item<T> const& one : lists[k]) list.push_back(one.item);
    });
  }

  [[nodiscard]] std::size_t size() const noexcept { return users_.size(); }
  [[nodiscard]] std::span<user_id const> users() const noexcept { return users_; }
  [[nodiscard]] std::span<item_id const> operator[](std::size_t k) const noexcept {
    return std::span<item_id const>(item_).subspan(k * width_, found_[k]);
  }
  // The list of a user; empty for users who were offered nothing.
  [[nodiscard]] std::span<item_id const> of(user_id u) const noexcept {
    auto const at = std::lower_bound(users_.begin(), users_.end(), u);
    return at != users_.end() && *at == u ? (*this)[static_cast<std::size_t>(at - users_.begin())]
                                          : std::span<item_id const>{};
  }
  [[nodiscard]] std::uint32_t length() const noexcept { return length_; }  // that was asked for
  [[nodiscard]] index_t item_count() const noexcept { return items_; }     // of the catalog

  friend bool operator==(offered_lists const&, offered_lists const&) = default;

private:
  template <class Copy>  // copy(k, list) writes list k
  [[nodiscard]] static offered_lists checked(std::vector<user_id> users, std::size_t count, std::uint32_t length,
                                             index_t item_count, Copy const& copy) {
    if (users.size() != count)
      raise(error(error_kind::shape) << "offered_lists: " << count << " lists for " << users.size() << " users");
    offered_lists out(std::move(users), length, item_count);
    std::vector<item_id> list, sorted;
    for (std::size_t k = 0; k != count; ++k) {
      if (k != 0 && !(out.users_[k - 1] < out.users_[k]))
        raise(error(error_kind::data).at(k) << "offered_lists: users ascend, but number " << k << " does not");
      copy(k, list);
      if (list.size() > out.width_)
        raise(error(error_kind::shape).at(k) << "offered_lists: list " << k << " has " << list.size()
                                             << " items; the most that it can have is " << out.width_);
      sorted = list;
      std::sort(sorted.begin(), sorted.end());
      for (std::size_t p = 0; p != sorted.size(); ++p)
        if (to_index(sorted[p]) >= item_count || (p != 0 && sorted[p] == sorted[p - 1]))
          raise(error(error_kind::data).at(k)
                << "offered_lists: list " << k << " has the item " << to_index(sorted[p])
                << (to_index(sorted[p]) >= item_count ? ", which lies beyond the catalog" : " twice"));
      std::copy(list.begin(), list.end(), out.item_.begin() + static_cast<std::ptrdiff_t>(k * out.width_));
      out.found_[k] = static_cast<std::uint32_t>(list.size());
    }
    return out;
  }

  offered_lists(std::vector<user_id> users, std::uint32_t length, index_t item_count)
      : users_(std::move(users)),
        found_(users_.size(), 0),
        length_(length),
        width_((std::min)(length, item_count)),
        items_(item_count) {
    if (length == 0) raise(error(error_kind::setting) << "offered_lists: length = 0; a list has at least one item");
    item_.resize(users_.size() * width_);
  }

  std::vector<user_id> users_;
  std::vector<std::uint32_t> found_;
  std::vector<item_id> item_;
  std::uint32_t length_ = 1;
  index_t width_ = 0;
  index_t items_ = 0;
};

// The lists of a scorer or a recommender for these users, who ascend (else error{data}): the best `length` of all items that the
// user has not rated in `train`, as top_n gives them. Parallel over users; the same on any number of threads.
template <list_source M, executor E = sequential>
[[nodiscard]] offered_lists offered_by(M const& model, ratings<value_t<M>> const& train, std::span<user_id const> users,
                                       std::uint32_t length = 10, E&& ex = {}) {
  recommendation_lists<value_t<M>> lists(users.size(), (std::min)(length, train.item_count()));
  for_chunks(ex, users.size(), 32, [&](std::size_t first, std::size_t last) {
    for (std::size_t k = first; k != last; ++k)
      lists.set_size(k, top_n(model, users[k], unseen(train, users[k]), lists.place(k)));
  });
  return offered_lists::from(std::vector<user_id>(users.begin(), users.end()), lists, length, train.item_count());
}

KINDRED_END
