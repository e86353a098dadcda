// SPDX-License-Identifier: BSL-1.0
// bench: cluster/ward/10k cluster/average/10k
// flags: -march=native
//
// Seconds of hierarchical clustering of 10 000 generated rows of 10 numbers, by Ward's and by average linkage, beside scipy
// (a fastcluster of its own) and, where it is installed, fastcluster; each reads the same rows, and all heights have to agree
// to 1e-9. Medians of five. KINDRED_PYTHON names a python with scipy (python3 when it names none).

#include <kindred/cluster/agglomerative.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

constexpr kindred::index_t rows = 10000;
constexpr kindred::index_t columns = 10;

constexpr char script[] = R"py(
import sys, time
import numpy
if sys.argv[5] == 'scipy':
    from scipy.cluster.hierarchy import linkage
else:
    from fastcluster import linkage
x = numpy.fromfile(sys.argv[1]).reshape(int(sys.argv[2]), int(sys.argv[3]))
linkage(x[:100], sys.argv[4])
start = time.perf_counter()
z = linkage(x, sys.argv[4])
print(time.perf_counter() - start)
z[:, 2].tofile(sys.argv[1] + '.heights')
)py";

double seconds_of(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median_of(std::array<double, 5> runs) {
  std::sort(runs.begin(), runs.end());
  return runs[2];
}

struct place {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "kindred_bench_linkage";

  explicit place(std::vector<double> const& x) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "link.py") << script;
    std::ofstream(folder / "rows", std::ios::binary)
        .write(reinterpret_cast<char const*>(x.data()), static_cast<std::streamsize>(x.size() * sizeof(double)));
  }
  place(place const&) = delete;
  ~place() { std::filesystem::remove_all(folder); }

  // Seconds, and the heights in `heights`; negative when the peer is not there.
  double run(char const* peer, char const* method, std::vector<double>& heights) const {
    char const* const python = std::getenv("KINDRED_PYTHON");
    std::string const command = std::string(python != nullptr ? python : "python3") + " " +
                                (folder / "link.py").string() + " " + (folder / "rows").string() + " " +
                                std::to_string(rows) + " " + std::to_string(columns) + " " + method + " " + peer +
                                " >" + (folder / "said").string() + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) return -1;
    double seconds = -1;
    std::ifstream(folder / "said") >> seconds;
    heights.resize(rows - 1);
    std::ifstream(folder / "rows.heights", std::ios::binary)
        .read(reinterpret_cast<char*>(heights.data()), static_cast<std::streamsize>(heights.size() * sizeof(double)));
    return seconds;
  }
};

template <class Recipe>
void measure(char const* name, char const* method, Recipe const& how, std::vector<double> const& x, place const& at) {
  kindred::matrix_view<double> const view(kindred::unchecked, x.data(), rows, columns, columns);
  kindred::thread_pool pool(2);
  kindred::dendrogram tree;
  for (char const* const peer : {"scipy", "fastcluster"}) {
    std::array<double, 5> ours{};
    std::array<double, 5> theirs{};
    std::vector<double> heights;
    for (std::size_t k = 0; k != 5; ++k) {
      ours[k] = seconds_of([&] { tree = kindred::fit(how, view, pool).model; });
      theirs[k] = at.run(peer, method, heights);
      if (theirs[k] < 0) break;
    }
    if (*std::min_element(theirs.begin(), theirs.end()) < 0) {
      std::printf("BENCH %s ours=%.3f peer=absent unit=s\n", name, ours[0]);
      continue;
    }
    double worst = 0;
    for (std::size_t k = 0; k != heights.size(); ++k)
      worst = std::max(worst, std::abs(heights[k] - tree.merges()[k].height));
    std::printf("%s, %s: heights differ by %.2g at most\n", method, peer, worst);
    std::printf("BENCH %s ours=%.3f peer=%s:%.3f ratio=%.2f unit=s\n", name, median_of(ours), peer, median_of(theirs),
                median_of(theirs) / median_of(ours));
  }
}

}  // namespace

int main() {
  std::vector<double> x;
  for (kindred::index_t i = 0; i != rows; ++i) {
    kindred::random_stream random(1, i);
    for (kindred::index_t j = 0; j != columns; ++j) x.push_back(kindred::normal(random));
  }
  place const at(x);
  measure("cluster/ward/10k", "ward", kindred::agglomerative<>{}, x, at);
  measure("cluster/average/10k", "average", kindred::agglomerative<kindred::average_linkage>{}, x, at);
}
