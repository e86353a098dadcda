// SPDX-License-Identifier: BSL-1.0
// bench: cluster/kmeans/100kx32 cluster/kmeans/1mx64
// flags: -march=native
//
// Seconds that k-means with 100 clusters takes on generated float rows, beside scikit-learn (Lloyd and Elkan) and faiss, all
// with their defaults but for the threads: two. Medians over seeds, the programs taking turns; the inertia of each is printed, and
// ours has to be within 1e-3 of the peer's for the ratio to count. faiss runs 25 epochs over all rows (by default it would take
// a sample), its inertia is that of its centers over all rows. KINDRED_PYTHON names a python with scikit-learn (python3 when
// it names none). Names after the program leave the others out.

#include <kindred/cluster/kmeans.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/random.hpp>

#if defined(KINDRED_BENCH_FAISS)
#include <faiss/Clustering.h>
#include <faiss/IndexFlat.h>
#include <omp.h>
#endif

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using kindred::index_t;

constexpr index_t clusters = 100;
constexpr int runs = 5;

// Rows around 300 centers of a standard normal, half a deviation wide, some clouds three times as heavy as others.
std::vector<float> generate(index_t rows, index_t columns) {
  std::vector<float> out(std::size_t{rows} * columns);
  kindred::thread_pool pool(2);
  kindred::for_chunks(pool, rows, 4096, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
      kindred::random_stream own(1, i);
      auto const cloud = std::min(kindred::below(own, 300), kindred::below(own, 600));
      kindred::random_stream center(2, cloud);
      for (index_t j = 0; j != columns; ++j)
        out[i * columns + j] = static_cast<float>(kindred::normal(center) + 0.5 * kindred::normal(own));
    }
  });
  return out;
}

struct figure {
  std::vector<double> seconds;
  std::vector<double> inertia;

  void add(double s, double i) {
    seconds.push_back(s);
    inertia.push_back(i);
  }
  static double median(std::vector<double> v) {
    if (v.empty()) return 0;
    std::sort(v.begin(), v.end());
    return v[v.size() / 2];
  }
};

double seconds_of(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

constexpr char script[] = R"py(
import sys, time, warnings
warnings.filterwarnings('ignore')
import numpy
from sklearn.cluster import KMeans
path, rows, columns, clusters, seed, rule = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), sys.argv[6]
x = numpy.fromfile(path, dtype=numpy.float32).reshape(rows, columns)
KMeans(2, n_init=1, max_iter=2).fit(x[:1000])
start = time.perf_counter()
m = KMeans(clusters, n_init=1, random_state=seed, algorithm=rule).fit(x)
print(time.perf_counter() - start, m.inertia_, m.n_iter_)
)py";

class sklearn {
public:
  explicit sklearn(std::vector<float> const& x)
      : place_(std::filesystem::temp_directory_path() / "kindred_bench_kmeans") {
    std::filesystem::create_directories(place_);
    std::ofstream(place_ / "fit.py") << script;
    std::ofstream out(place_ / "rows", std::ios::binary);
    out.write(reinterpret_cast<char const*>(x.data()), static_cast<std::streamsize>(x.size() * sizeof(float)));
  }
  sklearn(sklearn const&) = delete;
  ~sklearn() { std::filesystem::remove_all(place_); }

  bool run(index_t rows, index_t columns, int seed, char const* rule, figure& out) const {
    char const* const python = std::getenv("KINDRED_PYTHON");
    std::string const command =
        "OMP_NUM_THREADS=2 OPENBLAS_NUM_THREADS=2 " + std::string(python != nullptr ? python : "python3") + " " +
        (place_ / "fit.py").string() + " " + (place_ / "rows").string() + " " + std::to_string(rows) + " " +
        std::to_string(columns) + " " + std::to_string(clusters) + " " + std::to_string(seed) + " " + rule + " >" +
        (place_ / "said").string() + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) return false;
    double seconds = 0;
    double inertia = 0;
    std::ifstream(place_ / "said") >> seconds >> inertia;
    out.add(seconds, inertia);
    return true;
  }

private:
  std::filesystem::path place_;
};

#if defined(KINDRED_BENCH_FAISS)
void run_faiss(std::vector<float> const& x, index_t rows, index_t columns, int seed, figure& out) {
  omp_set_num_threads(2);
  faiss::ClusteringParameters how;
  how.seed = seed;
  how.max_points_per_centroid = static_cast<int>(rows);
  faiss::Clustering clustering(static_cast<int>(columns), static_cast<int>(clusters), how);
  faiss::IndexFlatL2 index(columns);
  double const seconds = seconds_of([&] { clustering.train(rows, x.data(), index); });
  std::vector<float> distance(rows);
  std::vector<faiss::Index::idx_t> label(rows);
  index.reset();
  index.add(clusters, clustering.centroids.data());
  index.search(rows, x.data(), 1, distance.data(), label.data());
  double inertia = 0;
  for (float const d : distance) inertia += static_cast<double>(d);
  out.add(seconds, inertia);
}
#endif

void measure(char const* name, index_t rows, index_t columns) {
  auto const x = generate(rows, columns);
  kindred::matrix_view<float> const view(kindred::unchecked, x.data(), rows, columns, columns);
  kindred::thread_pool pool(2);
  sklearn const python(x);
  figure ours;
  figure lloyd;
  figure elkan;
  [[maybe_unused]] figure faiss;
  bool absent = false;
  for (int seed = 1; seed <= runs; ++seed) {
    double inertia = 0;
    double const seconds = seconds_of([&] {
      inertia =
          kindred::fit(kindred::kmeans<>{.clusters = clusters, .seed = static_cast<std::uint64_t>(seed)}, view, pool)
              .report.objective;
    });
    ours.add(seconds, inertia);
    absent =
        absent || !python.run(rows, columns, seed, "lloyd", lloyd) || !python.run(rows, columns, seed, "elkan", elkan);
#if defined(KINDRED_BENCH_FAISS)
    run_faiss(x, rows, columns, seed, faiss);
#endif
  }
  double const own = figure::median(ours.seconds);
  std::printf("ours: inertia %.6g\n", figure::median(ours.inertia));
  auto const line = [&](char const* peer, figure const& theirs) {
    if (theirs.seconds.empty()) return;
    double const seconds = figure::median(theirs.seconds);
    double const inertia = figure::median(theirs.inertia);
    std::printf("%s: inertia %.6g, ours is %+.2f%%\n", peer, inertia,
                100 * (figure::median(ours.inertia) / inertia - 1));
    std::printf("BENCH %s ours=%.3f peer=%s:%.3f ratio=%.2f unit=s\n", name, own, peer, seconds, seconds / own);
  };
  if (absent) std::printf("BENCH %s ours=%.3f peer=absent unit=s\n", name, own);
  line("sklearn-lloyd", lloyd);
  line("sklearn-elkan", elkan);
  line("faiss", faiss);
}

}  // namespace

int main(int argc, char** argv) {
  auto const wanted = [&](char const* name) { return argc < 2 || std::strstr(name, argv[1]) != nullptr; };
  if (wanted("cluster/kmeans/100kx32")) measure("cluster/kmeans/100kx32", 100000, 32);
  if (wanted("cluster/kmeans/1mx64")) measure("cluster/kmeans/1mx64", 1000000, 64);
}
