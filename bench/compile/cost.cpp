// SPDX-License-Identifier: BSL-1.0
// bench: compile/pipeline compile/pipeline/unoptimized compile/firewall compile/memory
//
// What it costs to compile programs that use kindred: lines after preprocessing, CPU seconds and memory of the compiler, bytes
// of the object. The programs are units/*.cpp, compiled from the root of the repository with -O2, as an optimized build does, and
// with -O0; CXX names the compiler (g++). Medians of five, programs taken in turns.
//
// KINDRED_BENCH_MLPACK holds the flags that mlpack needs, -I<folder>; without it, pipeline has no peer.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct cost {
  bool compiled = false;
  double seconds = 0;
  double megabytes = 0;
};

// Runs a command of the shell. Memory is that of the largest process: the compiler proper.
cost run(std::string const& command) {
  ::pid_t const child = ::fork();
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  ::rusage used{};
  if (child < 0 || ::wait4(child, &status, 0, &used) != child) return {};
  auto const seconds = [](::timeval t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return {.compiled = status == 0,
          .seconds = seconds(used.ru_utime) + seconds(used.ru_stime),
          .megabytes = static_cast<double>(used.ru_maxrss) / 1024};
}

struct program {
  char const* name;
  std::string flags;
  std::vector<double> seconds = {};
  double megabytes = 0;
};

double median(std::vector<double> v) {
  std::ranges::nth_element(v, v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2));
  return v[v.size() / 2];
}

class bench {
public:
  explicit bench(char const* optimization)
      : object_(std::filesystem::temp_directory_path() / ("kindred_" + std::to_string(::getpid()) + ".o")) {
    char const* const compiler = std::getenv("CXX");
    compiler_ = std::string(compiler != nullptr ? compiler : "g++") + " -std=c++20 " + optimization + " -Iinclude";
    compiler_ += " $(pkg-config --cflags eigen3 2>/dev/null || echo -I/usr/include/eigen3) ";
  }
  ~bench() { std::filesystem::remove(object_); }
  bench(bench const&) = delete;
  bench& operator=(bench const&) = delete;

  void measure(std::vector<program>& all) const {
    for (int k = 0; k != 5; ++k) {
      for (program& p : all) {
        cost const c = run(compiler_ + p.flags + " -c " + source(p) + " -o " + object_.string());
        if (!c.compiled) {
          std::printf("%s does not compile\n", p.name);
          std::exit(1);
        }
        p.seconds.push_back(c.seconds);
        p.megabytes = std::max(p.megabytes, c.megabytes);
        if (k == 4) print(p);
      }
    }
  }

private:
  static std::string source(program const& p) { return std::string("bench/compile/units/") + p.name + ".cpp"; }

  void print(program const& p) const {
    std::printf("%-12s %6.2f s %6.0f MB %8.0f kB object, lines: ", p.name, median(p.seconds), p.megabytes,
                static_cast<double>(std::filesystem::file_size(object_)) / 1024);
    std::fflush(stdout);
    run(compiler_ + p.flags + " -E -P " + source(p) + " | wc -l");
  }

  std::filesystem::path object_;
  std::string compiler_;
};

void report(char const* name, double ours, program const* peer, double theirs, char const* unit) {
  if (peer == nullptr) std::printf("BENCH %s ours=%.2f peer=absent unit=%s\n", name, ours, unit);
  else
    std::printf("BENCH %s ours=%.2f peer=%s:%.2f ratio=%.2f unit=%s\n", name, ours, peer->name, theirs, theirs / ours,
                unit);
}

}  // namespace

int main() {
  char const* const mlpack = std::getenv("KINDRED_BENCH_MLPACK");
  for (char const* const optimization : {"-O2", "-O0"}) {
    std::vector<program> all{{"pipeline", ""}, {"firewall", ""}, {"everything", ""}, {"eigen", ""}};
    if (mlpack != nullptr) all.push_back({"mlpack", mlpack});
    std::printf("compiled with %s:\n", optimization);
    bench(optimization).measure(all);
    program const* const peer = mlpack != nullptr ? &all.back() : nullptr;
    bool const optimized = std::string_view(optimization) == "-O2";
    report(optimized ? "compile/pipeline" : "compile/pipeline/unoptimized", median(all[0].seconds), peer,
           peer != nullptr ? median(peer->seconds) : 0, "s");
    if (!optimized) continue;
    report("compile/memory", all[0].megabytes, peer, peer != nullptr ? peer->megabytes : 0, "MB");
    report("compile/firewall", median(all[1].seconds), &all[3], median(all[3].seconds), "s");
  }
}
