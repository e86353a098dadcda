// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Adds up values, each as often as its weight says.
struct mean_sums {
  double sum = 0;
  double total = 0;

  template <real T>
  void add(std::span<T const> value, std::span<T const> weight) noexcept {
    for (std::size_t k = 0; k != value.size(); ++k) {
      double const w = weight.empty() ? 1.0 : static_cast<double>(weight[k]);
      sum += w * static_cast<double>(value[k]);
      total += w;
    }
  }

  template <real T>
  [[nodiscard]] T mean(T where_none) const {
    if (total == 0) return where_none;
    if (!is_finite(sum) || !is_finite(total))
      raise(error(error_kind::numeric) << "ratings and weights this large add up to more than a double holds");
    return static_cast<T>(sum / total);
  }
};

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
  void join(std::size_t k) noexcept {
    node_[k] = {node_[2 * k].sum + node_[2 * k + 1].sum, node_[2 * k].total + node_[2 * k + 1].total};
  }

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

// The mean of all ratings, in which a weight counts like so many ratings of weight one; zero when there are none.
template <real T>
[[nodiscard]] T mean_of(ratings<T> const& data) {
  return detail::user_sums(data).all().mean(T{0});
}

// Likewise of one user's or one item's; `where_none` when there are none.
template <real T, entity_id Id>
[[nodiscard]] T mean_of(ratings<T> const& data, Id which, T where_none) {
  detail::mean_sums sums;
  sums.add(data.of(which).value, data.weights(which));
  return sums.mean(where_none);
}

KINDRED_END
