// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/two_closest.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::index_t;

namespace {

template <class T>
struct scene {
  std::vector<T> rows;
  std::vector<T> centers;
  kindred::kernel::center_panels<T> panels;

  // Small whole numbers, so that every score is exact and ties are many.
  scene(index_t count, index_t clusters, index_t dims) : panels(clusters, dims) {
    kindred::random_stream random(count, clusters * 1000u + dims);
    auto const draw = [&] { return static_cast<T>(static_cast<int>(kindred::below(random, 7)) - 3); };
    for (std::size_t k = 0; k != std::size_t{count} * dims; ++k) rows.push_back(draw());
    for (std::size_t k = 0; k != std::size_t{clusters} * dims; ++k) centers.push_back(draw());
    for (index_t c = 0; c != clusters; ++c) {
      std::span<T const> const row(centers.data() + std::size_t{c} * dims, dims);
      T half = 0;
      for (T const x : row) half += x * x / 2;
      panels.set(c, half, row);
    }
  }
  std::vector<T const*> pointers() const {
    std::vector<T const*> out;
    for (std::size_t k = 0; k < rows.size(); k += panels.dims()) out.push_back(rows.data() + k);
    return out;
  }
  T score(std::size_t row, std::size_t c) const {
    T sum = 0;
    std::size_t const d = panels.dims();
    for (std::size_t j = 0; j != d; ++j)
      sum += centers[c * d + j] * centers[c * d + j] / 2 - rows[row * d + j] * centers[c * d + j];
    return sum;
  }
  kindred::kernel::two_closest<T> twin(std::size_t row, std::size_t first, std::size_t last) const {
    kindred::kernel::two_closest<T> out{std::numeric_limits<T>::max(), std::numeric_limits<T>::max(), 0};
    for (std::size_t c = first; c < last; ++c) {
      T const s = score(row, c);
      if (s < out.first) out = {s, out.first, static_cast<index_t>(c)};
      else if (s < out.second) out.second = s;
    }
    return out;
  }
};

}  // namespace

TEST_CASE_TEMPLATE(
    "find_two_closest: the lowest scores, ties to the lower center, whatever the numbers of rows and centers", T, float,
    double) {
  using kindred::kernel::center_panels;
  for (index_t const clusters : {1u, 2u, 5u, 16u, 17u, 40u, 100u, 133u})
    for (index_t const dims : {1u, 3u, 16u}) {
      scene<T> const s(23, clusters, dims);
      auto const rows = s.pointers();
      for (std::size_t first = 0; first < s.panels.panels(); first += 1 + first) {
        std::size_t const last = s.panels.panels();
        std::vector<kindred::kernel::two_closest<T>> found(rows.size());
        kindred::kernel::find_two_closest<T>(rows, s.panels, first, last, found.data());
        constexpr std::size_t width = center_panels<T>::width;
        for (std::size_t i = 0; i != rows.size(); ++i) {
          auto const expected = s.twin(i, first * width, clusters);
          CAPTURE(clusters);
          CAPTURE(dims);
          CHECK(found[i].first == expected.first);
          CHECK(found[i].second == expected.second);
          CHECK(found[i].id == expected.id);
        }
      }
    }
}

TEST_CASE_TEMPLATE("score_centers: every score, and the sparse rows say the same", T, float, double) {
  scene<T> const s(9, 37, 12);
  constexpr std::size_t width = kindred::kernel::center_panels<T>::width;
  std::size_t const stride = s.panels.panels() * width;
  auto const rows = s.pointers();
  std::vector<T> score(rows.size() * stride);
  kindred::kernel::score_centers<T>(rows, s.panels, 0, s.panels.panels(), score.data(), stride);
  for (std::size_t i = 0; i != rows.size(); ++i) {
    std::vector<index_t> index;
    std::vector<T> value;
    for (index_t j = 0; j != 12; ++j)
      if (T const x = rows[i][j]; x != 0) {
        index.push_back(j);
        value.push_back(x);
      }
    std::vector<T> sparse(stride);
    kindred::kernel::score_centers<T>(kindred::sparse_row<T>{index, value}, s.panels, 0, s.panels.panels(),
                                      sparse.data());
    kindred::kernel::two_closest<T> two{};
    kindred::kernel::find_two_closest<T>(kindred::sparse_row<T>{index, value}, s.panels, 0, s.panels.panels(), &two);
    auto const expected = s.twin(i, 0, 37);
    CHECK(two.first == expected.first);
    CHECK(two.second == expected.second);
    CHECK(two.id == expected.id);
    for (std::size_t c = 0; c != 37; ++c) {
      CHECK(score[i * stride + c] == s.score(i, c));
      CHECK(sparse[c] == s.score(i, c));
    }
  }
}
