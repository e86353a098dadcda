// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The row of one node, copied out of a graph so that facts can be added to it.
class row_patch {
public:
  explicit row_patch(node_row from) {
    first_.push_back(0);
    for (std::size_t k = 0; k != from.size(); ++k) {
      node_list const list = from.list(k);
      step_.push_back(from.step(k));
      for (std::size_t j = 0; j != list.size(); ++j) {
        node_.push_back(list.node[j]);
        weight_.push_back(list.weight_of(j));
        time_.push_back(list.time_of(j));
      }
      first_.push_back(static_cast<index_t>(node_.size()));
    }
  }

  [[nodiscard]] node_row row(bool weighted, bool timed) const noexcept {
    return {step_, first_.data(), node_.data(), weighted ? weight_.data() : nullptr, timed ? time_.data() : nullptr};
  }

  struct change {
    bool fact;  // it is new
    bool step;  // so is the first of its step here
  };

  // Puts a node behind a step, or gives it a new weight and time.
  change set(index_t step, index_t node, float weight, std::int64_t time) {
    std::size_t const k = first_not_below(step_, step);
    bool const new_step = k == step_.size() || step_[k] != step;
    if (new_step) {
      step_.insert(step_.begin() + static_cast<std::ptrdiff_t>(k), step);
      first_.insert(first_.begin() + static_cast<std::ptrdiff_t>(k), first_[k]);
    }
    std::span<index_t const> const list(node_.data() + first_[k], first_[k + 1] - first_[k]);
    std::size_t const in_list = first_not_below(list, node);
    std::size_t const at = first_[k] + in_list;
    if (in_list != list.size() && list[in_list] == node) {
      weight_[at] = weight;
      time_[at] = time;
      return {false, new_step};
    }
    auto const offset = static_cast<std::ptrdiff_t>(at);
    node_.insert(node_.begin() + offset, node);
    weight_.insert(weight_.begin() + offset, weight);
    time_.insert(time_.begin() + offset, time);
    for (std::size_t later = k + 1; later != first_.size(); ++later) ++first_[later];
    return {true, new_step};
  }

private:
  std::vector<index_t> step_;
  std::vector<index_t> first_;
  std::vector<index_t> node_;
  std::vector<float> weight_;
  std::vector<std::int64_t> time_;
};

}  // namespace detail

KINDRED_END
