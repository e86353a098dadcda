// SPDX-License-Identifier: BSL-1.0
#include "caught.hpp"

#include <kindred/solve/initializer.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/testing/archetypes.hpp>
#include <kindred/testing/laws/initializer.hpp>
#include <kindred/testing/laws/loss.hpp>
#include <kindred/testing/laws/random_source.hpp>
#include <kindred/testing/laws/regularizer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

using kindred::index_t;
using namespace kindred::testing;

namespace {

struct absolute {  // a kink at the target, where any slope in [-1, 1] will do
  double value(double p, double t) const noexcept { return std::abs(p - t); }
  double slope(double p, double t) const noexcept { return p < t ? -1 : p > t ? 1 : 0; }
};
struct logistic {  // of targets 0 and 1
  double value(double p, double t) const noexcept {
    return (p > 0 ? p : 0) - p * t + std::log1p(std::exp(-std::abs(p)));
  }
  double slope(double p, double t) const noexcept { return 1 / (1 + std::exp(-p)) - t; }
};
struct forgets_the_two {
  double value(double p, double t) const noexcept { return (p - t) * (p - t); }
  double slope(double p, double t) const noexcept { return p - t; }
};
struct slope_in_the_target {
  double value(double p, double t) const noexcept { return (p - t) * (p - t) / 2; }
  double slope(double p, double t) const noexcept { return t - p; }
};
struct overflows {
  double value(double p, double t) const noexcept { return std::log(1 + std::exp(p)) - p * t; }
  double slope(double p, double t) const noexcept { return 1 / (1 + std::exp(-p)) - t; }
};
struct undefined_at_the_target {
  double value(double p, double t) const noexcept { return std::abs(p - t); }
  double slope(double p, double t) const noexcept { return (p - t) / std::abs(p - t); }
};
struct wrong_beyond_the_kink {  // Huber's loss, of which the slope was not cut
  double value(double p, double t) const noexcept {
    double const x = std::abs(p - t);
    return x < 1 ? x * x / 2 : x - 0.5;
  }
  double slope(double p, double t) const noexcept { return p - t; }
};

struct l1 {
  double strength = 0.3;
  double penalty(double w) const noexcept { return strength * std::abs(w); }
  double shrink(double w, double rate) const noexcept {
    double const less = std::abs(w) - rate * strength;
    return less > 0 ? std::copysign(less, w) : 0;
  }
};
struct step_down_the_gradient : kindred::l2 {  // instead of the proximal step
  double shrink(double w, double rate) const noexcept { return w - rate * strength * w; }
};
struct past_zero : l1 {
  double shrink(double w, double rate) const noexcept { return w - std::copysign(rate * strength, w); }
};
struct does_nothing : kindred::l2 {
  double shrink(double w, double) const noexcept { return w; }
};
struct rewards : kindred::l2 {
  double penalty(double w) const noexcept { return -w * w; }
};
struct costs_at_zero : kindred::l2 {
  double penalty(double w) const noexcept { return 1 + w * w; }
};
struct divides_by_the_weight : kindred::l2 {
  double shrink(double w, double) const noexcept { return w * w / w; }
};

struct deaf_to_the_stream : kindred::random_stream {
  deaf_to_the_stream(std::uint64_t seed, std::uint64_t) noexcept : random_stream(seed, 0) {}
};
struct adds_seed_and_stream : kindred::random_stream {  // the next stream of a seed is the next seed's stream
  adds_seed_and_stream(std::uint64_t seed, std::uint64_t stream) noexcept : random_stream(seed + stream, 0) {}
  std::uint64_t operator()() noexcept { return random_stream::operator()() | 1; }
};
struct shares_its_state {
  static inline std::uint64_t state = 0;
  shares_its_state(std::uint64_t seed, std::uint64_t stream) noexcept { state = kindred::mix(seed, stream); }
  std::uint64_t operator()() noexcept { return state = kindred::mix(state); }
};

struct goes_on_where_it_was {
  std::shared_ptr<kindred::random_stream> random = std::make_shared<kindred::random_stream>(1, 1);
  void operator()(std::span<double> row, std::uint64_t, index_t) const noexcept {
    for (double& x : row) x = unit(*random);
  }
};
struct leaves_the_last_as_it_was {
  void operator()(std::span<double> row, std::uint64_t, index_t) const noexcept {
    for (std::size_t k = 0; k + 1 < row.size(); ++k) row[k] = 0;
  }
};
struct divides_by_the_number {
  void operator()(std::span<double> row, std::uint64_t, index_t id) const noexcept {
    for (double& x : row) x = 1.0 / static_cast<double>(id);
  }
};

}  // namespace

TEST_CASE("check_loss: honest losses pass, liars are caught") {
  double const classes[] = {0, 1};
  CHECK(holds(check_loss(kindred::squared_loss{})));
  CHECK(holds(check_loss(loss_archetype<double>(0))));
  CHECK(holds(check_loss(absolute{})));
  CHECK(holds(check_loss(logistic{}, classes)));
  CHECK(caught(check_loss(forgets_the_two{}), "slope is the derivative of value"));
  CHECK(caught(check_loss(slope_in_the_target{}), "slope is the derivative of value"));
  CHECK(caught(check_loss(overflows{}, classes), "losses are finite"));
  CHECK(caught(check_loss(undefined_at_the_target{}), "losses are finite"));
  CHECK(caught(check_loss(wrong_beyond_the_kink{}), "slope is the derivative of value"));
}

TEST_CASE("check_regularizer: honest regularizers pass, liars are caught") {
  CHECK(holds(check_regularizer(kindred::l2{})));
  CHECK(holds(check_regularizer(kindred::l2{.strength = 30})));
  CHECK(holds(check_regularizer(kindred::unregularized{})));
  CHECK(holds(check_regularizer(regularizer_archetype<double>(0.2))));
  CHECK(holds(check_regularizer(l1{})));
  CHECK(caught(check_regularizer(step_down_the_gradient{}), "shrink is the proximal step"));
  CHECK(caught(check_regularizer(past_zero{}), "shrink is the proximal step"));
  CHECK(caught(check_regularizer(does_nothing{}), "shrink is the proximal step"));
  CHECK(caught(check_regularizer(rewards{}), "not negative"));
  CHECK(caught(check_regularizer(costs_at_zero{}), "a zero weight costs nothing"));
  CHECK(caught(check_regularizer(divides_by_the_weight{}), "shrunk weights are finite"));
}

TEST_CASE("check_random_source: honest sources pass, liars are caught") {
  CHECK(holds(check_random_source<kindred::random_stream>()));
  CHECK(holds(check_random_source<random_source_archetype>()));
  CHECK(caught(check_random_source<deaf_to_the_stream>(), "streams are independent"));
  CHECK(caught(check_random_source<adds_seed_and_stream>(), "bits are fair"));
  CHECK(caught(check_random_source<shares_its_state>(), "a function of seed and stream"));
}

TEST_CASE("check_initializer: honest initializers pass, liars are caught") {
  CHECK(holds(check_initializer<float>(kindred::normal_initializer{})));
  CHECK(holds(check_initializer<double>(kindred::normal_initializer{})));
  CHECK(holds(check_initializer<float>(initializer_archetype<float>(0))));
  CHECK(caught(check_initializer<double>(goes_on_where_it_was{}), "a row is a function of seed and id"));
  CHECK(caught(check_initializer<double>(leaves_the_last_as_it_was{}), "a row is a function of seed and id"));
  CHECK(caught(check_initializer<double>(divides_by_the_number{}), "initial numbers are finite"));
}
