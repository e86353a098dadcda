// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/ccd.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/factor/nmf.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using kindred::ccd;
using kindred::index_t;
using kindred::item_id;
using kindred::l2;
using kindred::nmf;
using kindred::nmf_update;
using kindred::user_id;

static_assert(kindred::recipe<ccd<>, kindred::ratings<float>> && kindred::recipe<nmf, kindred::ratings<double>>);
static_assert(kindred::predictor<kindred::nmf_model<float>>);

namespace {

struct all_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

// What ccd and nmf minimize, in long double, by the definition; halves of strengths left out where they are zero.
template <class Predict>
long double objective(kindred::ratings<double> const& data, Predict const& predict,
                      kindred::factor_model<double> const& m, double vector, double bias) {
  long double sum = 0;
  auto const square = [](auto const& row) {
    long double all = 0;
    for (double const x : row) all += static_cast<long double>(x) * x;
    return all;
  };
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) {
      index_t const i = row.index[k];
      long double const wrong = row.value[k] - predict(u, i);
      sum += data.weights(user_id{u})[k] * wrong * wrong / 2 +
             vector / 2 * (square(m.users().row(u)) + square(m.items().row(i))) +
             bias / 2 * (std::pow(m.user_biases()[u], 2) + std::pow(m.item_biases()[i], 2));
    }
  }
  return sum;
}

}  // namespace

TEST_CASE_TEMPLATE("ccd: one sweep by hand", T, float, double) {
  // User 0 gives item 0 a 5, user 1 a 3: the mean is 4; p = q = 1 for all, and no penalty. Biases come first, of users: the
  // residuals 1 and -1 are theirs; that of the item is 0. What is left is 0 and 0, from which the first factor's 1 x 1 is
  // taken: -1 and -1. The item: q = 1 + (-1 - 1) / 2 = 0, after which nothing is left; the users: p depends on nothing, 0.
  ccd<kindred::unregularized, all_one> const how{.factors = 1, .sweeps = 1};
  auto const done = kindred::fit(how, support::ratings_of<T>({{0, 0, 5}, {1, 0, 3}}));
  CHECK(done.model.user_biases()[0] == doctest::Approx(1));
  CHECK(done.model.user_biases()[1] == doctest::Approx(-1));
  CHECK(done.model.item_biases()[0] == doctest::Approx(0));
  CHECK(done.model.items().row(0)[0] == doctest::Approx(0));
  CHECK(done.model.users().row(0)[0] == doctest::Approx(0));
  CHECK(done.report.objective == doctest::Approx(0));
}

TEST_CASE("ccd, nmf: every sweep lowers the objective, down to where no number can be better") {
  auto list = support::random_list(40, 30, 0.3, 51);
  for (auto& s : list) s.weight = 0.5 + (s.user + s.item) % 4 / 2.0;
  auto const data = support::weighted_ratings_of<double>(list);
  double weight = 0;
  for (auto const& s : list) weight += s.weight;
  CHECK(kindred::fit(ccd<>{.factors = 3, .tolerance = 1e9}, data).report.epochs == 2);  // two sweeps can be compared
  double before = 1e300;
  for (std::uint32_t const sweeps : {1u, 2u, 5u, 400u}) {
    auto const done = kindred::fit(ccd<>{.factors = 3, .sweeps = sweeps, .bias = {0.05}, .tolerance = 0}, data);
    auto const& m = done.model;
    auto const predict = [&](index_t u, index_t i) { return kindred::score_of(m, user_id{u}, item_id{i}); };
    auto const now = static_cast<double>(objective(data, predict, m, 0.12, 0.05));
    CHECK(done.report.objective == doctest::Approx(static_cast<double>(objective(data, predict, m, 0, 0)) / weight));
    CHECK(now < before);
    before = now;
    if (sweeps != 400) continue;
    auto const is_least = [&](auto id, bool bias) {
      for (double const step : {-1e-3, 1e-3}) {
        auto other = m;
        (bias ? other.of(id).bias : other.of(id).vector[1]) += step;
        CHECK(static_cast<double>(objective(
                  data, [&](index_t v, index_t i) { return kindred::score_of(other, user_id{v}, item_id{i}); }, other,
                  0.12, 0.05)) >= now);
      }
    };
    for (index_t k = 0; k < 30; k += 7)
      is_least(user_id{k}, false), is_least(item_id{k}, k % 2 == 0), is_least(user_id{k}, true);
  }
  for (auto const update : {nmf_update::coordinate, nmf_update::multiplicative}) {
    before = 1e300;
    for (std::uint32_t const sweeps : {1u, 2u, 5u, 2000u}) {
      auto const m = kindred::fit(nmf{.factors = 3, .sweeps = sweeps, .tolerance = 0, .update = update}, data).model;
      auto const now = static_cast<double>(objective(
          data, [&](index_t u, index_t i) { return kindred::score_of(m, user_id{u}, item_id{i}); }, m.parts(), 0.11,
          0));
      CHECK(now < before);
      before = now;
      for (double const x : m.parts().users().row(3)) CHECK(x >= 0);
      if (sweeps != 2000) continue;
      for (double const step : {-1e-2, 1e-2}) {
        auto other = m.parts();
        double& x = other.of(user_id{3}).vector[0];
        x *= 1 + step;  // stays what it is, a positive number
        CHECK(static_cast<double>(objective(
                  data, [&](index_t u, index_t i) { return kindred::score_of(other, user_id{u}, item_id{i}); }, other,
                  0.11, 0)) >= now);
      }
    }
  }
}

