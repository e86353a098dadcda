// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/center_set.hpp>
#include <kindred/cluster/cluster_sums.hpp>
#include <kindred/cluster/distance_bounds.hpp>
#include <kindred/cluster/fixed_sums.hpp>
#include <kindred/cluster/update_rule.hpp>
#include <kindred/core/id.hpp>
#include <kindred/kernel/two_closest.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Keeps, for every row, its center; and, for every center, the sum and the number of its rows.
template <class Rows>
class assigner {
public:
  using T = typename Rows::value_type;
  static constexpr index_t nowhere = index_limit;
  static constexpr std::size_t block = Rows::most;

  assigner(Rows const& rows, index_t clusters, update_rule rule)
      : rows_(rows), bounds_(rows, clusters, rule), clusters_(clusters), label_(rows.size(), nowhere) {
    all_.clear(clusters, rows.dims());
    double heaviest = 1;
    for (T const w : rows.weights())
      if (static_cast<double>(w) > heaviest) heaviest = static_cast<double>(w);
    mass_scale_ = fixed_scale({&heaviest, 1}, rows.size());
  }

  [[nodiscard]] std::span<index_t const> labels() const noexcept { return label_; }
  [[nodiscard]] index_t count(index_t c) const noexcept { return all_.count(c); }
  [[nodiscard]] double mass(index_t c) const noexcept { return mass_scale_.number(all_.mass(c), 0); }
  [[nodiscard]] double sum(index_t c, index_t j) const noexcept {
    return rows_.scale().number(all_.sum(std::size_t{c} * rows_.dims() + j), j);
  }
  [[nodiscard]] update_rule rule() const noexcept { return bounds_.rule(); }

  // Assigns every row to its closest center, the lowest of equally close ones; how many rows changed their center.
  template <executor E>
  std::size_t assign(center_set<T> const& centers, E& ex) {
    bounds_.prepare(centers, fresh_);
    std::size_t const rows = label_.size();
    std::size_t const blocks = chunk_count(rows, block);
    // Sums are exact, so that rows may be parted by the number of threads.
    std::size_t tasks = 4 * ex.concurrency();
    if (tasks > blocks / 8) tasks = blocks / 8;
    if (tasks == 0) tasks = 1;
    tally_.resize(tasks);
    ex.bulk(tasks, [&](std::size_t t) {
      cluster_sums<Rows>& own = tally_[t];
      own.clear(clusters_, rows_.dims());
      for (std::size_t b = blocks * t / tasks; b != blocks * (t + 1) / tasks; ++b)
        assign_block(b * block, b * block + block < rows ? b * block + block : rows, centers, own);
    });
    std::size_t changed = 0;
    for (cluster_sums<Rows> const& own : tally_) {
      changed += own.changed;
      if (own.changed != 0) all_.add(own);
    }
    fresh_ = false;
    return changed;
  }

  // Every row where an earlier assigner left it; nothing is known of distances yet.
  void restore(std::span<index_t const> labels) {
    label_.assign(labels.begin(), labels.end());
    all_.clear(clusters_, rows_.dims());
    for (index_t i = 0; i != label_.size(); ++i) all_.give(rows_, mass_scale_, i, label_[i]);
    fresh_ = true;
  }

  // Moves one row to an empty cluster. Its bounds hold nothing any more.
  void move(index_t i, index_t c) noexcept {
    all_.take(rows_, mass_scale_, i, label_[i]);
    all_.give(rows_, mass_scale_, i, c);
    label_[i] = c;
    bounds_.forget(i);
  }

private:
  // What a row has found so far in this epoch: the best center, and its rival in the same group.
  struct finding {
    T first = (std::numeric_limits<T>::max)();
    T second = (std::numeric_limits<T>::max)();
    index_t id = nowhere;
    std::size_t group = 0;
  };

  void relabel(index_t i, index_t c, cluster_sums<Rows>& own) noexcept {
    if (label_[i] == c) return;
    if (label_[i] != nowhere) own.take(rows_, mass_scale_, i, label_[i]);
    own.give(rows_, mass_scale_, i, c);
    label_[i] = c;
    ++own.changed;
  }

