// SPDX-License-Identifier: BSL-1.0
#include "caught.hpp"

#include <kindred/baseline/bias_sgd.hpp>
#include <kindred/baseline/constant.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/testing/archetypes.hpp>
#include <kindred/testing/laws/recipe.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using namespace kindred;
using namespace kindred::testing;

namespace {

struct asks_for_threads {
  fitted<constant_model<float>> fit(ratings<float> const&, auto& ex, auto&) const {
    return {constant_model<float>(1 / static_cast<float>(ex.concurrency())), {}};
  }
};
struct random_by_the_call {
  fitted<constant_model<float>> fit(ratings<float> const&, auto&, auto&) const {
    static float calls = 0;
    return {constant_model<float>(++calls), {}};
  }
};
struct deaf {
  fitted<constant_model<float>> fit(ratings<float> const&, auto&, auto& watch) const {
    for (std::uint32_t epoch = 1; epoch != 5; ++epoch) static_cast<void>(watch(progress{epoch, 0}));
    return {constant_model<float>(1), {}};
  }
};
struct counts_down {
  fitted<constant_model<float>> fit(ratings<float> const&, auto&, auto& watch) const {
    for (std::uint32_t epoch = 5; epoch != 0; --epoch)
      if (watch(progress{epoch, 0}) == flow::stop) break;
    return {constant_model<float>(1), {}};
  }
};
struct unfinished_when_stopped {
  fitted<constant_model<float>> fit(ratings<float> const&, auto&, auto& watch) const {
    for (std::uint32_t epoch = 1; epoch != 5; ++epoch)
      if (watch(progress{epoch, 0}) == flow::stop)
        return {constant_model<float>(std::numeric_limits<float>::quiet_NaN()), {}};
    return {constant_model<float>(1), {}};
  }
};

template <class R>
law_result check(R const& how) {
  auto const data = ratings<float>::from(generate_ratings({.users = 200, .items = 50, .ratings = 3000}));
  std::vector<user_id> users;
  std::vector<item_id> items;
  for (index_t u = 0; u < 200; u += 7) users.push_back(user_id{u});
  for (index_t i = 0; i != 50; ++i) items.push_back(item_id{i});
  thread_pool pool(3);
  return check_recipe(how, data, pool, std::span<user_id const>(users), std::span<item_id const>(items));
}

}  // namespace

TEST_CASE("check_recipe: honest recipes pass, liars are caught") {
  CHECK(holds(check(constant{})));
  CHECK(holds(check(bias_sgd<>{.epochs = 4})));
  CHECK(holds(check(recipe_archetype<predictor_archetype<float>>(10, 10))));
  CHECK(caught(check(asks_for_threads{}), "on another executor"));
  CHECK(caught(check(random_by_the_call{}), "a second time"));
  CHECK(caught(check(deaf{}), "flow::stop ends the fit"));
  CHECK(caught(check(counts_down{}), "ascending order"));
  CHECK(caught(check(unfinished_when_stopped{}), "a fit that was stopped gives a model"));
}
