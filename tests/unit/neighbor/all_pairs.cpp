// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/all_pairs.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/similarities.hpp"

#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace {

using kindred::neighbor;

// By definition: compare every row with every other, sort, keep the first.
template <class S, class T>
kindred::neighbor_lists<T> twin(S const& how, kindred::csr_view<T> rows, kindred::neighbor_limits limits) {
  std::vector<kindred::offset_t> offset{0};
  std::vector<neighbor<T>> entry;
  for (kindred::index_t r = 0; r != rows.rows(); ++r) {
    std::vector<neighbor<T>> found;
    for (kindred::index_t other = 0; other != rows.rows(); ++other) {
      auto const a = rows.row(r).index;
      auto const b = rows.row(other).index;
      auto const shared = std::count_if(
          a.begin(), a.end(), [&](kindred::index_t c) { return std::find(b.begin(), b.end(), c) != b.end(); });
      if (other == r || shared == 0 || shared < static_cast<std::ptrdiff_t>(limits.min_shared)) continue;
      T const value = how(rows.row(r), rows.row(other));
      if (value > 0) found.push_back({other, value});
    }
    std::sort(found.begin(), found.end(), kindred::is_closer<T>);
    if (found.size() > limits.keep) found.resize(limits.keep);
    entry.insert(entry.end(), found.begin(), found.end());
    offset.push_back(entry.size());
  }
  return {std::move(offset), std::move(entry)};
}

template <class T, class S>
void check_against_twin(S const& how) {
  auto const data = support::random_ratings<T>(50, 30, 0.25, 17);
  kindred::sequential ex;
  for (kindred::neighbor_limits const limits :
       {kindred::neighbor_limits{}, {.keep = 3, .min_shared = 2}, {.keep = 1000, .min_shared = 0}, {.keep = 0}}) {
    CHECK(kindred::all_pairs(data.by_user(), data.by_item(), how, limits, ex) == twin(how, data.by_user(), limits));
    CHECK(kindred::all_pairs(data.by_item(), data.by_user(), how, limits, ex) == twin(how, data.by_item(), limits));
  }
}

// Divides by the distance, and so by zero for equal rows.
struct careless {
  static constexpr kindred::comparison_traits traits{.direction = kindred::sense::larger_is_closer};
  using sums = support::closeness::sums;
  double finish(sums const& shared, kindred::row_sums const&, kindred::row_sums const&) const noexcept {
    return 1 / shared.squares;
  }
  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    return static_cast<T>(kindred::similarity_of(*this, a, b));
  }
};

// The same, of which each pair is met once.
struct careless_both_ways : careless {
  static constexpr kindred::comparison_traits traits{.direction = kindred::sense::larger_is_closer, .symmetric = true};
};

}  // namespace

TEST_CASE_TEMPLATE("all_pairs: finds what comparing all pairs finds", T, float, double) {
  check_against_twin<T>(kindred::cosine{});
  check_against_twin<T>(kindred::pearson{});
  check_against_twin<T>(kindred::shrunk<kindred::pearson>{.strength = 3});
  check_against_twin<T>(support::closeness{});
  check_against_twin<T>(support::coverage{});
  check_against_twin<T>(support::opaque<kindred::cosine>{});
}

TEST_CASE_TEMPLATE("all_pairs: through the inverted index or by pairs, the same bits", T, float, double) {
  auto const data = support::random_ratings<T>(80, 60, 0.2, 18);
  kindred::sequential ex;
  auto const same = [&](auto const& how) {
    support::opaque<std::remove_cvref_t<decltype(how)>> const plain{how};
    return kindred::all_pairs(data.by_user(), data.by_item(), how, {}, ex) ==
           kindred::all_pairs(data.by_user(), data.by_item(), plain, {}, ex);
  };
  CHECK(same(kindred::cosine{}));
  CHECK(same(kindred::pearson{}));
  CHECK(same(kindred::shrunk<kindred::cosine>{}));
  CHECK(same(support::closeness{}));
  CHECK(same(support::coverage{}));
}

