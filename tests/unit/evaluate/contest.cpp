// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/contest.hpp>

#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/estimate_ranking.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

using kindred::contest;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

TEST_CASE("contest: each part says what it says alone, on any number of threads") {
  auto const [train, test] =
      kindred::random_holdout{.fraction = 0.3}.split(support::ratings_of<float>(support::random_list(80, 40, 0.3, 1)));
  auto const a = support::random_table_model<float>(80, 40, 2), b = support::random_table_model<float>(80, 40, 3);
  kindred::contest_settings const how{.protocol = {.length = 5, .relevant_from = 3.5},
                                      .interval = {.resamples = 100, .seed = 4},
                                      .permutation = {.rounds = 100}};
  std::vector<index_t> group(80);
  for (index_t u = 0; u != 80; ++u) group[u] = u % 2;
  kindred::thread_pool pool(3);
  contest rivals(train, test, how);
  rivals.measure("first", [](user_id, std::span<item_id const> list) {
    return list.empty() ? 0.0 : static_cast<double>(to_index(list[0]));
  });
  rivals.by_group(group, {"even", "odd"}).enter("a", a, pool).enter("b", b);
  CHECK(rivals.measures()[0] == "NDCG@5");
  CHECK(rivals.measures().back() == "first");
  REQUIRE(rivals.rivals().size() == 2);
  auto const alone = kindred::estimate_ranking(b, train, test, how.protocol, how.interval);
  auto const& entered = rivals.rivals()[1];
  CHECK(entered.means[0].value == alone.ndcg.value);
  CHECK(entered.means[0].low == alone.ndcg.low);
  CHECK(entered.means[1].high == alone.recall.high);
  CHECK(entered.means[2].deviation == alone.precision.deviation);
  CHECK(entered.columns.size() == 6);
  CHECK(entered.columns[5][0] == to_index(entered.lists[0][0]));
  CHECK(entered.use.coverage == kindred::use_of_catalog(entered.lists, rivals.shares()).coverage);
  CHECK(entered.lift == kindred::popularity_lift(entered.lists, train, rivals.shares()));
  CHECK(entered.groups.groups[0].count + entered.groups.groups[1].count == rivals.users().size());

  auto const differences = rivals.differences(pool);
  REQUIRE(differences.size() == 1);
  std::size_t const best = rivals.best(), other = 1 - best;
  CHECK(differences[0].other == other);
  CHECK(differences[0].pair.difference.value <= 0);
  auto const pair = kindred::compare_paired(rivals.rivals()[best].columns[0], rivals.rivals()[other].columns[0],
                                            {how.interval, how.permutation});
  CHECK(differences[0].pair.permutation.p_value == pair.permutation.p_value);
  CHECK(differences[0].p_value == pair.permutation.p_value);

  // The same lists from elsewhere are the same contestant, and equal to it for everybody.
  rivals.enter("b again", entered.lists, pool);
  CHECK(rivals.rivals()[2].columns == rivals.rivals()[1].columns);
}

TEST_CASE("contest: nobody, and what is refused") {
  auto const data = support::ratings_of<double>({{0, 0, 5}, {1, 1, 4}});
  contest empty(data, kindred::ratings<double>{});
  CHECK(empty.differences().empty());
  CHECK(empty.best() == 0);
  empty.enter("nobody asked", support::table_model<double>{});
  CHECK(empty.rivals()[0].means[0].value == 0);
  CHECK(empty.rivals()[0].means[0].count == 0);
  auto const late =
      support::error_of([&] { empty.measure("late", [](user_id, std::span<item_id const>) { return 0.0; }); });
  CHECK(support::says(late, "the measure 'late' comes after"));
  CHECK(support::says(support::error_of([&] { empty.by_group({}, {}); }), "groups come after"));
  contest rivals(data, data);
  auto const others = support::error_of([&] { rivals.enter("x", kindred::offered_lists{}); });
  CHECK(others.kind() == kindred::error_kind::shape);
  CHECK(support::says(others, "lists of 'x' are for other users"));
  auto const longer = support::error_of(
      [&] { rivals.enter("x", kindred::offered_by(support::table_model<double>{}, data, rivals.users(), 11)); });
  CHECK(support::says(longer, "lists of 'x' have up to 11 items; those of the contest have 10"));
  CHECK(support::says(support::error_of([&] { contest(data, data, {.protocol = {.length = 0}}); }), "length = 0"));
  CHECK(support::says(support::error_of([&] { contest(data, data, {.interval = {.level = 2}}); }), "level = 2"));
}
