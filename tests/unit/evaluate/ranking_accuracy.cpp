// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <span>
#include <string_view>
#include <vector>

using doctest::Approx;
using kindred::evaluate_ranking;
using kindred::index_t;
using kindred::item_id;
using kindred::ranking_accuracy;
using kindred::ratings;
using support::table_model;

namespace {

void check_same(ranking_accuracy const& a, ranking_accuracy const& b) {
  CHECK(a.precision == b.precision);
  CHECK(a.recall == b.recall);
  CHECK(a.hit_rate == b.hit_rate);
  CHECK(a.ndcg == b.ndcg);
  CHECK(a.map == b.map);
  CHECK(a.mrr == b.mrr);
  CHECK(a.coverage == b.coverage);
  CHECK(a.users == b.users);
  CHECK(a.left_out == b.left_out);
}

// Everything from full tables: sorts all items of every user, and walks down the list.
template <class T>
ranking_accuracy twin(table_model<T> const& model, ratings<T> const& train, ratings<T> const& test, std::size_t k,
                      double relevant_from) {
  ranking_accuracy sum;
  std::set<index_t> recommended;
  auto const learned = support::dense_of(train);
  auto const tested = support::dense_of(test);
  for (std::size_t u = 0; u != tested.size(); ++u) {
    std::set<index_t> relevant;
    for (index_t i = 0; i != tested[u].size(); ++i)
      if (tested[u][i] && *tested[u][i] >= relevant_from) relevant.insert(i);
    if (relevant.empty()) {
      ++sum.left_out;
      continue;
    }
    ++sum.users;
    std::vector<index_t> ranked;
    for (index_t i = 0; i != train.item_count(); ++i)
      if (!learned[u][i] && model.known[i] != 0) ranked.push_back(i);
    std::stable_sort(ranked.begin(), ranked.end(),
                     [&](index_t a, index_t b) { return model.table[u][a] > model.table[u][b]; });
    if (ranked.size() > k) ranked.resize(k);

    double hits = 0, gain = 0, best = 0, precisions = 0, first = 0;
    for (std::size_t p = 1; p <= ranked.size(); ++p) {
      recommended.insert(ranked[p - 1]);
      if (relevant.count(ranked[p - 1]) == 0) continue;
      hits += 1;
      gain += 1 / std::log2(1.0 + static_cast<double>(p));
      precisions += hits / static_cast<double>(p);
      if (first == 0) first = 1 / static_cast<double>(p);
    }
    std::size_t const possible = (std::min)(k, relevant.size());
    for (std::size_t p = 1; p <= possible; ++p) best += 1 / std::log2(1.0 + static_cast<double>(p));
    sum.precision += hits / static_cast<double>(k);
    sum.recall += hits / static_cast<double>(relevant.size());
    sum.hit_rate += hits > 0 ? 1 : 0;
    sum.ndcg += gain / best;
    sum.map += precisions / static_cast<double>(possible);
    sum.mrr += first;
  }
  if (sum.users != 0)
    for (double* const mean : {&sum.precision, &sum.recall, &sum.hit_rate, &sum.ndcg, &sum.map, &sum.mrr})
      *mean /= static_cast<double>(sum.users);
  sum.coverage = static_cast<double>(recommended.size()) / static_cast<double>(train.item_count());
  return sum;
}

// Random ratings, cut in two by a hash.
template <class T>
struct random_case {
  ratings<T> train, test;
  table_model<T> model;

  random_case(index_t users, index_t items, double density, std::uint64_t seed)
      : model(support::random_table_model<T>(users, items, seed)) {
    std::vector<support::seen> learn, ask;
    for (auto const& s : support::random_list(users, items, density, seed))
      (kindred::mix(seed + 1, s.user, s.item) % 3 == 0 ? ask : learn).push_back(s);
    train = support::ratings_of<T>(learn, {users, items});
    test = support::ratings_of<T>(ask, {users, items});
  }
};

}  // namespace

