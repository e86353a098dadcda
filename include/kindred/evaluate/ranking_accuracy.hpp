// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/average_precision_at.hpp>
#include <kindred/evaluate/each_prediction.hpp>
#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/evaluate/precision_at.hpp>
#include <kindred/evaluate/ranking_metric.hpp>
#include <kindred/evaluate/ranking_protocol.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Means over the users who were judged, and how much of the catalog was recommended to them.
template <std::size_t Count>
struct ranking_means {
  std::array<double, Count> mean{};
  double coverage = 0;       // items recommended to somebody / items of the population
  std::size_t users = 0;     // judged
  std::size_t left_out = 0;  // without a relevant item in the test part
};

namespace detail {

// A metric that looks at k places has to get them: a shorter list would pass for one that the model cut short.
template <class M>
void check_places(M const& metric, std::uint32_t length) {
  if constexpr (requires {
                  { metric.k } -> std::convertible_to<std::uint64_t>;
                }) {
    auto const k = static_cast<std::uint64_t>(metric.k);
    if (k == 0 || k > length)
      raise(error(error_kind::setting) << "a ranking metric at k = " << k << ", but lists of length " << length
                                       << "; k goes from 1 to the length");
  }
}

}  // namespace detail

// Recommends to every user who has a relevant item in `test`, from all items that the user has not rated in `train`, and
// judges each list by each metric. Users without one are left out: nothing could be found for them. The lists are those of
// top_n: ties go to the lower id, and items that the model does not know are not recommended. Full ranking, no sampled
// candidates. A scorer or a recommender. Throws error{setting} when the protocol has a length of 0 or a threshold that is no
// number, or a metric has a member k that is 0 or exceeds the length. Parallel over users, the same bits on any number of
// threads.
template <list_source M, executor E, ranking_metric... Metrics>
[[nodiscard]] ranking_means<sizeof...(Metrics)> judge_ranking(M const& model, ratings<value_t<M>> const& train,
                                                              ratings<value_t<M>> const& test,
                                                              ranking_protocol const& protocol, E& ex,
                                                              Metrics const&... metrics) {
  constexpr std::size_t count = sizeof...(Metrics);
  protocol.check();
  (detail::check_places(metrics, protocol.length), ...);
  auto const relevant_from = detail::nearest<value_t<M>>(protocol.relevant_from);
  struct sums {
    std::array<double, count> metric{};
    std::size_t users = 0;
    std::size_t left_out = 0;
    sums operator+(sums const& other) const noexcept {
      sums out{metric, users + other.users, left_out + other.left_out};
      for (std::size_t m = 0; m != count; ++m) out.metric[m] += other.metric[m];
      return out;
    }
  };
  std::vector<std::atomic<bool>> recommended(train.item_count());
  auto const sum = reduce_chunks<sums>(ex, test.user_count(), 32, [&](std::size_t first, std::size_t last) {
    sums part;
    std::vector<scored_item<value_t<M>>> best((std::min)(protocol.length, train.item_count()));
    std::vector<item_id> ranked;
    std::vector<item_id> relevant;
    for (std::size_t u = first; u != last; ++u) {
      user_id const user{static_cast<index_t>(u)};
      auto const row = test.of(user);
      relevant.clear();
      for (std::size_t k = 0; k != row.size(); ++k)
        if (row.value[k] >= relevant_from) relevant.push_back(item_id{row.index[k]});
      if (relevant.empty()) {
        ++part.left_out;
        continue;
      }
      std::size_t const found = top_n(model, user, unseen(train, user), std::span<scored_item<value_t<M>>>(best));
      ranked.clear();
      for (std::size_t k = 0; k != found; ++k) {
        ranked.push_back(best[k].item);
        recommended[to_index(best[k].item)].store(true, std::memory_order_relaxed);
      }
      std::size_t m = 0;
      ((part.metric[m++] += metrics(std::span<item_id const>(ranked), std::span<item_id const>(relevant))), ...);
      ++part.users;
    }
    return part;
  });

  ranking_means<count> out{.mean = sum.metric, .users = sum.users, .left_out = sum.left_out};
  for (double& mean : out.mean) mean = sum.users != 0 ? mean / static_cast<double>(sum.users) : 0;
  std::size_t distinct = 0;
  for (std::atomic<bool> const& item : recommended) distinct += item.load(std::memory_order_relaxed) ? 1u : 0u;
  if (!recommended.empty()) out.coverage = static_cast<double>(distinct) / static_cast<double>(recommended.size());
  return out;
}

// The usual figures at one k.
struct ranking_accuracy {
  double precision = 0;
  double recall = 0;
  double hit_rate = 0;
  double ndcg = 0;
  double map = 0;  // mean of average_precision_at
  double mrr = 0;  // mean of reciprocal_rank_at
  double coverage = 0;
  std::size_t users = 0;
  std::size_t left_out = 0;

  // The figures that have a mean and a spread over folds.
  friend auto fields(ranking_accuracy& a) noexcept {
    return std::tie(a.precision, a.recall, a.hit_rate, a.ndcg, a.map, a.mrr, a.coverage);
  }
};

// judge_ranking with all of the library's metrics at k = protocol.length.
template <list_source M, executor E = sequential>
[[nodiscard]] ranking_accuracy evaluate_ranking(M const& model, ratings<value_t<M>> const& train,
                                                ratings<value_t<M>> const& test, ranking_protocol const& protocol = {},
                                                E&& ex = {}) {
  std::uint32_t const k = protocol.length;
  auto const judged = judge_ranking(model, train, test, protocol, ex, precision_at{k}, recall_at{k}, hit_rate_at{k},
                                    ndcg_at{k}, average_precision_at{k}, reciprocal_rank_at{k});
  auto const& m = judged.mean;
  return {m[0], m[1], m[2], m[3], m[4], m[5], judged.coverage, judged.users, judged.left_out};
}

KINDRED_END
