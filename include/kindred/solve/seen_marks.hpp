// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// Whether a user chose an item, for those who ask about items drawn at random: nearly always no, and told from 32 bytes a user
// (a Bloom filter of one hash) instead of a search in the user's row. Exact: where the mark is set, the row is searched. For users
// with 30 items that is one question in nine. Looks into the ratings, which must outlive it.
template <real T>
class seen_marks {
public:
  explicit seen_marks(ratings<T> const& data) : data_(data), mark_(std::size_t{data.user_count()} * words, 0) {
    for (index_t u = 0; u != data.user_count(); ++u)
      for (index_t const i : data.of(user_id{u}).index) mark_[word_of(u, i)] |= bit_of(i);
  }

  // u is a user of the data.
  [[nodiscard]] bool operator()(index_t u, index_t i) const noexcept {
    return (mark_[word_of(u, i)] & bit_of(i)) != 0 && data_.contains(user_id{u}, item_id{i});
  }
  [[nodiscard]] std::uint64_t const* marks_of(index_t u) const noexcept { return mark_.data() + u * words; }

private:
  static constexpr std::size_t words = 4;

  [[nodiscard]] static std::uint32_t hash(index_t i) noexcept { return i * 0x9E3779B1u; }
  [[nodiscard]] static std::size_t word_of(index_t u, index_t i) noexcept { return u * words + (hash(i) >> 30); }
  [[nodiscard]] static std::uint64_t bit_of(index_t i) noexcept { return std::uint64_t{1} << (hash(i) >> 24 & 63); }

  ratings<T> const& data_;
  std::vector<std::uint64_t> mark_;
};

KINDRED_END
