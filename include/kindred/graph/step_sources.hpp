// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/step_list.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// By step, the nodes that it leads away from, ascending.
class step_sources {
public:
  explicit step_sources(knowledge_graph const& graph) : first_(std::size_t{graph.step_count()} + 1) {
    for (index_t x = 0; x != graph.node_count(); ++x) {
      step_list const from = graph.row(x).steps();
      for (std::size_t k = 0; k != from.size(); ++k) ++first_[from[k] + 1];
    }
    for (std::size_t k = 1; k < first_.size(); ++k) first_[k] += first_[k - 1];
    node_.resize(first_.back());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (index_t x = 0; x != graph.node_count(); ++x) {
      step_list const from = graph.row(x).steps();
      for (std::size_t k = 0; k != from.size(); ++k) node_[next[from[k]]++] = x;
    }
  }

  [[nodiscard]] std::span<index_t const> of(index_t step) const noexcept {
    return std::span<index_t const>(node_).subspan(first_[step], first_[step + 1] - first_[step]);
  }

private:
  std::vector<std::size_t> first_;  // by step
  std::vector<index_t> node_;
};

}  // namespace detail

KINDRED_END
