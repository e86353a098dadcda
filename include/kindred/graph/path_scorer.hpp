// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/asked_nodes.hpp>
#include <kindred/graph/entity_links.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_batch.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/single_paths.hpp>
#include <kindred/graph/stack_walk.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/strongest.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Scores items by the paths of a graph that lead to them from a user:
//
//   s(u, i) = sum over kinds of path p of  weight_p  sum over paths u -> i of kind p of  prod of its steps
//
// A kind of path is a meta_path, the worth of a step a policy (step_weight.hpp). Higher is better, and that is all. Nothing is
// computed beforehand: a score reads the graph as it is, so that a fact or a purchase counts as soon as it is added, exactly
// as if it had been there from the start; new users and items need no training. Work is the steps that the paths take, where
// nodes that several lead to go on together; scratch is on the stack, 80 KB at most.
//
// A user who is no node, an item that no fact names: zero.
template <real T, step_weight W = random_steps>
class path_scorer {
public:
  using value_type = T;

  // Throws error{setting}: no path, or a weight that is not finite. check_path asks whether the graph can walk a path.
  path_scorer(knowledge_graph graph, entity_links links, relation_id interacts, std::vector<weighted_path> paths,
              W steps = {})
      : graph_(std::move(graph)),
        links_(std::move(links)),
        interacts_(interacts),
        paths_(std::move(paths)),
        steps_(steps) {
    check_settings(steps_);
    if (paths_.empty()) raise(error(error_kind::setting) << "path_scorer: there is no path to score by");
    for (weighted_path const& p : paths_)
      if (!is_finite(p.weight))
        raise(error(error_kind::setting) << "path_scorer: the weight of a path is not a finite number");
  }

  static constexpr stored_format format{"path_scorer", 1};
  path_scorer(blank) {}
  static void fields(auto& self, auto& visit) {
    visit("graph", self.graph_);
    visit("links", self.links_);
    visit("interacts", self.interacts_);
    visit("steps", self.steps_);
    visit.through(
        "paths",
        [&] {
          std::vector<detail::kept_path> kept;
          for (weighted_path const& p : self.paths_) kept.push_back(detail::kept_path::of(p));
          return kept;
        },
        [&](auto read) {
          for (auto const& p : read) self.paths_.push_back(p.path());
        });
  }
  void restore() const { check_stored(!paths_.empty(), "path_scorer: a path to score by"); }

  [[nodiscard]] bool knows(user_id u) const noexcept { return !graph_.row(links_.node_of(u)).empty(); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return !graph_.row(links_.node_of(i)).empty(); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    add_up(u, detail::asked_nodes(links_, items), out);
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    KINDRED_ASSERT(out.size() <= range_block);
    add_up(u, detail::asked_range(links_, first, out.size()), out);
  }

  // Many users at once (batch_scorer.hpp). What arrives at a node is added up as T: the tolerance is kept where weights are of one sign and
  // some ten thousand walks meet on a node, as their order there is another. A million floats of one size are off by a hundredth.
  static constexpr double batch_tolerance = std::numeric_limits<T>::epsilon() * 1000;
  void score_batch(std::span<user_id const> users, item_id first, std::span<T> out) const {
    KINDRED_ASSERT(users.size() <= batch_block);
    std::fill(out.begin(), out.end(), T{0});
    if (!users.empty()) detail::path_batch(*this).score(users, first, out.size() / users.size(), out.data());
  }

