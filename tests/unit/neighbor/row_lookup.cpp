// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/row_lookup.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

namespace {

// Ascending columns, some side by side, some far apart.
std::vector<kindred::index_t> columns(std::size_t size, std::uint64_t seed) {
  std::vector<kindred::index_t> index;
  kindred::random_stream random(seed, size);
  kindred::index_t at = 0;
  for (std::size_t k = 0; k != size; ++k) {
    at += 1 + (kindred::below(random, 4) == 0 ? kindred::below(random, 5000) : 0);
    index.push_back(at);
  }
  return index;
}

}  // namespace

TEST_CASE("row_lookup: finds what a map finds, in rows of any length and for any number of questions") {
  // The table holds rows of up to 4095 columns; longer ones and few questions are searched.
  for (std::size_t const size : {0u, 1u, 2u, 3u, 7u, 100u, 1000u, 4095u, 4096u, 4097u, 10000u}) {
    auto const index = columns(size, 3);
    std::map<kindred::index_t, std::size_t> twin;
    for (std::size_t k = 0; k != size; ++k) twin[index[k]] = k;
    for (std::size_t const questions : {std::size_t{0}, std::size_t{16}, std::size_t{1} << 30}) {
      kindred::row_lookup const lookup(index, questions);
      std::size_t wrong = 0;
      auto const ask = [&](kindred::index_t column) {
        auto const found = twin.find(column);
        if (lookup.find(column) != (found == twin.end() ? size : found->second)) ++wrong;
      };
      for (kindred::index_t const column : index) {
        ask(column);
        ask(column - 1);
        ask(column + 1);
      }
      for (kindred::index_t const column : {0u, 1u, 4'000'000'000u, 4'294'967'294u}) ask(column);
      CAPTURE(size);
      CAPTURE(questions);
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("row_lookup: columns that fall into one slot") {
  // Multiples of 2^20 leave a multiplicative hash little to tell them apart.
  std::vector<kindred::index_t> index;
  for (kindred::index_t k = 0; k != 4095; ++k) index.push_back(k << 20);
  std::sort(index.begin(), index.end());
  index.erase(std::unique(index.begin(), index.end()), index.end());
  kindred::row_lookup const lookup(index, 1u << 20);
  for (std::size_t k = 0; k != index.size(); ++k) CHECK(lookup.find(index[k]) == k);
  CHECK(lookup.find(5) == index.size());
}
