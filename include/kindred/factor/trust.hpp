// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// One user trusts, follows or is a friend of another.
struct trust {
  user_id who;
  user_id whom;
};

// Who trusts whom among `users` users, from either side. Trust of oneself, or with somebody beyond these users, counts for nothing;
// given twice it counts once. O(n log n).
class trust_links {
public:
  trust_links() : trust_links({}, 0) {}
  trust_links(std::span<trust const> friends, index_t users) {
    std::vector<std::pair<index_t, index_t>> link;
    for (trust const& one : friends)
      if (to_index(one.who) < users && to_index(one.whom) < users && one.who != one.whom)
        link.emplace_back(to_index(one.who), to_index(one.whom));
    std::sort(link.begin(), link.end());
    link.erase(std::unique(link.begin(), link.end()), link.end());
    trusted_ = side(link, users);
    for (auto& [who, whom] : link) std::swap(who, whom);
    std::sort(link.begin(), link.end());
    trusting_ = side(link, users);
  }

  static constexpr stored_format format{"trust_links", 1};
  static void fields(auto& self, auto& visit) {
    visit("begin", self.trusted_.begin);
    visit("trusted", self.trusted_.all);
  }
  void restore() {
    check_stored(!trusted_.begin.empty(), "trust_links: links of every user");
    check_stored_offsets(trusted_.begin, trusted_.all.size(), "trust_links");
    std::vector<trust> friends;
    for (index_t u = 0; u != users(); ++u)
      for (index_t const v : trusted_by(u)) friends.push_back({user_id{u}, user_id{v}});
    auto const read = std::move(trusted_);
    *this = trust_links(friends, static_cast<index_t>(read.begin.size() - 1));
    check_stored(trusted_.begin == read.begin && trusted_.all == read.all, "trust_links: among its users, in order");
  }

  [[nodiscard]] index_t users() const noexcept { return static_cast<index_t>(trusted_.begin.size() - 1); }
  [[nodiscard]] std::size_t size() const noexcept { return trusted_.all.size(); }
  // Whom a user trusts, and by whom one is trusted, ascending.
  [[nodiscard]] std::span<index_t const> trusted_by(index_t u) const noexcept { return trusted_.of(u); }
  [[nodiscard]] std::span<index_t const> trusting(index_t u) const noexcept { return trusting_.of(u); }

private:
  struct side {
    std::vector<std::size_t> begin;
    std::vector<index_t> all;

    side() = default;
    side(std::vector<std::pair<index_t, index_t>> const& link, index_t users) : begin(std::size_t{users} + 1, 0) {
      for (auto const& [who, whom] : link) {
        ++begin[who + 1];
        all.push_back(whom);
      }
      for (std::size_t u = 0; u != users; ++u) begin[u + 1] += begin[u];
    }
    [[nodiscard]] std::span<index_t const> of(index_t u) const noexcept {
      return std::span<index_t const>(all).subspan(begin[u], begin[u + 1] - begin[u]);
    }
  };

  side trusted_;
  side trusting_;
};

KINDRED_END