  void assign_block(std::size_t first, std::size_t last, center_set<T> const& centers,
                    cluster_sums<Rows>& own) noexcept {
    std::array<index_t, block> open;
    std::array<std::uint32_t, block> groups;  // bit g: group g of this row has to be looked at
    std::size_t count = 0;
    if (fresh_ || bounds_.rule() == update_rule::lloyd) {
      for (std::size_t i = first; i != last; ++i, ++count) {
        open[count] = static_cast<index_t>(i);
        groups[count] = ~std::uint32_t{0};
      }
    } else {
      for (std::size_t i = first; i != last; ++i)
        if (std::uint32_t const wanted = bounds_.loosen(static_cast<index_t>(i), label_[i], centers); wanted != 0) {
          open[count] = static_cast<index_t>(i);
          groups[count++] = wanted;
        }
    }
    if (count == 0) return;
    std::array<finding, block> found;
    for (std::size_t g = 0; g != bounds_.groups(); ++g) {
      if (bounds_.rule() == update_rule::elkan) look_elkan(g, {open.data(), count}, groups, centers, found);
      else look(g, {open.data(), count}, groups, centers, found);
    }
    for (std::size_t k = 0; k != count; ++k) {
      bounds_.set_upper(open[k], found[k].first);
      if (bounds_.rule() != update_rule::elkan) bounds_.set_lower(open[k], found[k].group, found[k].second);
      relabel(open[k], found[k].id, own);
    }
  }

  void look(std::size_t g, std::span<index_t const> open, std::array<std::uint32_t, block> const& groups,
            center_set<T> const& centers, std::array<finding, block>& found) noexcept {
    std::array<index_t, block> row;
    std::array<std::uint16_t, block> place;
    std::array<kernel::two_closest<T>, block> two;
    std::size_t count = 0;
    for (std::size_t k = 0; k != open.size(); ++k)
      if (bounds_.is_wanted(groups[k], g)) {
        row[count] = open[k];
        place[count++] = static_cast<std::uint16_t>(k);
      }
    if (count == 0) return;
    std::size_t const panels = centers.panels().panels();
    std::size_t const first = g * bounds_.group_panels();
    std::size_t const last = first + bounds_.group_panels() < panels ? first + bounds_.group_panels() : panels;
    rows_.closest({row.data(), count}, centers.panels(), first, last, two.data());
    for (std::size_t k = 0; k != count; ++k) {
      finding& best = found[place[k]];
      index_t const i = row[k];
      if (best.id == nowhere) {
        best = {two[k].first, two[k].second, two[k].id, g};
        continue;
      }
      // The groups come in the order of their centers: of equal scores the earlier stays.
      bool const better = two[k].first < best.first;
      bounds_.set_lower(i, better ? best.group : g, better ? best.first : two[k].first);
      if (better) best = {two[k].first, two[k].second, two[k].id, g};
    }
  }

  void look_elkan(std::size_t g, std::span<index_t const> open, std::array<std::uint32_t, block> const& groups,
                  center_set<T> const& centers, std::array<finding, block>& found) noexcept {
    constexpr std::size_t width = kernel::center_panels<T>::width;
    std::array<index_t, block> row;
    std::array<std::uint16_t, block> place;
    std::array<T, block * width> score;
    std::size_t count = 0;
    for (std::size_t k = 0; k != open.size(); ++k)
      if (bounds_.is_wanted(groups[k], g)) {
        row[count] = open[k];
        place[count++] = static_cast<std::uint16_t>(k);
      }
    if (count == 0) return;
    rows_.scores({row.data(), count}, centers.panels(), g, g + 1, score.data(), width);
    std::size_t const left = centers.size() - g * width;
    std::size_t const lanes = left < width ? left : width;
    for (std::size_t k = 0; k != count; ++k) {
      finding& best = found[place[k]];
      T const* const own = score.data() + k * width;
      bounds_.set_lower(row[k], g * width, own, lanes);
      for (std::size_t l = 0; l != lanes; ++l)
        if (own[l] < best.first || best.id == nowhere) {
          best.first = own[l];
          best.id = static_cast<index_t>(g * width + l);
        }
    }
  }

  Rows const& rows_;
  distance_bounds<Rows> bounds_;
  index_t clusters_;
  bool fresh_ = true;
  std::vector<index_t> label_;
  fixed_scale mass_scale_;
  cluster_sums<Rows> all_;
  std::vector<cluster_sums<Rows>> tally_;
};

}  // namespace detail

KINDRED_END
