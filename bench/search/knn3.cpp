// SPDX-License-Identifier: BSL-1.0
// bench: neighbor/knn/1mx3
// flags: -march=native
//
// A million points in three dimensions, Euclidean: a kd_tree is built, and 100 000 queries ask for their ten nearest, beside
// nanoflann on one thread each. Then the build alone, and the queries alone; ours once more on two threads.

#include "random_rows.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/neighbor/kd_tree.hpp>
#include <kindred/neighbor/search_each.hpp>

#if __has_include(<nanoflann.hpp>)
#include <nanoflann.hpp>
#define KINDRED_BENCH_NANOFLANN
#endif

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace {

using tree = kindred::kd_tree<float, kindred::euclidean>;

#if defined(KINDRED_BENCH_NANOFLANN)
struct cloud {
  bench::random_rows const& rows;
  std::size_t kdtree_get_point_count() const { return rows.rows(); }
  float kdtree_get_pt(std::size_t r, std::size_t k) const { return rows.value[r * 3 + k]; }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};
using their_tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<float, cloud>, cloud, 3>;
#endif

double sum_of_tenths(tree const& search, bench::random_rows const& queries) {
  double sum = 0;
  std::array<kindred::neighbor<float>, 10> out;
  for (kindred::index_t q = 0; q != queries.rows(); ++q) {
    static_cast<void>(search.search(queries.view().row(q), out));
    sum += static_cast<double>(out[9].value);
  }
  return sum;
}

}  // namespace

int main() {
  bench::random_rows const points(1'000'000, 3, 1), queries(100'000, 3, 2);
  std::optional<tree> made;
  double sum = 0;
  auto const build = [&] { made.emplace(points.view()); };
  auto const ask = [&] { sum = sum_of_tenths(*made, queries); };
  std::printf("%s\n", bench::instruction_set());
#if defined(KINDRED_BENCH_NANOFLANN)
  cloud const points_of{points};
  std::optional<their_tree> theirs;
  auto const their_build = [&] {
    theirs.emplace(3, points_of, nanoflann::KDTreeSingleIndexAdaptorParams(10));
    theirs->buildIndex();
  };
  double their_sum = 0;
  auto const their_ask = [&] {
    their_sum = 0;
    std::array<std::uint32_t, 10> id;
    std::array<float, 10> squared;
    for (std::size_t q = 0; q != queries.rows(); ++q) {
      theirs->knnSearch(queries.value.data() + q * 3, 10, id.data(), squared.data());
      their_sum += std::sqrt(static_cast<double>(squared[9]));
    }
  };
  auto const built = bench::seconds_in_turns(build, their_build);
  auto const asked = bench::seconds_in_turns(ask, their_ask);
  auto const tell = [](char const* name, bench::duel took) {
    std::printf("BENCH %s ours=%.3f peer=nanoflann:%.3f ratio=%.2f unit=s\n", name, took.ours, took.peer,
                took.peer / took.ours);
  };
  std::printf("the tenth nearest are %.4f away on average; nanoflann says %.4f\n", sum / 1e5, their_sum / 1e5);
  tell("neighbor/knn/1mx3", {built.ours + asked.ours, built.peer + asked.peer});
  tell("neighbor/knn/1mx3/build", built);
  tell("neighbor/knn/1mx3/search", asked);
#else
  auto const built = bench::seconds_in_turns(build, [] {});
  auto const asked = bench::seconds_in_turns(ask, [] {});
  std::printf("BENCH neighbor/knn/1mx3 ours=%.3f peer=absent unit=s\n", built.ours + asked.ours);
#endif
  kindred::thread_pool pool(2);
  double const with_two = bench::seconds_of([&] { made.emplace(points.view(), kindred::euclidean{}, pool); });
  double const asked_by_two =
      bench::seconds_of([&] { static_cast<void>(kindred::search_each(*made, queries.view(), 10, pool)); });
  std::printf("on two threads: built in %.3f s, asked in %.3f s\n", with_two, asked_by_two);
}
