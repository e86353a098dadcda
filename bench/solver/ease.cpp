// SPDX-License-Identifier: BSL-1.0
// bench: factor/ease/10k factor/ease/2_threads
// flags: -O3 -march=native
//
// Processor seconds of one thread to invert the symmetric positive definite matrix that ease inverts for 10 000 items, beside
// LAPACK's spotrf and spotri: KINDRED_NUMPY names a Python with numpy and scipy, whose linear algebra is told to take one thread.
// Both are arithmetic: size^3 flops, beside which what a core multiplies and adds at most is the limit. Processors that slow down
// under load reach less of it with random numbers than with equal ones: a tenth less on an AMD EPYC (Zen 4), whose products of
// packed blocks of random numbers run at 105 GFLOP/s, of equal ones at 113. What such products of blocks in the nearest caches do
// stands beside what the inverse does. 2_threads are seconds of the wall for 4000 items, beside those of one thread. A word after the
// program picks the figures whose names contain it.

#include "two_threads.hpp"

#include <kindred/core/buffer.hpp>
#include <kindred/kernel/rank_update.hpp>
#include <kindred/linalg/positive_inverse.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace {

double lapack_seconds(std::size_t size) {
  char const* const python = std::getenv("KINDRED_NUMPY");
  if (python == nullptr) return 0;
  auto const said = std::filesystem::temp_directory_path() / "kindred_bench_ease";
  std::string const command =
      "OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 OMP_NUM_THREADS=1 " + std::string(python) +
      " -c 'import numpy, time; from scipy.linalg import lapack; n = " + std::to_string(size) +
      "; x = numpy.random.rand(n, n).astype(numpy.float32) - 0.5; x = numpy.asfortranarray(x + x.T); "
      "x[numpy.diag_indices(n)] = 4 * n ** 0.5; s = time.process_time(); "
      "lapack.spotri(lapack.spotrf(x, overwrite_a=1)[0], overwrite_c=1); "
      "print(time.process_time() - s)' >" +
      said.string();
  double seconds = 0;
  if (std::system(command.c_str()) == 0) std::ifstream(said) >> seconds;
  std::filesystem::remove(said);
  return seconds;
}

// A random matrix whose inverse is well known to exist.
kindred::buffer<float> positive(std::size_t size) {
  using namespace kindred;
  std::size_t const stride = padded_size<float>(size);
  buffer<float> a(stride * stride, 0.0f);
  for (std::size_t r = 0; r != size; ++r) {
    for (std::size_t c = r; c != size; ++c) a[r * stride + c] = static_cast<float>(to_unit(mix(1, r * size + c)) - 0.5);
    a[r * stride + r] = 400;
  }
  return a;
}

// Flops in a second of products of blocks of random numbers that stay in the nearest caches.
double most_flops() {
  using namespace kindred;
  constexpr std::size_t rows = 64, columns = 256, times = 2000;
  buffer<float> block(rows * columns), sum(columns * columns, 0.0f);
  for (std::size_t k = 0; k != block.size(); ++k) block[k] = static_cast<float>(to_unit(mix(2, k)) - 0.5);
  std::clock_t const start = std::clock();
  for (std::size_t k = 0; k != times; ++k)
    kernel::rank_update(block.data(), rows, columns, sum.data(), columns, columns);
  double const seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  return static_cast<double>(rows * columns * columns * times) / seconds;  // half of the products of all pairs
}

}  // namespace

int main(int count, char** words) {
  using namespace kindred;
  auto const wanted = [&](std::string_view name) { return count < 2 || name.find(words[1]) != name.npos; };
  if (wanted("factor/ease/2_threads")) {
    constexpr std::size_t size = 4000;
    buffer<float> const a = positive(size);
    bench::say_two_threads("factor/ease/2_threads", [&](auto& pool) {
      buffer<float> b = a;
      if (!positive_inverse(pool, b.span(), size)) std::exit(1);
    });
  }
  if (!wanted("factor/ease/10k")) return 0;
  constexpr std::size_t size = 10000;
  double took[3];
  for (double& seconds : took) {
    buffer<float> a = positive(size);
    sequential one;
    std::clock_t const start = std::clock();
    if (!positive_inverse(one, a.span(), size)) return 1;
    seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  }
  std::sort(took, took + 3);
  double const flops = 1.0 * size * size * size / took[1];
  std::printf("%.1f GFLOP/s, %.0f %% of products of blocks\n", 1e-9 * flops, 100 * flops / most_flops());
  double const peer = lapack_seconds(size);
  bench::say("factor/ease/10k", took[1], {peer > 0 ? "LAPACK" : "", peer});
}
