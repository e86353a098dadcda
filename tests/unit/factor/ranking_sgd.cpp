// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/bpr.hpp>
#include <kindred/factor/logistic_mf.hpp>
#include <kindred/factor/simplex_mf.hpp>
#include <kindred/factor/softmax_mf.hpp>
#include <kindred/factor/warp.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/solve/of_cosines.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

static_assert(kindred::recipe<kindred::bpr, kindred::ratings<float>>);
static_assert(!kindred::predictor<decltype(kindred::fit(kindred::bpr{}, kindred::ratings<float>{}).model)>);
static_assert(kindred::recipe<kindred::warp_of<kindred::popular_negatives>, kindred::ratings<double>>);

namespace {

// Entity 0 starts at (0.5, -0.25), entity 1 at (2, 1).
struct by_hand {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t id) const noexcept {
    row[0] = id == 0 ? T{0.5} : T{2};
    row[1] = id == 0 ? T{-0.25} : T{1};
  }
};

// Nothing is drawn for anybody but user 0.
struct for_user_0 : kindred::uniform_negatives {
  static bool allows(user_id u, item_id) noexcept { return u == user_id{0}; }
};

struct for_user_1 : kindred::uniform_negatives {
  static bool allows(user_id u, item_id) noexcept { return u == user_id{1}; }
};

struct own_number {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t id) const noexcept {
    for (T& x : row) x = static_cast<T>(id);
  }
};

// Moves in the first epoch alone.
struct only_at_first {
  double rate = 0.1;
  double operator()(std::uint32_t epoch) const noexcept { return epoch == 0 ? rate : 0; }
};

// Notes down what it is told of the items.
struct notes_down {
  std::vector<std::size_t>* heard = nullptr;
  double weight(item_id i, std::size_t chosen_by) const noexcept {
    (*heard)[kindred::to_index(i)] = chosen_by;
    return 1;
  }
};

// Wants to see five, but the first is enough. Costs as many as it has seen.
struct counts_what_it_sees {
  static std::uint32_t negatives() noexcept { return 5; }
  template <kindred::real T>
  static bool enough(T, T) noexcept {
    return true;
  }
  template <kindred::real T>
  kindred::ranking_terms<T> terms(kindred::ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    for (T& s : slope) s = 0;
    return {static_cast<T>(seen.negative.size()), 0};
  }
};

// l2, written for numbers alone.
struct plain_l2 {
  double strength = 0.08;
  template <kindred::real T>
  T penalty(T w) const noexcept {
    return kindred::l2{strength}.penalty(w);
  }
  template <kindred::real T>
  T shrink(T w, T rate) const noexcept {
    return kindred::l2{strength}.shrink(w, rate);
  }
};

// Users and items of three kinds; users choose half of the items of their kind, and now and then another.
template <class T>
kindred::ratings<T> kinds(index_t users, index_t items) {
  std::vector<support::seen> list;
  for (index_t u = 0; u != users; ++u)
    for (index_t i = 0; i != items; ++i) {
      auto const chance = kindred::mix(17, u, i) % 100;
      if (u % 3 == i % 3 ? chance < 50 : chance < 4) list.push_back({u, i, 1});
    }
  return support::ratings_of<T>(list);
}

// How often an item of the own kind that was not chosen ranks above one of another kind.
template <class T, class M>
double order_of(M const& model, kindred::ratings<T> const& data) {
  double right = 0, pairs = 0;
  for (index_t u = 0; u != data.user_count(); ++u)
    for (index_t i = 0; i != data.item_count(); ++i) {
      index_t const j = (i * 7 + u) % data.item_count();
      if (u % 3 != i % 3 || u % 3 == j % 3 || data.contains(user_id{u}, item_id{i})) continue;
      right += kindred::score_of(model, user_id{u}, item_id{i}) > kindred::score_of(model, user_id{u}, item_id{j});
      ++pairs;
    }
  return right / pairs;
}

}  // namespace

