// SPDX-License-Identifier: BSL-1.0
// bench: serve/batch_top10/gowalla serve/batch_top10/gowalla/rate serve/batch_top10/equal_lengths
// flags: -march=native
//
// Ten items for each of the 29 858 people of Gowalla, of the 40 981 places those they have not been to, by 64 factors of
// implicit_als: recommend_all on two threads. Beside it faiss' IndexFlatIP, also on two, which cannot leave out other items for
// every query: people go in groups of like histories, and as many more are asked for as the longest history of the group.
// The rate counts 2 x users x items x factors operations, needed or not, and is set beside the matrix product of OpenBLAS in the
// same run. Lengths of real vectors differ, and recommend_all does not multiply what cannot get in; `equal_lengths` are the same
// vectors, all of length one, where nothing can be left out.
//
// The data are read from the folder KINDRED_DATA (gowalla/train.txt); without it, random vectors and histories take their place.
// CPU seconds of the process are told beside seconds.

#include "../accuracy/gowalla_visits.hpp"
#include "../search/random_rows.hpp"

#include <kindred/compose/top_n_each.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/interop/thread_pool.hpp>

#if defined(KINDRED_BENCH_FAISS)
#include <dlfcn.h>
#include <faiss/IndexFlat.h>
#include <omp.h>
extern "C" void sgemm_(char const*, char const*, int const*, int const*, int const*, float const*, float const*,
                       int const*, float const*, int const*, float const*, float*, int const*);
