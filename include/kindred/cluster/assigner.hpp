// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/center_set.hpp>
#include <kindred/cluster/fixed_sums.hpp>
#include <kindred/cluster/squared_gap.hpp>
#include <kindred/cluster/update_rule.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/two_closest.hpp>
#include <kindred/run/chunks.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The squared distance between a row and a center, known up to rounding, and the error that it may have.
//
// Scores are inner products of at most `dims` rounded steps: their error is at most dims x epsilon times the lengths. The
// bounds of the accelerated rules are true distances with this error added on the safe side, and a row is left alone only
// when even the errors could not change which computed score is lowest. So every rule gives the assignments of `lloyd`.
template <real T>
struct score_error {
  T factor;
  T longest;

  score_error(index_t dims, T longest_center) noexcept
      : factor(static_cast<T>(dims + 16) * std::numeric_limits<T>::epsilon()), longest(longest_center) {}

  [[nodiscard]] T of(T squared_length) const noexcept {
    return factor * (std::sqrt(squared_length) * longest + longest * longest + squared_length);
  }
};

template <real T>
inline constexpr T up = T{1} + 4 * std::numeric_limits<T>::epsilon();
template <real T>
inline constexpr T down = T{1} - 4 * std::numeric_limits<T>::epsilon();

// Keeps, for every row, its center; and, for every center, the sum and the number of its rows.
template <class Rows>
class assigner {
public:
  using T = typename Rows::value_type;
  static constexpr index_t nowhere = index_limit;
  static constexpr std::size_t block = Rows::most;

  assigner(Rows const& rows, index_t clusters, update_rule rule)
      : rows_(rows),
        rule_(chosen(rule, clusters)),
        label_(rows.size(), nowhere),
        sum_(std::size_t{clusters} * rows.dims()),
        mass_(clusters),
        count_(clusters) {
    double heaviest = 1;
    for (T const w : rows.weights())
      if (static_cast<double>(w) > heaviest) heaviest = static_cast<double>(w);
    mass_scale_ = fixed_scale({&heaviest, 1}, rows.size());
    constexpr std::size_t width = kernel::center_panels<T>::width;
    std::size_t const panels = (clusters + width - 1) / width;
    if (rule_ == update_rule::yinyang) {
      group_panels_ = width >= 16 ? 1 : 16 / width;
      while ((panels + group_panels_ - 1) / group_panels_ > most_groups) ++group_panels_;
      groups_ = (panels + group_panels_ - 1) / group_panels_;
    } else {
      group_panels_ = rule_ == update_rule::elkan ? 1 : panels;
      groups_ = rule_ == update_rule::elkan ? panels : 1;
    }
    bounds_ = rule_ == update_rule::elkan ? panels * width : groups_;
    if (rule_ != update_rule::lloyd) {
      upper_ = buffer<T>(rows.size());
      lower_ = buffer<T>(rows.size() * bounds_);
    }
  }

  [[nodiscard]] std::span<index_t const> labels() const noexcept { return label_; }
  [[nodiscard]] index_t count(index_t c) const noexcept { return static_cast<index_t>(count_[c]); }
  [[nodiscard]] double mass(index_t c) const noexcept { return mass_scale_.number(mass_[c], 0); }
  [[nodiscard]] double sum(index_t c, index_t j) const noexcept {
    return rows_.scale().number(sum_[std::size_t{c} * rows_.dims() + j], j);
  }
  [[nodiscard]] update_rule rule() const noexcept { return rule_; }

  // Assigns every row to its closest center, the lowest of equally close ones; how many rows changed their center.
  template <executor E>
  std::size_t assign(center_set<T> const& centers, E& ex) {
    prepare(centers);
    std::size_t const rows = label_.size();
    std::size_t const blocks = chunk_count(rows, block);
    // Sums are exact, so that rows may be parted by the number of threads.
    std::size_t tasks = 4 * ex.concurrency();
    if (tasks > blocks / 8) tasks = blocks / 8;
    if (tasks == 0) tasks = 1;
    tally_.resize(tasks);
    ex.bulk(tasks, [&](std::size_t t) {
      tally& own = tally_[t];
      own.clear(sum_.size(), mass_.size());
      for (std::size_t b = blocks * t / tasks; b != blocks * (t + 1) / tasks; ++b)
        assign_block(b * block, b * block + block < rows ? b * block + block : rows, centers, own);
    });
    std::size_t changed = 0;
    for (tally const& own : tally_) {
      changed += own.changed;
      if (own.changed != 0) add(own);
    }
    fresh_ = false;
    return changed;
  }

