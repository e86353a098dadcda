// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/social_sgd.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"

#include <kindred/factor/so_rec.hpp>
#include <kindred/score/scorer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using kindred::factor_model;
using kindred::index_t;
using kindred::item_id;
using kindred::so_rec;
using kindred::social_mf;
using kindred::social_sgd;
using kindred::trust;
using kindred::trust_links;
using kindred::user_id;

static_assert(kindred::recipe<social_sgd<>, kindred::ratings<float>>);
static_assert(kindred::recipe<social_sgd<so_rec>, kindred::ratings<double>>);
static_assert(!kindred::social_term<int, float>);

namespace {

std::vector<trust> random_trust(index_t users, std::uint32_t one_in) {
  std::vector<trust> links;
  for (index_t u = 0; u != users; ++u)
    for (index_t v = 0; v != users; ++v)
      if (kindred::mix(4, u, v) % one_in == 0) links.push_back({user_id{u}, user_id{v}});
  return links;
}

factor_model<double> random_model(index_t users, index_t factors) {
  factor_model<double> model(users, 1, factors);
  for (index_t u = 0; u != users; ++u) {
    model.set_known(user_id{u});
    kindred::normal_initializer{.deviation = 0.5}(model.of(user_id{u}).vector.first(factors), 7, u);
  }
  return model;
}

// A step at a tiny rate goes down the slope of the objective in every number of every user.
template <class Term>
void goes_down_the_gradient(Term const& how) {
  auto model = random_model(12, 3);
  auto term = how.begin(trust_links(random_trust(12, 3), 12), model, 5);
  auto const before = model;
  auto slope = [&](index_t u, std::size_t f) {
    double& x = model.of(user_id{u}).vector[f];
    double const at = x, h = 1e-5;
    x = at + h;
    double const above = term.objective(model);
    x = at - h;
    double const below = term.objective(model);
    x = at;
    return (above - below) / (2 * h);
  };
  std::vector<double> expected;
  for (index_t u = 0; u != 12; ++u)
    for (std::size_t f = 0; f != 3; ++f) expected.push_back(slope(u, f));
  term.step(model, 0, 1e-7);
  bool same = true;
  for (index_t u = 0; u != 12; ++u)
    for (std::size_t f = 0; f != 3; ++f) {
      double const moved = (before.users().row(u)[f] - model.users().row(u)[f]) / 1e-7;
      same = same && std::abs(moved - expected[u * 3 + f]) < 1e-5;
    }
  CHECK(same);
}

// Two camps, of even and of odd users, who like the items of their own and trust their own; users 40 and 41 have rated nothing.
template <class Term>
void friends_tell(Term const& term) {
  std::vector<support::seen> list;
  for (index_t u = 0; u != 40; ++u)
    for (index_t i = 0; i != 30; ++i)
      if (kindred::mix(7, u, i) % 3 != 0) list.push_back({u, i, u % 2 == i % 2 ? 5.0 : 2.0});
  auto const data = support::ratings_of<float>(list, {42, 30});
  social_sgd<Term> how{.how = {.factors = 4, .epochs = 60}, .friends = {}, .term = term};
  for (trust const& one : random_trust(42, 4))
    if (to_index(one.who) % 2 == to_index(one.whom) % 2) how.friends.push_back(one);
  auto const done = kindred::fit(how, data);
  CHECK(done.report.converged);
  for (index_t const u : {40u, 41u}) {
    CHECK(done.model.knows(user_id{u}));
    CHECK(kindred::score_of(done.model, user_id{u}, item_id{20 + u % 2}) >
          kindred::score_of(done.model, user_id{u}, item_id{21 - u % 2}) + 0.3f);
  }
  support::shuffled shuffled;
  CHECK(kindred::fit(how, data, shuffled).model == done.model);
}

}  // namespace

TEST_CASE("trust_links: both sides, each once") {
  trust_links const links(std::vector<trust>{{user_id{2}, user_id{0}},
                                             {user_id{0}, user_id{1}},
                                             {user_id{2}, user_id{1}},
                                             {user_id{0}, user_id{1}},
                                             {user_id{1}, user_id{1}},
                                             {user_id{0}, user_id{9}}},
                          3);
  CHECK(links.size() == 3);
  CHECK(std::vector<index_t>(links.trusted_by(2).begin(), links.trusted_by(2).end()) == std::vector<index_t>{0, 1});
  CHECK(std::vector<index_t>(links.trusting(1).begin(), links.trusting(1).end()) == std::vector<index_t>{0, 2});
  CHECK(links.trusted_by(1).empty());
}

