// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/liked_items.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// The area under the ROC curve of every user of liked.users(), in their order: the chance that an item that the user turned out to
// like has a higher score than one that the user neither liked nor rated in `train`, equal scores counting half (Rendle,
// Freudenthaler, Gantner and Schmidt-Thieme, "BPR: Bayesian personalized ranking from implicit feedback", 2009, section 3.1.1).
// Over the whole catalog, no sampled items. Items that the model does not know have a score below all others, and tie with
// each other. 0.5 where there is nothing to tell apart. A column for bootstrap_means and compare_paired.
//
// It weighs the whole ranking alike, the last places as the first: a list of ten says little about it, and it about the list.
// O(items x log liked) a user and one score an item; parallel over users, the same bits on any number of threads.
template <scorer M, executor E = sequential>
[[nodiscard]] std::vector<double> auc_by_user(M const& model, ratings<value_t<M>> const& train,
                                              liked_items const& liked, E&& ex = {}) {
  using T = value_t<M>;
  auto const users = liked.users();
  std::vector<double> out(users.size(), 0.5);
  for_chunks(ex, users.size(), 16, [&](std::size_t first, std::size_t last) {
    std::array<item_id, block> items;
    std::array<T, block> score;
    std::vector<T> good;  // scores of known liked items, ascending
    for (std::size_t k = first; k != last; ++k) {
      user_id const u = users[k];
      auto const seen = train.of(u).index;
      auto const own = liked.of(u);
      good.clear();
      double good_unknown = 0, others = 0, right = 0, others_unknown = 0;
      auto const scores_of = [&](std::size_t count) {
        model.score(u, std::span<item_id const>(items).first(count), std::span<T>(score).first(count));
      };
      for (std::size_t at = 0; at != own.size();) {
        std::size_t count = 0;
        for (; at != own.size() && count != block; ++at) {
          if (position_of(seen, to_index(own[at])) != seen.size()) continue;  // known already: nothing to find
          if (model.knows(own[at])) items[count++] = own[at];
          else ++good_unknown;
        }
        scores_of(count);
        good.insert(good.end(), score.begin(), score.begin() + static_cast<std::ptrdiff_t>(count));
      }
      std::sort(good.begin(), good.end());
      auto const judge = [&](std::size_t count) {
        scores_of(count);
        for (std::size_t j = 0; j != count; ++j) {
          auto const [low, high] = std::equal_range(good.begin(), good.end(), score[j]);
          right += static_cast<double>(good.end() - high) + static_cast<double>(high - low) / 2;
        }
        others += static_cast<double>(count);
      };
      std::size_t next_seen = 0, next_liked = 0, count = 0;
      for (index_t i = 0; i != train.item_count(); ++i) {
        if (next_seen != seen.size() && seen[next_seen] == i) {
          ++next_seen;
          if (next_liked != own.size() && to_index(own[next_liked]) == i) ++next_liked;
          continue;
        }
        if (next_liked != own.size() && to_index(own[next_liked]) == i) {
          ++next_liked;
          continue;
        }
        if (!model.knows(item_id{i})) {
          ++others_unknown;
          continue;
        }
        items[count++] = item_id{i};
        if (count == block) {
          judge(count);
          count = 0;
        }
      }
      judge(count);
      auto const known = static_cast<double>(good.size());
      right += others_unknown * (known + good_unknown / 2);
      double const pairs = (known + good_unknown) * (others + others_unknown);
      if (pairs > 0) out[k] = right / pairs;
    }
  });
  return out;
}

KINDRED_END
