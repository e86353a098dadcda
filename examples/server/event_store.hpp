// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

struct sqlite3;

// Somebody bought something.
struct purchase {
  kindred::user_id user;
  kindred::item_id item;
};

// Purchases in a SQLite file, on disk before anybody is told that they are there.
//
// Any number of threads add; one writes. It commits what came in while the last commit was under way, so a hundred waiting
// requests cost one flush of the disk and not a hundred. Write-ahead log and synchronous = FULL: what was acknowledged
// survives a killed process and a lost power line.
class event_store {
public:
  // Opens or makes the file and reads what is in it. Throws std::runtime_error.
  explicit event_store(std::string const& path);
  ~event_store();
  event_store(event_store const&) = delete;
  event_store& operator=(event_store const&) = delete;

  // Returns the number of the event once it is on disk; throws std::runtime_error when it could not be written.
  std::uint64_t add(purchase event);

  [[nodiscard]] std::size_t size() const;
  // The event with this number, counted from 1.
  [[nodiscard]] purchase at(std::uint64_t number) const;
  [[nodiscard]] std::vector<purchase> all() const;

private:
  // Requests that wait for the same commit.
  struct batch {
    std::vector<purchase> events;
    std::uint64_t first = 0;  // number of events[0], when written
    bool written = false;
    std::string problem;
  };

  void write_batches();
  void commit(batch& b);
  void run(char const* sql);

  sqlite3* file_ = nullptr;
  mutable std::mutex lock_;
  std::condition_variable more_, done_;
  std::vector<purchase> events_;
  std::shared_ptr<batch> open_;
  bool closing_ = false;
  std::thread writer_;
};
