// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/miscalibration.hpp>

#include <kindred/data/csr.hpp>
#include <kindred/evaluate/measure_lists.hpp>

#include "../../support/error_of.hpp"
#include "../../support/judged_lists.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <span>

using doctest::Approx;
using kindred::item_id;
using kindred::mix_divergence;
using kindred::user_id;

namespace {

// Kinds of items, as the ratings of "user" item and "item" kind: 0 and 1 are romances, 2 is a western, 3 is half of each (a
// weight of 2 each), 4 is of no kind.
template <class T>
kindred::ratings<T> kinds() {
  return support::ratings_of<T>({{0, 0, 1}, {1, 0, 1}, {2, 1, 1}, {3, 0, 2}, {3, 1, 2}}, {5, 2});
}

template <class M>
double said(M const& measure, kindred::index_t user, std::initializer_list<kindred::index_t> list) {
  static_assert(kindred::list_measure<M>);
  auto const items = support::items(list);
  return measure(user_id{user}, std::span<item_id const>(items));
}

}  // namespace

TEST_CASE_TEMPLATE("miscalibration: by hand", T, float, double) {
  // User 0 rated 0, 1, 3 and 4: p = (2.5, 0.5) / 3. User 1 rated 4 alone; user 2 nothing.
  auto const history = support::ratings_of<T>({{0, 0, 5}, {0, 1, 1}, {0, 3, 2}, {0, 4, 2}, {1, 4, 5}}, {3, 5});
  auto const rows = kinds<T>();
  double const p[] = {2.5 / 3, 0.5 / 3};
  kindred::miscalibration const steck(history, rows.by_user());
  // A list of 0: q = (1, 0), q' = .99 q + .01 p.
  double const kl = p[0] * std::log2(p[0] / (0.99 + 0.01 * p[0])) + p[1] * std::log2(p[1] / (0.01 * p[1]));
  CHECK(said(steck, 0, {0}) == Approx(kl).epsilon(1e-12));
  CHECK(said(steck, 0, {0, 1, 3}) == Approx(0));  // the same mix
  CHECK(said(steck, 0, {2}) > kl);
  // Where the list says nothing it is as wrong as can be: q' = .01 p.
  CHECK(said(steck, 0, {4}) == Approx(std::log2(100)));
  CHECK(said(steck, 0, {}) == Approx(std::log2(100)));
  CHECK(said(steck, 1, {0}) == 0);
  CHECK(said(steck, 2, {0}) == 0);

  kindred::miscalibration const even(history, rows.by_user(), mix_divergence::jensen_shannon);
  // p against (1, 0): the middle is ((p0 + 1) / 2, p1 / 2).
  double const m[] = {(p[0] + 1) / 2, p[1] / 2};
  double const js = (p[0] * std::log2(p[0] / m[0]) + p[1] * std::log2(p[1] / m[1]) + std::log2(1 / m[0])) / 2;
  CHECK(said(even, 0, {0}) == Approx(js).epsilon(1e-12));
  CHECK(said(even, 0, {3, 0, 1}) == Approx(0));
  CHECK(said(even, 0, {}) == 1);
  auto const romantic = support::ratings_of<T>({{0, 0, 5}}, {1, 5});
  CHECK(said(kindred::miscalibration(romantic, rows.by_user(), mix_divergence::jensen_shannon), 0, {2}) == 1);
}

TEST_CASE("miscalibration: what is refused") {
  auto const history = support::ratings_of<float>({{0, 0, 5}});
  auto const rows = kinds<float>();
  auto const e = support::error_of([&] {
    static_cast<void>(kindred::miscalibration(history, rows.by_user(), mix_divergence::kullback_leibler, 1));
  });
  CHECK(support::says(e, "alpha = 1"));
  auto const negative = support::ratings_of<float>({{1, 0, -2}});
  auto const e2 = support::error_of([&] { static_cast<void>(kindred::miscalibration(history, negative.by_user())); });
  CHECK(e2.kind() == kindred::error_kind::data);
  CHECK(support::says(e2, "item 1 has a kind with the weight -2"));
}
