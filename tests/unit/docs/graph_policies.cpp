// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/path_walk.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_query.hpp>

#include "../graph/golden_graph.hpp"

#include <doctest/doctest.h>

#include <cstddef>

// Not a nameless namespace: clang 14 does not see that concepts ask for constants in it.
namespace graph_policies {

// [step]
// Every step that is not the first is worth a half: what is near counts more.
struct nearby_steps {
  static constexpr bool same_for_all_choices = true;

  double operator()(kindred::walked_fact const&, std::size_t depth) const noexcept { return depth == 0 ? 1 : 0.5; }
};
static_assert(kindred::step_weight<nearby_steps>);
// [/step]

// [pool]
// The surest rule decides, and a second witness counts a tenth.
struct two_witnesses {
  struct state {
    float first = 0, second = 0;
  };

  void add(state& s, float c, kindred::rule_family) const noexcept {
    if (c > s.first) {
      s.second = s.first;
      s.first = c;
    } else if (c > s.second) {
      s.second = c;
    }
  }
  double value(state const& s) const noexcept {
    return 0.9 * static_cast<double>(s.first) + 0.1 * static_cast<double>(s.second);
  }
};
static_assert(kindred::evidence_pool<two_witnesses>);
// [/pool]

}  // namespace graph_policies

using graph_policies::nearby_steps, graph_policies::two_witnesses;

TEST_CASE("the minimal step weight and evidence pool are used like those in the box") {
  auto const graph = kindred::knowledge_graph::from(golden::facts());
  // [walk]
  kindred::path_walk walk(graph, nearby_steps{});
  walk(kindred::node_id{golden::u1}, along(golden::likes) / against(golden::brand));
  // [/walk]
  CHECK(walk.value(kindred::node_id{golden::i3}) == 0.5);
  // [ask]
  kindred::counted_rules<kindred::laplace, two_witnesses> const how{.limits = {.min_support = 1, .min_overlap = 1}};
  auto const model = kindred::fit(how, graph).model;
  kindred::rule_query ask(graph, model);
  ask(kindred::node_id{golden::u1}, along(golden::buys));
  // [/ask]
  CHECK(ask.score(kindred::node_id{golden::i3}) > ask.score(kindred::node_id{golden::i4}));
}
