// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/solve/strata.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// The biases of a model in the order of strata while they are learned: threads that learn from different groups then write to
// different cache lines, as they do with vectors.
template <real T>
class grouped_biases {
public:
  explicit grouped_biases(strata<T> const& blocks)
      : users_(blocks.users()), items_(blocks.items()), user_(users_.size()), item_(items_.size()) {}

  void take(factor_model<T> const& model) noexcept {
    for (std::size_t k = 0; k != user_.size(); ++k) user_[k] = model.user_biases()[users_[k]];
    for (std::size_t k = 0; k != item_.size(); ++k) item_[k] = model.item_biases()[items_[k]];
  }
  void put_into(factor_model<T>& model) const noexcept {
    for (std::size_t k = 0; k != user_.size(); ++k) model.of(user_id{users_[k]}).bias = user_[k];
    for (std::size_t k = 0; k != item_.size(); ++k) model.of(item_id{items_[k]}).bias = item_[k];
  }
  [[nodiscard]] T& user(index_t place) noexcept { return user_[place]; }
  [[nodiscard]] T& item(index_t place) noexcept { return item_[place]; }

private:
  std::span<index_t const> users_;
  std::span<index_t const> items_;
  buffer<T> user_;
  buffer<T> item_;
};

}  // namespace detail

KINDRED_END