  // What the first steps from the user lead to, and how much of the score goes through each: items, users, or, as features, other
  // nodes by their number; one reason for every kind of path and first node.
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    std::size_t count = 0;
    if (!knows(u) || !knows(i)) return {T{0}, 0};
    index_t const target = links_.node_of(i);
    for (weighted_path const& p : paths_) {
      double share = 0;
      index_t first = index_limit;
      auto const close = [&] {
        if (first != index_limit)
          count = keep_strongest(out, count, reason_of(first, static_cast<T>(p.weight * share)));
      };
      detail::single_paths(*this, p.path, target).each_from(links_.node_of(u), [&](auto const& nodes, double value) {
        if (nodes[1] != first) {
          close();
          first = nodes[1];
          share = 0;
        }
        share += value;
      });
      close();
    }
    return {T{0}, count};
  }

  // The `most` strongest single paths behind a score; ties by kind of path, then by nodes. The shares of all paths, of which
  // `rest` sums those that are not shown, add up to the score.
  [[nodiscard]] path_reasons reasons(user_id u, item_id i, std::size_t most) const {
    path_reasons all;
    if (!knows(u) || !knows(i)) return all;
    index_t const target = links_.node_of(i);
    for (std::size_t k = 0; k != paths_.size(); ++k) {
      weighted_path const& p = paths_[k];
      detail::single_paths(*this, p.path, target).each_from(links_.node_of(u), [&](auto const& nodes, double value) {
        path_reason one{.kind = k, .length = p.path.size(), .nodes = nodes, .share = p.weight * value};
        ++all.count;
        all.rest += one.share;
        detail::enter(all, one, most);
      });
    }
    for (path_reason const& r : all.strongest) all.rest -= r.share;
    return all;
  }

  // Takes in one more fact. Throws what knowledge_graph::add throws.
  void add(triple const& fact) { graph_.add(fact); }

  // Takes in that u had i, with this weight, which has to be positive. Throws error{data}, and changes nothing, when it is not or
  // an id is out of range.
  void update(user_id u, item_id i, T value) {
    if (!links_.fits(to_index(u)) || !links_.fits(to_index(i)))
      raise(error(error_kind::data) << "path_scorer: an update has the ids " << to_index(u) << " and " << to_index(i)
                                    << ", for which there is no room");
    graph_.add({node_id{links_.node_of(u)}, interacts_, node_id{links_.node_of(i)}, static_cast<float>(value)});
  }

  [[nodiscard]] knowledge_graph const& graph() const noexcept { return graph_; }
  [[nodiscard]] entity_links const& links() const noexcept { return links_; }
  [[nodiscard]] std::span<weighted_path const> paths() const noexcept { return paths_; }
  [[nodiscard]] W const& steps() const noexcept { return steps_; }

  // For those who walk: what the k-th choice of a list is worth, as a function of k; asked once for all where they are alike.
  static constexpr bool choices_alike = weighs_choices_alike<W>;
  [[nodiscard]] auto worth_of(step_id s, index_t from, node_list const& list, std::size_t depth) const noexcept {
    if constexpr (weighs_choices_alike<W>) {
      double const all = list.empty() ? 0 : worth(s, from, list, 0, depth);
      return [all](std::size_t) noexcept { return all; };
    } else {
      return [=, this](std::size_t k) noexcept { return worth(s, from, list, k, depth); };
    }
  }

private:
  [[nodiscard]] double worth(step_id s, index_t from, node_list const& list, std::size_t k,
                             std::size_t depth) const noexcept {
    return steps_({&graph_, s, from, list.node[k], list.size(), list.weight_of(k), list.time_of(k)}, depth);
  }

  [[nodiscard]] evidence<T> reason_of(index_t node, T share) const noexcept {
    if (index_t const item = links_.item_at(node); item != index_limit) return {evidence_kind::item, item, share};
    if (index_t const user = links_.user_at(node); user != index_limit) return {evidence_kind::user, user, share};
    return {evidence_kind::feature, node, share};
  }

  template <class Asked>
  void add_up(user_id u, Asked const& asked, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    for (weighted_path const& p : paths_) detail::stack_walk(*this, p, links_.node_of(u), asked, out.data());
  }

  knowledge_graph graph_;
  entity_links links_;
  relation_id interacts_{};
  std::vector<weighted_path> paths_;
  W steps_ = {};
};

KINDRED_END
