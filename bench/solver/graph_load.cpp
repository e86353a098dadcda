// SPDX-License-Identifier: BSL-1.0
// bench: graph/load/10m graph/build/10m graph/memory/10m graph/memory/fb15k-237
//
// A graph of 10 000 000 generated facts, of 500 000 nodes and 237 relations as crowded as those of FB15k-237: every relation
// leads from a range of nodes to another, few heads and tails of each have many facts. From a file with names, in the page
// cache and gone afterwards, and from numbers in memory. The peers are what one writes by hand: std::getline, names in a
// std::unordered_map, and the facts sorted once by head and once by tail. Processor seconds, the system's included, medians of 5,
// of reading files of 3.
//
// Then what a graph keeps, in bytes a fact, beside the bound of 16; and beyond the facts it is made of, the most while it is made.
// With FB15k-237 in the folder that KINDRED_DATA names, the same of its training facts.

#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

using kindred::index_t;
using kindred::triple;

std::size_t in_use = 0, most_in_use = 0;

constexpr std::size_t fact_count = 10'000'000;
constexpr index_t node_count = 500'000;
constexpr index_t relation_count = 237;

}  // namespace

// Every allocation with its size in front of it.
void* operator new(std::size_t size) {
  auto* const at = static_cast<std::max_align_t*>(std::malloc(size + sizeof(std::max_align_t)));
  if (at == nullptr) throw std::bad_alloc();
  *reinterpret_cast<std::size_t*>(at) = size;
  in_use += size;
  most_in_use = (std::max)(most_in_use, in_use);
  return at + 1;
}
void operator delete(void* p) noexcept {
  if (p == nullptr) return;
  auto* const at = static_cast<std::max_align_t*>(p) - 1;
  in_use -= *reinterpret_cast<std::size_t*>(at);
  std::free(at);
}
void operator delete(void* p, std::size_t) noexcept { operator delete(p); }

namespace {

double seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Seconds of a call, the median of so many.
template <class Call>
double usual(std::size_t times, Call const& call) {
  std::vector<double> all;
  while (all.size() != times) {
    double const start = seconds();
    call();
    all.push_back(seconds() - start);
  }
  std::sort(all.begin(), all.end());
  return all[times / 2];
}

std::vector<triple> generated() {
  kindred::random_stream random(1, 0);
  struct range {
    index_t first, size;
  };
  auto const some_range = [&] {
    double const u = kindred::unit(random);
    auto const size = 50 + static_cast<index_t>(u * u * u * (node_count - 100));
    return range{kindred::below(random, node_count - size), size};
  };
  auto const node_of = [&](range const& of) {
    double const u = kindred::unit(random);
    return kindred::node_id{of.first + static_cast<index_t>(u * u * u * of.size)};
  };
  std::vector<std::pair<range, range>> ends;
  for (index_t r = 0; r != relation_count; ++r) ends.emplace_back(some_range(), some_range());
  std::vector<triple> facts;
  facts.reserve(fact_count);
  while (facts.size() != fact_count) {
    double const u = kindred::unit(random);
    auto const r = static_cast<index_t>(u * u * relation_count);
    facts.push_back({node_of(ends[r].first), kindred::relation_id{r}, node_of(ends[r].second)});
  }
  return facts;
}

// By hand: both orders of the facts.
struct two_orders {
  std::vector<std::tuple<index_t, index_t, index_t>> by_head, by_tail;

  void add(index_t head, index_t relation, index_t tail) {
    by_head.emplace_back(head, relation, tail);
    by_tail.emplace_back(tail, relation, head);
  }
  std::size_t sort() {
    for (auto* const all : {&by_head, &by_tail}) {
      std::sort(all->begin(), all->end());
      all->erase(std::unique(all->begin(), all->end()), all->end());
    }
    return by_head.size();
  }
};

std::size_t loaded_by_hand(std::string const& path) {
  std::unordered_map<std::string, index_t> nodes, relations;
  auto const number = [](auto& names, std::string name) {
    return names.try_emplace(std::move(name), static_cast<index_t>(names.size())).first->second;
  };
  two_orders all;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::size_t const a = line.find('\t'), b = line.find('\t', a + 1);
    index_t const head = number(nodes, line.substr(0, a)), tail = number(nodes, line.substr(b + 1));
    all.add(head, number(relations, line.substr(a + 1, b - a - 1)), tail);
  }
  return all.sort();
}

void write_file(std::string const& path, std::span<triple const> facts) {
  std::ofstream file(path, std::ios::binary);
  char line[64];
  for (triple const& t : facts) {
    int const size = std::snprintf(line, sizeof line, "/m/0%u\trelation/%u\t/m/0%u\n", to_index(t.head),
                                   to_index(t.relation), to_index(t.tail));
    file.write(line, size);
  }
  if (!file.flush()) std::exit((std::fprintf(stderr, "cannot write %s\n", path.c_str()), 1));
}

void weigh(char const* name, std::span<triple const> facts) {
  std::size_t const before = in_use;
  most_in_use = in_use;
  auto const graph = kindred::knowledge_graph::from(facts);
  auto const count = static_cast<double>(graph.size());
  double const kept = static_cast<double>(in_use - before) / count;
  double const most = static_cast<double>(most_in_use - before) / count;
  std::size_t pairs = 0;
  for (index_t x = 0; x != graph.node_count(); ++x) pairs += graph.row(x).size();
  std::printf("%zu facts, %u nodes, %.2f pairs of a node and a step a fact: %.2f bytes a fact, %.2f while it is made\n",
              graph.size(), graph.node_count(), static_cast<double>(pairs) / count, kept, most);
  std::printf("BENCH graph/memory/%s ours=%.2f peer=limit:16 ratio=%.2f unit=B\n", name, kept, 16 / kept);
}

void load(std::span<triple const> facts) {
  auto const path = (std::filesystem::temp_directory_path() / "kindred_bench_facts.txt").string();
  write_file(path, facts);
  std::size_t count = 0, peer_count = 0;
  auto const beside = [&](char const* name, double ours, double theirs) {
    std::printf("BENCH graph/%s/10m ours=%.2f peer=by-hand:%.2f ratio=%.2f unit=s\n", name, ours, theirs,
                theirs / ours);
    if (count != peer_count) std::printf("graph/%s/10m: %zu facts and %zu\n", name, count, peer_count);
    std::fflush(stdout);
  };
  double const built = usual(5, [&] { count = kindred::knowledge_graph::from(facts).size(); });
  double const built_by_hand = usual(5, [&] {
    two_orders all;
    for (triple const& t : facts) all.add(to_index(t.head), to_index(t.relation), to_index(t.tail));
    peer_count = all.sort();
  });
  beside("build", built, built_by_hand);
  double const ours = usual(3, [&] {
    kindred::graph_names names;
    count = kindred::knowledge_graph::from(kindred::read_triples(path, names)).size();
  });
  double const theirs = usual(3, [&] { peer_count = loaded_by_hand(path); });
  beside("load", ours, theirs);
  std::filesystem::remove(path);
}

}  // namespace

int main() try {
  auto const facts = generated();
  weigh("10m", facts);
  if (char const* const folder = std::getenv("KINDRED_DATA")) {
    kindred::graph_names names;
    weigh("fb15k-237", kindred::read_triples(std::string(folder) + "/fb15k-237/train.txt", names));
  } else {
    std::puts("KINDRED_DATA names no folder with data; FB15k-237 was not weighed");
  }
  load(facts);
} catch (std::exception const& e) {
  std::fprintf(stderr, "graph_load: %s\n", e.what());
  return 2;
}
