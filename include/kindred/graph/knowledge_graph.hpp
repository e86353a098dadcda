// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/packed_rows.hpp>
#include <kindred/graph/relation_statistics.hpp>
#include <kindred/graph/row_patch.hpp>
#include <kindred/graph/triple.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// How many nodes and relations a graph has, when ids in the triples do not reach them all; zero: as many as are reached.
struct graph_size {
  index_t nodes = 0;
  index_t relations = 0;
};

// Facts about things, ready to be walked in both directions: from every node, its steps in order, and behind each the
// nodes that it leads to.
//
// A fact is stored twice, along and against its relation: 8 bytes, and 4 for every pair of a node and a step, of which a fact makes
// two at most. So a graph has 16 bytes a fact and 8 a node, or less; 8 a fact more with weights, 16 more with times. (A node of
// more than 65 535 facts has 8 bytes a step, and so has every node of a graph of more than 32 768 relations.) A fact that is given
// twice counts once; the later weight and time are kept. Facts can be added at any time: the rows of their two nodes are then
// copied aside and changed there (O(degree) a fact), everything else stays, and the graph reads like one that was built with them.
//
// A fact may relate a node to itself; walks and rules, which never visit a node twice, pass by such facts.
class knowledge_graph {
public:
  knowledge_graph() = default;

  // Throws error: shape when an id is beyond `size` or there are more than 2^31 - 1 facts (half of that for sure, of more than
  // 32 768 relations); data when a weight is not a positive number. O(facts log degree), and while it is made up to as much memory
  // again as is kept.
  [[nodiscard]] static knowledge_graph from(std::span<triple const> facts, graph_size size = {}) {
    return knowledge_graph(facts, size);
  }

  // Kept are the facts; everything else is made of them again.
  static constexpr stored_format format{"knowledge_graph", 1};
  static void fields(auto& self, auto& visit) {
    std::vector<index_t> degree;
    visit("relations", self.statistics_);
    visit.through("degrees", [&] { return self.degrees(); }, [&](auto read) { degree = std::move(read); });
    visit.through(
        "facts", [&] { return self.facts(); }, [&](auto read) { self = rebuilt(read, degree, self.statistics_); });
  }

  [[nodiscard]] index_t node_count() const noexcept { return nodes_; }
  [[nodiscard]] index_t relation_count() const noexcept { return relations_; }
  [[nodiscard]] index_t step_count() const noexcept { return 2 * relations_; }
  [[nodiscard]] std::size_t size() const noexcept { return facts_; }  // facts, each once
  [[nodiscard]] bool empty() const noexcept { return facts_ == 0; }
  [[nodiscard]] bool weighted() const noexcept { return weighted_; }
  [[nodiscard]] bool timed() const noexcept { return timed_; }

  // What is known about a node; empty for one that the graph does not reach.
  [[nodiscard]] node_row row(index_t x) const noexcept {
    if (x < patch_of_.size() && patch_of_[x] != 0) return patches_[patch_of_[x] - 1].row(weighted_, timed_);
    return rows_.row(x);
  }
  [[nodiscard]] node_row of(node_id x) const noexcept { return row(to_index(x)); }
  [[nodiscard]] node_list of(node_id x, step_id s) const noexcept { return of(x).of(s); }
  [[nodiscard]] std::size_t degree(node_id x) const noexcept { return of(x).degree(); }
  [[nodiscard]] bool contains(node_id head, relation_id r, node_id tail) const noexcept {
    return of(head, along(r)).contains(to_index(tail));
  }

  [[nodiscard]] relation_statistics statistics(relation_id r) const noexcept {
    return to_index(r) < relations_ ? statistics_[to_index(r)] : relation_statistics{};
  }

  // Takes in one more fact, of new nodes and relations if need be; one that is known gets this weight and time. Changes nothing
  // when it throws, be it for want of memory, or error: data when the weight is not a positive number or an id is the reserved
  // one, shape when the graph is full. O(degree of the two nodes); with the first new node also O(nodes).
  void add(triple const& t) {
    check(t, 0);
    if (facts_ >= detail::packed_rows::fact_limit) detail::packed_rows::raise_full();
    index_t const head = to_index(t.head), tail = to_index(t.tail), relation = to_index(t.relation);
    index_t const nodes = (std::max)({nodes_, head + 1, tail + 1});
    if (patch_of_.size() < nodes) patch_of_.resize(nodes);
    patch(head).make_room();
    patch(tail).make_room();
    if (statistics_.size() <= relation) statistics_.resize(std::size_t{relation} + 1);
    nodes_ = nodes;  // from here on nothing throws
    relations_ = (std::max)(relations_, relation + 1);
    weighted_ = weighted_ || t.weight != 1;
    timed_ = timed_ || t.time != no_time;
    auto const [is_new, new_head] = patch(head).set(to_index(along(t.relation)), tail, t.weight, t.time);
    auto const [also_new, new_tail] = patch(tail).set(to_index(against(t.relation)), head, t.weight, t.time);
    static_cast<void>(also_new);
    facts_ += is_new;
    statistics_[relation].facts += is_new;
    statistics_[relation].heads += new_head;
    statistics_[relation].tails += new_tail;
  }

