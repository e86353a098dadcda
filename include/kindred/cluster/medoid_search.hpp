// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Medoids among rows whose distances are all known, and what swapping one of them for another row would change: all k swaps of a
// row are weighed in one pass over the rows, instead of k (Schubert and Rousseeuw, "Faster k-medoids clustering", 2019).
//
// apart[c * n + o] is how far row o is from row c as its medoid.
template <real T>
class medoid_search {
public:
  struct swap_choice {
    double change = 0;  // of the inertia
    index_t row = index_limit;
    std::size_t medoid = 0;
  };

  medoid_search(T const* apart, std::span<T const> weight, std::size_t rows)
      : apart_(apart), weight_(weight), rows_(rows), is_medoid_(rows), served_(rows) {}

  [[nodiscard]] std::span<index_t const> medoids() const noexcept { return medoid_; }
  [[nodiscard]] double inertia() const noexcept { return inertia_; }
  [[nodiscard]] bool is_medoid(std::size_t row) const noexcept { return is_medoid_[row] != 0; }
  [[nodiscard]] index_t label(std::size_t row) const noexcept { return served_[row].closest; }

  // Begins with rows drawn at random, each once.
  void draw(std::size_t count, std::uint64_t seed) {
    std::vector<index_t> all(rows_);
    for (std::size_t i = 0; i != rows_; ++i) all[i] = static_cast<index_t>(i);
    random_stream random(seed, 0);
    for (std::size_t k = 0; k != count; ++k)
      std::swap(all[k], all[k + below(random, static_cast<std::uint32_t>(rows_ - k))]);
    all.resize(count);
    begin(std::move(all));
  }

  // Begins with the row that is closest to all, and adds the one that lowers the inertia most, the lowest of equally good
  // ones: BUILD (Kaufman and Rousseeuw, 1987). O(rows^2 x count).
  template <executor E>
  void build(std::size_t count, E& ex) {
    std::vector<double> reach(rows_, (std::numeric_limits<double>::max)());
    std::vector<double> left(rows_);
    std::vector<index_t> chosen;
    std::vector<char> taken(rows_);
    while (chosen.size() != count) {
      for_chunks(ex, rows_, 16, [&](std::size_t first, std::size_t last) {
        for (std::size_t c = first; c != last; ++c) {
          double sum = 0;
          T const* const to = apart_ + c * rows_;
          for (std::size_t o = 0; o != rows_; ++o) {
            auto const d = static_cast<double>(to[o]);
            sum += weight(o) * (d < reach[o] ? d : reach[o]);
          }
          left[c] = sum;
        }
      });
      std::size_t best = rows_;
      for (std::size_t c = 0; c != rows_; ++c)
        if (taken[c] == 0 && (best == rows_ || left[c] < left[best])) best = c;
      taken[best] = 1;
      chosen.push_back(static_cast<index_t>(best));
      for (std::size_t o = 0; o != rows_; ++o)
        if (auto const d = static_cast<double>(apart_[best * rows_ + o]); d < reach[o]) reach[o] = d;
    }
    begin(std::move(chosen));
  }

  void begin(std::vector<index_t> chosen) {
    medoid_ = std::move(chosen);
    for (index_t const m : medoid_) is_medoid_[m] = 1;
    look();
  }

  // The medoid that a row had best take the place of, the first of equally good ones, and what that changes.
  [[nodiscard]] swap_choice weigh(index_t row, std::vector<double>& change) const {
    change = removal_;
    double gain = 0;
    T const* const to = apart_ + std::size_t{row} * rows_;
    if (medoid_.size() == 1) {  // nobody has another medoid to go to
      for (std::size_t o = 0; o != rows_; ++o) gain += weight(o) * static_cast<double>(to[o]);
      return {gain - inertia_, row, 0};
    }
    for (std::size_t o = 0; o != rows_; ++o) {
      auto const& own = served_[o];
      if (!(to[o] < own.second)) continue;
      auto const d = static_cast<double>(to[o]);
      double const w = weight(o);
      if (to[o] < own.first) {
        gain += w * (d - static_cast<double>(own.first));
        change[own.closest] += w * (static_cast<double>(own.first) - static_cast<double>(own.second));
      } else {
        change[own.closest] += w * (d - static_cast<double>(own.second));
      }
    }
    std::size_t best = 0;
    for (std::size_t m = 1; m < change.size(); ++m)
      if (change[m] < change[best]) best = m;
    return {change[best] + gain, row, best};
  }

  // Whether a change is one, and not what rounding has made of none.
  [[nodiscard]] bool pays(swap_choice const& swap) const noexcept {
    return swap.row != index_limit && swap.change < -1e-12 * (inertia_ < 0 ? -inertia_ : inertia_);
  }

  void swap(swap_choice const& to) {
    is_medoid_[medoid_[to.medoid]] = 0;
    is_medoid_[to.row] = 1;
    medoid_[to.medoid] = to.row;
    look();
  }

private:
  struct service {
    T first;   // distance to the closest medoid
    T second;  // and to the next
    index_t closest;
  };

  [[nodiscard]] double weight(std::size_t row) const noexcept {
    return weight_.empty() ? 1 : static_cast<double>(weight_[row]);
  }

  // O(rows x medoids): nothing beside the weighing of the swaps that did not pay.
  void look() {
    constexpr T none = (std::numeric_limits<T>::max)();
    for (service& s : served_) s = {none, none, 0};
    for (std::size_t m = 0; m != medoid_.size(); ++m) {
      T const* const to = apart_ + std::size_t{medoid_[m]} * rows_;
      for (std::size_t o = 0; o != rows_; ++o) {
        service& own = served_[o];
        if (to[o] < own.first) own = {to[o], own.first, static_cast<index_t>(m)};
        else if (to[o] < own.second) own.second = to[o];
      }
    }
    removal_.assign(medoid_.size(), 0);
    inertia_ = 0;
    for (std::size_t o = 0; o != rows_; ++o) {
      inertia_ += weight(o) * static_cast<double>(served_[o].first);
      if (medoid_.size() > 1)
        removal_[served_[o].closest] +=
            weight(o) * (static_cast<double>(served_[o].second) - static_cast<double>(served_[o].first));
    }
  }

  T const* apart_;
  std::span<T const> weight_;
  std::size_t rows_;
  std::vector<index_t> medoid_;
  std::vector<char> is_medoid_;
  std::vector<service> served_;
  std::vector<double> removal_;  // by medoid: what the inertia grows by when it is taken away
  double inertia_ = 0;
};

}  // namespace detail

KINDRED_END
