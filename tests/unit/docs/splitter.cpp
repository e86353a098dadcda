// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_als.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/testing/laws/splitter.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace {

// [model]
// Newcomers: all ratings of every tenth user are held out, other users in every fold.
struct by_user {
  std::uint64_t seed = 0;

  std::uint32_t folds() const noexcept { return 10; }

  template <kindred::real T>
  std::pair<kindred::ratings<T>, kindred::ratings<T>> split(kindred::ratings<T> const& data, std::uint32_t fold) const {
    std::vector<std::uint8_t> train, test;
    for (kindred::index_t u = 0; u != data.user_count(); ++u) {
      bool const held_out = kindred::mix(seed, u) % 10 == fold;
      train.resize(train.size() + data.of(kindred::user_id{u}).size(), !held_out);
      test.resize(train.size(), held_out);
    }
    return {data.selected(train), data.selected(test)};
  }
};
static_assert(kindred::splitter<by_user, kindred::ratings<float>>);
// [/model]

}  // namespace

TEST_CASE("the minimal splitter keeps the laws and cross-validates") {
  auto const data =
      kindred::ratings<float>::from(kindred::testing::generate_ratings({.users = 100, .items = 40, .ratings = 900}),
                                    kindred::on_duplicate::error, {100, 40});
  auto const law = kindred::testing::check_splitter(by_user{.seed = 3}, data);
  CHECK_MESSAGE(law.holds(), std::string(law.message()));

  std::size_t tested = 0;
  auto const result = kindred::cross_validate(
      kindred::bias_als{}, data, by_user{}, [](auto const& model, auto const& train, auto const& test) {
        for (kindred::index_t u = 0; u != train.user_count(); ++u)
          CHECK((train.of(kindred::user_id{u}).empty() || test.of(kindred::user_id{u}).empty()));
        return kindred::evaluate_ratings(model, test);
      });
  for (auto const& fold : result.folds) tested += fold.ratings;
  CHECK(tested == data.size());
}
