// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_als.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/slope_one_model.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Slope One, weighted: who liked this film by half a star more than that one, will like it so again. No similarity, nothing
// to tune, and often as good as what has both; see slope_one_model for the formula.
//
// Costs the sum over users of their squared rating counts, and keeps `candidates` partners an item, those that share the most
// users with it: 16 bytes each for float, and never items x items unless candidates asks for it. Base is any recipe of a
// predictor, for what no rating speaks of. Weights of ratings reach the base alone. Deterministic on any number of threads.
// One epoch; nothing to observe. Ratings so large that their differences overflow give error{numeric}.
template <class Base = bias_als>
struct slope_one {
  std::uint32_t candidates = 4000;  // partners kept an item
  std::uint32_t min_shared = 2;     // users that two items must share to be partners
  Base base = {};

  template <real T, executor E, observer O>
    requires recipe<Base, ratings<T>>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O&) const {
    if (candidates == 0)
      raise(error(error_kind::setting) << "slope_one: candidates = 0; nothing would be left to go by");
    check_size(data);
    auto model = kindred::fit(base, data, ex).model;
    static_assert(predictor<decltype(model)>, "slope_one: the base does not predict ratings");
    std::vector<std::vector<partner>> partners(data.item_count());
    for_chunks(ex, data.item_count(), data.item_count() / 128 + 1, [&](std::size_t first, std::size_t last) {
      std::vector<partner> all(data.item_count());
      for (std::size_t i = first; i != last; ++i) partners[i] = partners_of(data, static_cast<index_t>(i), all);
    });
    std::vector<offset_t> offset{0};
    std::vector<index_t> index;
    std::vector<T> difference, shared;
    for (auto const& row : partners) {
      for (partner const& p : row) {
        index.push_back(p.item);
        difference.push_back(static_cast<T>(p.difference));
        shared.push_back(static_cast<T>(p.shared));
      }
      offset.push_back(index.size());
    }
    auto const rows = [&](std::vector<T> const& value) {
      return csr<T>(csr_view<T>(unchecked, offset, index, value, data.item_count()));
    };
    using trained = slope_one_model<T, decltype(model)>;
    return fitted<trained>{trained(std::move(model), csr<T>(data.by_user()), rows(difference), rows(shared)),
                           {.epochs = 1}};
  }

private:
  struct partner {
    index_t item = 0;
    index_t shared = 0;
    double difference = 0;  // the sum over who rated both of this item's rating less the other's
  };

  // The partners of one item, in ascending order; `all` is scratch, zero before and after.
  template <real T>
  [[nodiscard]] std::vector<partner> partners_of(ratings<T> const& data, index_t i, std::vector<partner>& all) const {
    std::vector<index_t> met;
    auto const who = data.of(item_id{i});
    for (std::size_t v = 0; v != who.size(); ++v) {
      auto const row = data.of(user_id{who.index[v]});
      for (std::size_t k = 0; k != row.size(); ++k) {
        partner& p = all[row.index[k]];
        if (p.shared++ == 0) met.push_back(row.index[k]);
        p.difference += static_cast<double>(row.value[k]) - static_cast<double>(who.value[v]);
      }
    }
    std::vector<partner> kept;
    for (index_t const j : met) {
      if (j != i && all[j].shared >= min_shared) kept.push_back({j, all[j].shared, all[j].difference});
      all[j] = {};
    }
    auto const more = [](partner const& a, partner const& b) {
      return a.shared != b.shared ? a.shared > b.shared : a.item < b.item;
    };
    if (kept.size() > candidates) {
      std::nth_element(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(candidates), kept.end(), more);
      kept.resize(candidates);
    }
    std::sort(kept.begin(), kept.end(), [](partner const& a, partner const& b) { return a.item < b.item; });
    return kept;
  }

  // A sum over all users of differences has to fit the model's numbers.
  template <real T>
  static void check_size(ratings<T> const& data) {
    double const most = static_cast<double>((std::numeric_limits<T>::max)()) / 65536 / (data.user_count() + 1.0);
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        if (auto const r = static_cast<double>(row.value[k]); r > most || r < -most)
          raise(error(error_kind::numeric).at(u, row.index[k])
                << "slope_one: user " << u << " rated item " << row.index[k] << " with " << r
                << "; sums of differences of such numbers overflow");
    }
  }
};

KINDRED_END
