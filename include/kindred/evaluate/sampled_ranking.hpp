// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/liked_items.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>

KINDRED_BEGIN

struct sampled_protocol {
  std::uint32_t length = 10;       // of the lists
  std::uint32_t candidates = 100;  // that are drawn to stand beside each liked item; 1 to 255
  std::uint64_t seed = 0;

  void check() const {
    if (length == 0) raise(error(error_kind::setting) << "sampled_protocol: length = 0; a list has at least one item");
    if (candidates == 0 || candidates >= block)
      raise(error(error_kind::setting) << "sampled_protocol: candidates = " << candidates << "; there are 1 to 255");
  }
};

// Not what users would see: figures of lists of one liked item and a few drawn ones.
struct sampled_ranking {
  double sampled_hit_rate = 0;
  double sampled_ndcg = 0;
  double sampled_mrr = 0;
  std::size_t questions = 0;  // liked items asked about

  friend auto fields(sampled_ranking& s) noexcept {
    return std::tie(s.sampled_hit_rate, s.sampled_ndcg, s.sampled_mrr);
  }
};

// For comparison with papers that sample: every liked item of every user is ranked among `candidates` items drawn at random, with
// repetition, from those that the user neither rated in `train` nor liked (He et al., "Neural collaborative filtering", 2017, for
// one item a user and 100 candidates). Ties share the mean of their ranks. Sampled figures are higher than true ones and need not
// order models as the true ones do (Krichene and Rendle, "On sampled metrics for item recommendation", 2020): to choose a model,
// use evaluate_ranking. Candidates of a user are drawn from the stream (seed, user): the same bits on any number of threads. A
// user for whom there is nothing to draw is passed over.
template <scorer M, executor E = sequential>
[[nodiscard]] sampled_ranking evaluate_sampled_ranking(M const& model, ratings<value_t<M>> const& train,
                                                       liked_items const& liked, sampled_protocol how = {},
                                                       E&& ex = {}) {
  using T = value_t<M>;
  how.check();
  struct sums {
    double hits = 0, gain = 0, reciprocal = 0;
    std::size_t questions = 0;
    sums operator+(sums const& o) const noexcept {
      return {hits + o.hits, gain + o.gain, reciprocal + o.reciprocal, questions + o.questions};
    }
  };
  auto const users = liked.users();
  auto const sum = reduce_chunks<sums>(ex, users.size(), 32, [&](std::size_t first, std::size_t last) {
    sums part;
    std::array<item_id, block> items;
    std::array<T, block> score;
    std::size_t const count = how.candidates;
    for (std::size_t k = first; k != last; ++k) {
      user_id const u = users[k];
      auto const seen = train.of(u).index;
      auto const own = liked.of(u);
      auto const excluded = [&](index_t i) {
        return position_of(seen, i) != seen.size() || std::binary_search(own.begin(), own.end(), item_id{i});
      };
      std::size_t barred = seen.size();
      for (item_id const i : own)
        barred += to_index(i) < train.item_count() && position_of(seen, to_index(i)) == seen.size();
      if (barred >= train.item_count()) continue;
      random_stream random(how.seed, to_index(u));
      for (item_id const asked : own) {
        for (std::size_t c = 0; c != count; ++c) {
          index_t drawn = below(random, train.item_count());
          while (excluded(drawn)) drawn = below(random, train.item_count());
          items[c] = item_id{drawn};
        }
        items[count] = asked;
        model.score(u, std::span<item_id const>(items).first(count + 1), std::span<T>(score).first(count + 1));
        double above = 0, equal = 0;
        for (std::size_t c = 0; c != count; ++c) {
          above += score[c] > score[count];
          equal += score[c] == score[count];
        }
        double const rank = 1 + above + equal / 2;
        if (rank <= how.length) {
          ++part.hits;
          part.gain += 1 / std::log2(rank + 1);
          part.reciprocal += 1 / rank;
        }
        ++part.questions;
      }
    }
    return part;
  });
  if (sum.questions == 0) return {};
  auto const n = static_cast<double>(sum.questions);
  return {sum.hits / n, sum.gain / n, sum.reciprocal / n, sum.questions};
}

KINDRED_END
