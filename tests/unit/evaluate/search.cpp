// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/search.hpp>

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/evaluate/tune.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

using doctest::Approx;
using kindred::error;
using kindred::error_kind;
using kindred::goal;
using kindred::grid_search;
using kindred::random_search;
using kindred::search;
using kindred::search_point;
using kindred::search_result;
using kindred::search_space;
using kindred::successive_halving;

namespace {

search_space plane() {
  search_space space;
  space.range("x", -2, 2).range("y", 0.01, 1, kindred::spread::logarithmic).names("kind", {"round", "flat"});
  return space;
}

// Lowest, 0.1, at x = 1, y = 0.1 among the round ones; with less effort everything is worse by something that depends on x.
double bowl(search_point const& p) {
  double const x = p["x"], y = std::log10(p["y"].number) + 1;
  double const flat = p["kind"] == "flat" ? 0.5 : 0.1;
  return (x - 1) * (x - 1) + y * y + flat + (1 - p.effort()) * (0.2 + 0.1 * x);
}

void check_same(search_result const& a, search_result const& b) {
  CHECK(a.log == b.log);
  CHECK(a.figure == b.figure);
  CHECK(a.found());
  CHECK(a.values == b.values);
  CHECK(a.effort == b.effort);
  CHECK(a.complete == b.complete);
}

}  // namespace

TEST_CASE("search_space: values become what a recipe wants") {
  search_space space;
  space.values("factors", {8, 16}).whole("epochs", 3, 5).range("rate", 0.1, 10, kindred::spread::logarithmic);
  space.names("loss", {"squared", "huber"});
  search_point const p(space, {16, 4, 0.5, 1}, 0.25);
  std::uint32_t const factors = p["factors"];
  double const rate = p["rate"];
  CHECK(factors == 16);
  CHECK(rate == 0.5);
  CHECK(p["loss"] == "huber");
  CHECK_FALSE(p["loss"] == "squared");
  CHECK(p.effort_of(100) == 25);
  CHECK(p.effort_of(1) == 1);
  CHECK(support::says(support::error_of([&] { static_cast<void>(p["epoch"]); }), "no setting 'epoch'"));
  auto const set = space.settings();
  CHECK(set[1].at(0) == 3);
  CHECK(set[1].at(1) == 5);
  CHECK(set[1].drawn(0.999) == 5);
  CHECK(set[2].at(0.5) == Approx(1));
  CHECK(set[2].at(1) == 10);
  CHECK(set[3].drawn(0.5) == 1);

  double const nan = std::numeric_limits<double>::quiet_NaN();
  auto const refused = [](auto const& call, std::string_view words) {
    auto const e = support::error_of([&] { call(search_space().range("taken", 0, 1)); });
    CHECK(e.kind() == error_kind::setting);
    CHECK_MESSAGE(support::says(e, words), e.what());
  };
  using space_type = search_space;
  refused([](space_type s) { s.range("taken", 0, 1); }, "'taken' is there already");
  refused([](space_type s) { s.values("", {1}); }, "'' is no name");
  refused([](space_type s) { s.values("a\tb", {1}); }, "control character");
  refused([](space_type s) { s.values("a", {}); }, "has no values");
  refused([&](space_type s) { s.values("a", {nan}); }, "not a finite number");
  refused([](space_type s) { s.names("a", {}); }, "has no names");
  refused([](space_type s) { s.range("a", 1, 0); }, "between its ends");
  refused([&](space_type s) { s.range("a", nan, 0); }, "between its ends");
  refused([](space_type s) { s.range("a", 0, 1, kindred::spread::logarithmic); }, "above zero");
  refused([](space_type s) { s.range("a", -1e308, 1e308); }, "wider than numbers reach");
  refused([](space_type s) { s.range("a", 1e-200, 1e200, kindred::spread::logarithmic); }, "wider than numbers reach");
  space_type kept;
  static_cast<void>(support::error_of([&] { kept.values("a", {}); }));
  CHECK(kept.settings().empty());
  CHECK_NOTHROW(kept.values("a", {1}));
}

