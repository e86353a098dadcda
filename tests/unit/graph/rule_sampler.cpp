// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/rule_sampler.hpp>

#include "../../support/error_of.hpp"
#include "../../support/sanitized.hpp"
#include "golden_graph.hpp"
#include "walked_bodies.hpp"

#include <kindred/graph/body_walk.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/mine_rules.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_query.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <vector>

using kindred::against;
using kindred::along;
using kindred::index_t;
using kindred::knowledge_graph;
using kindred::node_id;
using kindred::path_rule;
using kindred::rule_counts;
using kindred::rule_limits;
using kindred::step_id;

namespace {

constexpr std::uint32_t unlimited = 1'000'000'000;

rule_limits everything(std::uint32_t longest) {
  return {.longest = longest,
          .min_support = 1,
          .min_confidence = 0,
          .min_overlap = 0,
          .most_paths = unlimited,
          .redundant = true,
          .sampling = {1'000'000'000'000, 0, unlimited, unlimited, 1, 0}};
}

std::span<step_id const> body_of(path_rule const& r) { return std::span(r.body).first(r.length); }

path_rule const* find(kindred::rule_set const& rules, step_id head, std::vector<step_id> const& body) {
  for (path_rule const& r : rules.paths(head))
    if (std::ranges::equal(body_of(r), body)) return &r;
  return nullptr;
}

}  // namespace

TEST_CASE("rule_sampler: the longer rules of the golden graph as exact fractions") {
  auto const graph = knowledge_graph::from(golden::facts());
  auto const rules = kindred::mine_rules(graph, everything(3));
  auto const buys = along(golden::buys), brand = along(golden::brand), likes = along(golden::likes);

  // R2, what is of the brand of what they have: every customer but u1 finds all products of b1 by two paths or by one,
  // u3 alone has something of b2, which has nothing else. 7 of 9, by one path 4 of 4 and by two 3 of 5.
  auto const* r2 = find(rules, buys, {buys, brand, reversed(brand)});
  REQUIRE(r2 != nullptr);
  CHECK(r2->counts.predicted == std::array<std::uint32_t, 6>{4, 5});
  CHECK(r2->counts.support == std::array<std::uint32_t, 6>{4, 3});
  CHECK(kindred::laplace{}(7, 9) == 0.5);

  // R3, what those have who have what they have: 7 of 11; by one path 6 of 7, by two 1 of 2, by three 0 of 2.
  auto const* r3 = find(rules, buys, {buys, reversed(buys), buys});
  REQUIRE(r3 != nullptr);
  CHECK(r3->counts.predicted == std::array<std::uint32_t, 6>{7, 2, 2});
  CHECK(r3->counts.support == std::array<std::uint32_t, 6>{6, 1, 0});
  CHECK(kindred::laplace{}(7, 11) == 0.4375);

  // Told from the other end, and counted from there, they are the same.
  auto const* r3_back = find(rules, reversed(buys), {reversed(buys), buys, reversed(buys)});
  REQUIRE(r3_back != nullptr);
  CHECK(r3_back->counts == r3->counts);

  // What should u1 buy, by R1 to R3? All speak for i3: 1 - (1 - 1/2)(1 - 1/2)(1 - 7/16) = 55/64. R3 alone speaks for i4.
  auto const* r1 = find(rules, buys, {likes, reversed(brand)});
  REQUIRE(r1 != nullptr);
  std::vector<path_rule> three{*r1, *r2, *r3};
  kindred::posting_index lists(graph);
  kindred::sequential here;
  kindred::list_overlaps none(graph, lists, everything(3), here);
  kindred::rule_set const chosen(three, lists, none, graph.step_count());
  auto const answer = [&](auto pool, index_t y) {
    kindred::rule_model const model(graph, chosen, everything(3), kindred::laplace{}, 1e12, 0, pool);
    kindred::rule_query ask(graph, model);
    ask(node_id{golden::u1}, buys);
    return ask.score(node_id{y});
  };
  CHECK(answer(kindred::noisy_or_top<5>{}, golden::i3) == doctest::Approx(55.0 / 64));
  CHECK(answer(kindred::noisy_or_top<5>{}, golden::i4) == doctest::Approx(7.0 / 16));
  CHECK(answer(kindred::noisy_or_by_family<3, 2, 5>{}, golden::i3) == doctest::Approx(0.75));
  CHECK(answer(kindred::noisy_or_top<1>{}, golden::i3) == doctest::Approx(0.5));
  // By the number of paths: three join u1 and i3 by R3, one joins u1 and i4.
  auto const paths = golden::joined(graph, golden::u1, body_of(*r3));
  CHECK(paths.at(golden::i3) == 3);
  CHECK(paths.at(golden::i4) == 1);
}

