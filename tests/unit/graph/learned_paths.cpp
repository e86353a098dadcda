// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/learned_paths.hpp>

#include "../../support/bits.hpp"
#include "../../support/error_of.hpp"
#include "../../support/scores.hpp"
#include "random_world.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

using golden::about;
using golden::fact;
using golden::has;
using kindred::against;
using kindred::along;
using kindred::index_t;
using kindred::item_id;
using kindred::knowledge_graph;
using kindred::user_id;

namespace {

constexpr kindred::relation_id color{1}, shape{2};

// 60 users who have items of their own color; shapes mean nothing. Nodes: 40 items, 4 colors, 4 shapes.
struct colored {
  colored() {
    std::vector<kindred::triple> facts;
    kindred::random_stream random(3, 0);
    std::vector<index_t> items;
    for (index_t i = 0; i != 40; ++i) {
      facts.push_back(fact(i, color, 40 + i % 4));
      facts.push_back(fact(i, shape, 44 + kindred::below(random, 4)));
      items.push_back(i);
    }
    how.about = knowledge_graph::from(facts, {.nodes = 48});
    how.links = kindred::entity_links(48, {}, items);
    how.interacts = has;
    for (index_t u = 0; u != 60; ++u)
      for (index_t i = 0; i != 40; ++i)
        if (i % 4 == u % 4 ? kindred::below(random, 3) != 0 : kindred::below(random, 12) == 0)
          list.push_back({u, i, 1});
  }

  kindred::learned_paths<> how;
  std::vector<golden::one_rating> list;
};

double weight_of(auto const& model, kindred::meta_path const& path) {
  for (auto const& p : model.paths())
    if (p.path == path) return p.weight;
  return 0;
}

}  // namespace

TEST_CASE("find_paths: the kinds of path that a small graph has") {
  colored const world;
  auto const graph =
      kindred::graph_paths<>{world.how.about, world.how.links, has}.graph_of(golden::ratings_of<float>(world.list));
  auto const paths = kindred::find_paths(graph, world.how.links, has);
  std::vector<kindred::meta_path> const expected{along(has) / against(has) / along(has),
                                                 along(has) / along(color) / against(color),
                                                 along(has) / along(shape) / against(shape)};
  CHECK(paths == expected);
  CHECK(kindred::find_paths(graph, world.how.links, has, 1).size() == 1);
  CHECK(kindred::find_paths(world.how.about, world.how.links, has).empty());  // nobody has anything
  // Friends, and what they like: 0 knows 1, who likes b1, the brand of item 2.
  std::vector<kindred::triple> const facts{fact(0, has, 2), fact(0, color, 1), fact(1, shape, 3),
                                           fact(2, kindred::relation_id{3}, 3)};
  auto const few = kindred::find_paths(knowledge_graph::from(facts), kindred::entity_links(4, {0, 1}, {2}), has);
  CHECK(std::count(few.begin(), few.end(), along(color) / along(has)) == 1);
  CHECK(std::count(few.begin(), few.end(), along(shape) / against(kindred::relation_id{3})) == 1);
}

TEST_CASE_TEMPLATE("learned_paths: what tells is trusted, and new items are found by it", T, float, double) {
  colored const world;
  auto how = world.how;
  auto const data = golden::ratings_of<T>(world.list);
  how.paths = {along(has) / along(color) / against(color), along(has) / along(shape) / against(shape)};
  auto const model = kindred::fit(how, data).model;
  CHECK(weight_of(model, how.paths[0]) > 4 * weight_of(model, how.paths[1]));

  // Item 0 and 1 are held out whole: their color says who has them.
  auto fewer = world.list;
  std::erase_if(fewer, [](auto const& r) { return r.item < 2; });
  how.hide = kindred::hidden::items;
  how.paths.clear();
  auto const cold = kindred::fit(how, golden::ratings_of<T>(fewer)).model;
  for (index_t u = 0; u != 60; ++u) {
    T const red = score_of(cold, user_id{u}, item_id{0}), blue = score_of(cold, user_id{u}, item_id{1});
    if (u % 4 == 0) CHECK(red > blue);
    if (u % 4 == 1) CHECK(red < blue);
  }
}

TEST_CASE("learned_paths: the same bits on any number of threads") {
  colored const world;
  auto const data = golden::ratings_of<float>(world.list);
  auto const one = kindred::fit(world.how, data).model;
  for (unsigned const threads : {2u, 7u}) {
    kindred::thread_pool pool(threads);
    auto const other = kindred::fit(world.how, data, pool).model;
    CHECK(support::same_bits(support::all_scores(one, 60, 40), support::all_scores(other, 60, 40)));
  }
}

TEST_CASE("learned_paths: hostile data, and what is refused") {
  colored const world;
  auto const kind = [](auto const& call) { return support::error_of(call).kind(); };
  auto const data = golden::ratings_of<float>(world.list);
  auto how = world.how;
  how.folds = 1;
  CHECK(kind([&] { static_cast<void>(kindred::fit(how, data)); }) == kindred::error_kind::setting);
  how = world.how;
  how.rate = 0;
  CHECK(kind([&] { static_cast<void>(kindred::fit(how, data)); }) == kindred::error_kind::setting);
  how = world.how;
  auto const nothing = kindred::fit(how, golden::ratings_of<float>({})).model;
  CHECK(score_of(nothing, user_id{0}, item_id{0}) == 0);
  CHECK(kind([&] { static_cast<void>(kindred::fit(how, golden::ratings_of<float>({{0, 0, -1}}))); }) ==
        kindred::error_kind::data);
  // Somebody who has everything, and an only rating: nothing can be learned, and nothing breaks.
  std::vector<golden::one_rating> all;
  for (index_t i = 0; i != 40; ++i) all.push_back({0, i, 1});
  CHECK(kindred::fit(how, golden::ratings_of<float>(all)).model.paths().size() >= 1);
  CHECK(kindred::fit(how, golden::ratings_of<float>({{0, 0, 1}})).model.paths().size() >= 1);
}
