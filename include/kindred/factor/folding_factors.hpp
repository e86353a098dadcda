// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/solve_rows.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/linalg/cholesky.hpp>
#include <kindred/linalg/row_system.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The numbers of a live_rating_model: of users x = (p, b), of items y = (q, 1) and a bias, so that
// score(u, i) = mean + bias(i) + <x(u), y(i)>. Users, and items that were not trained, are solved for one at a time.
template <real T>
class folding_factors {
public:
  // Memory to solve for one after another.
  struct room {
    explicit room(std::size_t columns) : equations(cholesky{}.room<T>(columns)) {}
    cholesky::workspace<T> equations;
    std::vector<T> one;
    std::vector<T> pull;
  };

  // The items of a model, and nobody.
  folding_factors(factor_model<T> const& trained, double regularization, double frequency_power)
      : mean_(trained.mean()),
        regularization_(regularization),
        frequency_power_(frequency_power),
        columns_(trained.factors() + 1),
        stride_(padded_size<T>(std::size_t{columns_})) {
    grow(0, trained.items().rows());
    for (index_t i = 0; i != trained.items().rows(); ++i) {
      if (!trained.knows(item_id{i})) continue;
      item_known_[i] = trained_item;
      item_bias_[i] = trained.item_biases()[i];
      auto const row = trained.items().row(i);
      std::copy(row.begin(), row.end(), vector_of(item_id{i}).begin());
    }
  }

  static constexpr stored_format format{"folding_factors", 1};
  folding_factors(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("mean", self.mean_);
    visit("regularization", self.regularization_);
    visit("frequency_power", self.frequency_power_);
    visit.columns("items", self.columns_);
    std::size_t const stride = padded_size<T>(std::size_t{self.columns_});
    visit("users", self.user_, self.columns_, stride);
    visit("items", self.item_, self.columns_, stride);
    visit("item_biases", self.item_bias_);
    visit("known_items", self.item_known_);
  }
  void restore() {
    check_stored(columns_ != 0, "folding_factors: a column for the biases");
    stride_ = padded_size<T>(std::size_t{columns_});
    check_not_negative("folding_factors: regularization", regularization_);
    check_not_negative("folding_factors: frequency_power", frequency_power_);
    std::size_t const items = item_bias_.size();
    check_stored(item_known_.size() == items && item_.size() == items * stride_ && user_.size() % stride_ == 0,
                 "folding_factors: a vector for everybody and everything");
    for (std::uint8_t const state : item_known_)
      check_stored(state <= folded_item, "folding_factors: a state that items can be in");
    check_stored(measure(), "folding_factors: scores are finite");
  }

  [[nodiscard]] bool knows(item_id i) const noexcept {
    return to_index(i) < item_known_.size() && item_known_[to_index(i)] != unknown_item;
  }
  [[nodiscard]] bool was_trained(item_id i) const noexcept { return item_known_[to_index(i)] == trained_item; }
  void set_known(item_id i) noexcept {
    if (!knows(i)) item_known_[to_index(i)] = folded_item;
  }

