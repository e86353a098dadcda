// SPDX-License-Identifier: BSL-1.0
#pragma once

// Times one pair of dense rows in the nearest cache, by our kernels and by those of hnswlib and faiss where they are
// installed, and says how far from what the processor can do that is. Included by programs that differ in how they are
// compiled.

#include <kindred/core/buffer.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/dense.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

#if __has_include(<hnswlib/hnswlib.h>)
#include <hnswlib/hnswlib.h>
#define KINDRED_BENCH_HNSWLIB
#endif
#if defined(KINDRED_BENCH_FAISS)
namespace faiss {  // <faiss/utils/distances.h> needs all of faiss
float fvec_L2sqr(float const* x, float const* y, std::size_t d);
float fvec_inner_product(float const* x, float const* y, std::size_t d);
float fvec_L1(float const* x, float const* y, std::size_t d);
}  // namespace faiss
#endif

namespace bench {

// Rows of one size, all of them together half of a cache of 32 KiB.
struct rows {
  explicit rows(std::size_t d) : dimensions(d), count(4096 / d), numbers(4096) {
    for (std::size_t k = 0; k != numbers.size(); ++k) numbers[k] = static_cast<float>(std::sin(static_cast<double>(k)));
  }
  float const* row(std::size_t r) const { return numbers.data() + r * dimensions; }

  std::size_t dimensions;
  std::size_t count;
  kindred::buffer<float> numbers;
};

// Nanoseconds of one call of f(a, b, d), over pairs of the first row with each.
double time_of(rows const& data, auto const& f) {
  std::size_t const calls = 1'000'000 / data.dimensions;
  float sink = 0;
  auto const start = std::chrono::steady_clock::now();
  for (std::size_t k = 0; k != calls; ++k) {
    sink += f(data.row(0), data.row(k % data.count), data.dimensions);
    asm volatile("" : : : "memory");
  }
  auto const end = std::chrono::steady_clock::now();
  asm volatile("" : : "r,m"(sink) : "memory");
  return std::chrono::duration<double, std::nano>(end - start).count() / static_cast<double>(calls);
}

struct contestant {
  char const* name;
  double (*time)(rows const&);
  std::vector<double> times = {};

