// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/time_aware.hpp>

#include "../../support/content_loss.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/factor/asymmetric_svd.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

using kindred::index_t;
using kindred::item_id;
using kindred::svdpp;
using kindred::time_aware;
using kindred::user_id;

static_assert(kindred::recipe<time_aware<>, kindred::ratings<float>>);
static_assert(kindred::predictor<kindred::timed_factor_model<double>>);

namespace {

constexpr std::int64_t day = 86400;

struct all_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

// Every user has a mood of 1 on even days and of -1 on odd ones.
template <kindred::real T>
kindred::ratings<T> moody(bool held_out) {
  kindred::rating_table<T> table;
  for (index_t u = 0; u != 60; ++u)
    for (index_t i = 0; i != 40; ++i) {
      auto const when = static_cast<std::int64_t>(kindred::mix(3, u, i) % 8);
      if ((kindred::mix(4, u, i) % 4 == 0) == held_out)
        table.add(user_id{u}, item_id{i}, static_cast<T>(3 + (when % 2 == 0 ? 1 : -1)), when * day + 100);
    }
  return kindred::ratings<T>::from(table);
}

template <class M, class Ask>
double rmse(M const&, kindred::ratings<float> const& test, Ask const& ask) {
  double sum = 0;
  for (index_t u = 0; u != test.user_count(); ++u) {
    auto const row = test.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k)
      sum += std::pow(
          static_cast<double>(ask(user_id{u}, item_id{row.index[k]}, test.times(user_id{u})[k]) - row.value[k]), 2);
  }
  return std::sqrt(sum / static_cast<double>(test.size()));
}

template <class M>
kindred::value_t<M> at(M const& model, user_id u, item_id i, std::int64_t t) {
  kindred::value_t<M> out{};
  model.score_at(u, t, std::span<item_id const>(&i, 1), std::span<kindred::value_t<M>>(&out, 1));
  return out;
}

}  // namespace

TEST_CASE("user_clock: the middle, deviations, days") {
  // Days 0, 1 and 5: the middle is day 2, the furthest three days away. On day 0: -(2 / 3)^0.5.
  kindred::rating_table<float> table;
  table.add(user_id{0}, item_id{0}, 3, 0);
  table.add(user_id{0}, item_id{1}, 3, day);
  table.add(user_id{0}, item_id{2}, 3, 5 * day);
  table.add(user_id{1}, item_id{0}, 3, -10);
  kindred::detail::user_clock const clock(kindred::ratings<float>::from(table), day, 0.5);
  CHECK(clock.deviation(0, 0) == doctest::Approx(-std::sqrt(2.0 / 3)));
  CHECK(clock.deviation(0, 2 * day) == 0);
  CHECK(clock.deviation(0, 5 * day) == 1);
  CHECK(clock.deviation(0, 500 * day) == 1);  // no further than what is known
  CHECK(clock.deviation(1, 77) == 0);
  CHECK(clock.days() == 4);
  CHECK(clock.slot(0, day + 5) == 1);
  CHECK(clock.slot(0, 2 * day) == 4);
  CHECK(clock.slot(1, -1) == 3);
  CHECK(clock.slot(1, 1) == 4);
  CHECK(clock.last(0) == 5 * day);
  kindred::detail::user_clock const steep(kindred::ratings<float>::from(table), 1,
                                          1000);  // no power of 3 days overflows
  CHECK(steep.deviation(0, 5 * day) == 1);
  CHECK(steep.deviation(0, 0) == doctest::Approx(0));
}

TEST_CASE_TEMPLATE("time_aware: one step by hand", T, float, double) {
  // Two ratings of one user, 5 and 3 at days 0 and 2: the mean is 4, dev is -1 and 1, and there are no vectors. The user walks
  // through them at the rate 0.1. If the 5 comes first: the error pulls by -0.1, b = 0.1, drift = -0.1, the mood of day 0 is
  // 0.1; then 4 + 0.1 - 0.1 + 0 = 4 is predicted for the 3, which pulls by 0.1: b = 0, drift = -0.2, mood of day 2 = -0.1.
  // If the 3 comes first, the same by symmetry. Items then have 0.1 and -0.1.
  kindred::rating_table<T> table;
  table.add(user_id{0}, item_id{0}, T{5}, 0);
  table.add(user_id{0}, item_id{1}, T{3}, 2 * day);
  time_aware<svdpp<kindred::squared_loss, kindred::unregularized, kindred::constant_rate>> how{.drift = {0},
                                                                                               .mood = {0}};
  how.base.factors = 0;
  how.base.epochs = 1;
  how.base.rate = {0.1};
  auto const model = kindred::fit(how, kindred::ratings<T>::from(table)).model;
  CHECK(model.factors().user_biases()[0] == doctest::Approx(0));
  CHECK(model.drifts()[0] == doctest::Approx(-0.2));
  CHECK(at(model, user_id{0}, item_id{0}, 0) == doctest::Approx(4 + 0.1 + 0.2 + 0.1));
  CHECK(at(model, user_id{0}, item_id{0}, day) == doctest::Approx(4 + 0.1));
  CHECK(at(model, user_id{0}, item_id{0}, 2 * day) == doctest::Approx(4 + 0.1 - 0.2 - 0.1));
  CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == at(model, user_id{0}, item_id{0}, 2 * day));
  CHECK(at(model, user_id{7}, item_id{0}, 0) == doctest::Approx(4.1));
}

