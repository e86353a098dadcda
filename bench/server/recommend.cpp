// SPDX-License-Identifier: BSL-1.0
// bench: server/recommend/p99
//
// How long the service of examples/server takes to answer, asked 1 000 times a second for 60 seconds, on the loopback. The service
// has one core to itself. Requests are due by the clock, whether earlier ones were answered or not, and time counts from when they
// were due: who waits is counted as waiting. The peer is the bar that was set, 5 ms.
//
// KINDRED_SERVER names the program, if it is not the one of the build; KINDRED_BENCH_SECONDS another time than 60.

#include "../../examples/server/loopback.hpp"

#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace {

using clock_type = std::chrono::steady_clock;
using namespace std::chrono_literals;

void keep_to_one_core() {
  ::cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(0, &one);
  ::sched_setaffinity(0, sizeof one, &one);
}

}  // namespace

int main() {
  char const* const named = std::getenv("KINDRED_SERVER");
  std::string const server = named != nullptr ? named : "build/release/examples/server/server";
  if (!std::filesystem::exists(server)) {
    std::printf("there is no %s; nothing was measured\n", server.c_str());
    return 0;
  }
  char const* const asked_for = std::getenv("KINDRED_BENCH_SECONDS");
  int const seconds = asked_for != nullptr ? std::max(1, std::atoi(asked_for)) : 60;
  int const port = 20000 + static_cast<int>(::getpid() % 12000);
  std::string const file =
      (std::filesystem::temp_directory_path() / ("kindred_bench_" + std::to_string(port) + ".db")).string();
  ::pid_t const child = start_service(server.c_str(), file, port, keep_to_one_core);

  // Eight connections in turns: each has 125 requests a second, one of them a purchase every second.
  constexpr int connections = 8, per_second = 125;
  std::vector<std::vector<double>> took(connections);
  std::vector<std::size_t> failed(connections, 0);
  std::vector<std::thread> clients;
  auto const begin = clock_type::now() + 100ms;
  for (int c = 0; c != connections; ++c)
    clients.emplace_back([&, c] {
      loopback connection(port);
      for (int k = 0; k != per_second * seconds; ++k) {
        auto const due = begin + std::chrono::microseconds(8000LL * k + 1000LL * c);
        std::this_thread::sleep_until(due);
        std::string const user = std::to_string((k * connections + c) * 7 % 2000);
        bool const ok = k % per_second == 0 ? !connection.ask("POST", "/event?item=5&user=" + user).empty()
                                            : !connection.ask("GET", "/recommend?user=" + user).empty();
        if (!ok) ++failed[static_cast<std::size_t>(c)];
        if (k % per_second != 0)
          took[static_cast<std::size_t>(c)].push_back(
              std::chrono::duration<double, std::milli>(clock_type::now() - due).count());
      }
    });
  for (std::thread& one : clients) one.join();
  ::kill(child, SIGTERM);
  ::rusage used{};
  ::wait4(child, nullptr, 0, &used);
  for (char const* const end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);

  std::vector<double> all;
  for (auto const& some : took) all.insert(all.end(), some.begin(), some.end());
  std::ranges::sort(all);
  std::size_t failures = 0;
  for (std::size_t const f : failed) failures += f;
  auto const at = [&](double share) {
    return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
  };
  std::printf(
      "%zu answers, %zu failed; ms: half %.2f, 90%% %.2f, 99%% %.2f, 99.9%% %.2f, all %.2f; CPU of the service %.1f "
      "s\n",
      all.size(), failures, at(0.5), at(0.9), at(0.99), at(0.999), all.back(),
      static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
          1e-6 * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec));
  std::printf("BENCH server/recommend/p99 ours=%.3f peer=bar:5 ratio=%.2f unit=ms\n", at(0.99), 5 / at(0.99));
  return failures == 0 ? 0 : 1;
}
