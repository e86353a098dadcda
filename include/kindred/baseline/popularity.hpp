// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Scores every item by how many people rated it, the same for every user: what to say to somebody of whom nothing is known,
// and the recommender that any other has to beat.
//
// Knows every user, seen or not, so it ends a fallback. An item that nobody rated is not known and scores 0. Not a
// predictor: a count is not a rating.
template <real T>
class popularity_model {
public:
  using value_type = T;

  explicit popularity_model(std::vector<T> count) noexcept : count_(std::move(count)) {}

  static constexpr stored_format format{"popularity_model", 1};
  popularity_model(blank) noexcept {}
  static void fields(auto& self, auto& visit) { visit("counts", self.count_); }
  void restore() const { check_stored_numbers(count_, "popularity_model"); }

  [[nodiscard]] bool knows(user_id) const noexcept { return true; }
  [[nodiscard]] bool knows(item_id i) const noexcept { return count_of(i) > 0; }

  void score(user_id, std::span<item_id const> items, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = count_of(items[k]);
  }

  void score_range(user_id, item_id first, std::span<T> out) const noexcept {
    std::size_t const from = (std::min)(count_.size(), std::size_t{to_index(first)});
    std::size_t const held = (std::min)(count_.size() - from, out.size());
    std::copy_n(count_.begin() + static_cast<std::ptrdiff_t>(from), held, out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(held), out.end(), T{0});
  }

  friend bool operator==(popularity_model const&, popularity_model const&) = default;

private:
  [[nodiscard]] T count_of(item_id i) const noexcept {
    return to_index(i) < count_.size() ? count_[to_index(i)] : T{0};
  }

  std::vector<T> count_;
};

// Counts ratings; where ratings have weights, adds these up. O(ratings).
struct popularity {
  template <real T, executor E, observer O>
  [[nodiscard]] fitted<popularity_model<T>> fit(ratings<T> const& data, E&, O&) const {
    std::vector<T> count(data.item_count());
    for (index_t i = 0; i != data.item_count(); ++i) {
      count[i] = static_cast<T>(data.of(item_id{i}).size());
      if (!data.weighted()) continue;
      double sum = 0;
      for (T const w : data.weights(item_id{i})) sum += static_cast<double>(w);
      count[i] = static_cast<T>(sum);
      if (!is_finite(count[i]))
        raise(error(error_kind::numeric).at(i) << "popularity: the weights of item " << i << " add up to infinity");
    }
    return {popularity_model<T>(std::move(count)), {}};
  }
};

KINDRED_END
