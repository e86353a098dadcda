// SPDX-License-Identifier: BSL-1.0
#include <kindred/content/content.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/features.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using kindred::above_own_mean;
using kindred::as_given;
using kindred::content;
using kindred::feature_table;
using kindred::index_t;
using kindred::item_features;
using kindred::item_id;
using kindred::user_id;

static_assert(kindred::recipe<content<float>, kindred::ratings<float>>);
static_assert(kindred::recipe<content<double, above_own_mean>, kindred::ratings<double>>);
static_assert(!kindred::recipe<content<float>, kindred::ratings<double>>);

namespace {

template <class T>
using model_of = decltype(kindred::fit(content<T>{}, kindred::ratings<T>{}).model);
static_assert(kindred::explainer<model_of<float>> && kindred::explainer<model_of<double>>);
static_assert(!kindred::predictor<model_of<float>>);

// Two tags that weigh alike: items 0 and 1 have one each, item 2 both, item 3 the first. x(2) = (1, 1) / sqrt(2).
template <class T>
item_features<T> four() {
  feature_table<item_id> table;
  table.tags("genre", {.weighting = kindred::term_weighting::equal});
  table.about(item_id{0}).tags("genre", {"a"});
  table.about(item_id{1}).tags("genre", {"b"});
  table.about(item_id{2}).tags("genre", {"a", "b"});
  table.about(item_id{3}).tags("genre", {"a"});
  return item_features<T>::from(table);
}

// The score as it is written, with all columns of all rows, in long double.
template <class T, class Weigh>
double literal_score(item_features<T> const& about, kindred::ratings<T> const& data, index_t u, index_t j,
                     double contrast, Weigh const& weigh) {
  auto const unit = [&](index_t i) {
    std::vector<long double> x(about.columns());
    auto const row = about.of(item_id{i});
    long double squares = 0;
    for (T const v : row.value) squares += static_cast<long double>(v) * v;
    for (std::size_t k = 0; k != row.size(); ++k) x[row.index[k]] = row.value[k] / std::sqrt(squares);
    return x;
  };
  std::vector<long double> typical(about.columns());
  int described = 0;
  for (index_t i = 0; i != about.size(); ++i) {
    if (about.of(item_id{i}).empty()) continue;
    ++described;
    auto const x = unit(i);
    for (std::size_t c = 0; c != x.size(); ++c) typical[c] += x[c];
  }
  std::vector<long double> profile(about.columns());
  auto const said = data.of(user_id{u});
  for (std::size_t k = 0; k != said.size(); ++k) {
    if (about.of(item_id{said.index[k]}).empty()) continue;
    auto const x = unit(said.index[k]);
    for (std::size_t c = 0; c != x.size(); ++c)
      profile[c] += weigh(said, k) * (x[c] - contrast * typical[c] / described);
  }
  auto const asked = unit(j);
  long double product = 0, squares = 0;
  for (std::size_t c = 0; c != asked.size(); ++c) {
    product += profile[c] * asked[c];
    squares += profile[c] * profile[c];
  }
  return squares == 0 ? 0 : static_cast<double>(product / std::sqrt(squares));
}

template <class T, class Recipe, class Weigh>
void check_against_formula(Recipe const& how, Weigh const& weigh) {
  auto const data = support::random_ratings<T>(15, 50, 0.2, 31);
  auto const model = kindred::fit(how, data).model;
  for (index_t u = 0; u != 15; ++u) {
    auto const found = support::scores(model, user_id{u}, support::first_items(55));
    for (index_t i = 0; i != 55; ++i)
      CHECK(found[i] == doctest::Approx(literal_score(how.about, data, u, i, how.contrast, weigh)).epsilon(1e-4));
  }
}

}  // namespace

TEST_CASE_TEMPLATE("content: four items by hand", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 3}, {0, 1, 1}, {1, 2, 5}});
  double const half = std::sqrt(0.5);

  // Without contrast: the profile of u0 is (3, 1) / sqrt(10), that of u1 (1, 1) / sqrt(2).
  auto const plain = kindred::fit(content<T>{.about = four<T>(), .contrast = 0}, data).model;
  auto const score = [&](auto const& model, index_t u, index_t i) {
    return static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i}));
  };
  CHECK(score(plain, 0, 3) == doctest::Approx(3 / std::sqrt(10.0)));
  CHECK(score(plain, 0, 2) == doctest::Approx(4 * half / std::sqrt(10.0)));
  CHECK(score(plain, 1, 1) == doctest::Approx(half));

  // What is typical: ((1, 0) + (0, 1) + (1, 1) / sqrt(2) + (1, 0)) / 4. The profile of u0 is (3, 1) less four of it.
  auto const model = kindred::fit(content{four<T>()}, data).model;
  double const a = 3 - (2 + half), b = 1 - (1 + half), length = std::sqrt(a * a + b * b);
  CHECK(score(model, 0, 0) == doctest::Approx(a / length));
  CHECK(score(model, 0, 1) == doctest::Approx(b / length));
  CHECK(score(model, 0, 2) == doctest::Approx((a + b) * half / length));
  CHECK(model.affinity(user_id{0}, 0) == doctest::Approx(a / length));
  CHECK(model.affinity(user_id{0}, 1) == doctest::Approx(b / length));
  CHECK(model.affinity(user_id{7}, 1) == 0);
}

