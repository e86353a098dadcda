// SPDX-License-Identifier: BSL-1.0
//
// Level D1 of the promise on determinism: a fit, and what it recommends, has the same bits on any number of threads.
#include "../support/bits.hpp"
#include "../support/ratings.hpp"
#include "../support/recipes.hpp"
#include "../support/sanitized.hpp"
#include "../support/scores.hpp"

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/chunks.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace {

using kindred::index_t;
using kindred::user_id;

constexpr std::size_t list_length = 10;

// What a fit is judged by, to the bit.
template <class T>
struct outcome {
  std::vector<T> scores;       // of all pairs
  std::vector<index_t> items;  // of the best of every user
  std::vector<T> values;
  std::vector<double> heard;      // by the observer
  std::vector<double> objective;  // of the report

  friend bool operator==(outcome const& a, outcome const& b) {
    return support::same_bits(a.scores, b.scores) && a.items == b.items && support::same_bits(a.values, b.values) &&
           support::same_bits(a.heard, b.heard) && support::same_bits(a.objective, b.objective);
  }
};

template <class T, class Recipe, class E>
outcome<T> run(Recipe const& how, kindred::ratings<T> const& data, E& ex) {
  outcome<T> out;
  auto watch = [&](kindred::progress const& p) {
    out.heard.push_back(p.objective);
    return kindred::flow::proceed;
  };
  auto const done = kindred::fit(how, data, ex, watch);
  out.objective = {done.report.objective};
  out.scores = support::all_scores(done.model, data.user_count(), data.item_count());
  out.items.resize(data.user_count() * list_length);
  out.values.resize(data.user_count() * list_length);
  kindred::for_chunks(ex, data.user_count(), 16, [&](std::size_t first, std::size_t last) {
    for (std::size_t u = first; u != last; ++u) {
      user_id const user{static_cast<index_t>(u)};
      std::array<kindred::scored_item<T>, list_length> best{};
      auto const count = kindred::top_n(done.model, user, kindred::unseen(data, user), std::span(best));
      for (std::size_t k = 0; k != count; ++k) {
        out.items[u * list_length + k] = kindred::to_index(best[k].item);
        out.values[u * list_length + k] = best[k].value;
      }
    }
  });
  return out;
}

}  // namespace

TEST_CASE_TEMPLATE("every fit and every recommendation: the same bits on 1, 2, 3, 8 and 16 threads", T, float, double) {
  // A sanitizer sees with three threads whatever it would see with sixteen.
  std::vector<std::size_t> const counts =
      support::sanitized ? std::vector<std::size_t>{3} : std::vector<std::size_t>{2, 3, 8, 16};
  // 11 000 ratings: a grid of 4 x 4 blocks, several rows a task, some users and items without a rating.
  auto const data = support::random_ratings<T>(330, 210, 0.16, 71);
  REQUIRE(data.size() > 9 * 1024);
  auto const same = [&](std::string const& name, auto const& how) {
    CAPTURE(name);
    kindred::thread_pool one(1);
    auto const expected = run(how, data, one);
    for (std::size_t const threads : counts) {
      kindred::thread_pool pool(threads);
      CAPTURE(threads);
      CHECK(run(how, data, pool) == expected);
    }
  };
  if constexpr (support::is_tried<T>) support::each_recipe(same);
  if constexpr (std::same_as<T, float>) support::each_more_factor_recipe(same);
}
