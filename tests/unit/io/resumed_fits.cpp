// SPDX-License-Identifier: BSL-1.0
//
// A fit that is killed after any epoch and goes on from a file ends in the bits of one that was never interrupted.
#if __has_include(<nlohmann/json.hpp>)
#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/stored.hpp"

#include <kindred/factor/als.hpp>
#include <kindred/factor/bpr.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/linalg/subspace.hpp>
#include <kindred/linear/ftrl_learner.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace {

using namespace kindred;

ratings<float> const& data() {
  static ratings<float> const made = support::ratings_of<float>(support::random_list(40, 30, 0.2, 9), {42, 33});
  return made;
}

auto const go_on = [](auto const&) { return flow::proceed; };

// Trains an epoch at a time, and knows of it only what was written.
template <class Recipe>
void check_resumed(char const* name, Recipe const& how) {
  sequential ex;
  auto const whole = kindred::fit(how, data());
  auto training = how.begin(data());
  std::vector<double> objective;
  for (std::uint32_t epoch = 0; epoch != 20; ++epoch) {
    training = support::read_back(training);
    how.advance(training, data(), 1, ex, [&](auto const& now) {
      objective.push_back(now.report.objective);
      return flow::proceed;
    });
  }
  CHECK_MESSAGE(training.model == whole.model, name);
  CHECK(training.report.epochs == whole.report.epochs);
  CHECK(training.report.objective == whole.report.objective);
  CHECK(training.report.converged == whole.report.converged);
  CHECK(objective.size() == whole.report.epochs);

  // Stopped by what watches it, it goes on as well.
  auto stopped = how.begin(data());
  how.advance(stopped, data(), 20, ex, [](auto const&) { return flow::stop; });
  CHECK(stopped.report.epochs == 1);
  stopped = support::read_back(stopped);
  how.advance(stopped, data(), 20, ex, go_on);
  CHECK_MESSAGE(stopped.model == whole.model, name);

  // Begun with a model: what it knows begins there.
  auto const warm = how.begin(data(), whole.model);
  CHECK(warm.model.users().row(7)[1] == whole.model.users().row(7)[1]);
  CHECK(warm.model.item_biases()[3] == whole.model.item_biases()[3]);
  CHECK(warm.report.epochs == 0);
  auto other = how;
  other.factors = 6;
  CHECK(support::error_of([&] { (void)other.begin(data(), whole.model); }).kind() == error_kind::shape);
  CHECK(support::error_of([&] { other.advance(stopped, data(), 1, ex, go_on); }).kind() == error_kind::shape);
}

}  // namespace

TEST_CASE("resumed fits: the bits of unbroken ones") {
  check_resumed("sgd", sgd<>{.factors = 5, .epochs = 6, .seed = 1});
  check_resumed("sgd by adam", sgd<squared_loss, l2, adam>{.factors = 5, .epochs = 4});
  check_resumed("als", als<>{.factors = 5, .sweeps = 5, .seed = 2});
  check_resumed("als until it converges", als<cholesky>{.factors = 3, .sweeps = 20, .tolerance = 1e-2});
  check_resumed("implicit_als", implicit_als<>{.factors = 5, .sweeps = 5});
  check_resumed("implicit_als by subspaces", implicit_als<subspace>{.factors = 5, .sweeps = 4, .solver = {.block = 2}});
  check_resumed("bpr", bpr{.factors = 5, .epochs = 5});
}

TEST_CASE("resumed fits: what learns from a stream goes on as if it had never been away") {
  ftrl_learner<float> never, away;
  for (index_t k = 0; k != 50; ++k) {
    index_t const index[] = {k % 7, 7 + k % 5, 12 + k};
    float const value[] = {1, 0.5f, -0.25f};
    auto const label = static_cast<float>(k % 3 == 0);
    CHECK(never.update({index, value}, label) == away.update({index, value}, label));
    away = support::read_back(away);
  }
  CHECK(never.model() == away.model());
}
#endif
