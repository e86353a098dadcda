// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/buffer.hpp>
#include <kindred/linalg/cholesky.hpp>
#include <kindred/linalg/conjugate_gradient.hpp>
#include <kindred/linalg/gram.hpp>
#include <kindred/linalg/row_system.hpp>
#include <kindred/linalg/subspace.hpp>
#include <kindred/run/random.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using kindred::buffer;
using kindred::cholesky;
using kindred::conjugate_gradient;
using kindred::index_t;
using kindred::row_system;
using kindred::subspace;

static_assert(kindred::row_solver<cholesky, float> && kindred::row_solver<cholesky, double>);
static_assert(kindred::joint_row_solver<conjugate_gradient, double> && !kindred::joint_row_solver<cholesky, float>);
static_assert(kindred::row_solver<conjugate_gradient, float> && kindred::row_solver<subspace, double>);

namespace {

// Forty vectors of which a system takes every third.
template <class T>
struct problem {
  explicit problem(std::size_t size, bool with_base)
      : columns(size), stride(kindred::padded_size<T>(size)), v(rows * stride, T{0}) {
    kindred::random_stream random(size, 9);
    for (std::size_t r = 0; r != rows; ++r)
      for (std::size_t c = 0; c != size; ++c) v[r * stride + c] = static_cast<T>(kindred::normal(random));
    for (index_t r = 0; r < rows; r += 3) {
      index.push_back(r);
      weight.push_back(static_cast<T>(kindred::unit(random)));
      pull.push_back(static_cast<T>(kindred::normal(random)));
    }
    kindred::sequential one;
    if (with_base) base = kindred::gram(one, system().vectors, T{0.25});
  }
  [[nodiscard]] row_system<T> system() const {
    return {{kindred::unchecked, v.data(), rows, static_cast<index_t>(columns), stride},
            index,
            weight,
            pull,
            base.span(),
            T{0.5}};
  }
  // The energy, and half its slope in slope, as they are written down.
  [[nodiscard]] double energy(buffer<T> const& x, std::vector<long double>& slope) const {
    slope.assign(columns, 0);
    long double sum = 0;
    for (std::size_t r = 0; r != columns; ++r) {
      slope[r] = 0.5L * x[r];
      for (std::size_t c = 0; c != columns && base.size() != 0; ++c)
        slope[r] += static_cast<long double>(base[r * stride + c]) * x[c];
    }
    for (std::size_t k = 0; k != index.size(); ++k) {
      T const* const row = v.data() + index[k] * stride;
      long double product = 0;
      for (std::size_t c = 0; c != columns; ++c) product += static_cast<long double>(row[c]) * x[c];
      for (std::size_t c = 0; c != columns; ++c) slope[c] += (weight[k] * product - pull[k]) * row[c];
      sum -= pull[k] * product;  // the other half of - 2 pull product is in x' slope
    }
    for (std::size_t c = 0; c != columns; ++c) sum += x[c] * slope[c];
    return static_cast<double>(sum);
  }

  static constexpr index_t rows = 40;
  std::size_t columns;
  std::size_t stride;
  buffer<T> v;
  std::vector<index_t> index;
  std::vector<T> weight;
  std::vector<T> pull;
  buffer<T> base;
};

template <class T>
double steepest(std::vector<T> const& slope) {
  double most = 0;
  for (auto const s : slope) most = std::fmax(most, std::abs(static_cast<double>(s)));
  return most;
}

// Solves from a start that is not zero, `sweeps` times; the largest slope that is left.
template <class T, class Solver>
double solved(problem<T> const& p, Solver const& solver, int sweeps) {
  double const close = 2000 * static_cast<double>(std::numeric_limits<T>::epsilon());
  buffer<T> x(p.stride, T{0});
  for (std::size_t c = 0; c != p.columns; ++c) x[c] = static_cast<T>(0.1 * static_cast<double>(c % 3));
  std::vector<long double> slope;
  double before = p.energy(x, slope);
  auto room = solver.template room<T>(p.columns);
  for (int k = 0; k != sweeps; ++k) {
    double const said = solver.solve(p.system(), x.span(), room);
    double const now = p.energy(x, slope);
    CHECK(std::abs(said - now) < close);
    CHECK(now < before + close);
    before = now;
  }
  for (std::size_t c = p.columns; c != p.stride; ++c) CHECK(x[c] == 0);
  return steepest(slope);
}

}  // namespace

