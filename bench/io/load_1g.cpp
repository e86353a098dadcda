// SPDX-License-Identifier: BSL-1.0
//
// bench: io/load/1g io/load/1g/copy io/save/1g
//
// A factor model of a gigabyte (4 million users, 100 000 items, 64 factors) in a file: how long it takes to save it; from the start to
// the first ten recommendations by mapping the file, beside loading a copy with its checksum. The file is in the system's cache, as it
// is for every program after the first one. What is first read from a device depends on the device, and is printed as a comment,
// beside what reading the vectors of the items alone takes it, which a first recommendation over all of them cannot be without.
// The file lies in the folder that KINDRED_SCRATCH names, or in the system's folder of temporary files, and is removed.
#if __has_include(<nlohmann/json.hpp>)
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/factor_view.hpp>
#include <kindred/io/safetensors.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#if __has_include(<fcntl.h>)
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace kindred;

namespace {

constexpr index_t users = 4'000'000, items = 100'000, factors = 64;

template <class Work>
double seconds(Work const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}
template <class Work>
double median(int times, Work const& work) {
  std::vector<double> each;
  for (int k = 0; k != times; ++k) each.push_back(seconds(work));
  std::sort(each.begin(), each.end());
  return each[each.size() / 2];
}

template <class Model>
index_t first_recommendation(Model const& model) {
  std::array<scored_item<float>, 10> best;
  static_cast<void>(top_n(model, user_id{1'234'567}, all_items{items}, best));
  return to_index(best[0].item);
}

// Makes the system forget what it holds of a file.
void forget([[maybe_unused]] std::filesystem::path const& path) {
#if __has_include(<fcntl.h>)
  int const file = ::open(path.c_str(), O_RDONLY);
  ::fsync(file);
  ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  ::close(file);
#endif
}

}  // namespace

int main() {
  char const* const scratch = std::getenv("KINDRED_SCRATCH");
  auto const folder = scratch != nullptr ? std::filesystem::path(scratch) : std::filesystem::temp_directory_path();
  auto const path = folder / "kindred_bench_1g.safetensors";
  {
    factor_model<float> model(users, items, factors);
    model.set_mean(3.5f);
    auto const fill = [&](auto id) {
      model.set_known(id);
      auto const own = model.of(id);
      random_stream random(1, to_index(id));
      for (float& x : own.vector) x = static_cast<float>(to_unit(random())) - 0.5f;
    };
    for (index_t u = 0; u != users; ++u) fill(user_id{u});
    for (index_t i = 0; i != items; ++i) fill(item_id{i});
    double const saved = median(3, [&] { save(model, path); });
    std::printf("# %.0f MB, flushed to the device\n", static_cast<double>(std::filesystem::file_size(path)) / 1e6);
    std::printf("BENCH io/save/1g ours=%.3f peer=absent unit=s\n", saved);
  }
  index_t first = 0, by_copy = 0;
  auto const open_and_ask = [&] {
    mapped_file const file(path);
    first = first_recommendation(load_view<factor_view<float>>(file));
  };
  forget(path);
  double const cold = seconds(open_and_ask);
  std::vector<char> vectors(std::size_t{items} * factors * sizeof(float));
  forget(path);
  std::ifstream plain(path, std::ios::binary);
  double const read = seconds([&] { plain.read(vectors.data(), static_cast<std::streamsize>(vectors.size())); });
  std::printf("# by mapping, read from the device: %.1f ms; %.1f MB read plainly: %.1f ms\n", 1e3 * cold,
              static_cast<double>(vectors.size()) / 1e6, 1e3 * read);
  { (void)load<factor_model<float>>(path); }  // the cache is warm
  double const mapped = median(9, open_and_ask);
  double const copied = median(5, [&] { by_copy = first_recommendation(load<factor_model<float>>(path)); });
  double const checked = median(3, [&] { check_bytes(mapped_file(path)); });
  std::printf("# the checksum alone: %.3f s\n", checked);
  std::printf("BENCH io/load/1g ours=%.5f peer=copying:%.4f ratio=%.0f unit=s\n", mapped, copied, copied / mapped);
  std::printf("BENCH io/load/1g/copy ours=%.4f peer=absent unit=s\n", copied);
  std::filesystem::remove(path);
  return first == by_copy ? 0 : 1;
}
#else
int main() {}
#endif
