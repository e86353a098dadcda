// SPDX-License-Identifier: BSL-1.0

#include "event_store.hpp"

#include <sqlite3.h>

#include <stdexcept>
#include <utility>

namespace {

// A prepared statement, finalized at the end of its scope.
class statement {
public:
  statement(sqlite3* file, char const* sql) : file_(file) {
    if (sqlite3_prepare_v2(file, sql, -1, &prepared_, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(file));
  }
  ~statement() { sqlite3_finalize(prepared_); }
  statement(statement const&) = delete;
  statement& operator=(statement const&) = delete;

  void bind(int column, std::int64_t value) { sqlite3_bind_int64(prepared_, column, value); }
  [[nodiscard]] bool row() {
    int const result = sqlite3_step(prepared_);
    if (result != SQLITE_ROW && result != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(file_));
    return result == SQLITE_ROW;
  }
  [[nodiscard]] std::int64_t column(int k) { return sqlite3_column_int64(prepared_, k); }
  void again() { sqlite3_reset(prepared_); }

private:
  sqlite3* file_;
  sqlite3_stmt* prepared_ = nullptr;
};

}  // namespace

event_store::event_store(std::string const& path) : open_(std::make_shared<batch>()) {
  if (sqlite3_open(path.c_str(), &file_) != SQLITE_OK) {
    std::string const problem = sqlite3_errmsg(file_);
    sqlite3_close(file_);
    throw std::runtime_error(path + ": " + problem);
  }
  run("PRAGMA journal_mode = WAL");
  run("PRAGMA synchronous = FULL");
  run("CREATE TABLE IF NOT EXISTS event (number INTEGER PRIMARY KEY, user INTEGER NOT NULL, item INTEGER NOT NULL)");
  statement rows(file_, "SELECT user, item FROM event ORDER BY number");
  while (rows.row())
    events_.push_back({kindred::user_id{static_cast<kindred::index_t>(rows.column(0))},
                       kindred::item_id{static_cast<kindred::index_t>(rows.column(1))}});
  writer_ = std::thread([this] { write_batches(); });
}

event_store::~event_store() {
  {
    std::lock_guard const turn(lock_);
    closing_ = true;
  }
  more_.notify_one();
  writer_.join();
  sqlite3_close(file_);
}

std::uint64_t event_store::add(purchase event) {
  std::unique_lock turn(lock_);
  auto const mine = open_;
  std::size_t const at = mine->events.size();
  mine->events.push_back(event);
  more_.notify_one();
  done_.wait(turn, [&] { return mine->written; });
  if (!mine->problem.empty()) throw std::runtime_error(mine->problem);
  return mine->first + at;
}

std::size_t event_store::size() const {
  std::lock_guard const turn(lock_);
  return events_.size();
}

purchase event_store::at(std::uint64_t number) const {
  std::lock_guard const turn(lock_);
  return events_.at(number - 1);
}

std::vector<purchase> event_store::all() const {
  std::lock_guard const turn(lock_);
  return events_;
}

void event_store::write_batches() {
  std::unique_lock turn(lock_);
  for (;;) {
    more_.wait(turn, [&] { return closing_ || !open_->events.empty(); });
    if (open_->events.empty()) return;
    auto const b = std::exchange(open_, std::make_shared<batch>());
    b->first = events_.size() + 1;
    turn.unlock();
    try {
      commit(*b);
    } catch (std::exception const& e) {
      b->problem = e.what();
      sqlite3_exec(file_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    turn.lock();
    if (b->problem.empty()) events_.insert(events_.end(), b->events.begin(), b->events.end());
    b->written = true;
    done_.notify_all();
  }
}

void event_store::commit(batch& b) {
  run("BEGIN");
  statement insert(file_, "INSERT INTO event (number, user, item) VALUES (?, ?, ?)");
  for (std::size_t k = 0; k != b.events.size(); ++k) {
    insert.bind(1, static_cast<std::int64_t>(b.first + k));
    insert.bind(2, to_index(b.events[k].user));
    insert.bind(3, to_index(b.events[k].item));
    while (insert.row()) {}
    insert.again();
  }
  run("COMMIT");
}

void event_store::run(char const* sql) {
  statement one(file_, sql);
  while (one.row()) {}
}
