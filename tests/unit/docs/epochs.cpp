// SPDX-License-Identifier: BSL-1.0
//
// The code of the guide "Early stop": the first epochs of a fit are the whole of a shorter one.
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace {

kindred::ratings<float> half_of_them(bool even) {
  kindred::rating_table<float> said;
  for (kindred::index_t u = 0; u != 40; ++u)
    for (kindred::index_t i = 0; i != 30; ++i)
      if (((u * 31 + i * 17) % 5 < 4) == even)
        said.add(kindred::user_id{u}, kindred::item_id{i}, static_cast<float>(1 + (u * i + (u * 7 + i * 3) % 4) % 5));
  return kindred::ratings<float>::from(said);
}

// [held_out]
// The number of epochs after which a fit to `train` is best on `test`.
std::uint32_t best_epochs(kindred::sgd<> how, kindred::ratings<float> const& train,
                          kindred::ratings<float> const& test) {
  std::uint32_t best = 0;
  double lowest = std::numeric_limits<double>::infinity();
  for (how.epochs = 5; how.epochs <= 50; how.epochs += 5) {
    double const error = kindred::evaluate_ratings(kindred::fit(how, train).model, test).rmse;
    if (error < lowest) lowest = error, best = how.epochs;
  }
  return best;
}
// [/held_out]

}  // namespace

TEST_CASE("a fit that is stopped is the beginning of the longer one") {
  auto const data = half_of_them(true);
  auto const stop_at_7 = [](kindred::progress const& now) {
    return now.epoch == 7 ? kindred::flow::stop : kindred::flow::proceed;
  };
  auto const stopped =
      kindred::fit(kindred::sgd<>{.factors = 4, .epochs = 20, .seed = 3}, data, kindred::sequential{}, stop_at_7);
  auto const shorter = kindred::fit(kindred::sgd<>{.factors = 4, .epochs = 7, .seed = 3}, data);
  CHECK(stopped.model == shorter.model);
  CHECK(stopped.report.epochs == 7);
  CHECK(!stopped.report.converged);
}

TEST_CASE("more epochs are not always better") {
  std::uint32_t const epochs =
      best_epochs({.factors = 8, .rate = {.rate = 0.05}, .seed = 3}, half_of_them(true), half_of_them(false));
  CHECK(epochs >= 5);
  CHECK(epochs < 50);
}