#endif

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace {

using model = kindred::preference_model<float>;
using visits = kindred::ratings<float>;

struct cost {
  double seconds, cpu;
};
// Medians of five runs.
cost cost_of(auto const& work) {
  std::array<double, 5> seconds, cpu;
  for (std::size_t k = 0; k != seconds.size(); ++k) {
    std::clock_t const start = std::clock();
    seconds[k] = bench::seconds_of(work);
    cpu[k] = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  }
  std::sort(seconds.begin(), seconds.end());
  std::sort(cpu.begin(), cpu.end());
  return {seconds[2], cpu[2]};
}

visits made_up_visits() {
  kindred::rating_table<float> table;
  for (kindred::index_t u = 0; u != 29858; ++u)
    for (kindred::index_t k = 0; k != 10 + kindred::mix(1, u) % 40; ++k)
      table.add(kindred::user_id{u}, kindred::item_id{static_cast<kindred::index_t>(kindred::mix(u, k) % 40981)}, 1);
  return visits::from(table, kindred::on_duplicate::first, {.users = 29858, .items = 40981});
}

// The same directions, all of length one.
model normalized(model const& from) {
  model made(from.users().rows(), from.items().rows(), from.factors());
  auto const copy = [&](auto id, auto row) {
    if (!from.knows(id)) return;
    made.set_known(id);
    float const length = std::sqrt(kindred::kernel::dot(row.data(), row.data(), row.size()));
    for (std::size_t f = 0; f != row.size(); ++f) made.of(id).vector[f] = length > 0 ? row[f] / length : 0.0f;
  };
  for (kindred::index_t u = 0; u != from.users().rows(); ++u) copy(kindred::user_id{u}, from.users().row(u));
  for (kindred::index_t i = 0; i != from.items().rows(); ++i) copy(kindred::item_id{i}, from.items().row(i));
  return made;
}

#if defined(KINDRED_BENCH_FAISS)
// Operations of a product of square matrices, large enough to reach the rate of the machine, by its cost.
struct rates {
  double seconds, cpu;  // GFlop a second, and a CPU second
};
rates product_rates() {
  int const n = 3072;
  std::vector<float> const a(std::size_t{3072} * 3072, 1.0f), b(a);
  std::vector<float> c(a.size());
  float const one = 1, zero = 0;
  auto const took =
      cost_of([&] { sgemm_("T", "N", &n, &n, &n, &one, a.data(), &n, b.data(), &n, &zero, c.data(), &n); });
  double const work = 2e-9 * n * n * n;
  return {work / took.seconds, work / took.cpu};
}

class faiss_lists {
public:
  faiss_lists(model const& by, visits const& seen)
      : index_(static_cast<int>(by.factors())), seen_(seen), columns_(by.factors()) {
    for (kindred::index_t i = 0; i != by.items().rows(); ++i) append(item_, by.items().row(i));
    index_.add(by.items().rows(), item_.data());
    order_.resize(seen.user_count());
    std::iota(order_.begin(), order_.end(), 0u);
    std::stable_sort(order_.begin(), order_.end(),
                     [&](auto a, auto b) { return history(a).size() < history(b).size(); });
    for (auto const u : order_) append(user_, by.users().row(u));
  }

  // The lists, ten items each, in the order of users.
  std::vector<faiss::Index::idx_t> operator()() const {
    constexpr std::size_t group = 1024, length = 10;
    std::vector<faiss::Index::idx_t> best(order_.size() * length, -1);
    std::vector<float> score;
    std::vector<faiss::Index::idx_t> item;
    for (std::size_t first = 0; first < order_.size(); first += group) {
      std::size_t const last = std::min(first + group, order_.size());
      std::size_t const most = length + history(order_[last - 1]).size();
      score.resize((last - first) * most);
      item.resize((last - first) * most);
      index_.search(static_cast<faiss::Index::idx_t>(last - first), user_.data() + first * columns_,
                    static_cast<faiss::Index::idx_t>(most), score.data(), item.data());
      for (std::size_t k = first; k != last; ++k) {
        std::size_t found = 0;
        for (std::size_t j = 0; j != most && found != length; ++j) {
          auto const i = item[(k - first) * most + j];
          if (i >= 0 && !std::binary_search(history(order_[k]).begin(), history(order_[k]).end(),
                                            static_cast<kindred::index_t>(i)))
            best[order_[k] * length + found++] = i;
        }
      }
    }
    return best;
  }

private:
  std::span<kindred::index_t const> history(kindred::index_t u) const { return seen_.of(kindred::user_id{u}).index; }
  static void append(std::vector<float>& to, kindred::dense_row<float> row) {
    to.insert(to.end(), row.begin(), row.end());
  }

  faiss::IndexFlatIP index_;
  visits const& seen_;
  std::size_t columns_;
  std::vector<float> item_, user_;
  std::vector<kindred::index_t> order_;
};
#endif

void compare(char const* name, model const& by, visits const& seen, kindred::thread_pool& pool) {
  kindred::recommendation_lists<float> lists;
  auto const ours = cost_of([&] { lists = kindred::recommend_all(by, seen, 10, pool); });
  double const work = 2e-9 * seen.user_count() * seen.item_count() * by.factors();
#if defined(KINDRED_BENCH_FAISS)
  faiss_lists const search(by, seen);
  std::vector<faiss::Index::idx_t> theirs;
  auto const peer = cost_of([&] { theirs = search(); });
  std::size_t same = 0, all = 0;
  for (std::size_t u = 0; u != lists.size(); ++u)
    for (std::size_t k = 0; k != lists[u].size(); ++k, ++all)
      same += theirs[u * 10 + k] == to_index(lists[u][k].item) ? 1u : 0u;
  rates const rate = product_rates();
  std::printf("%zu of %zu places of lists hold what faiss' lists hold; CPU seconds %.3f and %.3f\n", same, all,
              ours.cpu, peer.cpu);
  std::printf("BENCH %s ours=%.3f peer=faiss:%.3f ratio=%.2f unit=s\n", name, ours.seconds, peer.seconds,
              peer.seconds / ours.seconds);
  std::printf("BENCH %s/rate ours=%.1f peer=matrix_product:%.1f ratio=%.2f unit=GFlop/s\n", name, work / ours.seconds,
              rate.seconds, work / ours.seconds / rate.seconds);
#else
  std::printf("CPU seconds %.3f, %.1f GFlop/s\n", ours.cpu, work / ours.seconds);
  std::printf("BENCH %s ours=%.3f peer=absent unit=s\n", name, ours.seconds);
#endif
}

}  // namespace

int main() {
#if defined(KINDRED_BENCH_FAISS)
  omp_set_num_threads(2);
  using set_threads = void (*)(int);  // OpenBLAS does not heed OpenMP's number
  if (auto const set = reinterpret_cast<set_threads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads")); set != nullptr)
    set(2);
#endif
  kindred::thread_pool pool(2);
  char const* const data = std::getenv("KINDRED_DATA");
  visits const seen = data != nullptr ? bench::read_visits(std::string(data) + "/gowalla/train.txt") : made_up_visits();
  std::printf("%s; %zu visits%s\n", bench::instruction_set(), seen.size(), data != nullptr ? "" : ", made up");
  auto const taste = kindred::fit(kindred::implicit_als<>{.factors = 64, .sweeps = 6, .seed = 1}, seen, pool).model;
  compare("serve/batch_top10/gowalla", taste, seen, pool);
  compare("serve/batch_top10/equal_lengths", normalized(taste), seen, pool);
}
