// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>
#include <kindred/serve/served.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>

KINDRED_BEGIN

// An updatable model that is served while it learns.
//
//   kindred::learning<decltype(model)> shop{model, 100};
//   shop.update(user, item, 5);                            // on any thread
//   auto const now = shop.now();                           // on any thread: what was published last
//
// Events go into a copy that no reader sees; after every `batch` of them, and when publish() is called, readers get a copy of
// that. An event so costs the update, and its part of copying the model: choose a batch that makes the copy small beside it,
// or publish by the clock with a batch of 0. Updates wait for each other; readers wait for nothing.
template <updatable Model>
  requires std::copy_constructible<Model>
class learning {
public:
  using value_type = value_t<Model>;
  using snapshot = typename served<Model>::snapshot;

  // batch = 0: only publish() publishes.
  explicit learning(Model start, std::size_t batch = 0) : batch_(batch), ahead_(std::move(start)), seen_(ahead_) {}

  [[nodiscard]] snapshot now() const noexcept { return seen_.now(); }

  // Learns one event. What the model throws for a bad one comes out, and changes nothing. Publishing may fail as well
  // (see served); the event is learned then, and is shown with the next.
  void update(user_id u, item_id i, value_type value) {
    std::lock_guard const turn(learners_);
    ahead_.update(u, i, value);
    ++waiting_;
    if (batch_ != 0 && waiting_ >= batch_) hand_over();
  }

  // Shows readers all events so far; returns the version that has them. A model without new events is not published again.
  std::uint64_t publish() {
    std::lock_guard const turn(learners_);
    if (waiting_ != 0) hand_over();
    return version_;
  }

  // Events that readers do not see yet.
  [[nodiscard]] std::size_t waiting() const {
    std::lock_guard const turn(learners_);
    return waiting_;
  }

  // Takes the place of what was learned so far, at once: a model that was fitted anew. Throws as served::publish, and changes
  // nothing then.
  std::uint64_t replace(Model fitted) {
    std::lock_guard const turn(learners_);
    version_ = seen_.publish(Model(fitted));
    ahead_ = std::move(fitted);
    waiting_ = 0;
    return version_;
  }

private:
  void hand_over() {
    version_ = seen_.publish(Model(ahead_));
    waiting_ = 0;
  }

  std::size_t batch_;
  mutable std::mutex learners_;
  Model ahead_;
  std::size_t waiting_ = 0;
  std::uint64_t version_ = 0;
  served<Model> seen_;
};

KINDRED_END
