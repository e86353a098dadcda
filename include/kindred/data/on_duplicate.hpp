// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/rating_table.hpp>

#include <cstdint>
#include <span>

KINDRED_BEGIN

// What becomes of two or more observations of one user and item.
//
// "First" and "last" go by time where there are times, and by order otherwise; equal times by order.
enum class on_duplicate : std::uint8_t {
  error,  // refuse, naming both
  first,  // keep the earliest
  last,   // keep the latest
  mean,   // the weighted mean of the values; the sum of the weights; the latest time
  sum     // the sum of the values; the largest weight; the latest time
};

namespace detail {

template <real T>
struct merged {
  T value;
  std::int64_t time = 0;
  T weight = 1;
};

// One observation made of those at `rows`, which are of one user and item and in their original order. Where the table is a part
// of a larger one, number(row) tells which observation of that a row is.
template <real T, class Number>
[[nodiscard]] merged<T> merge(rating_table<T> const& seen, std::span<offset_t const> rows, on_duplicate policy,
                              Number const& number) {
  auto const time = [&](offset_t k) { return seen.time.empty() ? std::int64_t{0} : seen.time[k]; };
  auto const weight = [&](offset_t k) { return seen.weight.empty() ? T{1} : seen.weight[k]; };
  merged<T> one{seen.value[rows[0]], time(rows[0]), weight(rows[0])};
  if (rows.size() == 1) return one;
  if (policy == on_duplicate::error)
    raise(error(error_kind::data).at(number(rows[1]))
          << "user " << to_index(seen.user[rows[0]]) << " and item " << to_index(seen.item[rows[0]])
          << " are rated twice, by observations " << number(rows[0]) << " and " << number(rows[1])
          << "; an on_duplicate policy says what to make of it");

  double sum = 0;
  double total_weight = 0;
  for (offset_t const k : rows) {
    bool const earlier = time(k) < one.time;
    bool const later = time(k) >= one.time;
    bool const chosen = policy == on_duplicate::first ? earlier : policy == on_duplicate::last && later;
    if (chosen) one = {seen.value[k], time(k), weight(k)};
    else if (policy == on_duplicate::mean || policy == on_duplicate::sum) {
      if (later) one.time = time(k);
      if (weight(k) > one.weight) one.weight = weight(k);
    }
    double const w = policy == on_duplicate::mean ? static_cast<double>(weight(k)) : 1;
    sum += w * static_cast<double>(seen.value[k]);
    total_weight += w;
  }
  if (policy == on_duplicate::sum) one.value = static_cast<T>(sum);
  if (policy == on_duplicate::mean) {
    one.value = static_cast<T>(sum / total_weight);
    one.weight = static_cast<T>(total_weight);
  }
  if (!is_finite(one.value) || !is_finite(one.weight))
    raise(error(error_kind::data).at(number(rows[0]))
          << "the " << rows.size() << " observations of user " << to_index(seen.user[rows[0]]) << " and item "
          << to_index(seen.item[rows[0]]) << " add up to more than the number type holds");
  return one;
}

}  // namespace detail

KINDRED_END
