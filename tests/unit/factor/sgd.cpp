// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/sgd.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/bias_sgd.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

using kindred::constant_rate;
using kindred::index_t;
using kindred::item_id;
using kindred::l2;
using kindred::sgd;
using kindred::squared_loss;
using kindred::unregularized;
using kindred::user_id;
using support::seen;

static_assert(kindred::recipe<sgd<>, kindred::ratings<float>> && kindred::recipe<sgd<>, kindred::ratings<double>>);

namespace {

// Entity 0 starts at (0.5, -0.25), entity 1 at (2, 1).
struct by_hand {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t id) const noexcept {
    row[0] = id == 0 ? T{0.5} : T{2};
    row[1] = id == 0 ? T{-0.25} : T{1};
  }
};

// Squared near the target, absolute beyond: what a user would write.
struct huber_loss {
  double width = 1;
  template <kindred::real T>
  T value(T p, T t) const noexcept {
    T const wrong = p < t ? t - p : p - t;
    T const w = static_cast<T>(width);
    return wrong < w ? wrong * wrong / 2 : w * (wrong - w / 2);
  }
  template <kindred::real T>
  T slope(T p, T t) const noexcept {
    T const w = static_cast<T>(width);
    return p - t > w ? w : p - t < -w ? -w : p - t;
  }
};

// For float alone, and never for registers.
struct float_lasso {
  float strength = 0.02f;
  float penalty(float w) const noexcept { return strength * std::abs(w); }
  float shrink(float w, float rate) const noexcept {
    float const step = rate * strength;
    return w > step ? w - step : w < -step ? w + step : 0;
  }
};
static_assert(kindred::recipe<sgd<squared_loss, float_lasso>, kindred::ratings<float>>);
static_assert(!kindred::recipe<sgd<squared_loss, float_lasso>, kindred::ratings<double>>);

// l2, written for numbers alone.
struct plain_l2 {
  double strength = 0.08;
  template <kindred::real T>
  T penalty(T w) const noexcept {
    return l2{strength}.penalty(w);
  }
  template <kindred::real T>
  T shrink(T w, T rate) const noexcept {
    return l2{strength}.shrink(w, rate);
  }
};

template <class M>
double rmse(M const& model, std::vector<seen> const& list) {
  double sum = 0;
  for (seen const& s : list) {
    double const wrong = s.value - static_cast<double>(kindred::score_of(model, user_id{s.user}, item_id{s.item}));
    sum += wrong * wrong;
  }
  return std::sqrt(sum / static_cast<double>(list.size()));
}

// One rating in five is kept back.
std::pair<std::vector<seen>, std::vector<seen>> parted(std::vector<seen> const& list) {
  std::pair<std::vector<seen>, std::vector<seen>> parts;
  for (seen const& s : list) (kindred::mix(99, s.user, s.item) % 5 == 0 ? parts.second : parts.first).push_back(s);
  return parts;
}

}  // namespace

TEST_CASE_TEMPLATE("sgd: one step by hand", T, float, double) {
  // User 0 with p = (0.5, -0.25), item 1 with q = (2, 1), and the only rating, 4, which is the mean. The prediction is
  // 4 + 1 - 0.25, the slope 0.75, the rate 0.1, the pull 0.075. Shrinking divides by 1 + 0.1 x 0.5 for vectors, by
  // 1 + 0.1 x 2 for biases.
  //   b = -0.075 / 1.2    p = (0.5 - 0.15, -0.25 - 0.075) / 1.05    q = (2 - 0.0375, 1 + 0.01875) / 1.05
  auto const data = support::ratings_of<T>({{0, 1, 4}});
  sgd<squared_loss, l2, constant_rate, by_hand> const how{
      .factors = 2, .epochs = 1, .vector = {0.5}, .bias = {2}, .rate = {0.1}};
  auto const done = kindred::fit(how, data);
  CHECK(done.report.objective == doctest::Approx(0.75 * 0.75 / 2));
  CHECK(done.report.epochs == 1);
  CHECK(done.model.mean() == 4);
  CHECK(done.model.user_biases()[0] == doctest::Approx(-0.075 / 1.2));
  CHECK(done.model.item_biases()[1] == doctest::Approx(-0.075 / 1.2));
  auto const p = done.model.users().row(0);
  auto const q = done.model.items().row(1);
  CHECK(p[0] == doctest::Approx(0.35 / 1.05));
  CHECK(p[1] == doctest::Approx(-0.325 / 1.05));
  CHECK(q[0] == doctest::Approx(1.9625 / 1.05));
  CHECK(q[1] == doctest::Approx(1.01875 / 1.05));
  // Item 0 has no rating: not known, and all zeros.
  CHECK(!done.model.knows(item_id{0}));
  CHECK(done.model.items().row(0)[0] == 0);
}

