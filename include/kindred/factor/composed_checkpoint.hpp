// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_model.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/run/fit.hpp>

KINDRED_BEGIN

namespace detail {

// What svdpp and asymmetric_svd learn beside vectors and biases: nothing.
struct no_terms {
  static constexpr stored_format format{"no_terms", 1};
  static constexpr void fields(auto&, auto&) {}
};

}  // namespace detail

// A fit by svdpp, asymmetric_svd or what is built on them, between two epochs. The vectors of users in `model` are what is theirs
// alone: finish() adds what they share.
template <real T, class Terms = detail::no_terms>
struct composed_checkpoint {
  factor_model<T> model;
  fit_report report = {};
  bias_model<T> baseline =
      bias_model<T>(ratings<T>());  // what asymmetric_svd compares ratings with; of svdpp, of nobody
  buffer<T> shared = {};            // the rows that users share, as long as those of the model
  Terms terms = {};

  static constexpr stored_format format{"composed_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("model", self.model);
    visit("report", self.report);
    visit("baseline", self.baseline);
    visit("shared", self.shared);
    visit("terms", self.terms);
  }
  void restore() const { check_stored_numbers(shared, "composed_checkpoint"); }
};

KINDRED_END