  double median() {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
  }
};

// Makes the compiler believe that somebody reads eight sums, once they are one.
template <class V>
void keep(V const (&sum)[8]) {
  V const all = ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
  asm volatile("" : : "m"(all) : "memory");
}

// Time of a pair if nothing but its loads, or nothing but its multiply-adds, had to be done: measured over the same numbers
// with as many registers as there are, by whatever instructions this translation unit has.
inline double load_time(rows const& data) {
  constexpr std::size_t passes = 250;
  float const* const numbers = data.numbers.data();
  auto const start = std::chrono::steady_clock::now();
  for (std::size_t pass = 0; pass != passes; ++pass) {
    kindred::kernel::batch<float> sum[8];
    for (auto& one : sum) one = 0.0f;
    constexpr std::size_t width = kindred::kernel::batch<float>::size;
    for (std::size_t k = 0; k != 4096; k += 8 * width)
      kindred::kernel::detail::unroll<8>(
          [&](auto r) { sum[r] = sum[r] + kindred::kernel::batch<float>::load_unaligned(numbers + k + r * width); });
    keep(sum);
  }
  auto const end = std::chrono::steady_clock::now();
  return std::chrono::duration<double, std::nano>(end - start).count() / (passes * 4096) * 2 *
         static_cast<double>(data.dimensions);
}

inline double multiply_add_time(rows const& data) {
  using V = kindred::kernel::batch<float>;
  constexpr std::size_t passes = 250;
  constexpr std::size_t steps = 64;
  V factor(0.5f);
  asm volatile("" : "+m"(factor));
  auto const start = std::chrono::steady_clock::now();
  for (std::size_t pass = 0; pass != passes; ++pass) {
    V const by = factor;
    V sum[8];
    for (std::size_t r = 0; r != 8; ++r) sum[r] = static_cast<float>(r);  // alike, they would be computed once
    for (std::size_t k = 0; k != steps; ++k)
      kindred::kernel::detail::unroll<8>([&](auto r) { sum[r] = kindred::math::multiply_add(sum[r], by, by); });
    keep(sum);
  }
  auto const end = std::chrono::steady_clock::now();
  return std::chrono::duration<double, std::nano>(end - start).count() / (passes * steps * 8 * V::size) *
         static_cast<double>(data.dimensions);
}

// What a kernel does with a pair of numbers.
struct work {
  char const* name;
  double multiply_adds;
  double flops;
};

// Runs our kernel and its rivals in turns, so that whatever else the machine does meets all alike.
void race(work const& what, char const* suffix, std::vector<contestant> all) {
  for (std::size_t const d : {std::size_t{128}, std::size_t{1024}}) {
    rows const data(d);
    contestant loads{"loads", load_time};
    contestant sums{"multiply-adds", multiply_add_time};
    for (contestant& one : all) one.times.clear();
    for (int round = 0; round != 51; ++round) {
      for (contestant& one : all) one.times.push_back(one.time(data));
      loads.times.push_back(loads.time(data));
      sums.times.push_back(sums.time(data));
    }
    double const ours = all[0].median();
    double const limit = std::max(loads.median(), what.multiply_adds * sums.median());
    std::printf(
        "%s d = %zu: %.2f ns, %.0f GB/s, %.1f Gflop/s; loads alone take %.2f ns, multiply-adds %.2f ns: %.0f %% of "
        "what is possible\n",
        what.name, d, ours, 8 * static_cast<double>(d) / ours, what.flops * static_cast<double>(d) / ours,
        loads.median(), what.multiply_adds * sums.median(), 100 * limit / ours);
    contestant* best = nullptr;
    for (std::size_t k = 1; k < all.size(); ++k) {
      std::printf("  %s: %.2f ns\n", all[k].name, all[k].median());
      if (best == nullptr || all[k].median() < best->median()) best = &all[k];
    }
    if (best == nullptr)
      std::printf("BENCH metric/%s/%zu%s ours=%.2f peer=absent unit=ns\n", what.name, d, suffix, ours);
    else
      std::printf("BENCH metric/%s/%zu%s ours=%.2f peer=%s:%.2f ratio=%.2f unit=ns\n", what.name, d, suffix, ours,
                  best->name, best->median(), best->median() / ours);
  }
}

#if defined(KINDRED_BENCH_HNSWLIB)
template <class Space>
double hnswlib_time(rows const& data) {
  Space space(data.dimensions);
  auto const distance = space.get_dist_func();
  void* const parameter = space.get_dist_func_param();
  return time_of(data, [&](float const* a, float const* b, std::size_t) { return distance(a, b, parameter); });
}
#endif

// The names of the figures end in the suffix.
inline void dense_pairs(char const* suffix) {
  namespace kernel = kindred::kernel;
  race({"l2", 1, 3}, suffix,
       {
           {"kindred",
            [](rows const& data) { return time_of(data, [](auto... x) { return kernel::squared_l2(x...); }); }},
#if defined(KINDRED_BENCH_HNSWLIB)
           {"hnswlib", hnswlib_time<hnswlib::L2Space>},
#endif
#if defined(KINDRED_BENCH_FAISS)
           {"faiss", [](rows const& data) { return time_of(data, faiss::fvec_L2sqr); }},
#endif
       });
  race({"dot", 1, 2}, suffix,
       {
           {"kindred", [](rows const& data) { return time_of(data, [](auto... x) { return kernel::dot(x...); }); }},
#if defined(KINDRED_BENCH_HNSWLIB)
           {"hnswlib", hnswlib_time<hnswlib::InnerProductSpace>},
#endif
#if defined(KINDRED_BENCH_FAISS)
           {"faiss", [](rows const& data) { return time_of(data, faiss::fvec_inner_product); }},
#endif
       });
  // The peers have rows normalized beforehand; from the rows as they are it is three calls.
  race({"cosine", 3, 6}, suffix,
       {
           {"kindred",
            [](rows const& data) {
              return time_of(data, [](auto... x) {
                auto const sum = kernel::products_of(x...);
                return sum.ab / std::sqrt(sum.aa * sum.bb);
              });
            }},
#if defined(KINDRED_BENCH_FAISS)
           {"faiss",
            [](rows const& data) {
              return time_of(data, [](float const* a, float const* b, std::size_t d) {
                return faiss::fvec_inner_product(a, b, d) /
                       std::sqrt(faiss::fvec_inner_product(a, a, d) * faiss::fvec_inner_product(b, b, d));
              });
            }},
#endif
       });
  race({"l1", 0, 3}, suffix,
       {
           {"kindred", [](rows const& data) { return time_of(data, [](auto... x) { return kernel::l1(x...); }); }},
#if defined(KINDRED_BENCH_FAISS)
           {"faiss", [](rows const& data) { return time_of(data, faiss::fvec_L1); }},
#endif
       });
}

}  // namespace bench
