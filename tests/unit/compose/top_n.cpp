// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/top_n.hpp>

#include "../../support/table_scorer.hpp"

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

using kindred::all_items;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using support::table_scorer;

namespace {

template <class T>
using list = std::vector<kindred::scored_item<T>>;

template <class S, class C>
list<kindred::value_t<S>> best(S const& model, C const& which, std::size_t n) {
  list<kindred::value_t<S>> out(n);
  out.resize(kindred::top_n(model, user_id{0}, which, std::span(out)));
  return out;
}

// Scores everything that is known, sorts it, keeps the first n.
template <class T>
list<T> twin(table_scorer<T> const& model, std::vector<item_id> const& which, std::size_t n) {
  list<T> all;
  for (item_id const i : which)
    if (model.knows(i)) all.push_back({i, kindred::score_of(model, user_id{0}, i)});
  std::sort(all.begin(), all.end(),
            [](auto const& a, auto const& b) { return a.value > b.value || (a.value == b.value && a.item < b.item); });
  if (all.size() > n) all.resize(n);
  return all;
}

// The same answers, given in ranges.
template <class T>
struct ranged_scorer : table_scorer<T> {
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != out.size(); ++k)
      out[k] = kindred::score_of(static_cast<table_scorer<T> const&>(*this), u,
                                 item_id{kindred::to_index(first) + static_cast<index_t>(k)});
  }
};
static_assert(kindred::range_scorer<ranged_scorer<float>> && !kindred::range_scorer<table_scorer<float>>);

template <class T>
bool same(list<T> const& a, list<T> const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](auto const& x, auto const& y) { return x.item == y.item && x.value == y.value; });
}

}  // namespace

TEST_CASE_TEMPLATE("top_n: what sorting everything puts first", T, float, double) {
  for (std::uint64_t seed = 0; seed != 40; ++seed) {
    kindred::random_stream random(seed, 0);
    std::size_t const count = seed < 8 ? seed : kindred::below(random, 1200);
    table_scorer<T> model;
    std::vector<item_id> order;
    for (std::size_t i = 0; i != count; ++i) {
      // Every second table of few different values, so that most are ties.
      model.value.push_back(seed % 2 == 0 ? static_cast<T>(kindred::below(random, 5))
                                          : static_cast<T>(kindred::normal(random)));
      model.known.push_back(kindred::below(random, 4) == 0 ? 0 : 1);
      order.push_back(item_id{static_cast<index_t>(i)});
    }
    kindred::shuffle(random, std::span<item_id>(order));
    // Short and long lists are kept differently; 64 is the last short one.
    for (std::size_t const n : {std::size_t{1}, std::size_t{2}, std::size_t{10}, std::size_t{63}, std::size_t{64},
                                std::size_t{65}, std::size_t{100}, count, count + 9}) {
      CAPTURE(seed);
      CAPTURE(n);
      auto const expected = twin(model, order, n);
      CHECK(same(best(model, kindred::allowed{order}, n), expected));
      CHECK(same(best(model, all_items{static_cast<index_t>(count)}, n), expected));
    }
  }
}

TEST_CASE_TEMPLATE("top_n: in ranges the same list", T, float, double) {
  for (std::uint64_t seed = 0; seed != 30; ++seed) {
    kindred::random_stream random(seed, 1);
    // Within a range, at its end, and beyond.
    std::size_t const count = seed % 5 == 0 ? kindred::range_block + seed / 5 - 1 : kindred::below(random, 400);
    ranged_scorer<T> model;
    std::vector<std::uint8_t> stocked(count);
    for (std::size_t i = 0; i != count; ++i) {
      model.value.push_back(seed % 2 == 0 ? static_cast<T>(kindred::below(random, 5)) - 2
                                          : static_cast<T>(kindred::normal(random)));
      model.known.push_back(kindred::below(random, 4) == 0 ? 0 : 1);
      stocked[i] = kindred::below(random, 3) != 0;
    }
    auto const in_stock = [&](item_id i) { return stocked[kindred::to_index(i)] != 0; };
    all_items const all{static_cast<index_t>(count)};
    table_scorer<T> const& plain = model;
    for (std::size_t const n : {std::size_t{1}, std::size_t{10}, std::size_t{64}, std::size_t{65}, count + 9}) {
      CAPTURE(seed);
      CAPTURE(n);
      CHECK(same(best(model, all, n), best(plain, all, n)));
      CHECK(same(best(model, kindred::where(all, in_stock), n), best(plain, kindred::where(all, in_stock), n)));
    }
  }
}

TEST_CASE("top_n: no room, no candidates, nothing known") {
  table_scorer<float> const model{.value = {1, 2, 3}};
  CHECK(best(model, all_items{3}, 0).empty());
  CHECK(best(model, all_items{0}, 5).empty());
  CHECK(best(model, kindred::allowed{}, 5).empty());
  CHECK(best(table_scorer<float>{.value = {1, 2, 3}, .known = {0, 0, 0}}, all_items{3}, 5).empty());
  CHECK(best(model, all_items{300}, 5).size() == 3);  // the others are not known
}

TEST_CASE_TEMPLATE("top_n: zeros of either sign are a tie, which the lower id wins", T, float, double) {
  table_scorer<T> const model{.value = {T{-0.0}, T{0.0}, T{-0.0}, T{0.0}}};
  for (std::size_t const n : {2u, 70u}) {
    auto const found = best(model, all_items{4}, n);
    for (std::size_t k = 0; k != found.size(); ++k) CHECK(found[k].item == item_id{static_cast<index_t>(k)});
  }
}

TEST_CASE("top_n: what lies behind the result is left alone") {
  table_scorer<float> const model{.value = {1, 2}};
  list<float> out(80, {item_id{77}, 7});
  for (std::size_t const n : {5u, 80u}) {
    CHECK(kindred::top_n(model, user_id{0}, all_items{2}, std::span(out).first(n)) == 2);
    CHECK(out[0].item == item_id{1});
    for (std::size_t k = 2; k != out.size(); ++k) CHECK(out[k].item == item_id{77});
  }
}

TEST_CASE("ranks_before: a total order") {
  kindred::scored_item<float> const a{item_id{1}, 2};
  kindred::scored_item<float> const b{item_id{2}, 2};
  kindred::scored_item<float> const c{item_id{0}, 1};
  CHECK(kindred::ranks_before(a, b));
  CHECK(!kindred::ranks_before(b, a));
  CHECK(kindred::ranks_before(b, c));
  CHECK(!kindred::ranks_before(a, a));
}