TEST_CASE_TEMPLATE("nmf: finds non-negative parts, where it has not looked", T, float, double) {
  std::vector<support::seen> list;
  auto const part = [](std::uint64_t stream, index_t k) { return kindred::to_unit(kindred::mix(stream, k)); };
  double wrong = 0;
  for (index_t u = 0; u != 60; ++u)
    for (index_t i = 0; i != 50; ++i)
      if (kindred::mix(9, u, i) % 4 != 0)
        list.push_back({u, i, 3 * part(1, u) * part(2, i) + 3 * part(3, u) * part(4, i)});
  auto const model =
      kindred::fit(nmf{.factors = 2, .sweeps = 300, .strength = 0, .tolerance = 0}, support::ratings_of<T>(list)).model;
  for (index_t u = 0; u != 60; ++u)
    for (index_t i = 0; i != 50; ++i)
      wrong += std::abs(static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i})) -
                        3 * part(1, u) * part(2, i) - 3 * part(3, u) * part(4, i));
  CHECK(wrong / 3000 < 0.05);
}

TEST_CASE("ccd, nmf: a weight counts like as many ratings in the sums of squares") {
  auto const weighted = support::weighted_ratings_of<double>({{0, 0, 5, 3}, {0, 1, 2, 1}, {1, 0, 1, 1}});
  nmf const how{.factors = 1, .sweeps = 200, .strength = 0, .tolerance = 0};
  // Of rank one, three cells of two by two are met exactly, whatever the weights; so say the multiplicative updates.
  for (auto const update : {nmf_update::coordinate, nmf_update::multiplicative}) {
    auto one = how;
    one.update = update;
    auto const model = kindred::fit(one, weighted).model;
    CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == doctest::Approx(5).epsilon(1e-3));
    CHECK(kindred::score_of(model, user_id{1}, item_id{1}) == doctest::Approx(0.4).epsilon(1e-3));
  }
  // Without factors ccd has biases alone: 3 x (5 - mean - b) = 0 is not to be had with one b for both, but more nearly for
  // the heavier.
  auto const model = kindred::fit(ccd<>{.factors = 0}, weighted).model;
  CHECK(std::abs(kindred::score_of(model, user_id{0}, item_id{0}) - 5) <
        std::abs(kindred::score_of(model, user_id{0}, item_id{1}) - 2));
}

TEST_CASE("ccd, nmf: the same bits in whatever order tasks run, and on threads") {
  auto const data = support::random_ratings<float>(200, 150, 0.1, 52);
  auto const same = [&](auto const& how) {
    auto const expected = kindred::fit(how, data).model;
    support::shuffled shuffled;
    kindred::thread_pool pool(3);
    CHECK(kindred::fit(how, data, shuffled).model == expected);
    CHECK(kindred::fit(how, data, pool).model == expected);
  };
  same(ccd<>{.factors = 5, .sweeps = 3});
  same(nmf{.factors = 5, .sweeps = 3});
  same(nmf{.factors = 5, .sweeps = 3, .update = nmf_update::multiplicative});
}

TEST_CASE_TEMPLATE("ccd, nmf: settings and data refused, unknown users and items, overflow", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 4}, {0, 1, 3}, {2, 0, 5}});
  auto const refused = [&](auto const& how, kindred::ratings<T> const& from, kindred::error_kind kind,
                           char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, from)); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, words));
  };
  refused(ccd<>{.factors = 65537}, data, kindred::error_kind::setting, "ccd: factors = 65537");
  refused(ccd<>{.tolerance = -1}, data, kindred::error_kind::setting, "ccd: tolerance");
  refused(nmf{.factors = 0}, data, kindred::error_kind::setting, "nmf: factors = 0");
  refused(nmf{.strength = -1}, data, kindred::error_kind::setting, "nmf: strength");
  refused(nmf{}, support::ratings_of<T>({{0, 3, -1}}), kindred::error_kind::data, "user 0 rated item 3 with -1");

  auto const model = kindred::fit(nmf{}, data).model;
  CHECK(!model.knows(user_id{1}));
  CHECK(kindred::score_of(model, user_id{1}, item_id{0}) == kindred::score_of(model.biases(), user_id{1}, item_id{0}));
  CHECK(kindred::score_of(model, user_id{0}, item_id{9}) == kindred::score_of(model.biases(), user_id{0}, item_id{9}));
  CHECK(kindred::score_of(kindred::fit(nmf{}, kindred::ratings<T>{}).model, user_id{0}, item_id{0}) == 0);
  CHECK(kindred::score_of(kindred::fit(ccd<>{}, kindred::ratings<T>{}).model, user_id{0}, item_id{0}) == 0);
  auto const huge = static_cast<double>((std::numeric_limits<T>::max)()) / 4;
  for (auto const update : {nmf_update::coordinate, nmf_update::multiplicative}) {
    bool finite = true;
    try {
      auto const large = kindred::fit(nmf{.update = update}, support::ratings_of<T>({{0, 0, huge}, {1, 0, 1}})).model;
      finite = support::all_finite(support::all_scores(large, 2, 1));
    } catch (kindred::error const& e) { CHECK(e.kind() == kindred::error_kind::numeric); }
    CHECK(finite);
  }
}
