// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/path_scorer.hpp>

#include "../../support/bits.hpp"
#include "../../support/error_of.hpp"
#include "../../support/scores.hpp"
#include "golden_graph.hpp"
#include "random_world.hpp"

#include <kindred/compose/top_n.hpp>
#include <kindred/compose/top_n_each.hpp>
#include <kindred/graph/path_walk.hpp>
#include <kindred/graph/rp3_beta_steps.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/updatable.hpp>
#include <kindred/testing/laws/explainer.hpp>
#include <kindred/testing/laws/range_scorer.hpp>
#include <kindred/testing/laws/scorer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string_view>
#include <vector>

using kindred::against;
using kindred::along;
using kindred::index_t;
using kindred::item_id;
using kindred::knowledge_graph;
using kindred::node_id;
using kindred::user_id;

static_assert(kindred::range_scorer<kindred::path_scorer<float>> && kindred::explainer<kindred::path_scorer<float>> &&
              kindred::updatable<kindred::path_scorer<double>> && kindred::batch_scorer<kindred::path_scorer<float>>);

using golden::about;
using golden::has;
using golden::one_rating;
using golden::random_list;
using golden::random_world;
using golden::ratings_of;

TEST_CASE_TEMPLATE("path_scorer: what walking all paths gives; the laws of scorers and explainers", T, float, double) {
  for (std::uint64_t seed = 0; seed != 3; ++seed) {
    auto const how = random_world<T>(seed, kindred::random_steps{});
    auto const model = kindred::fit(how, ratings_of<T>(random_list(seed))).model;
    kindred::path_walk walk(model.graph(), kindred::random_steps{});
    for (index_t u = 0; u != 21; ++u)
      for (index_t i = 0; i != 16; ++i) {
        double sum = 0;
        for (auto const& p : model.paths()) {
          walk(node_id{model.links().node_of(user_id{u})}, p.path);
          sum += p.weight * walk.value(node_id{model.links().node_of(item_id{i})});
        }
        CHECK(static_cast<double>(score_of(model, user_id{u}, item_id{i})) == doctest::Approx(sum).epsilon(1e-5));
      }
    std::vector<user_id> users;
    std::vector<item_id> items;
    for (index_t k = 0; k != 24; ++k) users.push_back(user_id{k});
    for (index_t k = 0; k != 18; ++k) items.push_back(item_id{k});
    auto const law =
        kindred::testing::check_scorer(model, std::span<user_id const>(users), std::span<item_id const>(items));
    CHECK(std::string_view(law.message()) == "the law holds");
    auto const why =
        kindred::testing::check_explainer(model, std::span<user_id const>(users), std::span<item_id const>(items));
    CHECK(std::string_view(why.message()) == "the law holds");
  }
}