TEST_CASE_TEMPLATE("bpr: one step by hand", T, float, double) {
  // User 0 with p = (0.5, -0.25) chose item 0 with q = p; item 1 has q = (2, 1). Scores 0.3125 and 0.75, the slope is
  // -g = -1 / (1 + e^-0.4375). With rate 0.1, p moves by 0.1 g (0.5 - 2, -0.25 - 1), the items by 0.1 g p and its negative, the
  // biases by 0.1 g; what moved is divided by 1 + 0.1 x 0.5, biases by 1 + 0.1 x 2.
  auto const data = support::ratings_of<T>({{0, 0, 1}, {1, 1, 1}});
  kindred::ranking_sgd<kindred::pairwise<>, for_user_0, kindred::l2, kindred::constant_rate, by_hand> const how{
      .factors = 2, .epochs = 1, .vector = {0.5}, .bias = {2}, .rate = {0.1}};
  auto const done = kindred::fit(how, data);
  double const g = 0.1 / (1 + std::exp(-0.4375));
  auto const p = done.model.users().row(0), chosen = done.model.items().row(0), other = done.model.items().row(1);
  CHECK(p[0] == doctest::Approx((0.5 - 1.5 * g) / 1.05));
  CHECK(p[1] == doctest::Approx((-0.25 - 1.25 * g) / 1.05));
  CHECK(chosen[0] == doctest::Approx((0.5 + 0.5 * g) / 1.05));
  CHECK(chosen[1] == doctest::Approx((-0.25 - 0.25 * g) / 1.05));
  CHECK(other[0] == doctest::Approx((2 - 0.5 * g) / 1.05));
  CHECK(done.model.item_biases()[0] == doctest::Approx(g / 1.2));
  CHECK(done.model.item_biases()[1] == doctest::Approx(-g / 1.2));
  CHECK(done.model.users().row(1)[0] == 2);  // nothing was drawn for user 1
  CHECK(done.report.objective == doctest::Approx(std::log1p(std::exp(0.4375)) / 2));
}

TEST_CASE_TEMPLATE("ranking_sgd: a step against several others by hand", T, float, double) {
  // As above with the squared loss, of yes at 1 and, twice over since item 1 is all there is to draw, of no at 0: slopes 0.3125 - 1
  // and 0.75, the latter twice; steps follow one another, the user's own is last. Each is divided by 1 + 0.1 x 0.5.
  auto const data = support::ratings_of<T>({{0, 0, 1}, {1, 1, 1}});
  kindred::ranking_sgd<kindred::pointwise<kindred::squared_loss>, for_user_0, kindred::l2, kindred::constant_rate,
                       by_hand> const how{
      .factors = 2, .epochs = 1, .loss = {.drawn = 2}, .vector = {0.5}, .bias_step = 0, .rate = {0.1}};
  auto const model = kindred::fit(how, data).model;
  double const once = (2 - 0.075 * 0.5) / 1.05;  // item 1 after its first step
  CHECK(model.items().row(0)[0] == doctest::Approx((0.5 + 0.06875 * 0.5) / 1.05));
  CHECK(model.items().row(1)[0] == doctest::Approx((once - 0.075 * 0.5) / 1.05));
  CHECK(model.users().row(0)[0] == doctest::Approx((0.5 + 0.06875 * 0.5 - 0.075 * 2 - 0.075 * once) / 1.05));
  CHECK(model.item_biases()[0] == 0);
}

TEST_CASE_TEMPLATE("ranking_sgd: a weight of two is twice the rate and twice the loss", T, float, double) {
  auto const plain = support::ratings_of<T>({{0, 0, 1}, {1, 1, 1}});
  auto const heavy = support::weighted_ratings_of<T>({{0, 0, 1, 2}, {1, 1, 1, 1}});  // nothing is drawn for user 1
  auto const same = [&](auto how) {
    how.factors = 2;
    how.epochs = 1;
    how.rate = {0.1};
    auto const weighted = kindred::fit(how, heavy);
    how.bias_step = 0.5;
    auto const half = kindred::fit(how, heavy).model;
    how.bias_step = 1;
    how.rate = {0.2};
    auto const expected = kindred::fit(how, plain);
    CHECK(weighted.model == expected.model);
    CHECK(weighted.model.item_biases()[0] != 0);
    CHECK(half.item_biases()[0] == weighted.model.item_biases()[0] / 2);
    CHECK(half.users().row(0)[0] == weighted.model.users().row(0)[0]);
    CHECK(weighted.report.objective * 3 == doctest::Approx(expected.report.objective * 2 * 2));
  };
  using kindred::constant_rate, kindred::unregularized;
  same(kindred::ranking_sgd<kindred::pairwise<>, for_user_0, unregularized, constant_rate, by_hand>{});
  same(kindred::ranking_sgd<kindred::pointwise<>, for_user_0, unregularized, constant_rate, by_hand>{
      .loss = {.drawn = 2}});
}