TEST_CASE_TEMPLATE("ranking_accuracy: by hand", T, float, double) {
  // Six items, of which item 5 is not known to the model. Lists of two; liked from 4 on.
  //
  // user 0: scores 1 3 3 2 5 9, has rated item 4 in train. Left are 0 1 2 3: the tie of 1 and 2 goes to 1. List 1 2.
  //         Liked in test: 2, 3 (item 0 has a 3). Hit at place 2.
  //         precision 1/2, recall 1/2, hit rate 1, ndcg d / (1 + d) with d = 1 / log2(3), average precision (1/2) / 2, mrr 1/2
  // user 1: scores 5 4 3 2 1 9, has rated nothing. List 0 1. Liked: 0. Hit at place 1.
  //         precision 1/2, recall 1, hit rate 1, ndcg 1, average precision 1, mrr 1
  // user 2: liked nothing in test: left out, and not counted in the coverage.
  // user 3: has rated all but 0 and 5 in train. List 0. Liked: 5, which is not known. All figures 0.
  // user 4: no rating in test: left out.
  //
  // Recommended to somebody: 0, 1, 2 of six items.
  auto const train = support::ratings_of<T>({{0, 4, 5}, {3, 1, 1}, {3, 2, 1}, {3, 3, 1}, {3, 4, 1}, {4, 0, 1}}, {5, 6});
  auto const test = support::ratings_of<T>({{0, 0, 3}, {0, 2, 4}, {0, 3, 5}, {1, 0, 4}, {2, 3, 2}, {3, 5, 5}}, {5, 6});
  table_model<T> const model{
      {{1, 3, 3, 2, 5, 9}, {5, 4, 3, 2, 1, 9}, {0, 0, 0, 9, 0, 0}, {1, 2, 3, 4, 5, 6}, {0, 0, 0, 0, 9, 0}},
      {1, 1, 1, 1, 1, 0}};
  auto const a = evaluate_ranking(model, train, test, {.length = 2, .relevant_from = 4});
  double const d = 1 / std::log2(3.0);
  CHECK(a.users == 3);
  CHECK(a.left_out == 2);
  CHECK(a.precision == Approx((0.5 + 0.5 + 0) / 3));
  CHECK(a.recall == Approx((0.5 + 1 + 0) / 3));
  CHECK(a.hit_rate == Approx(2.0 / 3));
  CHECK(a.ndcg == Approx((d / (1 + d) + 1 + 0) / 3));
  CHECK(a.map == Approx((0.25 + 1 + 0) / 3));
  CHECK(a.mrr == Approx((0.5 + 1 + 0) / 3));
  CHECK(a.coverage == 3.0 / 6);
}

TEST_CASE("ranking_accuracy: without a threshold every rating of the test part is relevant") {
  auto const test = support::ratings_of<float>({{0, 0, -7}, {1, 1, 0}}, {2, 2});
  auto const train = support::ratings_of<float>({}, {2, 2});
  table_model<float> const model{{{2, 1}, {2, 1}}, {1, 1}};
  auto const a = evaluate_ranking(model, train, test, {.length = 1});
  CHECK(a.users == 2);
  CHECK(a.precision == 0.5);
  CHECK(a.coverage == 0.5);
}

TEST_CASE_TEMPLATE("ranking_accuracy: as from sorting everything", T, float, double) {
  for (std::uint64_t seed = 0; seed != 12; ++seed) {
    random_case<T> const data(60, 30, seed % 2 == 0 ? 0.1 : 0.8, seed);
    for (std::uint32_t const k : {1u, 3u, 10u, 29u, 40u}) {
      auto const a = evaluate_ranking(data.model, data.train, data.test, {.length = k, .relevant_from = 3.5});
      auto const b = twin(data.model, data.train, data.test, k, 3.5);
      CAPTURE(seed);
      CAPTURE(k);
      CHECK(a.users == b.users);
      CHECK(a.left_out == b.left_out);
      CHECK(a.left_out > 0);
      CHECK(a.precision == Approx(b.precision).epsilon(1e-12));
      CHECK(a.recall == Approx(b.recall).epsilon(1e-12));
      CHECK(a.hit_rate == Approx(b.hit_rate).epsilon(1e-12));
      CHECK(a.ndcg == Approx(b.ndcg).epsilon(1e-12));
      CHECK(a.map == Approx(b.map).epsilon(1e-12));
      CHECK(a.mrr == Approx(b.mrr).epsilon(1e-12));
      CHECK(a.coverage == b.coverage);
    }
  }
}

