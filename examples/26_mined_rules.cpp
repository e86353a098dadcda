// SPDX-License-Identifier: BSL-1.0

// The rules of a graph, found and said as sentences; then questions that they answer.

#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_query.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/run/fit.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

int main() {
  // [read]
  kindred::graph_names names;
  std::string text = "land0,has the tongue,tongue0\nland1,has the tongue,tongue1\n";
  for (int town = 0; town != 6; ++town) {
    auto const t = std::to_string(town), land = std::to_string(town % 2);
    text += "town" + t + ",in,land" + land + "\n";
    for (int person = 0; person != 4; ++person) {
      auto const p = t + std::to_string(person);
      text += "person" + p + ",born in,town" + t + "\n";
      if (person != 3) text += "person" + p + ",citizen of,land" + land + "\n";
      if (person != 2) text += "person" + p + ",speaks,tongue" + land + "\n";
    }
  }
  auto const facts = kindred::read_triples_text(text, names, {.separator = ","});
  auto const graph = kindred::knowledge_graph::from(facts);
  // [/read]

  // [rules]
  auto const model = kindred::fit(kindred::counted_rules<>{}, graph).model;
  auto const says = [&](kindred::step_id s, char from, char to) {
    if (is_against(s)) std::swap(from, to);
    return std::string(1, from) + " " + std::string(names.relations.key(relation_of(s))) + " " + to;
  };
  auto const sentence = [&](kindred::path_rule const& r) {
    std::string said = says(r.head, 'X', 'Y') + " because ";
    for (std::size_t k = 0; k != r.length; ++k)
      said += (k == 0 ? "" : " and ") + says(r.body[k], "XABC"[k], k + 1 == r.length ? 'Y' : "ABC"[k]);
    return said + ": " + std::to_string(r.counts.all_support()) + " of " + std::to_string(r.counts.all_predicted()) +
           " times";
  };
  auto const sure = [](kindred::path_rule const& r) {
    return kindred::laplace{}(static_cast<double>(r.counts.all_support()),
                              static_cast<double>(r.counts.all_predicted()));
  };
  for (std::uint32_t const length : {2u, 3u}) {
    std::vector<kindred::path_rule> rules;
    for (auto const& r : model.rules().paths())
      if (r.length == length && !is_against(r.head)) rules.push_back(r);
    std::stable_sort(rules.begin(), rules.end(), [&](auto const& a, auto const& b) { return sure(a) > sure(b); });
    for (auto const& r : std::span(rules).first(3)) std::cout << sentence(r) << "\n";
  }
  // [/rules]

  // [ask]
  kindred::rule_query ask(graph, model);
  auto const person = *names.nodes.find("person03");
  ask(person, along(*names.relations.find("citizen of")));
  for (char const* land : {"land0", "land1"})
    std::cout << "person03 citizen of " << land << ": " << ask.score(*names.nodes.find(land)) << "\n";
  // [/ask]
}
