// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/features.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What one user is known by. With x(i) the features of item i at length one, w(i) how much of it goes into the profile, and
// t what items are like on average,
//
//   profile = sum over i of w(i) (x(i) - contrast t) + wish          at length one, that is, divided by its length
//
// of which the part along t is kept as one number, or the profile would not be sparse.
template <real T>
struct user_rows {
  std::vector<index_t> column;
  std::vector<T> drawn;  // (sum over i of w(i) x(i) + wish) / length
  double typical = 0;    // contrast (sum over i of w(i)) / length
  std::vector<index_t> item;
  std::vector<T> liked;   // w(i) / length
  std::vector<T> wished;  // wish / length, in the columns of the wish
};

// Makes the rows of one user after the other; keeps scratch of the size of all columns.
template <real T>
class profile_maker {
public:
  profile_maker(features<T, item_id> const& about, std::span<T const> inverse_length, double contrast)
      : about_(about),
        inverse_length_(inverse_length),
        contrast_(contrast),
        sum_(about.columns()),
        met_(about.columns()) {
    for (double const t : about.typical()) typical_squares_ += t * t;
  }

  // `weight` is beside the items of `said`. Gives nothing at all when the weights cancel out, or the user's items are like all
  // others: what rounding leaves is no profile. Throws error{numeric} for a weight of which sums would overflow.
  user_rows<T> const& operator()(user_id user, std::span<index_t const> said, std::span<T const> weight,
                                 sparse_row<T> wish) {
    made_ = {};
    double largest = 0;  // all is divided by it, so that no square overflows
    for (std::size_t k = 0; k != said.size(); ++k) {
      if (!is_finite(weight[k]) || std::abs(weight[k]) > (std::numeric_limits<T>::max)() / 65536)
        raise(error(error_kind::numeric).at(to_index(user), said[k])
              << "what user " << to_index(user) << " said of item " << said[k] << " weighs " << weight[k]
              << "; sums of such numbers overflow");
      if (weight[k] == 0 || length_of(said[k]) == 0) continue;
      made_.item.push_back(said[k]);
      made_.liked.push_back(weight[k]);
      largest = (std::max)(largest, static_cast<double>(std::abs(weight[k])));
    }
    for (T const w : wish.value) largest = (std::max)(largest, static_cast<double>(std::abs(w)));
    if (!(largest > 0)) return made_ = {};

    double total = 0, balance = 0;
    for (std::size_t k = 0; k != made_.item.size(); ++k) {
      double const w = static_cast<double>(made_.liked[k]) / largest;
      total += std::abs(w);
      balance += w;
      add(about_.of(item_id{made_.item[k]}), w * static_cast<double>(length_of(made_.item[k])));
    }
    for (T const w : wish.value) total += std::abs(static_cast<double>(w)) / largest;
    add(wish, 1 / largest);
    std::sort(made_.column.begin(), made_.column.end());
    double const length = length_beside(contrast_ * balance);
    bool const rounding = !(length > std::sqrt(static_cast<double>(std::numeric_limits<T>::epsilon())) * total);
    finish(rounding ? 0 : length, largest, wish);
    made_.typical = rounding ? 0 : contrast_ * balance / length;
    return made_;
  }

private:
  [[nodiscard]] T length_of(index_t item) const noexcept {
    return item < inverse_length_.size() ? inverse_length_[item] : T{0};
  }

  void add(sparse_row<T> row, double scale) {
    for (std::size_t k = 0; k != row.size(); ++k) {
      index_t const c = row.index[k];
      if (met_[c] == 0) made_.column.push_back(c);
      met_[c] = 1;
      sum_[c] += scale * static_cast<double>(row.value[k]);
    }
  }

  // |sum - b t|, where t has columns that the sum has not.
  [[nodiscard]] double length_beside(double b) const noexcept {
    auto const t = about_.typical();
    double squares = b * b * typical_squares_;
    for (index_t const c : made_.column) squares += sum_[c] * (sum_[c] - 2 * b * t[c]);
    return squares > 0 ? std::sqrt(squares) : 0;
  }

  // Divides everything by the length, and clears the scratch; a length of zero leaves nothing.
  void finish(double length, double largest, sparse_row<T> wish) {
    for (index_t const c : made_.column) {
      if (length != 0) made_.drawn.push_back(static_cast<T>(sum_[c] / length));
      sum_[c] = 0;
      met_[c] = 0;
    }
    if (length == 0) {
      made_ = {};
      return;
    }
    for (T& w : made_.liked) w = static_cast<T>(static_cast<double>(w) / largest / length);
    for (T const w : wish.value) made_.wished.push_back(static_cast<T>(static_cast<double>(w) / largest / length));
  }

  features<T, item_id> const& about_;
  std::span<T const> inverse_length_;
  double contrast_;
  double typical_squares_ = 0;
  std::vector<double> sum_;
  std::vector<std::uint8_t> met_;
  user_rows<T> made_;
};

}  // namespace detail

KINDRED_END
