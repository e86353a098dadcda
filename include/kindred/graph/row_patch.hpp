// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/step_list.hpp>
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
  explicit row_patch(node_row from) : word_(1) {
    for (std::size_t k = 0; k != from.size(); ++k) {
      node_list const list = from.list(k);
      for (std::size_t j = 0; j != list.size(); ++j) {
        node_.push_back(list.node[j]);
        weight_.push_back(list.weight_of(j));
        time_.push_back(list.time_of(j));
      }
      word_.push_back(from.step(k));
      word_.push_back(static_cast<index_t>(node_.size()));
    }
  }

  [[nodiscard]] node_row row(bool weighted, bool timed) const noexcept {
    return {steps(), node_.data(), weighted ? weight_.data() : nullptr, timed ? time_.data() : nullptr};
  }

  struct change {
    bool fact;  // it is new
    bool step;  // so is the first of its step here
  };

  // Room for both ends of a fact, so that set() needs no memory.
  void make_room() {
    make_room(word_, 4);
    make_room(node_, 2);
    make_room(weight_, 2);
    make_room(time_, 2);
  }

  // Puts a node behind a step, or gives it a new weight and time.
  change set(index_t step, index_t node, float weight, std::int64_t time) {
    std::size_t const k = steps().not_below(step);
    bool const new_step = k == steps().size() || steps()[k] != step;
    if (new_step) {
      index_t const none_yet = word_[2 * k];
      word_.insert(word_.begin() + static_cast<std::ptrdiff_t>(2 * k + 1), {step, none_yet});
    }
    std::size_t const first = steps().first(k);
    std::span<index_t const> const list(node_.data() + first, steps().last(k) - first);
    std::size_t const in_list = first_not_below(list, node);
    std::size_t const at = first + in_list;
    if (in_list != list.size() && list[in_list] == node) {
      weight_[at] = weight;
      time_[at] = time;
      return {false, new_step};
    }
    auto const offset = static_cast<std::ptrdiff_t>(at);
    node_.insert(node_.begin() + offset, node);
    weight_.insert(weight_.begin() + offset, weight);
    time_.insert(time_.begin() + offset, time);
    for (std::size_t end = 2 * k + 2; end < word_.size(); end += 2) ++word_[end];
    return {true, new_step};
  }

private:
  template <class V>
  static void make_room(std::vector<V>& in, std::size_t more) {
    if (in.capacity() - in.size() < more) in.reserve(2 * in.size() + more);
  }
  [[nodiscard]] step_list steps() const noexcept { return {word_.data(), word_.size() / 2, node_.size(), true}; }

  std::vector<index_t> word_;  // behind a zero, a step and the end of its nodes; see step_list
  std::vector<index_t> node_;
  std::vector<float> weight_;
  std::vector<std::int64_t> time_;
};

}  // namespace detail

KINDRED_END
