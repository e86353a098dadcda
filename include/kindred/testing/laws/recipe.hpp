// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/testing/laws/result.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace testing {

namespace detail {

// Proceeds `left` times, then stops; remembers what it was told.
struct stop_after {
  std::uint32_t left;
  std::uint32_t calls = 0;
  std::uint32_t last_epoch = 0;
  bool ascending = true;

  flow operator()(progress const& p) noexcept {
    ascending = ascending && p.epoch > last_epoch;
    last_epoch = p.epoch;
    return ++calls > left ? flow::stop : flow::proceed;
  }
};

}  // namespace detail

// The laws of a recipe of a scorer: fitted twice, or on another executor, to the same data, it gives models that score
// every user and item given with the same bits; epochs are told in ascending order, and flow::stop is the last word:
// the observer is not asked again, and the model is as finite as any.
template <class R, class Data, executor E>
  requires recipe<R, Data>
law_result check_recipe(R const& how, Data const& data, E& ex, std::span<user_id const> users,
                        std::span<item_id const> items) {
  using detail::broken;
  auto const model = fit(how, data).model;
  auto const compare = [&](auto const& other, char const* when) -> law_result {
    for (user_id const u : users)
      for (item_id const i : items) {
        auto const a = score_of(model, u, i), b = score_of(other, u, i);
        if (!detail::same_bits(a, b))
          return broken("a fit is a function of recipe and data")
                 << "score(user " << to_index(u) << ", item " << to_index(i) << ") is " << a << ", and " << b
                 << " when fitted " << when;
      }
    return {};
  };
  if (auto const law = compare(fit(how, data).model, "a second time"); !law.holds()) return law;
  if (auto const law = compare(fit(how, data, ex).model, "on another executor"); !law.holds()) return law;

  for (std::uint32_t const after : {0u, 1u}) {
    detail::stop_after watch{after};
    sequential alone;
    auto const stopped = fit(how, data, alone, watch);
    if (!watch.ascending)
      return broken("epochs are told in ascending order") << "epoch " << watch.last_epoch << " came too late";
    if (watch.calls > after + 1)
      return broken("flow::stop ends the fit")
             << "the observer said stop at call " << after + 1 << " and was called " << watch.calls << " times";
    for (user_id const u : users)
      for (item_id const i : items)
        if (auto const score = score_of(stopped.model, u, i); !is_finite(score))
          return broken("a fit that was stopped gives a model")
                 << "score(user " << to_index(u) << ", item " << to_index(i) << ") is " << score << " after "
                 << watch.calls << " epochs";
  }
  return {};
}

}  // namespace testing

KINDRED_END
