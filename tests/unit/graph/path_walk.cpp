// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/path_walk.hpp>

#include "../../support/error_of.hpp"
#include "golden_graph.hpp"

#include <kindred/graph/free_walk.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/path_similarity.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string_view>

using golden::brand;
using golden::buys;
using golden::likes;
using kindred::against;
using kindred::along;
using kindred::index_t;
using kindred::knowledge_graph;
using kindred::meta_path;
using kindred::node_id;

namespace {

node_id at(index_t x) { return node_id{x}; }

// The sum over all paths of the products of their steps, path by path.
double by_hand(knowledge_graph const& graph, meta_path const& path, std::size_t depth, index_t x, index_t y,
               bool random) {
  if (depth == path.size()) return x == y ? 1 : 0;
  auto const list = graph.of(at(x), path[depth]);
  double sum = 0;
  for (index_t const next : list.node)
    sum += (random ? 1 / static_cast<double>(list.size()) : 1) * by_hand(graph, path, depth + 1, next, y, random);
  return sum;
}

}  // namespace

TEST_CASE("path_walk: the golden graph, in fractions") {
  auto const graph = knowledge_graph::from(golden::facts());
  auto const p3 = along(buys) / against(buys) / along(buys);
  // From u1 half to i1 and half to i2. i1 is bought by u1 and u2, i2 by all three; u1 buys two, u2 and u3 three. So i1 gets
  // 1/2 (1/2 1/2 + 1/2 1/3) + 1/2 (1/3 1/2 + 1/3 1/3) = 25/72.
  kindred::path_walk<kindred::random_steps> walk(graph);
  walk(at(golden::u1), p3);
  CHECK(walk.value(at(golden::i1)) == doctest::Approx(25.0 / 72));
  CHECK(walk.value(at(golden::i2)) == doctest::Approx(29.0 / 72));
  CHECK(walk.value(at(golden::i3)) == doctest::Approx(7.0 / 36));
  CHECK(walk.value(at(golden::i4)) == doctest::Approx(1.0 / 18));
  CHECK(walk.nodes().size() == 4);
  CHECK(walk.value(at(golden::b1)) == 0);
  CHECK(walk.value(at(99)) == 0);

  // u1-i1-u2-i3, u1-i2-u2-i3, u1-i2-u3-i3.
  CHECK(kindred::path_count(graph, p3, at(golden::u1), at(golden::i3)) == 3);
  CHECK(kindred::path_count(graph, p3, at(golden::u1), at(golden::i4)) == 1);

  meta_path const peers = against(buys) / along(buys);
  auto const sim = [&](index_t a, index_t b) { return kindred::path_sim(graph, peers, at(a), at(b)); };
  CHECK(sim(golden::i1, golden::i2) == doctest::Approx(4.0 / 5));  // 2 x 2 / (2 + 3)
  CHECK(sim(golden::i1, golden::i3) == doctest::Approx(1.0 / 2));
  CHECK(sim(golden::i2, golden::i3) == doctest::Approx(4.0 / 5));
  CHECK(sim(golden::i3, golden::i4) == doctest::Approx(2.0 / 3));
  CHECK(sim(golden::i2, golden::i4) == doctest::Approx(1.0 / 2));
  auto const hete = [&](index_t a, index_t b) { return kindred::hete_sim(graph, peers, at(a), at(b)); };
  CHECK(hete(golden::i1, golden::i2) == doctest::Approx(.816496581));  // 2/6 / sqrt(1/2 1/3)
  CHECK(hete(golden::i1, golden::i3) == doctest::Approx(.5));
  CHECK(hete(golden::i3, golden::i4) == doctest::Approx(.707106781));
  CHECK(hete(golden::i2, golden::i4) == doctest::Approx(.577350269));
}