TEST_CASE("time_aware: knows good days from bad ones") {
  auto const train = moody<float>(false);
  auto const test = moody<float>(true);
  time_aware<> how;
  how.base.factors = 4;
  how.base.epochs = 60;
  auto const timed = kindred::fit(how, train).model;
  auto const plain = kindred::fit(how.base, train).model;
  double const with = rmse(timed, test, [&](user_id u, item_id i, std::int64_t t) { return at(timed, u, i, t); });
  double const without =
      rmse(plain, test, [&](user_id u, item_id i, std::int64_t) { return kindred::score_of(plain, u, i); });
  CHECK(without > 0.9);
  CHECK(with < 0.6);
  support::shuffled shuffled;
  CHECK(kindred::fit(how, train, shuffled).model == timed);
}

TEST_CASE_TEMPLATE("time_aware: fashions and turning tastes, one step by hand", T, float, double) {
  // As above, but with vectors of one number, p = q = 1, and without what is shared: the parts of asymmetric_svd begin at zero, so
  // x = 0. The 5 comes on day 0, dev = -1, bin 0, and the 3 on day 2, dev = 1, bin 1; each of its own item. If the 5 comes first: 4
  // is predicted, the pull is -0.1, and turn = 0 - (-0.1) x -1 x 1 = -0.1; then b, drift and mood say 0 together and
  // dev x turn x q = -0.1: 3.9 is predicted for the 3, the pull is 0.09, and turn = -0.1 - 0.09 x 1 = -0.19. Items then move:
  //   fashion(0, bin 0) = 0.1    fashion(1, bin 1) = -0.09    q(0) = 1 - (-0.1) x -1 x turn = 1 + 0.019    q(1) = 1 + 0.09 x 0.19
  // The other order gives the same turn, with 0.09 and 0.1 exchanged.
  kindred::rating_table<T> table;
  table.add(user_id{0}, item_id{0}, T{5}, 0);
  table.add(user_id{0}, item_id{1}, T{3}, 2 * day);
  using base = kindred::asymmetric_svd<kindred::squared_loss, kindred::unregularized, kindred::constant_rate, all_one>;
  time_aware<base> how{
      .drift = {0}, .mood = {0}, .bins = 2, .fashion = {0}, .vectors = kindred::taste::turning, .turn = {0}};
  how.base.factors = 1;
  how.base.epochs = 1;
  how.base.rate = {0.1};
  auto const model = kindred::fit(how, kindred::ratings<T>::from(table)).model;
  auto const& plain = model.factors();
  auto const said = [&](item_id i, std::int64_t t) {
    return at(model, user_id{0}, i, t) - kindred::score_of(plain, user_id{0}, i);
  };
  double const q0 = plain.items().row(0)[0], q1 = plain.items().row(1)[0];
  bool const first = q0 > 1.018;
  double const a = first ? 0.1 : 0.09, b = first ? 0.09 : 0.1;  // the pulls of the two
  CHECK(q0 == doctest::Approx(1 + a * 0.19));
  CHECK(q1 == doctest::Approx(1 + b * 0.19));
  double const drift = -(a + b);
  CHECK(model.drifts()[0] == doctest::Approx(drift));
  CHECK(said(item_id{0}, 0) == doctest::Approx(-drift + a + a + 0.19 * q0));
  CHECK(said(item_id{1}, 0) == doctest::Approx(-drift + a + 0.19 * q1));
  CHECK(said(item_id{1}, 2 * day) == doctest::Approx(drift - b - b - 0.19 * q1));
  // Of whom nothing is known, the last time of all counts.
  CHECK(kindred::score_of(model, user_id{7}, item_id{1}) == at(model, user_id{7}, item_id{1}, 2 * day));
  CHECK(kindred::score_of(model, user_id{7}, item_id{1}) != at(model, user_id{7}, item_id{1}, 0));
  std::array<T, 2> range;
  model.score_range(user_id{0}, item_id{0}, range);
  CHECK(range[1] == kindred::score_of(model, user_id{0}, item_id{1}));
}

