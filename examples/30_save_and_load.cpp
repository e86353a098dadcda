// SPDX-License-Identifier: BSL-1.0

// Models are kept in files, read back, opened without a copy; a model of one's own is kept too.

#include <kindred/io/safetensors.hpp>
#include <kindred/kindred.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <filesystem>
#include <iostream>
#include <utility>
#include <vector>

// [own]
// How often each item was bought, and in which decade.
struct bestsellers {
  using value_type = float;
  std::vector<float> count;
  std::uint8_t decade = 20;

  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id i) const noexcept { return kindred::to_index(i) < count.size(); }
  void score(kindred::user_id, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = knows(items[k]) ? count[kindred::to_index(items[k])] : 0;
  }
  static constexpr kindred::stored_format format{"shop.bestsellers", 1};
  static void fields(auto& self, auto& visit) {
    visit("count", self.count);
    visit("decade", self.decade);
  }
  void restore() const { kindred::check_stored_numbers(count, "bestsellers"); }
};
static_assert(kindred::storable<bestsellers>);
// [/own]

int main() {
  auto const ratings = kindred::ratings<float>::from(
      kindred::testing::generate_ratings({.users = 400, .items = 200, .ratings = 12000, .rank = 4}));
  auto const folder = std::filesystem::temp_directory_path() / "kindred_30_save_and_load";
  std::filesystem::create_directories(folder);

  // [save]
  auto const taste = kindred::fit(kindred::sgd<>{.factors = 8, .epochs = 10}, ratings).model;
  kindred::save(taste, folder / "taste.safetensors");  // whole or not at all

  auto const loaded = kindred::load<kindred::factor_model<float>>(folder / "taste.safetensors");
  std::cout << (loaded == taste ? "the same model\n" : "another model\n");
  // [/save]

  // [blend]
  kindred::fallback const shop{kindred::weighted{{0.7f, 0.3f}, taste, kindred::fit(kindred::bias_als{}, ratings).model},
                               kindred::constant_model<float>(3)};
  kindred::save(shop, folder / "shop.safetensors");
  auto const opened = kindred::load<decltype(kindred::fallback(shop))>(folder / "shop.safetensors");
  // [/blend]
  auto const [user, item] = std::pair(kindred::user_id{7}, kindred::item_id{3});
  std::cout << (score_of(opened, user, item) == score_of(shop, user, item) ? "the same blend\n" : "another blend\n");

  // [view]
  kindred::mapped_file const file(folder / "taste.safetensors");
  kindred::check_bytes(file);  // reads it all: for files from elsewhere
  auto const view = kindred::load_view<kindred::factor_view<float>>(file);
  // [/view]
  std::cout << (score_of(view, user, item) == score_of(taste, user, item) ? "the same scores\n" : "other scores\n");

  // [errors]
  try {
    auto const wrong =
        kindred::load<kindred::item_knn_model<float, kindred::bias_model<float>>>(folder / "taste.safetensors");
  } catch (kindred::error const& e) {
    std::string const text = e.what();
    std::cout << text.substr(text.find("taste")) << '\n';
  }
  // [/errors]

  kindred::save(bestsellers{{3, 0, 5}}, folder / "mine.safetensors");
  std::cout << kindred::load<bestsellers>(folder / "mine.safetensors").count[2] << " times\n";
  std::filesystem::remove_all(folder);
}