  // Moves one row to an empty cluster. Its bounds hold nothing any more.
  void move(index_t i, index_t c) noexcept {
    take(i, label_[i], sum_.data(), mass_.data(), count_.data());
    give(i, c, sum_.data(), mass_.data(), count_.data());
    label_[i] = c;
    if (rule_ == update_rule::lloyd) return;
    upper_[i] = (std::numeric_limits<T>::max)() / 4;
    for (std::size_t g = 0; g != bounds_; ++g) lower_[i * bounds_ + g] = 0;
  }

private:
  static constexpr std::size_t most_groups = 32;

  struct tally {
    std::vector<std::int64_t> sum;
    std::vector<std::int64_t> mass;
    std::vector<std::int64_t> count;
    std::size_t changed = 0;

    void clear(std::size_t sums, std::size_t clusters) {
      changed = 0;
      sum.assign(sums, 0);
      mass.assign(clusters, 0);
      count.assign(clusters, 0);
    }
  };

  // What a row has found so far in this epoch: the best center, and its rival in the same group.
  struct finding {
    T first = (std::numeric_limits<T>::max)();
    T second = (std::numeric_limits<T>::max)();
    index_t id = nowhere;
    std::size_t group = 0;
  };

  [[nodiscard]] static update_rule chosen(update_rule rule, index_t clusters) noexcept {
    if (rule != update_rule::automatic) return rule;
    return clusters > 400 ? update_rule::yinyang : update_rule::hamerly;
  }

  void add(tally const& own) noexcept {
    for (std::size_t k = 0; k != sum_.size(); ++k) sum_[k] += own.sum[k];
    for (std::size_t c = 0; c != mass_.size(); ++c) {
      mass_[c] += own.mass[c];
      count_[c] += own.count[c];
    }
  }
  void give(index_t i, index_t c, std::int64_t* sum, std::int64_t* mass, std::int64_t* count) const noexcept {
    rows_.add(i, sum + std::size_t{c} * rows_.dims());
    mass[c] += mass_scale_.fixed(rows_.weight(i), 0);
    ++count[c];
  }
  void take(index_t i, index_t c, std::int64_t* sum, std::int64_t* mass, std::int64_t* count) const noexcept {
    rows_.subtract(i, sum + std::size_t{c} * rows_.dims());
    mass[c] -= mass_scale_.fixed(rows_.weight(i), 0);
    --count[c];
  }
  void relabel(index_t i, index_t c, tally& own) noexcept {
    if (label_[i] == c) return;
    if (label_[i] != nowhere) take(i, label_[i], own.sum.data(), own.mass.data(), own.count.data());
    give(i, c, own.sum.data(), own.mass.data(), own.count.data());
    label_[i] = c;
    ++own.changed;
  }

  // What the last step of the centers does to the bounds: by how much each group's may have shrunk.
  void prepare(center_set<T> const& centers) {
    error_ = score_error<T>(rows_.dims(), centers.longest());
    if (rule_ == update_rule::lloyd || fresh_) return;
    constexpr std::size_t width = kernel::center_panels<T>::width;
    fastest_.assign(groups_, {});
    for (index_t c = 0; c != centers.size(); ++c) {
      moved& group = fastest_[c / width / group_panels_];
      if (T const d = centers.drift(c); d > group.most) group = {d, group.most, c};
      else if (d > group.next) group.next = d;
    }
    drift_.assign(chunk_count(centers.size(), width) * width, T{0});
    for (index_t c = 0; c != centers.size(); ++c) drift_[c] = centers.drift(c);
    // Half the way to the nearest other center: no other is closer to a row within it. Not worth it for few rows.
    gap_.clear();
    if (std::size_t{centers.size()} * centers.size() > 2 * label_.size()) return;
    gap_.assign(centers.size(), (std::numeric_limits<T>::max)() / 4);
    for (index_t a = 0; a != centers.size(); ++a)
      for (index_t b = 0; b != a; ++b) {
        double const squared = squared_gap(centers.row(a).data(), centers.row(b).data(), centers.dims());
        auto const gap = static_cast<T>(std::sqrt(squared)) * down<T>;
        if (gap < gap_[a]) gap_[a] = gap;
        if (gap < gap_[b]) gap_[b] = gap;
      }
  }

