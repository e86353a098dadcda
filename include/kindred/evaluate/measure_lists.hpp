// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/evaluate/liked_items.hpp>
#include <kindred/evaluate/offered_lists.hpp>
#include <kindred/evaluate/ranking_metric.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// Says one number of what one user was offered: how good, how new, how varied it is.
//
// The list is best first, without repetition, and may be shorter than asked for, or empty. The number is finite, and of an
// empty list the worst that the measure can say: what says nothing must not look good. Called from several threads.
template <class M>
concept list_measure = requires(M const& m, user_id user, std::span<item_id const> list) {
  { m(user, list) } -> std::same_as<double>;
};

// A ranking metric as a measure of lists: judged by what their users turned out to like. Looks into `liked`.
template <ranking_metric M>
class judged_by {
public:
  judged_by(M metric, liked_items const& liked) : metric_(metric), liked_(&liked) {}

  [[nodiscard]] double operator()(user_id user, std::span<item_id const> list) const noexcept {
    return metric_(list, liked_->of(user));
  }

private:
  M metric_;
  liked_items const* liked_;
};

// What each measure says of every list: one column of numbers a measure, in the order of the lists. Columns are what
// bootstrap_means gives intervals of, compare_paired compares, and group_means takes apart.
//
//   auto const [ndcg, novel] = measure_lists(lists, pool, judged_by{ndcg_at{10}, liked}, novelty{shares});
//
// Parallel over lists; the same bits on any number of threads.
template <executor E, list_measure... M>
[[nodiscard]] std::array<std::vector<double>, sizeof...(M)> measure_lists(offered_lists const& lists, E&& ex,
                                                                          M const&... measures) {
  std::array<std::vector<double>, sizeof...(M)> column;
  for (auto& values : column) values.resize(lists.size());
  for_chunks(ex, lists.size(), 64, [&](std::size_t first, std::size_t last) {
    for (std::size_t k = first; k != last; ++k) {
      std::size_t m = 0;
      ((column[m++][k] = measures(lists.users()[k], lists[k])), ...);
    }
  });
  return column;
}

KINDRED_END