TEST_CASE("ranking_sgd: the schedule is asked of every epoch, a sampler of every item, and enough is enough") {
  auto const data = kinds<double>(30, 21);
  using kindred::pairwise, kindred::uniform_negatives, kindred::unregularized;
  kindred::ranking_sgd<pairwise<>, uniform_negatives, unregularized, only_at_first> how{.factors = 3, .epochs = 1};
  auto const first = kindred::fit(how, data).model;
  how.epochs = 4;
  CHECK(kindred::fit(how, data).model == first);

  std::vector<std::size_t> heard(21);
  kindred::bpr_of<notes_down> const noted{.factors = 2, .epochs = 1, .others = {&heard}};
  static_cast<void>(kindred::fit(noted, data));
  for (index_t i = 0; i != 21; ++i) CHECK(heard[i] == data.of(item_id{i}).size());

  // User 1 chose item 0 of three, whose vectors are their numbers: of a hundred draws item 2 is the hardest, and moves alone.
  auto const three = support::ratings_of<double>({{1, 0, 1}, {3, 1, 1}, {3, 2, 1}, {4, 0, 1}, {4, 1, 1}, {4, 2, 1}});
  kindred::ranking_sgd<pairwise<>, kindred::hardest_of<for_user_1>, unregularized, kindred::constant_rate,
                       own_number> const hardest{.factors = 1, .epochs = 1, .others = {.draws = 100}, .bias_step = 0};
  auto const moved = kindred::fit(hardest, three).model;
  CHECK(moved.items().row(1)[0] == 1);
  CHECK(moved.items().row(2)[0] < 2);

  kindred::ranking_sgd<counts_what_it_sees> const counting{.factors = 2, .epochs = 1};
  CHECK(kindred::fit(counting, data).report.objective == 1);
}

TEST_CASE_TEMPLATE("ranking_sgd: every loss finds the kinds that were planted", T, float, double) {
  auto const data = kinds<T>(60, 45);
  auto const finds = [&](auto how, double rate) {
    how.factors = 8;
    how.epochs = 30;
    how.rate.rate = rate;
    auto const done = kindred::fit(how, data);
    CHECK(order_of(done.model, data) > 0.8);  // chance is 0.5
    CHECK(done.report.converged);
  };
  finds(kindred::bpr{}, 0.1);
  finds(kindred::bpr_of<kindred::popular_negatives>{}, 0.1);
  finds(kindred::bpr_of<kindred::hardest_of<>>{}, 0.1);
  finds(kindred::warp{}, 0.1);
  finds(kindred::softmax_mf{.loss = {.drawn = 8}}, 0.1);
  finds(kindred::logistic_mf{}, 0.1);
  finds(kindred::simplex_mf{.loss = {.drawn = 8, .margin = 0.2, .weight = 8}}, 0.02);
  finds(kindred::ranking_sgd<kindred::of_cosines<kindred::sampled_softmax>>{.loss = {{.drawn = 8, .temperature = 0.2}}},
        0.02);
}

TEST_CASE("ranking_sgd: cosines are of vectors of length one, without biases") {
  auto const model = kindred::fit(kindred::simplex_mf{.factors = 5, .epochs = 2}, kinds<double>(30, 20)).model;
  for (index_t i = 0; i != 20; ++i) {
    double sum = 0;
    for (double const x : model.items().row(i)) sum += x * x;
    CHECK(sum == doctest::Approx(1));
    CHECK(model.item_biases()[i] == 0);
  }
  auto const begun = kindred::fit(kindred::simplex_mf{.factors = 5, .epochs = 0}, kinds<double>(30, 20)).model;
  for (auto const* const one : {&model, &begun})
    for (index_t u = 0; u != 30; ++u) {
      double sum = 0;
      for (double const x : one->users().row(u)) sum += x * x;
      CHECK(sum == doctest::Approx(1));
    }
}

TEST_CASE("ranking_sgd: a regularizer for numbers alone gives what one for registers gives") {
  auto const data = kinds<double>(40, 30);
  using plain =
      kindred::ranking_sgd<kindred::pairwise<>, kindred::uniform_negatives, plain_l2>;  // also of strength 0.02
  auto const expected = kindred::fit(kindred::bpr{.factors = 5, .epochs = 3}, data).model;
  auto const model = kindred::fit(plain{.factors = 5, .epochs = 3}, data).model;
  for (index_t u = 0; u != 40; ++u)
    for (index_t i = 0; i != 30; ++i)
      CHECK(kindred::score_of(model, user_id{u}, item_id{i}) ==
            doctest::Approx(kindred::score_of(expected, user_id{u}, item_id{i})).epsilon(1e-9));
}

