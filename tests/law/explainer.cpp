// SPDX-License-Identifier: BSL-1.0
#include "caught.hpp"

#include <kindred/testing/archetypes.hpp>
#include <kindred/testing/laws/explainer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using kindred::evidence;
using kindred::evidence_kind;
using kindred::explanation;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

namespace {

// Honest: the score of item i is 3 and the shares of i % 40 items, 1 / (n + 1) of the n-th, in pairs of equals.
struct honest {
  using value_type = double;
  bool knows(user_id u) const noexcept { return to_index(u) < 3; }
  bool knows(item_id i) const noexcept { return to_index(i) < 90; }
  std::size_t count(user_id u, item_id i) const noexcept { return knows(u) && knows(i) ? to_index(i) % 40 : 0; }
  evidence<double> reason(std::size_t n) const noexcept {
    auto const pair = static_cast<double>(n - n % 2);
    return {evidence_kind::item, static_cast<index_t>(n), (n % 4 == 1 ? -2 : 2) / (2 + pair)};
  }
  void score(user_id u, std::span<item_id const> items, std::span<double> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) {
      out[k] = 3;
      for (std::size_t n = 0; n != count(u, items[k]); ++n) out[k] += reason(n).share;
    }
  }
  explanation<double> explain(user_id u, item_id i, std::span<evidence<double>> out) const noexcept {
    std::size_t const written = (std::min)(count(u, i), out.size());
    for (std::size_t n = 0; n != written; ++n) out[n] = reason(n);
    return {3, written};
  }
};

struct forgets_the_base : honest {
  explanation<double> explain(user_id u, item_id i, std::span<evidence<double>> out) const noexcept {
    return {0, honest::explain(u, i, out).count};
  }
};
struct weakest_first : honest {
  explanation<double> explain(user_id u, item_id i, std::span<evidence<double>> out) const noexcept {
    auto const whole = honest::explain(u, i, out);
    std::reverse(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(whole.count));
    return whole;
  }
};
struct ties_by_descending_id : honest {
  explanation<double> explain(user_id u, item_id i, std::span<evidence<double>> out) const noexcept {
    auto const whole = honest::explain(u, i, out);
    for (std::size_t n = 1; n < whole.count; n += 2) std::swap(out[n - 1], out[n]);
    return whole;
  }
};
struct first_found_when_short_of_room : honest {
  explanation<double> explain(user_id u, item_id i, std::span<evidence<double>> out) const noexcept {
    auto const whole = honest::explain(u, i, out);
    if (whole.count != 0 && count(u, i) > out.size()) out[0] = reason(count(u, i) - 1);
    return whole;
  }
};
struct reasons_for_strangers : honest {
  explanation<double> explain(user_id u, item_id i, std::span<evidence<double>> out) const noexcept {
    if (knows(u) || out.empty()) return honest::explain(u, i, out);
    out[0] = {evidence_kind::item, 0, 0.0};
    return {3, 1};
  }
};
struct not_a_number : honest {
  explanation<double> explain(user_id u, item_id i, std::span<evidence<double>> out) const noexcept {
    auto const whole = honest::explain(u, i, out);
    if (whole.count != 0) out[0].share = std::numeric_limits<double>::quiet_NaN();
    return whole;
  }
};

template <kindred::explainer S>
kindred::testing::law_result check(S const& model) {
  std::vector<user_id> users;
  std::vector<item_id> items;
  for (index_t u = 0; u != 5; ++u) users.push_back(user_id{u});
  for (index_t i = 0; i != 95; ++i) items.push_back(item_id{i});
  return kindred::testing::check_explainer(model, std::span<user_id const>(users), std::span<item_id const>(items));
}

}  // namespace

TEST_CASE("check_explainer: honest explainers pass") {
  CHECK(holds(check(honest{})));
  CHECK(holds(check(kindred::testing::explainer_archetype<float>(4, 50))));
  CHECK(holds(check(kindred::testing::explainer_archetype<double>(0, 0))));
}

TEST_CASE("check_explainer: liars are caught") {
  CHECK(caught(check(forgets_the_base{}), "base and shares add up"));
  CHECK(caught(check(weakest_first{}), "the strongest reasons come first"));
  CHECK(caught(check(ties_by_descending_id{}), "ties by id"));
  CHECK(caught(check(first_found_when_short_of_room{}), "less room leaves out the weakest"));
  CHECK(caught(check(reasons_for_strangers{}), "no reasons where the user or item is unknown"));
  CHECK(caught(check(not_a_number{}), "shares are finite"));
}
