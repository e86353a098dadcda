// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/node_sums.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/path_scorer.hpp>
#include <kindred/graph/step_budget.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

template <real T>
struct scored_user {
  user_id user;
  T value;
};

// Asks a path_scorer about one item: whom to show it to. The scores are those that the users have for the item, up to rounding; the
// paths are walked backwards from it, so that only users are visited that some path joins to it. With a `budget` it is at most so
// many steps for all but the last step of every kind of path, which is their first: where it runs out, the nodes from which most
// arrives at the item go on and the others end; left() says how much was given up.
//
//   kindred::path_audience ask(model);
//   ask(item);
//   auto const count = ask.best(out, [&](kindred::user_id u) { return !data.contains(u, item); });
//
// Holds the scratch of one thread, 16 bytes a node; does not own the model.
template <real T, step_weight W>
class path_audience {
public:
  static constexpr std::uint64_t no_budget = detail::step_budget::none;

  explicit path_audience(path_scorer<T, W> const& model, std::uint64_t budget = no_budget)
      : model_(&model), budget_(budget) {}

  void operator()(item_id i) {
    index_t const target = model_->links().node_of(i);
    knowledge_graph const& graph = model_->graph();
    sum_.start(graph.node_count());
    users_.clear();
    steps_ = 0;
    left_ = 0;
    if (target >= graph.node_count()) return;
    for (weighted_path const& p : model_->paths()) walk(p, target);
    sum_.drain([&](index_t x, double value) {
      if (index_t const user = model_->links().user_at(x); user != index_limit)
        users_.push_back({user_id{user}, static_cast<T>(value)});
    });
  }

  // All users whom a path joins to the item, by their nodes.
  [[nodiscard]] std::span<scored_user<T> const> users() const noexcept { return users_; }

  // The best out.size() of those whom keep(user) picks, best first, ties by id; returns how many.
  template <class Keep>
  std::size_t best(std::span<scored_user<T>> out, Keep const& keep) const {
    std::vector<scored_user<T>> chosen;
    for (scored_user<T> const& one : users_)
      if (keep(one.user)) chosen.push_back(one);
    std::size_t const count = (std::min)(out.size(), chosen.size());
    std::partial_sort_copy(chosen.begin(), chosen.end(), out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count),
                           [](scored_user<T> const& a, scored_user<T> const& b) {
                             return a.value != b.value ? a.value > b.value : to_index(a.user) < to_index(b.user);
                           });
    return count;
  }

  // How many steps the question took, the last of every kind of path included, and how much at most each score may be off because
  // the budget ran out, where the steps from a node are worth no more than 1 in sum, as random_steps are.
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
  [[nodiscard]] double left() const noexcept { return left_; }

private:
  struct arrived {
    index_t node;
    double value;
  };

  void walk(weighted_path const& p, index_t target) {
    knowledge_graph const& graph = model_->graph();
    here_.assign(1, {target, p.weight});
    budget_.start();
    for (std::size_t depth = p.path.size(); depth-- != 0;) {
      step_id const s = p.path[depth];
      detail::node_sums& next = depth == 0 ? sum_ : between_;
      next.start(graph.node_count());
      for (arrived const& at : depth == 0 ? std::span<arrived const>(here_) : affordable(s)) {
        std::span<index_t const> const from = graph.row(at.node).of(reversed(s)).node;
        steps_ += from.size();
        next.add(from, [&](std::size_t k) noexcept {
          node_list const list = graph.row(from[k]).of(s);
          std::size_t const to = weighs_choices_alike<W> ? 0 : position_of(list.node, at.node);
          return at.value * model_->worth_of(s, from[k], list, depth)(to);
        });
      }
      if (depth == 0) return;
      here_.clear();
      between_.drain([&](index_t x, double value) { here_.push_back({x, value}); });
    }
  }

  // The nodes of here_ that walk on, given what is left of the budget. Whoever walks is at one node at a time: what the others lose
  // is no more than the largest value of those that end.
  [[nodiscard]] std::span<arrived const> affordable(step_id s) {
    auto const size = [](double value) { return value < 0 ? -value : value; };
    auto const kept = budget_.affordable(
        std::span(here_), [&](arrived const& x) { return model_->graph().row(x.node).of(reversed(s)).size(); },
        [&](arrived const& x) { return size(x.value); }, [](arrived const& x) { return x.node; });
    double lost = 0;
    for (arrived const& x : std::span(here_).subspan(kept.size())) lost = (std::max)(lost, size(x.value));
    left_ += lost;
    return kept;
  }

  path_scorer<T, W> const* model_;
  detail::step_budget budget_;
  std::uint64_t steps_ = 0;
  double left_ = 0;
  detail::node_sums sum_, between_;
  std::vector<arrived> here_;
  std::vector<scored_user<T>> users_;
};

KINDRED_END
