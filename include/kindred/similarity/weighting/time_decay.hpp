// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/prepared.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A weighting: every value times 2^(-age / half_life), the age counted from the newest rating of all (Ding and Li, "Time weight
// collaborative filtering", 2005).
//
// half_life is in the unit of the times, which are seconds in files of ratings. Throws error{data} when the ratings have no
// times.
struct time_decay {
  double half_life = 90.0 * 24 * 60 * 60;  // above zero

  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    if (!data.timed() && !data.empty())
      raise(error(error_kind::data) << "time_decay: the ratings have no times, by which their age could be told");
    auto const each = [&](auto const& visit) {
      for (index_t u = 0; u != data.user_count(); ++u) {
        auto const row = data.of(user_id{u});
        auto const times = data.times(user_id{u});
        for (std::size_t k = 0; k != row.size(); ++k) visit(static_cast<double>(times[k]), row.value[k]);
      }
    };
    double newest = std::numeric_limits<double>::lowest();
    each([&](double time, T) { newest = (std::max)(newest, time); });
    std::vector<T> value;
    value.reserve(data.size());
    each([&](double time, T old) {
      value.push_back(static_cast<T>(static_cast<double>(old) * std::exp2((time - newest) / half_life)));
    });
    return data.with_values(std::move(value));
  }

  void check() const {
    if (!(is_finite(half_life) && half_life > 0))
      raise(error(error_kind::setting) << "time_decay: half_life = " << half_life
                                       << "; it has to be a number above zero");
  }
};

KINDRED_END
