// SPDX-License-Identifier: BSL-1.0
#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/chunks.hpp>

#include "../../support/executors.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using kindred::chunk_at;
using kindred::chunk_count;
using kindred::reduce_chunks;

namespace {

// Remembers how it was added up.
struct written {
  std::string text;
  written operator+(written const& other) const { return {"(" + text + other.text + ")"}; }
};

std::string tree_of(std::size_t chunks, auto&& ex) {
  return reduce_chunks<written>(ex, 3 * chunks, 3,
                                [](std::size_t first, std::size_t) { return written{std::to_string(first / 3)}; })
      .text;
}

}  // namespace

TEST_CASE("chunks: they follow on each other and cover everything") {
  for (std::size_t size = 0; size != 40; ++size)
    for (std::size_t grain = 1; grain != 45; ++grain) {
      std::size_t reached = 0;
      for (std::size_t k = 0; k != chunk_count(size, grain); ++k) {
        auto const [first, last] = chunk_at(size, grain, k);
        CHECK(first == reached);
        CHECK(last > first);
        CHECK(last - first <= grain);
        CHECK((last - first == grain || last == size));
        reached = last;
      }
      CHECK(reached == size);
    }
}

TEST_CASE("chunks: sizes at the end of the type") {
  std::size_t const most = ~std::size_t{0};
  CHECK(chunk_count(most, 1) == most);
  CHECK(chunk_count(most, most) == 1);
  CHECK(chunk_count(most, 2) == most / 2 + 1);
  CHECK(chunk_at(most, 2, most / 2).first == most - 1);
  CHECK(chunk_at(most, 2, most / 2).last == most);
}

TEST_CASE("for_chunks: every number once, on any executor") {
  auto const once = [](auto&& ex) {
    std::vector<int> seen(1000, 0);
    kindred::for_chunks(ex, seen.size(), 7, [&](std::size_t first, std::size_t last) {
      for (std::size_t k = first; k != last; ++k) ++seen[k];
    });
    return std::count(seen.begin(), seen.end(), 1) == 1000;
  };
  CHECK(once(kindred::sequential{}));
  CHECK(once(support::reversed{}));
  CHECK(once(support::shuffled{}));
  CHECK(once(kindred::thread_pool(4)));
}

TEST_CASE("reduce_chunks: the tree is fixed") {
  auto const on_any = [](std::size_t chunks, std::string const& tree) {
    CHECK(tree_of(chunks, kindred::sequential{}) == tree);
    CHECK(tree_of(chunks, support::reversed{}) == tree);
    CHECK(tree_of(chunks, support::shuffled{}) == tree);
    CHECK(tree_of(chunks, kindred::thread_pool(3)) == tree);
  };
  on_any(0, "");
  on_any(1, "0");
  on_any(2, "(01)");
  on_any(3, "((01)2)");
  on_any(4, "((01)(23))");
  on_any(5, "(((01)(23))4)");
  on_any(7, "(((01)(23))((45)6))");
  on_any(8, "(((01)(23))((45)(67)))");
}

TEST_CASE("reduce_chunks: a sum of doubles has the same bits on any number of threads") {
  auto const sum = [](auto&& ex) {
    return reduce_chunks<double>(ex, 100000, 64, [](std::size_t first, std::size_t last) {
      double part = 0;
      for (std::size_t k = first; k != last; ++k) part += 1 / static_cast<double>(k + 1);
      return part;
    });
  };
  double const expected = sum(kindred::sequential{});
  CHECK(expected == doctest::Approx(12.090146129863428));  // the harmonic number of 100000
  for (std::size_t const threads : {1u, 2u, 3u, 8u, 16u}) CHECK(sum(kindred::thread_pool(threads)) == expected);
}
