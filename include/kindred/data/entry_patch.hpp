// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/patchable_rows.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace detail {

// An entry that is set, and set back when nobody says that it is to stay: for updates that change all or nothing.
template <real T>
class entry_patch {
public:
  entry_patch(patchable_rows<T>& rows, index_t r, index_t column, T value) : rows_(rows), r_(r), column_(column) {
    auto const row = rows.row(r);
    std::size_t const at = position_of(row.index, column);
    if (at != row.size()) before_ = row.value[at];
    added_ = rows.set(r, column, value);
  }
  entry_patch(entry_patch const&) = delete;
  entry_patch& operator=(entry_patch const&) = delete;
  ~entry_patch() {
    if (kept_) return;
    if (added_) rows_.erase(r_, column_);
    else rows_.set(r_, column_, before_);  // in its place: no memory is asked for
  }
  void keep() noexcept { kept_ = true; }

private:
  patchable_rows<T>& rows_;
  index_t r_;
  index_t column_;
  T before_ = 0;
  bool added_;
  bool kept_ = false;
};

}  // namespace detail

KINDRED_END
