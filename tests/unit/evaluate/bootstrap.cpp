// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/bootstrap.hpp>

#include <kindred/evaluate/bootstrap_figure.hpp>
#include <kindred/evaluate/estimate_ratings.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

using doctest::Approx;
using kindred::bootstrap;
using kindred::bootstrap_mean;
using kindred::estimate;
using kindred::interval_kind;

namespace {

std::vector<double> const skewed{0, 0,   0,   0.1, 0.2, 0.2,  0.3, 0.5,  0.9,  1.0,
                                 0, 0.4, 2.5, 0.1, 0.6, 0.05, 0.7, 0.15, 0.35, 3.1};

bool same(estimate const& a, estimate const& b) {
  return a.value == b.value && a.low == b.low && a.high == b.high && a.deviation == b.deviation && a.count == b.count;
}

}  // namespace

TEST_CASE("normal_law: the usual figures") {
  CHECK(kindred::detail::normal_below(0) == 0.5);
  CHECK(kindred::detail::normal_below(1.959963984540054) == Approx(0.975).epsilon(1e-14));
  CHECK(kindred::detail::normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-13));
  CHECK(kindred::detail::normal_quantile(0.5) == Approx(0).epsilon(1e-14));
  CHECK(kindred::detail::normal_quantile(1e-10) == Approx(-6.361340902404056).epsilon(1e-12));
}

TEST_CASE("bootstrap: two users by hand") {
  // Of the users 0 and 1, draws are (0, 0), (0, 1), (1, 0), (1, 1): means 0, 1/2, 1/2, 1, deviation 1 / sqrt(8).
  auto const e = bootstrap_mean({0, 1}, {.resamples = 20000, .kind = interval_kind::percentile});
  CHECK(e.value == 0.5);
  CHECK(e.low == 0);
  CHECK(e.high == 1);
  CHECK(e.deviation == Approx(std::sqrt(0.125)).epsilon(0.02));
  CHECK(e.count == 2);
  CHECK(e.level == 0.95);
  auto const half = bootstrap_mean({0, 1}, {.resamples = 20000, .level = 0.4, .kind = interval_kind::percentile});
  CHECK(half.low == 0.5);
  CHECK(half.high == 0.5);
}

TEST_CASE("bootstrap: the intervals of an independent implementation") {
  // SciPy 1.10, stats.bootstrap of the mean, 90 %, mean of five runs of 200 000 resamples, which vary by .002.
  auto const p = bootstrap_mean(skewed, {.resamples = 100000, .level = 0.9, .kind = interval_kind::percentile});
  CHECK(p.low == Approx(0.2865).epsilon(0.01));
  CHECK(p.high == Approx(0.8775).epsilon(0.01));
  CHECK(p.deviation == Approx(0.1796).epsilon(0.01));
  auto const b = bootstrap_mean(skewed, {.resamples = 100000, .level = 0.9});
  CHECK(b.low == Approx(0.3315).epsilon(0.01));
  CHECK(b.high == Approx(0.978).epsilon(0.01));
}

TEST_CASE("bootstrap: intervals hold the truth about as often as they say") {
  int inside = 0;
  for (std::uint64_t trial = 0; trial != 400; ++trial) {
    kindred::random_stream random(3, trial);
    std::vector<double> drawn(40);
    for (double& x : drawn) x = kindred::normal(random) + 1;
    inside += bootstrap_mean(drawn, {.resamples = 400, .level = 0.9, .seed = trial}).includes(1);
  }
  CHECK(inside > 400 * 0.85);
  CHECK(inside < 400 * 0.95);
}

TEST_CASE("bootstrap: the same bits on any number of threads, and of one column or several") {
  std::vector<std::vector<double>> const columns{skewed, std::vector<double>(skewed.rbegin(), skewed.rend())};
  auto const one = kindred::bootstrap_means(columns, {.resamples = 500, .seed = 4});
  kindred::thread_pool pool(3);
  auto const many = kindred::bootstrap_means(columns, {.resamples = 500, .seed = 4}, pool);
  auto const mixed = kindred::bootstrap_means(columns, {.resamples = 500, .seed = 4}, support::shuffled{});
  for (std::size_t c = 0; c != 2; ++c) {
    CHECK(same(one[c], many[c]));
    CHECK(same(one[c], mixed[c]));
    CHECK(same(one[c], bootstrap_mean(columns[c], {.resamples = 500, .seed = 4})));
  }
  CHECK_FALSE(same(one[0], bootstrap_mean(skewed, {.resamples = 500, .seed = 5})));
}

