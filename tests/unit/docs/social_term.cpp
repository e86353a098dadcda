// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/social_sgd.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace {

// [model]
// After every epoch, users take a step towards the last one whom they trust.
struct idol {
  template <kindred::real T>
  struct pull {
    kindred::trust_links links;

    void step(kindred::factor_model<T>& model, std::uint32_t, T rate) {
      for (kindred::index_t u = 0; u != links.users(); ++u) {
        if (links.trusted_by(u).empty()) continue;
        auto const own = model.of(kindred::user_id{u}).vector;
        auto const other = model.of(kindred::user_id{links.trusted_by(u).back()}).vector;
        for (std::size_t f = 0; f != own.size(); ++f) own[f] += rate * (other[f] - own[f]);
      }
    }
  };

  template <kindred::real T>
  pull<T> begin(kindred::trust_links links, kindred::factor_model<T>&, std::uint64_t) const {
    return {std::move(links)};
  }
};
static_assert(kindred::social_term<idol, float> && kindred::social_term<idol, double>);
// [/model]

}  // namespace

TEST_CASE("the minimal social_term draws users together") {
  auto const data = support::random_ratings<float>(30, 20, 0.4, 3);
  kindred::social_sgd<idol> how{.how = {.factors = 4, .epochs = 20, .rate = {.rate = 0.05}}};
  auto const gap = [&] {
    auto const model = kindred::fit(how, data).model;
    float sum = 0;
    for (std::size_t f = 0; f != 4; ++f) {
      float const d = model.users().row(0)[f] - model.users().row(7)[f];
      sum += d * d;
    }
    return sum;
  };
  float const apart = gap();
  how.friends = {{kindred::user_id{0}, kindred::user_id{7}}};
  CHECK(gap() < apart);
}
