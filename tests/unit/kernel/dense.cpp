// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/dense.hpp>

#include "../../support/bits.hpp"

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace {

namespace kernel = kindred::kernel;

// Numbers between NaNs: whoever reads beside the row, poisons the result.
template <class T>
class fenced_row {
public:
  fenced_row(std::size_t size, std::size_t offset, std::uint64_t seed) : all_(size + 64, fence), offset_(offset) {
    kindred::random_stream random(seed, size);
    for (std::size_t k = 0; k != size; ++k) data()[k] = static_cast<T>(kindred::normal(random));
  }

  T* data() { return all_.data() + offset_; }
  T& operator[](std::size_t k) { return data()[k]; }
  std::vector<T> const& all() const { return all_; }

private:
  static constexpr T fence = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> all_;
  std::size_t offset_;
};

}  // namespace

TEST_CASE_TEMPLATE("dot: agrees with long double for every length and start", T, float, double) {
  for (std::size_t n = 0; n != 201; ++n)
    for (std::size_t const offset : {0u, 1u, 3u, 32u}) {
      fenced_row<T> a(n, offset, 1);
      fenced_row<T> b(n, offset / 2, 2);
      long double sum = 0;
      long double magnitude = 0;
      for (std::size_t k = 0; k != n; ++k) {
        long double const product = static_cast<long double>(a[k]) * static_cast<long double>(b[k]);
        sum += product;
        magnitude += std::abs(product);
      }
      // One rounding for the product, at most 13 in a lane (200 / 16), 5 in the tree.
      long double const allowed = 20 * static_cast<long double>(std::numeric_limits<T>::epsilon()) * magnitude;
      T const found = kernel::dot(a.data(), b.data(), n);
      CAPTURE(n);
      CHECK(std::abs(static_cast<long double>(found) - sum) <= allowed);
    }
}

TEST_CASE_TEMPLATE("dot: is exact where every order of adding is", T, float, double) {
  // Small integers: sum of k (k + 1) for k < n is (n - 1) n (n + 1) / 3.
  for (std::size_t const n : {1u, 15u, 16u, 17u, 31u, 32u, 33u, 100u, 127u, 200u}) {
    std::vector<T> a;
    std::vector<T> b;
    for (std::size_t k = 0; k != n; ++k) {
      a.push_back(static_cast<T>(k));
      b.push_back(static_cast<T>(k + 1));
    }
    CHECK(kernel::dot(a.data(), b.data(), n) == static_cast<T>((n - 1) * n * (n + 1) / 3));
  }
}

TEST_CASE_TEMPLATE("dot: zeros behind a row change nothing", T, float, double) {
  for (std::size_t n = 0; n != 65; ++n) {
    fenced_row<T> a(n, 0, 3);
    fenced_row<T> b(n, 0, 4);
    T const before = kernel::dot(a.data(), b.data(), n);
    for (std::size_t k = n; k != 64; ++k) a[k] = b[k] = 0;
    CHECK(kernel::dot(a.data(), b.data(), 64) == before);
  }
}

// With fused multiply-add a compiler may round the two differently, and with fast math add in another order.
#if !defined(__FMA__) && !defined(__ARM_NEON) && !defined(__FAST_MATH__)
TEST_CASE_TEMPLATE("dot: adds along the documented lanes and tree, bit for bit", T, float, double) {
  constexpr std::size_t lanes = kernel::lanes<T>;
  static_assert(lanes * sizeof(T) == 128);
  for (std::size_t n = 0; n != 201; ++n) {
    fenced_row<T> a(n, 1, 5);
    fenced_row<T> b(n, 2, 6);
    std::array<T, lanes> lane{};
    for (std::size_t k = 0; k != n; ++k) lane[k % lanes] += a[k] * b[k];
    for (std::size_t half = lanes / 2; half != 0; half /= 2)
      for (std::size_t k = 0; k != half; ++k) lane[k] += lane[k + half];
    CHECK(kernel::dot(a.data(), b.data(), n) == lane[0]);
  }
}
#endif

TEST_CASE_TEMPLATE("update_pairs: a step for registers and one for numbers give the same", T, float, double) {
  auto const any = []<class V>(V p, V q) { return std::array<V, 2>{V(p + q), V(p * q)}; };
  auto const number = [](T p, T q) { return std::array<T, 2>{p + q, p * q}; };
  static_assert(requires(kernel::batch<T> v) { any(v, v); });
  static_assert(!requires(kernel::batch<T> v) { number(v, v); });
  for (std::size_t n = 0; n != 101; ++n)
    for (std::size_t const offset : {0u, 1u, 5u}) {
      fenced_row<T> a(n, offset, 7);
      fenced_row<T> b(n, 2 * offset, 8);
      fenced_row<T> c = a;
      fenced_row<T> d = b;
      kernel::update_pairs(a.data(), b.data(), n, any);
      kernel::update_pairs(c.data(), d.data(), n, number);
      CAPTURE(n);
      CHECK(support::same_bits(a.all(), c.all()));  // what lies beside the rows, too
      CHECK(support::same_bits(b.all(), d.all()));
      fenced_row<T> const before(n, offset, 7);
      fenced_row<T> other(n, 2 * offset, 8);
      for (std::size_t k = 0; k != n; ++k) {
        CHECK(a[k] == before.all()[offset + k] + other[k]);
        CHECK(b[k] == before.all()[offset + k] * other[k]);
      }
    }
}

TEST_CASE("update_pairs: no numbers, no call") {
  std::size_t calls = 0;
  kernel::update_pairs<float>(nullptr, nullptr, 0, [&](float p, float q) {
    ++calls;
    return std::array<float, 2>{p, q};
  });
  CHECK(calls == 0);
  CHECK(kernel::dot<double>(nullptr, nullptr, 0) == 0);
}
