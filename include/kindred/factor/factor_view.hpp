// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// What the scores of a factor_model mean: ratings, or an order and nothing else.
struct of_ratings {
  static constexpr bool calibrated = true;
};
struct of_preferences {
  static constexpr bool calibrated = false;
};

// A factor_model that lies somewhere else: in a model, in a mapped file, in memory that programs share. It scores in the same way,
// to the same bits, and lives no longer than what it looks at.
template <real T, class Scale = of_ratings>
class factor_view {
public:
  using value_type = T;
  static constexpr bool calibrated = Scale::calibrated;

  // What it looks at: as many biases and marks (not zero: known) as vectors, a side.
  struct side {
    std::span<T const> bias;
    std::span<std::uint8_t const> known;
    matrix_view<T> vectors;
  };
  factor_view(T mean, side users, side items) noexcept : mean_(mean), users_(users), items_(items) {}

  static constexpr stored_format format{Scale::calibrated ? "factor_model" : "preference_model", 1};
  factor_view(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("mean", self.mean_);
    visit("user_biases", self.users_.bias);
    visit("item_biases", self.items_.bias);
    visit("known_users", self.users_.known);
    visit("known_items", self.items_.known);
    visit("user_vectors", self.users_.vectors);
    visit("item_vectors", self.items_.vectors);
  }
  // What a recommendation reads from end to end; of all else it reads a row. For who maps a file.
  void read_whole(auto const& each) const {
    each(items_.bias);
    each(items_.known);
    each(std::span(items_.vectors.data(), std::size_t{items_.vectors.rows()} * items_.vectors.stride()));
  }
  void restore() const {
    check("users", users_);
    check("items", items_);
    if (users_.vectors.columns() != items_.vectors.columns())
      raise(error(error_kind::format) << "users have " << users_.vectors.columns() << " factors and items "
                                      << items_.vectors.columns());
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return knows(users_, to_index(u)); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return knows(items_, to_index(i)); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    score_each(u, out, [&](std::size_t k) { return items[k]; });
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    score_each(u, out, [&](std::size_t k) { return item_id{to_index(first) + static_cast<index_t>(k)}; });
  }

  [[nodiscard]] index_t factors() const noexcept { return users_.vectors.columns(); }
  [[nodiscard]] T mean() const noexcept { return mean_; }
  [[nodiscard]] std::span<T const> user_biases() const noexcept { return users_.bias; }
  [[nodiscard]] std::span<T const> item_biases() const noexcept { return items_.bias; }
  [[nodiscard]] matrix_view<T> users() const noexcept { return users_.vectors; }
  [[nodiscard]] matrix_view<T> items() const noexcept { return items_.vectors; }

private:
  [[nodiscard]] static bool knows(side const& of, index_t k) noexcept {
    return k < of.known.size() && of.known[k] != 0;
  }

  static void check(char const* what, side const& of) {
    std::size_t const rows = of.vectors.rows();
    if (of.bias.size() != rows || of.known.size() != rows)
      raise(error(error_kind::format) << rows << " vectors of " << what << ", " << of.bias.size() << " biases and "
                                      << of.known.size() << " marks");
  }

  // Padding is zero, so rows can be multiplied with it, in whole vectors of the processor, or without.
  template <class Items>
  void score_each(user_id u, std::span<T> out, Items const& item_at) const noexcept {
    bool const user = knows(u);
    T const base = mean_ + (user ? users_.bias[to_index(u)] : T{0});
    std::size_t const user_stride = users_.vectors.stride();
    std::size_t const stride = items_.vectors.stride();
    std::size_t const width = user_stride < stride ? user_stride : stride;
    T const* const p = user ? users_.vectors.data() + to_index(u) * user_stride : nullptr;
    for (std::size_t k = 0; k != out.size(); ++k) {
      item_id const item = item_at(k);
      out[k] = base;
      if (!knows(item)) continue;
      out[k] += items_.bias[to_index(item)];
      if (user) out[k] += kernel::dot(p, items_.vectors.data() + to_index(item) * stride, width);
    }
  }

  T mean_ = 0;
  side users_;
  side items_;
};

template <real T>
using preference_view = factor_view<T, of_preferences>;

KINDRED_END
