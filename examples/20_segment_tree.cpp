// SPDX-License-Identifier: BSL-1.0

// How segments come together: a tree of them, and its picture.

#include <kindred/cluster/agglomerative.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/report.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <cstdio>
#include <vector>

using kindred::index_t;

int main() {
  // Four kinds of customers, 300 of each; visits a month, tens of EUR, tenths on offer.
  constexpr std::array<std::array<double, 3>, 4> kind{{{4, 6, 2}, {14, 32, 1}, {9, 7, 8}, {5, 21, 5}}};
  std::vector<float> table;
  for (index_t i = 0; i != 1200; ++i) {
    kindred::random_stream random(11, i);
    for (double const typical : kind[i % 4])
      table.push_back(static_cast<float>(typical * (1 + 0.2 * kindred::normal(random))));
  }
  kindred::matrix_view<float> const rows(kindred::unchecked, table.data(), 1200, 3, 3);
  kindred::thread_pool pool;

  // [tree]
  auto const tree = kindred::fit(kindred::agglomerative<>{}, rows, pool).model;
  std::printf("the last merges, by height:");
  for (auto const& merge : tree.merges().last(5)) std::printf(" %.0f", merge.height);
  std::puts("");
  // [/tree]

  // [page]
  kindred::report page("Our customers", "How their segments come together.");
  page.tree({.title = "How segments come together", .height_label = "distance, by Ward", .tree = tree, .leaves = 12});
  page.save("segment_tree.html");
  // [/page]
}