TEST_CASE("time_aware: every term pays its own strength, with every rating") {
  // Ratings that ask for nothing, at the rate 0.1: two of one user, on days of their own, of items in bins of their own.
  kindred::rating_table<double> table;
  table.add(user_id{0}, item_id{0}, 5, 0);
  table.add(user_id{0}, item_id{1}, 3, 2 * day);
  auto const data = kindred::ratings<double>::from(table);
  using base = svdpp<support::content_loss, kindred::unregularized, kindred::constant_rate, all_one>;
  time_aware<base> const how{.base = {.factors = 2, .epochs = 1, .rate = {0.1}},
                             .drift = {0.2},
                             .mood = {0.3},
                             .bins = 2,
                             .fashion = {0.4},
                             .vectors = kindred::taste::turning,
                             .turn = {0.5}};
  kindred::sequential ex;
  auto training = how.begin(data, ex);
  auto& terms = training.terms;
  terms.drift[0] = terms.mood[0] = terms.mood[1] = terms.turn[0] = terms.turn[1] = 1;
  for (index_t i = 0; i != 2; ++i) terms.fashion.at(i, 0) = terms.fashion.at(i, 1) = 1;
  how.advance(training, data, 1, ex, [](auto const&) { return kindred::flow::proceed; });
  CHECK(terms.drift[0] == doctest::Approx(1 / (1.02 * 1.02)));
  for (double const m : terms.mood) CHECK(m == doctest::Approx(1 / 1.03));
  CHECK(terms.fashion.value(0, 0) == doctest::Approx(1 / 1.04));
  CHECK(terms.fashion.value(1, 1) == doctest::Approx(1 / 1.04));
  CHECK(terms.fashion.value(0, 1) == 1);
  for (std::size_t f = 0; f != 2; ++f) CHECK(terms.turn[f] == doctest::Approx(1 / (1.05 * 1.05)));
}

TEST_CASE("time_aware: tastes that turn, and fashions, are foretold") {
  // Even items are liked in the first half of all time and odd ones in the second, by users of one half the other way round.
  auto const turned = [](bool fashion, bool held_out) {
    kindred::rating_table<float> table;
    for (index_t u = 0; u != 30; ++u)
      for (index_t i = 0; i != 24; ++i) {
        auto const when = static_cast<std::int64_t>(kindred::mix(5, u, i) % 100);
        bool const even = i % 2 == 0, late = when >= 50, other = !fashion && u % 2 == 0;
        bool const likes = (even != late) != other;
        if ((kindred::mix(6, u, i) % 4 == 0) == held_out)
          table.add(user_id{u}, item_id{i}, likes ? 5.0f : 1.0f, when * day);
      }
    return kindred::ratings<float>::from(table);
  };
  for (bool const fashion : {false, true}) {
    auto const train = turned(fashion, false);
    auto const test = turned(fashion, true);
    time_aware<> how{.power = 0.2};
    how.base.factors = 4;
    how.base.epochs = 40;
    how.base.rate.rate = 0.01;  // all users are in one batch
    auto const error = [&] {
      auto const model = kindred::fit(how, train).model;
      return rmse(model, test, [&](user_id u, item_id i, std::int64_t t) { return at(model, u, i, t); });
    };
    double const without = error();
    (fashion ? how.bins = 2u : (how.vectors = kindred::taste::turning, 0u));
    CHECK(error() < 0.7 * without);
    how.base.epochs = 2;
    support::shuffled shuffled;
    CHECK(kindred::fit(how, train, shuffled).model == kindred::fit(how, train).model);
  }
}

TEST_CASE("time_aware: any base, settings, times, no data") {
  time_aware<kindred::asymmetric_svd<>> other;
  other.base.epochs = 2;
  CHECK(kindred::fit(other, moody<float>(false)).report.epochs == 2);
  auto const refused = [&](time_aware<> const& how, kindred::ratings<float> const& data, kindred::error_kind kind,
                           char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, words));
  };
  auto const untimed = support::ratings_of<float>({{0, 0, 4}});
  refused({}, untimed, kindred::error_kind::data, "no times");
  refused({.day = 0}, untimed, kindred::error_kind::setting, "time_aware: day = 0");
  refused({.power = -1}, untimed, kindred::error_kind::setting, "time_aware: power");
  refused({.bins = 20000}, untimed, kindred::error_kind::setting, "time_aware: bins = 20000");
  refused({.mood = {-1}}, untimed, kindred::error_kind::setting, "l2: strength = -1");
  CHECK(kindred::score_of(kindred::fit(time_aware<>{}, kindred::ratings<float>{}).model, user_id{0}, item_id{0}) == 0);

  kindred::rating_table<float> table;  // all the time there is
  table.add(user_id{0}, item_id{0}, 3, (std::numeric_limits<std::int64_t>::min)());
  table.add(user_id{0}, item_id{1}, 4, (std::numeric_limits<std::int64_t>::max)());
  auto const model = kindred::fit(time_aware<>{}, kindred::ratings<float>::from(table)).model;
  CHECK(std::isfinite(kindred::score_of(model, user_id{0}, item_id{0})));
}
