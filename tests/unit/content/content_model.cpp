// SPDX-License-Identifier: BSL-1.0
#include <kindred/content/content_model.hpp>

#include "../../support/error_of.hpp"
#include "../../support/features.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/content/content.hpp>
#include <kindred/testing/laws/explainer.hpp>
#include <kindred/testing/laws/range_scorer.hpp>
#include <kindred/testing/laws/scorer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using kindred::above_own_mean;
using kindred::content;
using kindred::content_model;
using kindred::evidence;
using kindred::evidence_kind;
using kindred::feature_table;
using kindred::index_t;
using kindred::item_features;
using kindred::item_id;
using kindred::user_id;
using support::error_of;
using support::says;

namespace {

template <class T>
item_features<T> sixty() {
  return item_features<T>::from(support::random_features<item_id>(0, 60, 21));
}

template <class M>
double score(M const& model, index_t u, index_t i) {
  return static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i}));
}

std::vector<user_id> users(index_t count) {
  std::vector<user_id> all;
  for (index_t u = 0; u != count; ++u) all.push_back(user_id{u});
  return all;
}

// The same scores and the same reasons, bit by bit.
template <class M>
bool says_the_same(M const& a, M const& b) {
  using T = kindred::value_t<M>;
  bool same = support::same_bits(support::all_scores(a, 25, 100), support::all_scores(b, 25, 100));
  std::array<evidence<T>, 100> x, y;
  for (index_t u = 0; u != 25; ++u)
    for (index_t i = 0; i != 70; ++i) {
      std::size_t const count = a.explain(user_id{u}, item_id{i}, x).count;
      same = same && count == b.explain(user_id{u}, item_id{i}, y).count;
      for (std::size_t k = 0; same && k != count; ++k) same = x[k].id == y[k].id && x[k].share == y[k].share;
    }
  return same;
}

// Shares of all features and of all items add up to the score, and all laws are kept.
template <class M>
void check_model(M const& model, index_t user_count, index_t item_count) {
  using T = kindred::value_t<M>;
  auto const everybody = users(user_count);
  auto const everything = support::first_items(item_count);
  auto const scorer =
      kindred::testing::check_scorer(model, std::span<user_id const>(everybody), std::span<item_id const>(everything));
  CHECK_MESSAGE(scorer.holds(), scorer.message());
  auto const explainer = kindred::testing::check_explainer(model, std::span<user_id const>(everybody),
                                                           std::span<item_id const>(everything));
  CHECK_MESSAGE(explainer.holds(), explainer.message());
  auto const range = kindred::testing::check_range_scorer(model, std::span<user_id const>(everybody), item_count);
  CHECK_MESSAGE(range.holds(), range.message());
  std::vector<evidence<T>> out(model.about().columns());
  for (user_id const u : everybody)
    for (item_id const i : everything) {
      auto const told = model.explain_features(u, i, out);
      double sum = 0;
      for (std::size_t k = 0; k != told.count; ++k) {
        CHECK(out[k].kind == evidence_kind::feature);
        sum += static_cast<double>(out[k].share);
      }
      CHECK(told.base == 0);
      CHECK(sum == doctest::Approx(kindred::score_of(model, u, i)).epsilon(1e-4));
    }
}

}  // namespace

TEST_CASE_TEMPLATE("content_model: keeps the laws, and explains by items and by features", T, float, double) {
  auto const data = support::random_ratings<T>(9, 64, 0.2, 41);
  auto model = kindred::fit(content{sixty<T>()}, data).model;
  check_model(model, 10, 65);
  feature_table<user_id> wishes;
  wishes.about(user_id{2}).tags("genre", {"g1"}).text("plot", "w5 w6");
  wishes.about(user_id{12}).category("brand", "b2");
  model.prefer(wishes, 3);
  check_model(model, 14, 65);
  check_model(kindred::fit(content<T, above_own_mean>{.about = sixty<T>()}, data).model, 10, 65);
  check_model(kindred::fit(content<T>{.about = sixty<T>(), .contrast = 0}, data).model, 10, 65);
}

