// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

KINDRED_BEGIN

// A model that requests read while others replace it.
//
//   kindred::served<kindred::any_scorer<float>> shop{model};
//   auto const now = shop.now();                                       // on any thread, for one request
//   auto const found = kindred::top_n(*now, user, candidates, best);   // one model from the first score to the last
//   shop.publish(next);                                                // on another thread, whenever there is a better one
//
// now() never waits and never fails: it is one atomic addition, and letting go of what it gives is another. publish() waits
// for other publishers and never for readers. A model is destroyed by whoever lets go of it last, at once. It is not a
// scorer itself: two calls could then be answered by two models, and a list be ordered by both.
//
// Why this is safe. One word holds the slot of the current model and how often it was taken since it was published; a
// reader adds one to the count and learns the slot by the same operation, so whoever reads a slot's number has been counted.
// publish() exchanges the word, which ends the counting: what it takes out is how many readers ever got that slot. The slot's own
// balance starts at zero, loses one for every reader that leaves, and gains that number when the slot is no longer current.
// Before, it is never above zero and nobody asks; afterwards it is the number of readers who are still there, so it comes
// to zero exactly once, and whoever brings it there is alone with the model. The count has 56 bits: two years of a thousand
// million readers a second until they run out.
//
// It must outlive its readers. At most `most_models` models are alive at a time, the current one among them.
template <class Model>
  requires std::is_nothrow_move_constructible_v<Model>
class served {
  struct slot;

public:
  static constexpr std::size_t most_models = 64;

  // The model that was current when it was asked for; it stays as it is until this is destroyed. Moves, is not copied.
  class snapshot {
  public:
    snapshot(snapshot&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
    snapshot& operator=(snapshot other) noexcept {
      std::swap(of_, other.of_);
      return *this;
    }
    ~snapshot() {
      if (of_ != nullptr) settle(*of_, -1);
    }

    [[nodiscard]] Model const& operator*() const noexcept { return *of_->model; }
    [[nodiscard]] Model const* operator->() const noexcept { return &*of_->model; }
    // How many models were published before this one.
    [[nodiscard]] std::uint64_t version() const noexcept { return of_->version; }

  private:
    friend served;
    explicit snapshot(slot& of) noexcept : of_(&of) {}
    slot* of_;
  };

  explicit served(Model first) noexcept {
    slots_[0].model.emplace(std::move(first));
    slots_[0].taken.store(true, std::memory_order_relaxed);
  }
  served(served const&) = delete;
  served& operator=(served const&) = delete;

  [[nodiscard]] snapshot now() const noexcept {
    return snapshot(slots_[slot_of(current_.fetch_add(one_reader, std::memory_order_acquire))]);
  }

  // Gives readers this model from now on; returns its version. Throws error{setting}, and changes nothing, when readers still
  // hold as many models as there is room for: somebody keeps snapshots that should be let go of.
  std::uint64_t publish(Model next) {
    std::lock_guard const turn(publishers_);
    std::size_t at = 0;
    while (at != most_models && slots_[at].taken.load(std::memory_order_acquire)) ++at;
    if (at == most_models)
      raise(error(error_kind::setting) << "served: readers hold " << most_models
                                       << " models and there is no room for one more; let go of snapshots");
    slot& fresh = slots_[at];
    fresh.model.emplace(std::move(next));
    fresh.version = ++versions_;
    fresh.balance.store(0, std::memory_order_relaxed);
    fresh.taken.store(true, std::memory_order_relaxed);
    // Releases the model to those who take it, and ends the counting of the one before.
    std::uint64_t const before = current_.exchange(at, std::memory_order_acq_rel);
    settle(slots_[slot_of(before)], static_cast<std::int64_t>(before / one_reader));
    return versions_;
  }

private:
  struct alignas(64) slot {
    std::atomic<std::int64_t> balance{0};
    std::atomic<bool> taken{false};
    std::uint64_t version = 0;
    std::optional<Model> model;
  };

  static constexpr std::uint64_t one_reader = 256;  // the lower 8 bits are the slot
  static_assert(most_models <= one_reader);
  [[nodiscard]] static constexpr std::size_t slot_of(std::uint64_t word) noexcept {
    return static_cast<std::size_t>(word % one_reader);
  }

  // Changes the balance of a slot. Who brings it to zero has seen what all others did (acquire), and leaves the slot to the
  // next publisher (release).
  static void settle(slot& of, std::int64_t by) noexcept {
    if (of.balance.fetch_add(by, std::memory_order_acq_rel) + by != 0) return;
    of.model.reset();
    of.taken.store(false, std::memory_order_release);
  }

  mutable std::array<slot, most_models> slots_;
  alignas(64) mutable std::atomic<std::uint64_t> current_{0};
  alignas(64) std::mutex publishers_;
  std::uint64_t versions_ = 0;
};

KINDRED_END
