// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/mine_rules.hpp>

#include "../../support/error_of.hpp"
#include "../../support/sanitized.hpp"
#include "golden_graph.hpp"
#include "walked_bodies.hpp"

#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <vector>

using kindred::against;
using kindred::along;
using kindred::index_t;
using kindred::knowledge_graph;
using kindred::node_id;
using kindred::path_rule;
using kindred::rule_limits;
using kindred::step_id;

namespace {

rule_limits const everything{
    .longest = 2, .min_support = 1, .min_confidence = 0, .min_overlap = 1, .min_constant = 0, .redundant = true};

path_rule const* find(kindred::rule_set const& rules, step_id head, std::vector<step_id> const& body) {
  for (path_rule const& r : rules.paths(head))
    if (r.length == body.size() && std::equal(body.begin(), body.end(), r.body.begin())) return &r;
  return nullptr;
}

}  // namespace

TEST_CASE("mine_rules: the golden graph, counted by hand") {
  auto const graph = knowledge_graph::from(golden::facts());
  auto const rules = kindred::mine_rules(graph, everything);

  // buys(x, y) <- likes(x, a), brand(y, a): u1 and u2 like b1, which has i1, i2, i3; u3 likes b2, which has i4. 7 pairs, of
  // which only (u1, i3) is no fact.
  auto const* r1 = find(rules, along(golden::buys), {along(golden::likes), against(golden::brand)});
  REQUIRE(r1 != nullptr);
  CHECK(r1->counts.predicted == std::array<std::uint32_t, 6>{7});
  CHECK(r1->counts.support == std::array<std::uint32_t, 6>{6});

  // likes(x, y) <- buys(x, a), brand(a, y): u1-b1 over two products, u2-b1 over three, u3-b1 over two, u3-b2 over one.
  auto const* r4 = find(rules, along(golden::likes), {along(golden::buys), along(golden::brand)});
  REQUIRE(r4 != nullptr);
  CHECK(r4->counts.predicted == std::array<std::uint32_t, 6>{1, 2, 1});
  CHECK(r4->counts.support == std::array<std::uint32_t, 6>{1, 1, 1});

  // From the other end the numbers are the same.
  auto const* r1_back = find(rules, against(golden::buys), {along(golden::brand), against(golden::likes)});
  REQUIRE(r1_back != nullptr);
  CHECK(r1_back->counts == r1->counts);

  // buys(x, i3) <- buys(x, i2): three have i2, two of them i3. buys(x, i4) <- likes(x, b2): one of one.
  auto const& lists = rules.lists();
  auto const shared = [&](index_t a, step_id step_a, index_t b, step_id step_b) {
    index_t const of_a = lists.find(a, to_index(step_a)), of_b = lists.find(b, to_index(step_b));
    for (auto const& e : rules.overlaps().of(of_a))
      if (e.list == of_b) return e.shared;
    return 0u;
  };
  CHECK(shared(golden::i2, against(golden::buys), golden::i3, against(golden::buys)) == 2);
  CHECK(shared(golden::i3, against(golden::buys), golden::i2, against(golden::buys)) == 2);
  CHECK(shared(golden::i4, against(golden::buys), golden::b2, against(golden::likes)) == 1);
  CHECK(shared(golden::i1, against(golden::buys), golden::b1, against(golden::likes)) == 2);
  CHECK(shared(golden::i1, against(golden::buys), golden::i4, against(golden::buys)) == 0);
}

TEST_CASE("mine_rules: every rule of random graphs, and its numbers") {
  for (std::uint64_t seed = 0; seed != 12; ++seed) {
    auto const relations = static_cast<index_t>(1 + seed % 3);
    auto const graph = knowledge_graph::from(golden::random_facts(seed, 14, relations, 20 + 8 * seed));
    auto const rules = kindred::mine_rules(graph, everything);
    std::size_t found = 0;
    for (index_t h = 0; h != graph.step_count(); ++h)
      for (index_t b = 0; b != graph.step_count(); ++b)
        for (index_t c = 0; c != graph.step_count() + 1; ++c) {
          std::vector<step_id> body{step_id{b}};
          if (c != graph.step_count()) body.push_back(step_id{c});
          if (body.size() == 1 && b == h) continue;
          auto const counts = golden::counted_by_hand(graph, step_id{h}, body);
          auto const* rule = find(rules, step_id{h}, body);
          CHECK((rule != nullptr) == (counts.all_support() != 0));
          if (rule == nullptr) continue;
          CHECK(rule->counts == counts);
          ++found;
        }
    CHECK(found == rules.paths().size());

    auto const& lists = rules.lists();
    for (index_t a = 0; a != lists.size(); ++a) {
      std::map<index_t, std::uint32_t> shared;
      for (index_t b = 0; b != lists.size(); ++b) {
        if (a == b) continue;
        auto const in_b = graph.of(node_id{lists.node(b)}, step_id{lists.step(b)});
        for (index_t const x : graph.of(node_id{lists.node(a)}, step_id{lists.step(a)}).node)
          if (in_b.contains(x)) ++shared[b];
      }
      CHECK(rules.overlaps().of(a).size() == shared.size());
      for (auto const& e : rules.overlaps().of(a)) CHECK(e.shared == shared[e.list]);
    }
  }
}

