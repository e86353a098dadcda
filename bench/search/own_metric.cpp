// SPDX-License-Identifier: BSL-1.0
// bench: metric/user_defined/128 neighbor/top10/user_defined
// flags: -march=native
//
// A metric that a user wrote beside the same one in the box, Manhattan's: two rows of 128 columns at a time, in cache; then
// the ten closest of 20 000 rows for 500 queries. The ratio says what is lost by writing it oneself.

#include "random_rows.hpp"

#include <kindred/metric/manhattan.hpp>
#include <kindred/neighbor/brute_force.hpp>
#include <kindred/run/executor.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>

namespace {

// As in the guide: a step, a finish, and what they promise.
struct their_manhattan {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  template <class V>
  V step(V sum, V a, V b) const noexcept {
    return sum + kindred::math::abs(V(a - b));
  }
  template <kindred::real T>
  T finish(T sum) const noexcept {
    return sum;
  }
  template <kindred::real T>
  T operator()(kindred::dense_row<T> a, kindred::dense_row<T> b) const noexcept {
    return kindred::distance_of(*this, a, b);
  }
};

float volatile sink;

template <class M>
auto pairs(M how, bench::random_rows const& rows) {
  return [how, &rows] {
    float sum = 0;
    for (int pass = 0; pass != 40; ++pass)
      for (kindred::index_t r = 0; r != 50; ++r)
        for (kindred::index_t q = 0; q != 50; ++q) sum += how(rows.view().row(q), rows.view().row(r));
    sink = sum;
  };
}

template <class M>
auto searches(bench::random_rows const& rows, bench::random_rows const& queries) {
  return [search = kindred::brute_force<float, M>(rows.view()), &queries] {
    kindred::sequential here;
    static_cast<void>(search.search_each(queries.view(), 10, here));
  };
}

void tell(char const* name, bench::duel took, double unit, char const* unit_name) {
  std::printf("BENCH %s ours=%.3f peer=built_in:%.3f ratio=%.2f unit=%s\n", name, took.ours * unit, took.peer * unit,
              took.peer / took.ours, unit_name);
}

}  // namespace

int main() {
  bench::random_rows const rows(20'000, 128, 1), queries(500, 128, 2);
  std::printf("%s\n", bench::instruction_set());
  tell("metric/user_defined/128",
       bench::seconds_in_turns<41>(pairs(their_manhattan{}, rows), pairs(kindred::manhattan{}, rows)), 1e9 / 1e5, "ns");
  tell("neighbor/top10/user_defined",
       bench::seconds_in_turns(searches<their_manhattan>(rows, queries), searches<kindred::manhattan>(rows, queries)),
       1, "s");
}