TEST_CASE("rule_sampler: without a budget every rule of random graphs is found, and counted exactly") {
  for (std::uint64_t seed = 0; seed != 3; ++seed) {
    auto const graph =
        knowledge_graph::from(golden::random_facts(seed, 9, static_cast<index_t>(1 + seed % 2), 14 + 6 * seed));
    auto const rules = kindred::mine_rules(graph, everything(4));
    std::size_t expected = 0, found = 0;
    std::size_t const steps = graph.step_count();
    for (std::size_t length = 3; length != 5; ++length)
      for (std::size_t code = 0; code != (length == 3 ? steps * steps * steps : steps * steps * steps * steps);
           ++code) {
        std::vector<step_id> body;
        for (std::size_t k = 0, rest = code; k != length; ++k, rest /= steps)
          body.push_back(step_id{static_cast<index_t>(rest % steps)});
        for (index_t h = 0; h != steps; ++h) {
          auto const counts = golden::counted_by_hand(graph, step_id{h}, body);
          if (counts.all_support() == 0) continue;
          ++expected;
          auto const* rule = find(rules, step_id{h}, body);
          REQUIRE(rule != nullptr);
          CHECK(rule->counts == counts);
        }
      }
    for (path_rule const& r : rules.paths()) found += r.is_long();
    CHECK(found == expected);

    // A budget leaves some out; what stays is the same rules, counted from fewer nodes at most.
    auto limits = everything(4);
    limits.sampling = {.work = 400, .fact_work = 0, .steps = 40, .bodies = 20, .min_support = 1, .min_confidence = 0};
    auto const some = kindred::mine_rules(graph, limits);
    for (path_rule const& r : some.paths()) {
      auto const* rule = find(rules, r.head, {r.body.begin(), r.body.begin() + r.length});
      REQUIRE(rule != nullptr);
      CHECK(r.counts.all_predicted() <= rule->counts.all_predicted());
      CHECK(r.counts.all_support() <= rule->counts.all_support());
    }
  }
}

TEST_CASE(
    "rule_sampler: a longer rule goes when shorter ones are as sure of every fact that it explains, and only then") {
  std::size_t dropped = 0;
  for (std::uint64_t seed = 0; seed != 3; ++seed) {
    // Fewer than fifty facts: all are looked at.
    auto const graph = knowledge_graph::from(golden::random_facts(seed, 9, 2, 26));
    auto limits = everything(4);
    auto const all = kindred::mine_rules(graph, limits);
    limits.redundant = false;
    auto const some = kindred::mine_rules(graph, limits);
    for (path_rule const& r : all.paths()) {
      bool says_more = !r.is_long();
      for (index_t x = 0; x != graph.node_count() && !says_more; ++x) {
        auto const reached = golden::joined(graph, x, body_of(r));
        for (index_t const y : graph.of(node_id{x}, r.head).node) {
          if (!reached.contains(y)) continue;
          double surest = 0;
          for (path_rule const& other : all.paths(r.head))
            if (other.length < r.length && golden::joined(graph, x, body_of(other)).contains(y))
              surest = std::max(surest, other.sureness());
          says_more = says_more || r.sureness() > surest;
        }
      }
      auto const* kept = find(some, r.head, {r.body.begin(), r.body.begin() + r.length});
      CHECK((kept != nullptr) == says_more);
      dropped += !says_more;
    }
  }
  CHECK(dropped > 10);
}

TEST_CASE("body_walk: says all about a node, or nothing where too many paths lead on, with a fact hidden or not") {
  // Lists have about six nodes, so that single ones are too long, too.
  auto const facts = golden::random_facts(1, 12, 1, 100);
  auto const graph = knowledge_graph::from(facts);
  std::size_t silent = 0, said = 0;
  for (std::uint32_t most = 0; most < 1000; most = most < 8 ? most + 1 : most * 2) {
    kindred::detail::body_walk walk(graph, unlimited, most);
    for (std::size_t n = 0; n != facts.size(); n += 5) {
      bool const hides = n % 2 == 0;
      auto const x = to_index(facts[n].head), y = to_index(facts[n].tail);
      auto others = facts;
      if (hides)
        std::erase_if(others, [&](auto const& f) { return f.head == facts[n].head && f.tail == facts[n].tail; });
      auto const shown = knowledge_graph::from(others, {.nodes = 12, .relations = 1});
      walk.begin(x, step_id{0}, hides ? y : kindred::index_limit);
      for (index_t code = 0; code != 8; ++code) {
        path_rule const rule{step_id{0}, 3, {step_id{code >> 2}, step_id{code >> 1 & 1}, step_id{code & 1}}, {}};
        std::map<index_t, std::uint32_t> found;
        bool const all = walk(rule, [&](index_t to, std::uint32_t paths) { found[to] = paths; });
        CHECK(found == golden::joined(shown, x, body_of(rule), most));
        ++(all ? said : silent);
      }
    }
  }
  CHECK(silent > 100);
  CHECK(said > 100);
}

TEST_CASE("rule_sampler: the same on any number of threads") {
  auto const graph = knowledge_graph::from(golden::random_facts(3, 60, 20, 700));
  rule_limits const limits{
      .longest = 4, .min_support = 1, .min_overlap = 0, .sampling = {.work = 20'000, .fact_work = 3, .min_support = 1}};
  auto const one = kindred::mine_rules(graph, limits);
  CHECK(std::ranges::any_of(one.paths(), [](path_rule const& r) { return r.length == 4; }));
  for (std::size_t const threads : {2u, 16u}) {
    kindred::thread_pool pool(threads);
    auto const many = kindred::mine_rules(graph, limits, pool);
    CHECK(std::ranges::equal(one.paths(), many.paths()));
  }
}

TEST_CASE("rule_sampler: a hub is not walked through, whatever the budget") {
  // Everybody is in the one place, and half of them know their neighbor.
  constexpr index_t n = support::sanitized ? 30'000 : 100'000;
  std::vector<kindred::triple> facts;
  for (index_t k = 1; k != n; ++k) {
    facts.push_back(golden::fact(k, golden::likes, 0));
    if (k % 2 == 0) facts.push_back(golden::fact(k - 1, golden::buys, k));
  }
  auto const rules = kindred::mine_rules(knowledge_graph::from(facts), {.longest = 4, .min_overlap = 0});
  CHECK(std::ranges::none_of(rules.paths(), [](path_rule const& r) { return r.is_long(); }));
}
