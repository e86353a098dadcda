// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/patchable_rows.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

KINDRED_BEGIN

namespace detail {

// One row against all that share a column with it, among rows that change between the questions: what all_pairs does once
// for all. The same numbers, bit by bit, as the similarity of the two rows.
template <real T, class S>
class live_rows {
  // Sums are added along the columns of the row, unless that takes something of every row for each of them.
  static constexpr bool adds_up = co_rated<S> && !centers_rows<S>;
  struct nothing {};

public:
  explicit live_rows(patchable_rows<T> const& rows) {
    for (index_t r = 0; r != rows.rows(); ++r) changed(rows, r);
  }

  // To be called for a row after it changed, or came.
  void changed(patchable_rows<T> const& rows, index_t r) {
    if (whole_.size() < rows.rows()) {
      count_.resize(rows.rows());
      if constexpr (adds_up) shared_.resize(rows.rows());
      whole_.resize(rows.rows());  // last: it says for how many there is room
    }
    whole_[r] = sums_of(rows.row(r));
  }

  // Calls visit(other, value, back) for every row that shares a column with r: `value` is what makes the other a neighbor of
  // r, `back` what makes r one of the other; zero below min_shared.
  template <class Visit>
  void each_near(S const& how, patchable_rows<T> const& rows, patchable_rows<T> const& columns,
                 std::uint32_t min_shared, index_t r, Visit const& visit) {
    auto const row = rows.row(r);
    for (index_t const other : met_) {  // of a question that ended with an error
      count_[other] = 0;
      if constexpr (adds_up) shared_[other] = {};
    }
    met_.clear();
    for (std::size_t k = 0; k != row.size(); ++k) {
      auto const column = columns.row(row.index[k]);
      for (std::size_t j = 0; j != column.size(); ++j) {
        index_t const other = column.index[j];
        if (other == r) continue;
        if (count_[other] == 0) met_.push_back(other);
        ++count_[other];
        if constexpr (adds_up)
          shared_[other].add(static_cast<double>(row.value[k]), static_cast<double>(column.value[j]));
      }
    }
    for (index_t const other : met_) {
      bool const enough = count_[other] >= min_shared;
      count_[other] = 0;
      T const value = enough ? one_way(how, rows, r, other) : T{0};
      T const back = !enough || traits_of<S>.symmetric ? value : pair(how, rows, other, r);
      if constexpr (adds_up) shared_[other] = {};
      if (!is_finite(value) || !is_finite(back))
        raise(error(error_kind::numeric).at(r, other)
              << "the similarity of rows " << r << " and " << other << " is not a finite number");
      visit(other, value, back);
    }
    met_.clear();
  }

private:
  [[nodiscard]] T one_way(S const& how, patchable_rows<T> const& rows, index_t r, index_t other) const noexcept {
    if constexpr (adds_up)
      return static_cast<T>(how.finish(shared_[other], facts(how, rows, r), facts(how, rows, other)));
    else return pair(how, rows, r, other);
  }

  [[nodiscard]] static T pair(S const& how, patchable_rows<T> const& rows, index_t a, index_t b) noexcept {
    if constexpr (co_rated<S>) return static_cast<T>(similarity_of(how, rows.row(a), rows.row(b), rows.columns()));
    else return static_cast<T>(how(rows.row(a), rows.row(b)));
  }

  [[nodiscard]] auto facts(S const& how, patchable_rows<T> const& rows, index_t r) const noexcept {
    row_sums whole = whole_[r];
    whole.columns = rows.columns();
    return row_facts_of(how, whole);
  }

  std::vector<row_sums> whole_;
  std::vector<std::uint32_t> count_;  // of the columns shared with the row in question
  std::vector<index_t> met_;
  std::vector<typename decltype([] {
    if constexpr (adds_up) return std::type_identity<typename S::sums>{};
    else return std::type_identity<nothing>{};
  }())::type>
      shared_;
};

}  // namespace detail

KINDRED_END
