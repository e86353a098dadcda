// SPDX-License-Identifier: BSL-1.0

#include "shop_data.hpp"

#include <kindred/core/error.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/io/sniff_format.hpp>
#include <kindred/testing/generate.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace {

// Old files are in Latin-1, whose letters beyond ASCII are no UTF-8 on their own.
std::string utf8_of(std::string_view text) {
  std::string out;
  bool plain = true;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    plain = plain && byte < 0x80;
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xc0 | (byte >> 6));
      out += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return plain ? std::string(text) : out;
}

shop_data generated(arguments const& asked) {
  auto const world = kindred::testing::generate({.users = asked.users, .products = asked.products, .seed = asked.seed});
  shop_data shop;
  shop.title = "A generated shop";
  shop.account =
      "People, friendships, products and ratings are generated from the seed " + std::to_string(asked.seed) + ".";
  shop.ratings = kindred::ratings<float>::from(world.ratings<float>(), kindred::on_duplicate::error, world.size());
  for (auto const& person : world.people) shop.people.push_back(person.name);
  for (auto const& product : world.products) shop.items.push_back(product.name);
  shop.friends.resize(world.people.size());
  for (auto const& pair : world.friendships) {
    shop.friends[kindred::to_index(pair.one)].push_back(pair.other);
    shop.friends[kindred::to_index(pair.other)].push_back(pair.one);
  }
  return shop;
}

// Key and title of every item: the first two fields of a line, whatever separates them. A header is no item's key.
void read_titles(std::string const& path, kindred::dictionary<kindred::item_id> const& keys,
                 std::vector<std::string>& out) {
  std::string first;
  std::getline(std::ifstream(path) >> std::ws, first);
  kindred::text_format format;
  for (std::string_view const separator : {"|", "::", "\t", ";", ","}) {
    if (first.find(separator) == std::string::npos) continue;
    format = {.separator = separator, .quotes = separator == "," || separator == ";"};
    break;
  }
  kindred::for_each_row(path, format, [&](std::span<std::string_view const> row) {
    if (row.size() < 2) return;
    if (auto const item = keys.find(row[0])) out[kindred::to_index(*item)] = utf8_of(row[1]);
  });
}

shop_data read(arguments const& asked) {
  auto const file = kindred::read_ratings<float>(asked.ratings, kindred::sniff_format(asked.ratings));
  shop_data shop;
  shop.title = "What people like, by " + std::filesystem::path(asked.ratings).filename().string();
  shop.account = "Read from " + asked.ratings + ".";
  shop.ratings = kindred::ratings<float>::from(file.table, kindred::on_duplicate::last);
  for (kindred::index_t u = 0; u != file.users.size(); ++u)
    shop.people.push_back("user " + utf8_of(file.users.key(kindred::user_id{u})));
  for (kindred::index_t i = 0; i != file.items.size(); ++i)
    shop.items.push_back("item " + utf8_of(file.items.key(kindred::item_id{i})));
  if (!asked.items.empty()) read_titles(asked.items, file.items, shop.items);
  shop.friends.resize(shop.people.size());
  return shop;
}

}  // namespace

shop_data load(arguments const& asked) {
  shop_data shop = asked.ratings.empty() ? generated(asked) : read(asked);
  auto const& data = shop.ratings;
  std::string const source = asked.ratings.empty() ? "the generated shop" : asked.ratings;
  auto const too_few = [&](char const* what, std::uint64_t count, std::uint64_t least) {
    if (count < least)
      kindred::raise((kindred::error(kindred::error_kind::data)).quote(source.data(), source.size())
                     << " has " << count << " " << what << "; to compare recommenders takes at least " << least);
  };
  too_few("user(s)", data.user_count(), 2);
  too_few("item(s)", data.item_count(), 2);
  too_few("rating(s)", data.size(), 10 * std::uint64_t{asked.folds});
  auto const values = data.by_user().value();
  auto const [lowest, highest] = std::minmax_element(values.begin(), values.end());
  shop.relevant_from = static_cast<double>(*lowest) + 0.75 * static_cast<double>(*highest - *lowest);
  return shop;
}
