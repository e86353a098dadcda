// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/roc_auc.hpp>

#include "../../support/error_of.hpp"
#include "../../support/scored_case.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using kindred::grouped_roc_auc;
using kindred::index_t;
using kindred::roc_auc;
using kindred::scored_examples;

namespace {

// Over all pairs of something that happened and something that did not.
template <class T>
double pairs_in_order(scored_examples<T> const& all) {
  long double right = 0, pairs = 0;
  for (std::size_t a = 0; a != all.size(); ++a)
    for (std::size_t b = 0; b != all.size(); ++b) {
      if (!all.happened(a) || all.happened(b)) continue;
      long double const w = all.weight_of(a) * all.weight_of(b);
      pairs += w;
      right += all.score[a] > all.score[b] ? w : all.score[a] == all.score[b] ? w / 2 : 0;
    }
  return pairs > 0 ? static_cast<double>(right / pairs) : 0.5;
}

}  // namespace

TEST_CASE_TEMPLATE("roc_auc: by hand, with a tie", T, float, double) {
  // Pairs of (0.9, 0.4) and (0.4, 0.1): 0.9 > 0.4, 0.9 > 0.1, 0.4 = 0.4, 0.4 > 0.1: 3.5 of 4.
  std::vector<T> const score{T(0.9), T(0.4), T(0.4), T(0.1)};
  std::vector<T> const label{1, 1, 0, 0};
  CHECK(roc_auc<T>({score, label}) == 3.5 / 4);
  std::vector<T> const weight{1, 1, 2, 1};  // 0.4 that did not happen counts twice: (2 + 1 + 2 / 2 + 1) of 6
  CHECK(roc_auc<T>({score, label, weight}) == doctest::Approx(5.0 / 6));
}

TEST_CASE_TEMPLATE("roc_auc: scikit-learn's figures", T, float, double) {
  CHECK(roc_auc(support::fourteen<T>(false).view()) == doctest::Approx(0.85).epsilon(1e-12));
  CHECK(roc_auc(support::fourteen<T>(true).view()) == doctest::Approx(0.92578125).epsilon(1e-12));
}

TEST_CASE_TEMPLATE("roc_auc: the definition, on random cases with ties", T, float, double) {
  for (std::uint64_t seed = 0; seed != 100; ++seed) {
    auto const drawn = support::random_scores<T>(1 + seed % 40, seed % 2 == 0, seed);
    CHECK(roc_auc(drawn.view()) == doctest::Approx(pairs_in_order(drawn.view())).epsilon(1e-12));
  }
}

TEST_CASE("roc_auc: where there is nothing to tell apart it is chance") {
  std::vector<double> const score{1, 2};
  std::vector<double> const yes{1, 1};
  std::vector<double> const no{0, -1};
  CHECK(roc_auc<double>({score, yes}) == 0.5);
  CHECK(roc_auc<double>({score, no}) == 0.5);
  CHECK(roc_auc<double>({}) == 0.5);
}

TEST_CASE("grouped_roc_auc: users one by one") {
  // User 7: 1 of 1 pairs in order, 2 examples. User 2: 0 of 1, 2 examples. User 4 clicks everything and is left out.
  std::vector<double> const score{0.9, 0.2, 0.8, 0.3, 0.1};
  std::vector<double> const label{1, 1, 0, 0, 1};
  std::vector<index_t> const user{7, 2, 2, 7, 4};
  CHECK(grouped_roc_auc<double>({score, label}, user) == 0.5);
  std::vector<double> const weight{3, 1, 1, 3, 1};  // user 7 weighs 6 of 8
  CHECK(grouped_roc_auc<double>({score, label, weight}, user) == doctest::Approx(0.75));
  std::vector<index_t> const alone{0, 1, 2, 3, 4};
  CHECK(grouped_roc_auc<double>({score, label}, alone) == 0.5);
}

TEST_CASE("grouped_roc_auc: one group is roc_auc, and any order of examples will do") {
  auto const drawn = support::random_scores<double>(60, true, 5);
  CHECK(grouped_roc_auc(drawn.view(), std::vector<index_t>(60, 3)) == doctest::Approx(roc_auc(drawn.view())));
  std::vector<index_t> group(60);
  for (index_t k = 0; k != 60; ++k) group[k] = k % 4;
  auto turned = drawn;
  std::vector<index_t> turned_group(group.rbegin(), group.rend());
  turned.score.assign(drawn.score.rbegin(), drawn.score.rend());
  turned.label.assign(drawn.label.rbegin(), drawn.label.rend());
  turned.weight.assign(drawn.weight.rbegin(), drawn.weight.rend());
  CHECK(grouped_roc_auc(turned.view(), turned_group) == grouped_roc_auc(drawn.view(), group));
}

TEST_CASE("scored_examples: what is refused") {
  std::vector<float> const score{0.5f, 2};
  std::vector<float> const label{1, 0};
  std::vector<float> const short_label{1};
  std::vector<float> const bad{1, std::numeric_limits<float>::quiet_NaN()};
  std::vector<float> const zero{1, 0};
  auto const refused = [](scored_examples<float> const& all, kindred::error_kind kind, char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(roc_auc(all)); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, words));
  };
  refused({score, short_label}, kindred::error_kind::shape, "2 scores, but 1 labels");
  refused({bad, label}, kindred::error_kind::data, "example 1 has the score");
  refused({score, bad}, kindred::error_kind::data, "example 1 has the score 2 and the label");
  refused({score, label, zero}, kindred::error_kind::data, "example 1 has the weight 0");
  auto const e = support::error_of([&] { scored_examples<float>{score, label}.check_probabilities(); });
  CHECK(support::says(e, "example 1 has the score 2; a probability"));
  auto const g = support::error_of([&] { static_cast<void>(grouped_roc_auc<float>({score, label}, {})); });
  CHECK(support::says(g, "2 examples, but 0 numbers of groups"));
}
