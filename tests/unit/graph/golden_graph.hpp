// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/random.hpp>

#include <cstdint>
#include <vector>

// A graph small enough to count by hand:
//
//   u1 buys i1, i2    u2 buys i1, i2, i3    u3 buys i2, i3, i4
//   i1, i2, i3 brand b1    i4 brand b2    u1, u2 likes b1    u3 likes b2
namespace golden {

enum node : kindred::index_t { u1, u2, u3, i1, i2, i3, i4, b1, b2 };
inline constexpr kindred::relation_id buys{0}, brand{1}, likes{2};

inline kindred::triple fact(kindred::index_t head, kindred::relation_id r, kindred::index_t tail) {
  return {kindred::node_id{head}, r, kindred::node_id{tail}};
}

inline std::vector<kindred::triple> facts() {
  return {fact(u1, buys, i1),  fact(u1, buys, i2),  fact(u2, buys, i1),  fact(u2, buys, i2),  fact(u2, buys, i3),
          fact(u3, buys, i2),  fact(u3, buys, i3),  fact(u3, buys, i4),  fact(i1, brand, b1), fact(i2, brand, b1),
          fact(i3, brand, b1), fact(i4, brand, b2), fact(u1, likes, b1), fact(u2, likes, b1), fact(u3, likes, b2)};
}

// Random facts, some twice and some from a node to itself.
inline std::vector<kindred::triple> random_facts(std::uint64_t seed, std::uint32_t nodes, std::uint32_t relations,
                                                 std::size_t count) {
  kindred::random_stream random(seed, 0);
  std::vector<kindred::triple> all;
  while (all.size() != count) {
    auto const head = kindred::below(random, nodes);
    auto const relation = kindred::below(random, relations);
    all.push_back(fact(head, kindred::relation_id{relation}, kindred::below(random, nodes)));
  }
  return all;
}

}  // namespace golden