TEST_CASE_TEMPLATE("sgd: a weight multiplies the loss and its slope", T, float, double) {
  // As before with w = 2: the pull is 2 x 0.1 x 0.75 = 0.15, and nothing shrinks.
  auto const data = support::weighted_ratings_of<T>({{0, 1, 4, 2}});
  sgd<squared_loss, unregularized, constant_rate, by_hand> const how{.factors = 2, .epochs = 1, .rate = {0.1}};
  auto const done = kindred::fit(how, data);
  CHECK(done.report.objective == doctest::Approx(0.75 * 0.75 / 2));  // a weighted mean of one
  CHECK(done.model.user_biases()[0] == doctest::Approx(-0.15));
  CHECK(done.model.users().row(0)[0] == doctest::Approx(0.5 - 0.15 * 2));
  CHECK(done.model.items().row(1)[0] == doctest::Approx(2 - 0.15 * 0.5));
}

TEST_CASE_TEMPLATE("sgd: finds a rank-2 truth without noise, where it has not looked", T, float, double) {
  std::vector<seen> list;
  auto const taste = [](std::uint64_t stream, index_t k) {
    kindred::random_stream random(stream, k);
    return kindred::normal(random);
  };
  for (index_t u = 0; u != 60; ++u)
    for (index_t i = 0; i != 50; ++i) list.push_back({u, i, 3 + taste(1, u) * taste(2, i) + taste(3, u) * taste(4, i)});
  auto const [seen_before, kept_back] = parted(list);
  sgd<squared_loss, unregularized> const how{.factors = 2, .epochs = 200, .rate = {.rate = 0.05, .decay = 0.02}};
  auto const model = kindred::fit(how, support::ratings_of<T>(seen_before)).model;
  CHECK(rmse(model, seen_before) < 0.01);
  CHECK(rmse(model, kept_back) < 0.02);  // the values themselves deviate by 1.4
}

TEST_CASE("sgd: foretells better than biases where there is structure") {
  auto const [seen_before, kept_back] = parted(support::random_list(150, 100, 0.3, 41));
  auto const data = support::ratings_of<float>(seen_before, {150, 100});
  double const biases = rmse(kindred::fit(kindred::bias_als{}, data).model, kept_back);
  double const factors = rmse(kindred::fit(sgd<>{.factors = 8, .epochs = 100}, data).model, kept_back);
  CHECK(factors < 0.75 * biases);
}

TEST_CASE_TEMPLATE("sgd: without factors it is bias_sgd", T, float, double) {
  auto const data = support::random_ratings<T>(40, 30, 0.3, 42);
  auto const biases = kindred::fit(kindred::bias_sgd<>{.epochs = 7, .seed = 5}, data).model;
  auto const model = kindred::fit(sgd<>{.factors = 0, .epochs = 7, .seed = 5}, data).model;
  CHECK(model.factors() == 0);
  auto const expected = support::all_scores(biases, 41, 31);
  auto const found = support::all_scores(model, 41, 31);
  for (std::size_t k = 0; k != found.size(); ++k)
    CHECK(found[k] == doctest::Approx(static_cast<double>(expected[k])).epsilon(1e-5));
}

TEST_CASE_TEMPLATE("sgd: the padding stays zero", T, float, double) {
  auto const data = support::random_ratings<T>(20, 30, 0.4, 43);
  auto const model = kindred::fit(sgd<>{.factors = 5, .epochs = 3}, data).model;
  for (auto const side : {model.users(), model.items()}) {
    bool zeros = true;
    bool numbers = true;
    for (index_t r = 0; r != side.rows(); ++r)
      for (std::size_t k = 0; k != side.stride(); ++k) {
        T const x = side.data()[r * side.stride() + k];
        if (k < 5) numbers = numbers && x != 0;
        else zeros = zeros && x == 0;
      }
    CHECK(zeros);
    CHECK(numbers);
  }
}

TEST_CASE("sgd: a loss and a regularizer of one's own, which know numbers alone") {
  auto list = support::random_list(60, 40, 0.4, 44);
  auto const truth = list;
  for (std::size_t k = 0; k < list.size(); k += 25) list[k].value = 60;  // slips of the pen
  auto const data = support::ratings_of<float>(list);
  auto const robust = kindred::fit(sgd<huber_loss>{.factors = 4, .epochs = 100, .loss = {0.5}}, data).model;
  auto const squared = kindred::fit(sgd<>{.factors = 4, .epochs = 100}, data).model;
  CHECK(rmse(robust, truth) < 0.5 * rmse(squared, truth));

  sgd<squared_loss, float_lasso> const sparse{.factors = 16, .epochs = 60, .vector = {0.2f}};
  auto const model = kindred::fit(sparse, support::ratings_of<float>(truth)).model;
  std::size_t zeros = 0;
  for (index_t u = 0; u != 60; ++u)
    for (float const x : model.users().row(u))
      if (x == 0) ++zeros;
  CHECK(zeros > 60 * 16 / 4);  // what L1 is for
}

