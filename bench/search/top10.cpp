// SPDX-License-Identifier: BSL-1.0
// bench: neighbor/top10/100kx128
// flags: -march=native
//
// The ten closest of 100 000 rows of 128 columns, exactly, by Euclidean distance, for 1 000 queries: brute_force beside
// faiss' IndexFlatL2, which compares by OpenBLAS and chooses its instructions at run time. On one thread each, then on two.
// The copy in panels, which faiss' index does not need, is told beside.

#include "random_rows.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/neighbor/brute_force.hpp>

#if defined(KINDRED_BENCH_FAISS)
#include <dlfcn.h>
#include <faiss/IndexFlat.h>
#include <omp.h>
#endif

#include <cstddef>
#include <cstdio>
#include <optional>
#include <vector>

#if defined(KINDRED_BENCH_FAISS)
// For OpenMP and, where that is what faiss multiplies by, for the threads of OpenBLAS, which does not heed OpenMP's.
void let_faiss_use(std::size_t threads) {
  omp_set_num_threads(static_cast<int>(threads));
  using set_threads = void (*)(int);
  if (auto const set = reinterpret_cast<set_threads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads")); set != nullptr)
    set(static_cast<int>(threads));
}
#endif

int main() {
  using search = kindred::brute_force<float, kindred::euclidean>;
  bench::random_rows const rows(100'000, 128, 1), queries(1'000, 128, 2);
  std::optional<search> made;
  double const building = bench::seconds_of([&] { made.emplace(rows.view()); });
  std::printf("%s; panels made in %.3f s\n", bench::instruction_set(), building);

#if defined(KINDRED_BENCH_FAISS)
  faiss::IndexFlatL2 index(128);
  index.add(rows.rows(), rows.value.data());
  std::vector<float> distance(10'000);
  std::vector<faiss::Index::idx_t> label(10'000);
#endif
  for (std::size_t const threads : {1u, 2u}) {
    kindred::thread_pool pool(threads);
    auto const ours = [&] { static_cast<void>(made->search_each(queries.view(), 10, pool)); };
    char const* const name = threads == 1 ? "neighbor/top10/100kx128" : "neighbor/top10/100kx128/2_threads";
#if defined(KINDRED_BENCH_FAISS)
    let_faiss_use(threads);
    auto const peer = [&] { index.search(1'000, queries.value.data(), 10, distance.data(), label.data()); };
    auto const lists = made->search_each(queries.view(), 10, pool);
    peer();
    std::size_t same = 0;  // up to rounding, which is not alike
    for (kindred::index_t q = 0; q != 1'000; ++q)
      for (std::size_t k = 0; k != 10; ++k) same += label[q * 10 + k] == lists.of(q)[k].id;
    std::printf("%zu of 10000 neighbors are those of faiss\n", same);
    auto const took = bench::seconds_in_turns(ours, peer);
    std::printf("BENCH %s ours=%.3f peer=faiss:%.3f ratio=%.2f unit=s\n", name, took.ours, took.peer,
                took.peer / took.ours);
#else
    auto const took = bench::seconds_in_turns(ours, [] {});
    std::printf("BENCH %s ours=%.3f peer=absent unit=s\n", name, took.ours);
#endif
  }
}
