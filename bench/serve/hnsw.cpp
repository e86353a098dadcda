// SPDX-License-Identifier: BSL-1.0
// bench: serve/hnsw/1m serve/hnsw/gowalla
// flags: -march=native
//
// One user at a time and 1 000 000 items of 64 factors through the graph of hnswlib: the ninety-ninth of a hundred times to ten
// recommendations, in milliseconds of the processor, with the recall against the exact list; the peer is the exact list. What
// is searched are vectors as factorizations give them: 16 directions carry most, and items are near what they are of a kind with. The
// search is widened until the recall reaches .98. Building the graph takes minutes, on one thread. So that settings are not
// those of generated vectors alone, the same is asked of the 40 981 items of Gowalla, when KINDRED_DATA names the folder that has it.
//
// hnsw [items]: fewer items, for a quick look.

#include "../search/random_rows.hpp"

#include <cstdio>

#if __has_include(<hnswlib/hnswlib.h>)
#include "../accuracy/gowalla_visits.hpp"

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/indexed.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/interop/hnswlib.hpp>
#include <kindred/metric/dot_product.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace {

using model = kindred::preference_model<float>;
constexpr kindred::index_t users = 1000, factors = 64, kinds = 2000;

// Rows near one of `kinds` centers, of numbers that get smaller from column to column.
model model_of_kinds(kindred::index_t items) {
  model made(users, items, factors);
  bench::random_rows const centers(kinds, factors, 1);
  auto const fill = [&](auto id, std::uint64_t side, float spread) {
    made.set_known(id);
    kindred::random_stream random(side, to_index(id));
    auto const center = centers.view().row(static_cast<kindred::index_t>(random() % kinds));
    for (kindred::index_t f = 0; f != factors; ++f)
      made.of(id).vector[f] =
          (center[f] + spread * static_cast<float>(kindred::normal(random))) * std::exp(-static_cast<float>(f) / 16);
  };
  for (kindred::index_t u = 0; u != users; ++u) fill(kindred::user_id{u}, 2, 0.5f);
  for (kindred::index_t i = 0; i != items; ++i) fill(kindred::item_id{i}, 3, 0.5f);
  return made;
}

using list = std::array<kindred::scored_item<float>, 10>;

struct times {
  double median, p99;  // milliseconds of the processor
};
template <class S>
times lists_by(S const& by, kindred::index_t items, std::vector<list>& out, kindred::index_t count) {
  std::vector<double> took;
  out.resize(count);
  for (kindred::index_t u = 0; u != count; ++u) {
    timespec start, end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    static_cast<void>(kindred::top_n(by, kindred::user_id{u}, kindred::all_items{items}, out[u]));
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    took.push_back(static_cast<double>(end.tv_sec - start.tv_sec) * 1e3 +
                   static_cast<double>(end.tv_nsec - start.tv_nsec) * 1e-6);
  }
  std::sort(took.begin(), took.end());
  return {took[took.size() / 2], took[took.size() * 99 / 100]};
}

void widen_until_found(char const* name, model const& exact) {
  kindred::index_t const items = exact.items().rows();
  std::vector<list> right, found;
  times const whole = lists_by(exact, items, right, 100);
  using search = kindred::hnsw_search<float, kindred::dot_product>;
  search const index(exact.items(), {}, {.links = 24, .build_width = 200, .search_width = 10});
  for (std::size_t const width : {10u, 20u, 40u, 60u, 80u, 120u, 160u, 240u, 320u, 640u, 1280u}) {
    kindred::indexed const quick{exact, index, width};
    times const took = lists_by(quick, items, found, users);
    std::size_t same = 0;
    for (std::size_t u = 0; u != right.size(); ++u)
      for (auto const& a : right[u])
        for (auto const& b : found[u]) same += a.item == b.item ? 1u : 0u;
    double const recall = static_cast<double>(same) / (10.0 * static_cast<double>(right.size()));
    std::printf("%s, width %zu: recall@10 %.4f, median %.3f ms, p99 %.3f ms\n", name, width, recall, took.median,
                took.p99);
    if (recall < 0.98 && width != 1280u) continue;
    std::printf("BENCH serve/hnsw/%s ours=%.3f peer=exact:%.3f ratio=%.1f unit=ms\n", name, took.p99, whole.p99,
                whole.p99 / took.p99);
    break;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (char const* const folder = std::getenv("KINDRED_DATA"); folder != nullptr) {
    auto const visits = bench::read_visits(std::string(folder) + "/gowalla/train.txt");
    widen_until_found("gowalla", kindred::fit(kindred::implicit_als<>{.factors = factors, .sweeps = 8}, visits).model);
  }
  auto const items =
      argc > 1 && std::atoi(argv[1]) > 0 ? static_cast<kindred::index_t>(std::atoi(argv[1])) : 1'000'000u;
  widen_until_found("1m", model_of_kinds(items));
}
#else
int main() { std::puts("BENCH serve/hnsw/1m ours=absent peer=absent unit=ms"); }
#endif
