// SPDX-License-Identifier: BSL-1.0

// A shop knows what its products are, who is whose friend and who bought what. Which kinds of path from a customer to a product
// mean something is found and learned; a page of products comes with its reasons, in words and as a picture.

#include <kindred/compose/candidates.hpp>
#include <kindred/graph/learned_paths.hpp>
#include <kindred/graph/path_query.hpp>
#include <kindred/io/reason_picture.hpp>
#include <kindred/testing/generate.hpp>

#include <array>
#include <iostream>
#include <span>
#include <string_view>
#include <vector>

using kindred::index_t;
using kindred::node_id;
using kindred::user_id;

int main() {
  auto const shop = kindred::testing::generate({.users = 400, .products = 200, .seed = 4});

  // Products and what they are like are nodes 0, 1 ..., people come after them.
  index_t const people = shop.entity_count();
  enum relation : index_t { friends = kindred::testing::relations.size(), bought };
  std::vector<kindred::triple> facts;
  for (auto const& [head, relation, tail] : shop.triples)
    facts.push_back({node_id{head}, kindred::relation_id{relation}, node_id{tail}});
  for (auto const& [a, b] : shop.friendships)
    facts.push_back({node_id{people + to_index(a)}, kindred::relation_id{friends}, node_id{people + to_index(b)}});
  std::vector<index_t> users, items;
  for (index_t u = 0; u != shop.people.size(); ++u) users.push_back(people + u);
  for (index_t i = 0; i != shop.products.size(); ++i) items.push_back(i);
  index_t const nodes = people + static_cast<index_t>(users.size());

  // [fit]
  auto const data = kindred::ratings<float>::from(shop.ratings<float>());
  kindred::learned_paths<> const how{.about = kindred::knowledge_graph::from(facts, {.nodes = nodes}),
                                     .links = kindred::entity_links(nodes, users, items),
                                     .interacts = kindred::relation_id{bought}};
  auto const model = kindred::fit(how, data).model;
  // [/fit]

  auto const relation_name = [](kindred::relation_id r) -> std::string_view {
    index_t const k = to_index(r);
    return k == bought ? "bought" : k == friends ? "friend of" : kindred::testing::relations[k];
  };
  for (auto const& [path, weight] : model.paths()) {
    for (std::size_t k = 0; k != path.size(); ++k)
      std::cout << (k == 0 ? "" : " / ") << (is_against(path[k]) ? "^" : "") << relation_name(relation_of(path[k]));
    std::cout << '\n';
  }

  // [page]
  kindred::path_query ask(model);  // one of these for every thread that asks
  auto const name_of = [&](index_t node) {
    return node < people ? shop.entity_name(node) : shop.person_name(user_id{node - people});
  };
  user_id const customer{17};
  ask(customer);
  std::array<kindred::scored_item<float>, 3> best;
  std::size_t const count = ask.best(kindred::unseen(data, customer), best);
  for (auto const& one : std::span(best).first(count)) {
    auto const why = ask.reasons(one.item, 2);
    std::cout << shop.product_name(one.item) << ", " << why.count << " paths, such as\n";
    for (auto const& reason : why.strongest) {
      for (std::size_t k = 0; k <= reason.length; ++k) std::cout << (k == 0 ? "  " : " - ") << name_of(reason.nodes[k]);
      std::cout << '\n';
    }
  }
  // [/page]

  // [picture]
  auto const svg = kindred::reason_picture(ask.reasons(best[0].item, 3), model.paths(), name_of, relation_name);
  // [/picture]
  std::cout << svg.substr(0, svg.find(' ')) << " ...\n";
}
