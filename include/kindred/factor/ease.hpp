// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/item_weights.hpp>
#include <kindred/linalg/positive_inverse.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/divergence.hpp>

#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// Item weights in closed form: the B with zeros on its diagonal that minimizes |X - X B|^2 + regularization |B|^2 for the matrix
// X of all events. (Steck, Embarrassingly shallow autoencoders for sparse data, 2019, equation 8: with P the inverse of
// X'X + regularization I, B[j][i] = - P[j][i] / P[i][i].)
//
// For events whose value says how much; of ratings, take those that are high, with the value 1. Time items^3, and the sum of the
// squares of the lengths of users' rows; memory items^2: made for up to some twenty thousand items. Parallel over items, the
// same bits on any number of threads. The observer hears of one epoch, objective 0. Throws error: setting; numeric when the
// matrix is not positive definite, as with regularization 0, or overflows.
struct ease {
  double regularization = 300;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<item_weights<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    check();
    std::size_t const items = data.item_count();
    std::size_t const stride = padded_size<T>(items);
    buffer<T> p(stride * stride, T{0});
    auto const by_item = data.by_item();
    auto const by_user = data.by_user();
    for_chunks(ex, items, 16, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i != last; ++i) {
        T* const row = p.data() + i * stride;
        auto const who = by_item.row(static_cast<index_t>(i));
        for (std::size_t k = 0; k != who.size(); ++k) {
          auto const what = by_user.row(who.index[k]);
          for (std::size_t j = 0; j != what.size(); ++j) row[what.index[j]] += who.value[k] * what.value[j];
        }
        row[i] += static_cast<T>(regularization);
      }
    });
    if (!positive_inverse(ex, p.span(), items))
      raise(error(error_kind::numeric) << "ease: the products of items with regularization " << regularization
                                       << " are not positive definite, or overflow; more regularization makes them so");
    buffer<T> scale(items);
    for (std::size_t i = 0; i != items; ++i) scale[i] = T{-1} / p[i * stride + i];
    for (std::size_t j = 0; j != items; ++j) {
      T* const row = p.data() + j * stride;
      for (std::size_t i = 0; i != items; ++i) row[i] = i == j ? T{0} : row[i] * scale[i];
    }
    // No score is larger; sums of this size are what overflows first.
    double const reach = static_cast<double>(items) * largest_magnitude(data.by_user().value()) *
                         largest_magnitude(std::span<T const>(p.span()));
    if (!is_finite(static_cast<T>(reach)))
      raise(error(error_kind::numeric) << "ease: values of this size overflow; divide them all by one number");
    static_cast<void>(watch(progress{1, 0}));
    return {item_weights<T>(data, std::move(p)), {1, 0, true}};
  }

  void check() const { check_not_negative("ease: regularization", regularization); }
};

KINDRED_END