TEST_CASE("bootstrap: a mean, a ratio and a figure of one's own agree") {
  bootstrap const how{.resamples = 500, .seed = 2};
  auto const mean = bootstrap_mean(skewed, how);
  auto const ratio = kindred::bootstrap_ratio(skewed, std::vector<double>(20, 1), how);
  auto const own = kindred::bootstrap_figure(
      20,
      [](auto times) {
        double sum = 0, count = 0;
        for (std::size_t k = 0; k != 20; ++k) {
          sum += times[k] * skewed[k];
          count += times[k];
        }
        return sum / count;
      },
      how, support::reversed{});
  for (auto const& e : {ratio, own}) {
    CHECK(e.value == Approx(mean.value).epsilon(1e-14));
    CHECK(e.low == Approx(mean.low).epsilon(1e-12));
    CHECK(e.high == Approx(mean.high).epsilon(1e-12));
  }
}

TEST_CASE_TEMPLATE("estimate_ratings: RMSE and MAE of all ratings, users drawn", T, float, double) {
  // Errors of user 0: 1 and 2; of user 2: 3. RMSE sqrt(14 / 3), MAE 2. Of one user alone: sqrt(5 / 2) and 3.
  auto const test = support::ratings_of<T>({{0, 0, 2}, {0, 1, 3}, {2, 0, 4}}, {3, 2});
  support::table_model<T> const model{{{1, 1}, {1, 1}, {1, 1}}, {1, 1}};
  auto const errors = kindred::rating_errors(model, test);
  CHECK(errors.users == std::vector{kindred::user_id{0}, kindred::user_id{2}});
  CHECK(errors.squares == std::vector<double>{5, 9});
  CHECK(errors.absolutes == std::vector<double>{3, 3});
  CHECK(errors.ratings == std::vector<double>{2, 1});
  auto const e = kindred::estimate_ratings(model, test, {}, {.kind = interval_kind::percentile});
  auto const a = kindred::evaluate_ratings(model, test);
  CHECK(e.rmse.value == Approx(a.rmse).epsilon(1e-14));
  CHECK(e.mae.value == Approx(a.mae).epsilon(1e-14));
  CHECK(e.rmse.low == Approx(std::sqrt(2.5)));
  CHECK(e.rmse.high == Approx(3));
  CHECK(e.mae.low == Approx(1.5));
  CHECK(e.mae.high == Approx(3));
}

TEST_CASE("bootstrap: nobody, one, and all alike") {
  CHECK(bootstrap_mean({}).count == 0);
  CHECK(bootstrap_mean({}).high == 0);
  CHECK(kindred::bootstrap_means({}).empty());
  CHECK(kindred::bootstrap_ratio({}, {}).value == 0);
  CHECK(kindred::bootstrap_figure(0, [](auto) { return 7.0; }).value == 0);
  CHECK(kindred::bootstrap_ratio({1, 2}, {0, 0}).value == 0);
  for (auto const& values : {std::vector<double>{3}, std::vector<double>(9, 3)}) {
    auto const e = bootstrap_mean(values);
    CHECK(e.value == 3);
    CHECK(e.low == 3);
    CHECK(e.high == 3);
    CHECK(e.deviation == 0);
  }
}

TEST_CASE("bootstrap: what is refused") {
  auto const refused = [](auto const& call, kindred::error_kind kind, std::string_view words) {
    auto const e = support::error_of([&] { static_cast<void>(call()); });
    CHECK(e.kind() == kind);
    CHECK_MESSAGE(support::says(e, words), e.what());
  };
  using enum kindred::error_kind;
  double const nan = std::numeric_limits<double>::quiet_NaN();
  refused([] { return bootstrap_mean({1, 2}, {.resamples = 19}); }, setting, "resamples = 19");
  refused([] { return bootstrap_mean({1, 2}, {.resamples = 1'000'001}); }, setting, "resamples = 1000001");
  refused([] { return bootstrap_mean({1, 2}, {.level = 1}); }, setting, "level = 1");
  refused([&] { return bootstrap_mean({1, 2}, {.level = nan}); }, setting, "level = nan");
  refused([&] { return bootstrap_mean({1, nan}); }, data, "value 1 is not");
  refused([&] { return kindred::bootstrap_figure(2, [&](auto) { return nan; }); }, data, "not a finite number");
  refused([] { return kindred::bootstrap_ratio({1, 2}, {1}); }, shape, "2 sums for 1 divisors");
  refused([] { return kindred::bootstrap_ratio({1, 2}, {1, -1}); }, data, "-1 is below zero");
  std::vector<std::vector<double>> const uneven{{1, 2}, {1}};
  refused([&] { return kindred::bootstrap_means(uneven); }, shape, "column 1 has 1 values");
}
