// SPDX-License-Identifier: BSL-1.0
#include "caught.hpp"

#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/liked_items.hpp>
#include <kindred/evaluate/miscalibration.hpp>
#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/evaluate/novelty.hpp>
#include <kindred/evaluate/variety.hpp>
#include <kindred/testing/laws/list_measure.hpp>
#include <kindred/testing/laws/search_strategy.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::search_space;
using kindred::search_trial;
using kindred::user_id;
using namespace kindred::testing;

namespace {

using list = std::span<item_id const>;
using trials = std::vector<search_trial>;

struct divides_by_length {
  double operator()(user_id, list offered) const noexcept { return 1 / static_cast<double>(offered.size()); }
};
struct counts_its_calls {
  std::uint64_t* calls;
  double operator()(user_id, list) const noexcept { return static_cast<double>(++*calls); }
};

// Honest: two points, then the better of them.
struct two_then_one {
  trials rung(search_space const&, std::uint32_t rung, std::span<search_trial const> ranked) const {
    if (rung == 0) return {{.number = 0, .effort = 0.5, .values = {0}}, {.number = 1, .effort = 0.5, .values = {1}}};
    return rung == 1 ? trials{{.number = ranked[0].number, .values = ranked[0].values}} : trials{};
  }
};
template <class Change>
struct changed : two_then_one {
  Change change = {};
  trials rung(search_space const& space, std::uint32_t rung, std::span<search_trial const> ranked) const {
    auto out = two_then_one::rung(space, rung, ranked);
    change(rung, out);
    return out;
  }
};
struct never_ends {
  void operator()(std::uint32_t, trials& t) const { t = {{.values = {0}}}; }
};
struct without_effort {
  void operator()(std::uint32_t, trials& t) const {
    if (!t.empty()) t[0].effort = 0;
  }
};
struct outside {
  void operator()(std::uint32_t, trials& t) const {
    if (!t.empty()) t[0].values = {3};
  }
};
struct of_nothing {
  void operator()(std::uint32_t, trials& t) const {
    if (!t.empty()) t[0].values = {};
  }
};
struct one_number {
  void operator()(std::uint32_t, trials& t) const {
    for (auto& one : t) one.number = 7;
  }
};
struct moves_on {
  void operator()(std::uint32_t rung, trials& t) const {
    if (rung == 1) t[0].values[0] = 0.5;
  }
};
struct remembers {
  void operator()(std::uint32_t, trials& t) const {
    static double calls = 0;
    if (!t.empty()) t[0].values[0] = 1 / ++calls;
  }
};

}  // namespace

TEST_CASE("check_list_measure: the library's measures pass, liars are caught") {
  auto const data = kindred::ratings<float>::from(generate_ratings({.users = 40, .items = 30, .ratings = 400}),
                                                  kindred::on_duplicate::error, {50, 35});
  auto const parts = kindred::random_holdout{}.split(data);
  kindred::liked_items const liked(parts.second);
  kindred::item_shares const shares(parts.first);
  auto const alike = [](item_id i, item_id j) noexcept { return i == j ? 1.0 : 0.25; };
  CHECK(holds(check_list_measure(kindred::judged_by(kindred::ndcg_at{10}, liked), 50, 35)));
  CHECK(holds(check_list_measure(kindred::novelty(shares), 50, 35)));
  CHECK(holds(check_list_measure(kindred::popularity_complement(shares), 50, 40)));
  CHECK(holds(check_list_measure(kindred::tail_share(shares), 50, 40)));
  CHECK(holds(check_list_measure(kindred::intra_list_diversity(alike), 50, 35)));
  CHECK(holds(check_list_measure(kindred::unexpectedness(data, alike), 50, 35)));
  CHECK(holds(check_list_measure(kindred::serendipity(liked, {}), 50, 35)));
  // Kinds of items: who rated them.
  CHECK(holds(check_list_measure(kindred::miscalibration(data, data.by_item()), 50, 40)));
  CHECK(caught(check_list_measure(divides_by_length{}, 50, 35), "a measure is finite"));
  std::uint64_t calls = 0;
  CHECK(caught(check_list_measure(counts_its_calls{&calls}, 50, 35), "a function of the user and the list"));
}

TEST_CASE("check_search_strategy: the library's strategies pass, liars are caught") {
  search_space space;
  space.values("a", {1, 4}).whole("b", 2, 9).range("c", 0.01, 3, kindred::spread::logarithmic).names("d", {"x", "y"});
  CHECK(holds(check_search_strategy(kindred::grid_search{.steps = 4}, space)));
  CHECK(holds(check_search_strategy(kindred::random_search{.trials = 60}, space)));
  CHECK(holds(check_search_strategy(kindred::successive_halving{.trials = 60, .keep = 2, .rungs = 6}, space)));
  search_space line;
  line.range("x", 0, 1);
  CHECK(holds(check_search_strategy(two_then_one{}, line)));
  CHECK(caught(check_search_strategy(changed<never_ends>{}, line), "rungs come to an end"));
  CHECK(caught(check_search_strategy(changed<without_effort>{}, line), "efforts lie in (0, 1]"));
  CHECK(caught(check_search_strategy(changed<outside>{}, line), "values lie in the space"));
  CHECK(caught(check_search_strategy(changed<of_nothing>{}, line), "a value of every setting"));
  CHECK(caught(check_search_strategy(changed<one_number>{}, line), "numbers are unique"));
  CHECK(caught(check_search_strategy(changed<moves_on>{}, line), "a trial keeps its values"));
  CHECK(caught(check_search_strategy(changed<remembers>{}, line), "a function of the space"));
}
