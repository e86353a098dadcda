// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>

KINDRED_BEGIN

// The cosine of the vectors of two items: rows of factors or of embeddings. Does not own. 0 for items without a vector.
template <real T>
struct alike_by_vectors {
  matrix_view<T> vectors;

  [[nodiscard]] T operator()(item_id i, item_id j) const noexcept {
    if (to_index(i) >= vectors.rows() || to_index(j) >= vectors.rows()) return T{0};
    auto const a = vectors.row(to_index(i)), b = vectors.row(to_index(j));
    auto const p = kernel::products_of(a.data(), b.data(), a.size());
    return p.aa > 0 && p.bb > 0 ? p.ab / (std::sqrt(p.aa) * std::sqrt(p.bb)) : T{0};
  }
};

KINDRED_END
