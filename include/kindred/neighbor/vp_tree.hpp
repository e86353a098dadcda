// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/neighbor/nearest_so_far.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/comparison.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

template <class Rows>
using row_of = decltype(std::declval<Rows const&>().row(index_t{}));

}  // namespace detail

// An exact search by a tree of balls, for any metric of any rows (Yianilos, "Data structures and algorithms for nearest
// neighbor search in general metric spaces", 1993). Every node is a row, its vantage point; the rows below are halved by
// their distance from it, and a half that the triangle inequality puts out of reach is not looked at. `Rows` is whatever has
// rows() and row(r): a matrix_view, a csr_view, a class of yours over texts or places.
//
//   vp_tree tree(places, haversine{});
//
// Asks for a metric: with a distance that breaks the triangle inequality it would silently miss rows. Worth it where rows
// cluster or where one comparison is expensive; in many dimensions without structure every half is in reach, and brute_force
// does the same work in order.
//
// Distances may be off by rounding, some units in the last place for every number of a row, of themselves and of the largest
// distance there is; halves are put aside with that much room. Building takes O(n log n) comparisons, in parallel, the same
// tree on any number of threads. Copies Rows, which is a view: the data have to outlive the tree. Searching allocates nothing.
template <class Rows, metric<detail::row_of<Rows>> M>
class vp_tree {
public:
  using row_type = detail::row_of<Rows>;
  using value_type =
      std::remove_cvref_t<decltype(std::declval<M const&>()(std::declval<row_type>(), std::declval<row_type>()))>;

  vp_tree(Rows rows, M how) : vp_tree(std::move(rows), std::move(how), sequential{}) {}
  // Throws error{data} naming a row that is not at a finite distance from itself, as one with a NaN in it, or two rows that
  // are not from each other.
  template <class E>
    requires executor<std::remove_cvref_t<E>>
  vp_tree(Rows rows, M how, E&& ex) : rows_(std::move(rows)), how_(std::move(how)), node_(rows_.rows()) {
    check_settings(how_);
    for (index_t r = 0; r != rows_.rows(); ++r) {
      node_[r].id = r;
      row_type const row = rows_.row(r);
      check_distance(r, r, how_(row, row));
      if constexpr (requires { row.size(); }) longest_ = (std::max)(longest_, std::size_t{row.size()});
    }
    // Large nodes one level after the other, distances in parallel; small ones whole, one task each.
    std::vector<range> large, few;
    (node_.size() > subtree ? large : few).push_back({0, node_.size()});
    for (std::vector<range> next; !large.empty(); large.swap(next), next.clear())
      for (range const node : large) {
        choose_vantage(node);
        for_chunks(ex, node.last - node.first - 1, 1024, [&](std::size_t first, std::size_t last) {
          measure(node.first, {node.first + 1 + first, node.first + 1 + last});
        });
        for (range const half : halve(node)) (half.last - half.first > subtree ? next : few).push_back(half);
      }
    ex.bulk(few.size(), [&](std::size_t k) { build(few[k]); });
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(node_.size()); }

  // The closest rows. Rows whose distance from the query is not finite are left out.
  [[nodiscard]] std::size_t search(row_type query, std::span<neighbor<value_type>> out) const noexcept {
    if (out.empty()) return 0;
    closest kept(out);
    std::array<pending, 64> later;
    std::size_t count = 0;
    later[count++] = {{0, node_.size()}, 0, 0};
    while (count != 0) {
      pending const next = later[--count];
      if (next.least > kept.limit()) continue;
      if (next.node.last - next.node.first <= leaf) {
        scan(query, next, kept);
        continue;
      }
      place const& vantage = node_[next.node.first];
      T const apart = how_(query, rows_.row(vantage.id));
      kept.add(vantage.id, apart);
      std::size_t const half = middle(next.node);
      // What is far from everything is looked for everywhere.
      pending inner{{next.node.first + 1, half}, is_finite(apart) ? beyond(apart, vantage.inner_most) : 0, apart};
      pending outer{{half, next.node.last}, is_finite(apart) ? beyond(vantage.outer_least, apart) : 0, apart};
      if (inner.least > outer.least || (inner.least == outer.least && apart > vantage.inner_most))
        std::swap(inner, outer);
      later[count++] = outer;
      later[count++] = inner;
    }
    return kept.count();
  }

private:
  using T = value_type;
  using closest = detail::nearest_so_far<T, sense::smaller_is_closer>;
  static constexpr std::size_t leaf = 8;
  static constexpr std::size_t subtree = 4096;

