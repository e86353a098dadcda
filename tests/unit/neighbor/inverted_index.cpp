// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/inverted_index.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/similarities.hpp"
#include "../../support/sparse_rows.hpp"

#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/similarity/asymmetric_cosine.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/jaccard.hpp>
#include <kindred/similarity/log_likelihood.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <span>
#include <vector>

static_assert(kindred::neighbor_search<kindred::inverted_index<float, kindred::cosine>, kindred::sparse_row<float>>);
static_assert(kindred::neighbor_search<kindred::inverted_index<double, kindred::pearson>, kindred::sparse_row<double>>);

namespace {

using kindred::index_t;
using kindred::inverted_index;
using kindred::neighbor;

// By definition: compare the query with every row, sort, keep the first.
template <class S, class T>
std::vector<neighbor<T>> twin(S const& how, kindred::csr_view<T> rows, kindred::sparse_row<T> query, std::size_t keep) {
  std::vector<neighbor<T>> found;
  for (index_t r = 0; r != rows.rows(); ++r) {
    T const value = static_cast<T>(kindred::similarity_of(how, query, rows.row(r), rows.columns()));
    if (value > 0) found.push_back({r, value});
  }
  std::sort(found.begin(), found.end(), kindred::is_closer<T>);
  if (found.size() > keep) found.resize(keep);
  return found;
}

template <class T, class S>
void check_against_twin(S const& how, kindred::csr_view<T> rows, std::vector<support::owned_row<T>> const& queries) {
  inverted_index<T, S> const index(rows, how);
  REQUIRE(index.size() == rows.rows());
  for (std::size_t const keep : {1u, 5u, 10000u}) {
    std::vector<neighbor<T>> out(keep);
    for (auto const& query : queries) {
      std::size_t const count = index.search(query.view(), out);
      auto const expected = twin(how, rows, query.view(), keep);
      REQUIRE(count == expected.size());
      CHECK(std::equal(expected.begin(), expected.end(), out.begin()));
    }
  }
}

}  // namespace

TEST_CASE_TEMPLATE("inverted_index: finds what comparing with every row finds, the same bits", T, float, double) {
  auto const data = support::random_ratings<T>(700, 60, 0.1, 30);  // several ranges of rows for wide sums
  std::vector<support::owned_row<T>> queries{{}, {{5}, {3}}, {{100, 200}, {1, 2}}};  // also columns that there are not
  for (std::uint64_t seed = 0; seed != 6; ++seed) queries.push_back(support::random_row<T>(80, 0.3, seed));
  auto const rows = data.by_user();
  check_against_twin<T>(kindred::cosine{}, rows, queries);
  check_against_twin<T>(kindred::pearson{}, rows, queries);
  check_against_twin<T>(kindred::shrunk<kindred::pearson>{.strength = 3}, rows, queries);
  check_against_twin<T>(kindred::jaccard{}, rows, queries);
  check_against_twin<T>(kindred::log_likelihood{}, rows, queries);
  check_against_twin<T>(kindred::asymmetric_cosine{.alpha = 0.3}, rows, queries);
  check_against_twin<T>(support::closeness{}, rows, queries);
  check_against_twin<T>(support::coverage{}, rows, queries);
}

TEST_CASE("inverted_index: many rows, and a query of more columns than there are cursors") {
  auto const data = support::random_ratings<float>(300, 5000, 0.01, 31);
  std::vector<support::owned_row<float>> queries{support::random_row<float>(4500, 0.2, 1)};
  REQUIRE(queries[0].index.size() > 600);
  check_against_twin<float>(kindred::cosine{}, data.by_item(), {support::random_row<float>(300, 0.9, 2)});
  check_against_twin<float>(kindred::cosine{}, data.by_user(), queries);
  check_against_twin<float>(kindred::pearson{}, data.by_user(), queries);
  check_against_twin<float>(kindred::jaccard{}, data.by_user(), queries);
}

TEST_CASE("inverted_index: nothing asked, nothing there, nothing that is not a number") {
  auto const data = support::random_ratings<double>(20, 10, 0.5, 32);
  inverted_index<double, kindred::cosine> const index(data.by_user());
  CHECK(index.search(data.of(kindred::user_id{0}), {}) == 0);
  kindred::ratings<double> const none;
  inverted_index<double, kindred::cosine> const empty(none.by_user());
  std::vector<neighbor<double>> out(3);
  CHECK(empty.size() == 0);
  CHECK(empty.search(data.of(kindred::user_id{0}), out) == 0);
  // A row and itself: what divides by the distance is infinite there, and is passed over.
  struct careless {
    using sums = support::closeness::sums;
    double finish(sums const& shared, kindred::row_sums const&, kindred::row_sums const&) const noexcept {
      return 1 / shared.squares;
    }
  };
  inverted_index<double, careless> const odd(data.by_user());
  std::size_t const count = odd.search(data.of(kindred::user_id{0}), out);
  CHECK(std::none_of(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count),
                     [](auto const& one) { return one.id == 0; }));
  CHECK(support::error_of([&] {
          static_cast<void>(inverted_index<double, kindred::shrunk<kindred::cosine>>(data.by_user(), {.strength = -1}));
        }).kind() == kindred::error_kind::setting);
}
