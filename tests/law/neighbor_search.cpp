// SPDX-License-Identifier: BSL-1.0
#include <kindred/testing/laws/neighbor_search.hpp>

#include "caught.hpp"

#include <kindred/metric/dot_product.hpp>
#include <kindred/metric/manhattan.hpp>
#include <kindred/neighbor/brute_force.hpp>
#include <kindred/neighbor/kd_tree.hpp>
#include <kindred/neighbor/search_each.hpp>
#include <kindred/neighbor/vp_tree.hpp>
#include <kindred/testing/archetypes/compare.hpp>
#include <kindred/testing/archetypes/search.hpp>
#include <kindred/view/matrix_view.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

using namespace kindred;
using namespace kindred::testing;

namespace {

using row = dense_row<float>;
using by_blocks = brute_force<float, manhattan>;

// Numbers on a line, some of them twice.
std::vector<float> const line = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9};
matrix_view<float> const places(unchecked, line.data(), 15, 1, 1);

// Searches that lie, each in one way.
struct honest {
  using value_type = float;
  by_blocks from{places};

  index_t size() const noexcept { return from.size(); }
  std::size_t search(row query, std::span<neighbor<float>> out) const noexcept { return from.search(query, out); }
};
struct smaller : honest {
  index_t size() const noexcept { return 14; }
};
struct lazy : honest {
  std::size_t search(row query, std::span<neighbor<float>> out) const noexcept {
    return from.search(query, out.first(out.size() - out.size() / 5));
  }
};
struct generous : honest {
  std::size_t search(row query, std::span<neighbor<float>> out) const noexcept {
    return out.empty() ? 1 : from.search(query, out);
  }
};
struct rounding : honest {
  std::size_t search(row query, std::span<neighbor<float>> out) const noexcept {
    auto const count = from.search(query, out);
    if (count != 0) out[count - 1].value += 0.001f;
    return count;
  }
};
struct backwards : honest {
  std::size_t search(row query, std::span<neighbor<float>> out) const noexcept {
    auto const count = from.search(query, out);
    std::reverse(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
  }
};
struct forgetful : honest {  // of row 0, as a graph may be
  std::size_t search(row query, std::span<neighbor<float>> out) const noexcept {
    std::vector<neighbor<float>> all(15);
    static_cast<void>(from.search(query, all));
    std::erase_if(all, [](auto const& one) { return one.id == 0; });
    std::size_t const count = std::min(out.size(), all.size());
    std::copy_n(all.begin(), count, out.begin());
    return count;
  }
};

}  // namespace

TEST_CASE("check_neighbor_search: honest searches pass") {
  CHECK(holds(check_neighbor_search(by_blocks(places), places, manhattan{})));
  CHECK(holds(check_neighbor_search(by_blocks(places), places, manhattan{}, 40)));
  CHECK(holds(check_neighbor_search(brute_force<float, dot_product>(places), places, dot_product{})));
  CHECK(holds(check_neighbor_search(kd_tree<float, manhattan>(places), places, manhattan{})));
  CHECK(holds(check_neighbor_search(vp_tree(places, manhattan{}), places, manhattan{})));
  auto const least = metric_archetype<float>(0);
  CHECK(holds(check_neighbor_search(vp_tree(places, least), places, least)));
  CHECK(holds(check_neighbor_search(brute_force<float, metric_archetype<float>>(places, least), places, least)));
}

TEST_CASE("check_neighbor_search: liars are caught") {
  CHECK(holds(check_neighbor_search(honest{}, places, manhattan{})));
  CHECK(caught(check_neighbor_search(smaller{}, places, manhattan{}), "size() is the number of rows"));
  CHECK(caught(check_neighbor_search(lazy{}, places, manhattan{}), "as many as there are"));
  CHECK(caught(check_neighbor_search(generous{}, places, manhattan{}), "no room, no neighbors"));
  CHECK(caught(check_neighbor_search(rounding{}, places, manhattan{}), "values are those of the comparison"));
  CHECK(caught(check_neighbor_search(backwards{}, places, manhattan{}), "closest first, ties by ascending id"));
  CHECK(caught(check_neighbor_search(forgetful{}, places, manhattan{}), "an exact search finds the closest"));
  CHECK(holds(check_neighbor_search(forgetful{}, places, manhattan{}, 5, search_kind::approximate)));
}

TEST_CASE("search_each: asks no more of a search than the concept says") {
  sequential here;
  auto const lists = search_each(neighbor_search_archetype<float>(0), places, 2, here);
  REQUIRE(lists.rows() == 15);
  CHECK(lists.of(14)[1] == neighbor<float>{1, 2});
}

TEST_CASE("distance_of: asks no more of a distance than the concept says") {
  std::vector<float> const a = {1, 5, 2}, b = {2, 3, 2};
  CHECK(distance_of(elementwise_archetype<float>(0), row(a), row(b)) == 3);
}
