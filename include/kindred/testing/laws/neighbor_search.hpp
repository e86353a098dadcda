// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/testing/laws/result.hpp>
#include <kindred/view/comparison.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace testing {

// Whether a search finds the closest, or rows that are close.
enum class search_kind : bool { exact, approximate };

// The laws of a search through `rows`, which has rows() and row(r), by the comparison `how`, tried with each of its rows as
// a query: as many rows as there are, each once, closest first and ties by ascending id, with the values of the comparison;
// nothing where there is no room. An exact one finds, to the bit, what the plain loop does.
template <class S, class Rows, class M, class Row = decltype(std::declval<Rows const&>().row(index_t{}))>
  requires neighbor_search<S, Row> && comparison<M, Row>
law_result check_neighbor_search(S const& s, Rows const& rows, M const& how, std::size_t keep = 5,
                                 search_kind kind = search_kind::exact) {
  using detail::broken;
  using T = value_t<S>;
  if (s.size() != rows.rows())
    return broken("size() is the number of rows") << "it is " << s.size() << " of " << rows.rows();
  auto const closer = [](neighbor<T> const& a, neighbor<T> const& b) {
    if (a.value != b.value) return (a.value < b.value) == (traits_of<M>.direction == sense::smaller_is_closer);
    return a.id < b.id;
  };
  std::vector<neighbor<T>> found(keep), all(rows.rows());
  for (index_t q = 0; q != rows.rows(); ++q) {
    Row const query = rows.row(q);
    auto const at = [&](char const* law) { return broken(law) << "of row " << q << " as a query, "; };
    if (s.search(query, std::span(found).first(0)) != 0) return at("no room, no neighbors") << "there are some";
    std::size_t const count = s.search(query, found);
    if (count > keep || (kind == search_kind::exact && count != (std::min)(keep, all.size())))
      return at("as many as there are") << count << " were found and " << keep << " asked for among " << all.size();
    for (index_t r = 0; r != rows.rows(); ++r) all[r] = {r, static_cast<T>(how(query, rows.row(r)))};
    for (std::size_t k = 0; k != count; ++k) {
      neighbor<T> const& one = found[k];
      if (one.id >= rows.rows() || !detail::same_bits(one.value, all[one.id].value))
        return at("values are those of the comparison") << "neighbor " << one.id << " has " << one.value;
      if (k != 0 && !closer(found[k - 1], one))
        return at("closest first, ties by ascending id")
               << "neighbor " << one.id << " at " << one.value << " is behind " << found[k - 1].id << " at "
               << found[k - 1].value;
    }
    if (kind == search_kind::approximate) continue;
    std::sort(all.begin(), all.end(), closer);
    for (std::size_t k = 0; k != count; ++k)
      if (found[k].id != all[k].id)
        return at("an exact search finds the closest")
               << "neighbor " << k << " is row " << all[k].id << " at " << all[k].value << ", and row " << found[k].id
               << " at " << found[k].value << " was found";
  }
  return {};
}

}  // namespace testing

KINDRED_END