  [[nodiscard]] T mean() const noexcept { return mean_; }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }  // factors, and one for the bias
  [[nodiscard]] std::size_t stride() const noexcept { return stride_; }
  [[nodiscard]] std::span<T> vector_of(user_id u) noexcept { return {user_.data() + to_index(u) * stride_, stride_}; }
  [[nodiscard]] std::span<T> vector_of(item_id i) noexcept { return {item_.data() + to_index(i) * stride_, stride_}; }
  [[nodiscard]] T const* row_of(user_id u) const noexcept { return user_.data() + to_index(u) * stride_; }
  [[nodiscard]] T const* row_of(item_id i) const noexcept { return item_.data() + to_index(i) * stride_; }
  [[nodiscard]] T& bias_of(item_id i) noexcept { return item_bias_[to_index(i)]; }
  [[nodiscard]] std::span<T const> item_biases() const noexcept { return item_bias_; }
  [[nodiscard]] matrix_view<T> users() const noexcept {
    return {unchecked, user_.data(), static_cast<index_t>(user_.size() / stride_), columns_, stride_};
  }
  [[nodiscard]] matrix_view<T> items() const noexcept {
    return {unchecked, item_.data(), static_cast<index_t>(item_bias_.size()), columns_, stride_};
  }

  // Scores of a vector of a user, or of nobody's, for the items item_at(0), ...
  template <class ItemAt>
  void score_each(T const* x, std::span<T> out, ItemAt const& item_at) const noexcept {
    for (std::size_t k = 0; k != out.size(); ++k) {
      item_id const i = item_at(k);
      out[k] = mean_;
      if (knows(i)) out[k] += item_bias_[to_index(i)] + (x != nullptr ? kernel::dot(x, row_of(i), stride_) : T{0});
      else if (x != nullptr) out[k] += x[columns_ - 1];
    }
  }

  // Room for so many users and items, never less; of vectors of zero, which nobody knows.
  void grow(index_t users, index_t items) {
    user_.resize((std::max)(user_.size(), users * stride_), T{0});
    std::size_t const before = item_known_.size();  // the last to grow
    std::size_t const now = (std::max)(before, std::size_t{items});
    item_.resize(now * stride_, T{0});
    item_bias_.resize(now, T{0});
    item_known_.resize(now, unknown_item);
    for (std::size_t i = before; i != now; ++i) item_[i * stride_ + columns_ - 1] = 1;
  }

  // The equations of a row of so many ratings, each of them counting `one`.
  [[nodiscard]] row_system<T> equations(matrix_view<T> others, std::span<index_t const> index, std::span<T const> one,
                                        std::span<T const> pull) const noexcept {
    double const ridge = scaled_ridge(regularization_, static_cast<double>(index.size()), frequency_power_);
    return {others, index, one, pull, {}, static_cast<T>(ridge)};
  }
  // The x of somebody with these ratings, of items that are known. Throws error{numeric}, naming them.
  void solve_user(sparse_row<T> row, char const* whose, std::size_t id, std::span<T> x, room& of) const {
    solve(items(), row.index, row.value, item_bias_, whose, id, x, of);
  }
  // The y and the bias of an item with these ratings, from copies of the vectors of those who rated it, with a one in the place of
  // their biases.
  void solve_item(item_id i, sparse_row<T> row, room& of) {
    std::vector<T> others(row.size() * stride_), bias(row.size());
    std::vector<index_t> index(row.size());
    for (std::size_t k = 0; k != row.size(); ++k) {
      T* const to = others.data() + k * stride_;
      std::copy_n(row_of(user_id{row.index[k]}), stride_, to);
      bias[k] = std::exchange(to[columns_ - 1], T{1});
      index[k] = static_cast<index_t>(k);
    }
    matrix_view<T> const raters(unchecked, others.data(), static_cast<index_t>(row.size()), columns_, stride_);
    auto const y = vector_of(i);
    solve(raters, index, row.value, bias, "item", to_index(i), y, of);
    bias_of(i) = std::exchange(y[columns_ - 1], T{1});
  }

  // The largest numbers there are, which bound what scores can be.
  struct extent {
    double user = 0, item = 1, bias = 0;

    void take_in(std::span<T const> x) noexcept { user = (std::max)(user, largest_magnitude(x)); }
    void take_in(std::span<T const> y, T b) noexcept {
      item = (std::max)(item, largest_magnitude(y));
      bias = (std::max)(bias, largest_magnitude(std::span<T const>(&b, 1)));
    }
  };
  [[nodiscard]] extent const& reach() const noexcept { return reach_; }
  void set_reach(extent const& now) noexcept { reach_ = now; }
  // Measures all of them; whether all scores are finite.
  [[nodiscard]] bool measure() noexcept {
    reach_ = {};
    reach_.take_in(user_);
    reach_.take_in(item_, T{0});
    reach_.bias = largest_magnitude(item_biases());
    return allows(reach_);
  }
  [[nodiscard]] bool allows(extent const& of) const noexcept {
    double const mean = mean_ < 0 ? -static_cast<double>(mean_) : static_cast<double>(mean_);
    return is_finite(static_cast<T>(mean + of.bias + static_cast<double>(stride_) * of.user * of.item));
  }

private:
  enum item_state : std::uint8_t { unknown_item, trained_item, folded_item };

  void solve(matrix_view<T> others, std::span<index_t const> index, std::span<T const> value, std::span<T const> bias,
             char const* whose, std::size_t id, std::span<T> x, room& of) const {
    of.one.assign(index.size(), T{1});
    of.pull.resize(index.size());
    for (std::size_t k = 0; k != index.size(); ++k) of.pull[k] = value[k] - mean_ - bias[index[k]];
    if (!is_finite(cholesky{}.solve(equations(others, index, of.one, of.pull), x, of.equations)))
      raise(error(error_kind::numeric).at(id)
            << "the equations of " << whose << ' ' << id << " are not positive definite, or overflow");
  }

  T mean_ = 0;
  double regularization_ = 0;
  double frequency_power_ = 1;
  index_t columns_ = 1;
  std::size_t stride_ = padded_size<T>(std::size_t{1});
  std::vector<T> user_;
  std::vector<T> item_;
  std::vector<T> item_bias_;
  std::vector<std::uint8_t> item_known_;
  extent reach_;
};

}  // namespace detail

KINDRED_END
