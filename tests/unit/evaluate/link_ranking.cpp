// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/link_ranking.hpp>

#include "../../support/error_of.hpp"
#include "../graph/golden_graph.hpp"

#include <kindred/graph/learned_rules.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

using kindred::knowledge_graph;
using kindred::node_id;
using kindred::step_id;

namespace {

// Works once.
struct soon_tired {
  int left = 1;
  template <class Task>
  void bulk(std::size_t count, Task const& task) {
    if (left-- == 0) throw std::bad_alloc();
    kindred::sequential{}.bulk(count, task);
  }
  [[nodiscard]] static std::size_t concurrency() noexcept { return 1; }
};

}  // namespace

TEST_CASE("judge_links: ranks by hand, on any number of threads") {
  auto facts = golden::random_facts(5, 20, 2, 160);
  std::vector<kindred::triple> tests(facts.end() - 30, facts.end());
  auto const known = knowledge_graph::from(facts);
  facts.resize(facts.size() - 30);
  auto const graph = knowledge_graph::from(facts, {.nodes = known.node_count()});
  auto model = kindred::fit(kindred::counted_rules<>{}, graph).model;

  kindred::rule_query ask(graph, model);
  kindred::link_accuracy slow;
  for (auto const& t : tests)
    for (bool const forward : {true, false}) {
      auto const [x, y] = forward ? std::pair(t.head, t.tail) : std::pair(t.tail, t.head);
      step_id const step = forward ? along(t.relation) : against(t.relation);
      ask(x, step);
      double rank = 1;
      for (kindred::index_t z = 0; z != known.node_count(); ++z) {
        if (node_id{z} == y || known.of(x, step).contains(z)) continue;
        if (ask.score(node_id{z}) > ask.score(y)) rank += 1;
        if (ask.score(node_id{z}) == ask.score(y)) rank += 0.5;
      }
      slow.mrr += 1 / rank;
      slow.hits_at_1 += rank <= 1;
      slow.hits_at_3 += rank <= 3;
      slow.hits_at_10 += rank <= 10;
    }
  auto const fast = kindred::judge_links(model, graph, known, tests);
  CHECK(fast.questions == 60);
  CHECK(fast.mrr == doctest::Approx(slow.mrr / 60));
  CHECK(fast.hits_at_1 == doctest::Approx(slow.hits_at_1 / 60));
  CHECK(fast.hits_at_3 == doctest::Approx(slow.hits_at_3 / 60));
  CHECK(fast.hits_at_10 == doctest::Approx(slow.hits_at_10 / 60));
  kindred::thread_pool pool(7);
  CHECK(kindred::judge_links(model, graph, known, tests, pool).mrr == fast.mrr);
  CHECK(kindred::judge_links(model, graph, known, {}).questions == 0);
}

TEST_CASE("choose_linked: takes what validation facts say") {
  // Products of a brand that somebody likes are bought by them; likes and buys never join the same two nodes. The validation
  // fact is about a pair that another relation joins.
  auto const graph = knowledge_graph::from(golden::facts());
  auto model = kindred::fit(kindred::counted_rules<>{}, graph).model;
  std::vector<kindred::triple> const linked{golden::fact(golden::u3, golden::likes, golden::i4)};
  kindred::choose_linked(model, graph, graph, linked);
  CHECK(model.linked() == kindred::linked_pairs::ranked);
  // What fails decides nothing.
  model.linked(kindred::linked_pairs::dropped);
  CHECK_THROWS_AS(kindred::choose_linked(model, graph, graph, linked, soon_tired{}), std::bad_alloc);
  CHECK(model.linked() == kindred::linked_pairs::dropped);
}

TEST_CASE("choose_trust: takes the weight that finds most validation facts again, of equals the first") {
  auto facts = golden::random_facts(6, 20, 2, 160);
  std::vector<kindred::triple> const validation(facts.end() - 20, facts.end());
  auto const known = knowledge_graph::from(facts);
  facts.resize(facts.size() - 20);
  auto const graph = knowledge_graph::from(facts, {.nodes = known.node_count()});
  auto model = kindred::fit(kindred::learned_rules<>{.lessons = 100}, graph).model;
  std::vector<double> const weights{0, 0.5, 0.5, 3};
  double best = 0, chosen = 0;
  for (double const weight : weights) {
    model.trust(weight);
    if (double const mrr = kindred::judge_links(model, graph, known, validation).mrr; mrr > best) {
      best = mrr;
      chosen = weight;
    }
  }
  model.trust(7);
  CHECK(kindred::choose_trust(model, graph, known, validation, weights).mrr == best);
  CHECK(model.trust() == chosen);
  // No facts decide nothing; what is no weight is refused, and then nothing is decided either.
  model.trust(7);
  std::vector<double> const no_weight{0, 3, -1};
  CHECK(support::error_of([&] { kindred::choose_trust(model, graph, known, validation, no_weight); }).kind() ==
        kindred::error_kind::setting);
  CHECK(model.trust() == 7);
  CHECK(kindred::choose_trust(model, graph, known, {}).mrr == 0);
  CHECK(model.trust() == 7);
  for (double const bad : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(support::error_of([&] { model.trust(bad); }).kind() == kindred::error_kind::setting);
    CHECK(support::error_of([&] { decltype(model)(model.counted(), {}, {}, bad); }).kind() ==
          kindred::error_kind::setting);
  }
  CHECK(model.trust() == 7);
}
