// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/kernel/prefetch.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

KINDRED_BEGIN

// Calls visit(column, value) for every value of a row of features that is not zero, in ascending order of the columns.
template <real T, class Visit>
void for_each_feature(sparse_row<T> row, Visit const& visit) {
  for (std::size_t k = 0; k != row.size(); ++k)
    if (row.value[k] != 0) visit(row.index[k], row.value[k]);
}
template <real T, class Visit>
void for_each_feature(dense_row<T> row, Visit const& visit) {
  for (std::size_t k = 0; k != row.size(); ++k)
    if (row[k] != 0) visit(static_cast<index_t>(k), row[k]);
}

// Examples dealt out to small batches, for stochastic gradient descent over rows of any features: parallel, and still the
// same bits on any number of threads.
//
// A batch is learned from in two halves. In the first, its examples are independent: each is predicted with all parameters
// held fixed. In the second, columns are independent: they are cut into groups, and each group walks through what the batch
// uses of its columns, column by column. Which examples share a batch depends on the seed, never on the threads.
//
// Memory: 12 bytes a value that is not zero, for float, and 4 an example.
template <real T>
class example_batches {
public:
  // That an example of the batch has a value in a column.
  struct use {
    index_t column;
    index_t place;  // of the example in its batch
    T value;
  };

  // `size` examples at a time, at least one.
  template <class Rows>
  example_batches(examples<Rows> const& data, index_t size, std::uint64_t seed)
      : seed_(seed), size_(size), groups_(std::clamp<std::size_t>(size / 4, 1, 16)), order_(data.size()) {
    for (index_t r = 0; r != data.size(); ++r) order_[r] = r;
    random_stream random(mix(seed, 1), 0);
    shuffle(random, std::span<index_t>(order_));
    begin_.assign(count() * groups_ + 1, 0);
    each_use(data, [&](std::size_t cell, use const&) { ++begin_[cell + 1]; });
    for (std::size_t c = 0; c + 1 != begin_.size(); ++c) begin_[c + 1] += begin_[c];
    use_.resize(begin_.back());
    std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
    each_use(data, [&](std::size_t cell, use const& one) { use_[next[cell]++] = one; });
    for (std::size_t c = 0; c + 1 != begin_.size(); ++c)
      std::sort(use_.data() + begin_[c], use_.data() + begin_[c + 1],
                [](use const& a, use const& b) { return std::tie(a.column, a.place) < std::tie(b.column, b.place); });
  }

  [[nodiscard]] std::size_t count() const noexcept { return (order_.size() + size_ - 1) / size_; }
  [[nodiscard]] std::size_t groups() const noexcept { return groups_; }
  // The batches in the order of an epoch, drawn anew for each.
  [[nodiscard]] std::vector<std::size_t> in_order(std::uint32_t epoch) const {
    std::vector<std::size_t> batch(count());
    for (std::size_t b = 0; b != batch.size(); ++b) batch[b] = b;
    random_stream random(mix(seed_, 2), epoch);
    shuffle(random, std::span<std::size_t>(batch));
    return batch;
  }
  // The rows of a batch.
  [[nodiscard]] std::span<index_t const> rows(std::size_t batch) const noexcept {
    std::size_t const first = batch * size_;
    return std::span<index_t const>(order_).subspan(first, (std::min)(order_.size() - first, std::size_t{size_}));
  }
  // What a batch uses of the columns of one group, by ascending column and place.
  [[nodiscard]] std::span<use const> uses(std::size_t batch, std::size_t group) const noexcept {
    std::size_t const c = batch * groups_ + group;
    return std::span<use const>(use_).subspan(begin_[c], begin_[c + 1] - begin_[c]);
  }

private:
  template <class Rows, class Visit>
  void each_use(examples<Rows> const& data, Visit const& visit) const {
    for (std::size_t s = 0; s != order_.size(); ++s)
      for_each_feature(data.row(order_[s]), [&](index_t column, T value) {
        visit(s / size_ * groups_ + column % groups_, use{column, static_cast<index_t>(s % size_), value});
      });
  }

  std::uint64_t seed_;
  index_t size_;
  std::size_t groups_;
  std::vector<index_t> order_;
  std::vector<std::size_t> begin_;
  std::vector<use> use_;
};

namespace detail {

// Asks for an example before its turn: those of a batch lie here and there.
template <class Rows>
void fetch_example(examples<Rows> const& data, index_t r) noexcept {
  auto const all_of = [](auto numbers) {
    if (numbers.empty()) return;
    kernel::prefetch(numbers.data(), numbers.size());
    kernel::prefetch(&numbers.back());  // a row may end in the line after
  };
  auto const row = data.row(r);
  if constexpr (requires { row.index; }) {
    all_of(row.index);
    all_of(row.value);
  } else {
    all_of(row);
  }
  kernel::prefetch(&data.labels()[r]);
}

}  // namespace detail

KINDRED_END