TEST_CASE("mine_rules: a rule with constants goes where a path rule that holds it is as sure, and only there") {
  std::size_t dropped = 0;
  for (std::uint64_t seed = 0; seed != 8; ++seed) {
    auto const graph = knowledge_graph::from(golden::random_facts(seed, 12, 2, 40 + 6 * seed));
    auto limits = everything;
    auto const all = kindred::mine_rules(graph, limits);
    limits.redundant = false;
    auto const some = kindred::mine_rules(graph, limits);
    CHECK(std::equal(all.paths().begin(), all.paths().end(), some.paths().begin(), some.paths().end()));
    // Whether r(x, c) <- b(x, d) is contained in r(x, y) <- b(x, a), s(a, y) for some s that leads from d to c, with all numbers
    // counted anew.
    auto const contained = [&](index_t r_list, index_t b_list, step_id s, std::uint32_t shared) {
      auto const& lists = all.lists();
      step_id const r = reversed(step_id{lists.step(r_list)}), b = reversed(step_id{lists.step(b_list)});
      std::vector<step_id> const body{b, s};
      auto const counts = golden::counted_by_hand(graph, r, body);
      return static_cast<double>(counts.all_support()) / (static_cast<double>(counts.all_predicted()) + 5) >=
             shared / (lists.length(b_list) + 5.0);
    };
    for (index_t a = 0; a != all.lists().size(); ++a)
      for (auto const& e : all.overlaps().of(a)) {
        bool expected = false;
        for (index_t s = 0; s != graph.step_count(); ++s)
          expected =
              expected ||
              (all.lists().node(e.list) != all.lists().node(a) &&
               graph.of(node_id{all.lists().node(e.list)}, step_id{s}).contains(all.lists().node(a)) &&
               contained(a, e.list, step_id{s}, e.shared) && contained(e.list, a, reversed(step_id{s}), e.shared));
        bool kept = false;
        for (auto const& other : some.overlaps().of(a)) kept = kept || other.list == e.list;
        CHECK(kept != expected);
        dropped += expected;
      }
  }
  CHECK(dropped > 10);
}

TEST_CASE(
    "mine_rules: a rule with constants stays where no path says the same, for a hub is in the way or a node comes "
    "twice") {
  // Of 60 people each buys a thing of its own, which is of a brand of its own, and likes the brand: buys and brand join 60 of 60 times.
  constexpr index_t own = 60, many = 30;
  auto const world = [&](index_t thing, index_t brand) {
    std::vector<kindred::triple> facts;
    for (index_t k = 0; k != own; ++k) {
      facts.push_back(golden::fact(100 + k, golden::buys, 200 + k));
      facts.push_back(golden::fact(200 + k, golden::brand, 300 + k));
      facts.push_back(golden::fact(100 + k, golden::likes, 300 + k));
    }
    for (index_t k = 0; k != many; ++k) {  // and many buy one thing and like one brand
      facts.push_back(golden::fact(10 + k, golden::buys, thing));
      facts.push_back(golden::fact(10 + k, golden::likes, brand));
    }
    facts.push_back(golden::fact(thing, golden::brand, brand));
    return knowledge_graph::from(facts);
  };
  auto const overlaps = [](knowledge_graph const& graph, std::uint32_t hub_degree) {
    auto const rules = kindred::mine_rules(graph, {.hub_degree = hub_degree});
    auto const* path = find(rules, along(golden::likes), {along(golden::buys), along(golden::brand)});
    REQUIRE(path != nullptr);
    CHECK(path->sureness() > many / (many + 5.0));
    return rules.overlaps().size();
  };
  CHECK(overlaps(world(1, 2), 1000) == 0);
  CHECK(overlaps(world(1, 2), many) == 2);  // the one thing is a hub, and so is the brand
  CHECK(overlaps(world(1, 1), 1000) == 2);  // a thing that is its own brand
}

TEST_CASE("mine_rules: the same on any number of threads") {
  auto const graph = knowledge_graph::from(golden::random_facts(3, 60, 20, 700));
  auto const one = kindred::mine_rules(graph, everything);
  REQUIRE(!one.paths().empty());
  for (std::size_t const threads : {2u, 7u, 16u}) {
    kindred::thread_pool pool(threads);
    auto const many = kindred::mine_rules(graph, everything, pool);
    CHECK(std::equal(one.paths().begin(), one.paths().end(), many.paths().begin(), many.paths().end()));
    for (index_t a = 0; a != one.lists().size(); ++a) {
      auto const p = one.overlaps().of(a), q = many.overlaps().of(a);
      CHECK(std::equal(p.begin(), p.end(), q.begin(), q.end(),
                       [](auto const& x, auto const& y) { return x.list == y.list && x.shared == y.shared; }));
    }
  }
}

TEST_CASE("mine_rules: a hub is not walked through, limits are checked") {
  constexpr index_t n = support::sanitized ? 50'000 : 1'000'000;
  std::vector<kindred::triple> facts;
  for (index_t k = 1; k != n; ++k) facts.push_back(golden::fact(0, golden::buys, k));
  facts.push_back(golden::fact(1, golden::likes, 2));
  auto const rules = kindred::mine_rules(knowledge_graph::from(facts));
  CHECK(rules.paths().empty());
  CHECK(rules.overlaps().size() == 0);
  for (auto const& bad : {rule_limits{.longest = 5}, rule_limits{.longest = 0}, rule_limits{.min_confidence = -1},
                          rule_limits{.sampling = {.work = ~std::uint64_t{0}}}})
    CHECK(support::error_of([&] { static_cast<void>(kindred::mine_rules(knowledge_graph{}, bad)); }).kind() ==
          kindred::error_kind::setting);
  CHECK(kindred::mine_rules(knowledge_graph{}).paths().empty());
}
