// SPDX-License-Identifier: BSL-1.0
#include <kindred/serve/learning.hpp>

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/scorer.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <limits>
#include <span>
#include <thread>
#include <vector>

namespace {

// How often each item was chosen, and how often any was: they have to agree in whatever a reader sees.
struct counts {
  using value_type = float;
  std::vector<float> chosen;
  float total = 0;

  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id i) const noexcept { return kindred::to_index(i) < chosen.size(); }
  void score(kindred::user_id, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k)
      out[k] = knows(items[k]) ? chosen[kindred::to_index(items[k])] : 0.0f;
  }
  void update(kindred::user_id, kindred::item_id i, float value) {
    if (!kindred::is_finite(value)) kindred::raise(kindred::error(kindred::error_kind::data) << "not finite");
    if (!knows(i)) chosen.resize(kindred::to_index(i) + 1);
    chosen[kindred::to_index(i)] += value;
    total += value;
  }
  [[nodiscard]] bool whole() const noexcept {
    float sum = 0;
    for (float const one : chosen) sum += one;
    return sum == total;
  }
};
static_assert(kindred::updatable<counts>);

constexpr kindred::user_id anyone{0};
constexpr kindred::item_id first{0}, second{1};

}  // namespace

TEST_CASE("learning: events are seen when they are published") {
  kindred::learning<counts> shop(counts{});
  auto const before = shop.now();
  shop.update(anyone, second, 1);
  shop.update(anyone, first, 2);
  CHECK(shop.waiting() == 2);
  CHECK_FALSE(shop.now()->knows(second));
  CHECK(shop.publish() == 1);
  CHECK(shop.publish() == 1);  // nothing new
  CHECK(shop.waiting() == 0);
  CHECK(kindred::score_of(*shop.now(), anyone, first) == 2);
  CHECK(before->total == 0);

  auto const refused = support::error_of([&] { shop.update(anyone, first, -std::numeric_limits<float>::infinity()); });
  CHECK(refused.kind() == kindred::error_kind::data);
  CHECK(shop.waiting() == 0);

  shop.update(anyone, first, 5);
  CHECK(shop.replace(counts{{3}, 3}) == 2);  // what was waiting is in the data of the new fit, or is given again
  CHECK(shop.now()->total == 3);
  CHECK(shop.waiting() == 0);
}

TEST_CASE("learning: a model that there is no room for is not taken, and is taken when there is") {
  kindred::learning<counts> shop(counts{});
  std::vector<kindred::learning<counts>::snapshot> held;
  for (std::size_t k = 1; k != kindred::served<counts>::most_models; ++k) {
    held.push_back(shop.now());
    shop.replace(counts{{static_cast<float>(k)}, static_cast<float>(k)});
  }
  auto const refused = support::error_of([&] { shop.replace(counts{{77}, 77}); });
  CHECK(refused.kind() == kindred::error_kind::setting);
  CHECK(shop.now()->total == 63);
  shop.update(anyone, first, 1);
  CHECK(support::error_of([&] { shop.publish(); }).kind() == kindred::error_kind::setting);
  CHECK(shop.waiting() == 1);
  held.clear();
  CHECK(shop.publish() == 64);
  CHECK(shop.now()->total == 64);  // 63 and the event: the refused model left no trace
}

TEST_CASE("learning: in batches") {
  kindred::learning<counts> shop(counts{}, 3);
  for (int k = 0; k != 8; ++k) shop.update(anyone, first, 1);
  CHECK(shop.now().version() == 2);
  CHECK(shop.now()->total == 6);
  CHECK(shop.waiting() == 2);
}

TEST_CASE("learning: events come in on several threads while others read") {
  kindred::learning<counts> shop(counts{}, 4);
  std::atomic<bool> over{false};
  std::atomic<int> broken{0};
  std::vector<std::thread> writers;
  std::thread reader([&] {
    float last = 0;
    do {
      auto const now = shop.now();
      if (!now->whole() || now->total < last) ++broken;
      last = now->total;
    } while (!over.load());
  });
  for (kindred::index_t w = 0; w != 2; ++w)
    writers.emplace_back([&, w] {
      for (kindred::index_t k = 0; k != 400; ++k) shop.update(anyone, kindred::item_id{(k * 7 + w) % 50}, 1);
    });
  for (std::thread& one : writers) one.join();
  over = true;
  reader.join();
  CHECK(broken == 0);
  CHECK(shop.waiting() == 0);
  CHECK(shop.now()->total == 800);
}
