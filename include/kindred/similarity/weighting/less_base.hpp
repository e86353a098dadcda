// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/similarity/prepared.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A weighting: every value less what a base predictor, fitted to the same ratings, says of it. The base is any recipe of a
// predictor: on biases it takes off what is due to the user and to the item, and leaves what they have to do with each other.
//
// The k-NN recipes have a base already and need no second one: on_residuals takes theirs. Fits on the calling thread.
template <class Base>
struct less_base {
  Base base = {};

  template <entity_id Row, real T>
    requires recipe<Base, ratings<T>>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    auto const model = kindred::fit(base, data).model;
    static_assert(predictor<std::remove_const_t<decltype(model)>>, "less_base: the base does not predict ratings");
    std::vector<T> left;
    left.reserve(data.size());
    std::array<item_id, block> items;
    std::array<T, block> said;
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t from = 0; from != row.size();) {
        std::size_t const count = (std::min)(block, row.size() - from);
        for (std::size_t k = 0; k != count; ++k) items[k] = item_id{row.index[from + k]};
        model.score(user_id{u}, std::span<item_id const>(items).first(count), std::span<T>(said).first(count));
        for (std::size_t k = 0; k != count; ++k) left.push_back(row.value[from + k] - said[k]);
        from += count;
      }
    }
    return data.with_values(std::move(left));
  }

  void check() const { check_settings(base); }
};

KINDRED_END
