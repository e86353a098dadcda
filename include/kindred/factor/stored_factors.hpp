// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/kernel/half.hpp>
#include <kindred/kernel/prefetch.hpp>
#include <kindred/kernel/storage.hpp>
#include <kindred/kernel/whole_products.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// A factor_model for serving, in half the memory (Number = kernel::half) or a quarter (std::int8_t): items are stored in short
// numbers, users as they are. Ranking a catalog is reading it, so it is faster by as much where the catalog does not fit a cache.
//
// A score is off by what kernel/storage.hpp says of a product of a row and a stored row: by halves a part in two thousand, by
// int8 a part in 250 of the largest number of the item's vector, times the sum of |p|. With int8, up to 512 factors, the user's
// vector is rounded to 16 bits for the product, a part in 65000 of its largest number. Biases and the mean are kept in full.
// Numbers that a half cannot hold, of 65520 and more, are error{numeric}: such vectors come of ratings in the billions.
template <class Number, class Scale = of_ratings>
  requires std::same_as<Number, kernel::half> || std::same_as<Number, std::int8_t>
class stored_factors {
public:
  using value_type = float;
  static constexpr bool calibrated = Scale::calibrated;

  explicit stored_factors(factor_model<float, Scale> const& model)
      : factors_(model.factors()),
        mean_(model.mean()),
        user_bias_(model.user_biases().begin(), model.user_biases().end()),
        item_bias_(model.item_biases().begin(), model.item_biases().end()),
        user_known_(user_bias_.size()),
        item_known_(item_bias_.size()),
        user_(user_bias_.size() * factors_),
        item_(item_bias_.size() * factors_),
        scale_(std::same_as<Number, std::int8_t> ? item_bias_.size() : 0) {
    for (index_t u = 0; u != user_bias_.size(); ++u) {
      user_known_[u] = model.knows(user_id{u}) ? 1 : 0;
      auto const row = model.users().row(u);
      std::copy(row.begin(), row.end(), user_.begin() + static_cast<std::ptrdiff_t>(std::size_t{u} * factors_));
    }
    for (index_t i = 0; i != item_bias_.size(); ++i) {
      item_known_[i] = model.knows(item_id{i}) ? 1 : 0;
      auto const to = std::span(item_).subspan(std::size_t{i} * factors_, factors_);
      if constexpr (std::same_as<Number, std::int8_t>) scale_[i] = kernel::store(model.items().row(i), to);
      else {
        kernel::store(model.items().row(i), to);
        check_halves(to, i);
      }
    }
  }

  static constexpr stored_format format{calibrated ? "stored_factors" : "stored_preferences", 1};
  stored_factors(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("mean", self.mean_);
    visit("user_biases", self.user_bias_);
    visit("item_biases", self.item_bias_);
    visit("known_users", self.user_known_);
    visit("known_items", self.item_known_);
    visit.columns("user_vectors", self.factors_);
    visit("user_vectors", self.user_, self.factors_);
    visit("item_vectors", self.item_, self.factors_);
    visit("item_scales", self.scale_);
  }
  void restore() const {
    std::size_t const users = user_bias_.size(), items = item_bias_.size();
    check_stored(user_known_.size() == users && item_known_.size() == items && user_.size() == users * factors_ &&
                     item_.size() == items * factors_ &&
                     scale_.size() == (std::same_as<Number, std::int8_t> ? items : 0),
                 "stored_factors: as many vectors, biases and marks");
    check_stored(is_finite(mean_), "stored_factors: the mean is finite");
    for (auto const* const numbers : {&user_bias_, &item_bias_, &user_, &scale_})
      check_stored_numbers(*numbers, "stored_factors");
    if constexpr (std::same_as<Number, kernel::half>)
      for (kernel::half const h : item_)
        check_stored(is_finite(kernel::to_float(h)), "stored_factors: halves are finite");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    return to_index(u) < user_known_.size() && user_known_[to_index(u)] != 0;
  }
  [[nodiscard]] bool knows(item_id i) const noexcept {
    return to_index(i) < item_known_.size() && item_known_[to_index(i)] != 0;
  }

  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    score_each<false>(u, out, [&](std::size_t k) { return items[k]; });
  }
  void score_range(user_id u, item_id first, std::span<float> out) const noexcept {
    score_each<true>(u, out, [&](std::size_t k) { return item_id{to_index(first) + static_cast<index_t>(k)}; });
  }

