// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_view.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

// The setting of every recipe that trains vectors. Throws error{setting}, naming the recipe, above 65536.
inline void check_factors(char const* recipe, index_t factors) {
  if (factors > 65536)
    raise(error(error_kind::setting) << recipe << ": factors = " << factors << "; vectors have at most 65536 numbers");
}

// Users and items as vectors: score(u, i) = mean + bias(u) + bias(i) + <vector(u), vector(i)>.
//
// What every factorization solver trains: of ratings a predictor, of clicks (Scale = of_preferences) a scorer. A user or item
// without a rating in training is not known and has a zero bias and a zero vector, so that its score falls back on what the
// other side says, and on the mean when neither is known. Rows of factors are padded with zeros to whole cache lines.
// Memory: (factors + 1) numbers a user and an item. One score costs 2 x factors flops.
template <real T, class Scale = of_ratings>
class factor_model {
public:
  using value_type = T;
  static constexpr bool calibrated = Scale::calibrated;

  // An untrained model, all zeros, to be filled by a solver.
  factor_model(index_t users, index_t items, index_t factors)
      : factors_(factors),
        stride_(padded_size<T>(factors)),
        user_bias_(users, T{0}),
        item_bias_(items, T{0}),
        user_known_(users, 0),
        item_known_(items, 0),
        user_vector_(std::size_t{users} * stride_, T{0}),
        item_vector_(std::size_t{items} * stride_, T{0}) {}

  static constexpr stored_format format = factor_view<T, Scale>::format;
  factor_model(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("mean", self.mean_);
    visit("user_biases", self.user_bias_);
    visit("item_biases", self.item_bias_);
    visit("known_users", self.user_known_);
    visit("known_items", self.item_known_);
    visit.columns("user_vectors", self.factors_);
    visit("user_vectors", self.user_vector_, self.factors_, padded_size<T>(self.factors_));
    visit("item_vectors", self.item_vector_, self.factors_, padded_size<T>(self.factors_));
  }
  void restore() {
    stride_ = padded_size<T>(factors_);
    if (user_vector_.size() != user_bias_.size() * stride_ || item_vector_.size() != item_bias_.size() * stride_)
      raise(error(error_kind::format) << "a factor_model of " << user_bias_.size() << " users and " << item_bias_.size()
                                      << " items has more or fewer vectors");
    view().restore();
    if (!is_finite(reach())) raise(error(error_kind::format) << "a factor_model of numbers that are not finite");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    return to_index(u) < user_known_.size() && user_known_[to_index(u)] != 0;
  }
  [[nodiscard]] bool knows(item_id i) const noexcept {
    return to_index(i) < item_known_.size() && item_known_[to_index(i)] != 0;
  }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    view().score(u, items, out);
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept { view().score_range(u, first, out); }

  // The same model, not owned.
  [[nodiscard]] factor_view<T, Scale> view() const noexcept {
    return {mean_, {user_bias_.span(), user_known_.span(), users()}, {item_bias_.span(), item_known_.span(), items()}};
  }

  // No score is larger in magnitude; infinite or NaN when a parameter is not a finite number.
  [[nodiscard]] double reach() const noexcept {
    return std::abs(static_cast<double>(mean_)) + largest_magnitude(user_biases()) + largest_magnitude(item_biases()) +
           factors_ * largest_magnitude(user_vector_.span()) * largest_magnitude(item_vector_.span());
  }

  [[nodiscard]] index_t factors() const noexcept { return factors_; }
  [[nodiscard]] T mean() const noexcept { return mean_; }
  [[nodiscard]] std::span<T const> user_biases() const noexcept { return user_bias_.span(); }
  [[nodiscard]] std::span<T const> item_biases() const noexcept { return item_bias_.span(); }
  [[nodiscard]] matrix_view<T> users() const noexcept {
    return {unchecked, user_vector_.data(), static_cast<index_t>(user_bias_.size()), factors_, stride_};
  }
  [[nodiscard]] matrix_view<T> items() const noexcept {
    return {unchecked, item_vector_.data(), static_cast<index_t>(item_bias_.size()), factors_, stride_};
  }

  // What a solver writes: the parameters of one user or item. vector() is the padded row; keep its padding zero.
  struct parameters {
    T& bias;
    std::span<T> vector;
  };
  [[nodiscard]] parameters of(user_id u) noexcept {
    return {user_bias_[to_index(u)], {user_vector_.data() + to_index(u) * stride_, stride_}};
  }
  [[nodiscard]] parameters of(item_id i) noexcept {
    return {item_bias_[to_index(i)], {item_vector_.data() + to_index(i) * stride_, stride_}};
  }
  void set_mean(T mean) noexcept { mean_ = mean; }
  void set_known(user_id u) noexcept { user_known_[to_index(u)] = 1; }
  void set_known(item_id i) noexcept { item_known_[to_index(i)] = 1; }

  friend bool operator==(factor_model const&, factor_model const&) = default;

private:
  index_t factors_ = 0;
  std::size_t stride_ = 0;
  T mean_ = 0;
  buffer<T> user_bias_;
  buffer<T> item_bias_;
  buffer<std::uint8_t> user_known_;
  buffer<std::uint8_t> item_known_;
  buffer<T> user_vector_;
  buffer<T> item_vector_;
};

template <real T>
using preference_model = factor_model<T, of_preferences>;

KINDRED_END
