// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/rfm.hpp>

#include "../../support/error_of.hpp"

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::rfm_profile;
using kindred::rfm_segment;
using kindred::user_id;

namespace {

template <class T>
kindred::rating_table<T> random_transactions(index_t users, std::size_t size, std::uint64_t seed) {
  kindred::random_stream random(seed, 0);
  kindred::rating_table<T> out;
  for (std::size_t k = 0; k != size; ++k) {
    user_id const who{kindred::below(random, users)};
    out.add(who, item_id{0}, static_cast<T>(1 + kindred::below(random, 20)), kindred::below(random, 50));
  }
  return out;
}

}  // namespace

TEST_CASE_TEMPLATE("rfm: three customers by hand", T, float, double) {
  kindred::rating_table<T> bought;
  bought.add(user_id{0}, item_id{0}, 10, 90);
  bought.add(user_id{0}, item_id{1}, 5, 40);
  bought.add(user_id{2}, item_id{0}, 2, 99);
  bought.add(user_id{3}, item_id{0}, 100, 10);
  bought.add(user_id{3}, item_id{0}, -30, 20);  // sent something back
  bought.add(user_id{3}, item_id{0}, 30, 15);
  auto const profile = rfm_profile::of(bought, 100, 6);
  REQUIRE(profile.customers().size() == 6);
  auto const a = profile.of(user_id{0}), b = profile.of(user_id{2}), c = profile.of(user_id{3});
  CHECK(a.recency == 10);
  CHECK(a.frequency == 2);
  CHECK(a.monetary == 15);
  CHECK(c.recency == 80);
  CHECK(c.frequency == 3);
  CHECK(c.monetary == 100);
  // Of three, the worst scores 1, the next 1 + floor(5 / 3) = 2, the best 1 + floor(10 / 3) = 4.
  CHECK(int{c.recency_score} == 1);
  CHECK(int{a.recency_score} == 2);
  CHECK(int{b.recency_score} == 4);
  CHECK(int{b.frequency_score} == 1);
  CHECK(int{c.frequency_score} == 4);
  CHECK(int{c.monetary_score} == 4);
  CHECK(b.segment == rfm_segment::newcomer);
  CHECK(c.segment == rfm_segment::at_risk);
  CHECK(profile.of(user_id{1}) == kindred::rfm{});
  CHECK(profile.of(user_id{99}).segment == rfm_segment::none);
}

TEST_CASE("rfm: the table of segments") {
  using enum rfm_segment;
  rfm_segment const expected[5][5] = {{asleep, asleep, at_risk, at_risk, to_win_back},
                                      {asleep, asleep, at_risk, at_risk, to_win_back},
                                      {falling_off, falling_off, wavering, loyal, loyal},
                                      {newcomer, promising, promising, loyal, loyal},
                                      {newcomer, promising, promising, champion, champion}};
  for (index_t r = 1; r <= 5; ++r)
    for (index_t f = 1; f <= 5; ++f) CHECK(kindred::rfm_segment_of(r, f) == expected[r - 1][f - 1]);
  CHECK(kindred::rfm_segment_of(0, 3) == none);
}

TEST_CASE_TEMPLATE("rfm: scores count who is worse, and equals score equally", T, float, double) {
  auto const profile = rfm_profile::of(random_transactions<T>(70, 400, 3), 60, 75);
  std::size_t buyers = 0;
  for (auto const& c : profile.customers()) buyers += c.frequency > 0;
  REQUIRE(buyers > 60);
  for (auto const& c : profile.customers()) {
    if (c.frequency == 0) continue;
    std::size_t later = 0, rarer = 0, poorer = 0;
    for (auto const& other : profile.customers()) {
      if (other.frequency == 0) continue;
      later += other.recency > c.recency;
      rarer += other.frequency < c.frequency;
      poorer += other.monetary < c.monetary;
    }
    CHECK(c.recency_score == 1 + 5 * later / buyers);
    CHECK(c.frequency_score == 1 + 5 * rarer / buyers);
    CHECK(c.monetary_score == 1 + 5 * poorer / buyers);
  }
}

TEST_CASE_TEMPLATE("rfm: features have mean 0 and spread 1 over those who bought", T, float, double) {
  auto const profile = rfm_profile::of(random_transactions<T>(50, 200, 4), 60, 55);
  auto const features = profile.template features<T>();
  REQUIRE(features.size() == 55 * 3);
  for (std::size_t column = 0; column != 3; ++column) {
    double count = 0, sum = 0, squares = 0;
    for (std::size_t u = 0; u != 55; ++u) {
      auto const x = static_cast<double>(features[u * 3 + column]);
      if (profile.customers()[u].frequency == 0) {
        CHECK(x == 0);
        continue;
      }
      ++count;
      sum += x;
      squares += x * x;
    }
    CHECK(std::abs(sum / count) < 1e-5);
    CHECK(squares / count == doctest::Approx(1).epsilon(1e-5));
  }
}

TEST_CASE("rfm: weights are as many transactions; one customer has no spread; of nothing, nothing") {
  kindred::rating_table<double> bought;
  bought.add(user_id{1}, item_id{0}, 4, 5, 3);
  auto const profile = rfm_profile::of(bought, 5);
  CHECK(profile.of(user_id{1}).frequency == 3);
  CHECK(profile.of(user_id{1}).monetary == 12);
  for (double const x : profile.features<double>()) CHECK(x == 0);
  CHECK(rfm_profile::of(kindred::rating_table<double>{}, 0).customers().empty());
}

TEST_CASE("rfm: what is refused") {
  kindred::rating_table<float> untimed;
  untimed.add(user_id{0}, item_id{0}, 1);
  CHECK(
      support::says(support::error_of([&] { static_cast<void>(rfm_profile::of(untimed, 9)); }), "have to have times"));
  kindred::rating_table<float> early;
  early.add(user_id{0}, item_id{0}, 1, 3);
  early.add(user_id{0}, item_id{0}, 1, 10);
  auto const e = support::error_of([&] { static_cast<void>(rfm_profile::of(early, 9)); });
  CHECK(e.row() == 1);
  CHECK(support::says(e, "transaction 1 is of the time 10, later than now, 9"));
}