private:
  static void check_halves(std::span<kernel::half const> row, index_t i) {
    for (kernel::half const h : row)
      if (!is_finite(kernel::to_float(h)))
        raise(error(error_kind::numeric).at(i)
              << "stored_factors: the vector of item " << i << " has numbers that are too large for a half");
  }

  static constexpr std::size_t ahead = 32;
  static constexpr std::size_t together = 64;

  template <bool InOrder, class ItemAt>
  void score_each(user_id u, std::span<float> out, ItemAt const& item_at) const noexcept {
    bool const user = knows(u);
    float const base = mean_ + (user ? user_bias_[to_index(u)] : 0.0f);
    auto const p = user ? std::span(user_).subspan(std::size_t{to_index(u)} * factors_, factors_) : dense_row<float>{};
    if constexpr (std::same_as<Number, std::int8_t>) {
      if (factors_ <= kernel::longest_whole_product) {
        std::array<std::int16_t, kernel::longest_whole_product> whole;
        auto const to = std::span(whole).first(p.size());
        kernel::int16_row const query{to, kernel::store(p, to)};
        std::size_t done = 0;
        if constexpr (InOrder)
          for (; done + together <= out.size(); done += together) {
            std::size_t const first = to_index(item_at(done));
            if (first + together > item_bias_.size()) break;
            score_rows(user, base, query, first, std::span<float, together>(out.subspan(done, together)));
          }
        score_items(user, base, query, out.subspan(done), [&](std::size_t k) { return item_at(done + k); });
        return;
      }
    }
    score_items(user, base, p, out, item_at);
  }

  // One function for items in order and not, so that compilers round alike in both.
  static float with_product(float value, std::int32_t product, float scale) noexcept {
    float const term = static_cast<float>(product) * scale;
    return value + term;
  }

  // Items one after the other, all of which there are: products with the query are made of many rows together, and lie in
  // between as what they are, whole numbers.
  void score_rows(bool user, float base, kernel::int16_row query, std::size_t first,
                  std::span<float, together> out) const noexcept {
    std::array<std::int32_t, together> product{};
    if (user) {
      std::int8_t const* const rows = item_.data() + first * factors_;
      kernel::whole_products(query.value, [&](std::size_t k) { return rows + k * factors_; }, together, product.data());
    }
    float const* const bias = item_bias_.data() + first;
    float const* const scale = scale_.data() + first;
    std::uint8_t const* const known = item_known_.data() + first;
    for (std::size_t k = 0; k != together; ++k) {
      float const value = with_product(base + bias[k], product[k], query.scale * scale[k]);
      out[k] = known[k] != 0 ? value : base;
    }
  }

  template <class Query, class ItemAt>
  void score_items(bool user, float base, Query const& query, std::span<float> out,
                   ItemAt const& item_at) const noexcept {
    for (std::size_t k = 0; k != out.size(); ++k) {
      item_id const i = item_at(k);
      out[k] = base;
      if (!knows(i)) continue;
      std::size_t const at = to_index(i);
      out[k] += item_bias_[at];
      if (!user) continue;
      // Where items are met in order, a row that is needed soon; processors do not look far enough ahead by themselves.
      kernel::prefetch(item_.data() + (std::min)(at + ahead, item_bias_.size() - 1) * factors_);
      auto const q = std::span<Number const>(item_).subspan(at * factors_, factors_);
      if constexpr (std::same_as<Query, kernel::int16_row>)
        out[k] = with_product(out[k], kernel::whole_product(query.value, q), query.scale * scale_[at]);
      else if constexpr (std::same_as<Number, std::int8_t>)
        out[k] += kernel::dot(query, kernel::int8_row{q, scale_[at]});
      else out[k] += kernel::dot(query, q);
    }
  }

  index_t factors_ = 0;
  float mean_ = 0;
  std::vector<float> user_bias_;
  std::vector<float> item_bias_;
  std::vector<std::uint8_t> user_known_;
  std::vector<std::uint8_t> item_known_;
  std::vector<float> user_;
  std::vector<Number> item_;
  std::vector<float> scale_;
};

KINDRED_END
