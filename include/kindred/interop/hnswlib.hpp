// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/kernel/prefetch.hpp>
#include <kindred/neighbor/finite_rows.hpp>
#include <kindred/neighbor/nearest_so_far.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

// hnswlib's own distances are not used; with them, its older versions define functions that are not inline.
#if !defined(NO_MANUAL_VECTORIZATION)
#define NO_MANUAL_VECTORIZATION
#include <hnswlib/hnswlib.h>
#undef NO_MANUAL_VECTORIZATION
#else
#include <hnswlib/hnswlib.h>
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// How the graph is built and searched. More links and a wider build make it better and slower to build; a wider search
// misses less and takes longer.
struct hnsw_settings {
  std::uint32_t links = 16;         // of every row, on every level; 2 or more
  std::uint32_t build_width = 200;  // candidates that are weighed for them
  std::uint32_t search_width = 64;  // candidates that a search follows, or as many as are asked for
  std::uint64_t seed = 100;         // of the levels that rows are on

  void check() const {
    if (links < 2 || links > 10'000)
      raise(error(error_kind::setting) << "hnsw: links = " << links << "; it has to be 2 to 10000");
    if (build_width == 0 || search_width == 0)
      raise(error(error_kind::setting) << "hnsw: " << (build_width == 0 ? "build_width" : "search_width")
                                       << " = 0; a width has to be one or more");
  }
};

// An approximate search by hierarchical navigable small worlds, through hnswlib (Malkov and Yashunin, "Efficient and robust
// approximate nearest neighbor search using hierarchical navigable small world graphs", 2018). For any distance or similarity
// of dense rows, in many dimensions and for many rows: it finds most of the closest, and its values are those of the comparison.
//
// hnswlib builds the graph, by one thread, row after row, so that the same rows and seed make the same graph. It is walked here:
// all rows that a step leads to are asked of memory at once and compared after that, for on a million rows a search is waiting
// for memory. Which rows are compared, and so what is found, is as in the paper's algorithm 2, ties by id.
//
// By dot_product rows need not be of equal length or be given another dimension that makes them so: rows that are long are
// linked from everywhere, and a search comes to them first.
//
// Looks into the rows, which have to outlive it. Moved, not copied. Searching is safe from many threads; it allocates, and a
// search for which there is no memory ends the program. Opt-in: hnswlib 0.6 or newer has to be installed.
template <real T, comparison<dense_row<T>> M>
class hnsw_search {
public:
  using value_type = T;

  // Throws error{data} naming a row with a number that is not finite.
  explicit hnsw_search(matrix_view<T> rows, M how = {}, hnsw_settings const& settings = {}) : size_(rows.rows()) {
    settings.check();
    check_settings(how);
    detail::check_finite_rows("hnsw", rows);
    width_ = settings.search_width;
    space_ = std::make_unique<space>(std::move(how), rows);
    if (size_ == 0) return;
    graph_ = std::make_unique<graph>(space_.get(), size_, settings.links, settings.build_width,
                                     static_cast<std::size_t>(settings.seed));
    for (index_t r = 0; r != size_; ++r) graph_->addPoint(&r, r);
  }

  [[nodiscard]] index_t size() const noexcept { return size_; }

  // Close rows, of which most are the closest. A query with a number that is not finite is near nothing.
  [[nodiscard]] std::size_t search(dense_row<T> query, std::span<neighbor<T>> out) const noexcept {
    KINDRED_ASSERT(query.size() == space_->rows.columns());
    if (out.empty() || size_ == 0 || !detail::is_finite_row(query)) return 0;
    detail::nearest_so_far<T, traits_of<M>.direction> kept(out);
    for (candidate const& one : closest((std::max)(width_, out.size()), query))
      kept.add(one.id, similar ? -one.value : one.value);
    return kept.count();
  }

private:
  static constexpr bool similar = traits_of<M>.direction == sense::larger_is_closer;

  // The comparison as hnswlib asks for it: smaller is closer. What hnswlib keeps of a row is its number, for where it keeps
  // things no double is aligned.
  struct space final : hnswlib::SpaceInterface<T> {
    M how;
    matrix_view<T> rows;

