// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/hinge_loss.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/poisson_loss.hpp>
#include <kindred/testing/laws/loss.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <span>

namespace {

// The laws of a loss, and that the curvature is the derivative of the slope; `smooth` leaves out kinks of the slope.
template <class L>
void keeps_laws(L const& l, std::span<double const> targets) {
  auto const law = kindred::testing::check_loss(l, targets);
  CHECK_MESSAGE(law.holds(), law.message());
  if constexpr (kindred::curved_loss<L, double>)
    for (double const t : targets)
      for (double p = -6.03; p < 6; p += 0.21) {
        double const h = 1e-5;
        double const difference = (l.slope(p + h, t) - l.slope(p - h, t)) / (2 * h);
        CHECK(l.curvature(p, t) == doctest::Approx(difference).epsilon(1e-6));
        auto const at = kindred::terms_of(l, p, t);
        CHECK(at.value == doctest::Approx(l.value(p, t)).epsilon(1e-12));
        CHECK(at.slope == doctest::Approx(l.slope(p, t)).epsilon(1e-12));
        CHECK(at.curvature == doctest::Approx(l.curvature(p, t)).epsilon(1e-12));
      }
}

constexpr double yes_or_no[] = {0, 1};
constexpr double numbers[] = {-2, 0, 1.5};
constexpr double counts[] = {0, 1, 7};

}  // namespace

TEST_CASE("logistic, hinge, Poisson and squared losses keep the laws") {
  constexpr double shares[] = {0, 0.3, 1};
  keeps_laws(kindred::logistic_loss{}, shares);
  keeps_laws(kindred::hinge_loss{}, yes_or_no);
  keeps_laws(kindred::squared_hinge_loss{}, yes_or_no);
  keeps_laws(kindred::poisson_loss{}, counts);
  keeps_laws(kindred::squared_loss{}, numbers);
}

// At p = 0 a yes and a no cost log 2 alike, and pull with 1/2; at p = log 3 the probability of yes is 3/4.
TEST_CASE_TEMPLATE("logistic_loss: known values", T, float, double) {
  kindred::logistic_loss const l;
  CHECK(static_cast<double>(l.value(T{0}, T{1})) == doctest::Approx(std::log(2.0)));
  CHECK(l.slope(T{0}, T{1}) == T{-0.5});
  CHECK(l.curvature(T{0}, T{1}) == T{0.25});
  CHECK(static_cast<double>(l.mean(std::log(T{3}))) == doctest::Approx(0.75));
  CHECK(static_cast<double>(l.value(std::log(T{3}), T{0})) == doctest::Approx(std::log(4.0)));
  CHECK(kindred::sigmoid(T{-1000}) == 0);
  CHECK(kindred::sigmoid(T{1000}) == 1);
}

// With the target yes and p = 0.5 half a unit is lacking.
TEST_CASE_TEMPLATE("hinge losses: known values", T, float, double) {
  CHECK(kindred::hinge_loss{}.value(T{0.5}, T{1}) == T{0.5});
  CHECK(kindred::hinge_loss{}.value(T{0.5}, T{0}) == T{1.5});
  CHECK(kindred::hinge_loss{}.slope(T{2}, T{1}) == 0);
  CHECK(kindred::squared_hinge_loss{}.value(T{0.5}, T{0}) == T{2.25});
  CHECK(kindred::squared_hinge_loss{}.slope(T{0.5}, T{0}) == 3);
}

TEST_CASE_TEMPLATE("poisson_loss: finite far out", T, float, double) {
  kindred::poisson_loss const l;
  CHECK(kindred::is_finite(l.value(T{1000}, T{1})));
  CHECK(l.mean(T{0}) == 1);
  CHECK(static_cast<double>(l.slope(T{30}, T{0})) == doctest::Approx(std::exp(30.0)));
}

static_assert(kindred::curved_loss<kindred::logistic_loss, float> &&
              kindred::curved_loss<kindred::squared_loss, float>);
static_assert(!kindred::curved_loss<kindred::hinge_loss, double>);
static_assert(kindred::accepts_label(kindred::squared_loss{}, -3) &&
              !kindred::accepts_label(kindred::logistic_loss{}, -1));