TEST_CASE("grid_search: every combination, by hand") {
  search_space space;
  space.values("a", {1, 5}).range("b", 1, 100, kindred::spread::logarithmic).whole("c", 1, 2);
  auto const trials = grid_search{.steps = 3}.rung(space, 0, {});
  REQUIRE(trials.size() == 2 * 3 * 2);  // of c, 1 and 1.5 rounded and 2: two differ
  CHECK(trials[0].values[0] == 1);
  CHECK(trials[1].values[2] == 2);
  CHECK(trials[2].values[1] == Approx(10));
  CHECK(trials[11].values[0] == 5);
  CHECK(trials[11].number == 11);
  CHECK(grid_search{}.rung(space, 1, trials).empty());
  CHECK(grid_search{.steps = 1}.rung(space, 0, {})[0].values[1] == Approx(10));
  CHECK(support::says(support::error_of([&] { static_cast<void>(grid_search{.steps = 0}.rung(space, 0, {})); }),
                      "steps = 0"));
  space.range("d", 0, 1).range("e", 0, 1).range("f", 0, 1);
  CHECK(support::says(support::error_of([&] { static_cast<void>(grid_search{.steps = 99}.rung(space, 0, {})); }),
                      "more than 1000000"));
}

TEST_CASE("random_search: more trials are the same and more, and spread over ratios") {
  auto const space = plane();
  auto const few = random_search{.trials = 5, .seed = 3}.rung(space, 0, {});
  auto const many = random_search{.trials = 400, .seed = 3}.rung(space, 0, {});
  for (std::size_t t = 0; t != 5; ++t) CHECK(few[t] == many[t]);
  int below = 0, flat = 0;
  for (auto const& t : many) {
    below += t.values[1] < 0.1;
    flat += t.values[2] == 1;
  }
  CHECK(below > 150);
  CHECK(below < 250);
  CHECK(flat > 150);
  CHECK(flat < 250);
}

TEST_CASE("search: the best, whatever the threads") {
  auto const space = plane();
  auto const one = search(space, random_search{.trials = 200, .seed = 1}, bowl, {.want = goal::lowest});
  CHECK(one.complete);
  CHECK(one.log.trials.size() == 200);
  CHECK(one.figure < 0.4);
  CHECK((one["kind"] == "round"));
  CHECK(static_cast<double>(one["x"]) == Approx(1).epsilon(0.5));
  for (auto const& t : one.log.trials) CHECK(t.figure >= one.figure);
  kindred::thread_pool pool(3);
  check_same(search(space, random_search{.trials = 200, .seed = 1}, bowl, {.want = goal::lowest}, pool), one);
  check_same(search(space, random_search{.trials = 200, .seed = 1}, bowl, {.want = goal::lowest, .together = 7},
                    support::reversed{}),
             one);
  auto const highest = search(plane(), grid_search{}, bowl);  // a space need not outlive its search
  CHECK((highest["kind"] == "flat"));
  CHECK(highest.figure == Approx(9 + 1 + 0.5));
}

TEST_CASE("successive_halving: many with little effort, few with all of it") {
  auto const space = plane();
  auto const found =
      search(space, successive_halving{.trials = 20, .keep = 3, .rungs = 3, .seed = 2}, bowl, {.want = goal::lowest});
  std::vector<std::size_t> count(3);
  for (auto const& t : found.log.trials) {
    ++count[t.rung];
    CHECK(t.effort == Approx(std::pow(3.0, static_cast<double>(t.rung) - 2)));
  }
  CHECK(count == std::vector<std::size_t>{20, 7, 3});
  CHECK(found.best().effort() == 1);
  CHECK(found.figure < 1);
  // The best of a rung go on.
  double worst_kept = 0, best_left = 1e9;
  for (auto const& t : found.log.trials) {
    if (t.rung != 0) continue;
    bool kept = false;
    for (auto const& other : found.log.trials) kept = kept || (other.rung == 1 && other.number == t.number);
    if (kept) worst_kept = std::fmax(worst_kept, t.figure);
    else best_left = std::fmin(best_left, t.figure);
  }
  CHECK(worst_kept <= best_left);
}

TEST_CASE("search: stopped anywhere and resumed, it ends in the same bits") {
  auto const space = plane();
  successive_halving const how{.trials = 20, .seed = 5};
  std::vector<kindred::search_log> kept;
  auto const whole =
      search(space, how, bowl, {.want = goal::lowest, .together = 3}, kindred::sequential{}, [&](auto const& now) {
        CHECK(now.epoch == now.log.trials.size());
        kept.push_back(now.log);
        return kindred::flow::proceed;
      });
  REQUIRE(kept.size() == 7 + 3 + 1);
  kept.push_back(whole.log);
  for (auto const& log : kept) {
    std::size_t tried = 0;
    auto const counted = [&](search_point const& p) {
      ++tried;
      return bowl(p);
    };
    check_same(search(space, how, counted, {.want = goal::lowest, .together = 4, .log = log}), whole);
    CHECK(tried == whole.log.trials.size() - log.trials.size());
  }
  auto const stopped = search(space, how, bowl, {.want = goal::lowest, .together = 3}, kindred::sequential{},
                              [](kindred::progress const& now) {
                                CHECK(now.objective >= 0.1);
                                return now.epoch == 6 ? kindred::flow::stop : kindred::flow::proceed;
                              });
  CHECK_FALSE(stopped.complete);
  CHECK(stopped.log.trials.size() == 6);
  CHECK(stopped.found());
}

