// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/euclidean.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/neighbor/search_each.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/testing/laws/neighbor_search.hpp>
#include <kindred/view/matrix_view.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace {

// [model]
// The plain loop, by Euclidean distance. `out` is the heap of the best so far.
struct plain_loop {
  using value_type = float;
  kindred::matrix_view<float> rows;

  kindred::index_t size() const noexcept { return rows.rows(); }
  std::size_t search(kindred::dense_row<float> query, std::span<kindred::neighbor<float>> out) const noexcept {
    auto const closer = [](auto const& a, auto const& b) {
      return a.value != b.value ? a.value < b.value : a.id < b.id;
    };
    std::size_t count = 0;
    for (kindred::index_t r = 0; r != size(); ++r) {
      kindred::neighbor<float> const one{r, kindred::euclidean{}(query, rows.row(r))};
      if (count == out.size() && (count == 0 || !closer(one, out[0]))) continue;
      if (count == out.size()) std::pop_heap(out.begin(), out.end(), closer), --count;
      out[count++] = one;
      std::push_heap(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), closer);
    }
    std::sort_heap(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), closer);
    return count;
  }
};
static_assert(kindred::neighbor_search<plain_loop, kindred::dense_row<float>>);
// [/model]

}  // namespace

TEST_CASE("the minimal search finds the closest first, ties by id") {
  std::vector<float> const value = {4, 1, 3, 1, 0};
  plain_loop const search{{kindred::unchecked, value.data(), 5, 1, 1}};
  std::vector<float> const query = {2};
  std::array<kindred::neighbor<float>, 3> out;
  REQUIRE(search.search(kindred::dense_row<float>(query), out) == 3);
  CHECK(out[0] == kindred::neighbor<float>{1, 1});
  CHECK(out[1] == kindred::neighbor<float>{2, 1});
  CHECK(out[2] == kindred::neighbor<float>{3, 1});
  CHECK(search.search(kindred::dense_row<float>(query), std::span(out).first(0)) == 0);

  auto const law = kindred::testing::check_neighbor_search(search, search.rows, kindred::euclidean{}, 3);
  CHECK_MESSAGE(law.holds(), law.message());

  kindred::sequential here;
  auto const lists = kindred::search_each(search, search.rows, 2, here);
  CHECK(lists.of(0)[1] == kindred::neighbor<float>{2, 1});
}
