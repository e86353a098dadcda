// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/elementwise.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/neighbor/brute_force.hpp>
#include <kindred/neighbor/vp_tree.hpp>

#include <array>
#include <iostream>
#include <span>
#include <string_view>

// [metric]
// How different two dresses look: every column is an angle on the color wheel, in turns, and red is both 0 and 1.
struct around_the_wheel {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};

  // One column. V is float or double, or a register full of them: math:: works on both.
  template <class V>
  V step(V sum, V a, V b) const noexcept {
    V const apart = kindred::math::abs(V(a - b));
    return sum + kindred::math::smaller(apart, V(V(1.0f) - apart));  // the shorter way around
  }
  // What is made of the sum.
  template <kindred::real T>
  T finish(T sum) const noexcept {
    return sum;
  }
  // Every elementwise distance has this call operator.
  template <kindred::real T>
  T operator()(kindred::dense_row<T> a, kindred::dense_row<T> b) const noexcept {
    return kindred::distance_of(*this, a, b);
  }
};
static_assert(kindred::elementwise<around_the_wheel, float>);
static_assert(kindred::metric<around_the_wheel, kindred::dense_row<float>>);
// [/metric]

// [use]
constexpr std::array<std::string_view, 6> dress = {"rose", "scarlet", "crimson", "lemon", "sky", "violet"};
constexpr std::array<float, 12> hue = {0.95f, 0.90f, 0.02f, 0.05f, 0.99f, 0.98f,  // two colors a dress
                                       0.15f, 0.20f, 0.55f, 0.60f, 0.78f, 0.85f};

template <class Search>
void print_nearest(std::string_view title, Search const& search, kindred::dense_row<float> wanted) {
  std::array<kindred::neighbor<float>, 3> out;
  auto const count = search.search(wanted, out);
  std::cout << title << ':';
  for (auto const& [id, value] : std::span(out).first(count)) std::cout << ' ' << dress[id] << ' ' << value;
  std::cout << '\n';
}

int main() {
  kindred::matrix_view<float> const dresses(kindred::unchecked, hue.data(), 6, 2, 2);
  std::array<float, 2> const red = {0.0f, 0.0f};

  // The same search, whatever the metric; the same answer, whatever the search.
  print_nearest("euclidean", kindred::brute_force<float, kindred::euclidean>(dresses), red);
  print_nearest("around the wheel", kindred::brute_force<float, around_the_wheel>(dresses), red);
  print_nearest("by a tree", kindred::vp_tree(dresses, around_the_wheel{}), red);
}
// [/use]
