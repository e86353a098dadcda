// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/evidence_pool.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_reach.hpp>
#include <kindred/graph/triple.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Asks a rule_model: (x, step, ?). Answers about tails by a step along, about heads by a step against.
//
// Visits what the rules lead to from x and nothing else. Holds the scratch of one thread, some 40 bytes a node; does not own
// graph and model. Facts that are added between two questions count in the second.
template <class Smoothing, evidence_pool Pool>
class rule_query {
public:
  rule_query(knowledge_graph const& graph, rule_model<Smoothing, Pool> const& model)
      : graph_(&graph), model_(&model), reach_(graph, model.rules(), model.limits().hub_degree) {}

  void operator()(node_id asked, step_id head) {
    index_t const x = to_index(asked);
    make_ready(head);
    reach_.each_path(
        x, head, [&](std::size_t rule, index_t y, std::uint32_t paths) { hear(y, model_->confidence(rule, paths)); });
    reach_.each_constant(x, head, [&](index_t y, std::uint32_t shared, std::uint32_t length, index_t, index_t) {
      hear(y, model_->constant_confidence(shared, length));
    });
    if (model_->linked() == linked_pairs::ranked) return;
    node_row const from = graph_->row(x);
    for (std::size_t k = 0; k != from.size(); ++k)
      for (index_t const y : from.nodes(k)) linked_[y] = now_;
  }

  // The nodes that some rule speaks for, in no order to rely on.
  [[nodiscard]] std::span<index_t const> reached() const noexcept { return reached_; }

  // How likely a node is an answer: larger is likelier, 0 when nothing speaks for it; negative when linked_pairs::dropped rules
  // it out.
  [[nodiscard]] double score(node_id answer) const noexcept {
    index_t const y = to_index(answer);
    if (y >= prior_.size()) return 0;
    if (linked_[y] == now_) return -1;
    if (heard_[y] != now_) return prior_[y];
    return 1 - (1 - model_->pool().value(state_[y])) * (1 - prior_[y]);
  }

  // The scores of all nodes, at once.
  void scores(std::vector<double>& out) const {
    out = prior_;
    for (index_t const y : reached_) out[y] = score(node_id{y});
    for (index_t y = 0; y != linked_.size(); ++y)
      if (linked_[y] == now_) out[y] = -1;
  }

private:
  void make_ready(step_id head) {
    reached_.clear();
    ++now_;
    if (now_ == 1 || head != head_ || facts_ != graph_->size()) {
      index_t const nodes = graph_->node_count();
      heard_.resize(nodes);
      linked_.resize(nodes);
      state_.resize(nodes);
      prior_.resize(nodes);
      for (index_t y = 0; y != nodes; ++y) prior_[y] = model_->prior(head, graph_->row(y).of(reversed(head)).size());
      head_ = head;
      facts_ = graph_->size();
    }
  }

  void hear(index_t y, float confidence) {
    if (heard_[y] != now_) {
      heard_[y] = now_;
      state_[y] = {};
      reached_.push_back(y);
    }
    model_->pool().add(state_[y], confidence);
  }

  knowledge_graph const* graph_;
  rule_model<Smoothing, Pool> const* model_;
  rule_reach reach_;
  step_id head_{};
  std::size_t facts_ = 0;
  std::uint32_t now_ = 0;
  std::vector<std::uint32_t> heard_;   // by node, in which question
  std::vector<std::uint32_t> linked_;  // likewise
  std::vector<typename Pool::state> state_;
  std::vector<double> prior_;
  std::vector<index_t> reached_;
};

KINDRED_END
