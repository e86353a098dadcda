// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/step_list.hpp>
#include <kindred/graph/triple.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The rows of all nodes, one behind the other, made of facts at once: 8 bytes a node, and what knowledge_graph says of a fact.
class packed_rows {
public:
  static constexpr std::size_t fact_limit = (std::size_t{1} << 31) - 1;
  [[noreturn]] static void raise_full() {
    raise(error(error_kind::shape) << "a graph holds at most " << fact_limit
                                   << " facts, and half of that of more than 32768 relations");
  }

  packed_rows() noexcept = default;
  // At most fact_limit facts, of nodes below `nodes` and steps below `steps`; of equal ones the last counts. Throws error{shape}
  // when the graph is full. O(facts log degree).
  packed_rows(std::span<triple const> given, index_t nodes, index_t steps, bool weighted, bool timed)
      : always_wide_(std::size_t{steps} > step_list::narrow_limit + 1) {
    sort_ends(given, nodes);
    word_.push_back(0);
    if (weighted) weight_.reserve(node_.size());
    if (timed) time_.reserve(node_.size());
    std::vector<half> halves;
    std::size_t begin = 0, kept = 0;
    for (index_t x = 0; x != nodes; ++x) {
      halves.clear();
      for (; begin != row_[x].node; ++begin) {
        triple const& t = given[node_[begin] / 2];
        bool const at_head = node_[begin] % 2 == 0;
        index_t const step = to_index(at_head ? along(t.relation) : against(t.relation));
        halves.push_back({std::uint64_t{step} << 32 | to_index(at_head ? t.tail : t.head), node_[begin] / 2});
      }
      std::sort(halves.begin(), halves.end(),
                [](half const& a, half const& b) { return a.key != b.key ? a.key < b.key : a.fact > b.fact; });
      auto const same = [](half const& a, half const& b) { return a.key == b.key; };
      halves.erase(std::unique(halves.begin(), halves.end(), same), halves.end());  // the later one counts
      row_[x] = {static_cast<index_t>(word_.size() - 1), static_cast<index_t>(kept)};
      append(halves, kept);
      for (half const& h : halves) {
        if (weighted) weight_.push_back(given[h.fact].weight);
        if (timed) time_.push_back(given[h.fact].time);
      }
      kept += halves.size();
    }
    row_.push_back({static_cast<index_t>(word_.size() - 1), static_cast<index_t>(kept)});
    node_.resize(kept);
    word_.shrink_to_fit();
    node_.shrink_to_fit();
    weight_.shrink_to_fit();
    time_.shrink_to_fit();
  }

  // Empty for a node that there is none of.
  [[nodiscard]] node_row row(index_t x) const noexcept {
    if (std::size_t{x} + 1 >= row_.size()) return {};
    place const at = row_[x], end = row_[x + 1];
    std::size_t const degree = end.node - at.node;
    bool const wide = is_wide(degree);
    return {{word_.data() + at.word, (end.word - at.word) >> (wide ? 1 : 0), degree, wide},
            node_.data() + at.node,
            weight_.empty() ? nullptr : weight_.data() + at.node,
            time_.empty() ? nullptr : time_.data() + at.node};
  }

private:
  // Where a row begins.
  struct place {
    index_t word;  // one before its first step
    index_t node;
  };
  // One end of a fact, to be sorted into the row of its node.
  struct half {
    std::uint64_t key;  // step and node
    index_t fact;
  };

  [[nodiscard]] bool is_wide(std::size_t degree) const noexcept {
    return always_wide_ || degree > step_list::narrow_limit;
  }

  // Puts the ends of facts in node_, by node - an even number is the head's end of fact number / 2, an odd one the tail's -, and where
  // those of a node end in its place.
  void sort_ends(std::span<triple const> given, index_t nodes) {
    row_.reserve(std::size_t{nodes} + 1);
    row_.resize(nodes);
    for (triple const& t : given) {
      ++row_[to_index(t.head)].node;
      ++row_[to_index(t.tail)].node;
    }
    index_t sum = 0;
    for (place& at : row_) sum += std::exchange(at.node, sum);
    node_.resize(2 * given.size());
    for (std::size_t k = 0; k != given.size(); ++k) {
      node_[row_[to_index(given[k].head)].node++] = static_cast<index_t>(2 * k);
      node_[row_[to_index(given[k].tail)].node++] = static_cast<index_t>(2 * k + 1);
    }
  }

  // Writes a row behind the `kept` ends of those before it: in the place of ends that were given, of which there are as many or more.
  void append(std::span<half const> halves, std::size_t kept) {
    bool const wide = is_wide(halves.size());
    for (std::size_t k = 0; k != halves.size(); ++k) {
      auto const step = static_cast<index_t>(halves[k].key >> 32);
      if (k == 0 || halves[k - 1].key >> 32 != step) {
        if (wide) word_.push_back(step);
        word_.push_back((wide ? 0 : step << 16) | static_cast<index_t>(k));
      }
      ++word_.back();
      node_[kept + k] = static_cast<index_t>(halves[k].key);
    }
    if (word_.size() > index_limit) raise_full();
  }

  bool always_wide_ = false;
  std::vector<place> row_;     // by node, and an end
  std::vector<index_t> word_;  // steps and the ends of their nodes, of all rows; see step_list
  std::vector<index_t> node_;
  std::vector<float> weight_;
  std::vector<std::int64_t> time_;
};

}  // namespace detail

KINDRED_END
