// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/fb15k-237/mrr accuracy/fb15k-237/mrr/counted accuracy/fb15k-237/mrr/counted/chosen graph/mine/fb15k-237 graph/learn/fb15k-237 graph/apply/fb15k-237
//
// Finding held-out facts of a knowledge graph: filtered mean reciprocal rank over heads and tails, equal scores sharing the mean of
// their ranks. Reads train.txt, valid.txt and test.txt, lines of head, relation and tail, in the folders that are its arguments; without
// any, of fb15k-237 (Toutanova and Chen, 2015) in the folder that KINDRED_DATA names. Figures have the name of the folder.
//
// Rules and their confidences come from the training facts, all by the library's defaults, the same for every graph. What defaults were
// chosen on data were chosen on validation facts of FB15k-237 (how many rules of each family are heard, laplace{3}, along how
// many paths a longer rule may lead, 300 lessons, half a trust) or of several graphs (the work of sampling, the least support). The test
// facts decided nothing.
//
// `counted` ranks all answers, as peers do. Two things the library asks the validation facts of each graph. One is whether nodes that
// are related already can be answers: in FB15k-237 they never are - its authors removed every validation and test fact whose two
// nodes some training fact relates - and elsewhere they are often; `counted/chosen` and the learned figure follow the answer.
// The other, for the learned one, is how much to trust the counted rules.
//
// Seconds are those of the processor, on one thread. Peers: what PyClause publishes for AnyBURL's rules, the best of its
// ways to sum them up on each graph, and the seconds of AnyBURL's 500 s run and of applying its rules with PyClause on two threads,
// as measured by hand.

#include <kindred/evaluate/link_ranking.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/learned_rules.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/run/fit.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <string>

namespace {

struct published {
  char const* graph;
  double mrr;
};
constexpr std::array<published, 3> peers{{{"fb15k-237", 0.3484}, {"wn18rr", 0.4975}, {"codex-m", 0.3240}}};

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void report(std::string const& graph, char const* what, kindred::link_accuracy const& a) {
  std::string peer = "absent";
  for (published const& p : peers)
    if (p.graph == graph) {
      std::array<char, 64> text;
      std::snprintf(text.data(), text.size(), "PyClause(published):%.4f ratio=%.3f", p.mrr, a.mrr / p.mrr);
      peer = text.data();
    }
  std::printf("BENCH accuracy/%s/mrr%s ours=%.4f peer=%s unit=mrr hits@1=%.4f hits@10=%.4f\n", graph.c_str(), what,
              a.mrr, peer.c_str(), a.hits_at_1, a.hits_at_10);
}

void took(char const* what, std::string const& graph, double ours, char const* peer, double theirs) {
  if (graph == "fb15k-237" && theirs > 0)
    std::printf("BENCH graph/%s/%s ours=%.2f peer=%s:%g ratio=%.1f unit=s\n", what, graph.c_str(), ours, peer, theirs,
                theirs / ours);
  else std::printf("%s: %s in %.2f s\n", graph.c_str(), what, ours);
}

void measure(std::filesystem::path const& folder) {
  std::string const name = folder.filename().string();
  kindred::graph_names names;
  auto known = kindred::read_triples((folder / "train.txt").string(), names);
  auto const train = known;
  auto const validation = kindred::read_triples((folder / "valid.txt").string(), names);
  auto const test = kindred::read_triples((folder / "test.txt").string(), names);
  kindred::graph_size const size{names.nodes.size(), names.relations.size()};
  auto const graph = kindred::knowledge_graph::from(train, size);
  known.insert(known.end(), validation.begin(), validation.end());
  auto const before_test = kindred::knowledge_graph::from(known, size);
  known.insert(known.end(), test.begin(), test.end());
  auto const everything = kindred::knowledge_graph::from(known, size);

  double start = seconds();
  auto counted = kindred::fit(kindred::counted_rules<>{}, graph).model;
  took("mine", name, seconds() - start, "AnyBURL(measured_elsewhere)", 500);
  start = seconds();
  auto const all_ranked = kindred::judge_links(counted, graph, everything, test);
  took("apply", name, seconds() - start, "PyClause(measured_elsewhere)", 46);
  report(name, "/counted", all_ranked);

  start = seconds();
  kindred::choose_linked(counted, graph, before_test, validation);
  double const asked = seconds() - start;
  bool const dropped = counted.linked() == kindred::linked_pairs::dropped;
  if (dropped) report(name, "/counted/chosen", kindred::judge_links(counted, graph, everything, test));

  start = seconds();
  auto learned = kindred::learned_rules<>{}.learn(graph, counted).model;
  kindred::choose_trust(learned, graph, before_test, validation);
  took("learn", name, seconds() - start, "bar", 90);
  report(name, "", kindred::judge_links(learned, graph, everything, test));
  std::printf("%s: validation says that related nodes are %s (asked in %.1f s), and to trust counts by %g\n",
              name.c_str(), dropped ? "no answers" : "answers like others", asked, learned.trust());
}

}  // namespace

int main(int count, char** arguments) try {
  for (int k = 1; k < count; ++k) measure(arguments[k]);
  if (count > 1) return 0;
  char const* const data = std::getenv("KINDRED_DATA");
  if (data == nullptr) {
    std::puts("KINDRED_DATA names no folder with data, and no folder is given; nothing was measured");
    return 0;
  }
  measure(std::filesystem::path(data) / "fb15k-237");
} catch (std::exception const& e) {
  std::fprintf(stderr, "links: %s\n", e.what());
  return 2;
}
