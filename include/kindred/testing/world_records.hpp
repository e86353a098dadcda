// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/testing/categories.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

KINDRED_BEGIN

// What a generated world is made of: plain records, one kind to a column of the world.
namespace testing {

inline constexpr std::array<std::string_view, 3> genders = {"woman", "man", "non-binary"};
inline constexpr std::array<std::string_view, 8> regions = {"Northshore", "Lakeside",  "Highland",  "Old Harbor",
                                                            "Riverbend",  "Eastfield", "Southgate", "Westwood"};
inline constexpr std::array<std::string_view, 12> occupations = {"student",  "teacher",   "nurse",     "cook",
                                                                 "engineer", "designer",  "carpenter", "musician",
                                                                 "gardener", "librarian", "driver",    "retired"};

// The world begins on Monday, January 1, 2024, 00:00 UTC, in seconds since 1970, and lasts 52 weeks.
inline constexpr std::int64_t hour = 3600;
inline constexpr std::int64_t day = 24 * hour;
inline constexpr std::int64_t week = 7 * day;
inline constexpr std::int64_t world_begin = 1704067200;
inline constexpr std::int64_t world_end = world_begin + 52 * week;

using taste_vector = std::array<float, taste_count>;

struct person {
  std::string name;
  std::uint8_t gender;      // of genders; has no influence on taste
  std::uint8_t age;         // 18 to 85
  std::uint8_t region;      // of regions
  std::uint8_t occupation;  // of occupations
  std::int64_t joined;      // first possible event
  float activity;           // expected visits from joining to the end; zero for a cold user, who has no event
  float generosity;         // added to every rating
  taste_vector taste;       // each with a mean near 0 and a variance near 1

  friend bool operator==(person const&, person const&) = default;
};

struct product {
  std::string name;
  std::string description;
  std::uint8_t category;  // of categories
  std::uint8_t noun;      // of the category's nouns; first_accessory and above are accessories
  std::uint8_t brand;     // of words::brands
  std::uint8_t style;     // of styles
  double price;           // in whole cents
  std::int64_t launched;  // first possible event
  float popularity;       // how often it is met, relative to others; zero for a cold product, which has no event
  float quality;          // added to every rating
  taste_vector appeal;    // of length 1: the direction of taste that it suits

  friend bool operator==(product const&, product const&) = default;
};

// An undirected pair, the lower number first.
struct friendship {
  user_id one;
  user_id other;

  friend bool operator==(friendship const&, friendship const&) = default;
};

enum class event_kind : std::uint8_t {
  view,      // value: seconds spent
  cart,      // value: pieces
  purchase,  // value: price paid
  rating     // value: 1, 2, 3, 4 or 5; at most one of a user and product
};

struct event {
  std::int64_t time;
  user_id user;
  item_id item;
  float value;
  event_kind kind;

  friend bool operator==(event const&, event const&) = default;
};

inline constexpr std::array<std::string_view, 5> relations = {"in_category", "in_department", "made_by", "has_style",
                                                              "fits"};

// A fact of the catalog. Entities are numbered: products first, with their item numbers, then categories, departments,
// brands and styles.
struct triple {
  index_t head;
  index_t relation;  // of relations
  index_t tail;

  friend bool operator==(triple const&, triple const&) = default;
};

inline constexpr std::array<std::string_view, 4> ad_slots = {"banner", "sidebar", "feed", "search"};
inline constexpr std::array<std::string_view, 3> devices = {"phone", "tablet", "desktop"};

// An advertisement for a product, shown once.
struct impression {
  std::int64_t time;
  user_id user;
  item_id item;
  std::uint8_t slot;    // of ad_slots
  std::uint8_t device;  // of devices
  std::uint8_t hour;    // 0 to 23
  bool clicked;
  float probability;  // the true chance of the click

  friend bool operator==(impression const&, impression const&) = default;
};

}  // namespace testing

KINDRED_END
