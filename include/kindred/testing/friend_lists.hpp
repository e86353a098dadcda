// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/world.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

// Friendships by person: of(u) are the friends of u, ascending. Made from pairs in O(users + pairs).
class friend_lists {
public:
  explicit friend_lists(world const& shop) : friend_lists(shop.friendships, shop.size().users) {}
  friend_lists(std::span<friendship const> pairs, index_t users)
      : first_(std::size_t{users} + 1, 0), friend_(2 * pairs.size()) {
    for (friendship const& f : pairs) {
      ++first_[to_index(f.one) + 1];
      ++first_[to_index(f.other) + 1];
    }
    for (std::size_t u = 0; u != users; ++u) first_[u + 1] += first_[u];
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (friendship const& f : pairs) friend_[next[to_index(f.other)]++] = f.one;  // the lower numbers first
    for (friendship const& f : pairs) friend_[next[to_index(f.one)]++] = f.other;
  }

  [[nodiscard]] std::span<user_id const> of(user_id u) const noexcept {
    return std::span<user_id const>(friend_).subspan(first_[to_index(u)],
                                                     first_[to_index(u) + 1] - first_[to_index(u)]);
  }

private:
  std::vector<std::size_t> first_;
  std::vector<user_id> friend_;
};

}  // namespace testing

KINDRED_END
