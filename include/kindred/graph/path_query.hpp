// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/node_sums.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/path_scorer.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/graph/walk_arrivals.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
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
  static constexpr std::uint64_t no_budget = (std::numeric_limits<std::uint64_t>::max)();

  explicit path_query(path_scorer<T, W> const& model, std::uint64_t budget = no_budget)
      : model_(&model), budget_(budget), front_(model.paths().size()) {}

  // Paths from a user; or from any node, such as that of an item, for paths that begin there.
  void operator()(user_id u) { (*this)(node_id{model_->links().node_of(u)}); }
  void operator()(node_id from) {
    start_ = to_index(from);
    left_ = 0;
    steps_ = 0;
    scored_ = false;
    std::size_t const nodes = (std::max)(std::size_t{graph().node_count()}, std::size_t{1});
    for (std::size_t k = 0; k != front_.size(); ++k) {
      front_[k].start(nodes);
      if (start_ < graph().node_count()) arrive(model_->paths()[k], front_[k]);
    }
  }

  // The score of one item: O(its facts).
  [[nodiscard]] T score(item_id i) const noexcept { return score(node_id{model_->links().node_of(i)}); }
  [[nodiscard]] T score(node_id to) const noexcept {
    double sum = 0;
    for (std::size_t k = 0; k != front_.size(); ++k) {
      weighted_path const& p = model_->paths()[k];
      each_last(k, to_index(to),
                [&](index_t, detail::arrival const& from, double worth) { sum += p.weight * (from.value * worth); });
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
  [[nodiscard]] path_reasons reasons(node_id to, std::size_t most) {
    path_reasons all;
    double count = 0;
    for (std::size_t k = 0; k != front_.size(); ++k) {
      weighted_path const& p = model_->paths()[k];
      double const size = p.weight < 0 ? -p.weight : p.weight;
      through_.clear();
      each_last(k, to_index(to), [&](index_t b, detail::arrival const& from, double worth) {
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
        collect(k, through_.back(), to_index(to), most, all);
      }
    }
    all.count = static_cast<std::size_t>(count);
    for (path_reason const& r : all.strongest) all.rest -= r.share;
    return all;
  }

  // How many steps the question took so far, and how much at most each score may be off because the budget ran out, where the steps
  // from a node are worth no more than 1 in sum, as random_steps are.
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
  [[nodiscard]] double left() const noexcept { return left_; }

private:
  struct passage {
    double bound;  // what the strongest path through the node adds
    double worth;  // of the last step
    index_t node;
  };

  [[nodiscard]] knowledge_graph const& graph() const noexcept { return model_->graph(); }

  // All but the last step.
  void arrive(weighted_path const& p, detail::walk_arrivals& front) {
    detail::walk_arrivals* here = p.path.size() % 2 == 0 ? &other_ : &front;
    detail::walk_arrivals* there = p.path.size() % 2 == 0 ? &front : &other_;
    here->start(graph().node_count());
    here->begin_at(start_);
    std::uint64_t spent = 0;
    for (std::size_t depth = 0; depth + 1 != p.path.size(); ++depth) {
      there->start(graph().node_count());
      for (index_t const x : affordable(*here, p, depth, spent)) {
        node_list const list = graph().row(x).of(p.path[depth]);
        auto const each = model_->worth_of(p.path[depth], x, list, depth);
        detail::arrival const from = (*here)[x];
        steps_ += list.size();
        there->add(list.node, from, each);
      }
      std::swap(here, there);
    }
  }

  // The nodes that walk on, given what is left of the budget.
  [[nodiscard]] std::span<index_t const> affordable(detail::walk_arrivals& here, weighted_path const& p,
                                                    std::size_t depth, std::uint64_t& spent) {
    if (budget_ == no_budget) return here.nodes();
    std::uint64_t asked = 0;
    for (index_t const x : here.nodes()) asked += graph().row(x).of(p.path[depth]).size();
    if (asked <= budget_ - spent) {
      spent += asked;
      return here.nodes();
    }
    std::span<index_t> const nodes = here.nodes();
    std::sort(nodes.begin(), nodes.end(), [&](index_t a, index_t b) {
      return here[a].value != here[b].value ? here[a].value > here[b].value : a < b;
    });
    std::size_t kept = 0;
    while (kept != nodes.size()) {
      std::uint64_t const more = graph().row(nodes[kept]).of(p.path[depth]).size();
      if (more > budget_ - spent) break;
      spent += more;
      ++kept;
    }
    double lost = 0;
    for (index_t const x : nodes.subspan(kept)) lost += here[x].value;
    left_ += (p.weight < 0 ? -p.weight : p.weight) * lost;
    return nodes.first(kept);
  }

  void take_last_steps() {
    sum_.start(graph().node_count());
    for (std::size_t k = 0; k != front_.size(); ++k) {
      weighted_path const& p = model_->paths()[k];
      std::size_t const depth = p.path.size() - 1;
      for (index_t const x : front_[k].nodes()) {
        node_list const list = graph().row(x).of(p.path.last());
        auto const each = model_->worth_of(p.path.last(), x, list, depth);
        double const value = p.weight * front_[k][x].value;
        steps_ += list.size();
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

  // Calls visit(node, what arrived there, worth of its last step) for every node before `target` that something arrived at.
  template <class Visit>
  void each_last(std::size_t k, index_t target, Visit const& visit) const noexcept {
    meta_path const& path = model_->paths()[k].path;
    step_id const last = path.last();
    node_list const before = graph().row(target).of(reversed(last));
    auto const pass = [&](index_t b) {
      detail::arrival const from = front_[k][b];
      if (from.count == 0) return;
      node_list const list = graph().row(b).of(last);
      std::size_t const at = weighs_choices_alike<W> ? 0 : position_of(list.node, target);
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

  // What a path has to add in order to be among the strongest.
  [[nodiscard]] static double needed(path_reasons const& all, std::size_t most) noexcept {
    if (all.strongest.size() < most) return 0;
    double const share = all.strongest.back().share;
    return share < 0 ? -share : share;
  }

  // Enters the paths that reach the target by way of one node.
  void collect(std::size_t k, passage const& through, index_t target, std::size_t most, path_reasons& all) const {
    weighted_path const& p = model_->paths()[k];
    path_reason one{.kind = k, .length = p.path.size()};
    one.nodes[0] = start_;
    one.nodes[p.path.size()] = target;
    each_way(p, through, 0, 1, one, [&](double value) {
      one.share = p.weight * (value * through.worth);
      detail::enter(all, one, most);
    });
  }

  // Calls visit(product of steps) for every way from one.nodes[depth] to the node before the target.
  template <class Visit>
  void each_way(weighted_path const& p, passage const& through, std::size_t depth, double value, path_reason& one,
                Visit const& visit) const {
    std::size_t const end = p.path.size() - 1;
    index_t const x = one.nodes[depth];
    if (depth == end) {
      if (x == through.node) visit(value);
      return;
    }
    step_id const s = p.path[depth];
    node_list const list = graph().row(x).of(s);
    auto const each = model_->worth_of(s, x, list, depth);
    if (depth + 1 == end) {
      std::size_t const at = position_of(list.node, through.node);
      if (at == list.size()) return;
      one.nodes[end] = through.node;
      visit(value * each(at));
      return;
    }
    auto const go_on = [&](std::size_t j) {
      one.nodes[depth + 1] = list.node[j];
      each_way(p, through, depth + 1, value * each(j), one, visit);
    };
    if (depth + 2 != end) {
      for (std::size_t j = 0; j != list.size(); ++j) go_on(j);
      return;
    }
    std::span<index_t const> const before = graph().row(through.node).of(reversed(p.path[depth + 1])).node;
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

  path_scorer<T, W> const* model_;
  std::uint64_t budget_;
  index_t start_ = index_limit;
  double left_ = 0;
  std::uint64_t steps_ = 0;
  bool scored_ = false;
  std::vector<detail::walk_arrivals> front_;  // by kind of path, what arrived before the last step
  detail::walk_arrivals other_;
  detail::node_sums sum_;
  std::vector<scored_item<T>> items_;
  std::vector<passage> through_;
};

KINDRED_END
