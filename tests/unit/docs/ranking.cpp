// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/ratings.hpp>
#include <kindred/factor/ranking_sgd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/solve/negative_sampler.hpp>
#include <kindred/solve/pairwise.hpp>
#include <kindred/solve/ranking_loss.hpp>
#include <kindred/testing/laws/ranking_loss.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {

// [loss]
// Each drawn other has to stay a margin below what was chosen; the hinge of how far it does not.
struct margin_loss {
  std::uint32_t drawn = 4;
  double margin = 1;
  std::uint32_t negatives() const noexcept { return drawn; }
  template <kindred::real T>
  kindred::ranking_terms<T> terms(kindred::ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    kindred::ranking_terms<T> out{T{0}, T{0}};
    for (std::size_t k = 0; k != seen.negative.size(); ++k) {
      T const over = static_cast<T>(margin) - seen.positive + seen.negative[k];
      slope[k] = over > 0 ? T{1} : T{0};
      out.value += over > 0 ? over : T{0};
      out.slope -= slope[k];
    }
    return out;
  }
};
static_assert(kindred::ranking_loss<margin_loss, float> && kindred::ranking_loss<margin_loss, double>);
// [/loss]

// [sampler]
// Draws what was on the front page more often, and for nobody what their country does not sell.
struct what_was_seen {
  std::vector<bool> front_page;                // by item
  std::vector<std::vector<bool>> for_country;  // by country, then by item
  std::vector<std::uint8_t> country;           // by user
  double weight(kindred::item_id i, std::size_t) const noexcept { return front_page[kindred::to_index(i)] ? 10 : 1; }
  bool allows(kindred::user_id u, kindred::item_id i) const noexcept {
    return for_country[country[kindred::to_index(u)]][kindred::to_index(i)];
  }
};
static_assert(kindred::negative_sampler<what_was_seen>);
// [/sampler]

}  // namespace

TEST_CASE("the minimal ranking loss and sampler keep the laws, and train") {
  auto const law = kindred::testing::check_ranking_loss(margin_loss{});
  CHECK_MESSAGE(law.holds(), law.message());
  std::vector<kindred::rating<float>> triples;
  for (kindred::index_t u = 0; u != 20; ++u)
    for (kindred::index_t i = 0; i != 10; ++i)
      if (u % 2 == i % 2 && (u + i) % 3 != 0) triples.push_back({kindred::user_id{u}, kindred::item_id{i}, 1});
  auto const data = kindred::ratings<float>::from(triples);
  // Country 1 does not sell item 9, so nobody there learns that they would not like it.
  what_was_seen sampler{std::vector<bool>(10), {std::vector<bool>(10, true), std::vector<bool>(10, true)}, {}};
  sampler.for_country[1][9] = false;
  for (kindred::index_t u = 0; u != 20; ++u) sampler.country.push_back(u < 10);
  auto const model =
      kindred::fit(kindred::ranking_sgd<margin_loss, what_was_seen>{.factors = 4, .epochs = 60, .others = sampler},
                   data)
          .model;
  CHECK(kindred::score_of(model, kindred::user_id{0}, kindred::item_id{4}) >
        kindred::score_of(model, kindred::user_id{0}, kindred::item_id{3}));
}
