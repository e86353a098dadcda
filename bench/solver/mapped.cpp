// SPDX-License-Identifier: BSL-1.0
// flags: -O3 -march=native
// bench: factor/mapped/memory factor/mapped/sgd factor/mapped/als factor/mapped/bpr
//
// Training on more ratings than a program may hold: 20 million of 100 000 users and 20 000 items, told row by row into a file of
// 150 MB, by a program that the system allows 64 MB of memory of its own (RLIMIT_DATA: a byte more is std::bad_alloc), with
// blocks of 8 MB. Then by one that holds them in memory, as it is used to. The models have to be the same bits. Seconds are
// CPU seconds of one thread, the system's for it included, from the ratings opened or loaded to the model, of two epochs or sweeps
// with 16 factors; memory is the most that either program held of its own at the end of an epoch (RssAnon), while all three
// were trained.
//
// The folder of the files is the argument, /var/tmp without one.

#include <kindred/data/ratings_from_rows.hpp>
#include <kindred/factor/als.hpp>
#include <kindred/factor/bpr.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/io/map_ratings.hpp>
#include <kindred/io/safetensors.hpp>
#include <kindred/io/scratch_folder.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <filesystem>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace kindred;

// What a program tells of itself.
struct told {
  std::array<double, 3> seconds{};
  std::array<std::uint64_t, 3> bits{};
  double megabytes = 0;
  bool done = false;
};

double own_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double own_megabytes() {
  std::FILE* const file = std::fopen("/proc/self/status", "r");
  char line[256];
  double kilobytes = 0;
  while (file != nullptr && std::fgets(line, sizeof line, file) != nullptr)
    if (std::strncmp(line, "RssAnon:", 8) == 0) kilobytes = std::atof(line + 8);
  if (file != nullptr) std::fclose(file);
  return kilobytes / 1024;
}

std::uint64_t bits_of(auto const& model) {
  std::uint64_t sum = 0;
  auto const add = [&](auto rows) {
    for (index_t r = 0; r != rows.rows(); ++r)
      for (float const x : rows.row(r)) {
        std::uint32_t one;
        std::memcpy(&one, &x, sizeof one);
        sum = mix(sum, one);
      }
  };
  add(model.users());
  add(model.items());
  return sum;
}

told train(ratings<float> const& data) {
  told out;
  auto const watch = [&](progress const&) {
    out.megabytes = (std::max)(out.megabytes, own_megabytes());
    return flow::proceed;
  };
  auto const one = [&](std::size_t k, auto const& how) {
    double const begin = own_seconds();
    auto const model = fit(how, data, sequential{}, watch).model;
    out.seconds[k] = own_seconds() - begin;
    out.bits[k] = bits_of(model);
  };
  one(0, sgd<>{.factors = 16, .epochs = 2});
  one(1, als<>{.factors = 16, .sweeps = 2});
  one(2, bpr{.factors = 16, .epochs = 2});
  out.done = true;
  return out;
}

// Runs work() in a program of its own and hands on what it returns.
told apart(auto const& work) {
  int channel[2];
  if (::pipe(channel) != 0) return {};
  pid_t const child = ::fork();
  if (child == 0) {
    told out;
    try {
      out = work();
    } catch (std::exception const& e) { std::fprintf(stderr, "%s\n", e.what()); }
    static_cast<void>(!::write(channel[1], &out, sizeof out));
    ::_exit(0);
  }
  ::close(channel[1]);
  told out;
  if (::read(channel[0], &out, sizeof out) != static_cast<ssize_t>(sizeof out)) out = {};
  ::close(channel[0]);
  ::waitpid(child, nullptr, 0);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  std::filesystem::path const folder = argc > 1 ? argv[1] : "/var/tmp";
  auto const file = folder / "kindred_mapped.safetensors";
  told const in_files = apart([&] {
    rlimit const most{64u << 20, 64u << 20};
    if (::setrlimit(RLIMIT_DATA, &most) != 0) return told{};
    scratch_folder const place(folder, std::size_t{8} << 20);
    auto const rows = [](auto const& add) {
      for (std::uint64_t k = 0; k != 20'000'000; ++k) {
        double const x = to_unit(mix(1, k));
        auto const u = static_cast<index_t>(mix(2, k) % 100'000);
        add(user_id{u}, item_id{static_cast<index_t>(x * x * 20'000)}, static_cast<float>(1 + mix(3, k) % 5));
      }
    };
    double const begin = own_seconds();
    save(ratings_from_rows<float>(rows, place, on_duplicate::last), file);
    std::fprintf(stderr, "written in %.1f s\n", own_seconds() - begin);
    return train(map_ratings<float>(file, place));
  });
  std::error_code ignored;
  double const written = static_cast<double>(std::filesystem::file_size(file, ignored)) / (1 << 20);
  told const in_memory = apart([&] { return train(load<ratings<float>>(file)); });
  std::filesystem::remove(file, ignored);
  if (!in_files.done || !in_memory.done || in_files.bits != in_memory.bits) {
    std::fprintf(stderr, "not trained, or to other bits\n");
    return 1;
  }
  std::printf("# a file of %.0f MB\n", written);
  std::printf("BENCH factor/mapped/memory ours=%.1f peer=in_memory:%.1f ratio=%.2f unit=MB\n", in_files.megabytes,
              in_memory.megabytes, in_memory.megabytes / in_files.megabytes);
  char const* const name[] = {"sgd", "als", "bpr"};
  for (std::size_t k = 0; k != 3; ++k)
    std::printf("BENCH factor/mapped/%s ours=%.2f peer=in_memory:%.2f ratio=%.2f unit=s\n", name[k],
                in_files.seconds[k], in_memory.seconds[k], in_memory.seconds[k] / in_files.seconds[k]);
}