TEST_CASE("search: trials that fail, and those that are wrong") {
  search_space space;
  space.values("x", {1, 2, 3, 4});
  auto const some_fail = [](search_point const& p) -> double {
    double const x = p["x"];
    if (x == 2) kindred::raise(error(error_kind::numeric) << "diverged");
    return x == 4 ? std::numeric_limits<double>::infinity() : x;
  };
  auto const found = search(space, grid_search{}, some_fail);
  CHECK(found.figure == 3);
  CHECK(found.log.trials[1].failed);
  CHECK(found.log.trials[3].failed);
  auto const all_fail = [](search_point const&) { return std::numeric_limits<double>::quiet_NaN(); };
  auto const none = support::error_of([&] { static_cast<void>(search(space, grid_search{}, all_fail)); });
  CHECK(none.kind() == error_kind::data);
  CHECK(support::says(none, "each of the 4 trials failed"));
  auto const wrong = [](search_point const& p) -> double { return p["y"]; };
  CHECK(support::error_of([&] { static_cast<void>(search(space, grid_search{}, wrong)); }).kind() ==
        error_kind::setting);
  auto const stopped = search(space, grid_search{}, all_fail, {.together = 1}, kindred::sequential{},
                              [](auto const&) { return kindred::flow::stop; });
  CHECK_FALSE(stopped.found());
  CHECK(support::says(support::error_of([&] { static_cast<void>(stopped["x"]); }), "no best point"));

  auto const refused = [&](auto const& strategy, kindred::search_run how, std::string_view words) {
    auto const e = support::error_of([&] { static_cast<void>(search(space, strategy, some_fail, how)); });
    CHECK(e.kind() == error_kind::setting);
    CHECK_MESSAGE(support::says(e, words), e.what());
  };
  refused(grid_search{}, {.together = 0}, "together = 0");
  refused(grid_search{}, {.log = {{"z"}, found.log.trials}}, "other settings");
  refused(random_search{.trials = 0}, {}, "trials = 0");
  refused(successive_halving{.keep = 1}, {}, "keep = 1");
  refused(successive_halving{.rungs = 0}, {}, "rungs = 0");
  CHECK(support::says(support::error_of([&] { static_cast<void>(search({}, grid_search{}, some_fail)); }),
                      "no settings"));
}

TEST_CASE_TEMPLATE("tune: recipes of two kinds, on the training part alone", T, float, double) {
  auto const data = support::ratings_of<T>(support::random_list(40, 30, 0.4, 1));
  auto const train = kindred::random_holdout{.seed = 1}.split(data).first;
  search_space space;
  space.names("recipe", {"mean", "biases"}).values("l2", {0.1, 1, 10});
  std::size_t judged = 0;
  auto const make = [](search_point const& p) -> std::variant<kindred::overall_mean, kindred::bias_als> {
    if (p["recipe"] == "mean") return kindred::overall_mean{};
    return kindred::bias_als{.user_damping = p["l2"], .item_damping = p["l2"]};
  };
  auto const judge = [&](auto const& model, auto const& learned, auto const& held_out) {
    ++judged;
    CHECK(learned.size() + held_out.size() == train.size());
    return kindred::evaluate_ratings(model, held_out).rmse;
  };
  auto const found = kindred::tune(space, grid_search{}, make, train, kindred::random_holdout{.seed = 2}, judge,
                                   {.want = goal::lowest});
  CHECK(judged == 6);
  CHECK((found["recipe"] == "biases"));
  CHECK(found.log.trials[0].figure == found.log.trials[1].figure);
  auto const again = [&] {
    static_cast<void>(kindred::tune(space, grid_search{}, make, train, kindred::random_holdout{.seed = 1}, judge));
  };
  CHECK(support::says(support::error_of(again), "fold 0 holds nothing out"));
}
