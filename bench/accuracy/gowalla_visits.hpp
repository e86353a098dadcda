// SPDX-License-Identifier: BSL-1.0
#pragma once

// Gowalla in the split of the LightGCN papers (He et al., 2020): train.txt and test.txt in the folder gowalla, a line a user,
// the number of the user and then those of items.

#include <kindred/data/ratings.hpp>
#include <kindred/io/for_each_row.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

namespace bench {

inline kindred::ratings<float> read_visits(std::string const& path) {
  kindred::rating_table<float> table;
  kindred::for_each_row(path, {.separator = " ", .quotes = false}, [&](std::span<std::string_view const> fields) {
    auto const number = [](std::string_view text) {
      return static_cast<kindred::index_t>(std::strtoul(std::string(text).c_str(), nullptr, 10));
    };
    for (auto const item : fields.subspan(1))
      if (!item.empty()) table.add(kindred::user_id{number(fields[0])}, kindred::item_id{number(item)}, 1);
  });
  kindred::population const everybody{.users = 29858, .items = 40981};
  return kindred::ratings<float>::from(table, kindred::on_duplicate::first, everybody);
}

struct gowalla_visits {
  explicit gowalla_visits(std::string const& folder)
      : train(read_visits(folder + "/gowalla/train.txt")), test(read_visits(folder + "/gowalla/test.txt")) {
    std::printf("%zu visits to learn from, %zu to be found\n", train.size(), test.size());
  }

  kindred::ratings<float> train;
  kindred::ratings<float> test;
};

inline double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace bench