TEST_CASE("path_scorer: reasons are distinct paths that exist, strongest first, and add up") {
  auto const how = random_world<double>(5, kindred::random_steps{});
  auto const model = kindred::fit(how, ratings_of<double>(random_list(5))).model;
  for (index_t u = 0; u != 20; ++u)
    for (index_t i = 0; i != 15; ++i) {
      auto const all = model.reasons(user_id{u}, item_id{i}, 100'000);
      CHECK(all.strongest.size() == all.count);
      CHECK(all.rest == doctest::Approx(0));
      double sum = 0;
      for (std::size_t k = 0; k != all.count; ++k) {
        auto const& r = all.strongest[k];
        sum += r.share;
        auto const& path = model.paths()[r.kind].path;
        REQUIRE(r.length == path.size());
        for (std::size_t s = 0; s != r.length; ++s)
          CHECK(model.graph().of(node_id{r.nodes[s]}, path[s]).contains(r.nodes[s + 1]));
        CHECK(r.nodes[0] == model.links().node_of(user_id{u}));
        CHECK(r.nodes[r.length] == model.links().node_of(item_id{i}));
        if (k != 0) CHECK(!(std::abs(all.strongest[k - 1].share) < std::abs(r.share)));
        if (k != 0) CHECK(all.strongest[k - 1] != r);
      }
      CHECK(sum == doctest::Approx(score_of(model, user_id{u}, item_id{i})));
      auto const few = model.reasons(user_id{u}, item_id{i}, 3);
      CHECK(few.count == all.count);
      double shown = few.rest;
      for (std::size_t k = 0; k != few.strongest.size(); ++k) {
        CHECK(few.strongest[k] == all.strongest[k]);
        shown += few.strongest[k].share;
      }
      CHECK(shown == doctest::Approx(sum));
    }
}

TEST_CASE("path_scorer: without its strongest path a score is lower by what that path was said to add") {
  auto how = random_world<double>(7, kindred::uniform_steps{});
  how.paths = {{along(has) / against(has) / along(has), 1}, {along(has) / along(about) / against(about), 2}};
  auto const list = random_list(7);
  auto const model = kindred::fit(how, ratings_of<double>(list)).model;
  std::size_t tried = 0;
  for (index_t u = 0; u != 20; ++u)
    for (index_t i = 0; i != 15; ++i) {
      auto const all = model.reasons(user_id{u}, item_id{i}, 100'000);
      if (all.count == 0) continue;
      // The fact that the strongest path begins with goes, and all paths with it; uniform steps know no degrees.
      index_t const first = all.strongest[0].nodes[1];
      double through = 0;
      for (auto const& r : all.strongest)
        for (std::size_t s = 0; s != r.length; ++s) {
          auto const step = model.paths()[r.kind].path[s];
          index_t const head = is_against(step) ? r.nodes[s + 1] : r.nodes[s],
                        tail = is_against(step) ? r.nodes[s] : r.nodes[s + 1];
          if (relation_of(step) == has && head == r.nodes[0] && tail == first) {
            through += r.share;
            break;
          }
        }
      std::vector<one_rating> less;
      for (auto const& r : list)
        if (r.user != u || model.links().node_of(item_id{r.item}) != first) less.push_back(r);
      auto const without = kindred::fit(how, ratings_of<double>(less)).model;
      CHECK(score_of(without, user_id{u}, item_id{i}) ==
            doctest::Approx(score_of(model, user_id{u}, item_id{i}) - through));
      ++tried;
    }
  CHECK(tried > 100);
}

TEST_CASE_TEMPLATE("path_scorer: after updates the bits of a rebuild", T, float, double) {
  auto const how = random_world<T>(9, kindred::random_steps{.power = 0.5});
  auto list = random_list(9);
  auto model = kindred::fit(how, ratings_of<T>(list)).model;
  kindred::random_stream random(10, 0);
  for (int k = 0; k != 30; ++k) {
    one_rating const r{kindred::below(random, 23), kindred::below(random, 17), 1.0 + kindred::below(random, 4)};
    model.update(user_id{r.user}, item_id{r.item}, static_cast<T>(r.value));
    list.push_back(r);
    auto const anew = kindred::fit(how, ratings_of<T>(list)).model;
    REQUIRE(support::same_bits(support::all_scores(model, 24, 18), support::all_scores(anew, 24, 18)));
    CHECK(model.knows(user_id{r.user}));
    CHECK(model.knows(item_id{r.item}));
  }
  CHECK(support::error_of([&] { model.update(user_id{0}, item_id{0}, T{0}); }).kind() == kindred::error_kind::data);
  CHECK(support::error_of([&] { model.update(user_id{kindred::index_limit}, item_id{0}, T{1}); }).kind() ==
        kindred::error_kind::data);
}

TEST_CASE_TEMPLATE("path_scorer: lists for everybody, walked together, are those of top_n", T, float, double) {
  auto const data = ratings_of<T>(random_list(4));
  kindred::sequential alone;
  auto const check = [&](auto const& model) {
    auto const lists = kindred::recommend_all(model, data, 5, alone);
    REQUIRE(lists.size() == data.user_count());
    for (index_t u = 0; u != data.user_count(); ++u) {
      std::array<kindred::scored_item<T>, 5> best;
      std::size_t const count = kindred::top_n(model, user_id{u}, kindred::unseen(data, user_id{u}), best);
      REQUIRE(lists[u].size() == count);
      for (std::size_t k = 0; k != count; ++k)  // places may change where scores are as good as equal
        CHECK(static_cast<double>(lists[u][k].value) ==
              doctest::Approx(static_cast<double>(best[k].value)).epsilon(1e-5));
    }
  };
  check(kindred::fit(random_world<T>(4, kindred::random_steps{}), data).model);
  check(kindred::fit(random_world<T>(4, kindred::inverse_frequency_steps{.power = 0.5}), data).model);
}

TEST_CASE("path_scorer: RP3-beta over user, item, user, item, in fractions") {
  // P3 and, divided by how many have the item, RP3 with beta = 1, from u1 of the golden graph to i1 ... i4.
  auto const check = [](auto steps, std::array<double, 4> expected) {
    kindred::path_scorer<double, decltype(steps)> const model(
        knowledge_graph::from(golden::facts()),
        kindred::entity_links(9, {golden::u1, golden::u2, golden::u3},
                              {golden::i1, golden::i2, golden::i3, golden::i4}),
        golden::buys, {{along(golden::buys) / against(golden::buys) / along(golden::buys), 1}}, steps);
    for (index_t i = 0; i != 4; ++i) CHECK(score_of(model, user_id{0}, item_id{i}) == doctest::Approx(expected[i]));
  };
  check(kindred::random_steps{}, {25.0 / 72, 29.0 / 72, 7.0 / 36, 1.0 / 18});
  check(kindred::rp3_beta_steps{.beta = 1}, {25.0 / 144, 29.0 / 216, 7.0 / 72, 1.0 / 18});
  check(kindred::rp3_beta_steps{.beta = 0}, {25.0 / 72, 29.0 / 72, 7.0 / 36, 1.0 / 18});
}

TEST_CASE("path_scorer: more nodes on the way than scratch has room for") {
  // One user, 5000 products, each bought by another friend, all of whom buy the last product.
  std::vector<kindred::rating<double>> list;
  for (index_t k = 0; k != 5000; ++k) {
    list.push_back({user_id{0}, item_id{k}, 1});
    list.push_back({user_id{k + 1}, item_id{k}, 1});
    list.push_back({user_id{k + 1}, item_id{5000}, 1});
  }
  kindred::graph_paths<kindred::uniform_steps> const how{.links = kindred::entity_links(0, {}, {}),
                                                         .interacts = has,
                                                         .paths = {{along(has) / against(has) / along(has), 1}}};
  auto const model = kindred::fit(how, kindred::ratings<double>::from(list)).model;
  CHECK(score_of(model, user_id{0}, item_id{5000}) == 5000);
  CHECK(score_of(model, user_id{0}, item_id{17}) == 5001);
}

TEST_CASE("path_scorer: what is refused") {
  auto const kind = [](auto const& call) { return support::error_of(call).kind(); };
  auto how = random_world<double>(1, kindred::random_steps{});
  how.paths.clear();
  CHECK(kind([&] { static_cast<void>(kindred::fit(how, ratings_of<double>(random_list(1)))); }) ==
        kindred::error_kind::setting);
  how = random_world<double>(1, kindred::random_steps{.power = -1});
  CHECK(kind([&] { static_cast<void>(kindred::fit(how, ratings_of<double>(random_list(1)))); }) ==
        kindred::error_kind::setting);
  CHECK(kind([] { kindred::entity_links(3, {0, 0}, {}); }) == kindred::error_kind::data);
  CHECK(kind([] { kindred::entity_links(3, {}, {5}); }) == kindred::error_kind::data);
}
