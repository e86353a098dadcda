// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
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

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>

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
// Built by one thread, row after row, so that the same rows and seed make the same graph. Looks into the rows, which have to
// outlive it. Moved, not copied. Searching is safe from many threads; hnswlib allocates there, and a search for which there
// is no memory ends the program. Opt-in: hnswlib 0.6 or newer has to be installed.
template <real T, comparison<dense_row<T>> M>
class hnsw_search {
public:
  using value_type = T;

  // Throws error{data} naming a row with a number that is not finite.
  explicit hnsw_search(matrix_view<T> rows, M how = {}, hnsw_settings const& settings = {}) : size_(rows.rows()) {
    settings.check();
    check_settings(how);
    detail::check_finite_rows("hnsw", rows);
    space_ = std::make_unique<space>(std::move(how), rows);
    if (size_ == 0) return;
    graph_ = std::make_unique<graph>(space_.get(), size_, settings.links, settings.build_width,
                                     static_cast<std::size_t>(settings.seed));
    graph_->setEf(settings.search_width);
    for (index_t r = 0; r != size_; ++r) graph_->addPoint(&r, r);
  }

  [[nodiscard]] index_t size() const noexcept { return size_; }

  // Close rows, of which most are the closest. A query with a number that is not finite is near nothing.
  [[nodiscard]] std::size_t search(dense_row<T> query, std::span<neighbor<T>> out) const noexcept {
    KINDRED_ASSERT(query.size() == space_->rows.columns());
    if (out.empty() || size_ == 0 || !detail::is_finite_row(query)) return 0;
    detail::nearest_so_far<T, traits_of<M>.direction> kept(out);
    asked const one{nobody, query};
    for (auto found = graph_->searchKnn(&one, out.size()); !found.empty(); found.pop()) {
      auto const [value, id] = found.top();
      kept.add(static_cast<index_t>(id), similar ? -value : value);
    }
    return kept.count();
  }

private:
  static constexpr bool similar = traits_of<M>.direction == sense::larger_is_closer;

  static constexpr index_t nobody = index_limit;

  // What hnswlib keeps of a row is its number, for where it keeps things no double is aligned; a query is nobody's number,
  // and where the row is.
  struct asked {
    index_t id;
    dense_row<T> row;
  };

  // The comparison as hnswlib asks for it: smaller is closer.
  struct space final : hnswlib::SpaceInterface<T> {
    M how;
    matrix_view<T> rows;

    space(M of, matrix_view<T> all) : how(std::move(of)), rows(all) {}
    std::size_t get_data_size() override { return sizeof(index_t); }
    hnswlib::DISTFUNC<T> get_dist_func() override {
      return [](void const* a, void const* b, void const* self) {
        auto const& s = *static_cast<space const*>(self);
        auto const value = static_cast<T>(s.how(s.row(a), s.row(b)));
        return similar ? -value : value;
      };
    }
    void* get_dist_func_param() override { return this; }

    [[nodiscard]] dense_row<T> row(void const* data) const noexcept {
      index_t id;
      std::memcpy(&id, data, sizeof id);
      return id == nobody ? static_cast<asked const*>(data)->row : rows.row(id);
    }
  };
  using graph = hnswlib::HierarchicalNSW<T>;

  index_t size_;
  std::unique_ptr<space> space_;
  std::unique_ptr<graph> graph_;
};

KINDRED_END