TEST_CASE_TEMPLATE("content: agrees with the formula, read literally", T, float, double) {
  auto const about = item_features<T>::from(support::random_features<item_id>(0, 53, 8));
  auto const rating = [](auto const& said, std::size_t k) { return static_cast<long double>(said.value[k]); };
  check_against_formula<T>(content{about}, rating);
  check_against_formula<T>(content<T>{.about = about, .contrast = 0.3}, rating);
  check_against_formula<T>(content<T, above_own_mean>{.about = about, .liking = {.damping = 2, .neutral = 3}},
                           [](auto const& said, std::size_t k) {
                             long double mean = 2 * 3.0L;
                             for (auto const one : said.value) mean += one;
                             return said.value[k] - mean / (2 + static_cast<long double>(said.size()));
                           });
}

TEST_CASE_TEMPLATE("content: weights of ratings count like so many ratings", T, float, double) {
  auto const about = four<T>();
  auto const weighted = kindred::fit(content{about}, support::weighted_ratings_of<T>({{0, 0, 2, 3}, {0, 1, 2, 1}}));
  auto const plain = kindred::fit(content{about}, support::ratings_of<T>({{0, 0, 6}, {0, 1, 2}}));
  for (index_t i = 0; i != 4; ++i)
    CHECK(kindred::score_of(weighted.model, user_id{0}, item_id{i}) ==
          kindred::score_of(plain.model, user_id{0}, item_id{i}));
}

TEST_CASE_TEMPLATE("content: knows items that nobody rated, not those without features", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 3}, {0, 5, 4}, {2, 5, 1}}, {4, 9});
  auto const model = kindred::fit(content{four<T>()}, data).model;
  for (index_t const i : {0u, 1u, 2u, 3u}) CHECK(model.knows(item_id{i}));
  for (index_t const i : {4u, 5u, 8u, 4'000'000'000u}) {
    CHECK(!model.knows(item_id{i}));
    CHECK(kindred::score_of(model, user_id{0}, item_id{i}) == 0);
  }
  CHECK(model.knows(user_id{0}));
  for (index_t const u : {1u, 2u, 3u, 4u, 4'000'000'000u}) {  // u2 rated only what has no features
    CHECK(!model.knows(user_id{u}));
    CHECK(kindred::score_of(model, user_id{u}, item_id{0}) == 0);
  }
}

TEST_CASE_TEMPLATE("content: who likes everything alike, and likes and dislikes the same, has no profile", T, float,
                   double) {
  auto const all = support::ratings_of<T>({{0, 0, 2}, {0, 1, 2}, {0, 2, 2}, {0, 3, 2}, {1, 0, 4}, {1, 3, -4}});
  auto const model = kindred::fit(content{four<T>()}, all).model;
  CHECK(!model.knows(user_id{0}));
  CHECK(!model.knows(user_id{1}));
  CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == 0);
}

TEST_CASE_TEMPLATE("content: scores are pointwise, bit by bit, and the same in ranges", T, float, double) {
  auto const about = item_features<T>::from(support::random_features<item_id>(0, 700, 3), 720);
  auto const model = kindred::fit(content{about}, support::random_ratings<T>(30, 710, 0.3, 5)).model;
  auto items = support::first_items(720);
  items.push_back(item_id{4'000'000'000u});
  for (index_t const u : {0u, 7u, 29u, 30u}) {
    CHECK(support::is_pointwise(model, user_id{u}, items));
    std::vector<T> range(600);
    model.score_range(user_id{u}, item_id{120}, range);
    auto const whole = support::scores(model, user_id{u}, support::first_items(720));
    CHECK(support::same_bits(range, std::vector<T>(whole.begin() + 120, whole.end())));
  }
}

TEST_CASE_TEMPLATE("content: the same bits on any executor", T, float, double) {
  auto const about = item_features<T>::from(support::random_features<item_id>(0, 60, 3));
  auto const data = support::random_ratings<T>(300, 70, 0.2, 6);
  content<T, above_own_mean> const how{.about = about};
  auto const model = kindred::fit(how, data).model;
  support::shuffled any_order;
  kindred::thread_pool pool(3);
  CHECK(kindred::fit(how, data, any_order).model == model);
  CHECK(kindred::fit(how, data, pool).model == model);
}

TEST_CASE("content: settings out of range are refused, and numbers that overflow") {
  for (double const bad : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    auto const e = support::error_of([&] {
      static_cast<void>(
          kindred::fit(content<float>{.about = four<float>(), .contrast = bad}, kindred::ratings<float>{}));
    });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, "content: contrast = "));
  }
  auto e = support::error_of([&] {
    static_cast<void>(kindred::fit(content<float, above_own_mean>{.about = four<float>(), .liking = {.damping = -1}},
                                   kindred::ratings<float>{}));
  });
  CHECK(support::says(e, "above_own_mean: damping = -1"));
  e = support::error_of(
      [] { static_cast<void>(kindred::fit(content{four<float>()}, support::ratings_of<float>({{3, 1, 1e38}}))); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(support::says(e, "what user 3 said of item 1 weighs 1e+38"));
}
