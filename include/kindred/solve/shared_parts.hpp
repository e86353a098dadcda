// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Of which shared rows the vector of every user is made, and with what shares: user u has the uses begin[u] to begin[u + 1].
template <real T>
struct shared_parts {
  index_t rows = 0;
  std::vector<std::size_t> begin = {0};
  std::vector<index_t> row;
  std::vector<T> share;

  void add(index_t which, T much) {
    row.push_back(which);
    share.push_back(much);
  }
  void end_user() { begin.push_back(row.size()); }
};

// |set|^(-1/2), by which sums over sets of any size are about equally large (Koren, 2008).
template <real T>
[[nodiscard]] T share_in(std::size_t size) noexcept {
  return static_cast<T>(1 / std::sqrt(static_cast<double>(size)));
}

// The parts of SVD++: a row for every item, shared by those who rated it.
template <real T>
[[nodiscard]] shared_parts<T> parts_of_rated(ratings<T> const& data) {
  shared_parts<T> parts;
  parts.rows = data.item_count();
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (index_t const j : row.index) parts.add(j, share_in<T>(row.size()));
    parts.end_user();
  }
  return parts;
}

}  // namespace detail

KINDRED_END
