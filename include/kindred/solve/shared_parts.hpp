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

  void reserve(std::size_t uses) {
    row.reserve(uses);
    share.reserve(uses);
  }
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

// Both of two, the rows of the second behind those of the first. Either may know of fewer users.
template <real T>
[[nodiscard]] shared_parts<T> joined(shared_parts<T> a, shared_parts<T> const& b) {
  if (b.rows == 0 && a.begin.size() >= b.begin.size()) return a;
  shared_parts<T> both;
  both.rows = a.rows + b.rows;
  std::size_t const users = (a.begin.size() > b.begin.size() ? a.begin : b.begin).size() - 1;
  for (std::size_t u = 0; u != users; ++u) {
    if (u + 1 < a.begin.size())
      for (std::size_t k = a.begin[u]; k != a.begin[u + 1]; ++k) both.add(a.row[k], a.share[k]);
    if (u + 1 < b.begin.size())
      for (std::size_t k = b.begin[u]; k != b.begin[u + 1]; ++k) both.add(a.rows + b.row[k], b.share[k]);
    both.end_user();
  }
  return both;
}

// The parts of SVD++: a row for every item, shared by those who rated it.
template <real T>
[[nodiscard]] shared_parts<T> parts_of_rated(ratings<T> const& data) {
  shared_parts<T> parts;
  parts.rows = data.item_count();
  parts.reserve(data.size());
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    T const share = share_in<T>(row.size());
    for (index_t const j : row.index) parts.add(j, share);
    parts.end_user();
  }
  return parts;
}

}  // namespace detail

KINDRED_END
