// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "error_of.hpp"
#include "timed_ratings.hpp"

#include <kindred/testing/laws/splitter.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace support {

// What every splitter owes: the laws on random data, on empty data and on one user, with times and weights going along, and
// the same parts when the observations come in another order.
template <kindred::real T, class Splitter>
void check_any_splitter(Splitter const& splitter) {
  auto const list = random_timed_list(30, 20, 0.4, 1);
  auto const data = timed_ratings_of<T>(list, {33, 22});
  auto const lawful = [&](kindred::ratings<T> const& whole) {
    auto const law = kindred::testing::check_splitter(splitter, whole);
    CHECK_MESSAGE(law.holds(), std::string(law.message()));
  };
  lawful(data);
  lawful(kindred::ratings<T>{});
  lawful(timed_ratings_of<T>({}, {3, 4}));
  lawful(timed_ratings_of<T>({{0, 0, 1, 5}}));
  lawful(timed_ratings_of<T>({{0, 0, 1, 5}, {0, 3, 2, 5}, {0, 1, 2, 4}}));

  auto const reordered = timed_ratings_of<T>(shuffled_list(list, 3), {33, 22});
  for (std::uint32_t fold = 0; fold != splitter.folds(); ++fold) {
    auto const [train, test] = splitter.split(data, fold);
    CHECK(splitter.split(reordered, fold) == std::pair(train, test));
    for (auto const* part : {&train, &test})
      for (index_t u = 0; u != part->user_count(); ++u) {
        auto const row = part->of(user_id{u});
        auto const whole = data.of(user_id{u});
        for (std::size_t k = 0; k != row.size(); ++k)
          CHECK(part->times(user_id{u})[k] == data.times(user_id{u})[kindred::position_of(whole.index, row.index[k])]);
      }
  }
}

// That ratings without times are refused, by a sentence that names the splitter.
template <class Splitter>
void check_needs_times(Splitter const& splitter, std::string_view names) {
  auto const e = error_of([&] { static_cast<void>(splitter.split(random_ratings<float>(5, 5, 0.5, 1), 0)); });
  CHECK(e.kind() == kindred::error_kind::data);
  CHECK(says(e, names));
  CHECK(says(e, "no times"));
}

// That a fold, or a setting, is refused by a sentence with these words.
template <class Splitter>
void check_refused(Splitter const& splitter, std::uint32_t fold, std::string_view words) {
  auto const data = timed_ratings_of<float>(random_timed_list(5, 5, 0.5, 1));
  auto const e = error_of([&] { static_cast<void>(splitter.split(data, fold)); });
  CHECK(e.kind() == kindred::error_kind::setting);
  CHECK_MESSAGE(says(e, words), e.what());
}

}  // namespace support
