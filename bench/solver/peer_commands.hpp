// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace bench {

struct peer_figure {
  std::string name;  // empty when there is no peer
  double seconds = 0;
};

// Runs the peers that an environment variable names, `name:command;name:command`, each with the arguments. What one prints first, or
// behind `label`, is its seconds; one that prints none cannot do what is asked. The fastest; all are printed.
inline peer_figure fastest_peer(char const* variable, std::string const& arguments, std::string_view label = {}) {
  peer_figure best;
  char const* const peers = std::getenv(variable);
  if (peers == nullptr) return best;
  auto const said = std::filesystem::temp_directory_path() / "kindred_bench_peer";
  std::stringstream all{std::string(peers)};
  for (std::string one; std::getline(all, one, ';');) {
    auto const colon = one.find(':');
    if (colon == one.npos) continue;
    std::string const command = one.substr(colon + 1) + ' ' + arguments + " >" + said.string() + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) continue;
    std::ifstream in(said);
    double seconds = 0;
    for (std::string word; in >> word && seconds == 0;) {
      auto const at = word.find(label);
      if (at != word.npos) seconds = std::strtod(word.c_str() + at + label.size(), nullptr);
    }
    std::filesystem::remove(said);
    if (!(seconds > 0)) continue;
    std::string const name = one.substr(0, colon);
    std::printf("peer %s: %.3f s\n", name.c_str(), seconds);
    if (best.name.empty() || seconds < best.seconds) best = {name, seconds};
  }
  return best;
}

// A file of `user item` lines while it lives.
class rating_file {
public:
  rating_file(char const* name, kindred::ratings<float> const& data)
      : place_(std::filesystem::temp_directory_path() / name) {
    std::ofstream out(place_);
    for (kindred::index_t u = 0; u != data.user_count(); ++u)
      for (kindred::index_t const i : data.of(kindred::user_id{u}).index) out << u << ' ' << i << '\n';
  }
  rating_file(rating_file const&) = delete;
  rating_file& operator=(rating_file const&) = delete;
  ~rating_file() { std::filesystem::remove(place_); }
  [[nodiscard]] std::string path() const { return place_.string(); }

private:
  std::filesystem::path place_;
};

inline void say(char const* name, double ours, peer_figure const& peer) {
  int const digits = ours < 0.1 ? 4 : 3;
  if (peer.name.empty()) std::printf("BENCH %s ours=%.*f peer=absent unit=s\n", name, digits, ours);
  else
    std::printf("BENCH %s ours=%.*f peer=%s:%.*f ratio=%.2f unit=s\n", name, digits, ours, peer.name.c_str(), digits,
                peer.seconds, peer.seconds / ours);
  std::fflush(stdout);
}

}  // namespace bench