  // Whether a center at least `low` away surely scores worse than one at most `high` away.
  [[nodiscard]] bool parted(T high, T low, T error) const noexcept {
    return low > high && (low - high) * (low + high) * down<T> > 4 * error;
  }
  [[nodiscard]] T upper_of(T score, T squared_length, T error) const noexcept {
    T const squared = squared_length + 2 * score + 2 * error;
    return squared > 0 ? std::sqrt(squared) * up<T> : T{0};
  }
  [[nodiscard]] T lower_of(T score, T squared_length, T error) const noexcept {
    constexpr T most_far = (std::numeric_limits<T>::max)() / 16;
    T const squared = squared_length + 2 * (score < most_far ? score : most_far) - 2 * error;
    return squared > 0 ? std::sqrt(squared) * down<T> : T{0};
  }

  void assign_block(std::size_t first, std::size_t last, center_set<T> const& centers, tally& own) noexcept {
    std::array<index_t, block> open;
    std::array<std::uint32_t, block> groups;  // bit g: group g of this row has to be looked at
    std::size_t count = 0;
    if (rule_ == update_rule::lloyd || fresh_) {
      for (std::size_t i = first; i != last; ++i, ++count) {
        open[count] = static_cast<index_t>(i);
        groups[count] = ~std::uint32_t{0};
      }
    } else {
      for (std::size_t i = first; i != last; ++i)
        if (std::uint32_t const wanted = loosen(static_cast<index_t>(i), centers); wanted != 0) {
          open[count] = static_cast<index_t>(i);
          groups[count++] = wanted;
        }
    }
    if (count == 0) return;
    std::array<finding, block> found;
    if (rule_ == update_rule::elkan) {
      for (std::size_t g = 0; g != groups_; ++g) look_elkan(g, {open.data(), count}, groups, centers, found);
    } else {
      for (std::size_t g = 0; g != groups_; ++g) look(g, {open.data(), count}, groups, centers, found);
    }
    for (std::size_t k = 0; k != count; ++k) {
      index_t const i = open[k];
      if (rule_ != update_rule::lloyd) {
        T const length = rows_.squared_length(i);
        T const error = error_.of(length);
        upper_[i] = upper_of(found[k].first, length, error);
        if (rule_ != update_rule::elkan)
          lower_[i * bounds_ + found[k].group] = lower_of(found[k].second, length, error);
      }
      relabel(i, found[k].id, own);
    }
  }

  [[nodiscard]] static bool is_wanted(std::uint32_t groups, std::size_t g) noexcept {
    return (groups >> (g < 31 ? g : 31) & 1u) != 0;
  }
  [[nodiscard]] static std::uint32_t bit_of(std::size_t g) noexcept { return std::uint32_t{1} << (g < 31 ? g : 31); }

