// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/center_set.hpp>
#include <kindred/cluster/score_error.hpp>
#include <kindred/cluster/squared_gap.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/center_panels.hpp>
#include <kindred/run/chunks.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What the last step of the centers does to the bounds of rows: by how much each may have shrunk. Centers are taken in groups of
// `group_panels` panels.
template <real T>
class center_drift {
public:
  void measure(center_set<T> const& centers, std::size_t groups, std::size_t group_panels, std::size_t rows) {
    constexpr std::size_t width = kernel::center_panels<T>::width;
    fastest_.assign(groups, {});
    for (index_t c = 0; c != centers.size(); ++c) {
      moved& group = fastest_[c / width / group_panels];
      if (T const d = centers.drift(c); d > group.most) group = {d, group.most, c};
      else if (d > group.next) group.next = d;
    }
    drift_.assign(chunk_count(centers.size(), width) * width, T{0});
    for (index_t c = 0; c != centers.size(); ++c) drift_[c] = centers.drift(c);
    // Not worth it for few rows.
    gap_.clear();
    if (std::size_t{centers.size()} * centers.size() > 2 * rows) return;
    gap_.assign(centers.size(), (std::numeric_limits<T>::max)() / 4);
    for (index_t a = 0; a != centers.size(); ++a)
      for (index_t b = 0; b != a; ++b) {
        double const squared = squared_gap(centers.row(a).data(), centers.row(b).data(), centers.dims());
        auto const gap = static_cast<T>(std::sqrt(squared)) * down<T>;
        if (gap < gap_[a]) gap_[a] = gap;
        if (gap < gap_[b]) gap_[b] = gap;
      }
  }

  // The longest step of a center of the group other than `own`.
  [[nodiscard]] T of_group(std::size_t group, index_t own) const noexcept {
    return fastest_[group].which == own ? fastest_[group].next : fastest_[group].most;
  }
  // The steps of the centers of a panel.
  [[nodiscard]] T const* of_panel(std::size_t panel) const noexcept {
    return drift_.data() + panel * kernel::center_panels<T>::width;
  }
  // How far the nearest other center is: no other is closer to a row within half of it. Zero when it was not measured.
  [[nodiscard]] T gap(index_t c) const noexcept { return gap_.empty() ? T{0} : gap_[c]; }

private:
  struct moved {
    T most = 0;
    T next = 0;
    index_t which = index_limit;
  };

  std::vector<moved> fastest_;
  std::vector<T> drift_;
  std::vector<T> gap_;
};

}  // namespace detail

KINDRED_END
