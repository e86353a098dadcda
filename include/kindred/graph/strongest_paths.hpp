// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_fronts.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/graph/walk_arrivals.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The strongest single paths to a node, from what arrived before the last steps: those that go by the nodes before it through which
// the strongest come, first; so few paths are looked at. Where many are equally strong, all of them are.
template <class Model>
class strongest_paths {
public:
  [[nodiscard]] path_reasons operator()(path_fronts<Model> const& fronts, index_t to, std::size_t most) {
    path_reasons all;
    double count = 0;
    for (std::size_t k = 0; k != fronts.size(); ++k) {
      weighted_path const& p = fronts.model().paths()[k];
      double const size = p.weight < 0 ? -p.weight : p.weight;
      through_.clear();
      fronts.each_last(k, to, [&](index_t b, arrival const& from, double worth) {
        count += from.count;
        all.rest += p.weight * (from.value * worth);
        through_.push_back({size * (from.best * worth), worth, b});
      });
      auto const weaker = [](passage const& a, passage const& b) {
        return a.bound != b.bound ? a.bound < b.bound : a.node > b.node;
      };
      std::make_heap(through_.begin(), through_.end(), weaker);
      for (; !through_.empty(); through_.pop_back()) {
        if (most == 0 || through_.front().bound < needed(all, most)) break;
        std::pop_heap(through_.begin(), through_.end(), weaker);
        collect(fronts, k, through_.back(), to, most, all);
      }
    }
    all.count = static_cast<std::size_t>(count);
    for (path_reason const& r : all.strongest) all.rest -= r.share;
    return all;
  }

private:
  struct passage {
    double bound;  // what the strongest path through the node adds
    double worth;  // of the last step
    index_t node;
  };

  // What a path has to add in order to be among the strongest.
  [[nodiscard]] static double needed(path_reasons const& all, std::size_t most) noexcept {
    if (all.strongest.size() < most) return 0;
    double const share = all.strongest.back().share;
    return share < 0 ? -share : share;
  }

  // Enters the paths that reach the target by way of one node.
  void collect(path_fronts<Model> const& fronts, std::size_t k, passage const& through, index_t target,
               std::size_t most, path_reasons& all) const {
    Model const& model = fronts.model();
    weighted_path const& p = model.paths()[k];
    path_reason one{.kind = k, .length = p.path.size()};
    one.nodes[0] = fronts.start();
    one.nodes[p.path.size()] = target;
    each_way(model, p, through, 0, 1, one, [&](double value) {
      one.share = p.weight * (value * through.worth);
      enter(all, one, most);
    });
  }

  // Calls visit(product of steps) for every way from one.nodes[depth] to the node before the target.
  template <class Visit>
  void each_way(Model const& model, weighted_path const& p, passage const& through, std::size_t depth, double value,
                path_reason& one, Visit const& visit) const {
    std::size_t const end = p.path.size() - 1;
    index_t const x = one.nodes[depth];
    if (depth == end) {
      if (x == through.node) visit(value);
      return;
    }
    step_id const s = p.path[depth];
    node_list const list = model.graph().row(x).of(s);
    auto const each = model.worth_of(s, x, list, depth);
    if (depth + 1 == end) {
      std::size_t const at = position_of(list.node, through.node);
      if (at == list.size()) return;
      one.nodes[end] = through.node;
      visit(value * each(at));
      return;
    }
    auto const go_on = [&](std::size_t j) {
      one.nodes[depth + 1] = list.node[j];
      each_way(model, p, through, depth + 1, value * each(j), one, visit);
    };
    if (depth + 2 != end) {
      for (std::size_t j = 0; j != list.size(); ++j) go_on(j);
      return;
    }
    std::span<index_t const> const before = model.graph().row(through.node).of(reversed(p.path[depth + 1])).node;
    if (8 * before.size() < list.size()) {
      for (index_t const b : before)
        if (std::size_t const j = position_of(list.node, b); j != list.size()) go_on(j);
    } else {
      std::size_t j = 0;
      for (index_t const b : before) {
        while (j != list.size() && list.node[j] < b) ++j;
        if (j == list.size()) return;
        if (list.node[j] == b) go_on(j);
      }
    }
  }

  std::vector<passage> through_;
};

}  // namespace detail

KINDRED_END
