// SPDX-License-Identifier: BSL-1.0
#include "caught.hpp"

#include <kindred/compose/candidates.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/archetypes.hpp>
#include <kindred/testing/laws/candidates.hpp>
#include <kindred/testing/laws/ranking_metric.hpp>
#include <kindred/testing/laws/splitter.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::ratings;
using kindred::user_id;
using namespace kindred::testing;

namespace {

using halves = std::pair<ratings<float>, ratings<float>>;

ratings<float> some_ratings() {
  return ratings<float>::from(generate_ratings({.users = 40, .items = 30, .ratings = 400}),
                              kindred::on_duplicate::error, {50, 35});
}

// Honest: membership is a hash of (seed, user, item).
struct hashed {
  std::uint64_t seed = 1;
  std::uint32_t folds() const noexcept { return 5; }
  halves split(ratings<float> const& data, std::uint32_t fold) const {
    std::vector<std::uint8_t> test(data.size()), train(data.size());
    std::size_t k = 0;
    for (index_t u = 0; u != data.user_count(); ++u)
      for (index_t const i : data.of(user_id{u}).index) {
        test[k] = kindred::mix(seed, u, i) % 5 == fold;
        train[k] = !test[k];
        ++k;
      }
    return {data.selected(train), data.selected(test)};
  }
};
struct no_folds : hashed {
  std::uint32_t folds() const noexcept { return 0; }
};
struct trains_on_the_test : hashed {
  halves split(ratings<float> const& data, std::uint32_t fold) const {
    return {data, hashed::split(data, fold).second};
  }
};
struct swaps_one_for_another : hashed {  // as many as there should be, but not the right ones
  halves split(ratings<float> const& data, std::uint32_t) const {
    std::vector<std::uint8_t> first(data.size(), 0), second(data.size(), 1);
    first[0] = 1;
    second[1] = 0;
    return {data.selected(first), data.selected(second)};
  }
};
struct changes_its_mind : hashed {
  halves split(ratings<float> const& data, std::uint32_t fold) const {
    static std::uint64_t calls = 0;
    return hashed{calls++}.split(data, fold);
  }
};
struct by_position : hashed {
  halves split(ratings<float> const& data, std::uint32_t fold) const {
    std::vector<std::uint8_t> first(data.size()), second(data.size());
    for (std::size_t k = 0; k != data.size(); ++k) first[k] = !(second[k] = k % 5 == fold);
    return {data.selected(first), data.selected(second)};
  }
};
struct invents_one : hashed {
  halves split(ratings<float> const& data, std::uint32_t fold) const {
    kindred::rating_table<float> one;
    one.add(user_id{49}, item_id{34}, 5);
    auto const invented = ratings<float>::from(one, kindred::on_duplicate::error, {50, 35});
    return {fold == 0 ? data : hashed::split(data, fold).first,
            fold == 0 ? invented : hashed::split(data, fold).second};
  }
};
struct leaves_one_in_ten_out : hashed {
  halves split(ratings<float> const& data, std::uint32_t fold) const {
    auto [train, test] = hashed::split(data, fold);
    std::vector<std::uint8_t> keep(train.size());
    for (std::size_t k = 0; k != keep.size(); ++k) keep[k] = k % 10 != 0;
    return {train.selected(keep), test};
  }
};
struct centers : hashed {
  halves split(ratings<float> const& data, std::uint32_t fold) const {
    auto [train, test] = hashed::split(data, fold);
    kindred::rating_table<float> moved;
    for (index_t u = 0; u != train.user_count(); ++u) {
      auto const row = train.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) moved.add(user_id{u}, item_id{row.index[k]}, row.value[k] - 3);
    }
    return {ratings<float>::from(moved, kindred::on_duplicate::error, {data.user_count(), data.item_count()}), test};
  }
};
struct forgets_the_silent : hashed {
  halves split(ratings<float> const& data, std::uint32_t fold) const {
    auto [train, test] = hashed::split(data, fold);
    kindred::rating_table<float> same;
    for (index_t u = 0; u != train.user_count(); ++u) {
      auto const row = train.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) same.add(user_id{u}, item_id{row.index[k]}, row.value[k]);
    }
    return {ratings<float>::from(same), test};
  }
};

using list = std::span<item_id const>;

