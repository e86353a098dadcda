// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/neighbor/item_block.hpp>
#include <kindred/neighbor/item_range.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/strongest.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

template <real T, class Knn>
class live_implicit_knn_model;

// Scores items by who or what speaks for them:
//
//   s(u, j) = sum over voices v of u of  loudness(u, v) word(v, j)
//
// Side = item_id: the voices of a user are the items they have, each as loud as one, and speak for the items near to them.
// Side = user_id: the voices are the users near to them, as loud as they are near, and speak for what they have.
//
// Higher is better, and that is all: a sum of similarities is no rating, and grows with what a user has. Zero where nobody
// speaks, and for users and items that are not known. One walk along the rows of the voices scores a catalog.
//
// Rows is where the numbers are kept: csr, or what can be patched (live_implicit_knn_model).
template <real T, entity_id Side, class Rows = csr<T>>
class implicit_knn_model {
public:
  using value_type = T;

  // `voices` has a row a user, `words` a row a voice; their columns are voices, and items. `known` tells of every item
  // whether anybody had it.
  implicit_knn_model(Rows voices, Rows words, std::vector<std::uint8_t> known)
      : voices_(std::move(voices)), words_(std::move(words)), known_(std::move(known)) {}

  static constexpr stored_format format{
      std::same_as<Side, user_id> ? "implicit_user_knn_model" : "implicit_item_knn_model", 1};
  implicit_knn_model(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("voices", self.voices_);
    visit("words", self.words_);
    visit("known_items", self.known_);
  }
  void restore() const {
    check_stored(voices_.columns() <= words_.rows(), "implicit_knn_model: a row of words for every voice");
    check_stored(words_.columns() == known_.size(), "implicit_knn_model: a mark for every item");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return !voices_of(u).empty(); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return to_index(i) < known_.size() && known_[to_index(i)] != 0; }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    add_up(u, item_block(items), out);
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    KINDRED_ASSERT(out.size() <= range_block);
    add_up(u, item_range(first, out.size()), out);
  }

  // The voices that speak for an item, and how much each says.
  [[nodiscard]] explanation<T> explain(user_id u, item_id j, std::span<evidence<T>> out) const noexcept {
    constexpr auto kind = std::same_as<Side, user_id> ? evidence_kind::user : evidence_kind::item;
    auto const voice = voices_of(u);
    std::size_t count = 0;
    for (std::size_t k = 0; k != voice.size(); ++k) {
      auto const word = words_.row(voice.index[k]);
      std::size_t const at = position_of(word.index, to_index(j));
      if (at == word.size()) continue;
      count = keep_strongest(out, count, evidence<T>{kind, voice.index[k], voice.value[k] * word.value[at]});
    }
    return {T{0}, count};
  }

  [[nodiscard]] Rows const& voices() const noexcept { return voices_; }
  [[nodiscard]] Rows const& words() const noexcept { return words_; }

  friend bool operator==(implicit_knn_model const&, implicit_knn_model const&) = default;

private:
  template <real, class>
  friend class live_implicit_knn_model;  // which patches the rows

  [[nodiscard]] sparse_row<T> voices_of(user_id u) const noexcept { return detail::row_or_none(voices_, to_index(u)); }

  template <class Asked>
  void add_up(user_id u, Asked const& asked, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    auto const voice = voices_of(u);
    T* const sum = out.data();
    for (std::size_t k = 0; k != voice.size(); ++k) {
      T const loudness = voice.value[k];
      asked.each_shared(words_.row(voice.index[k]), [&](std::size_t at, T word) { sum[at] += loudness * word; });
    }
  }

  Rows voices_;
  Rows words_;
  std::vector<std::uint8_t> known_;
};

KINDRED_END
