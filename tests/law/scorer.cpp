// SPDX-License-Identifier: BSL-1.0
#include "caught.hpp"

#include <kindred/testing/archetypes.hpp>
#include <kindred/testing/laws/scorer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

namespace {

// Honest: knows ten users and 300 items.
struct honest {
  using value_type = float;
  bool knows(user_id u) const noexcept { return to_index(u) < 10; }
  bool knows(item_id i) const noexcept { return to_index(i) < 300; }
  float of(user_id u, item_id i) const noexcept {
    return knows(u) && knows(i) ? static_cast<float>(to_index(u) * 7 + to_index(i) % 13) / 3 : 1.0f;
  }
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = of(u, items[k]);
  }
};

// Honest about ranges, too.
struct honest_in_ranges : honest {
  void score_range(user_id u, item_id first, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != out.size(); ++k) out[k] = of(u, item_id{to_index(first) + static_cast<index_t>(k)});
  }
};
static_assert(!kindred::range_scorer<honest> && kindred::range_scorer<honest_in_ranges>);

// Liars: each breaks one law.
struct forgets_where_ranges_begin : honest {
  void score_range(user_id u, item_id, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != out.size(); ++k) out[k] = of(u, item_id{static_cast<index_t>(k)});
  }
};

struct rounds_ranges_up : honest_in_ranges {
  void score_range(user_id u, item_id first, std::span<float> out) const noexcept {
    honest_in_ranges::score_range(u, first, out);
    out.data()[out.size()] = 0;
  }
};

struct less_the_mean_of_the_block : honest {
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    honest::score(u, items, out);
    float const mean = std::accumulate(out.begin(), out.end(), 0.0f) / static_cast<float>(out.size() + 1);
    for (float& x : out) x -= mean;
  }
};
struct fast_for_whole_registers : honest {  // the tail is rounded otherwise
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    honest::score(u, items, out);
    for (std::size_t k = items.size() / 8 * 8; k != items.size(); ++k) out[k] *= 1.0000001f;
  }
};
struct remembers_the_item_before : honest {
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    honest::score(u, items, out);
    for (std::size_t k = 1; k < items.size(); ++k)
      if (items[k - 1] > items[k]) out[k] += 1;
  }
};
struct confused_by_repetition : honest {
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    honest::score(u, items, out);
    for (std::size_t k = 1; k < items.size(); ++k)
      if (items[k - 1] == items[k]) out[k] = 0;
  }
};
struct counts_its_calls : honest {
  mutable float calls = 0;
  void score(user_id, std::span<item_id const>, std::span<float> out) const noexcept {
    std::fill(out.begin(), out.end(), ++calls);
  }
};
struct infinite_for_strangers : honest {
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    honest::score(u, items, out);
    if (!knows(u)) std::fill(out.begin(), out.end(), -std::numeric_limits<float>::infinity());
  }
};
struct leaves_out_what_is_unknown : honest {
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k)
      if (knows(items[k])) out[k] = of(u, items[k]);
  }
};
struct writes_in_pairs : honest {
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    honest::score(u, items, out);
    if (items.size() % 2 != 0) out.data()[items.size()] = 0;
  }
};
struct guesses_for_unknown_users : honest {
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    honest::score(u, items, out);
    if (!knows(u)) std::fill(out.begin(), out.end(), static_cast<float>(to_index(u) % 5));
  }
};
struct guesses_for_unknown_items : honest {
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    honest::score(u, items, out);
    for (std::size_t k = 0; k != items.size(); ++k)
      if (!knows(items[k])) out[k] = static_cast<float>(to_index(items[k]) % 5);
  }
};

template <kindred::scorer S>
kindred::testing::law_result check(S const& model) {
  std::vector<user_id> users;
  std::vector<item_id> items;
  for (index_t u = 0; u != 12; ++u) users.push_back(user_id{u});
  for (index_t i = 0; i != 310; ++i) items.push_back(item_id{i});
  return kindred::testing::check_scorer(model, std::span<user_id const>(users), std::span<item_id const>(items));
}

}  // namespace

TEST_CASE("check_scorer: honest scorers pass") {
  CHECK(holds(check(honest{})));
  CHECK(holds(check(kindred::testing::scorer_archetype<float>(7, 200))));
  CHECK(holds(check(kindred::testing::predictor_archetype<double>(7, 200))));
  CHECK(holds(check(kindred::testing::scorer_archetype<double>(0, 0))));
  CHECK(holds(kindred::testing::check_scorer(honest{}, {}, {})));
  CHECK(holds(check(honest_in_ranges{})));
}

TEST_CASE("check_scorer: liars are caught") {
  CHECK(caught(check(less_the_mean_of_the_block{}), "the pointwise law"));
  CHECK(caught(check(fast_for_whole_registers{}), "the pointwise law"));
  CHECK(caught(check(remembers_the_item_before{}), "in reverse"));
  CHECK(caught(check(confused_by_repetition{}), "the same item again and again"));
  CHECK(caught(check(counts_its_calls{}), "the pointwise law"));
  CHECK(caught(check(infinite_for_strangers{}), "scores are finite"));
  CHECK(caught(check(leaves_out_what_is_unknown{}), "scores are finite"));
  CHECK(caught(check(writes_in_pairs{}), "wrote behind the last"));
  CHECK(caught(check(guesses_for_unknown_users{}), "knows neither of the users"));
  CHECK(caught(check(guesses_for_unknown_items{}), "knows neither of the items"));
  CHECK(caught(check(forgets_where_ranges_begin{}), "a range has the scores of its items"));
  CHECK(caught(check(rounds_ranges_up{}), "wrote behind the last"));
}

TEST_CASE("law_result: throws its counterexample on demand") {
  CHECK_NOTHROW(check(honest{}).demand());
  try {
    check(counts_its_calls{}).demand();
    CHECK(false);
  } catch (kindred::error const& e) {
    CHECK(std::string(e.what()).starts_with("the pointwise law: score(user 0, item 0) is "));
  }
}
