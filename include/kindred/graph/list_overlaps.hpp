// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/posting_index.hpp>
#include <kindred/graph/rule_limits.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Rules with constants, all of them: r(x, c) <- b(x, d). "Who likes tea buys honey."
//
// Such a rule says that two lists share nodes: those that are related by r to c, and those by b to d. So what is kept is, for
// every list, which others overlap with it, and in how many nodes. The confidence of either for the other follows from the
// overlap and the lengths. 8 bytes an entry; entries of a list are ordered by step and node of the other.
class list_overlaps {
public:
  struct entry {
    index_t list;
    std::uint32_t shared;

    static void fields(auto& self, auto& visit) {
      visit("list", self.list);
      visit("shared", self.shared);
    }
  };

  list_overlaps() = default;

  static constexpr stored_format format{"list_overlaps", 1};
  static void fields(auto& self, auto& visit) {
    visit("first", self.first_);
    visit("entries", self.entry_);
  }
  void restore() const {
    check_stored_offsets(first_, entry_.size(), "list_overlaps");
    for (entry const& one : entry_)
      check_stored(std::size_t{one.list} + 1 < first_.size(), "list_overlaps: lists that there are");
  }
  [[nodiscard]] std::size_t lists() const noexcept { return first_.empty() ? 0 : first_.size() - 1; }

  // Counts all overlaps, exactly; nodes with more than limits.hub_degree facts are left out of the count. Time is the sum over
  // all others of degree squared. The same on any number of threads.
  template <executor E>
  list_overlaps(knowledge_graph const& graph, posting_index const& lists, rule_limits const& limits, E& ex) {
    first_.assign(std::size_t{lists.size()} + 1, 0);
    if (limits.min_overlap == 0) return;
    std::vector<std::vector<pair>> found(chunk_count(lists.size(), grain));
    {
      members const of(graph, lists, limits.hub_degree);
      ex.bulk(found.size(), [&](std::size_t k) {
        chunk const c = chunk_at(lists.size(), grain, k);
        count(graph, lists, limits, of, static_cast<index_t>(c.first), static_cast<index_t>(c.last), found[k]);
      });
    }
    for (auto const& part : found)
      for (pair const& p : part) {
        ++first_[p.low + 1];
        ++first_[p.high + 1];
      }
    for (std::size_t k = 1; k != first_.size(); ++k) first_[k] += first_[k - 1];
    entry_.resize(static_cast<std::size_t>(first_.back()));
    std::vector<offset_t> next(first_.begin(), first_.end() - 1);
    for (auto& part : found) {
      for (pair const& p : part) {
        entry_[static_cast<std::size_t>(next[p.low]++)] = {p.high, p.shared};
        entry_[static_cast<std::size_t>(next[p.high]++)] = {p.low, p.shared};
      }
      part = {};
    }
    for_chunks(ex, lists.size(), grain, [&](std::size_t from, std::size_t to) {
      for (std::size_t k = from; k != to; ++k)
        std::sort(entry_.begin() + static_cast<std::ptrdiff_t>(first_[k]),
                  entry_.begin() + static_cast<std::ptrdiff_t>(first_[k + 1]), [&](entry const& a, entry const& b) {
                    return lists.step(a.list) != lists.step(b.list) ? lists.step(a.list) < lists.step(b.list)
                                                                    : a.list < b.list;
                  });
    });
  }

  [[nodiscard]] std::size_t size() const noexcept { return entry_.size(); }
  [[nodiscard]] std::span<entry const> of(index_t list) const noexcept {
    auto const first = static_cast<std::size_t>(first_[list]);
    return std::span<entry const>(entry_).subspan(first, static_cast<std::size_t>(first_[list + 1]) - first);
  }
  // Those whose other list is of one step. O(log size).
  [[nodiscard]] std::span<entry const> of(index_t list, index_t step, posting_index const& lists) const noexcept {
    auto const all = of(list);
    auto const begin =
        std::partition_point(all.begin(), all.end(), [&](entry const& e) { return lists.step(e.list) < step; });
    auto const end = std::partition_point(begin, all.end(), [&](entry const& e) { return lists.step(e.list) == step; });
    return {begin, end};
  }

  // Forgets the overlaps for which goes(list, entry) says so; asked list by list, for both lists of each.
  template <class Goes>
  void drop(Goes const& goes) {
    std::size_t kept = 0;
    for (index_t k = 0; k + 1 < first_.size(); ++k) {
      auto const from = static_cast<std::size_t>(first_[k]), to = static_cast<std::size_t>(first_[k + 1]);
      first_[k] = static_cast<offset_t>(kept);
      for (std::size_t e = from; e != to; ++e)
        if (!goes(k, std::as_const(entry_[e]))) entry_[kept++] = entry_[e];
    }
    if (!first_.empty()) first_.back() = static_cast<offset_t>(kept);
    entry_.resize(kept);
  }

private:
  static constexpr std::size_t grain = 2048;

  struct pair {
    index_t low, high;
    std::uint32_t shared;
  };

  // By node, the lists that it is in, ascending.
  struct members {
    members(knowledge_graph const& graph, posting_index const& lists, std::uint32_t hub)
        : first(std::size_t{graph.node_count()} + 1) {
      for (index_t x = 0; x != graph.node_count(); ++x) {
        std::size_t const degree = graph.row(x).degree();
        first[x + 1] = first[x] + (degree > hub ? 0 : degree);
      }
      list.resize(static_cast<std::size_t>(first.back()));
      std::vector<offset_t> next(first.begin(), first.end() - 1);
      for (index_t d = 0; d != graph.node_count(); ++d) {
        node_row const row = graph.row(d);
        for (std::size_t k = 0; k != row.size(); ++k)
          for (index_t const x : row.nodes(k))
            if (first[x] != first[x + 1])
              list[static_cast<std::size_t>(next[x]++)] = lists.first(d) + static_cast<index_t>(k);
      }
    }
    [[nodiscard]] std::span<index_t const> of(index_t x) const noexcept {
      auto const from = static_cast<std::size_t>(first[x]);
      return std::span<index_t const>(list).subspan(from, static_cast<std::size_t>(first[x + 1]) - from);
    }

    std::vector<offset_t> first;
    std::vector<index_t> list;
  };

  static void count(knowledge_graph const& graph, posting_index const& lists, rule_limits const& limits,
                    members const& of, index_t from, index_t to, std::vector<pair>& found) {
    std::vector<std::uint32_t> shared(lists.size());
    std::vector<index_t> touched;
    for (index_t low = from; low != to; ++low) {
      if (lists.length(low) < limits.min_overlap) continue;
      index_t const node = lists.node(low);
      touched.clear();
      for (index_t const x : graph.row(node).nodes(low - lists.first(node))) {
        auto const in = of.of(x);
        for (auto at = std::upper_bound(in.begin(), in.end(), low); at != in.end(); ++at)
          if (shared[*at]++ == 0) touched.push_back(*at);
      }
      for (index_t const high : touched) {
        std::uint32_t const both = shared[high];
        shared[high] = 0;
        index_t const shorter = (std::min)(lists.length(low), lists.length(high));
        if (both >= limits.min_overlap && both >= limits.min_constant * (static_cast<double>(shorter) + 5))
          found.push_back({low, high, both});
      }
    }
  }

  std::vector<offset_t> first_;
  std::vector<entry> entry_;
};

KINDRED_END