TEST_CASE("path_walk: random graphs, path by path; similarities keep their laws") {
  for (std::uint64_t seed = 0; seed != 8; ++seed) {
    auto const graph = knowledge_graph::from(golden::random_facts(seed, 10, 2, 40));
    auto const r = kindred::relation_id{0}, s = kindred::relation_id{1};
    meta_path const odd = along(r) / against(s) / along(r);
    meta_path const even = along(r) / along(s);
    meta_path const back = along(r) / against(s) / along(s) / against(r);
    kindred::path_walk<> count(graph);
    kindred::path_walk<kindred::random_steps> random(graph);
    for (auto const& path : {odd, even, back, meta_path(along(s))})
      for (index_t x = 0; x != graph.node_count(); ++x) {
        count(at(x), path);
        random(at(x), path);
        double sum = 0;
        for (index_t y = 0; y != graph.node_count(); ++y) {
          CHECK(count.value(at(y)) == by_hand(graph, path, 0, x, y, false));
          CHECK(random.value(at(y)) == doctest::Approx(by_hand(graph, path, 0, x, y, true)));
          sum += random.value(at(y));
          double const alike = kindred::hete_sim(graph, path, at(x), at(y));
          CHECK(alike >= 0);
          CHECK(alike <= 1);
          CHECK(alike == doctest::Approx(kindred::hete_sim(graph, path.reversed(), at(y), at(x))));
          if (!path.symmetric()) continue;
          double const sim = kindred::path_sim(graph, path, at(x), at(y));
          CHECK(sim >= 0);
          CHECK(sim <= 1);
          CHECK(sim == kindred::path_sim(graph, path, at(y), at(x)));
          CHECK((x != y || sim == 0 || sim == 1));
        }
        CHECK(sum <= 1 + 1e-12);
      }
  }
}

TEST_CASE("step weights: values by hand") {
  std::vector<kindred::triple> const facts{
      {at(0), likes, at(2), 0.5f, 100}, {at(0), likes, at(3), 2, 90}, {at(1), likes, at(2)}};
  auto const graph = knowledge_graph::from(facts);
  auto const worth = [&](auto const& how, index_t from, index_t to) {
    kindred::path_walk walk(graph, how);
    walk(at(from), meta_path(along(likes)));
    return walk.value(at(to));
  };
  CHECK(worth(kindred::random_steps{}, 0, 2) == 0.5);
  CHECK(worth(kindred::random_steps{.power = 0.5}, 0, 2) == doctest::Approx(std::sqrt(0.5)));
  CHECK(worth(kindred::inverse_frequency_steps{}, 0, 2) == 0.5);
  CHECK(worth(kindred::inverse_frequency_steps{}, 0, 3) == 1);
  CHECK(worth(kindred::confident_steps{}, 0, 2) == 0.5);
  CHECK(worth(kindred::confident_steps{}, 0, 3) == 1);
  kindred::fading_steps const fading{.now = 100, .half_life = 5};
  CHECK(worth(fading, 0, 2) == 1);
  CHECK(worth(fading, 0, 3) == 0.25);
  CHECK(worth(fading, 1, 2) == 1);
  CHECK(worth(kindred::both_steps<kindred::random_steps, kindred::fading_steps>{{}, fading}, 0, 3) == 0.125);
  CHECK(support::error_of([] { kindred::fading_steps{.half_life = 0}.check(); }).kind() ==
        kindred::error_kind::setting);
}

TEST_CASE("free_walk: what is too little for a number arrives nowhere, and nobody arrives twice") {
  // From 0 by 1, which has ten facts, or by 2, which has two, to 3: 10^-300 is nothing beside the 2^-300 of the way there.
  std::vector<kindred::triple> facts{golden::fact(0, buys, 1), golden::fact(0, buys, 2), golden::fact(1, buys, 3),
                                     golden::fact(2, buys, 3)};
  for (index_t other = 4; other != 12; ++other) facts.push_back(golden::fact(1, buys, other));
  auto const graph = knowledge_graph::from(facts);
  kindred::free_walk walk(graph, 300);
  walk(at(0), 3);
  CHECK(walk.nodes(2).size() == 2);  // home again, and 3
  CHECK(walk.value(2, at(3)) == std::ldexp(1, -600));
  CHECK(walk.value(3, at(2)) == std::ldexp(1, -899));  // from either
}

