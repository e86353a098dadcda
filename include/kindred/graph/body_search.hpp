// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/body_tally.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/rule_limits.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Numbers below `all`, each once, in random order; as many of them as are asked for.
class random_order {
public:
  void begin(std::size_t all) {
    number_.resize(all);
    for (std::uint32_t k = 0; k != all; ++k) number_[k] = k;
    drawn_ = 0;
  }
  [[nodiscard]] bool done() const noexcept { return drawn_ == number_.size(); }
  [[nodiscard]] std::uint32_t next(random_stream& random) noexcept {
    auto const left = static_cast<std::uint32_t>(number_.size() - drawn_);
    std::swap(number_[drawn_], number_[drawn_ + below(random, left)]);
    return number_[drawn_++];
  }

private:
  std::vector<std::uint32_t> number_;
  std::size_t drawn_ = 0;
};

// Looks for paths of three and four steps between two nodes, from both ends at once: everything behind random neighbors of the one
// is compared with the neighbors of the other. A path that is met by chance is then one that tells: walked at random, it leads
// from one node to the other with some probability, and the sum of these is what a body is chosen by (Lao and Cohen, 2010).
class body_search {
public:
  body_search(knowledge_graph const& graph, rule_limits const& limits)
      : graph_(graph), limits_(limits), mark_(graph.node_count()) {}

  // Adds the paths from x to y, of fact number `fact`, that limits.sampling.steps steps come upon. Returns what was spent: steps,
  // and the neighbors of x.
  std::uint64_t look(index_t x, index_t y, std::uint32_t fact, random_stream& random, body_tally& found) {
    node_row const from = graph_.row(x);
    spent_ = 1 + from.degree();
    budget_ = limits_.sampling.steps;
    static_cast<void>(meet(x, y, fact, {.tail = x}, random, found));
    if (limits_.longest < 4) return spent_;
    // A first step at random, then three more.
    budget_ = limits_.sampling.steps;
    first_.begin(from.degree());
    while (!first_.done()) {
      auto const [k, a] = edge(from, first_.next(random));
      std::size_t const degree = graph_.row(a).degree();
      if (a == x || a == y || degree > limits_.hub_degree || degree > limits_.sampling.steps) continue;
      if (!spend(degree)) break;
      auto const chance = 1 / static_cast<double>(from.nodes(k).size());
      auto const back = 1 / static_cast<double>(graph_.row(a).of(step_id{from.step(k) ^ 1u}).size());
      if (!meet(a, y, fact, {x, 1, step_id{from.step(k)}, chance, back}, random, found)) break;
    }
    return spent_;
  }

private:
  // What was walked before the three steps that are looked for.
  struct beginning {
    index_t tail;  // where it began
    std::uint32_t length = 0;
    step_id step{};
    double chance = 1, back = 1;
  };
  struct link {
    index_t step;
    std::uint32_t next;
    double chance, back;
  };
  struct mark {
    std::uint32_t now = 0;
    std::uint32_t link = 0;
  };

  [[nodiscard]] static std::pair<std::size_t, index_t> edge(node_row const& row, std::uint32_t number) noexcept {
    std::size_t k = 0;
    while (number >= row.nodes(k).size()) number -= static_cast<std::uint32_t>(row.nodes(k++).size());
    return {k, row.nodes(k)[number]};
  }
  [[nodiscard]] bool spend(std::size_t steps) noexcept {
    if (steps > budget_) return false;
    budget_ -= steps;
    spent_ += steps;
    return true;
  }

  // False when the budget is used up.
  [[nodiscard]] bool meet(index_t x, index_t y, std::uint32_t fact, beginning const& begun, random_stream& random,
                          body_tally& found) {
    node_row const to = graph_.row(y);
    mark_neighbors(x, y, begun);
    second_.begin(to.degree());
    while (!second_.done()) {
      auto const [t, b] = edge(to, second_.next(random));
      node_row const middle = graph_.row(b);
      std::size_t const degree = middle.degree();
      if (b == x || b == y || b == begun.tail || degree > limits_.hub_degree || degree > limits_.sampling.steps)
        continue;
      if (!spend(degree)) return false;
      step_id const last = reversed(step_id{to.step(t)});
      double const there = 1 / static_cast<double>(middle.of(last).size());
      double const back = begun.back / static_cast<double>(to.nodes(t).size());
      std::size_t paths = 0;
      for (std::size_t s = 0; s != middle.size(); ++s) {
        double const over_back = back / static_cast<double>(middle.nodes(s).size());
        step_id const second = reversed(step_id{middle.step(s)});
        for (index_t const a : middle.nodes(s)) {
          if (mark_[a].now != now_ || a == b) continue;
          double const over = there / static_cast<double>(graph_.row(a).of(second).size());
          for (std::uint32_t k = mark_[a].link; k != 0; k = links_[k - 1].next) {
            link const& l = links_[k - 1];
            body_tally::body steps{};
            steps[0] = begun.step;
            steps[begun.length] = step_id{l.step};
            steps[begun.length + 1] = second;
            steps[begun.length + 2] = last;
            found.add(steps, begun.length + 3, fact, l.chance * over + l.back * over_back);
            ++paths;
          }
        }
      }
      if (!spend(paths)) return false;  // to write a path down takes longer than to step
    }
    return true;
  }

  void mark_neighbors(index_t x, index_t y, beginning const& begun) {
    node_row const from = graph_.row(x);
    if (++now_ == 0) {  // all numbers were used
      mark_.assign(mark_.size(), {});
      now_ = 1;
    }
    links_.clear();
    for (std::size_t k = 0; k != from.size(); ++k) {
      step_id const back{from.step(k) ^ 1u};
      for (index_t const a : from.nodes(k)) {
        node_row const row = graph_.row(a);
        if (a == x || a == y || a == begun.tail || row.degree() > limits_.hub_degree) continue;
        mark& m = mark_[a];
        if (m.now != now_) m = {now_, 0};
        links_.push_back({from.step(k), m.link, begun.chance / static_cast<double>(from.nodes(k).size()),
                          1 / static_cast<double>(row.of(back).size())});
        m.link = static_cast<std::uint32_t>(links_.size());
      }
    }
  }

  knowledge_graph const& graph_;
  rule_limits const& limits_;
  std::vector<mark> mark_;  // by node
  std::vector<link> links_;
  random_order first_, second_;
  std::uint32_t now_ = 0;
  std::size_t budget_ = 0;
  std::uint64_t spent_ = 0;
};

}  // namespace detail

KINDRED_END
