// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/content/profile.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/row_store.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The users of a content_model: what they said and wish for, and the profiles that were made of it. Ids beyond all others have
// empty rows.
template <real T>
class user_profiles {
public:
  // What was said is kept; profiles are made of it again.
  static void fields(auto& self, auto& visit) {
    visit("said", self.said_);
    visit("times", self.times_);
    visit("wish", self.wish_);
  }
  void restore(index_t columns) {
    for (index_t u = 0; u != times_.rows(); ++u)
      check_stored(times_.row(u).empty() || times_.row(u).size() == said_.row(u).size(),
                   "content_model: a weight for everything that was said");
    for (index_t u = 0; u != wish_.rows(); ++u)
      check_stored(wish_.row(u).empty() || wish_.row(u).index.back() < columns,
                   "content_model: wishes for features that there are");
  }

  [[nodiscard]] index_t size() const noexcept { return (std::max)(said_.rows(), wish_.rows()); }
  [[nodiscard]] sparse_row<T> said(user_id u) const noexcept { return said_.row(to_index(u)); }
  // The weights of what was said; none where all are 1.
  [[nodiscard]] std::span<T const> times(user_id u) const noexcept { return times_.row(to_index(u)).value; }
  [[nodiscard]] bool weighted() const noexcept { return times_.rows() != 0; }
  [[nodiscard]] sparse_row<T> wish(user_id u) const noexcept { return wish_.row(to_index(u)); }

  // As in user_rows.
  [[nodiscard]] sparse_row<T> drawn(user_id u) const noexcept { return drawn_.row(to_index(u)); }
  [[nodiscard]] double typical(user_id u) const noexcept {
    return to_index(u) < typical_.size() ? typical_[to_index(u)] : 0;
  }
  [[nodiscard]] sparse_row<T> liked(user_id u) const noexcept { return liked_.row(to_index(u)); }
  [[nodiscard]] sparse_row<T> wished(user_id u) const noexcept { return wished_.row(to_index(u)); }

  // Replaces what a user said; no times where nothing has a weight.
  void set_said(user_id u, sparse_row<T> said, std::span<T const> times) {
    said_.assign(to_index(u), said);
    if (!times.empty()) times_.assign(to_index(u), {said.index, times});
  }
  void set_wish(user_id u, sparse_row<T> wish) { wish_.assign(to_index(u), wish); }

  // Replaces the profile of a user.
  void put(user_id u, user_rows<T> const& rows) {
    drawn_.assign(to_index(u), {rows.column, rows.drawn});
    if (typical_.size() <= to_index(u)) typical_.resize(std::size_t{to_index(u)} + 1);
    typical_[to_index(u)] = rows.typical;
    liked_.assign(to_index(u), {rows.item, rows.liked});
    if (!rows.wished.empty() || to_index(u) < wished_.rows())
      wished_.assign(to_index(u), {wish(u).index.first(rows.wished.size()), rows.wished});
  }

  // Everything from what everybody said. make_writer() gives what a task writes profiles with: a callable of user, said, times and
  // wish, with scratch of its own.
  template <executor E, class MakeWriter>
  void learn(ratings<T> const& data, index_t columns, E& ex, MakeWriter const& make_writer);

  friend bool operator==(user_profiles const& a, user_profiles const& b) noexcept {
    return a.said_ == b.said_ && a.times_ == b.times_ && a.wish_ == b.wish_ && a.drawn_ == b.drawn_ &&
           a.liked_ == b.liked_ && a.wished_ == b.wished_;
  }

private:
  row_store<T> said_;
  row_store<T> times_;
  row_store<T> wish_;
  row_store<T> drawn_;
  std::vector<double> typical_;
  row_store<T> liked_;
  row_store<T> wished_;
};

template <real T>
template <executor E, class MakeWriter>
void user_profiles<T>::learn(ratings<T> const& data, index_t columns, E& ex, MakeWriter const& make_writer) {
  struct rows {  // of the users of one chunk, end to end
    std::vector<index_t> column, item;
    std::vector<T> drawn, liked;
  };
  auto const append = [](auto& to, auto const& from) { to.insert(to.end(), from.begin(), from.end()); };
  // Each task clears a number a column once, so there are few tasks, and enough of them for many threads.
  index_t const users = data.user_count();
  std::size_t const grain = users / 128 + 1;
  std::vector<rows> part(chunk_count(users, grain));
  std::vector<offset_t> drawn_end(std::size_t{users} + 1), liked_end(std::size_t{users} + 1);
  typical_.resize(users);
  for_chunks(ex, users, grain, [&](std::size_t first, std::size_t last) {
    auto write = make_writer();
    rows& into = part[first / grain];
    for (std::size_t u = first; u != last; ++u) {
      user_id const user{static_cast<index_t>(u)};
      user_rows<T> const& made = write(user, data.of(user), data.weights(user), sparse_row<T>{});
      append(into.column, made.column);
      append(into.drawn, made.drawn);
      append(into.item, made.item);
      append(into.liked, made.liked);
      typical_[u] = made.typical;
      drawn_end[u + 1] = made.column.size();
      liked_end[u + 1] = made.item.size();
    }
  });
  rows all;
  for (rows& one : part) {
    append(all.column, one.column);
    append(all.drawn, one.drawn);
    append(all.item, one.item);
    append(all.liked, one.liked);
    one = {};
  }
  for (index_t u = 0; u != users; ++u) {
    drawn_end[u + 1] += drawn_end[u];
    liked_end[u + 1] += liked_end[u];
  }
  said_ = row_store<T>(data.by_user());
  for (index_t u = 0; data.weighted() && u != users; ++u)
    times_.assign(u, {data.of(user_id{u}).index, data.weights(user_id{u})});
  drawn_ = row_store<T>(csr_view<T>(unchecked, drawn_end, all.column, all.drawn, columns));
  liked_ = row_store<T>(csr_view<T>(unchecked, liked_end, all.item, all.liked, data.item_count()));
}

}  // namespace detail

KINDRED_END
