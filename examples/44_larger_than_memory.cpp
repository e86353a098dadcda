// SPDX-License-Identifier: BSL-1.0
//
// Ratings that need not fit into memory: written to a file block by block, mapped, and trained on where they lie.

#include <kindred/data/ratings_from_rows.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/io/fit_or_resume.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/io/map_ratings.hpp>
#include <kindred/io/safetensors.hpp>
#include <kindred/io/scratch_folder.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>

namespace {

// Some thousand ratings as text; think of billions.
void write_text(std::filesystem::path const& path) {
  std::ofstream out(path);
  for (kindred::index_t k = 0; k != 6000; ++k)
    out << k * 7 % 500 << ',' << k * k % 211 << ',' << 1 + (k * 7 % 500 + k * k % 211) % 5 << '\n';
}

template <class N>
N number(std::string_view text) {
  N value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

int main() {
  auto const folder = std::filesystem::temp_directory_path() / "kindred_44_larger_than_memory";
  std::filesystem::create_directories(folder);
  write_text(folder / "ratings.csv");

  // [write]
  kindred::scratch_folder const place(folder, 64 << 10);  // blocks of 64 KB; a gigabyte, say, for a billion ratings

  // Tells all rows: called once to count them, then once for each block.
  auto const rows = [&](auto const& add) {
    auto const path = (folder / "ratings.csv").string();
    kindred::for_each_row(path, {}, {1, 2, 3},
                          [&](std::string_view user, std::string_view item, std::string_view stars) {
                            add(kindred::user_id{number<kindred::index_t>(user)},
                                kindred::item_id{number<kindred::index_t>(item)}, number<float>(stars));
                          });
  };
  kindred::save(kindred::ratings_from_rows<float>(rows, place, kindred::on_duplicate::last),
                folder / "ratings.safetensors");
  // [/write]

  // [fit]
  auto const ratings = kindred::map_ratings<float>(folder / "ratings.safetensors", place);
  kindred::sgd<> const how{.factors = 8, .epochs = 10};
  auto const model = kindred::fit_or_resume(how, ratings, folder / "taste.safetensors").model;
  // [/fit]

  auto const in_memory = kindred::load<kindred::ratings<float>>(folder / "ratings.safetensors");
  std::cout << ratings.size() << " ratings\n"
            << (model == kindred::fit(how, in_memory).model ? "the bits of a fit in memory\n" : "another model\n");
  std::filesystem::remove_all(folder);
}
