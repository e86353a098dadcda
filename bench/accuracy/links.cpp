// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/fb15k-237/mrr accuracy/fb15k-237/mrr/counted accuracy/fb15k-237/mrr/counted/related_dropped graph/mine/fb15k-237 graph/mine/fb15k-237/three_steps graph/apply/fb15k-237
//
// Finding held-out facts of FB15k-237 (Toutanova and Chen, 2015): filtered mean reciprocal rank over heads and tails, equal scores
// sharing the mean of their ranks. Reads fb15k-237/train.txt, valid.txt and test.txt in the folder that KINDRED_DATA names.
//
// Rules and their confidences come from the training facts. What defaults were chosen on these data were chosen on a quarter of the
// validation facts: how many rules of each family are heard (3, 2, 5 and 1), laplace{3}, along how many paths a longer rule may
// lead (100), and 350 lessons. The test facts decided nothing. The counted figures are with rules of three steps; the learned one
// is without, for on validation facts they gained it nothing. One question is asked of the validation facts, by the library: whether
// nodes that are related already can be answers. In FB15k-237 they never are - its authors removed every validation and test
// fact whose two nodes some training fact relates - so they are dropped in the learned figure. Peers drop nothing, so that
// the one to compare with theirs is `counted`, all answers ranked.
//
// Seconds are those of the processor, on one thread. Peers: what PyClause publishes for AnyBURL's rules (noisy-or over the best
// five), and the seconds of AnyBURL's 500 s run and of applying its rules with PyClause on two threads, as measured by hand.

#include <kindred/evaluate/link_ranking.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/learned_rules.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/run/fit.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <string>
#include <vector>

namespace {

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void print(char const* name, kindred::link_accuracy const& a) {
  std::printf("%s: MRR %.4f, hits at 1 %.4f, at 3 %.4f, at 10 %.4f (%zu questions)\n", name, a.mrr, a.hits_at_1,
              a.hits_at_3, a.hits_at_10, a.questions);
}

void report(char const* name, double mrr) {
  constexpr double published = 0.3484;
  std::printf("BENCH %s ours=%.4f peer=PyClause(published):%.4f ratio=%.3f unit=mrr\n", name, mrr, published,
              mrr / published);
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  auto const path = std::string(folder) + "/fb15k-237/";
  kindred::graph_names names;
  auto known = kindred::read_triples(path + "train.txt", names);
  auto const train = known;
  auto const validation = kindred::read_triples(path + "valid.txt", names);
  auto const test = kindred::read_triples(path + "test.txt", names);
  kindred::graph_size const size{names.nodes.size(), names.relations.size()};
  auto const graph = kindred::knowledge_graph::from(train, size);
  known.insert(known.end(), validation.begin(), validation.end());
  auto const before_test = kindred::knowledge_graph::from(known, size);
  known.insert(known.end(), test.begin(), test.end());
  auto const everything = kindred::knowledge_graph::from(known, size);

  double start = seconds();
  auto model = kindred::fit(kindred::counted_rules<>{}, graph).model;
  double const mined = seconds() - start;
  std::printf("%zu path rules, %zu overlaps of lists, %.2f s\n", model.rules().paths().size(),
              model.rules().overlaps().size(), mined);
  start = seconds();
  auto longer = kindred::fit(kindred::counted_rules<>{.limits = {.longest = 3}}, graph).model;
  double const longer_mined = seconds() - start;
  std::printf("with three steps %zu path rules, %.2f s\n", longer.rules().paths().size(), longer_mined);
  print("two steps, all answers ranked", kindred::judge_links(model, graph, everything, test));
  start = seconds();
  auto const plain = kindred::judge_links(longer, graph, everything, test);
  double const ranked = seconds() - start;
  print("all answers ranked", plain);
  report("accuracy/fb15k-237/mrr/counted", plain.mrr);
  kindred::choose_linked(model, graph, before_test, validation);
  std::printf("validation says: nodes that are related already are %s\n",
              model.linked() == kindred::linked_pairs::dropped ? "no answers" : "answers like others");
  longer.linked(model.linked());
  auto const counted = kindred::judge_links(longer, graph, everything, test);
  print("counted", counted);
  report("accuracy/fb15k-237/mrr/counted/related_dropped", counted.mrr);
  start = seconds();
  auto const learned = kindred::learned_rules<>{}.learn(graph, model).model;
  std::printf("learned in %.1f s\n", seconds() - start);
  auto const best = kindred::judge_links(learned, graph, everything, test);
  print("learned", best);
  report("accuracy/fb15k-237/mrr", best.mrr);
  std::printf("BENCH graph/mine/fb15k-237 ours=%.2f peer=AnyBURL(measured_elsewhere):500 ratio=%.1f unit=s\n", mined,
              500 / mined);
  std::printf(
      "BENCH graph/mine/fb15k-237/three_steps ours=%.2f peer=AnyBURL(measured_elsewhere):500 ratio=%.1f unit=s\n",
      longer_mined, 500 / longer_mined);
  std::printf("BENCH graph/apply/fb15k-237 ours=%.2f peer=PyClause(measured_elsewhere):46 ratio=%.1f unit=s\n", ranked,
              46 / ranked);
} catch (std::exception const& e) {
  std::fprintf(stderr, "fb15k-237: %s\n", e.what());
  return 2;
}
