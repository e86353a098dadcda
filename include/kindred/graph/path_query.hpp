// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/node_sums.hpp>
#include <kindred/graph/path_fronts.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/path_scorer.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/strongest_paths.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/graph/walk_arrivals.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Asks a path_scorer about one user: which items its paths lead to, how far, and why. Walks once, and answers everything else from
// what arrived: a page of recommendations with the reasons for each costs little more than the scores.
//
//   kindred::path_query ask(model);
//   ask(user);
//   auto const count = ask.best(kindred::unseen(data, user), best);     // as top_n, of what the paths lead to
//   auto const why = ask.reasons(best[0].item, 3);                      // as model.reasons
//
// Scores are those of the model up to rounding. Work is the steps that the paths take, where nodes that several lead to go on as one,
// and none beyond what they reach. With a `budget` it is at most so many steps for all but the last step of every kind of path:
// where it runs out, the nodes at which most arrived go on and the others end; left() says how much was given up.
//
// Holds the scratch of one thread, 24 bytes a node and kind of path, and does not own the model; what is added to that between two
// questions counts in the second.
template <real T, step_weight W>
class path_query {
public:
  static constexpr std::uint64_t no_budget = detail::path_fronts<path_scorer<T, W>>::no_budget;

  explicit path_query(path_scorer<T, W> const& model, std::uint64_t budget = no_budget)
      : model_(&model), fronts_(model, budget) {}

  // Paths from a user; or from any node, such as that of an item, for paths that begin there.
  void operator()(user_id u) { (*this)(node_id{model_->links().node_of(u)}); }
  void operator()(node_id from) {
    scored_ = false;
    last_steps_ = 0;
    fronts_.walk(to_index(from));
  }

  // The score of one item: O(its facts).
  [[nodiscard]] T score(item_id i) const noexcept { return score(node_id{model_->links().node_of(i)}); }
  [[nodiscard]] T score(node_id to) const noexcept {
    double sum = 0;
    for (std::size_t k = 0; k != fronts_.size(); ++k) {
      weighted_path const& p = model_->paths()[k];
      fronts_.each_last(k, to_index(to), [&](index_t, detail::arrival const& from, double worth) {
        sum += p.weight * (from.value * worth);
      });
    }
    return static_cast<T>(sum);
  }

  // All items that the paths lead to, with their scores, by their nodes. Takes the last step of every kind, once a question.
  [[nodiscard]] std::span<scored_item<T> const> items() {
    if (!scored_) take_last_steps();
    return items_;
  }

  // The best out.size() of the items that the paths lead to and `which` contains, best first, ties by id; returns how many.
  template <class Which>
    requires requires(Which const& w, item_id i) { static_cast<bool>(w.contains(i)); }
  std::size_t best(Which const& which, std::span<scored_item<T>> out) {
    auto const before = [](scored_item<T> const& a, scored_item<T> const& b) {
      return a.value != b.value ? a.value > b.value : to_index(a.item) < to_index(b.item);
    };
    std::size_t count = 0;
    // `which` is asked only of those that would enter. The worst of a full list stands in front.
    for (scored_item<T> const& one : items()) {
      bool const full = count == out.size();
      if ((full && (count == 0 || !before(one, out[0]))) || !which.contains(one.item)) continue;
      if (full) std::pop_heap(out.begin(), out.end(), before);
      else ++count;
      out[count - 1] = one;
      std::push_heap(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), before);
    }
    std::sort_heap(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), before);
    return count;
  }

  // The `most` strongest single paths behind the score of an item, how many there are and what the others add: those of
  // path_scorer::reasons, found from the nodes before the item with the strongest first, so that few paths are looked at. Where
  // many are equally strong, all of them are.
  [[nodiscard]] path_reasons reasons(item_id i, std::size_t most) {
    return reasons(node_id{model_->links().node_of(i)}, most);
  }
  [[nodiscard]] path_reasons reasons(node_id to, std::size_t most) { return strongest_(fronts_, to_index(to), most); }

  // How many steps the question took so far, and how much at most each score may be off because the budget ran out, where the steps
  // from a node are worth no more than 1 in sum, as random_steps are.
  [[nodiscard]] std::uint64_t steps() const noexcept { return fronts_.steps() + last_steps_; }
  [[nodiscard]] double left() const noexcept { return fronts_.left(); }

private:
  [[nodiscard]] knowledge_graph const& graph() const noexcept { return model_->graph(); }

  void take_last_steps() {
    sum_.start(graph().node_count());
    for (std::size_t k = 0; k != fronts_.size(); ++k) {
      weighted_path const& p = model_->paths()[k];
      std::size_t const depth = p.path.size() - 1;
      for (index_t const x : fronts_[k].nodes()) {
        node_list const list = graph().row(x).of(p.path.last());
        auto const each = model_->worth_of(p.path.last(), x, list, depth);
        double const value = p.weight * fronts_[k][x].value;
        last_steps_ += list.size();
        sum_.add(list.node, [&](std::size_t j) noexcept { return value * each(j); });
      }
    }
    items_.clear();
    sum_.drain([&](index_t y, double value) {
      if (index_t const item = model_->links().item_at(y); item != index_limit)
        items_.push_back({item_id{item}, static_cast<T>(value)});
    });
    scored_ = true;
  }

  path_scorer<T, W> const* model_;
  detail::path_fronts<path_scorer<T, W>> fronts_;
  detail::strongest_paths<path_scorer<T, W>> strongest_;
  detail::node_sums sum_;
  std::uint64_t last_steps_ = 0;
  bool scored_ = false;
  std::vector<scored_item<T>> items_;
};

KINDRED_END