TEST_CASE("social terms: a small step goes down the gradient, by finite differences") {
  goes_down_the_gradient(social_mf{.strength = 0.7});
  goes_down_the_gradient(so_rec{.strength = 0.7, .start = {.deviation = 0.5}});
}

TEST_CASE("social_mf: a step by hand") {
  // User 0, at 1, trusts 1, at 3: the gap is -2. At strength x rate 1, user 0 takes half of the way to 3 and is at 2; what is
  // left of the gap, -1, then draws user 1 by half of that to 2.5.
  factor_model<double> model(2, 1, 1);
  model.of(user_id{0}).vector[0] = 1;
  model.of(user_id{1}).vector[0] = 3;
  auto term = social_mf{.strength = 2}.begin(trust_links(std::vector<trust>{{user_id{0}, user_id{1}}}, 2), model, 0);
  CHECK(term.objective(model) == 4);
  term.step(model, 0, 0.5);
  CHECK(model.users().row(0)[0] == doctest::Approx(2));
  CHECK(model.users().row(1)[0] == doctest::Approx(2.5));
  CHECK(term.objective(model) == doctest::Approx(0.25));
  for (int k = 0; k != 50; ++k) term.step(model, 0, 1e6);  // no rate is too large
  CHECK(term.objective(model) < 1e-9);
  // The other way round: user 1, at 1, trusts 0, at 3, who goes first, to 2; user 1 knows of it, and takes half of what is left.
  model.of(user_id{0}).vector[0] = 3;
  model.of(user_id{1}).vector[0] = 1;
  auto other = social_mf{.strength = 2}.begin(trust_links(std::vector<trust>{{user_id{1}, user_id{0}}}, 2), model, 0);
  other.step(model, 0, 0.5);
  CHECK(model.users().row(0)[0] == doctest::Approx(2));
  CHECK(model.users().row(1)[0] == doctest::Approx(1.5));
}

TEST_CASE("social_mf: no rate is too large among many, either") {
  auto model = random_model(30, 3);
  auto term = social_mf{.strength = 1}.begin(trust_links(random_trust(30, 4), 30), model, 5);
  double before = term.objective(model);
  for (int k = 0; k != 5; ++k) {
    term.step(model, 0, 1e3);
    double const now = term.objective(model);
    CHECK(now < before);
    before = now;
  }
}

TEST_CASE("so_rec: what trust is worth, and what the trusted pay") {
  // 0 trusts 1 and 2, 3 trusts 1: c(0, 1) = sqrt(2 / (2 + 2)), c(0, 2) = sqrt(1 / (2 + 1)), c(3, 1) = sqrt(2 / (1 + 2)). A penalty
  // beyond measure takes every z to nothing in a step; then all that is said is sigmoid(0).
  std::vector<trust> const links{{user_id{0}, user_id{1}}, {user_id{0}, user_id{2}}, {user_id{3}, user_id{1}}};
  auto model = random_model(4, 2);
  auto term = so_rec{.strength = 2, .penalty = 1e12}.begin(trust_links(links, 4), model, 5);
  term.step(model, 0, 1);
  double expected = 0;
  for (double const worth : {std::sqrt(0.5), std::sqrt(1.0 / 3), std::sqrt(2.0 / 3)})
    expected += std::pow(0.5 - worth, 2);
  CHECK(term.objective(model) == doctest::Approx(expected));
}

TEST_CASE("social_sgd: whom one trusts tells what one likes") {
  friends_tell(social_mf{.strength = 2});
  friends_tell(so_rec{.strength = 20});
}

TEST_CASE("social_sgd: without friends it is sgd; settings") {
  auto const data = support::random_ratings<float>(40, 30, 0.3, 61);
  social_sgd<> const how{.how = {.factors = 5, .epochs = 3}};
  CHECK(kindred::fit(how, data).model == kindred::fit(how.how, data).model);
  CHECK(kindred::fit(how, support::ratings_of<float>({})).model.users().rows() == 0);
  auto const e =
      support::error_of([&] { static_cast<void>(kindred::fit(social_sgd<so_rec>{.term = {.penalty = -1}}, data)); });
  CHECK(support::says(e, "so_rec: penalty = -1"));
}
