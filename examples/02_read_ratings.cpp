// SPDX-License-Identifier: BSL-1.0

// Ratings from a file: its format stated, bad rows refused or counted, titles from a second file.

#include <kindred/data/ratings.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/io/sniff_format.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

void write(char const* path, char const* text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace

int main() {
  write("02_sales.csv",
        "when,customer,sku,stars\n"
        "2026-01-31,ann,B7,4.5\n"
        "2026-02-01,bob,A3,3\n"
        "2026-02-03,ann,A3,five\n"
        "2026-02-03T09:30:00Z,bob,B7,5\n");
  write("02_catalog.txt", "A3|Tent, 2 persons|120\nB7|\"Nomad\" stove|45\n");

  // [stop]
  kindred::rating_format format{.header = true, .user = "customer", .item = "sku", .value = "stars", .time = "when"};
  try {
    auto const data = kindred::read_ratings<float>("02_sales.csv", format);
    std::cout << data.table.size() << " ratings\n";
  } catch (kindred::error const& e) {
    std::cout << e.what() << '\n';  // and e.row() is 4, e.column() 4
  }
  // [/stop]

  // [skip]
  format.on_bad_row = kindred::bad_row::skip;
  auto const data = kindred::read_ratings<float>("02_sales.csv", format);
  std::cout << data.report.rows << " rows read, " << data.report.skipped << " skipped\n";
  // [/skip]

  // [titles]
  std::vector<std::string> title(data.items.size());
  kindred::for_each_row("02_catalog.txt", {.separator = "|", .quotes = false}, {1, 2},
                        [&](std::string_view sku, std::string_view name) {
                          if (auto const item = data.items.find(sku)) title[kindred::to_index(*item)] = name;
                        });
  // [/titles]

  // [use]
  auto const ratings = kindred::ratings<float>::from(data.table, kindred::on_duplicate::last);
  for (kindred::index_t u = 0; u != ratings.user_count(); ++u) {
    auto const row = ratings.of(kindred::user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k)
      std::cout << data.users.key(kindred::user_id{u}) << ": " << title[row.index[k]] << ", " << row.value[k] << '\n';
  }
  // [/use]

  // [sniff]
  kindred::rating_format const guess = kindred::sniff_format("02_sales.csv");
  std::cout << "user in column " << guess.user.number() << ", item in " << guess.item.number() << ", value in "
            << guess.value.number() << ", time in " << guess.time.number() << '\n';
  // [/sniff]

  std::remove("02_sales.csv");
  std::remove("02_catalog.txt");
}
