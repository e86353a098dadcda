// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/patchable_rows.hpp>

#include "../../support/ratings.hpp"

#include <kindred/data/csr.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <map>
#include <utility>

using kindred::index_t;

TEST_CASE_TEMPLATE("patchable_rows: what a map holds after the same changes", T, float, double) {
  auto const data = support::random_ratings<T>(12, 9, 0.4, 3);
  kindred::patchable_rows<T> rows(data.by_user());
  std::map<std::pair<index_t, index_t>, T> twin;
  for (index_t u = 0; u != 12; ++u)
    for (std::size_t k = 0; k != data.by_user().row(u).size(); ++k)
      twin[{u, data.by_user().row(u).index[k]}] = data.by_user().row(u).value[k];
  kindred::random_stream random(4, 0);
  for (int step = 0; step != 300; ++step) {
    if (step == 100) rows.grow(15, 9);
    if (step == 200) rows.grow(3, 20);
    index_t const r = kindred::below(random, rows.rows()), c = kindred::below(random, rows.columns());
    if (step % 3 == 0) {
      rows.erase(r, c);
      twin.erase({r, c});
    } else {
      bool const fresh = !twin.contains({r, c});
      CHECK(rows.set(r, c, static_cast<T>(step)) == fresh);
      twin[{r, c}] = static_cast<T>(step);
    }
  }
  CHECK(rows.rows() == 15);
  CHECK(rows.columns() == 20);
  std::size_t count = 0;
  for (index_t r = 0; r != rows.rows(); ++r) {
    auto const row = rows.row(r);
    count += row.size();
    for (std::size_t k = 0; k != row.size(); ++k) {
      CHECK((k == 0 || row.index[k - 1] < row.index[k]));
      CHECK(twin.at({r, row.index[k]}) == row.value[k]);
    }
  }
  CHECK(count == twin.size());
}

TEST_CASE("transposed: rows become columns, and back") {
  auto const data = support::random_ratings<float>(30, 17, 0.2, 5);
  kindred::csr<float> const rows(data.by_user());
  CHECK(transposed(rows) == kindred::csr<float>(data.by_item()));
  CHECK(transposed(transposed(rows)) == rows);
  CHECK(transposed(kindred::csr<float>{}).rows() == 0);
}
