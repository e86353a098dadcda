// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_marks.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/view/row.hpp>

#include <array>
#include <cstddef>

KINDRED_BEGIN

namespace detail {

// The paths of one kind from a node to another, each for itself, for what explains a score. Only the nodes from which the last step
// arrives at the target are looked for, not all that the path could reach.
template <class Model>
class single_paths {
public:
  using nodes = std::array<index_t, meta_path::longest + 1>;

  single_paths(Model const& model, meta_path const& path, index_t target) noexcept
      : model_(model),
        path_(path),
        target_(target),
        before_(model.graph().row(target).of(reversed(path.last())).node) {}

  // Calls visit(nodes, product of steps) for every path, in order of their nodes.
  template <class Visit>
  void each_from(index_t start, Visit const& visit) const noexcept {
    nodes via{start};
    go_on(via, 0, 1, visit);
  }

private:
  template <class Visit>
  void go_on(nodes& via, std::size_t depth, double value, Visit const& visit) const noexcept {
    step_id const s = path_[depth];
    index_t const x = via[depth];
    node_list const list = model_.graph().row(x).of(s);
    auto const worth_here = model_.worth_of(s, x, list, depth);
    if (depth + 1 == path_.size()) {
      std::size_t k = 0;  // any, where choices are alike and x is known to lead to the target
      if (!Model::choices_alike || depth == 0) {
        k = position_of(list.node, target_);
        if (k == list.size()) return;
      }
      via[depth + 1] = target_;
      visit(via, value * worth_here(k));
      via[depth + 1] = 0;
      return;
    }
    auto const take = [&](std::size_t k) {
      via[depth + 1] = list.node[k];
      go_on(via, depth + 1, value * worth_here(k), visit);
      via[depth + 1] = 0;
    };
    if (depth + 2 != path_.size()) {
      for (std::size_t k = 0; k != list.size(); ++k) take(k);
    } else if (8 * before_.size() < list.size()) {
      for (index_t const b : before_.nodes())
        if (std::size_t const k = position_of(list.node, b); k != list.size()) take(k);
    } else {
      for (std::size_t k = 0; k != list.size(); ++k)
        if (before_.contains(list.node[k])) take(k);
    }
  }

  Model const& model_;
  meta_path const& path_;
  index_t target_;
  node_marks before_;
};

}  // namespace detail

KINDRED_END
