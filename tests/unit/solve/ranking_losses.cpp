// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/cosine_contrastive.hpp>
#include <kindred/solve/hinge_loss.hpp>
#include <kindred/solve/of_cosines.hpp>
#include <kindred/solve/pairwise.hpp>
#include <kindred/solve/pointwise.hpp>
#include <kindred/solve/sampled_softmax.hpp>
#include <kindred/solve/warp_loss.hpp>
#include <kindred/testing/laws/ranking_loss.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <span>
#include <vector>

using kindred::ranking_case;
using kindred::ranking_loss;

static_assert(ranking_loss<kindred::pairwise<>, float> && ranking_loss<kindred::pairwise<>, double>);
static_assert(ranking_loss<kindred::warp_loss, float> && ranking_loss<kindred::sampled_softmax, double>);
static_assert(!ranking_loss<kindred::logistic_loss, float>);

namespace {

template <class T>
struct said {
  T value, slope;
  std::vector<T> others;
};

template <class T, class L>
said<T> of(L const& loss, T positive, std::vector<T> const& negative, kindred::index_t catalog = 100) {
  std::vector<T> slope(negative.size());
  auto const terms = loss.terms(ranking_case<T>{positive, negative, catalog}, std::span<T>(slope));
  return {terms.value, terms.slope, slope};
}

// Whose slopes have the wrong sign.
struct backwards : kindred::pairwise<> {
  template <kindred::real T>
  kindred::ranking_terms<T> terms(ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    auto const out = kindred::pairwise<>::terms(seen, slope);
    return {out.value, -out.slope};
  }
};

}  // namespace

TEST_CASE("ranking losses: finite, and slopes are derivatives") {
  auto const holds = [](auto const& loss) {
    auto const law = kindred::testing::check_ranking_loss(loss);
    CHECK_MESSAGE(law.holds(), law.message());
  };
  holds(kindred::pairwise<>{});
  holds(kindred::pairwise<kindred::hinge_loss>{});
  holds(kindred::pairwise<kindred::squared_hinge_loss>{});
  holds(kindred::pointwise<>{.drawn = 5, .weight = 0.5});
  holds(kindred::pointwise<kindred::squared_loss>{});
  holds(kindred::warp_loss{.most = 6});
  holds(kindred::sampled_softmax{});
  holds(kindred::sampled_softmax{.drawn = 3, .temperature = 0.2});
  holds(kindred::cosine_contrastive{.margin = 0.25, .weight = 3});
  holds(kindred::of_cosines<kindred::sampled_softmax>{});
  CHECK(!kindred::testing::check_ranking_loss(backwards{}).holds());
}

TEST_CASE_TEMPLATE("ranking losses: by hand", T, float, double) {
  // log(1 + e^-(2 - 1)) and -1 / (1 + e^1).
  auto const bpr = of<T>(kindred::pairwise<>{}, 2, {1});
  CHECK(bpr.value == doctest::Approx(std::log1p(std::exp(-1.0))));
  CHECK(bpr.slope == doctest::Approx(-1 / (1 + std::exp(1.0))));
  CHECK(bpr.others[0] == -bpr.slope);

  // The third other is above 2 - 1: rank (10 - 1) / 3 = 3, H(3) = 11/6, H(9) = 7129/2520; short by 1 - 2 + 1.5.
  auto const warp = of<T>(kindred::warp_loss{}, 2, {-1, 0, 1.5}, 10);
  double const weight = 11.0 / 6 / (7129.0 / 2520);
  CHECK(warp.value == doctest::Approx(weight * 0.5).epsilon(1e-3));
  CHECK(warp.slope == doctest::Approx(-weight).epsilon(1e-3));
  CHECK(warp.others[0] == 0);
  CHECK(warp.others[2] == -warp.slope);
  CHECK(kindred::warp_loss{}.enough(T{2}, T{1.5}));
  CHECK(!kindred::warp_loss{}.enough(T{2}, T{1}));
  CHECK(of<T>(kindred::warp_loss{}, 2, {-1, 0}).value == 0);

  // Scores (0, log 2, log 3) at temperature 1: 1 / 6, 2 / 6, 3 / 6.
  auto const softmax = of<T>(kindred::sampled_softmax{}, 0, {T(std::log(2.0)), T(std::log(3.0))});
  CHECK(softmax.value == doctest::Approx(std::log(6.0)));
  CHECK(softmax.slope == doctest::Approx(-5.0 / 6));
  CHECK(softmax.others[0] == doctest::Approx(2.0 / 6));
  CHECK(softmax.others[1] == doctest::Approx(3.0 / 6));

  // 1 - 0.5 + 4 / 2 (0.75 - 0.5); the other at 0.25 is within the margin.
  auto const simplex = of<T>(kindred::cosine_contrastive{.margin = 0.5, .weight = 4}, T{0.5}, {T{0.25}, T{0.75}});
  CHECK(simplex.value == doctest::Approx(1.0));
  CHECK(simplex.others[0] == 0);
  CHECK(simplex.others[1] == 2);

  // (1 - 0.5)^2 / 2 + 3 (0.25^2 / 2 + 1 / 2)
  auto const squared = of<T>(kindred::pointwise<kindred::squared_loss>{.weight = 3}, T{0.5}, {T{0.25}, T{1}});
  CHECK(squared.value == doctest::Approx(0.125 + 3 * (0.03125 + 0.5)));
  CHECK(squared.others[1] == 3);
}

TEST_CASE("ranking losses: settings outside their range") {
  auto const refused = [](auto const& loss, char const* words) {
    auto const e = support::error_of([&] { loss.check(); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, words));
  };
  refused(kindred::warp_loss{.margin = -1}, "margin = -1");
  refused(kindred::sampled_softmax{.temperature = 0}, "temperature = 0");
  refused(kindred::cosine_contrastive{.margin = 2}, "margin = 2");
  refused(kindred::cosine_contrastive{.weight = -2}, "weight = -2");
  refused(kindred::pointwise<>{.weight = -2}, "weight = -2");
  refused(kindred::of_cosines<kindred::sampled_softmax>{.loss = {.temperature = -1}}, "temperature = -1");
}
