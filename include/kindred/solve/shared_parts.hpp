// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// |set|^(-1/2), by which sums over sets of any size are about equally large (Koren, 2008).
template <real T>
[[nodiscard]] T share_in(std::size_t size) noexcept {
  return static_cast<T>(1 / std::sqrt(static_cast<double>(size)));
}

// Of which shared rows the vector of every user is made, and with what shares. The first rows may be those of the items, each shared
// by who rated it: that is read from the ratings, and takes 4 bytes a user. All else is told, 8 bytes a share.
template <real T>
struct shared_parts {
  index_t rows = 0;
  ratings<T> const* rated = nullptr;  // whose items are the first rows; has to outlive this
  std::vector<T> rated_share;         // of each of what a user rated
  std::vector<std::size_t> begin = {0};
  std::vector<index_t> row;  // those told, ascending for each user: user u has begin[u] to begin[u + 1]
  std::vector<T> share;

  void reserve(std::size_t shares) {
    row.reserve(shares);
    share.reserve(shares);
  }
  void add(index_t which, T much) {
    row.push_back(which);
    share.push_back(much);
  }
  void end_user() { begin.push_back(row.size()); }

  // Which of the told are those of a user, who may be somebody of whom nothing is told.
  [[nodiscard]] std::size_t told_begin(index_t u) const noexcept { return u < begin.size() ? begin[u] : row.size(); }
  [[nodiscard]] std::size_t told_end(index_t u) const noexcept { return told_begin(u + 1); }

  // Calls visit(row, share) for all that u shares.
  template <class Visit>
  void each(index_t u, Visit const& visit) const {
    if (rated != nullptr)
      for (index_t const j : rated->of(user_id{u}).index) visit(j, rated_share[u]);
    for (std::size_t k = told_begin(u); k != told_end(u); ++k) visit(row[k], share[k]);
  }
};

// The parts of SVD++: a row for every item, shared by those who rated it. The ratings have to outlive them.
template <real T>
[[nodiscard]] shared_parts<T> parts_of_rated(ratings<T> const& data) {
  shared_parts<T> parts;
  parts.rows = data.item_count();
  parts.rated = &data;
  parts.rated_share.reserve(data.user_count());
  for (index_t u = 0; u != data.user_count(); ++u) parts.rated_share.push_back(share_in<T>(data.of(user_id{u}).size()));
  return parts;
}

// Both of two, the rows of the second, all of them told, behind those of the first. Either may tell of fewer users.
template <real T>
[[nodiscard]] shared_parts<T> joined(shared_parts<T> first, shared_parts<T> const& told) {
  if (told.rows == 0) return first;
  shared_parts<T> both;
  both.rows = first.rows + told.rows;
  both.rated = first.rated;
  both.rated_share = std::move(first.rated_share);
  both.reserve(first.row.size() + told.row.size());
  std::size_t const users = (first.begin.size() > told.begin.size() ? first.begin : told.begin).size() - 1;
  for (index_t u = 0; u != users; ++u) {
    for (std::size_t k = first.told_begin(u); k != first.told_end(u); ++k) both.add(first.row[k], first.share[k]);
    for (std::size_t k = told.told_begin(u); k != told.told_end(u); ++k)
      both.add(first.rows + told.row[k], told.share[k]);
    both.end_user();
  }
  return both;
}

}  // namespace detail

KINDRED_END
