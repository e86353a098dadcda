// SPDX-License-Identifier: BSL-1.0

// Ratings out of a database, in-process: a query, and what it gives goes into a table of ratings.

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/fit.hpp>

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string_view>

// [read]
struct sales {
  kindred::dictionary<kindred::user_id, std::int64_t> customers;
  kindred::dictionary<kindred::item_id> products;
  kindred::rating_table<float> rows;
};

// Any query of three columns: a customer's number, a product's name, how many they bought.
sales read(sqlite3* database, char const* query) {
  sales out;
  sqlite3_stmt* rows = nullptr;
  if (sqlite3_prepare_v2(database, query, -1, &rows, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(database));
  int got = 0;
  while ((got = sqlite3_step(rows)) == SQLITE_ROW) {
    auto const text = reinterpret_cast<char const*>(sqlite3_column_text(rows, 1));
    if (text == nullptr) continue;  // NULL: a product without a name
    out.rows.add(out.customers.add(sqlite3_column_int64(rows, 0)), out.products.add(std::string_view(text)),
                 static_cast<float>(sqlite3_column_double(rows, 2)));
  }
  sqlite3_finalize(rows);
  if (got != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database));
  return out;
}
// [/read]

int main() {
  sqlite3* database = nullptr;
  sqlite3_open(":memory:", &database);
  sqlite3_exec(
      database,
      "CREATE TABLE sale (customer INTEGER, product TEXT, pieces INTEGER);"
      "INSERT INTO sale VALUES (900001, 'kettle', 1), (900001, 'cup', 4), (900002, 'cup', 2), (900002, 'cup', 1),"
      "(900003, 'kettle', 1), (900003, 'lamp', 1), (900003, NULL, 1);",
      nullptr, nullptr, nullptr);
  // [use]
  auto const shop = read(database, "SELECT customer, product, pieces FROM sale ORDER BY rowid");
  auto const ratings = kindred::ratings<float>::from(shop.rows, kindred::on_duplicate::sum);
  auto const popular = kindred::fit(kindred::popularity{}, ratings).model;
  // [/use]
  sqlite3_close(database);
  std::cout << ratings.size() << " pairs of " << ratings.user_count() << " customers and " << ratings.item_count()
            << " products\n";
  kindred::user_id const customer = *shop.customers.find(900002);
  std::array<kindred::scored_item<float>, 3> best;
  auto const count = kindred::top_n(popular, customer, kindred::unseen(ratings, customer), best);
  for (auto const& [product, value] : std::span(best).first(count)) std::cout << shop.products.key(product) << '\n';
}