TEST_CASE_TEMPLATE("sgd: numbers one by one or in registers, the same", T, float, double) {
  auto const data = support::random_ratings<T>(30, 30, 0.4, 45);
  auto const registers = kindred::fit(sgd<>{.factors = 21, .epochs = 4}, data).model;
  auto const numbers = kindred::fit(sgd<squared_loss, plain_l2>{.factors = 21, .epochs = 4}, data).model;
  auto const a = support::all_scores(registers, 30, 30);
  auto const b = support::all_scores(numbers, 30, 30);
  for (std::size_t k = 0; k != a.size(); ++k) CHECK(a[k] == doctest::Approx(static_cast<double>(b[k])).epsilon(1e-4));
}

TEST_CASE("sgd: epochs, observer, seed") {
  auto const data = support::random_ratings<float>(40, 40, 0.3, 46);
  auto const none = kindred::fit(sgd<>{.epochs = 0}, data);
  CHECK(none.report.epochs == 0);
  CHECK(none.model.knows(user_id{0}));
  CHECK(none.model.users().row(0)[0] != 0);  // where training would have started
  CHECK(none.model.user_biases()[0] == 0);

  std::vector<double> heard;
  kindred::sequential ex;
  auto third = [&](kindred::progress const& p) {
    heard.push_back(p.objective);
    return p.epoch == 3 ? kindred::flow::stop : kindred::flow::proceed;
  };
  auto const stopped = kindred::fit(sgd<>{}, data, ex, third);
  CHECK(heard.size() == 3);
  CHECK(heard[2] < heard[0]);
  CHECK(stopped.report.epochs == 3);
  CHECK(stopped.report.objective == heard[2]);
  CHECK(!stopped.report.converged);
  CHECK(stopped.model == kindred::fit(sgd<>{.epochs = 3}, data).model);
  CHECK(kindred::fit(sgd<>{.epochs = 2}, data).report.converged);
  CHECK(kindred::fit(sgd<>{.seed = 1}, data).model != kindred::fit(sgd<>{.seed = 2}, data).model);
}

TEST_CASE("sgd: the same bits in whatever order tasks run") {
  auto const data = support::random_ratings<float>(300, 220, 0.2, 47);
  auto const expected = kindred::fit(sgd<>{.factors = 8, .epochs = 4}, data).model;
  support::reversed reversed;
  support::shuffled shuffled;
  CHECK(kindred::fit(sgd<>{.factors = 8, .epochs = 4}, data, reversed).model == expected);
  CHECK(kindred::fit(sgd<>{.factors = 8, .epochs = 4}, data, shuffled).model == expected);
}

TEST_CASE_TEMPLATE("sgd: a fit that diverges is an error that names the epoch, in its last step too", T, float,
                   double) {
  auto const data = support::random_ratings<T>(40, 40, 0.3, 48);
  sgd<squared_loss, unregularized, constant_rate> how{.factors = 8, .epochs = 500, .rate = {0.38}};
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(e.row() >= 1);
  CHECK(support::says(e, "diverged in epoch"));

  // However early it ends, what comes out is finite, or an error does.
  auto const diverged_in = static_cast<std::uint32_t>(e.row());
  for (how.epochs = 1; how.epochs <= diverged_in; ++how.epochs) {
    bool finite = true;
    try {
      finite = support::all_finite(support::all_scores(kindred::fit(how, data).model, 41, 41));
    } catch (kindred::error const& early) { CHECK(early.row() == how.epochs); }
    CHECK(finite);
  }

  // Every loss of the only epoch is met before the step that ruins the model.
  how = {.factors = 2, .epochs = 1, .rate = {static_cast<double>((std::numeric_limits<T>::max)())}};
  auto const late =
      support::error_of([&] { static_cast<void>(kindred::fit(how, support::ratings_of<T>({{0, 0, 4}, {1, 1, 2}}))); });
  CHECK(late.kind() == kindred::error_kind::numeric);
  CHECK(late.row() == 1);
}

TEST_CASE("sgd: settings outside their range") {
  auto const data = support::ratings_of<float>({{0, 0, 4}});
  auto const refused = [&](sgd<> const& how, char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, words));
  };
  refused({.factors = 65537}, "sgd: factors = 65537");
  refused({.factors = 4'294'967'295u}, "sgd: factors");
  refused({.vector = {-1}}, "l2: strength = -1");
  refused({.bias = {std::nan("")}}, "l2: strength");
  refused({.rate = {.rate = -0.1}}, "inverse_rate: rate = -0.1");
  refused({.start = {.deviation = -1}}, "deviation = -1");
}

TEST_CASE_TEMPLATE("sgd: empty data, and a single rating", T, float, double) {
  auto const empty = kindred::fit(sgd<>{}, kindred::ratings<T>{});
  CHECK(empty.report.objective == 0);
  CHECK(kindred::score_of(empty.model, user_id{0}, item_id{0}) == 0);
  auto const one = kindred::fit(sgd<>{.factors = 4}, support::ratings_of<T>({{1, 2, 4}})).model;
  CHECK(kindred::score_of(one, user_id{1}, item_id{2}) == doctest::Approx(4).epsilon(0.02));
  CHECK(kindred::score_of(one, user_id{0}, item_id{0}) == 4);
  CHECK(!one.knows(user_id{0}));
}