TEST_CASE_TEMPLATE("content_model: reasons by hand", T, float, double) {
  // Items 0: a, 1: b, 2: a and b. The user liked 0 twice as much as 1: (2, 1) / sqrt(5) without contrast.
  feature_table<item_id> table;
  table.about(item_id{0}).tags("genre", {"a"});
  table.about(item_id{1}).tags("genre", {"b"});
  table.about(item_id{2}).tags("genre", {"a", "b"});
  auto const about = item_features<T>::from(table);
  auto const data = support::ratings_of<T>({{0, 0, 4}, {0, 1, 2}});
  auto const model = kindred::fit(content<T>{.about = about, .contrast = 0}, data).model;
  double const half = std::sqrt(0.5), length = std::sqrt(5.0);
  std::array<evidence<T>, 3> out;
  auto told = model.explain(user_id{0}, item_id{2}, out);
  REQUIRE(told.count == 2);
  CHECK(told.base == 0);
  CHECK(out[0].kind == evidence_kind::item);
  CHECK(out[0].id == 0);
  CHECK(out[0].share == doctest::Approx(2 / length * half));
  CHECK(out[1].id == 1);
  CHECK(out[1].share == doctest::Approx(1 / length * half));
  told = model.explain_features(user_id{0}, item_id{2}, out);
  REQUIRE(told.count == 2);
  CHECK(model.about().name(out[0].id).value == "a");
  CHECK(out[0].share == doctest::Approx(2 / length * half));
  CHECK(model.explain_features(user_id{1}, item_id{2}, out).count == 0);
  CHECK(model.explain_features(user_id{0}, item_id{9}, out).count == 0);
  CHECK(model.explain(user_id{0}, item_id{2}, std::span<evidence<T>>(out).first(1)).count == 1);

  // With contrast, an item speaks for what is more like it than items are on average, and against what is less.
  auto const own = kindred::fit(content{about}, support::ratings_of<T>({{0, 0, 4}})).model;
  told = own.explain(user_id{0}, item_id{1}, out);
  REQUIRE(told.count == 1);
  CHECK(out[0].share < 0);
  CHECK(own.explain(user_id{0}, item_id{0}, out).count == 1);
  CHECK(out[0].share > 0);
}

TEST_CASE_TEMPLATE("content_model: a new rating leaves it as a fit to all ratings would", T, float, double) {
  auto const check = [](auto const& how) {
    auto const list = support::random_list(12, 60, 0.2, 43);
    auto const part = std::vector<support::seen>(list.begin(), list.begin() + 40);
    auto model = kindred::fit(how, support::ratings_of<T>(part)).model;
    auto const rate = [&](support::seen const& s) {
      model.rate(user_id{s.user}, item_id{s.item}, static_cast<T>(s.value));
    };
    for (std::size_t k = list.size(); k != 40; --k) rate(list[k - 1]);
    CHECK(says_the_same(model, kindred::fit(how, support::ratings_of<T>(list)).model));
    // A rating in place of another, and back.
    rate({list[3].user, list[3].item, -7});
    CHECK(!says_the_same(model, kindred::fit(how, support::ratings_of<T>(list)).model));
    rate(list[3]);
    CHECK(says_the_same(model, kindred::fit(how, support::ratings_of<T>(list)).model));
    // Of what has no features, and of a stranger.
    auto more = list;
    more.push_back({3, 99, 4});
    more.push_back({20, 5, 4});
    rate(more[list.size()]);
    rate(more.back());
    CHECK(says_the_same(model, kindred::fit(how, support::ratings_of<T>(more)).model));
    CHECK(model.knows(user_id{20}));
  };
  check(content{sixty<T>()});
  // The mean of all ratings stays as it was fitted; where a neutral one is stated it does not matter.
  check(content<T, above_own_mean>{.about = sixty<T>(), .liking = {.neutral = 3}});
}

TEST_CASE_TEMPLATE("content_model: weights of new ratings", T, float, double) {
  auto const all = support::weighted_ratings_of<T>({{0, 0, 3, 2}, {0, 4, 1, 1}, {1, 5, 2, 3}});
  content const how{sixty<T>()};
  auto model = content_model<T>(sixty<T>());
  model.rate(user_id{1}, item_id{5}, 2, 3);
  model.rate(user_id{0}, item_id{4}, 1);
  model.rate(user_id{0}, item_id{0}, 3, 2);
  auto const whole = kindred::fit(how, all).model;
  CHECK(says_the_same(model, whole));
}

TEST_CASE_TEMPLATE("content_model: a new item is as if it had been there", T, float, double) {
  auto const data =
      support::random_ratings<T>(12, 70, 0.2, 44);  // items 60 ... 69 are rated, and nothing is known of them
  auto about = sixty<T>();
  auto model = kindred::fit(content{about}, data).model;
  auto const more = support::random_features<item_id>(58, 75, 99);  // two are described anew
  CHECK(!model.knows(item_id{61}));
  model.add(more);
  about.add(more);
  CHECK(model.knows(item_id{61}));
  CHECK(model.knows(item_id{74}));
  CHECK(model == kindred::fit(content{about}, data).model);
  check_model(model, 13, 76);

  feature_table<item_id> misspelled;
  misspelled.about(item_id{80}).category("brnad", "b1");
  auto const before = model;
  CHECK(error_of([&] { model.add(misspelled); }).kind() == kindred::error_kind::data);
  CHECK(model == before);
}

TEST_CASE_TEMPLATE("content_model: new items are scored alike before and after they are many", T, float, double) {
  auto model = kindred::fit(content{sixty<T>()}, support::random_ratings<T>(4, 60, 0.3, 45)).model;
  auto const range_is_score = [&](index_t items) {
    std::vector<T> range(items);
    for (index_t u = 0; u != 4; ++u) {
      model.score_range(user_id{u}, item_id{0}, range);
      if (!support::same_bits(range, support::scores(model, user_id{u}, support::first_items(items)))) return false;
    }
    return true;
  };
  index_t last = 60;
  for (index_t const next : {61u, 90u, 900u, 1200u, 2500u}) {
    model.add(support::random_features<item_id>(last, next, 99));
    CHECK(range_is_score(next + 5));
    last = next;
  }
  model.add(support::random_features<item_id>(2490, 2510, 98));
  model.add(support::random_features<item_id>(3, 5, 98));
  CHECK(range_is_score(2515));
}

