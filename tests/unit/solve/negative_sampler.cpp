// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/alias_table.hpp>
#include <kindred/solve/negative_sampler.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::item_id;

static_assert(kindred::negative_sampler<kindred::uniform_negatives>);
static_assert(kindred::negative_sampler<kindred::hardest_of<kindred::popular_negatives>>);
static_assert(kindred::hardest_of<>::even && !kindred::hardest_of<kindred::popular_negatives>::even);

TEST_CASE("alias_table: draws in proportion to the weights") {
  std::vector<double> const weight = {1, 0, 3, 0.5, 5.5};
  kindred::alias_table const table(weight);
  std::vector<double> drawn(weight.size());
  kindred::random_stream random(3, 0);
  int const draws = 200000;
  for (int k = 0; k != draws; ++k) ++drawn[table.draw(random())];
  for (std::size_t k = 0; k != weight.size(); ++k)
    CHECK(drawn[k] / draws == doctest::Approx(weight[k] / 10).epsilon(0.03).scale(0.1));
  CHECK(drawn[1] == 0);
}

TEST_CASE("alias_table: weights of nothing, one, and very different ones") {
  kindred::random_stream random(4, 0);
  kindred::alias_table const even(std::vector<double>{0, 0, 0});
  std::vector<int> met(3);
  for (int k = 0; k != 300; ++k) ++met[even.draw(random())];
  CHECK((met[0] > 60 && met[1] > 60 && met[2] > 60));
  kindred::alias_table const one(std::vector<double>{1e-300});
  CHECK(one.draw(random()) == 0);
  kindred::alias_table const tiny(std::vector<double>{1e-300, 1e300, 1e-300});
  for (int k = 0; k != 100; ++k) CHECK(tiny.draw(random()) == 1);
  CHECK(kindred::alias_table().size() == 0);
}

TEST_CASE("negative samplers: weights and settings") {
  CHECK(kindred::uniform_negatives::weight(item_id{3}, 7) == 1);
  CHECK(kindred::popular_negatives{.power = 0.5}.weight(item_id{3}, 16) == 4);
  CHECK(kindred::hardest_of<kindred::popular_negatives>{.base = {.power = 1}}.weight(item_id{0}, 5) == 5);
  auto const refused = [](auto const& sampler, char const* words) {
    auto const e = support::error_of([&] { sampler.check(); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, words));
  };
  refused(kindred::popular_negatives{.power = 9}, "power = 9");
  refused(kindred::hardest_of<>{.draws = 0}, "draws = 0");
  refused(kindred::hardest_of<kindred::popular_negatives>{.base = {.power = -9}}, "power = -9");
}
