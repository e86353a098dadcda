// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/matrix_view.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

// Dense rows that own their numbers.
template <class T>
struct owned_rows {
  kindred::index_t columns = 0;
  std::vector<T> value;

  kindred::index_t size() const { return static_cast<kindred::index_t>(columns == 0 ? 0 : value.size() / columns); }
  kindred::matrix_view<T> view() const { return {kindred::unchecked, value.data(), size(), columns, columns}; }
  kindred::dense_row<T> row(kindred::index_t r) const { return view().row(r); }
};

// Three kinds of rows, a third each: anywhere, on a coarse grid where distances are equal, and within rounding of one place
// far from zero; some rows are zero, and some twice there.
template <class T>
owned_rows<T> hard_rows(kindred::index_t rows, kindred::index_t columns, std::uint64_t seed) {
  owned_rows<T> all{columns, {}};
  kindred::random_stream random(seed, rows);
  for (kindred::index_t r = 0; r != rows; ++r)
    for (kindred::index_t k = 0; k != columns; ++k) {
      double const any = kindred::normal(random);
      if (r % 17 == 16) all.value.push_back(all.value[all.value.size() - columns]);
      else if (r % 29 == 28) all.value.push_back(0);
      else if (r % 3 == 0) all.value.push_back(static_cast<T>(any));
      else if (r % 3 == 1) all.value.push_back(static_cast<T>(static_cast<int>(any)));
      else all.value.push_back(static_cast<T>(10 + k % 3) + static_cast<T>(any) * T{2e-6f});
    }
  return all;
}

// The plain loop that every exact search has to agree with.
template <class T, class Rows, class Row, class M>
std::vector<kindred::neighbor<T>> loop_search(Rows const& rows, M const& how, Row const& query, std::size_t keep,
                                              kindred::index_t skip = kindred::index_limit) {
  std::vector<kindred::neighbor<T>> all;
  for (kindred::index_t r = 0; r != rows.rows(); ++r)
    if (r != skip) all.push_back({r, static_cast<T>(how(query, rows.row(r)))});
  std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) {
    bool const less =
        kindred::traits_of<M>.direction == kindred::sense::smaller_is_closer ? a.value < b.value : a.value > b.value;
    return a.value != b.value ? less : a.id < b.id;
  });
  if (all.size() > keep) all.resize(keep);
  return all;
}

template <class T, class S, class Row>
std::vector<kindred::neighbor<T>> found_by(S const& search, Row const& query, std::size_t keep) {
  std::vector<kindred::neighbor<T>> out(keep, kindred::neighbor<T>{kindred::index_limit, -1});
  out.resize(search.search(query, out));
  return out;
}

// How many queries, every `step`-th of those given, a search answers otherwise than the loop.
template <class T, class S, class M>
std::size_t wrong_answers(S const& search, kindred::matrix_view<T> rows, M const& how, kindred::matrix_view<T> queries,
                          std::size_t keep, kindred::index_t step = 1) {
  std::size_t wrong = 0;
  for (kindred::index_t q = 0; q < queries.rows(); q += step)
    wrong += found_by<T>(search, queries.row(q), keep) != loop_search<T>(rows, how, queries.row(q), keep);
  return wrong;
}

}  // namespace
