// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/assigner.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/kernel/two_closest.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// How far every row is from the closest of the rows that were chosen as centers so far, squared: what k-means++ draws by.
//
// Distances that rounding cannot tell from zero are zero, so that a row equal to a center is never drawn.
template <class Rows>
class closest_so_far {
public:
  using T = typename Rows::value_type;
  static constexpr std::size_t grain = Rows::most;
  static constexpr std::size_t most_candidates = 16;

  explicit closest_so_far(Rows const& rows)
      : rows_(rows), squared_(rows.size(), (std::numeric_limits<T>::max)() / 64), center_(rows.dims()) {}

  [[nodiscard]] T squared(index_t i) const noexcept { return squared_[i]; }

  // The weighted sum of squared distances, of each chunk and of all rows, to be drawn from.
  template <executor E>
  double measure(E& ex) {
    part_.resize(chunk_count(rows_.size(), grain));
    for_chunks(ex, rows_.size(), grain, [&](std::size_t first, std::size_t last) {
      double sum = 0;
      for (std::size_t i = first; i != last; ++i)
        sum += rows_.weight(static_cast<index_t>(i)) * static_cast<double>(squared_[i]);
      part_[first / grain] = sum;
    });
    total_ = 0;
    for (double const p : part_) total_ += p;
    return total_;
  }

  // A row, with a chance in proportion to its weight and squared distance, after measure(); index_limit when all are zero.
  template <random_source R>
  [[nodiscard]] index_t draw(R& random) const noexcept {
    double left = unit(random) * total_;
    index_t last = index_limit;
    for (std::size_t b = 0; b != part_.size(); ++b) {
      if (!(part_[b] > 0)) continue;
      if (left >= part_[b] && b + 1 != part_.size()) {
        left -= part_[b];
        last = static_cast<index_t>(b);
        continue;
      }
      if (index_t const found = draw_in(b, left); found != index_limit) return found;
    }
    return last == index_limit ? last : draw_in(last, part_[last]);  // rounding ran over the end
  }

  // The sum of squared distances if the row were chosen as well, for each candidate.
  template <executor E>
  [[nodiscard]] std::vector<double> with(std::span<index_t const> candidates, E& ex) {
    using sums = std::array<double, most_candidates>;
    struct totals {
      sums value{};
      totals operator+(totals const& other) const noexcept {
        totals out = *this;
        for (std::size_t k = 0; k != most_candidates; ++k) out.value[k] += other.value[k];
        return out;
      }
    };
    lay_out(candidates);
    totals const all = reduce_chunks<totals>(ex, rows_.size(), grain, [&](std::size_t first, std::size_t last) {
      totals out;
      each_candidate(first, last, candidates.size(), [&](index_t i, std::size_t k, T squared) {
        out.value[k] += rows_.weight(i) * static_cast<double>(squared < squared_[i] ? squared : squared_[i]);
      });
      return out;
    });
    return {all.value.begin(), all.value.begin() + static_cast<std::ptrdiff_t>(candidates.size())};
  }

  // Chooses the row.
  template <executor E>
  void choose(index_t row, E& ex) {
    lay_out({&row, 1});
    for_chunks(ex, rows_.size(), grain, [&](std::size_t first, std::size_t last) {
      each_candidate(first, last, 1, [&](index_t i, std::size_t, T squared) {
        if (squared < squared_[i]) squared_[i] = squared;
      });
    });
  }

  // visit(row, candidate, squared distance), for the rows first ... last - 1: at most `grain` of them.
  template <class Visit>
  void each_candidate(std::size_t first, std::size_t last, std::size_t candidates, Visit const& visit) const noexcept {
    constexpr std::size_t width = kernel::center_panels<T>::width;
    constexpr std::size_t stride = (most_candidates + width - 1) / width * width;
    std::array<index_t, grain> which;
    std::array<T, grain * stride> score;
    for (std::size_t i = first; i != last; ++i) which[i - first] = static_cast<index_t>(i);
    rows_.scores({which.data(), last - first}, panels_, 0, panels_.panels(), score.data(), stride);
    for (std::size_t i = first; i != last; ++i) {
      auto const row = static_cast<index_t>(i);
      T const length = rows_.squared_length(row);
      T const error = error_.of(length);
      for (std::size_t k = 0; k != candidates; ++k) {
        T const squared = length + 2 * score[(i - first) * stride + k];
        visit(row, k, squared > 4 * error ? squared : T{0});
      }
    }
  }

  // Prepares each_candidate().
  void lay_out(std::span<index_t const> candidates) {
    panels_ = kernel::center_panels<T>(static_cast<index_t>(candidates.size()), rows_.dims());
    T longest = 0;
    for (std::size_t k = 0; k != candidates.size(); ++k) {
      T const squared = rows_.squared_length(candidates[k]);
      rows_.copy_row(candidates[k], center_);
      panels_.set(static_cast<index_t>(k), squared / 2, center_);
      if (squared > longest) longest = squared;
    }
    error_ = score_error<T>(rows_.dims(), std::sqrt(longest));
  }

private:
  [[nodiscard]] index_t draw_in(std::size_t b, double left) const noexcept {
    auto const c = chunk_at(rows_.size(), grain, b);
    index_t last = index_limit;
    for (std::size_t i = c.first; i != c.last; ++i) {
      double const own = rows_.weight(static_cast<index_t>(i)) * static_cast<double>(squared_[i]);
      if (!(own > 0)) continue;
      last = static_cast<index_t>(i);
      if (left < own) return last;
      left -= own;
    }
    return last;
  }

  Rows const& rows_;
  std::vector<T> squared_;
  std::vector<T> center_;
  std::vector<double> part_;
  double total_ = 0;
  kernel::center_panels<T> panels_;
  score_error<T> error_{1, T{0}};
};

}  // namespace detail

KINDRED_END
