// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/assigner.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/kernel/center_panels.hpp>
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
  static constexpr std::size_t most_candidates = 16;  // compared at once

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

  // The sum of squared distances if the row were chosen as well, for each candidate. Keeps their distances, see choose_of().
  template <executor E>
  [[nodiscard]] std::vector<double> with(std::span<index_t const> candidates, E& ex) {
    std::vector<double> out(candidates.size());
    lay_out(candidates);
    stride_ = candidates.size() <= 8 ? 8 : 16;
    candidate_.resize(rows_.size() * stride_);
    if (stride_ == 8) sum_with<8>(out, ex);
    else sum_with<16>(out, ex);
    return out;
  }

  // Chooses candidate k of the last with().
  void choose_of(std::size_t k) noexcept {
    for (std::size_t i = 0; i != squared_.size(); ++i)
      if (T const squared = candidate_[i * stride_ + k]; squared < squared_[i]) squared_[i] = squared;
  }

  // Chooses the row.
  template <executor E>
  void choose(index_t row, E& ex) {
    lay_out({&row, 1});
    for_chunks(ex, rows_.size(), grain, [&](std::size_t first, std::size_t last) {
      each_row<8>(first, last, [&](index_t i, T const* squared) {
        if (squared[0] < squared_[i]) squared_[i] = squared[0];
      });
    });
  }

  // visit(row, squared distances to the candidates), for the rows first ... last - 1: at most `grain` of them. The distances
  // are Lanes, 8 or 16, no fewer than there are candidates: a number that compilers know makes a register of a loop. Those that
  // are too many repeat the first.
  template <std::size_t Lanes, class Visit>
  void each_row(std::size_t first, std::size_t last, Visit const& visit) const noexcept {
    std::array<index_t, grain> which;
    std::array<T, grain * most_candidates> score;
    for (std::size_t i = first; i != last; ++i) which[i - first] = static_cast<index_t>(i);
    rows_.scores({which.data(), last - first}, panels_, 0, panels_.panels(), score.data(), most_candidates);
    for (std::size_t i = first; i != last; ++i) {
      auto const row = static_cast<index_t>(i);
      T const length = rows_.squared_length(row);
      T const noise = 4 * error_.of(length);
      T* const own = score.data() + (i - first) * most_candidates;
      for (std::size_t k = 0; k != Lanes; ++k) {
        T const squared = length + 2 * own[k];
        own[k] = squared > noise ? squared : T{0};
      }
      visit(row, own);
    }
  }

  // Prepares each_row().
  void lay_out(std::span<index_t const> candidates) {
    std::size_t const lanes = candidates.size() <= 8 ? 8 : most_candidates;
    panels_ = kernel::center_panels<T>(static_cast<index_t>(lanes), rows_.dims());
    T longest = 0;
    for (std::size_t k = 0; k != lanes; ++k) {
      index_t const row = candidates[k < candidates.size() ? k : 0];
      T const squared = rows_.squared_length(row);
      rows_.copy_row(row, center_);
      panels_.set(static_cast<index_t>(k), squared / 2, center_);
      if (squared > longest) longest = squared;
    }
    error_ = score_error<T>(rows_.dims(), std::sqrt(longest));
  }

private:
  template <std::size_t Lanes, executor E>
  void sum_with(std::vector<double>& out, E& ex) {
    struct totals {
      std::array<double, Lanes> value{};
      totals operator+(totals const& other) const noexcept {
        totals sum;
        for (std::size_t k = 0; k != Lanes; ++k) sum.value[k] = value[k] + other.value[k];
        return sum;
      }
    };
    totals const all = reduce_chunks<totals>(ex, rows_.size(), grain, [&](std::size_t first, std::size_t last) {
      totals part;
      each_row<Lanes>(first, last, [&](index_t i, T const* squared) {
        double const w = rows_.weight(i);
        T const now = squared_[i];
        T* const kept = candidate_.data() + i * Lanes;
        for (std::size_t k = 0; k != Lanes; ++k) kept[k] = squared[k];
        for (std::size_t k = 0; k != Lanes; ++k)
          part.value[k] += w * static_cast<double>(squared[k] < now ? squared[k] : now);
      });
      return part;
    });
    for (std::size_t k = 0; k != out.size(); ++k) out[k] = all.value[k];
  }

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
  std::vector<T> candidate_;  // by row and candidate: the squared distances that with() found
  std::size_t stride_ = 0;
  std::vector<T> center_;
  std::vector<double> part_;
  double total_ = 0;
  kernel::center_panels<T> panels_;
  score_error<T> error_{1, T{0}};
};

}  // namespace detail

KINDRED_END
