// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/met_nodes.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_reach.hpp>
#include <kindred/graph/triple.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

// Asks a rule_model: (x, step, ?). Answers about tails by a step along, about heads by a step against.
//
// Visits what the rules lead to from x and nothing else. Holds the scratch of one thread, some 40 bytes a node; does not own
// graph and model. Facts that are added between two questions count in the second.
template <class Model>
class rule_query {
public:
  rule_query(knowledge_graph const& graph, Model const& model)
      : graph_(&graph), model_(&model), reach_(graph, model.rules(), model.limits()) {}

  // What score() says of an answer that linked_pairs::dropped rules out: less than of any other.
  static constexpr double ruled_out = std::numeric_limits<double>::lowest();

  void operator()(node_id asked, step_id head) {
    index_t const x = to_index(asked);
    make_ready(head);
    reach_.each_path(x, head, [&](std::size_t rule, index_t y, std::uint32_t paths) {
      model_->hear_path(heard_of(y), rule, paths);
    });
    reach_.each_constant(x, head, [&](index_t y, std::uint32_t shared, std::uint32_t length, rule_family from) {
      model_->hear_constant(heard_of(y), shared, length, from);
    });
    linked_.clear();
    if (model_->linked() == linked_pairs::ranked) return;
    node_row const from = graph_->row(x);
    for (std::size_t k = 0; k != from.size(); ++k)
      for (index_t const y : from.nodes(k)) linked_.push_back(y);
    std::sort(linked_.begin(), linked_.end());
  }

  // Asks as if the answer were not known: see rule_reach::hide.
  void hide(index_t answer) noexcept { reach_.hide(answer); }

  // The nodes that some rule speaks for, in no order to rely on.
  [[nodiscard]] std::span<index_t const> reached() const noexcept { return reached_; }

  // How likely a node is an answer: larger is likelier. Only the order has meaning.
  [[nodiscard]] double score(node_id answer) const noexcept {
    index_t const y = to_index(answer);
    if (y >= silent_.size()) return model_->silent_value(head_, 0, 0);
    if (std::binary_search(linked_.begin(), linked_.end(), y)) return ruled_out;
    return value(y);
  }

  // The scores of all nodes, at once.
  void scores(std::vector<double>& out) const {
    out = silent_;
    for (index_t const y : reached_) out[y] = value(y);
    for (index_t const y : linked_) out[y] = ruled_out;
  }

private:
  void make_ready(step_id head) {
    reached_.clear();
    index_t const nodes = graph_->node_count();
    heard_.start(nodes);
    if (!silent_.empty() && head == head_ && facts_ == graph_->size()) return;
    state_.resize(nodes);
    times_.resize(nodes);
    silent_.resize(nodes);
    for (index_t y = 0; y != nodes; ++y) {
      node_row const row = graph_->row(y);
      times_[y] = static_cast<std::uint32_t>(row.of(reversed(head)).size());
      silent_[y] = model_->silent_value(head, times_[y], row.degree());
    }
    head_ = head;
    facts_ = graph_->size();
  }

  [[nodiscard]] typename Model::state& heard_of(index_t y) {
    if (heard_.add(y)) {
      state_[y] = {};
      reached_.push_back(y);
    }
    return state_[y];
  }

  [[nodiscard]] double value(index_t y) const noexcept {
    if (!heard_.has(y)) return silent_[y];
    return model_->value(head_, state_[y], times_[y], graph_->row(y).degree());
  }

  knowledge_graph const* graph_;
  Model const* model_;
  rule_reach reach_;
  step_id head_{};
  std::size_t facts_ = 0;
  detail::met_nodes heard_;
  std::vector<typename Model::state> state_;
  std::vector<std::uint32_t> times_;  // by node, to how many questions of this head it is the answer
  std::vector<double> silent_;        // its value when no rule speaks
  std::vector<index_t> linked_;       // ascending
  std::vector<index_t> reached_;
};

KINDRED_END
