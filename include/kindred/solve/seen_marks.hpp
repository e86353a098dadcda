// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/data/ratings.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// Whether a user chose an item, for those who ask about items drawn at random: nearly always no, and told from 32 bytes a user,
// or one to two for each item of a user with more than that (a Bloom filter of one hash), instead of a search in the user's row.
// Exact: where the mark is set, the row is searched, one question in eight at most. Looks into the ratings, which
// must outlive it, and lies in their scratch if they have one.
template <real T>
class seen_marks {
public:
  explicit seen_marks(ratings<T> const& data) : data_(data), begin_(std::size_t{data.user_count()} + 1, 0) {
    for (index_t u = 0; u != data.user_count(); ++u)
      begin_[u + 1] = begin_[u] + std::bit_ceil(static_cast<index_t>(data.of(user_id{u}).size() / (8 * least)) + 1u);
    mark_ = detail::room_in<std::uint64_t>(data.place(), begin_.back() * least);
    for (std::uint64_t& word : mark_) word = 0;
    for (index_t u = 0; u != data.user_count(); ++u)
      for (index_t const i : data.of(user_id{u}).index) mark_[word_of(u, i)] |= bit_of(i);
  }

  // u is a user of the data.
  [[nodiscard]] bool operator()(index_t u, index_t i) const noexcept {
    return (mark_[word_of(u, i)] & bit_of(i)) != 0 && data_.contains(user_id{u}, item_id{i});
  }
  // Where the marks of a user are, and where that is looked up: for those who fetch them early.
  [[nodiscard]] std::size_t const* place_of(index_t u) const noexcept { return begin_.data() + u; }
  [[nodiscard]] std::uint64_t const* marks_of(index_t u) const noexcept { return mark_.data() + begin_[u] * least; }

private:
  static constexpr std::size_t least = 4;  // words of 64 marks, always a power of two

  [[nodiscard]] static std::uint64_t hash(index_t i) noexcept { return i * 0x9E3779B97F4A7C15u; }
  [[nodiscard]] std::size_t word_of(index_t u, index_t i) const noexcept {
    std::size_t const first = begin_[u] * least, last = begin_[u + 1] * least;
    return first + ((hash(i) >> 30) & (last - first - 1));
  }
  [[nodiscard]] static std::uint64_t bit_of(index_t i) noexcept { return std::uint64_t{1} << (hash(i) >> 58); }

  ratings<T> const& data_;
  std::vector<std::size_t> begin_;  // in steps of `least`
  buffer<std::uint64_t> mark_;
};

KINDRED_END
