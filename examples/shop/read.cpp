// SPDX-License-Identifier: BSL-1.0

#include "sources.hpp"

#include <kindred/io/for_each_row.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/io/sniff_format.hpp>

#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

}  // namespace

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
