// SPDX-License-Identifier: BSL-1.0
//
// The algorithms of the library ask for no more than their concepts: they run with the least that models them.
#include "caught.hpp"

#include <kindred/baseline/bias_sgd.hpp>
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/similarity/shrunk.hpp>
#include <kindred/testing/archetypes.hpp>
#include <kindred/testing/laws/scorer.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

using namespace kindred;
using namespace kindred::testing;

namespace {

template <real T>
ratings<T> some_ratings() {
  return ratings<T>::from(generate_ratings<T>({.users = 40, .items = 30, .ratings = 500}));
}

template <class Recipe, real T>
bool trains_to_a_lawful_model(Recipe const& how, ratings<T> const& data) {
  executor_archetype ex(0);
  observer_archetype watch(2);
  auto const model = fit(how, data, ex, watch).model;
  std::vector<user_id> users;
  std::vector<item_id> items;
  for (index_t u = 0; u < 45; u += 5) users.push_back(user_id{u});
  for (index_t i = 0; i != 33; ++i) items.push_back(item_id{i});
  return holds(check_scorer(model, std::span<user_id const>(users), std::span<item_id const>(items)));
}

}  // namespace

TEST_CASE("archetypes: run") {
  executor_archetype ex(0);
  std::vector<int> done(100);
  for_chunks(ex, done.size(), 7, [&](std::size_t first, std::size_t last) {
    for (std::size_t k = first; k != last; ++k) ++done[k];
  });
  CHECK(done == std::vector<int>(100, 1));
  CHECK(reduce_chunks<std::size_t>(ex, 100, 7, [](std::size_t first, std::size_t last) { return last - first; }) ==
        100);

  random_source_archetype random(1, 2);
  CHECK(unit(random) < 1);
  CHECK(below(random, 3) < 3);
  CHECK(normal(random) < 40);
  std::array<int, 5> values = {1, 2, 3, 4, 5};
  shuffle(random, std::span<int>(values));
  CHECK(values[0] + values[1] + values[2] + values[3] + values[4] == 15);

  observer_archetype watch(1);
  CHECK(!fit(recipe_archetype<scorer_archetype<float>>(2, 2), 17, ex, watch).model.knows(user_id{2}));
}

TEST_CASE_TEMPLATE("archetypes: compose", T, float, double) {
  std::array<scored_item<T>, 4> best;
  candidates_archetype const which(20);
  CHECK(top_n(scorer_archetype<T>(5, 10), user_id{1}, which, best) == 4);
  for (std::size_t k = 1; k != 4; ++k) CHECK(ranks_before(best[k - 1], best[k]));

  T const weights[] = {T{0.5}, T{0.5}};
  weighted blend{weights, scorer_archetype<T>(5, 10), explainer_archetype<T>(3, 20)};
  CHECK(top_n(blend, user_id{1}, which, best) == 4);
  fallback chain{scorer_archetype<T>(1, 10), std::move(blend)};
  CHECK(top_n(chain, user_id{4}, which, best) == 4);
  any_scorer<T> const any(std::move(chain));
  CHECK(top_n(any, user_id{4}, which, best) == 4);
  any_predictor<T> const predictor(predictor_archetype<T>(3, 3));
  CHECK(score_of(predictor, user_id{9}, item_id{0}) == T{0.5});
}

TEST_CASE_TEMPLATE("archetypes: solvers", T, float, double) {
  auto const data = some_ratings<T>();
  using loss = loss_archetype<T>;
  using regularizer = regularizer_archetype<T>;
  using factorizer = sgd<loss, regularizer, schedule_archetype, initializer_archetype<T>>;
  CHECK(trains_to_a_lawful_model(factorizer{.factors = 5,
                                            .epochs = 3,
                                            .loss = loss(0),
                                            .vector = regularizer(T{0.0625}),
                                            .bias = regularizer(T{0.0625}),
                                            .rate = schedule_archetype(0.01),
                                            .start = initializer_archetype<T>(0),
                                            .seed = 1},
                                 data));
  CHECK(trains_to_a_lawful_model(bias_sgd<loss, regularizer, schedule_archetype>{.epochs = 3,
                                                                                 .loss = loss(0),
                                                                                 .shrinkage = regularizer(T{0.0625}),
                                                                                 .rate = schedule_archetype(0.01),
                                                                                 .seed = 1},
                                 data));
}

TEST_CASE_TEMPLATE("archetypes: neighborhoods", T, float, double) {
  auto const data = some_ratings<T>();
  using base = recipe_archetype<predictor_archetype<T>>;
  using by_items = item_knn<similarity_archetype<T>, base>;
  using by_users = user_knn<similarity_archetype<T>, base>;
  CHECK(trains_to_a_lawful_model(by_items{.neighbors = 5,
                                          .candidates = 9,
                                          .min_shared = 1,
                                          .similarity = similarity_archetype<T>(0),
                                          .base = base(30, 25)},
                                 data));
  CHECK(trains_to_a_lawful_model(by_users{.neighbors = 5,
                                          .candidates = 9,
                                          .min_shared = 1,
                                          .similarity = similarity_archetype<T>(0),
                                          .base = base(30, 25)},
                                 data));
}
