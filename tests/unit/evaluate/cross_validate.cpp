// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/constant.hpp>
#include <kindred/core/error.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/evaluate/threshold_accuracy.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <utility>

using doctest::Approx;
using kindred::cross_validate;
using kindred::k_fold;
using kindred::ratings;

namespace {

// Fold f tests on nothing, and has f + 1 users in its population to tell it by.
struct numbered {
  std::uint32_t count;
  std::uint32_t folds() const noexcept { return count; }
  std::pair<ratings<float>, ratings<float>> split(ratings<float> const& data, std::uint32_t fold) const {
    return {data, support::ratings_of<float>({}, {fold + 1, 1})};
  }
};

// Figures of a user's own: two of three have a mean, and one begins at another number than zero.
struct mine {
  double one = 7;
  double two = 0;
  std::size_t counted = 0;
  friend auto fields(mine& m) noexcept { return std::tie(m.one, m.two); }
};

mine judge(std::uint32_t fold) {
  double const value[] = {2, 4, 4, 6};
  return {value[fold], 10.0 * fold, fold};
}

auto const by_fold = [](auto const&, auto const&, auto const& test) { return judge(test.user_count() - 1); };

struct one_int {
  int a;
  [[maybe_unused]] friend auto fields(one_int& x) noexcept { return std::tie(x.a); }
};
struct without_fields {
  double a;
};
static_assert(kindred::figures<mine>);
static_assert(kindred::figures<kindred::rating_accuracy>);
static_assert(kindred::figures<kindred::threshold_accuracy>);
static_assert(kindred::figures<kindred::ranking_accuracy>);
static_assert(!kindred::figures<one_int>);
static_assert(!kindred::figures<without_fields>);
static_assert(!kindred::figures<double>);

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

TEST_CASE("cross_validate: mean and spread by hand, of one's own figures") {
  // one: 2 4 4 6. Mean 4, squares about it 4 + 0 + 0 + 4 = 8, spread sqrt(8 / 3).
  // two: 0 10 20 30. Mean 15, squares 225 + 25 + 25 + 225 = 500, spread sqrt(500 / 3).
  auto const data = support::ratings_of<float>({{0, 0, 3}});
  auto const result = cross_validate(kindred::constant{}, data, numbered{4}, by_fold);
  REQUIRE(result.folds.size() == 4);
  for (std::uint32_t f = 0; f != 4; ++f) {
    CHECK(result.folds[f].one == judge(f).one);
    CHECK(result.folds[f].two == judge(f).two);
    CHECK(result.folds[f].counted == f);
  }
  CHECK(result.mean.one == 4);
  CHECK(result.mean.two == 15);
  CHECK(result.spread.one == Approx(std::sqrt(8.0 / 3)));
  CHECK(result.spread.two == Approx(std::sqrt(500.0 / 3)));
  CHECK(result.mean.counted == 0);
  CHECK(result.spread.counted == 0);
}

TEST_CASE("cross_validate: one fold has no spread") {
  auto const data = support::ratings_of<float>({{0, 0, 3}});
  auto const result = cross_validate(kindred::constant{}, data, numbered{1}, by_fold);
  REQUIRE(result.folds.size() == 1);
  CHECK(result.mean.one == 2);
  CHECK(result.spread.one == 0);
  CHECK(result.spread.two == 0);
}

TEST_CASE("cross_validate: equal folds have their figure as mean, and no spread") {
  auto const data = support::ratings_of<float>({{0, 0, 3}});
  auto const always = [](auto const&, auto const&, auto const&) { return mine{0.9, 0.1, 0}; };
  for (std::uint32_t const folds : {2u, 3u, 5u}) {
    auto const result = cross_validate(kindred::constant{}, data, numbered{folds}, always);
    CHECK(result.mean.one == 0.9);
    CHECK(result.spread.one == 0);
  }
}

TEST_CASE("cross_validate: what it says of a fold is what a fit and an evaluation of it say") {
  auto const data = support::random_ratings<float>(60, 30, 0.4, 2);
  auto const error = [](auto const& model, auto const& train, auto const& test) {
    return kindred::evaluate_ratings(model, test, kindred::rating_scale::of(train));
  };
  kindred::sgd<> const how{.factors = 4, .epochs = 5, .seed = 3};
  k_fold const split{.count = 3, .seed = 8};
  auto const result = cross_validate(how, data, split, error);
  std::size_t tested = 0;
  for (std::uint32_t f = 0; f != 3; ++f) {
    auto const [train, test] = split.split(data, f);
    auto const alone = error(kindred::fit(how, train).model, train, test);
    CHECK(same_bits(result.folds[f].rmse, alone.rmse));
    CHECK(same_bits(result.folds[f].mae, alone.mae));
    tested += result.folds[f].ratings;
  }
  CHECK(tested == data.size());
}

TEST_CASE("cross_validate: the same bits in any order on any number of threads") {
  auto const data = support::random_ratings<double>(80, 40, 0.3, 5);
  auto const accuracy = [](auto const& model, auto const& train, auto const& test) {
    return kindred::evaluate_ranking(model, train, test, {.length = 5, .relevant_from = 3.5});
  };
  kindred::sgd<> const how{.factors = 4, .epochs = 4, .seed = 1};
  auto const run = [&](auto&& ex) { return cross_validate(how, data, k_fold{.count = 7, .seed = 2}, accuracy, ex); };
  auto const expected = run(kindred::sequential{});
  auto const same = [&](auto const& result) {
    REQUIRE(result.folds.size() == 7);
    auto const all_equal = [](kindred::ranking_accuracy a, kindred::ranking_accuracy b) {
      CHECK((fields(a) == fields(b)));
      CHECK(a.users == b.users);
      CHECK(a.left_out == b.left_out);
    };
    for (std::size_t f = 0; f != 7; ++f) all_equal(result.folds[f], expected.folds[f]);
    all_equal(result.mean, expected.mean);
    all_equal(result.spread, expected.spread);
  };
  for (std::size_t const threads : {1u, 2u, 3u, 8u, 16u}) {
    kindred::thread_pool pool(threads);
    same(run(pool));
  }
  same(run(support::reversed{}));
  same(run(support::shuffled{}));
}

TEST_CASE("cross_validate: throws what the lowest failing fold threw") {
  auto const data = support::ratings_of<float>({{0, 0, 3}});
  auto const fails_from_2 = [](auto const&, auto const&, auto const& test) {
    std::uint32_t const fold = test.user_count() - 1;
    if (fold >= 2) kindred::raise(kindred::error(kindred::error_kind::numeric).at(fold) << "fold " << fold);
    return judge(0);
  };
  for (std::size_t const threads : {1u, 2u, 8u}) {
    kindred::thread_pool pool(threads);
    auto const e = support::error_of(
        [&] { static_cast<void>(cross_validate(kindred::constant{}, data, numbered{9}, fails_from_2, pool)); });
    CHECK(e.row() == 2);
  }
}

TEST_CASE("cross_validate: on no folds, on one of k, and with a setting that the recipe refuses") {
  auto const data = support::random_ratings<float>(10, 10, 0.5, 1);
  auto const refused = [&](auto const& how, auto const& split) {
    auto const e = support::error_of([&] { static_cast<void>(cross_validate(how, data, split, by_fold)); });
    CHECK(e.kind() == kindred::error_kind::setting);
  };
  refused(kindred::constant{}, numbered{0});
  refused(kindred::constant{}, k_fold{.count = 0});
  refused(kindred::constant{}, k_fold{.count = 1});
  refused(kindred::constant{}, kindred::random_holdout{.fraction = 2});
  refused(kindred::sgd<>{.rate = {.rate = -1}}, numbered{2});
}
