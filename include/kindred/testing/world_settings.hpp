// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstdint>

KINDRED_BEGIN

namespace testing {

// What a generated world is like. With the defaults a user gives about 17 ratings: 1.7 % of all pairs.
struct world_settings {
  index_t users = 2000;
  index_t products = 1000;
  std::uint64_t seed = 1;
  double visits = 80;           // to the shop, of a user over the year; views are about three times as many
  double friends = 10;          // of a user, on average
  double impressions = 20;      // of a user, on average
  double influence = 0.25;      // how often a look is at what a friend bought, once friends bought something
  double noise = 0.7;           // standard deviation of a rating about the opinion, in stars
  double cold_users = 0.05;     // the fraction of users without any event
  double cold_products = 0.05;  // the fraction of products without any event

  friend bool operator==(world_settings const&, world_settings const&) = default;
};

// Throws error{setting} with a sentence that names the setting and its value.
inline void validate(world_settings const& s) {
  auto const within = [](char const* name, double value, double most) {
    if (!(is_finite(value) && value >= 0 && value <= most))
      raise(error(error_kind::setting) << "world_settings." << name << " is " << value << "; it goes from 0 to "
                                       << most);
  };
  auto const count = [](char const* name, index_t value) {
    if (value == 0 || value == index_limit)
      raise(error(error_kind::setting) << "world_settings." << name << " is " << value << "; a world has from 1 to "
                                       << index_limit - 1 << " of them");
  };
  count("users", s.users);
  count("products", s.products);
  within("visits", s.visits, 10000);
  within("friends", s.friends, 1000);
  within("impressions", s.impressions, 10000);
  within("influence", s.influence, 1);
  within("noise", s.noise, 10);
  within("cold_users", s.cold_users, 1);
  within("cold_products", s.cold_products, 1);
}

}  // namespace testing

KINDRED_END
