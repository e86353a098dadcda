// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/graph/walk_front.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace detail {

// The last step, from x with `value`.
template <class Model, class Asked, real T>
void last_step(Model const& model, weighted_path const& p, index_t x, double value, Asked const& asked,
               T* out) noexcept {
  std::size_t const depth = p.path.size() - 1;
  node_list const list = model.graph().row(x).of(p.path[depth]);
  auto const each = model.worth_of(p.path[depth], x, list, depth);
  asked.each_shared(list.node, [&](std::size_t at, std::size_t k) { out[at] += static_cast<T>(value * each(k)); });
}

// The third step of a path of four, from where the second arrived, and the last.
template <class Model, class Asked, real T>
void last_two_steps(Model const& model, weighted_path const& p, walk_front<double> const& from, Asked const& asked,
                    T* out) noexcept {
  walk_front<double> front;
  auto const go_on = [&] {
    for (std::size_t k = 0; k != front.size(); ++k) last_step(model, p, front.node(k), front.value(k), asked, out);
    front.clear();
  };
  for (std::size_t k = 0; k != from.size(); ++k) {
    node_list const list = model.graph().row(from.node(k)).of(p.path[2]);
    auto const each = model.worth_of(p.path[2], from.node(k), list, 2);
    for (std::size_t j = 0; j != list.size(); ++j) {
      double const value = from.value(k) * each(j);
      if (front.add(list.node[j], value)) continue;
      go_on();
      static_cast<void>(front.add(list.node[j], value));
    }
  }
  go_on();
}

// Walks the paths of one kind from a node, and adds what they bring to the items that are asked for. Needs no room but the stack's:
// walkers on the same node are added up after two steps and again after three, as many nodes at a time as there is room
// for. So a node with d facts costs O(d) where a path comes by once, and where all of these lead back to it, as a path of four
// steps may, another O(d) for every 2048 of them.
template <class Model, class Asked, real T>
void stack_walk(Model const& model, weighted_path const& p, index_t start, Asked const& asked, T* out) noexcept {
  if (p.path.size() == 1) return last_step(model, p, start, p.weight, asked, out);
  node_list const list = model.graph().row(start).of(p.path[0]);
  auto const each = model.worth_of(p.path[0], start, list, 0);
  if (p.path.size() == 2) {
    for (std::size_t k = 0; k != list.size(); ++k) last_step(model, p, list.node[k], p.weight * each(k), asked, out);
    return;
  }
  walk_front<double> front;
  auto const go_on = [&] {
    if (p.path.size() == 4) last_two_steps(model, p, front, asked, out);
    else
      for (std::size_t k = 0; k != front.size(); ++k) last_step(model, p, front.node(k), front.value(k), asked, out);
    front.clear();
  };
  for (std::size_t k = 0; k != list.size(); ++k) {
    double const first = p.weight * each(k);
    node_list const then = model.graph().row(list.node[k]).of(p.path[1]);
    auto const each_next = model.worth_of(p.path[1], list.node[k], then, 1);
    for (std::size_t j = 0; j != then.size(); ++j) {
      double const both = first * each_next(j);
      if (front.add(then.node[j], both)) continue;
      go_on();
      static_cast<void>(front.add(then.node[j], both));
    }
  }
  go_on();
}

}  // namespace detail

KINDRED_END
