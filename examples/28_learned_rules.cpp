// SPDX-License-Identifier: BSL-1.0

// Rules that are weighed as they prove right: what somebody will buy, and which rules say so.

#include <kindred/evaluate/link_ranking.hpp>
#include <kindred/graph/learned_rules.hpp>
#include <kindred/graph/rule_query.hpp>
#include <kindred/graph/rule_reach.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/run/fit.hpp>

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

namespace {

// Everybody buys of the brand that they like.
std::string shop_text() {
  std::string text;
  auto const fact = [&](std::string const& head, char const* relation, std::string const& tail) {
    text.append(head).append(",").append(relation).append(",").append(tail).append("\n");
  };
  for (int p = 0; p != 60; ++p) fact("product" + std::to_string(p), "brand", "brand" + std::to_string(p % 6));
  for (int u = 0; u != 80; ++u) {
    auto const user = "user" + std::to_string(u);
    fact(user, "likes", "brand" + std::to_string(u % 6));
    for (int k = 0; k != 6; ++k) fact(user, "bought", "product" + std::to_string(u % 6 + 6 * ((u * 3 + k * 7) % 10)));
  }
  return text;
}

}  // namespace

int main() {
  kindred::graph_names names;
  auto const facts = kindred::read_triples_text(shop_text(), names, {.separator = ","});

  // [learn]
  // A ninth of the facts decides, unseen by the model, how far it trusts the rules as they were counted.
  std::vector<kindred::triple> training, validation;
  for (std::size_t k = 0; k != facts.size(); ++k) (k % 9 == 4 ? validation : training).push_back(facts[k]);
  auto const graph = kindred::knowledge_graph::from(training, {names.nodes.size(), names.relations.size()});
  auto const everything = kindred::knowledge_graph::from(facts);  // what is true besides is no wrong answer
  auto model = kindred::fit(kindred::learned_rules<>{}, graph).model;
  kindred::choose_linked(model, graph, everything, validation);
  kindred::choose_trust(model, graph, everything, validation);
  // [/learn]

  // [ask]
  auto const user = *names.nodes.find("user3");
  auto const bought = along(*names.relations.find("bought"));
  kindred::rule_query ask(graph, model);
  ask(user, bought);
  kindred::node_id best = user;
  for (kindred::index_t const y : ask.reached()) {
    kindred::node_id const answer{y};
    if (graph.contains(user, relation_of(bought), answer)) continue;
    if (best == user || ask.score(answer) > ask.score(best)) best = answer;
  }
  // [/ask]
  std::cout << "user3 may like " << names.nodes.key(best) << ":\n";

  // [why]
  kindred::rule_reach why(graph, model.rules(), model.limits());
  why.each_path(to_index(user), bought, [&](std::size_t rule, kindred::index_t y, std::uint32_t paths) {
    if (y != to_index(best)) return;
    kindred::path_rule const& r = model.rules().paths()[rule];
    std::cout << "  right " << r.counts.all_support() << " times of " << r.counts.all_predicted() << ", here on "
              << paths << ":";
    for (std::size_t k = 0; k != r.length; ++k)
      std::cout << (k == 0 ? " " : " / ") << (is_against(r.body[k]) ? "^" : "")
                << names.relations.key(relation_of(r.body[k]));
    std::cout << "\n";
  });
  // [/why]
}