TEST_CASE_TEMPLATE("content_model: wishes alone, by hand", T, float, double) {
  feature_table<item_id> table;
  table.tags("genre", {.weighting = kindred::term_weighting::equal});
  table.about(item_id{0}).tags("genre", {"comedy"});
  table.about(item_id{1}).tags("genre", {"comedy", "horror"});
  table.about(item_id{2}).tags("genre", {"horror"});
  table.about(item_id{3}).tags("genre", {"drama"});
  content_model model(item_features<T>::from(table));
  CHECK(!model.knows(user_id{5}));
  feature_table<user_id> wishes;
  wishes.about(user_id{5}).tag("genre", "comedy").tag("genre", "horror", -1);
  wishes.about(user_id{6}).tags("genre", {"never heard of"});
  model.prefer(wishes);
  double const half = std::sqrt(0.5);
  CHECK(model.knows(user_id{5}));
  CHECK(!model.knows(user_id{6}));
  CHECK(!model.knows(user_id{4}));
  CHECK(score(model, 5, 0) == doctest::Approx(half));
  CHECK(score(model, 5, 1) == doctest::Approx(0));
  CHECK(score(model, 5, 2) == doctest::Approx(-half));
  CHECK(score(model, 5, 3) == 0);
  std::array<evidence<T>, 2> out;
  auto const told = model.explain(user_id{5}, item_id{0}, out);
  CHECK(told.count == 0);
  CHECK(told.base == doctest::Approx(half));

  // Other wishes replace them; ratings join them: a wish counts like an item that weighs as much.
  feature_table<user_id> other;
  other.about(user_id{5}).tag("genre", "drama");
  model.prefer(other, 2);
  CHECK(score(model, 5, 3) == doctest::Approx(1));
  content_model<T> plain(item_features<T>::from(table), {}, 0);
  plain.prefer(other, 2);
  plain.rate(user_id{5}, item_id{0}, 1);
  CHECK(score(plain, 5, 3) == doctest::Approx(2 / std::sqrt(5.0)));
  CHECK(score(plain, 5, 0) == doctest::Approx(1 / std::sqrt(5.0)));
}

TEST_CASE_TEMPLATE("content_model: what cannot be is refused, and changes nothing", T, float, double) {
  content_model<T> model(sixty<T>());
  model.rate(user_id{1}, item_id{2}, 4);
  auto const before = model;
  auto e = error_of([&] { model.rate(user_id{1}, item_id{3}, std::numeric_limits<T>::quiet_NaN()); });
  CHECK(e.kind() == kindred::error_kind::data);
  CHECK(says(e, "user 1 rates item 3 with"));
  CHECK(error_of([&] { model.rate(user_id{1}, item_id{3}, 1, 0); }).kind() == kindred::error_kind::data);
  CHECK(error_of([&] { model.rate(user_id{kindred::index_limit}, item_id{3}, 1); }).kind() ==
        kindred::error_kind::data);
  e = error_of([&] { model.rate(user_id{1}, item_id{3}, (std::numeric_limits<T>::max)()); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(says(e, "what user 1 said of item 3 weighs"));
  feature_table<user_id> wishes;
  wishes.about(user_id{1}).tags("genre", {"g1"});
  for (double const bad : {0.0, -1.0, 1e7, std::numeric_limits<double>::infinity()})
    CHECK(error_of([&] { model.prefer(wishes, bad); }).kind() == kindred::error_kind::setting);
  wishes.about(user_id{1}).tags("gnere", {"g1"});
  e = error_of([&] { model.prefer(wishes); });
  CHECK(says(e, "a field 'gnere' of tags is not among the features"));
  CHECK(model == before);
}

TEST_CASE_TEMPLATE("content_model: a user with more columns than a lookup table holds", T, float, double) {
  // Item i has the words i and i + 1; the user rated 5000 items: some 5000 columns.
  feature_table<item_id> table;
  for (index_t i = 0; i != 6000; ++i) {
    char const word[] = {'w', static_cast<char>('0' + i / 1000), static_cast<char>('0' + i / 100 % 10),
                         static_cast<char>('0' + i / 10 % 10), static_cast<char>('0' + i % 10)};
    table.about(item_id{i}).words("text", std::array{std::string_view(word, sizeof word)});
  }
  std::vector<support::seen> list;
  for (index_t i = 0; i != 5000; ++i) list.push_back({0, i, 1});
  auto const model = kindred::fit(content{item_features<T>::from(table)}, support::ratings_of<T>(list)).model;
  CHECK(score(model, 0, 17) > 0);
  CHECK(score(model, 0, 17) == doctest::Approx(score(model, 0, 4999)));
  CHECK(score(model, 0, 5000) < 0);
  CHECK(support::is_pointwise(model, user_id{0}, support::first_items(300)));
}
