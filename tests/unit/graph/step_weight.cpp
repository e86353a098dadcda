// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/step_weight.hpp>

#include "../../support/error_of.hpp"
#include "golden_graph.hpp"

#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/rp3_beta_steps.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace {

// u1 buys i2, one of the two things that u1 buys; three users buy i2.
kindred::walked_fact bought(kindred::knowledge_graph const& graph) {
  return {&graph, kindred::along(golden::buys), golden::u1, golden::i2, 2, 0.25f, 70};
}

}  // namespace

TEST_CASE("step_weight: what each is worth, by hand") {
  auto const graph = kindred::knowledge_graph::from(golden::facts());
  auto const fact = bought(graph);
  CHECK(fact.arrivals() == 3);
  CHECK(kindred::uniform_steps{}(fact, 0) == 1);
  CHECK(kindred::random_steps{}(fact, 0) == 0.5);
  CHECK(kindred::random_steps{.power = 2}(fact, 3) == 0.25);
  CHECK(kindred::random_steps{.power = 0}(fact, 0) == 1);
  CHECK(kindred::inverse_frequency_steps{}(fact, 0) == doctest::Approx(1.0 / 3));
  CHECK(kindred::inverse_frequency_steps{.power = 2}(fact, 0) == doctest::Approx(1.0 / 9));
  CHECK(kindred::confident_steps{}(fact, 0) == 0.25);
  // Thirty older than now, half-lives of fifteen: a quarter.
  CHECK(kindred::fading_steps{.now = 100, .half_life = 15}(fact, 0) == 0.25);
  kindred::both_steps<kindred::random_steps, kindred::confident_steps> const both;
  CHECK(both(fact, 0) == 0.125);
  kindred::rp3_beta_steps const rp3{.alpha = 2, .beta = 1};
  CHECK(rp3(fact, 1) == 0.25);
  CHECK(rp3(fact, 2) == doctest::Approx(0.25 / 3));
}

TEST_CASE("step_weight: weights above one are certain, and what is new or has no time has not faded") {
  auto const graph = kindred::knowledge_graph::from(golden::facts());
  auto fact = bought(graph);
  fact.weight = 7;
  CHECK(kindred::confident_steps{}(fact, 0) == 1);
  kindred::fading_steps const fading{.now = 70, .half_life = 1};
  CHECK(fading(fact, 0) == 1);
  fact.time = 71;
  CHECK(fading(fact, 0) == 1);
  fact.time = kindred::no_time;
  CHECK(fading(fact, 0) == 1);
  fact.time = std::numeric_limits<std::int64_t>::min() + 1;  // as long ago as can be
  double const old = fading(fact, 0);
  CHECK(old >= 0);
  CHECK(old <= 1);
}

TEST_CASE("step_weight: settings out of range are refused") {
  auto const refused = [](auto const& weight, char const* what) {
    CHECK(support::says(support::error_of([&] { weight.check(); }), what));
  };
  refused(kindred::random_steps{.power = -1}, "random_steps: power = -1");
  refused(kindred::inverse_frequency_steps{.power = std::numeric_limits<double>::infinity()},
          "inverse_frequency_steps");
  refused(kindred::fading_steps{.half_life = 0}, "half_life = 0");
  refused(kindred::rp3_beta_steps{.alpha = -1}, "rp3_beta_steps: alpha = -1");
  refused(kindred::rp3_beta_steps{.beta = -1}, "rp3_beta_steps: beta = -1");
  refused(kindred::both_steps<kindred::uniform_steps, kindred::fading_steps>{.second = {.half_life = -3}},
          "half_life = -3");
}
