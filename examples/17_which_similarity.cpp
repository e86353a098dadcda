// SPDX-License-Identifier: BSL-1.0
#include <kindred/kindred.hpp>

#include <array>
#include <cstddef>
#include <iomanip>
#include <iostream>
#include <string_view>
#include <vector>

// [pairs]
// Two films, and what ten people said of them; 0: has not seen it.
struct pair {
  std::string_view what;
  std::array<float, 10> a;
  std::array<float, 10> b;
};
constexpr std::array<pair, 6> pairs{{
    {"same taste, a star apart", {5, 4, 2, 3, 5, 0, 0, 0, 0, 0}, {4, 3, 1, 2, 4, 0, 0, 0, 0, 0}},
    {"opposite opinions", {5, 4, 2, 1, 5, 0, 0, 0, 0, 0}, {1, 2, 4, 5, 1, 0, 0, 0, 0, 0}},
    {"one person saw both", {5, 4, 3, 4, 4, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 4, 5, 4, 3, 4, 0}},
    {"the fans of one saw the other", {5, 4, 0, 0, 0, 0, 0, 0, 0, 0}, {4, 4, 3, 5, 2, 4, 3, 4, 0, 0}},
    {"everybody saw both", {4, 3, 5, 4, 4, 3, 4, 5, 4, 0}, {3, 4, 4, 5, 3, 4, 5, 4, 0, 4}},
    {"two people saw both, nobody else", {4, 5, 0, 0, 0, 0, 0, 0, 0, 0}, {5, 4, 0, 0, 0, 0, 0, 0, 0, 0}},
}};
// [/pairs]

// A row without its zeros.
struct row {
  std::vector<kindred::index_t> index;
  std::vector<float> value;

  explicit row(std::array<float, 10> const& all) {
    for (kindred::index_t c = 0; c != all.size(); ++c)
      if (all[c] != 0) {
        index.push_back(c);
        value.push_back(all[c]);
      }
  }
  kindred::sparse_row<float> view() const { return {index, value}; }
};

// [compare]
template <class Similarity>
void compare(std::string_view name, Similarity const& how) {
  std::cout << std::left << std::setw(30) << name << std::right;
  for (pair const& one : pairs) {
    row const a(one.a), b(one.b);
    std::cout << std::setw(7) << kindred::similarity_of(how, a.view(), b.view(), 10) + 0.0;  // of ten people
  }
  std::cout << '\n';
}

int main() {
  std::cout << std::fixed << std::setprecision(2);
  for (std::size_t k = 0; k != pairs.size(); ++k) std::cout << k + 1 << ": " << pairs[k].what << '\n';
  compare("cosine", kindred::cosine{});
  compare("shared_cosine", kindred::shared_cosine{});
  compare("pearson", kindred::pearson{});
  compare("shrunk<pearson>", kindred::shrunk<kindred::pearson>{.strength = 10});
  compare("constrained_pearson", kindred::constrained_pearson{});
  compare("mean_squared_difference", kindred::mean_squared_difference{});
  compare("tanimoto", kindred::tanimoto{});
  compare("jaccard", kindred::jaccard{});
  compare("overlap", kindred::overlap{});
  compare("lift", kindred::lift{});
  compare("normalized_mutual_information", kindred::normalized_mutual_information{});
  compare("log_likelihood", kindred::log_likelihood{});
}
// [/compare]