  struct range {
    std::size_t first;
    std::size_t last;
  };
  // A row, in the order of the tree: first the vantage point, then its inner and its outer half.
  struct place {
    index_t id = 0;
    T away = 0;         // from the vantage point whose half this row is in, for the rows of leaves
    T inner_most = 0;   // of a vantage point: the largest distance of its inner half,
    T outer_least = 0;  // and the least of its outer half
  };
  struct pending {
    range node;
    T least;   // no row in it can be closer
    T parent;  // the distance of the query from the vantage point above
  };

  [[nodiscard]] static std::size_t middle(range node) noexcept {
    return node.first + 1 + (node.last - node.first - 1) / 2;
  }

  // x - y less what rounding may have added: how close rows can be that are y from a vantage point which is x away.
  [[nodiscard]] T beyond(T x, T y) const noexcept {
    T const room = static_cast<T>(4 * longest_ + 64) * std::numeric_limits<T>::epsilon();
    constexpr double bound = traits_of<M>.highest;
    T const scale = x + y + (bound <= 1e9 ? static_cast<T>(bound) : T{0});
    return x - y - 2 * room * scale - (std::numeric_limits<T>::min)();
  }

  void scan(row_type query, pending const& node, closest& kept) const noexcept {
    bool const below_root = node.node.first != 0 && is_finite(node.parent);
    for (std::size_t k = node.node.first; k != node.node.last; ++k) {
      T const away = node_[k].away;
      if (below_root) {
        T const limit = kept.limit();
        if (beyond(node.parent, away) > limit || beyond(away, node.parent) > limit) continue;
      }
      kept.add(node_[k].id, how_(query, rows_.row(node_[k].id)));
    }
  }

  static void check_distance(index_t a, index_t b, T const& distance) {
    if (!is_finite(distance))
      raise(error(error_kind::data).at(a, b)
            << "vp_tree: the distance from row " << a << " to row " << b << " is not a finite number");
  }

  // Any row will do; the first could be one of many that were sorted.
  void choose_vantage(range node) noexcept {
    std::size_t const at = node.first + mix(node.first, node.last) % (node.last - node.first);
    std::swap(node_[node.first], node_[at]);
  }

  void measure(std::size_t vantage, range part) {
    row_type const from = rows_.row(node_[vantage].id);
    for (std::size_t k = part.first; k != part.last; ++k) {
      T const away = how_(from, rows_.row(node_[k].id));
      check_distance(node_[vantage].id, node_[k].id, away);
      node_[k].away = away;
    }
  }

  // The inner and the outer half of a node whose distances are measured.
  std::array<range, 2> halve(range node) noexcept {
    std::size_t const half = middle(node);
    auto const at = [&](std::size_t k) { return node_.begin() + static_cast<std::ptrdiff_t>(k); };
    std::nth_element(at(node.first + 1), at(half), at(node.last),
                     [](place const& a, place const& b) { return a.away != b.away ? a.away < b.away : a.id < b.id; });
    place& vantage = node_[node.first];
    vantage.inner_most = 0;
    for (std::size_t k = node.first + 1; k != half; ++k)
      vantage.inner_most = (std::max)(vantage.inner_most, node_[k].away);
    vantage.outer_least = half != node.last ? node_[half].away : 0;
    return {range{node.first + 1, half}, range{half, node.last}};
  }

  void build(range node) {
    if (node.last - node.first <= leaf) return;
    choose_vantage(node);
    measure(node.first, {node.first + 1, node.last});
    for (range const half : halve(node)) build(half);
  }

  Rows rows_;
  M how_;
  std::vector<place> node_;
  std::size_t longest_ = 0;
};

KINDRED_END
