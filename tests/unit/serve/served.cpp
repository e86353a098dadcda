// SPDX-License-Identifier: BSL-1.0
#include <kindred/serve/served.hpp>

#include <kindred/core/error.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

// Says what it was made with, in many places, and says nothing of the kind once it is gone.
class witness {
public:
  explicit witness(std::uint64_t word) : alive_(true) {
    word_.fill(word);
    ++living;
  }
  witness(witness&& other) noexcept : word_(other.word_), alive_(std::exchange(other.alive_, false)) {}
  witness& operator=(witness&&) = delete;
  ~witness() {
    word_.fill(~std::uint64_t{0});
    if (alive_) --living;
  }
  // The word, or nothing when the places disagree.
  [[nodiscard]] std::optional<std::uint64_t> word() const noexcept {
    for (std::uint64_t const one : word_)
      if (one != word_[0]) return {};
    return word_[0];
  }
  static inline std::atomic<int> living{0};

private:
  std::array<std::uint64_t, 32> word_;
  bool alive_;
};

using store = kindred::served<witness>;
static_assert(!std::is_copy_constructible_v<store> && !std::is_move_constructible_v<store>);
static_assert(std::is_nothrow_move_constructible_v<store::snapshot> && !std::is_copy_constructible_v<store::snapshot>);
static_assert(noexcept(std::declval<store const&>().now()));

}  // namespace

TEST_CASE("served: a reader keeps the model it took, and models end with their last reader") {
  {
    store shop(witness(10));
    CHECK(shop.now()->word() == 10);
    CHECK(shop.now().version() == 0);
    std::optional<store::snapshot> early(shop.now());
    auto also = shop.now();
    CHECK(shop.publish(witness(11)) == 1);
    CHECK(witness::living == 2);
    CHECK((**early).word() == 10);
    CHECK(shop.now()->word() == 11);

    auto moved = std::move(*early);
    early.reset();
    CHECK(witness::living == 2);
    moved = shop.now();  // lets go of 10, which `also` still holds
    CHECK(witness::living == 2);
    CHECK(also->word() == 10);
    CHECK(moved.version() == 1);
    also = shop.now();
    CHECK(witness::living == 1);

    CHECK(shop.publish(witness(12)) == 2);  // 11 is still held twice
    CHECK(witness::living == 2);
    CHECK(moved->word() == 11);
  }
  CHECK(witness::living == 0);
}

TEST_CASE("served: a model nobody read ends when it is replaced, however often") {
  store shop(witness(0));
  for (std::uint64_t k = 1; k != 1000; ++k) {
    CHECK(shop.publish(witness(k)) == k);
    CHECK(witness::living == 1);
  }
  CHECK(shop.now()->word() == 999);
}

TEST_CASE("served: no room while all models are held") {
  {
    store shop(witness(0));
    std::vector<store::snapshot> held;
    for (std::uint64_t k = 1; k != store::most_models; ++k) {
      held.push_back(shop.now());
      shop.publish(witness(k));
    }
    auto const refused = support::error_of([&] { shop.publish(witness(77)); });
    CHECK(refused.kind() == kindred::error_kind::setting);
    CHECK(support::says(refused, "readers hold 64 models"));
    CHECK(shop.now()->word() == store::most_models - 1);
    for (std::size_t k = 0; k != held.size(); ++k) CHECK(held[k]->word() == k);
    held.erase(held.begin() + 5);
    CHECK(shop.publish(witness(78)) == store::most_models);
    CHECK(shop.now()->word() == 78);
  }
  CHECK(witness::living == 0);
}

TEST_CASE("served: readers and publishers on several threads") {
  constexpr std::uint64_t rounds = 400;
  {
    store shop(witness(0));
    std::atomic<bool> over{false};
    std::atomic<std::uint64_t> torn{0}, backwards{0}, reads{0};
    std::vector<std::thread> readers, publishers;
    for (int t = 0; t != 3; ++t)
      readers.emplace_back([&, t] {
        std::uint64_t last = 0;
        std::vector<store::snapshot> kept;
        do {
          auto now = shop.now();
          if (!now->word()) ++torn;
          if (now.version() < last) ++backwards;
          last = now.version();
          ++reads;
          if (t == 0) {  // one keeps what it took for a while
            kept.push_back(std::move(now));
            if (kept.size() == 7) kept.erase(kept.begin(), kept.begin() + 5);
          }
        } while (!over.load());
      });
    for (std::uint64_t p = 0; p != 2; ++p)
      publishers.emplace_back([&, p] {
        for (std::uint64_t k = 0; k != rounds; ++k) {
          shop.publish(witness(p * rounds + k + 1));
          if (k % 16 == 0) std::this_thread::yield();
        }
      });
    for (std::thread& one : publishers) one.join();
    over = true;
    for (std::thread& one : readers) one.join();
    CHECK(torn == 0);
    CHECK(backwards == 0);
    CHECK(reads >= 3);
    CHECK(shop.now().version() == 2 * rounds);
    CHECK(witness::living == 1);
  }
  CHECK(witness::living == 0);
}
