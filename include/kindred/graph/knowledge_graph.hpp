// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/row_patch.hpp>
#include <kindred/graph/step_list.hpp>
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

// What is known about one relation. functionality is heads / facts: 1 when every head has one tail (born in), small when it
// has many (bought); inverse_functionality is the same from the tails (Suchanek, Abiteboul and Senellart, PARIS, 2011).
struct relation_statistics {
  std::size_t facts = 0;
  index_t heads = 0;
  index_t tails = 0;

  static void fields(auto& self, auto& visit) {
    visit("facts", self.facts);
    visit("heads", self.heads);
    visit("tails", self.tails);
  }
  friend bool operator==(relation_statistics const&, relation_statistics const&) = default;

  [[nodiscard]] double functionality() const noexcept {
    return facts == 0 ? 0 : static_cast<double>(heads) / static_cast<double>(facts);
  }
  [[nodiscard]] double inverse_functionality() const noexcept {
    return facts == 0 ? 0 : static_cast<double>(tails) / static_cast<double>(facts);
  }
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
    if (std::size_t{x} + 1 >= row_.size()) return {};
    place const at = row_[x], end = row_[x + 1];
    std::size_t const degree = end.node - at.node;
    bool const wide = always_wide_ || degree > step_list::narrow_limit;
    return {{word_.data() + at.word, (end.word - at.word) >> (wide ? 1 : 0), degree, wide},
            node_.data() + at.node,
            weight_.empty() ? nullptr : weight_.data() + at.node,
            time_.empty() ? nullptr : time_.data() + at.node};
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

  // Takes in one more fact, of new nodes and relations if need be; one that is known gets this weight and time. Throws
  // error, and changes nothing: data when the weight is not a positive number or an id is the reserved one, shape when the
  // graph is full. O(degree of the two nodes); with the first new node also O(nodes).
  void add(triple const& t) {
    check(t, 0);
    if (facts_ >= fact_limit) raise_full();
    index_t const head = to_index(t.head), tail = to_index(t.tail), relation = to_index(t.relation);
    nodes_ = (std::max)({nodes_, head + 1, tail + 1});
    relations_ = (std::max)(relations_, relation + 1);
    statistics_.resize(relations_);
    weighted_ = weighted_ || t.weight != 1;
    timed_ = timed_ || t.time != no_time;
    if (patch_of_.size() < nodes_) patch_of_.resize(nodes_);
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

  static constexpr std::size_t fact_limit = (std::size_t{1} << 31) - 1;

  // Where a row begins.
  struct place {
    index_t word;  // one before its first step
    index_t node;
  };
  // One end of a fact, to be sorted into the row of its node.
  struct half {
    std::uint64_t key;  // step and node
    index_t fact;
  };

  knowledge_graph(std::span<triple const> given, graph_size size) {
    if (given.size() > fact_limit) raise_full();
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
    statistics_.resize(relations_);

    always_wide_ = std::size_t{step_count()} > step_list::narrow_limit + 1;
    sort_ends(given);
    word_.push_back(0);
    if (weighted_) weight_.reserve(node_.size());
    if (timed_) time_.reserve(node_.size());
    std::vector<half> halves;
    std::size_t begin = 0, kept = 0;
    for (index_t x = 0; x != nodes_; ++x) {
      halves.clear();
      for (; begin != row_[x].node; ++begin) {
        triple const& t = given[node_[begin] / 2];
        bool const at_head = node_[begin] % 2 == 0;
        index_t const step = to_index(at_head ? along(t.relation) : against(t.relation));
        halves.push_back({std::uint64_t{step} << 32 | to_index(at_head ? t.tail : t.head), node_[begin] / 2});
      }
      std::sort(halves.begin(), halves.end(),
                [](half const& a, half const& b) { return a.key != b.key ? a.key < b.key : a.fact > b.fact; });
      auto const same = [](half const& a, half const& b) { return a.key == b.key; };
      halves.erase(std::unique(halves.begin(), halves.end(), same), halves.end());  // the later one counts
      row_[x] = {static_cast<index_t>(word_.size() - 1), static_cast<index_t>(kept)};
      append_row(given, halves, kept);
      kept += halves.size();
    }
    row_.push_back({static_cast<index_t>(word_.size() - 1), static_cast<index_t>(kept)});
    node_.resize(kept);
    word_.shrink_to_fit();
    node_.shrink_to_fit();
    weight_.shrink_to_fit();
    time_.shrink_to_fit();
  }

  // Puts the ends of facts in node_, by node - an even number is the head's end of fact number / 2, an odd one the tail's -, and where
  // those of a node end in its place.
  void sort_ends(std::span<triple const> given) {
    row_.reserve(std::size_t{nodes_} + 1);
    row_.resize(nodes_);
    for (triple const& t : given) {
      ++row_[to_index(t.head)].node;
      ++row_[to_index(t.tail)].node;
    }
    index_t sum = 0;
    for (place& at : row_) sum += std::exchange(at.node, sum);
    node_.resize(2 * given.size());
    for (std::size_t k = 0; k != given.size(); ++k) {
      node_[row_[to_index(given[k].head)].node++] = static_cast<index_t>(2 * k);
      node_[row_[to_index(given[k].tail)].node++] = static_cast<index_t>(2 * k + 1);
    }
  }

  // Writes a row behind the `kept` ends of those before it: in the place of ends that were given, of which there are as many or more.
  void append_row(std::span<triple const> given, std::span<half const> halves, std::size_t kept) {
    bool const wide = always_wide_ || halves.size() > step_list::narrow_limit;
    for (std::size_t k = 0; k != halves.size(); ++k) {
      auto const step = static_cast<index_t>(halves[k].key >> 32);
      relation_statistics& known = statistics_[step / 2];
      if (k == 0 || halves[k - 1].key >> 32 != step) {
        if (wide) word_.push_back(step);
        word_.push_back((wide ? 0 : step << 16) | static_cast<index_t>(k));
        if (is_against(step_id{step})) ++known.tails;
        else ++known.heads;
      }
      ++word_.back();
      node_[kept + k] = static_cast<index_t>(halves[k].key);
      if (weighted_) weight_.push_back(given[halves[k].fact].weight);
      if (timed_) time_.push_back(given[halves[k].fact].time);
      if (is_against(step_id{step})) continue;
      ++known.facts;
      ++facts_;
    }
    if (word_.size() > index_limit) raise_full();
  }

  static void check(triple const& t, std::size_t at) {
    if (!is_finite(t.weight) || !(t.weight > 0))
      raise(error(error_kind::data).at(at)
            << "the weight " << t.weight << " of fact " << at << " is not a positive number");
    if (to_index(t.head) == index_limit || to_index(t.tail) == index_limit || to_index(t.relation) >= index_limit / 2)
      raise(error(error_kind::data).at(at) << "fact " << at << " has an id that is reserved");
  }
  [[noreturn]] static void raise_full() {
    raise(error(error_kind::shape) << "a graph holds at most " << fact_limit
                                   << " facts, and half of that of more than 32768 relations");
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
  bool always_wide_ = false;
  std::vector<place> row_;     // by node
  std::vector<index_t> word_;  // steps and the ends of their nodes, of all rows; see step_list
  std::vector<index_t> node_;
  std::vector<float> weight_;
  std::vector<std::int64_t> time_;
  std::vector<relation_statistics> statistics_;
  std::vector<index_t> patch_of_;  // by node, one more than its place in patches_; zero: none
  std::vector<detail::row_patch> patches_;
};

KINDRED_END