// Honest.
struct hit_rate {
  static bool relevant_at(list ranked, list relevant, std::size_t k) noexcept {
    return std::binary_search(relevant.begin(), relevant.end(), ranked[k]);
  }
  double operator()(list ranked, list relevant) const noexcept {
    for (std::size_t k = 0; k != ranked.size() && k != 10; ++k)
      if (relevant_at(ranked, relevant, k)) return 1;
    return 0;
  }
};
struct counts_hits : hit_rate {
  double operator()(list ranked, list relevant) const noexcept {
    double hits = 0;
    for (std::size_t k = 0; k != ranked.size(); ++k) hits += relevant_at(ranked, relevant, k) ? 1 : 0;
    return hits;
  }
};
struct divides_by_an_empty_list : counts_hits {
  double operator()(list ranked, list relevant) const noexcept {
    return counts_hits::operator()(ranked, relevant) / static_cast<double>(ranked.size());
  }
};
struct rewards_short_lists : divides_by_an_empty_list {
  double operator()(list ranked, list relevant) const noexcept {
    return ranked.empty() ? 0 : divides_by_an_empty_list::operator()(ranked, relevant);
  }
};
struct last_is_best : hit_rate {
  double operator()(list ranked, list relevant) const noexcept {
    for (std::size_t k = ranked.size(); k-- != 0;)
      if (relevant_at(ranked, relevant, k)) return static_cast<double>(k + 1) / static_cast<double>(ranked.size());
    return 0;
  }
};
struct counts_misses : rewards_short_lists {
  double operator()(list ranked, list relevant) const noexcept {
    return 1 - rewards_short_lists::operator()(ranked, relevant);
  }
};
struct looks_at_every_other_place : hit_rate {
  double operator()(list ranked, list relevant) const noexcept {
    double hits = 0;
    for (std::size_t k = 0; k < ranked.size(); k += 2) hits += relevant_at(ranked, relevant, k) ? 1 : 0;
    return hits / 60;
  }
};

struct again_and_again {
  std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    if (out.empty()) return 0;
    out[0] = item_id{static_cast<index_t>(cursor++ % 7)};
    return 1;
  }
};
struct one_twice {
  std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    if (out.empty() || cursor == 8) return 0;
    out[0] = item_id{static_cast<index_t>(cursor++ % 7)};
    return 1;
  }
};
struct loses_what_has_no_room {
  std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    std::size_t const count = (std::min)(out.size(), 20 - (std::min)(cursor, std::size_t{20}));
    for (std::size_t k = 0; k != count; ++k) out[k] = item_id{static_cast<index_t>(cursor + k)};
    cursor += 3;
    return count < 3 ? count : 3;
  }
};

}  // namespace

TEST_CASE("check_splitter: an honest splitter passes, liars are caught") {
  auto const data = some_ratings();
  CHECK(holds(check_splitter(hashed{}, data)));
  CHECK(holds(check_splitter(leaves_one_in_ten_out{}, data, coverage::part)));
  CHECK(caught(check_splitter(leaves_one_in_ten_out{}, data), "is in none"));
  CHECK(caught(check_splitter(no_folds{}, data), "folds() is 0"));
  CHECK(caught(check_splitter(trains_on_the_test{}, data), "is in both"));
  CHECK(caught(check_splitter(swaps_one_for_another{}, data), "is in both"));
  CHECK(caught(check_splitter(invents_one{}, data), "nothing is added"));
  CHECK(caught(check_splitter(changes_its_mind{}, data), "the second time"));
  CHECK(caught(check_splitter(centers{}, data), "another value"));
  CHECK(caught(check_splitter(forgets_the_silent{}, data), "both parts keep the population"));
  CHECK(holds(check_stable_splitter(hashed{}, data)));
  CHECK(holds(check_splitter(by_position{}, data)));
  CHECK(caught(check_stable_splitter(by_position{}, data), "stays on its side"));
}

TEST_CASE("check_ranking_metric: honest metrics pass, liars are caught") {
  CHECK(holds(check_ranking_metric(hit_rate{})));
  CHECK(caught(check_ranking_metric(counts_hits{}), "in [0, 1]"));
  CHECK(caught(check_ranking_metric(divides_by_an_empty_list{}), "in [0, 1]"));
  CHECK(caught(check_ranking_metric(rewards_short_lists{}), "recommending less gains nothing"));
  CHECK(caught(check_ranking_metric(last_is_best{}), "scores highest"));
  CHECK(caught(check_ranking_metric(counts_misses{}), "score lowest"));
  CHECK(caught(check_ranking_metric(looks_at_every_other_place{}), "moving a relevant item up never lowers"));
}

TEST_CASE("check_candidates: honest sets pass, liars are caught") {
  auto const data = some_ratings();
  CHECK(holds(check_candidates(kindred::all_items{300})));
  CHECK(holds(check_candidates(kindred::all_items{0})));
  CHECK(holds(check_candidates(kindred::unseen(data, user_id{3}))));
  CHECK(holds(check_candidates(kindred::unseen(data, user_id{3000}))));
  CHECK(
      holds(check_candidates(kindred::where(kindred::all_items{300}, [](item_id i) { return to_index(i) % 3 == 0; }))));
  CHECK(holds(check_candidates(candidates_archetype(40))));
  CHECK(caught(check_candidates(again_and_again{}, 1000), "a set of candidates ends"));
  CHECK(caught(check_candidates(one_twice{}), "every item comes once"));
  CHECK(caught(check_candidates(loses_what_has_no_room{}), "the room offered changes nothing"));
}
