// SPDX-License-Identifier: BSL-1.0
// bench: factor/ease/10k
// flags: -O3 -march=native
//
// Processor seconds of one thread to invert the symmetric positive definite matrix that ease inverts for 10 000 items, beside
// LAPACK's spotrf and spotri: KINDRED_NUMPY names a Python with numpy and scipy, whose linear algebra is told to take one thread.
// Both are arithmetic: size^3 flops, beside which what a core multiplies and adds at most is the limit. Processors that slow down
// under load reach less of it with random numbers than with equal ones: a tenth less on an AMD EPYC (Zen 4), whose products of
// packed blocks of random numbers run at 105 GFLOP/s, of equal ones at 113.

#include <kindred/linalg/positive_inverse.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

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

}  // namespace

int main() {
  using namespace kindred;
  constexpr std::size_t size = 10000;
  constexpr std::size_t stride = padded_size<float>(size);
  double took[3];
  for (double& seconds : took) {
    buffer<float> a(stride * stride, 0.0f);
    for (std::size_t r = 0; r != size; ++r) {
      for (std::size_t c = r; c != size; ++c)
        a[r * stride + c] = static_cast<float>(to_unit(mix(1, r * size + c)) - 0.5);
      a[r * stride + r] = 400;
    }
    sequential one;
    std::clock_t const start = std::clock();
    if (!positive_inverse(one, a.span(), size)) return 1;
    seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  }
  std::sort(took, took + 3);
  std::printf("%.1f GFLOP/s\n", 1e-9 * size * size * size / took[1]);
  double const peer = lapack_seconds(size);
  if (peer > 0)
    std::printf("BENCH factor/ease/10k ours=%.2f peer=LAPACK:%.2f ratio=%.2f unit=s\n", took[1], peer, peer / took[1]);
  else std::printf("BENCH factor/ease/10k ours=%.2f peer=absent unit=s\n", took[1]);
}
