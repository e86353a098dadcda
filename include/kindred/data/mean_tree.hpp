// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>

#include <cstddef>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The sums of many rows, added in pairs along a fixed tree: those of one row can be exchanged, and the whole is then the
// same bits as if all had been added anew. O(log rows) an exchange.
class mean_tree {
public:
  explicit mean_tree(std::size_t rows) { grow(rows); }

  // Room for as many rows. More rows change no sum: what they add is zero.
  void grow(std::size_t rows) {
    std::size_t leaves = leaves_;
    while (leaves < rows) leaves *= 2;
    if (leaves == leaves_) return;
    std::vector<mean_sums> wider(2 * leaves);
    for (std::size_t k = 0; k != leaves_; ++k) wider[leaves + k] = node_[leaves_ + k];
    node_.swap(wider);
    leaves_ = leaves;
    for (std::size_t k = leaves_ - 1; k != 0; --k) join(k);
  }

  // For filling: all() is right after set() has been called for every row, or after write() for all and build().
  void write(std::size_t row, mean_sums const& sums) { node_[leaves_ + row] = sums; }
  void build() {
    for (std::size_t k = leaves_ - 1; k != 0; --k) join(k);
  }
  void set(std::size_t row, mean_sums const& sums) {
    write(row, sums);
    for (std::size_t k = (leaves_ + row) / 2; k != 0; k /= 2) join(k);
  }

  [[nodiscard]] mean_sums const& all() const noexcept { return node_[1]; }

private:
  void join(std::size_t k) noexcept { node_[k] = node_[2 * k] + node_[2 * k + 1]; }

  std::size_t leaves_ = 1;
  std::vector<mean_sums> node_ = std::vector<mean_sums>(2);  // node 1 is the root, node k joins 2 k and 2 k + 1
};

// The sums of every user's ratings.
template <real T>
[[nodiscard]] mean_tree user_sums(ratings<T> const& data) {
  mean_tree tree(data.user_count());
  for (index_t u = 0; u != data.user_count(); ++u) {
    mean_sums sums;
    sums.add(data.of(user_id{u}).value, data.weights(user_id{u}));
    tree.write(u, sums);
  }
  tree.build();
  return tree;
}

}  // namespace detail

KINDRED_END
