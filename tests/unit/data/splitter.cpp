// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/k_fold.hpp>
#include <kindred/data/leave_one_out.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/data/time_split.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <utility>

using kindred::ratings;
using kindred::splitter;

namespace {

template <class S>
constexpr bool splits_both = splitter<S, ratings<float>> && splitter<S, ratings<double>>;

static_assert(splits_both<kindred::k_fold>);
static_assert(splits_both<kindred::random_holdout>);
static_assert(splits_both<kindred::leave_one_out>);
static_assert(splits_both<kindred::leave_last_out>);
static_assert(splits_both<kindred::since>);
static_assert(splits_both<kindred::time_split>);
static_assert(splits_both<kindred::user_time_split>);

struct may_throw {
  std::uint32_t folds() const { return 1; }
  std::pair<ratings<float>, ratings<float>> split(ratings<float> const& data, std::uint32_t) const {
    return {data, {}};
  }
};
struct of_float : may_throw {
  std::uint32_t folds() const noexcept { return 1; }
};
static_assert(!splitter<may_throw, ratings<float>>);
static_assert(splitter<of_float, ratings<float>>);
static_assert(!splitter<of_float, ratings<double>>);

}  // namespace

TEST_CASE("splitters tell their folds") {
  CHECK(kindred::k_fold{.count = 7}.folds() == 7);
  CHECK(kindred::random_holdout{}.folds() == 1);
  CHECK(kindred::leave_one_out{}.folds() == 1);
  CHECK(kindred::leave_last_out{}.folds() == 1);
  CHECK(kindred::since{}.folds() == 1);
  CHECK(kindred::time_split{}.folds() == 1);
  CHECK(kindred::user_time_split{}.folds() == 1);
}