TEST_CASE("ranking_accuracy: the same bits in any order on any number of threads") {
  random_case<float> const data(700, 50, 0.2, 9);
  auto const one = evaluate_ranking(data.model, data.train, data.test, {.length = 5});
  CHECK(one.users > 500);
  for (std::size_t const threads : {1u, 2u, 3u, 8u, 16u}) {
    kindred::thread_pool pool(threads);
    check_same(evaluate_ranking(data.model, data.train, data.test, {.length = 5}, pool), one);
  }
  check_same(evaluate_ranking(data.model, data.train, data.test, {.length = 5}, support::reversed{}), one);
  check_same(evaluate_ranking(data.model, data.train, data.test, {.length = 5}, support::shuffled{}), one);
}

TEST_CASE("ranking_accuracy: no data, nobody judged") {
  auto const none = evaluate_ranking(table_model<float>{}, ratings<float>{}, ratings<float>{});
  check_same(none, ranking_accuracy{});
  auto const test = support::ratings_of<float>({{0, 0, 1}}, {3, 2});
  auto const all_left_out = evaluate_ranking(table_model<float>{}, test, test, {.relevant_from = 2});
  CHECK(all_left_out.users == 0);
  CHECK(all_left_out.left_out == 3);
  CHECK(all_left_out.precision == 0);
  CHECK(all_left_out.coverage == 0);
}

TEST_CASE("ranking_accuracy: lists of the whole catalog may be asked for") {
  random_case<float> const data(20, 10, 0.5, 3);
  auto const a =
      evaluate_ranking(data.model, data.train, data.test, {.length = (std::numeric_limits<std::uint32_t>::max)()});
  auto const b = evaluate_ranking(data.model, data.train, data.test, {.length = 10});
  CHECK(a.recall == b.recall);
  CHECK(a.ndcg == b.ndcg);
  CHECK(a.coverage == b.coverage);
}

TEST_CASE_TEMPLATE("ranking_accuracy: a rating that is written like the threshold is at it", T, float, double) {
  auto const test = support::ratings_of<T>({{0, 0, 3.3}});
  table_model<T> const model{{{1}}, {1}};
  CHECK(evaluate_ranking(model, ratings<T>{}, test, {.relevant_from = 3.3}).users == 1);
}

TEST_CASE("judge_ranking: metrics of one's own, in the order given, beside those of the library") {
  struct longest {
    double operator()(std::span<item_id const> ranked, std::span<item_id const>) const noexcept {
      return static_cast<double>(ranked.size()) / 4;
    }
  };
  random_case<float> const data(100, 30, 0.2, 4);
  kindred::sequential ex;
  auto const judged = kindred::judge_ranking(data.model, data.train, data.test, {.length = 4}, ex, longest{},
                                             kindred::ndcg_at{2}, kindred::precision_at{4});
  CHECK(judged.mean[0] == 1);
  CHECK(judged.mean[1] == evaluate_ranking(data.model, data.train, data.test, {.length = 2}).ndcg);
  CHECK(judged.mean[2] == evaluate_ranking(data.model, data.train, data.test, {.length = 4}).precision);
  auto const only_coverage = kindred::judge_ranking(data.model, data.train, data.test, {.length = 4}, ex);
  CHECK(only_coverage.coverage == judged.coverage);
}

TEST_CASE("judge_ranking: settings that make no sense are refused") {
  auto const data = support::ratings_of<float>({{0, 0, 1}});
  table_model<float> const model{{{1}}, {1}};
  kindred::sequential ex;
  auto const refused = [&](kindred::ranking_protocol const& protocol, auto const& metric, std::string_view words) {
    auto const e =
        support::error_of([&] { static_cast<void>(kindred::judge_ranking(model, data, data, protocol, ex, metric)); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK_MESSAGE(support::says(e, words), e.what());
  };
  refused({.length = 0}, kindred::recall_at{1}, "length = 0");
  refused({.relevant_from = std::numeric_limits<double>::quiet_NaN()}, kindred::recall_at{1}, "relevant_from = ");
  refused({.relevant_from = std::numeric_limits<double>::infinity()}, kindred::recall_at{1}, "relevant_from = inf");
  refused({.length = 10}, kindred::recall_at{11}, "k = 11");
  refused({.length = 10}, kindred::precision_at{0}, "k = 0");
}
