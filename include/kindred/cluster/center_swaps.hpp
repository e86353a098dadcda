// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/assigner.hpp>
#include <kindred/cluster/center_set.hpp>
#include <kindred/cluster/closest_so_far.hpp>
#include <kindred/core/id.hpp>
#include <kindred/kernel/two_closest.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Swaps single centers for rows while that makes the sum of squared distances smaller.
template <class Rows>
class center_swaps {
public:
  using T = typename Rows::value_type;
  static constexpr std::size_t candidates = 8;
  static constexpr std::size_t grain = Rows::most;

  center_swaps(Rows const& rows, center_set<T>& centers)
      : rows_(rows), centers_(centers), own_(rows.size()), far_(rows) {}

  // How many swaps were made in at most `rounds` rounds; ends early after eight rounds without.
  template <executor E>
  index_t run(index_t rounds, std::uint64_t seed, E& ex) {
    index_t made = 0;
    std::size_t idle = 0;
    double cost = look(ex);
    for (index_t round = 0; round != rounds && idle != 8 && cost > 0; ++round) {
      random_stream random(seed, round);
      std::vector<index_t> drawn;
      for (std::size_t k = 0; k != candidates; ++k)
        if (index_t const row = draw(random, cost); row != index_limit) drawn.push_back(row);
      if (drawn.empty()) break;
      auto const best = weigh(drawn, ex);
      if (best.cost < cost * (1 - 1e-4)) {
        rows_.copy_row(drawn[best.candidate], centers_.row(best.center));
        centers_.settle(best.center, 0);
        centers_.settle_all();
        cost = look(ex);
        idle = 0;
        ++made;
      } else {
        ++idle;
      }
    }
    return made;
  }

private:
  struct served {
    index_t center;
    T first;   // squared distance to the closest center
    T second;  // and to the next
  };
  struct swap_choice {
    double cost;
    std::size_t candidate;
    index_t center;
  };
  struct losses {
    std::vector<double> total;  // by candidate: the cost when it is added
    std::vector<double> loss;   // by center and candidate: what taking the center away adds to that

    friend losses operator+(losses a, losses const& b) {
      if (a.total.empty()) return b;
      for (std::size_t k = 0; k != a.total.size(); ++k) a.total[k] += b.total[k];
      for (std::size_t k = 0; k != a.loss.size(); ++k) a.loss[k] += b.loss[k];
      return a;
    }
  };

  template <executor E>
  double look(E& ex) {
    auto const& panels = centers_.panels();
    return reduce_chunks<double>(ex, rows_.size(), grain, [&](std::size_t first, std::size_t last) {
      std::array<index_t, grain> which;
      std::array<kernel::two_closest<T>, grain> two;
      for (std::size_t i = first; i != last; ++i) which[i - first] = static_cast<index_t>(i);
      rows_.closest({which.data(), last - first}, panels, 0, panels.panels(), two.data());
      score_error<T> const rounding(rows_.dims(), centers_.longest());
      double sum = 0;
      for (std::size_t i = first; i != last; ++i) {
        auto const row = static_cast<index_t>(i);
        T const length = rows_.squared_length(row);
        T const error = rounding.of(length);
        auto const squared = [&](T score) {
          constexpr T most_far = (std::numeric_limits<T>::max)() / 64;
          T const d = length + 2 * (score < most_far ? score : most_far);
          return d > 4 * error ? d : T{0};
        };
        auto const& found = two[i - first];
        own_[i] = {found.id, squared(found.first), squared(found.second)};
        sum += rows_.weight(row) * static_cast<double>(own_[i].first);
      }
      return sum;
    });
  }

  template <random_source R>
  [[nodiscard]] index_t draw(R& random, double cost) const noexcept {
    double left = unit(random) * cost;
    index_t last = index_limit;
    for (index_t i = 0; i != rows_.size(); ++i) {
      double const own = rows_.weight(i) * static_cast<double>(own_[i].first);
      if (!(own > 0)) continue;
      last = i;
      if (left < own) break;
      left -= own;
    }
    return last;
  }

  template <executor E>
  [[nodiscard]] swap_choice weigh(std::span<index_t const> drawn, E& ex) {
    far_.lay_out(drawn);
    std::size_t const centers = centers_.size();
    losses const all = reduce_chunks<losses>(ex, rows_.size(), 16 * grain, [&](std::size_t first, std::size_t last) {
      losses out{std::vector<double>(candidates), std::vector<double>(candidates * centers)};
      for (std::size_t from = first; from < last; from += grain)
        far_.template each_row<candidates>(from, from + grain < last ? from + grain : last,
                                           [&](index_t i, T const* squared) {
                                             double const w = rows_.weight(i);
                                             served const own = own_[i];
                                             double* const loss = out.loss.data() + own.center * candidates;
                                             for (std::size_t k = 0; k != candidates; ++k) {
                                               T const with = squared[k] < own.first ? squared[k] : own.first;
                                               T const without = squared[k] < own.second ? squared[k] : own.second;
                                               out.total[k] += w * static_cast<double>(with);
                                               loss[k] += w * static_cast<double>(without - with);
                                             }
                                           });
      return out;
    });
    swap_choice best{(std::numeric_limits<double>::max)(), 0, 0};
    for (std::size_t k = 0; k != drawn.size(); ++k)
      for (index_t c = 0; c != centers_.size(); ++c)
        if (double const cost = all.total[k] + all.loss[c * candidates + k]; cost < best.cost) best = {cost, k, c};
    return best;
  }

  Rows const& rows_;
  center_set<T>& centers_;
  std::vector<served> own_;
  closest_so_far<Rows> far_;
};

}  // namespace detail

KINDRED_END
