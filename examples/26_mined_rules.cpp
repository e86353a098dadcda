// SPDX-License-Identifier: BSL-1.0

// The rules of a graph, found by counting and said as sentences; then questions that they answer.

#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_query.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/run/fit.hpp>

#include <algorithm>
#include <iostream>
#include <span>
#include <string>
#include <vector>

int main() {
  // [read]
  kindred::graph_names names;
  std::string text;
  for (int town = 0; town != 6; ++town) {
    auto const t = std::to_string(town);
    text += "town" + t + ",in,land" + std::to_string(town % 2) + "\n";
    for (int person = 0; person != 4; ++person) {
      auto const p = t + std::to_string(person);
      text += "person" + p + ",born in,town" + t + "\n";
      if (person != 3) text += "person" + p + ",citizen of,land" + std::to_string(town % 2) + "\n";
    }
  }
  auto const facts = kindred::read_triples_text(text, names, {.separator = ","});
  auto const graph = kindred::knowledge_graph::from(facts);
  // [/read]

  // [rules]
  auto const model = kindred::fit(kindred::counted_rules<>{}, graph).model;
  auto const says = [&](kindred::step_id s, char const* from, char const* to) {
    bool const back = is_against(s);
    return std::string(back ? to : from) + " " + std::string(names.relations.key(relation_of(s))) + " " +
           (back ? from : to);
  };
  std::vector<kindred::path_rule> rules;
  for (auto const& r : model.rules().paths())
    if (r.length == 2 && !is_against(r.head)) rules.push_back(r);
  std::stable_sort(rules.begin(), rules.end(), [](auto const& a, auto const& b) {
    return kindred::laplace{}(static_cast<double>(a.counts.all_support()),
                              static_cast<double>(a.counts.all_predicted())) >
           kindred::laplace{}(static_cast<double>(b.counts.all_support()),
                              static_cast<double>(b.counts.all_predicted()));
  });
  for (auto const& r : std::span(rules).first(3))
    std::cout << says(r.head, "X", "Y") << " because " << says(r.body[0], "X", "Z") << " and "
              << says(r.body[1], "Z", "Y") << ": " << r.counts.all_support() << " of " << r.counts.all_predicted()
              << " times\n";
  // [/rules]

  // [ask]
  kindred::rule_query ask(graph, model);
  auto const person = *names.nodes.find("person03");
  ask(person, along(*names.relations.find("citizen of")));
  for (char const* land : {"land0", "land1"})
    std::cout << "person03 citizen of " << land << ": " << ask.score(*names.nodes.find(land)) << "\n";
  // [/ask]
}