    space(M of, matrix_view<T> all) : how(std::move(of)), rows(all) {}
    std::size_t get_data_size() override { return sizeof(index_t); }
    hnswlib::DISTFUNC<T> get_dist_func() override {
      return [](void const* a, void const* b, void const* self) {
        auto const& s = *static_cast<space const*>(self);
        return s.distance(s.row(a), s.row(b));
      };
    }
    void* get_dist_func_param() override { return this; }

    [[nodiscard]] T distance(dense_row<T> a, dense_row<T> b) const noexcept {
      auto const value = static_cast<T>(how(a, b));
      return similar ? -value : value;
    }
    [[nodiscard]] dense_row<T> row(void const* data) const noexcept {
      index_t id;
      std::memcpy(&id, data, sizeof id);
      return rows.row(id);
    }
  };
  using graph = hnswlib::HierarchicalNSW<T>;

  struct candidate {
    T value;
    index_t id;
    bool followed;

    [[nodiscard]] bool operator<(candidate const& other) const noexcept {
      return value != other.value ? value < other.value : id < other.id;
    }
  };

  // A comparison that overflows is beyond all others, and its row is left out in the end.
  [[nodiscard]] T distance(dense_row<T> query, index_t id) const noexcept {
    T const value = space_->distance(query, space_->rows.row(id));
    return is_finite(value) ? value : std::numeric_limits<T>::infinity();
  }

  // The links of a row on a level. Rows were added in order, so hnswlib's numbers for them are theirs.
  [[nodiscard]] std::span<hnswlib::tableint const> links(index_t id, int level) const noexcept {
    auto const* const list = graph_->get_linklist_at_level(id, level);
    return {list + 1, graph_->getListCount(const_cast<hnswlib::linklistsizeint*>(list))};
  }

  void expect(index_t id) const noexcept {
    constexpr std::size_t enough = 512 / sizeof(T);  // after that the processor sees where it leads
    kernel::prefetch(space_->rows.row(id).data(), (std::min)(enough, std::size_t{space_->rows.columns()}));
  }

  // Down the upper levels, on each to where no link leads closer.
  [[nodiscard]] candidate entrance(dense_row<T> query) const noexcept {
    candidate at{0, graph_->enterpoint_node_, false};
    at.value = distance(query, at.id);
    for (int level = graph_->maxlevel_; level > 0; --level)
      for (bool closer = true; closer;) {
        auto const here = links(at.id, level);
        closer = false;
        for (index_t const id : here) expect(id);
        for (index_t const id : here)
          if (candidate const one{distance(query, id), id, false}; one < at) {
            at = one;
            closer = true;
          }
      }
    return at;
  }

  // The `width` closest that are met on the ground level, where the closest that was not yet followed is followed next.
  [[nodiscard]] std::vector<candidate> closest(std::size_t width, dense_row<T> query) const noexcept {
    std::vector<candidate> kept;
    kept.reserve((std::min)(width, std::size_t{size_}) + 1);
    std::vector<index_t> fresh(graph_->maxM0_);
    kept.push_back(entrance(query));
    auto* const visited = graph_->visited_list_pool_->getFreeVisitedList();
    visited->mass[kept[0].id] = visited->curV;
    for (std::size_t next = 0; next < kept.size();) {
      auto const here = links(kept[next].id, 0);
      kept[next].followed = true;
      for (index_t const id : here) kernel::prefetch(visited->mass + id);
      std::size_t count = 0;
      for (index_t const id : here) {
        if (visited->mass[id] == visited->curV) continue;
        visited->mass[id] = visited->curV;
        expect(id);
        fresh[count++] = id;
      }
      for (index_t const id : std::span(fresh).first(count)) {
        candidate const one{distance(query, id), id, false};
        if (kept.size() == width && !(one < kept.back())) continue;
        auto const at = static_cast<std::size_t>(std::upper_bound(kept.begin(), kept.end(), one) - kept.begin());
        kept.insert(kept.begin() + static_cast<std::ptrdiff_t>(at), one);
        if (kept.size() > width) kept.pop_back();
        next = (std::min)(next, at);
      }
      while (next < kept.size() && kept[next].followed) ++next;
    }
    graph_->visited_list_pool_->releaseVisitedList(visited);
    return kept;
  }

  index_t size_;
  std::size_t width_ = 0;
  std::unique_ptr<space> space_;
  std::unique_ptr<graph> graph_;
};

KINDRED_END
