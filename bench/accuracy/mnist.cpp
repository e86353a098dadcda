// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/mnist/kmeans accuracy/letter/kmeans accuracy/s-sets/kmeans accuracy/birch/kmeans
// flags: -march=native
//
// The inertia of one k-means run with defaults, and its seconds, beside scikit-learn's best of ten (n_init = 10): the test
// digits of MNIST, letter, s-set1 to s-set4 and birch-rg1, in the folder that KINDRED_DATA names. KINDRED_PYTHON names a python
// with scikit-learn (python3 when it names none). Ours is the worst of five seeds, and the median of their seconds.

#include <kindred/cluster/kmeans.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

// Reads a set into float rows, says its shape, fits, and says what came of it. Python reads gzip and ARFF; we read its rows.
constexpr char script[] = R"py(
import gzip, sys, time, warnings
warnings.filterwarnings('ignore')
import numpy
from sklearn.cluster import KMeans
data, name, clusters, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
if name == 'mnist':
    x = numpy.frombuffer(gzip.open(data + '/mnist/t10k-images-idx3-ubyte.gz').read()[16:], dtype=numpy.uint8).reshape(-1, 784)
else:
    lines = [l.strip().split(',') for l in open(data + '/clustering/' + name + '.arff') if l.strip() and l[0] not in '%@']
    x = numpy.array([[float(v) for v in l[:16 if name == 'letter' else 2]] for l in lines])
x = numpy.ascontiguousarray(x, dtype=numpy.float32)
x.tofile(out)
start = time.perf_counter()
m = KMeans(clusters, n_init=10, random_state=0).fit(x)
print(x.shape[0], x.shape[1], time.perf_counter() - start, m.inertia_)
)py";

void measure(char const* name, char const* set, kindred::index_t clusters, std::string const& data,
             std::filesystem::path const& place) {
  char const* const python = std::getenv("KINDRED_PYTHON");
  std::string const command = std::string(python != nullptr ? python : "python3") + " " + (place / "fit.py").string() +
                              " " + data + " " + set + " " + std::to_string(clusters) + " " +
                              (place / "rows").string() + " >" + (place / "said").string();
  if (std::system(command.c_str()) != 0) {
    std::printf("BENCH %s peer=absent\n", name);
    return;
  }
  kindred::index_t rows = 0;
  kindred::index_t columns = 0;
  double seconds = 0;
  double inertia = 0;
  std::ifstream(place / "said") >> rows >> columns >> seconds >> inertia;
  std::vector<float> x(std::size_t{rows} * columns);
  std::ifstream(place / "rows", std::ios::binary)
      .read(reinterpret_cast<char*>(x.data()), static_cast<std::streamsize>(x.size() * sizeof(float)));

  kindred::matrix_view<float> const view(kindred::unchecked, x.data(), rows, columns, columns);
  kindred::thread_pool pool(2);
  std::array<double, 5> took{};
  double worst = 0;
  for (std::size_t k = 0; k != took.size(); ++k) {
    auto const start = std::chrono::steady_clock::now();
    auto const done = kindred::fit(kindred::kmeans<>{.clusters = clusters, .seed = k}, view, pool);
    took[k] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    worst = std::max(worst, done.report.objective);
  }
  std::sort(took.begin(), took.end());
  std::printf("%s: %u x %u, %u clusters: %.4f s, scikit-learn %.3f s\n", set, rows, columns, clusters, took[2],
              seconds);
  std::printf("BENCH %s ours=%.6g peer=sklearn-10:%.6g ratio=%.4f unit=inertia\n", name, worst, inertia,
              inertia / worst);
}

}  // namespace

int main() {
  char const* const data = std::getenv("KINDRED_DATA");
  if (data == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  auto const place = std::filesystem::temp_directory_path() / "kindred_bench_mnist";
  std::filesystem::create_directories(place);
  std::ofstream(place / "fit.py") << script;
  measure("accuracy/mnist/kmeans", "mnist", 10, data, place);
  measure("accuracy/letter/kmeans", "letter", 26, data, place);
  for (char const* const set : {"s-set1", "s-set2", "s-set3", "s-set4"})
    measure("accuracy/s-sets/kmeans", set, 15, data, place);
  measure("accuracy/birch/kmeans", "birch-rg1", 100, data, place);
  std::filesystem::remove_all(place);
}
