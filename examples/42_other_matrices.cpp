// SPDX-License-Identifier: BSL-1.0

// Numbers that lie in somebody else's matrix are looked at, not copied: Eigen's, std::mdspan's, anybody's.

#include <kindred/cluster/kmeans.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/view/matrix_view.hpp>

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <iostream>
#if __has_include(<mdspan>)
#include <mdspan>
#endif

// [eigen]
using rows_first = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Rows have to be contiguous: Eigen's default is columns, so say RowMajor. The matrix has to outlive the view.
kindred::matrix_view<float> view_of(rows_first const& m) {
  return {kindred::unchecked, m.data(), static_cast<kindred::index_t>(m.rows()),
          static_cast<kindred::index_t>(m.cols()), static_cast<std::size_t>(m.outerStride())};
}

// And back: the centers of a model as Eigen sees them, without a copy.
auto as_eigen(kindred::matrix_view<float> m) {
  return Eigen::Map<rows_first const, 0, Eigen::OuterStride<>>(
      m.data(), m.rows(), m.columns(), Eigen::OuterStride<>(static_cast<Eigen::Index>(m.stride())));
}
// [/eigen]

// [mdspan]
// std::mdspan, or what has its functions, like mdspan of Kokkos: two extents, the second with a stride of 1.
template <class Mdspan>
  requires(Mdspan::rank() == 2)
kindred::matrix_view<float> view_of(Mdspan const& m) {
  return {kindred::unchecked, m.data_handle(), static_cast<kindred::index_t>(m.extent(0)),
          static_cast<kindred::index_t>(m.extent(1)), static_cast<std::size_t>(m.stride(0))};
}
// [/mdspan]

#if !defined(__cpp_lib_mdspan)
struct plain_span {  // as much of it as is asked for, where the standard library has none yet
  float const* data;
  static constexpr std::size_t rank() { return 2; }
  float const* data_handle() const { return data; }
  std::size_t extent(std::size_t k) const { return k == 0 ? 4 : 2; }
  std::size_t stride(std::size_t k) const { return k == 0 ? 2 : 1; }
};
#endif

int main() {
  // [use]
  rows_first points(4, 2);
  points << 0, 1, 0, 2, 9, 8, 9, 9;
  auto const found = kindred::fit(kindred::kmeans<>{.clusters = 2, .seed = 1}, view_of(points)).model;
  std::cout << "the farthest center is " << as_eigen(found.centers()).rowwise().norm().maxCoeff()
            << " away from zero\n";
  // [/use]

  std::array<float, 8> const numbers{0, 1, 0, 2, 9, 8, 9, 9};
#if defined(__cpp_lib_mdspan)
  std::mdspan const table(numbers.data(), 4, 2);
#else
  plain_span const table{numbers.data()};
#endif
  auto const again = kindred::fit(kindred::kmeans<>{.clusters = 2, .seed = 1}, view_of(table)).model;
  std::cout << (again == found ? "the same model\n" : "another model\n");
}
