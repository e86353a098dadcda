// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

// What the command line of the shop asks for.
struct arguments {
  std::string ratings;         // a file of ratings; empty for the generated world
  std::string items;           // a file with a title for every item
  std::uint32_t users = 2000;  // of the generated world
  std::uint32_t products = 1000;
  std::uint64_t seed = 7;
  std::uint32_t folds = 5;
  std::size_t threads = 0;  // 0: as many as the machine has
  std::string report = "shop.html";
  bool help = false;
};

inline constexpr char usage[] =
    "shop - trains five recommenders, compares them, recommends with reasons, and draws a report\n"
    "\n"
    "  --ratings FILE   real ratings (user, item, rating, time; tab, comma, semicolon or :: between); without it, a\n"
    "                   generated shop\n"
    "  --items FILE     titles of the items (item, title, ...), such as MovieLens' u.item or movies.csv\n"
    "  --users N        people of the generated shop (2000)\n"
    "  --products N     products of the generated shop (1000)\n"
    "  --seed N         seed of everything random (7)\n"
    "  --folds N        folds of the cross-validation (5)\n"
    "  --threads N      threads (all)\n"
    "  --report FILE    where the report goes (shop.html)\n"
    "  --help           this text\n";

// Throws kindred::error of kind setting for what cannot be understood.
[[nodiscard]] arguments parse_arguments(int argc, char const* const* argv);
