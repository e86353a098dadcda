// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/rule_query.hpp>

#include "golden_graph.hpp"
#include "walked_bodies.hpp"

#include <kindred/graph/rule_model.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <span>
#include <vector>

using kindred::along;
using kindred::index_t;
using kindred::knowledge_graph;
using kindred::node_id;
using kindred::step_id;

namespace {

// Every rule applied by walking, every confidence collected.
std::vector<std::vector<double>> heard_by_hand(knowledge_graph const& graph, auto const& model, index_t x,
                                               step_id head) {
  std::vector<std::vector<double>> heard(graph.node_count());
  auto const rules = model.rules().paths(head);
  for (std::size_t r = 0; r != rules.size(); ++r) {
    auto const paths =
        golden::joined(graph, x, std::span(rules[r].body).first(rules[r].length), model.limits().most_paths);
    for (auto const& [y, count] : paths)
      heard[y].push_back(static_cast<double>(model.confidence(model.rules().first(head) + r, count)));
  }
  auto const& lists = model.rules().lists();
  for (index_t g = 0; g != lists.size(); ++g) {
    auto const holds = graph.of(node_id{lists.node(g)}, step_id{lists.step(g)});
    for (auto const& e : model.rules().overlaps().of(g)) {
      auto const sure = static_cast<double>(model.constant_confidence(e.shared, lists.length(g)));
      index_t const c = lists.node(e.list), step = lists.step(e.list);
      if (step_id{step} == reversed(head) && holds.contains(x) && c != x) heard[c].push_back(sure);
      if (step_id{step} == head && c == x)
        for (index_t const y : holds.node)
          if (y != x) heard[y].push_back(sure);
    }
  }
  return heard;
}

}  // namespace

TEST_CASE("rule_query: what is heard is what rules say, whatever the pool") {
  for (std::uint64_t seed = 0; seed != 6; ++seed) {
    auto const graph = knowledge_graph::from(golden::random_facts(seed, 16, 3, 70));
    kindred::rule_limits const limits{.longest = 2 + static_cast<std::uint32_t>(seed % 3),
                                      .min_support = 1,
                                      .min_overlap = 1,
                                      .most_paths = 20,
                                      .sampling = {.bodies = 30, .min_support = 1}};
    auto const top =
        kindred::fit(kindred::counted_rules<kindred::laplace, kindred::noisy_or_top<5>>{.limits = limits, .prior = 0},
                     graph)
            .model;
    auto const all =
        kindred::fit(kindred::counted_rules<kindred::wilson_lower, kindred::noisy_or>{.limits = limits, .prior = 0},
                     graph)
            .model;
    auto const best =
        kindred::fit(kindred::counted_rules<kindred::laplace, kindred::max_plus>{.limits = limits, .prior = 0}, graph)
            .model;
    kindred::rule_query ask_top(graph, top);
    kindred::rule_query ask_all(graph, all);
    kindred::rule_query ask_best(graph, best);
    for (index_t x = 0; x != graph.node_count(); ++x)
      for (index_t h = 0; h != graph.step_count(); ++h) {
        ask_top(node_id{x}, step_id{h});
        ask_all(node_id{x}, step_id{h});
        ask_best(node_id{x}, step_id{h});
        auto top_heard = heard_by_hand(graph, top, x, step_id{h});
        auto const all_heard = heard_by_hand(graph, all, x, step_id{h});
        std::size_t reached = 0;
        for (index_t y = 0; y != graph.node_count(); ++y) {
          auto& heard = top_heard[y];
          reached += !heard.empty();
          std::sort(heard.rbegin(), heard.rend());
          double wrong = 1, wrong_all = 1;
          for (std::size_t k = 0; k != heard.size() && k != 5; ++k) wrong *= 1 - heard[k];
          for (double const c : all_heard[y]) wrong_all *= 1 - c;
          CHECK(ask_top.score(node_id{y}) == doctest::Approx(1 - wrong));
          CHECK(ask_all.score(node_id{y}) == doctest::Approx(1 - wrong_all).epsilon(1e-4));
          double const first = heard.empty() ? 0 : heard[0];
          CHECK(std::abs(ask_best.score(node_id{y}) - first) < 0x1p-16);
        }
        CHECK(ask_top.reached().size() == reached);
      }
  }
}

TEST_CASE("rule_query: the golden graph") {
  auto graph = knowledge_graph::from(golden::facts());
  auto const model = kindred::fit(
                         kindred::counted_rules<>{
                             .limits = {.longest = 2, .min_overlap = 0}, .smoothing = {5}, .back_off = 1e9, .prior = 0},
                         graph)
                         .model;
  kindred::rule_query ask(graph, model);
  ask(node_id{golden::u1}, along(golden::buys));
  // Of rules of two steps only "buys what is of a brand that they like" speaks: 6 / (7 + 5).
  CHECK(ask.score(node_id{golden::i3}) == doctest::Approx(0.5));
  CHECK(ask.score(node_id{golden::i4}) == 0);
  // A new fact counts in the next question.
  graph.add(golden::fact(golden::u1, golden::likes, golden::b2));
  ask(node_id{golden::u1}, along(golden::buys));
  CHECK(ask.score(node_id{golden::i4}) == doctest::Approx(0.5));
  // So does a node that nobody knew.
  graph.add(golden::fact(30, golden::likes, golden::b2));
  ask(node_id{30}, along(golden::buys));
  CHECK(ask.score(node_id{golden::i4}) == doctest::Approx(0.5));
  CHECK(ask.score(node_id{99}) == 0);
}

TEST_CASE("rule_query: who is related already can be left out") {
  auto const graph = knowledge_graph::from(golden::facts());
  auto model = kindred::fit(kindred::counted_rules<>{.prior = 1}, graph).model;
  model.linked(kindred::linked_pairs::dropped);
  kindred::rule_query ask(graph, model);
  ask(node_id{golden::u1}, along(golden::likes));
  CHECK(ask.score(node_id{golden::b1}) == kindred::rule_query<decltype(model)>::ruled_out);
  CHECK(ask.score(node_id{golden::b2}) > 0);
  std::vector<double> all;
  ask.scores(all);
  for (index_t y = 0; y != graph.node_count(); ++y) CHECK(all[y] == ask.score(node_id{y}));
}

TEST_CASE("confidence: values by hand") {
  CHECK(kindred::laplace{}(6, 7) == 0.5);
  CHECK(kindred::laplace{0}(0, 0) == 0);
  // 10 of 10 at z = 2: middle (1 + 4/20), spread 2 sqrt(4/40/10), over 1 + 4/10: (1.2 - 0.2) / 1.4.
  CHECK(kindred::wilson_lower{2}(10, 10) == doctest::Approx(1 / 1.4));
  CHECK(kindred::wilson_lower{}(0, 0) == 0);
  CHECK(kindred::wilson_lower{}(0, 10) == doctest::Approx(0));
}

TEST_CASE("noisy_or_by_family: the surest few of each family, whatever their order") {
  kindred::noisy_or_by_family<2, 1, 3> const pool;
  using kindred::rule_family;
  decltype(pool)::state s{};
  CHECK(pool.value(s) == 0);
  for (float const c : {0.25f, 0.5f, 0.125f}) pool.add(s, c, rule_family::path);  // the eighth is one too many
  for (float const c : {0.25f, 0.5f}) pool.add(s, c, rule_family::own_facts);     // so is the quarter
  pool.add(s, 0.5f, rule_family::alike_answers);
  CHECK(pool.value(s) == doctest::Approx(1 - 0.75 * 0.5 * 0.5 * 0.5));
}
