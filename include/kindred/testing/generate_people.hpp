// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/draw.hpp>
#include <kindred/testing/words.hpp>
#include <kindred/testing/world.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

namespace testing::detail {

// Two ways of life run through the eight tastes: out and about or at home, made by hand or plugged in. They carry more
// than half of how people differ, as a few directions do in real data, which is what lets a model of low rank learn.
inline constexpr std::array<double, taste_count> out_and_about = {.9, 0, 0, .1, .9, -.6, 0, -.8};
inline constexpr std::array<double, taste_count> made_by_hand = {.1, .8, .9, -.9, 0, .2, -.6, .5};

// What age, occupation and region add: what a cold-start model can know of somebody from demographics alone.
inline constexpr std::array<double, taste_count> taste_by_age = {-.10, .20, .20, -.30, -.30, .25, -.25, .30};
inline constexpr std::array<std::uint8_t, occupations.size()> taste_of_occupation = {3, 5, 4, 1, 3, 7,
                                                                                     2, 6, 0, 5, 6, 7};

[[nodiscard]] inline std::string name_of_person(random_stream& random, std::uint8_t gender) {
  std::string_view const given = gender == 2 || chance(random, 0.06) ? one_of(random, words::names_of_anyone)
                                 : gender == 0                       ? one_of(random, words::names_of_women)
                                                                     : one_of(random, words::names_of_men);
  return std::string(given) + ' ' + std::string(one_of(random, words::family_names));
}

[[nodiscard]] inline std::uint8_t occupation_at(random_stream& random, int age) noexcept {
  constexpr std::uint8_t student = 0, retired = 11;
  if (age < 26 && chance(random, 0.55)) return student;
  if (age > 64 && chance(random, 0.85)) return retired;
  return static_cast<std::uint8_t>(1 + below(random, 10));
}

// Person u of the world: a function of (seed, u) and of the settings.
[[nodiscard]] inline person make_person(world_settings const& s, index_t u) {
  random_stream random = stream_of(s.seed, purpose::person, u);
  person p;
  double const which = unit(random);
  p.gender = which < 0.49 ? 0 : which < 0.98 ? 1 : 2;
  p.name = name_of_person(random, p.gender);
  int const age = std::clamp(static_cast<int>(42 + 15 * normal(random)), 18, 85);
  p.age = static_cast<std::uint8_t>(age);
  p.region = static_cast<std::uint8_t>(below(random, static_cast<std::uint32_t>(regions.size())));
  p.occupation = occupation_at(random, age);

  double const outward = normal(random), by_hand = normal(random);
  for (std::size_t k = 0; k != taste_count; ++k) {
    double taste = out_and_about[k] * outward + made_by_hand[k] * by_hand + 0.45 * normal(random);
    taste += taste_by_age[k] * (age - 42) / 15;
    if (k == taste_of_occupation[p.occupation]) taste += 0.6;
    if (k == p.region) taste += 0.3;  // as many regions as tastes: each has a favorite
    p.taste[k] = static_cast<float>(taste);
  }
  p.generosity = static_cast<float>(0.35 * normal(random));

  // Six of ten are there from the start, the others join evenly; activity is log-normal, its mean s.visits over a year.
  double const joined = chance(random, 0.6) ? 0 : unit(random);
  p.joined = world_begin + static_cast<std::int64_t>(joined * 52) * week;
  double const eagerness = std::exp(normal(random) - 0.5);
  bool const cold = chance(random, s.cold_users);
  p.activity =
      cold ? 0 : static_cast<float>(s.visits * eagerness * static_cast<double>(world_end - p.joined) / (52 * week));
  return p;
}

[[nodiscard]] inline std::vector<person> generate_people(world_settings const& s) {
  std::vector<person> people;
  people.reserve(s.users);
  for (index_t u = 0; u != s.users; ++u) people.push_back(make_person(s, u));
  return people;
}

}  // namespace testing::detail

KINDRED_END
