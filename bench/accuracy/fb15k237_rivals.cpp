// SPDX-License-Identifier: BSL-1.0
// bench: graph/equal_mrr/fb15k-237
//
// What it costs to find held-out facts of FB15k-237 as well as other programs that mine rules and apply them do: processor
// seconds from the facts to all test questions ranked, filtered, heads and tails. Reads fb15k-237/train.txt, valid.txt and test.txt
// in the folder that KINDRED_DATA names.
//
// The peers are commands, `name:command;name:command` in KINDRED_BENCH_RULES, which are given the three files, in this order, learn
// from the first, and print their mean reciprocal rank as the last word. Their seconds are those of the processes that they start,
// of all threads. Beside each is the cheapest of our counted rules whose rank is as good, all answers ranked as theirs are, on one
// thread: of one step and with constants, of two, or of three as by default.

#include <kindred/evaluate/link_ranking.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/run/fit.hpp>

#include <sys/resource.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

struct figure {
  double seconds = 0;
  double mrr = 0;
};

double seconds_of_children() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  auto const seconds = [](timeval const& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

figure run(std::string const& command) {
  auto const said = std::filesystem::temp_directory_path() / "kindred_bench_rules";
  double const start = seconds_of_children();
  int const status = std::system((command + " >" + said.string()).c_str());
  figure found{seconds_of_children() - start, 0};
  std::ifstream in(said);
  std::string last;
  for (std::string word; in >> word;) last = word;
  std::filesystem::remove(said);
  if (status == 0) found.mrr = std::strtod(last.c_str(), nullptr);
  return found;
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  auto const path = std::string(folder) + "/fb15k-237/";
  std::array<std::string, 3> const files{path + "train.txt", path + "valid.txt", path + "test.txt"};
  kindred::graph_names names;
  std::vector<kindred::triple> all, train, test;
  for (auto const& file : files) {
    test = kindred::read_triples(file, names);
    if (train.empty()) train = test;
    all.insert(all.end(), test.begin(), test.end());
  }
  kindred::graph_size const size{names.nodes.size(), names.relations.size()};
  auto const everything = kindred::knowledge_graph::from(all, size);
  std::vector<figure> ours;
  for (std::uint32_t const longest : {1u, 2u, 3u}) {
    auto const start = std::clock();
    auto const graph = kindred::knowledge_graph::from(train, size);
    auto const model = kindred::fit(kindred::counted_rules<>{.limits = {.longest = longest}}, graph).model;
    double const mrr = kindred::judge_links(model, graph, everything, test).mrr;
    ours.push_back({static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, mrr});
    std::printf("rules of up to %u steps: MRR %.4f in %.2f s\n", longest, mrr, ours.back().seconds);
    std::fflush(stdout);
  }
  char const* const peers = std::getenv("KINDRED_BENCH_RULES");
  if (peers == nullptr) std::printf("BENCH graph/equal_mrr/fb15k-237 ours=%.2f peer=absent unit=s\n", ours.back().seconds);
  std::stringstream list{std::string(peers == nullptr ? "" : peers)};
  for (std::string one; std::getline(list, one, ';');) {
    auto const colon = one.find(':');
    if (colon == one.npos) continue;
    auto const theirs = run(one.substr(colon + 1) + ' ' + files[0] + ' ' + files[1] + ' ' + files[2]);
    std::printf("%s: MRR %.4f in %.1f s\n", one.substr(0, colon).c_str(), theirs.mrr, theirs.seconds);
    if (!(theirs.mrr > 0)) continue;
    for (auto const& mine : ours) {
      if (mine.mrr < theirs.mrr) continue;
      std::printf("BENCH graph/equal_mrr/fb15k-237 ours=%.2f peer=%s:%.1f ratio=%.1f unit=s mrr=%.4f peer_mrr=%.4f\n",
                  mine.seconds, one.substr(0, colon).c_str(), theirs.seconds, theirs.seconds / mine.seconds, mine.mrr,
                  theirs.mrr);
      break;
    }
  }
} catch (std::exception const& e) {
  std::fprintf(stderr, "fb15k-237: %s\n", e.what());
  return 2;
}
