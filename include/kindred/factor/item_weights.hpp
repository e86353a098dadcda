// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/linalg/cholesky_factor.hpp>
#include <kindred/score/explainer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A weight from every item to every item: score(u, i) = sum over the events (j, value) of u of value weight(j, i).
//
// What ease trains. It keeps the events of users, and items^2 numbers: 400 MB for ten thousand items in float. A score costs a
// product an event of the user; ranges of items are scored along the rows. Users without events and items without any are
// not known, and score zero.
template <real T>
class item_weights {
public:
  using value_type = T;

  // `weight` has items rows of padded_size(items) numbers; row j is what an event of item j says of all items.
  item_weights(ratings<T> const& data, buffer<T> weight)
      : history_(data.by_user()),
        weight_(std::move(weight)),
        known_(data.item_count()),
        stride_(padded_size<T>(data.item_count())) {
    for (index_t i = 0; i != data.item_count(); ++i) known_[i] = data.of(item_id{i}).empty() ? 0 : 1;
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    return to_index(u) < history_.rows() && !history_.row(to_index(u)).empty();
  }
  [[nodiscard]] bool knows(item_id i) const noexcept { return to_index(i) < known_.size() && known_[to_index(i)] != 0; }

  [[nodiscard]] T weight(item_id from, item_id to) const noexcept {
    return knows(from) && knows(to) ? weight_[to_index(from) * stride_ + to_index(to)] : T{0};
  }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    if (!knows(u)) return;
    auto const row = history_.row(to_index(u));
    for (std::size_t k = 0; k != items.size(); ++k) {
      if (!knows(items[k])) continue;
      for (std::size_t j = 0; j != row.size(); ++j)
        out[k] = math::multiply_add(row.value[j], weight_[row.index[j] * stride_ + to_index(items[k])], out[k]);
    }
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    if (!knows(u) || to_index(first) >= known_.size()) return;
    std::size_t const count = (std::min)(out.size(), known_.size() - to_index(first));
    auto const row = history_.row(to_index(u));
    for (std::size_t j = 0; j != row.size(); ++j)
      kernel::axpy(row.value[j], weight_.data() + row.index[j] * stride_ + to_index(first), out.data(), count);
    for (std::size_t k = 0; k != count; ++k)
      if (known_[to_index(first) + k] == 0) out[k] = 0;
  }

  // Which events of u make up the score of i.
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    if (!knows(u) || !knows(i)) return {T{0}, 0};
    auto const before = [](evidence<T> const& a, evidence<T> const& b) {
      return std::abs(a.share) != std::abs(b.share) ? std::abs(a.share) > std::abs(b.share) : a.id < b.id;
    };
    auto const row = history_.row(to_index(u));
    std::size_t count = 0;
    for (std::size_t j = 0; j != row.size(); ++j) {
      evidence<T> const one{evidence_kind::item, row.index[j], row.value[j] * weight(item_id{row.index[j]}, i)};
      if (one.share == 0 || (count == out.size() && (count == 0 || !before(one, out[count - 1])))) continue;
      std::size_t place = count == out.size() ? count - 1 : count++;
      for (; place != 0 && before(one, out[place - 1]); --place) out[place] = out[place - 1];
      out[place] = one;
    }
    return {T{0}, count};
  }

private:
  csr<T> history_;
  buffer<T> weight_;
  std::vector<std::uint8_t> known_;
  std::size_t stride_;
};

KINDRED_END
