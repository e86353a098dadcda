// SPDX-License-Identifier: BSL-1.0
#include <kindred/linalg/positive_inverse.hpp>

#include "../../support/bits.hpp"

#include <kindred/core/buffer.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace {

// M' M + size, padded, of random M: positive definite, and far from singular.
template <class T>
std::vector<T> positive(std::size_t size) {
  kindred::random_stream random(5, size);
  std::vector<T> m(size * size);
  for (T& x : m) x = static_cast<T>(kindred::normal(random));
  std::size_t const stride = kindred::padded_size<T>(size);
  std::vector<T> a(stride * stride, T{0});
  for (std::size_t i = 0; i != size; ++i)
    for (std::size_t j = 0; j != size; ++j) {
      T sum = i == j ? static_cast<T>(size) : T{0};
      for (std::size_t k = 0; k != size; ++k) sum += m[k * size + i] * m[k * size + j];
      a[i * stride + j] = sum;
    }
  return a;
}

}  // namespace

TEST_CASE_TEMPLATE("positive_inverse: times the matrix it is one, and it is symmetric", T, float, double) {
  for (std::size_t const size : {1u, 2u, 15u, 17u, 64u, 330u}) {
    std::size_t const stride = kindred::padded_size<T>(size);
    auto const a = positive<T>(size);
    auto inverse = a;
    kindred::sequential here;
    REQUIRE(kindred::positive_inverse(here, std::span<T>(inverse), size));
    double worst = 0;
    bool symmetric = true;
    for (std::size_t i = 0; i != size; ++i)
      for (std::size_t j = 0; j != size; ++j) {
        symmetric = symmetric && inverse[i * stride + j] == inverse[j * stride + i];
        long double sum = i == j ? -1 : 0;
        for (std::size_t k = 0; k != size; ++k)
          sum += static_cast<long double>(a[i * stride + k]) * static_cast<long double>(inverse[k * stride + j]);
        worst = (std::max)(worst, std::abs(static_cast<double>(sum)));
      }
    CAPTURE(size);
    CHECK(symmetric);
    CHECK(worst < 200 * static_cast<double>(std::numeric_limits<T>::epsilon()));
  }
}

TEST_CASE_TEMPLATE("positive_inverse: the same bits on any number of threads", T, float, double) {
  std::size_t const size = 330;  // blocks are of 288 floats or 144 doubles
  auto alone = positive<T>(size);
  kindred::sequential here;
  REQUIRE(kindred::positive_inverse(here, std::span<T>(alone), size));
  for (std::size_t const threads : {2u, 3u}) {
    kindred::thread_pool pool(threads);
    auto shared = positive<T>(size);
    REQUIRE(kindred::positive_inverse(pool, std::span<T>(shared), size));
    CHECK(support::same_bits(alone, shared));
  }
}

TEST_CASE_TEMPLATE("positive_inverse: says when there is none", T, float, double) {
  kindred::sequential here;
  std::size_t const size = 20, stride = kindred::padded_size<T>(size);
  auto const with = [&](T corner) {
    auto a = positive<T>(size);
    a[(size - 1) * stride + size - 1] = corner;
    return kindred::positive_inverse(here, std::span<T>(a), size);
  };
  CHECK(with(T{1000}));
  CHECK(!with(T{-1}));
  CHECK(!with(std::numeric_limits<T>::quiet_NaN()));
  CHECK(!with(std::numeric_limits<T>::infinity()));
}
