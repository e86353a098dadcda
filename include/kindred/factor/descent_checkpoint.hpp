// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/fit.hpp>

#include <vector>

KINDRED_BEGIN

namespace detail {

// What factors leave of the ratings, in rows by user and by item. Kept with them: taken anew from the factors it would be the same
// numbers but for their last digits.
template <real T>
struct rating_residuals {
  std::vector<T> by_user;
  std::vector<T> by_item;

  rating_residuals() = default;
  explicit rating_residuals(ratings<T> const& data)
      : by_user(data.by_user().value().begin(), data.by_user().value().end()),
        by_item(data.by_item().value().begin(), data.by_item().value().end()) {}

  static constexpr stored_format format{"rating_residuals", 1};
  static void fields(auto& self, auto& visit) {
    visit("by_user", self.by_user);
    visit("by_item", self.by_item);
  }
  void restore() const {
    check_stored_numbers(by_user, "rating_residuals");
    check_stored_numbers(by_item, "rating_residuals");
  }
};

}  // namespace detail

// A fit by coordinate descent, ccd or nmf, between two sweeps. Two numbers a rating, beside the model.
template <real T, class Model>
struct descent_checkpoint {
  Model model;
  fit_report report = {};
  detail::rating_residuals<T> left = {};

  static constexpr stored_format format{"descent_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("model", self.model);
    visit("report", self.report);
    visit("left", self.left);
  }
};

KINDRED_END