TEST_CASE("meta_path: text, and what is wrong with it") {
  kindred::dictionary<kindred::relation_id> names;
  static_cast<void>(names.add("buys"));
  static_cast<void>(names.add("brand"));
  static_cast<void>(names.add("likes"));
  CHECK(kindred::parse_path("likes / ^brand", names) == along(likes) / against(brand));
  CHECK(kindred::parse_path("buys/^ buys/buys", names) == along(buys) / against(buys) / along(buys));
  CHECK(kindred::parse_path("buys", names) == meta_path(along(buys)));
  CHECK((along(likes) / against(brand)).reversed() == along(brand) / against(likes));
  for (std::string_view const bad : {"", "likes /", "likes / colour", "buys/buys/buys/buys/buys", "^"}) {
    CAPTURE(bad);
    CHECK(support::error_of([&] { static_cast<void>(kindred::parse_path(bad, names)); }).kind() ==
          kindred::error_kind::setting);
  }
  auto const graph = knowledge_graph::from(golden::facts());
  kindred::check_path(along(likes) / against(brand), graph);
  auto const e = support::error_of([&] { kindred::check_path(along(likes) / along(brand), graph); });
  CHECK(std::string_view(e.what()) ==
        "step 2 of the path leads nowhere from where step 1 arrives; is it to be walked against its relation?");
  CHECK(support::error_of([&] { kindred::check_path(along(kindred::relation_id{7}), graph); }).column() == 1);
}

TEST_CASE("free_walk: walkers and Katz's index by hand") {
  // A line 0 - 1 - 2, and 3 alone.
  auto const graph = knowledge_graph::from(
      std::vector{golden::fact(0, golden::buys, 1), golden::fact(2, golden::brand, 1)}, {.nodes = 4});
  kindred::free_walk walk(graph);
  walk(node_id{0}, 3);
  CHECK(walk.value(0, node_id{0}) == 1);
  CHECK(walk.value(1, node_id{1}) == 1);
  CHECK(walk.value(2, node_id{0}) == 0.5);
  CHECK(walk.value(2, node_id{2}) == 0.5);
  CHECK(walk.value(3, node_id{1}) == 1);
  CHECK(walk.value(4, node_id{1}) == 0);
  CHECK(walk.nodes(2).size() == 2);
  // Ways from 0 to 1: one of one step, two of three. To 2: one of two.
  kindred::free_walk ways(graph, 0);
  ways(node_id{0}, 3);
  CHECK(ways.katz(0.5, node_id{1}) == doctest::Approx(0.5 + 2 * 0.125));
  CHECK(ways.katz(0.5, node_id{2}) == doctest::Approx(0.25));
  ways(node_id{3}, 2);  // forgets what was before
  CHECK(ways.katz(0.5, node_id{1}) == 0);
  ways(node_id{99}, 2);
  CHECK(ways.value(0, node_id{99}) == 1);
  CHECK(support::error_of([&] { kindred::free_walk(graph, -1); }).kind() == kindred::error_kind::setting);
}

TEST_CASE("free_walk: three steps of a walker who goes home, on the golden graph") {
  // With restart 3/20, and who is still on the way after three steps where they are: exact fractions.
  auto const graph = knowledge_graph::from(golden::facts());
  kindred::free_walk walk(graph);
  walk(node_id{golden::u1}, 3);
  auto const rank = [&](index_t x) {
    double sum = 0, still = 1;
    for (std::size_t k = 0; k != 3; ++k) {
      sum += 0.15 * still * walk.value(k, node_id{x});
      still *= 0.85;
    }
    return sum + still * walk.value(3, node_id{x});
  };
  CHECK(rank(golden::u1) == doctest::Approx(325531.0 / 1440000));
  CHECK(rank(golden::b1) == doctest::Approx(3363433.0 / 17280000));
  CHECK(rank(golden::i2) == doctest::Approx(1554701.0 / 8640000));
  CHECK(rank(golden::i1) == doctest::Approx(2888317.0 / 17280000));
  CHECK(rank(golden::u2) == doctest::Approx(43061.0 / 480000));
  CHECK(rank(golden::i3) == doctest::Approx(26877.0 / 320000));
  CHECK(rank(golden::u3) == doctest::Approx(11849.0 / 360000));
  CHECK(rank(golden::b2) == doctest::Approx(4913.0 / 384000));
  CHECK(rank(golden::i4) == doctest::Approx(4913.0 / 384000));
}