TEST_CASE("ranking_sgd: the same bits in whatever order tasks run") {
  auto const data = support::random_ratings<float>(300, 290, 0.1, 12);  // a grid of 3 x 3
  auto const same = [&](auto const& how) {
    auto const expected = kindred::fit(how, data).model;
    support::reversed reversed;
    support::shuffled shuffled;
    kindred::thread_pool pool(3);
    CHECK(kindred::fit(how, data, reversed).model == expected);
    CHECK(kindred::fit(how, data, shuffled).model == expected);
    CHECK(kindred::fit(how, data, pool).model == expected);
  };
  same(kindred::bpr{.factors = 6, .epochs = 3});
  same(kindred::warp_of<kindred::popular_negatives>{.factors = 6, .epochs = 2});
  same(kindred::simplex_mf{.factors = 6, .epochs = 2, .loss = {.drawn = 5}});
}

TEST_CASE_TEMPLATE("ranking_sgd: data without others, and of nothing", T, float, double) {
  // User 0 chose everything: there is nothing to rank below, and nothing moves.
  auto const all = support::ratings_of<T>({{0, 0, 1}, {0, 1, 1}, {0, 2, 1}});
  auto const done = kindred::fit(kindred::bpr{.factors = 3}, all);
  CHECK(done.report.objective == 0);
  CHECK(done.model.knows(user_id{0}));
  CHECK(kindred::fit(kindred::warp{.factors = 3}, support::ratings_of<T>({{2, 5, 1}})).report.objective == 0);
  auto const none = kindred::fit(kindred::bpr{}, kindred::ratings<T>{});
  CHECK(kindred::score_of(none.model, user_id{0}, item_id{0}) == 0);
  auto const flat = kindred::fit(kindred::bpr{.factors = 0, .epochs = 40}, kinds<T>(30, 9));  // biases alone
  CHECK(kindred::is_finite(kindred::score_of(flat.model, user_id{0}, item_id{0})));
  // A sampler that never draws anything keeps everything as it is.
  struct nothing_at_all : kindred::uniform_negatives {
    static bool allows(user_id, item_id) noexcept { return false; }
  };
  CHECK(kindred::fit(kindred::bpr_of<nothing_at_all>{.factors = 2}, kinds<T>(9, 9)).report.objective == 0);
}

TEST_CASE("ranking_sgd: weights count, and rates that are too high are told") {
  auto const light = support::weighted_ratings_of<double>({{0, 0, 1, 1e-3}, {1, 1, 1, 1e-3}});
  auto const heavy = support::weighted_ratings_of<double>({{0, 0, 1, 1}, {1, 1, 1, 1}});
  auto const moved = [](auto const& data) {
    auto const model = kindred::fit(kindred::bpr{.factors = 2, .epochs = 1}, data).model;
    return std::abs(model.item_biases()[0]) + std::abs(model.item_biases()[1]);
  };
  CHECK(moved(light) < 0.01 * (moved(heavy) + 1e-9) + 1e-3);
  auto const refused = [](auto const& how, kindred::error_kind kind, char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, kinds<float>(12, 9))); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, words));
  };
  refused(kindred::logistic_mf{.rate = {1e30}}, kindred::error_kind::numeric, "diverged in epoch");
  refused(kindred::logistic_mf{.rate = {1e30}}, kindred::error_kind::numeric, " user ");
  auto const wild = support::error_of([] {
    static_cast<void>(kindred::fit(kindred::bpr{.factors = 2, .epochs = 3},
                                   support::weighted_ratings_of<float>({{0, 0, 1, 1}, {1, 1, 1, 1}, {2, 2, 1, 1e38}})));
  });
  CHECK(wild.kind() == kindred::error_kind::numeric);
  CHECK((support::says(wild, "at the choice of user") || support::says(wild, "with user 2")));
  refused(kindred::bpr{.factors = 70000}, kindred::error_kind::setting, "factors = 70000");
  refused(kindred::warp{.loss = {.most = 0}}, kindred::error_kind::setting, "asks for 0 others");
  refused(kindred::bpr{.bias_step = -1}, kindred::error_kind::setting, "bias_step = -1");
  refused(kindred::bpr{.vector = {-1}}, kindred::error_kind::setting, "l2: strength = -1");
  refused(kindred::bpr_of<kindred::hardest_of<>>{.others = {.draws = 0}}, kindred::error_kind::setting, "draws = 0");
}
