// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/testing/laws/result.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

KINDRED_BEGIN

namespace testing {

// The laws of a comparison of rows, which are those that it declares in its traits: finite and between lowest and
// highest; symmetric to the bit, if it says so; no detour shorter than the direct way, if it says that it is a metric.
// Bounds and detours up to rounding. Tries all pairs, or triples, of the rows given; law_rows has some that are hard.
template <class Row, comparison<Row> F>
law_result check_comparison(F const& f, std::span<Row const> rows) {
  using detail::broken;
  using T = std::remove_cvref_t<decltype(f(rows[0], rows[0]))>;
  constexpr comparison_traits traits = traits_of<F>;
  double const blur = 32 * static_cast<double>(std::numeric_limits<T>::epsilon());
  std::size_t const n = rows.size();
  std::vector<T> value;  // of all pairs, for the triples
  for (Row const& a : rows)
    for (Row const& b : rows) value.push_back(f(a, b));
  for (std::size_t a = 0; a != n; ++a)
    for (std::size_t b = 0; b != n; ++b) {
      T const ab = value[a * n + b];
      auto const at = [&](char const* law) {
        return broken(law) << "of rows " << a << " and " << b << " it makes " << ab;
      };
      if (!is_finite(ab)) return at("comparisons are finite");
      auto const found = static_cast<double>(ab);
      if (found < traits.lowest - blur || found > traits.highest + blur)
        return at("comparisons keep their bounds")
               << ", and says that it goes from " << traits.lowest << " to " << traits.highest;
      if (T const ba = value[b * n + a]; traits.symmetric && !(ab == ba))
        return at("f(a, b) == f(b, a)") << ", and the other way round " << ba;
      if (!traits.triangle) continue;
      for (std::size_t c = 0; c != n; ++c) {
        auto const direct = static_cast<double>(value[a * n + c]), on = static_cast<double>(value[b * n + c]);
        if (direct > found + on + blur * (1 + std::abs(direct)))
          return broken("f(a, c) <= f(a, b) + f(b, c)") << "from row " << a << " to row " << c << " it is " << direct
                                                        << ", by way of row " << b << " " << found << " and " << on;
      }
    }
  return {};
}

// The laws of a co_rated similarity: finite, and zero where no column is shared.
template <co_rated S, real T>
law_result check_co_rated(S const& s, std::span<sparse_row<T> const> rows) {
  for (std::size_t a = 0; a != rows.size(); ++a)
    for (std::size_t b = 0; b != rows.size(); ++b) {
      double const value = similarity_of(s, rows[a], rows[b]);
      bool shared = false;
      for (index_t const column : rows[a].index)
        shared = shared || position_of(rows[b].index, column) != rows[b].size();
      if (!is_finite(value) || (!shared && value != 0))
        return detail::broken(shared ? "similarities are finite" : "no evidence is zero")
               << "rows " << a << " and " << b << " have the similarity " << value;
    }
  return {};
}

}  // namespace testing

KINDRED_END