TEST_CASE_TEMPLATE("row solvers: the slope vanishes, energies are what they say", T, float, double) {
  double const close = 2000 * static_cast<double>(std::numeric_limits<T>::epsilon());
  for (bool const with_base : {false, true})
    for (std::size_t const columns : {1u, 7u, 33u}) {
      problem<T> const p(columns, with_base);
      CHECK(solved(p, cholesky{}, 1) < close);
      CHECK(solved(p, subspace{.block = 100}, 1) < close);
      CHECK(solved(p, subspace{.block = 8}, 400) < 1000 * close);
      CHECK(solved(p, conjugate_gradient{.steps = 30}, 3) < 1000 * close);
      solved(p, conjugate_gradient{.steps = 2}, 3);
    }
}

TEST_CASE_TEMPLATE("row solvers: side by side as one by one", T, float, double) {
  double const close = 2000 * static_cast<double>(std::numeric_limits<T>::epsilon());
  for (std::size_t const columns : {1u, 7u, 33u}) {
    problem<T> const p(columns, true);
    conjugate_gradient const how{.steps = 4};
    for (std::size_t count = 1; count <= how.together; ++count) {
      // The first has no rows, each of the others one more; ridges differ, and so do the solutions that they begin with.
      std::vector<row_system<T>> systems(count, p.system());
      std::vector<buffer<T>> alone(count, buffer<T>(p.stride, T{0}));
      for (std::size_t q = 0; q != count; ++q) {
        systems[q].index = systems[q].index.first(q);
        systems[q].ridge = static_cast<T>(0.5 + static_cast<double>(q));
        for (std::size_t c = 0; c != columns; ++c) alone[q][c] = static_cast<T>((q + c) % 3);
      }
      std::vector<buffer<T>> joint = alone;
      std::vector<std::span<T>> x;
      for (auto& one : joint) x.push_back(one.span());
      std::vector<double> energy(count);
      auto shared = how.room(columns, std::span<T const>(p.base.span()));
      how.solve(std::span<row_system<T> const>(systems), std::span<std::span<T> const>(x), shared, std::span(energy));
      auto room = how.template room<T>(columns);
      for (std::size_t q = 0; q != count; ++q) {
        CHECK(std::abs(how.solve(systems[q], alone[q].span(), room) - energy[q]) < close);
        for (std::size_t c = 0; c != p.stride; ++c) CHECK(std::abs(alone[q][c] - joint[q][c]) < close);
      }
    }
  }
}

TEST_CASE_TEMPLATE("row solvers: no rows, no columns, no definite matrix", T, float, double) {
  problem<T> p(5, false);
  p.index.clear(), p.weight.clear(), p.pull.clear();
  CHECK(solved(p, cholesky{}, 1) == 0);
  CHECK(solved(p, subspace{}, 1) < 1e-6);
  CHECK(solved(p, conjugate_gradient{.steps = 8}, 1) < 1e-6);
  problem<T> const none(0, false);
  CHECK(solved(none, cholesky{}, 1) == 0);
  CHECK(solved(none, subspace{}, 1) == 0);
  CHECK(solved(none, conjugate_gradient{}, 1) == 0);

  problem<T> const many(30, false);  // fourteen vectors do not span thirty columns
  auto system = many.system();
  system.ridge = 0;
  buffer<T> x(many.stride, T{0});
  cholesky const exact;
  auto room = exact.room<T>(30);
  CHECK(!kindred::is_finite(exact.solve(system, x.span(), room)));
}

TEST_CASE("row solvers: settings they refuse") {
  CHECK(support::says(support::error_of([] { subspace{.block = 0}.check(); }), "block = 0"));
  CHECK(support::says(support::error_of([] { conjugate_gradient{.steps = 0}.check(); }), "steps = 0"));
}
