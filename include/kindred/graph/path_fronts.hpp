// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/step_budget.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/graph/walk_arrivals.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What arrives from a node before the last step of every kind of path of a model, within a budget of steps; see path_query.
template <class Model>
class path_fronts {
public:
  static constexpr std::uint64_t no_budget = step_budget::none;

  path_fronts(Model const& model, std::uint64_t budget)
      : model_(&model), budget_(budget), front_(model.paths().size()) {}

  void walk(index_t start) {
    start_ = start;
    left_ = 0;
    steps_ = 0;
    std::size_t const nodes = (std::max)(std::size_t{graph().node_count()}, std::size_t{1});
    for (std::size_t k = 0; k != front_.size(); ++k) {
      front_[k].start(nodes);
      if (start_ < graph().node_count()) arrive(model_->paths()[k], front_[k]);
    }
  }

  [[nodiscard]] Model const& model() const noexcept { return *model_; }
  [[nodiscard]] index_t start() const noexcept { return start_; }
  [[nodiscard]] std::size_t size() const noexcept { return front_.size(); }
  // By kind of path.
  [[nodiscard]] walk_arrivals const& operator[](std::size_t k) const noexcept { return front_[k]; }
  // Steps taken, and how much was given up for want of more.
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
  [[nodiscard]] double left() const noexcept { return left_; }

  // Calls visit(node, what arrived there, worth of its last step) for every node before `target` that something arrived at.
  template <class Visit>
  void each_last(std::size_t k, index_t target, Visit const& visit) const noexcept {
    meta_path const& path = model_->paths()[k].path;
    step_id const last = path.last();
    node_list const before = graph().row(target).of(reversed(last));
    auto const pass = [&](index_t b) {
      arrival const from = front_[k][b];
      if (from.count == 0) return;
      node_list const list = graph().row(b).of(last);
      std::size_t const at = Model::choices_alike ? 0 : position_of(list.node, target);
      visit(b, from, model_->worth_of(last, b, list, path.size() - 1)(at));
    };
    // From whichever side is shorter, in the order of nodes in the one case and of arrival in the other.
    if (before.size() <= front_[k].nodes().size()) {
      for (index_t const b : before.node) pass(b);
    } else {
      for (index_t const b : front_[k].nodes())
        if (before.contains(b)) pass(b);
    }
  }

private:
  [[nodiscard]] knowledge_graph const& graph() const noexcept { return model_->graph(); }

  // All but the last step.
  void arrive(weighted_path const& p, walk_arrivals& front) {
    walk_arrivals* here = p.path.size() % 2 == 0 ? &other_ : &front;
    walk_arrivals* there = p.path.size() % 2 == 0 ? &front : &other_;
    here->start(graph().node_count());
    here->begin_at(start_);
    budget_.start();
    for (std::size_t depth = 0; depth + 1 != p.path.size(); ++depth) {
      there->start(graph().node_count());
      for (index_t const x : affordable(*here, p, depth)) {
        node_list const list = graph().row(x).of(p.path[depth]);
        auto const each = model_->worth_of(p.path[depth], x, list, depth);
        arrival const from = (*here)[x];
        steps_ += list.size();
        there->add(list.node, from, each);
      }
      std::swap(here, there);
    }
  }

  // The nodes that walk on, given what is left of the budget.
  [[nodiscard]] std::span<index_t const> affordable(walk_arrivals& here, weighted_path const& p, std::size_t depth) {
    auto const kept = budget_.affordable(
        here.nodes(), [&](index_t x) { return graph().row(x).of(p.path[depth]).size(); },
        [&](index_t x) { return here[x].value; }, [](index_t x) { return x; });
    double lost = 0;
    for (index_t const x : here.nodes().subspan(kept.size())) lost += here[x].value;
    left_ += (p.weight < 0 ? -p.weight : p.weight) * lost;
    return kept;
  }

  Model const* model_;
  step_budget budget_;
  index_t start_ = index_limit;
  double left_ = 0;
  std::uint64_t steps_ = 0;
  std::vector<walk_arrivals> front_;
  walk_arrivals other_;
};

}  // namespace detail

KINDRED_END
