// SPDX-License-Identifier: BSL-1.0
#include "shop.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>

namespace testing = kindred::testing;

TEST_CASE("generate_people: everyone is somebody") {
  std::set<std::string> names;
  for (auto const& p : shop().people) {
    names.insert(p.name);
    REQUIRE(p.name.find(' ') != std::string::npos);
    REQUIRE(p.gender < testing::genders.size());
    REQUIRE((p.age >= 18 && p.age <= 85));
    REQUIRE(p.region < testing::regions.size());
    REQUIRE(p.occupation < testing::occupations.size());
    REQUIRE((p.joined - testing::world_begin) % testing::week == 0);
    REQUIRE((p.joined >= testing::world_begin && p.joined < testing::world_end));
  }
  CHECK(names.size() > 1600);  // namesakes exist, as anywhere
}

TEST_CASE("generate_people: activity is log-normal about the setting; cold ones are as many as asked for") {
  double cold = 0, sum = 0, from_the_start = 0;
  std::size_t early = 0;
  for (auto const& p : shop().people) {
    cold += p.activity == 0 ? 1 : 0;
    if (p.joined != testing::world_begin) continue;
    from_the_start += 1;
    if (p.activity > 0) {
      sum += static_cast<double>(p.activity);
      ++early;
    }
  }
  CHECK(cold / 2000 == doctest::Approx(0.05).epsilon(0.3));
  CHECK(from_the_start / 2000 == doctest::Approx(0.61).epsilon(0.05));  // 0.6, and the first week of the others
  CHECK(sum / static_cast<double>(early) == doctest::Approx(80).epsilon(0.12));
}

TEST_CASE("generate_people: tastes have a mean near 0 and a variance near 1, and know nothing of gender") {
  for (std::size_t k = 0; k != testing::taste_count; ++k) {
    double sum = 0, squares = 0;
    std::array<double, 2> of_gender{}, people{};
    for (auto const& p : shop().people) {
      auto const t = static_cast<double>(p.taste[k]);
      sum += t;
      squares += t * t;
      if (p.gender < 2) {
        of_gender[p.gender] += t;
        people[p.gender] += 1;
      }
    }
    CHECK(std::abs(sum / 2000) < 0.25);
    CHECK(squares / 2000 == doctest::Approx(1).epsilon(0.4));
    // Two means of about 980 standard normal numbers differ by 0.045 one time in three, by 0.16 never in practice.
    CHECK(std::abs(of_gender[0] / people[0] - of_gender[1] / people[1]) < 0.16);
  }
}

TEST_CASE("generate_people: occupation says something about taste") {
  double cooks = 0, of_cooks = 0, of_others = 0;
  for (auto const& p : shop().people) {
    bool const cook = testing::occupations[p.occupation] == "cook";
    cooks += cook ? 1 : 0;
    (cook ? of_cooks : of_others) += static_cast<double>(p.taste[1]);  // cooking
  }
  CHECK(of_cooks / cooks > of_others / (2000 - cooks) + 0.5);
}
