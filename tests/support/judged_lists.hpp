// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <set>
#include <span>
#include <vector>

namespace support {

inline std::vector<kindred::item_id> items(std::initializer_list<kindred::index_t> numbers) {
  std::vector<kindred::item_id> list;
  for (kindred::index_t const n : numbers) list.push_back(kindred::item_id{n});
  return list;
}

// metric(ranked, relevant), with the items written as numbers.
template <class Metric>
double judge(Metric const& metric, std::initializer_list<kindred::index_t> ranked,
             std::initializer_list<kindred::index_t> relevant) {
  auto const list = items(ranked);
  auto const liked = items(relevant);
  return metric(std::span<kindred::item_id const>(list), std::span<kindred::item_id const>(liked));
}

// A recommendation of 0 to 30 of 40 items, of which 0 to 20 are relevant, to be judged at k from 1 to 25.
struct random_judgement {
  std::uint32_t k;
  std::vector<kindred::item_id> ranked;
  std::vector<kindred::item_id> relevant;

  explicit random_judgement(std::uint64_t trial) {
    kindred::random_stream random(20, trial);
    k = 1 + kindred::below(random, 25);
    auto const some = [&](std::uint32_t most) {
      std::vector<kindred::item_id> all;
      for (kindred::index_t i = 0; i != 40; ++i) all.push_back(kindred::item_id{i});
      kindred::shuffle(random, std::span(all));
      all.resize(kindred::below(random, most + 1));
      return all;
    };
    ranked = some(30);
    relevant = some(20);
    std::sort(relevant.begin(), relevant.end());
  }

  // 1 at every one of the k places that holds a relevant item, else 0; what the list lacks is 0.
  std::vector<int> hits() const {
    std::set<kindred::item_id> const liked(relevant.begin(), relevant.end());
    std::vector<int> hit(k, 0);
    for (std::size_t p = 0; p != hit.size(); ++p) hit[p] = p < ranked.size() && liked.count(ranked[p]) != 0;
    return hit;
  }
};

// The largest difference of metric_at(k) and twin(judgement) over 1000 random judgements.
template <class MetricAt, class Twin>
double largest_difference(MetricAt const& metric_at, Twin const& twin) {
  double largest = 0;
  for (std::uint64_t trial = 0; trial != 1000; ++trial) {
    random_judgement const one(trial);
    double const value = metric_at(one.k)(std::span<kindred::item_id const>(one.ranked),
                                          std::span<kindred::item_id const>(one.relevant));
    double const apart = value - twin(one);
    if (!(apart >= -largest && apart <= largest)) largest = apart < 0 ? -apart : apart;
  }
  return largest;
}

}  // namespace support