// The inverted index keeps small sums of what values allow: whole numbers, ones, halves, numbers that are neither, negative
// ones. Whatever it is, what it finds is what all pairs make.
TEST_CASE_TEMPLATE("all_pairs: values of any kind, the same bits", T, float, double) {
  auto list = support::random_list(60, 40, 0.25, 20);
  kindred::sequential ex;
  auto const same = [&](auto const& change) {
    auto changed = list;
    for (std::size_t k = 0; k != changed.size(); ++k) changed[k].value = change(list[k].value, k);
    auto const data = support::ratings_of<T>(changed, {60, 40});
    for (kindred::neighbor_limits const limits : {kindred::neighbor_limits{.keep = 7}, {.keep = 60}, {7, 3}})
      CHECK(kindred::all_pairs(data.by_user(), data.by_item(), kindred::cosine{}, limits, ex) ==
            twin(kindred::cosine{}, data.by_user(), limits));
  };
  same([](double v, std::size_t) { return v; });
  same([](double, std::size_t) { return 1.0; });
  same([](double, std::size_t) { return 3.0; });
  same([](double v, std::size_t) { return v / 7; });
  same([](double v, std::size_t k) { return k % 3 == 0 ? 0 : v; });
  same([](double v, std::size_t k) { return k % 2 == 0 ? v : -v; });
  same([](double v, std::size_t) { return v * 4096; });
  same([](double v, std::size_t k) { return k % 5 == 0 ? v * 1e6 : v; });
  same([](double v, std::size_t) { return v * 1e-20; });
}

TEST_CASE("all_pairs: many rows and few neighbors, found without finishing all pairs") {
  // Everybody shares something with nearly everybody: accumulators are swept, and most pairs are never finished.
  auto const data = support::random_ratings<float>(300, 20, 0.25, 21);
  kindred::sequential ex;
  kindred::neighbor_limits const limits{.keep = 5};
  CHECK(kindred::all_pairs(data.by_user(), data.by_item(), kindred::cosine{}, limits, ex) ==
        twin(kindred::cosine{}, data.by_user(), limits));
}

TEST_CASE("all_pairs: ties go to the lower id") {
  // Five users who agree on everything: all similarities are alike.
  std::vector<support::seen> list;
  for (kindred::index_t u = 0; u != 5; ++u)
    for (kindred::index_t i = 0; i != 3; ++i) list.push_back({u, i, 1.0 + i});
  auto const data = support::ratings_of<float>(list);
  kindred::sequential ex;
  auto const lists = kindred::all_pairs(data.by_user(), data.by_item(), kindred::cosine{}, {.keep = 2}, ex);
  auto const ids = [&](kindred::index_t row) {
    std::vector<kindred::index_t> out;
    for (auto const& n : lists.of(row)) out.push_back(n.id);
    return out;
  };
  CHECK(ids(0) == std::vector<kindred::index_t>{1, 2});
  CHECK(ids(1) == std::vector<kindred::index_t>{0, 2});
  CHECK(ids(4) == std::vector<kindred::index_t>{0, 1});
}

TEST_CASE("all_pairs: what does not lie above zero is no neighbor") {
  auto const data = support::ratings_of<double>({{0, 0, 1}, {1, 0, -1}, {2, 0, 0}, {3, 1, 5}}, {5, 3});
  kindred::sequential ex;
  auto const lists = kindred::all_pairs(data.by_user(), data.by_item(), kindred::cosine{}, {}, ex);
  CHECK(lists.rows() == 5);
  CHECK(lists.size() == 0);
  kindred::ratings<double> const none;
  CHECK(kindred::all_pairs(none.by_user(), none.by_item(), kindred::cosine{}, {}, ex).rows() == 0);
}

TEST_CASE("all_pairs: the same bits in whatever order tasks run") {
  auto const data = support::random_ratings<float>(600, 100, 0.1, 19);  // several rows a task
  kindred::sequential one;
  support::reversed reversed;
  support::shuffled shuffled;
  kindred::shrunk<kindred::pearson> const how;
  auto const expected = kindred::all_pairs(data.by_user(), data.by_item(), how, {}, one);
  CHECK(kindred::all_pairs(data.by_user(), data.by_item(), how, {}, reversed) == expected);
  CHECK(kindred::all_pairs(data.by_user(), data.by_item(), how, {}, shuffled) == expected);
}

TEST_CASE("all_pairs: a similarity that is not a finite number is an error that names the rows") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {1, 0, 3}, {2, 0, 2}, {3, 0, 3}});  // 1 and 3 are equal
  kindred::sequential ex;
  auto const check = [&](auto const& how) {
    auto const e =
        support::error_of([&] { static_cast<void>(kindred::all_pairs(data.by_user(), data.by_item(), how, {}, ex)); });
    CHECK(e.kind() == kindred::error_kind::numeric);
    CHECK(e.row() == 1);
    CHECK(e.column() == 3);
    CHECK(support::says(e, "rows 1 and 3"));
  };
  check(careless{});
  check(careless_both_ways{});
  check(support::opaque<careless>{});
}