  // All facts, by head, relation and tail.
  [[nodiscard]] std::vector<triple> facts() const {
    std::vector<triple> all;
    all.reserve(facts_);
    for (index_t x = 0; x != nodes_; ++x) {
      node_row const from = row(x);
      for (std::size_t k = 0; k != from.size(); ++k) {
        if (is_against(step_id{from.step(k)})) continue;
        node_list const to = from.list(k);
        for (std::size_t j = 0; j != to.size(); ++j)
          all.push_back(
              {node_id{x}, relation_of(step_id{from.step(k)}), node_id{to.node[j]}, to.weight_of(j), to.time_of(j)});
      }
    }
    return all;
  }

private:
  [[nodiscard]] std::vector<index_t> degrees() const {
    std::vector<index_t> all(nodes_);
    for (index_t x = 0; x != nodes_; ++x) all[x] = static_cast<index_t>(row(x).degree());
    return all;
  }
  // Nodes and relations are counted before room is made for them.
  [[nodiscard]] static knowledge_graph rebuilt(std::span<triple const> facts, std::vector<index_t> const& degree,
                                               std::vector<relation_statistics> const& relations) {
    check_stored(degree.size() < index_limit && relations.size() < index_limit / 2,
                 "knowledge_graph: numbers of nodes");
    for (triple const& t : facts)
      check_stored(to_index(t.head) < degree.size() && to_index(t.tail) < degree.size() &&
                       to_index(t.relation) < relations.size(),
                   "knowledge_graph: facts of nodes and relations that there are");
    auto made = from(facts, {static_cast<index_t>(degree.size()), static_cast<index_t>(relations.size())});
    check_stored(made.degrees() == degree && made.statistics_ == relations,
                 "knowledge_graph: as many facts as there are");
    return made;
  }

  knowledge_graph(std::span<triple const> given, graph_size size) {
    if (given.size() > detail::packed_rows::fact_limit) detail::packed_rows::raise_full();
    for (std::size_t k = 0; k != given.size(); ++k) {
      check(given[k], k);
      nodes_ = (std::max)({nodes_, to_index(given[k].head) + 1, to_index(given[k].tail) + 1});
      relations_ = (std::max)(relations_, to_index(given[k].relation) + 1);
      weighted_ = weighted_ || given[k].weight != 1;
      timed_ = timed_ || given[k].time != no_time;
    }
    if ((size.nodes != 0 && nodes_ > size.nodes) || (size.relations != 0 && relations_ > size.relations))
      raise(error(error_kind::shape) << "ids reach " << nodes_ << " nodes and " << relations_
                                     << " relations, but the graph was given as " << size.nodes << " and "
                                     << size.relations);
    if (size.relations > index_limit / 2)
      raise(error(error_kind::shape) << "a graph has at most " << index_limit / 2 << " relations, not "
                                     << size.relations);
    nodes_ = (std::max)(nodes_, size.nodes);
    relations_ = (std::max)(relations_, size.relations);
    rows_ = detail::packed_rows(given, nodes_, step_count(), weighted_, timed_);
    count();
  }

  // Counts what was built.
  void count() {
    statistics_.resize(relations_);
    for (index_t x = 0; x != nodes_; ++x) {
      node_row const from = rows_.row(x);
      for (std::size_t k = 0; k != from.size(); ++k) {
        step_id const s{from.step(k)};
        relation_statistics& known = statistics_[to_index(relation_of(s))];
        if (is_against(s)) {
          ++known.tails;
        } else {
          ++known.heads;
          known.facts += from.nodes(k).size();
        }
      }
    }
    for (relation_statistics const& known : statistics_) facts_ += known.facts;
  }

  static void check(triple const& t, std::size_t at) {
    if (!is_finite(t.weight) || !(t.weight > 0))
      raise(error(error_kind::data).at(at)
            << "the weight " << t.weight << " of fact " << at << " is not a positive number");
    if (to_index(t.head) == index_limit || to_index(t.tail) == index_limit || to_index(t.relation) >= index_limit / 2)
      raise(error(error_kind::data).at(at) << "fact " << at << " has an id that is reserved");
  }

  [[nodiscard]] detail::row_patch& patch(index_t x) {
    if (patch_of_[x] == 0) {
      patches_.emplace_back(row(x));
      patch_of_[x] = static_cast<index_t>(patches_.size());
    }
    return patches_[patch_of_[x] - 1];
  }

  index_t nodes_ = 0;
  index_t relations_ = 0;
  std::size_t facts_ = 0;
  bool weighted_ = false;
  bool timed_ = false;
  detail::packed_rows rows_;  // but of nodes that are patched
  std::vector<relation_statistics> statistics_;
  std::vector<index_t> patch_of_;  // by node, one more than its place in patches_; zero: none
  std::vector<detail::row_patch> patches_;
};

KINDRED_END
