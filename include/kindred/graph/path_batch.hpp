// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/graph/walk_lanes.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

namespace detail {

// The walks of a path_scorer for as many users at a time as a line of the cache has room for: a step from a node that several of
// them have come to is taken once, for all of these. On ratings of which everybody has many that is most steps.
//
// Holds 192 bytes a node.
template <class Model>
class path_batch {
public:
  using T = value_t<Model>;
  using lanes = walk_lanes<T>;

  explicit path_batch(Model const& model) : model_(&model) {}

  // See batch_scorer.hpp; `out` has n numbers for each user.
  void score(std::span<user_id const> users, item_id first, std::size_t n, T* out) {
    std::size_t const nodes = model_->graph().node_count();
    for (lanes* const all : {&here_, &there_, &sum_}) all->start(nodes);
    for (std::size_t from = 0; from < users.size(); from += lanes::width) {
      auto const group = users.subspan(from, (std::min)(lanes::width, users.size() - from));
      for (weighted_path const& p : model_->paths()) walk(p, group);
      T* const to = out + from * n;
      sum_.drain([&](index_t y, typename lanes::lanes const& value) {
        index_t const item = model_->links().item_at(y);
        if (item == index_limit || item < to_index(first) || item - to_index(first) >= n) return;
        for (std::size_t l = 0; l != group.size(); ++l) to[l * n + (item - to_index(first))] = value[l];
      });
    }
  }

private:
  void walk(weighted_path const& p, std::span<user_id const> group) {
    std::size_t const last = p.path.size() - 1;
    for (std::size_t l = 0; l != group.size(); ++l) {
      index_t const x = model_->links().node_of(group[l]);
      node_list const list = model_->graph().row(x).of(p.path[0]);
      (last == 0 ? sum_ : here_)
          .add(list.node, l, static_cast<T>(last == 0 ? p.weight : 1), model_->worth_of(p.path[0], x, list, 0));
    }
    for (std::size_t depth = 1; depth <= last; ++depth) {
      lanes& next = depth == last ? sum_ : there_;
      here_.drain([&](index_t x, typename lanes::lanes value) {
        node_list const list = model_->graph().row(x).of(p.path[depth]);
        if (depth == last)
          for (T& v : value) v *= static_cast<T>(p.weight);
        next.add(list.node, value, model_->worth_of(p.path[depth], x, list, depth));
      });
      std::swap(here_, there_);
    }
  }

  Model const* model_;
  lanes here_, there_, sum_;
};

}  // namespace detail

KINDRED_END