  // Moves the bounds of a row along with the centers; which groups could hold a closer one: none when the row stays.
  [[nodiscard]] std::uint32_t loosen(index_t i, center_set<T> const& centers) noexcept {
    constexpr std::size_t width = kernel::center_panels<T>::width;
    index_t const a = label_[i];
    T const length = rows_.squared_length(i);
    T const error = error_.of(length);
    T high = (upper_[i] + centers.drift(a)) * up<T>;
    T const halfway = gap_.empty() ? T{0} : gap_[a];
    T* const bound = lower_.data() + i * bounds_;
    std::array<T, most_groups> lowest;
    std::size_t const kept = groups_ < most_groups ? groups_ : most_groups;
    for (std::size_t g = 0; g != kept; ++g) lowest[g] = (std::numeric_limits<T>::max)();
    for (std::size_t g = 0; g != groups_; ++g) {
      T low;
      if (rule_ == update_rule::elkan) {
        low = (std::numeric_limits<T>::max)();
        T* const lane = bound + g * width;
        T const* const drift = drift_.data() + g * width;
        for (std::size_t l = 0; l != width; ++l) {
          T const b = (lane[l] - drift[l]) * down<T>;
          lane[l] = b > 0 ? b : T{0};
        }
        for (std::size_t l = 0; l != width; ++l)
          if (g * width + l != a && g * width + l < centers.size() && lane[l] < low) low = lane[l];
      } else {
        low = (bound[g] - (fastest_[g].which == a ? fastest_[g].next : fastest_[g].most)) * down<T>;
        bound[g] = low = low > 0 ? low : T{0};
      }
      T& own = lowest[g < kept ? g : kept - 1];
      if (low < own) own = low;
    }
    auto const wanted = [&](T at_most) {
      std::uint32_t bits = 0;
      T const others = (halfway - at_most) * down<T>;
      for (std::size_t g = 0; g != kept; ++g)
        if (!parted(at_most, lowest[g] < others ? others : lowest[g], error)) bits |= bit_of(g);
      return bits;
    };
    std::uint32_t bits = wanted(high);
    if (bits != 0) {  // the bound to the own center may only have grown stale
      T const squared = length + centers.squared_length(a) - 2 * rows_.dot(i, centers.row(a).data()) + 2 * error;
      high = squared > 0 ? std::sqrt(squared) * up<T> : T{0};
      bits = wanted(high);
    }
    upper_[i] = high;
    // The own group is looked at as well: scores compare exactly, bounds do not.
    return bits == 0 ? 0 : bits | bit_of(a / width / group_panels_);
  }

  void look(std::size_t g, std::span<index_t const> open, std::array<std::uint32_t, block> const& groups,
            center_set<T> const& centers, std::array<finding, block>& found) noexcept {
    std::array<index_t, block> row;
    std::array<std::uint16_t, block> place;
    std::array<kernel::two_closest<T>, block> two;
    std::size_t count = 0;
    for (std::size_t k = 0; k != open.size(); ++k)
      if (is_wanted(groups[k], g)) {
        row[count] = open[k];
        place[count++] = static_cast<std::uint16_t>(k);
      }
    if (count == 0) return;
    std::size_t const panels = centers.panels().panels();
    std::size_t const first = g * group_panels_;
    std::size_t const last = first + group_panels_ < panels ? first + group_panels_ : panels;
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
      if (rule_ != update_rule::lloyd) {
        T const length = rows_.squared_length(i);
        lower_[i * bounds_ + (better ? best.group : g)] =
            lower_of(better ? best.first : two[k].first, length, error_.of(length));
      }
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
      if (is_wanted(groups[k], g)) {
        row[count] = open[k];
        place[count++] = static_cast<std::uint16_t>(k);
      }
    if (count == 0) return;
    rows_.scores({row.data(), count}, centers.panels(), g, g + 1, score.data(), width);
    for (std::size_t k = 0; k != count; ++k) {
      finding& best = found[place[k]];
      index_t const i = row[k];
      T const length = rows_.squared_length(i);
      T const error = error_.of(length);
      for (std::size_t l = 0; l != width && g * width + l < centers.size(); ++l) {
        T const s = score[k * width + l];
        lower_[i * bounds_ + g * width + l] = lower_of(s, length, error);
        if (s < best.first || best.id == nowhere) {
          best.first = s;
          best.id = static_cast<index_t>(g * width + l);
        }
      }
    }
  }

  struct moved {
    T most = 0;
    T next = 0;
    index_t which = nowhere;
  };

  Rows const& rows_;
  update_rule rule_;
  std::size_t groups_ = 1;
  std::size_t group_panels_ = 1;
  std::size_t bounds_ = 1;  // lower bounds of a row
  bool fresh_ = true;
  score_error<T> error_{1, T{0}};
  std::vector<index_t> label_;
  buffer<T> upper_;
  buffer<T> lower_;
  std::vector<moved> fastest_;
  std::vector<T> drift_;
  std::vector<T> gap_;
  fixed_scale mass_scale_;
  std::vector<std::int64_t> sum_;
  std::vector<std::int64_t> mass_;
  std::vector<std::int64_t> count_;
  std::vector<tally> tally_;
};

}  // namespace detail

KINDRED_END
