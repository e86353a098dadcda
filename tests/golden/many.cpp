// SPDX-License-Identifier: BSL-1.0
//
// Of more than a million ratings, and of vectors that exceed the caches, sgd keeps no copy: it cuts what it learns from when its
// turn comes. The same bits on any number of threads, too.
#include "../support/bits.hpp"

#include <kindred/data/ratings.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace {

// 1 050 000 ratings of 262 500 users, four each.
kindred::ratings<float> const& many() {
  static auto const table = [] {
    kindred::rating_table<float> told;
    for (kindred::index_t u = 0; u != 262500; ++u)
      for (kindred::index_t k = 0; k != 4; ++k) {
        auto const drawn = static_cast<kindred::index_t>(kindred::mix(u, k) % 500);
        told.add(kindred::user_id{u}, kindred::item_id{4 * drawn + k}, static_cast<float>(1 + drawn % 5));
      }
    return kindred::ratings<float>::from(told);
  }();
  return table;
}

std::vector<float> numbers(auto const& model) {
  std::vector<float> all;
  for (kindred::index_t u = 0; u < model.users().rows(); u += 100)
    all.insert(all.end(), model.users().row(u).begin(), model.users().row(u).end());
  for (kindred::index_t i = 0; i != model.items().rows(); ++i)
    all.insert(all.end(), model.items().row(i).begin(), model.items().row(i).end());
  return all;
}

void check(auto const& how) {
  kindred::thread_pool one(1), three(3);
  auto const alone = kindred::fit(how, many(), one), together = kindred::fit(how, many(), three);
  CHECK(support::same_bits(numbers(alone.model), numbers(together.model)));
  CHECK(alone.report.objective == together.report.objective);
}

}  // namespace

TEST_CASE("many: sgd of shards") { check(kindred::sgd<>{.factors = 16, .epochs = 1}); }
