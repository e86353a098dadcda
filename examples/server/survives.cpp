// SPDX-License-Identifier: BSL-1.0

// survives <server> <folder> <times>: kills the service with SIGKILL in the middle of writes, so many times, and looks whether
// every event that it acknowledged is there, as it was sent.

#include "loopback.hpp"

#include <kindred/run/random.hpp>

#include <signal.h>
#include <sys/wait.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;

// The number behind "name": in an answer.
std::uint64_t number_in(std::string const& answer, char const* name) {
  std::size_t const at = answer.find('"' + std::string(name) + "\":");
  return at == std::string::npos ? 0 : std::strtoull(answer.c_str() + at + std::string(name).size() + 3, nullptr, 10);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  std::string const file = std::string(argv[2]) + "/survives.db";
  for (char const* const end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
  // Below the ports that the system gives to clients: one of those could connect to itself.
  int const times = std::atoi(argv[3]), port = 20000 + static_cast<int>(::getpid() % 12000);

  std::mutex lock;
  std::map<std::uint64_t, std::string> acknowledged;  // by number, what has to be there
  kindred::random_stream random(1, 0);
  std::size_t lost = 0;
  for (int round = 0; round <= times; ++round) {
    ::pid_t const server = start_service(argv[1], file, port, [] { std::freopen("/dev/null", "w", stdout); });
    loopback reader(port);
    for (auto const& [number, event] : acknowledged)
      if (reader.ask("GET", "/event?number=" + std::to_string(number)) != event) ++lost;
    if (round == times) {
      ::kill(server, SIGTERM);
      ::waitpid(server, nullptr, 0);
      break;
    }
    std::vector<std::thread> writers;
    for (std::uint64_t w = 0; w != 4; ++w)
      writers.emplace_back([&, w] {
        kindred::random_stream mine(static_cast<std::uint64_t>(round), w);
        loopback connection(port);
        for (;;) {
          std::string const user = std::to_string(kindred::below(mine, 2000)),
                            item = std::to_string(kindred::below(mine, 1000));
          std::string const answer = connection.ask("POST", "/event?user=" + user + "&item=" + item);
          if (answer.empty()) return;  // not acknowledged: it may be there, or not
          std::lock_guard const turn(lock);
          acknowledged[number_in(answer, "event")] = "{\"user\":" + user + ",\"item\":" + item + '}';
        }
      });
    std::this_thread::sleep_for(100ms + 1ms * kindred::below(random, 300));
    ::kill(server, SIGKILL);
    ::waitpid(server, nullptr, 0);
    for (std::thread& w : writers) w.join();
  }
  std::printf("%d kills, %zu acknowledged events, %zu lost\n", times, acknowledged.size(), lost);
  return lost == 0 && !acknowledged.empty() ? 0 : 1;
}
