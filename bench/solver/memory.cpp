// SPDX-License-Identifier: BSL-1.0
// flags: -O3 -march=native
// bench: factor/memory/sgd factor/memory/als factor/memory/ccd factor/memory/svdpp
// bench: factor/memory/implicit_als factor/memory/implicit_als/exact factor/memory/bpr
//
// The most memory that there is in use at any moment of a fit, the data included, beside that of the data and of the model that comes
// out: four million generated ratings of 200 000 users and 20 000 items, 40 factors for ratings and 64 for clicks, two epochs or
// sweeps. All memory is counted where it is asked for (operator new), so that the figures do not depend on the machine. Names after
// the program leave the others out.
//
// The bar is data and factors and a tenth, a ratio of .91.

#include <kindred/factor/als.hpp>
#include <kindred/factor/bpr.hpp>
#include <kindred/factor/ccd.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string_view>

#include <malloc.h>

namespace {

std::size_t in_use = 0, most = 0;

void* counted(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  in_use += malloc_usable_size(memory);
  most = std::max(most, in_use);
  return memory;
}
void give_back(void* memory) noexcept {
  in_use -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return counted(std::malloc(size)); }
void* operator new(std::size_t size, std::align_val_t to) {
  auto const line = static_cast<std::size_t>(to);
  return counted(std::aligned_alloc(line, (size + line - 1) / line * line));
}
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { give_back(memory); }

int main(int count, char** words) {
  using namespace kindred;
  auto const megabytes = [](std::size_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
  std::size_t const before = in_use;
  auto const data =
      ratings<float>::from(testing::generate_ratings({.users = 200000, .items = 20000, .ratings = 4000000, .rank = 8}));
  std::size_t const of_data = in_use - before;
  std::printf("data: %.1f MB, %.1f bytes a rating\n", megabytes(of_data),
              static_cast<double>(of_data) / static_cast<double>(data.size()));
  auto const measure = [&](std::string_view name, auto const& how) {
    if (count > 1 && std::none_of(words + 1, words + count, [&](char const* w) { return name == w; })) return;
    most = in_use;
    auto const done = fit(how, data);
    double const needed = megabytes(in_use - before), peak = megabytes(most - before);
    std::printf("%.*s: %.1f MB of factors, %.1f bytes a rating beside them\n", static_cast<int>(name.size()),
                name.data(), needed - megabytes(of_data),
                (peak - needed) * (1 << 20) / static_cast<double>(data.size()));
    std::printf("BENCH factor/memory/%.*s ours=%.1f peer=data_and_factors:%.1f ratio=%.2f unit=MB\n",
                static_cast<int>(name.size()), name.data(), peak, needed, needed / peak);
    std::fflush(stdout);
  };
  measure("sgd", sgd<>{.factors = 40, .epochs = 2});
  measure("als", als<>{.factors = 40, .sweeps = 2});
  measure("ccd", ccd<>{.factors = 40, .sweeps = 2});
  measure("svdpp", svdpp<>{.factors = 40, .epochs = 2});
  measure("implicit_als", implicit_als<>{.factors = 64, .sweeps = 2});
  measure("implicit_als/exact", implicit_als<cholesky>{.factors = 64, .sweeps = 2});
  measure("bpr", bpr{.factors = 64, .epochs = 2});
}
