// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/draw.hpp>
#include <kindred/testing/world.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace testing::detail {

// How likely two people are to get on: like tastes, like age.
[[nodiscard]] inline double affinity(person const& a, person const& b) noexcept {
  double ab = 0, aa = 1e-9, bb = 1e-9;
  for (std::size_t k = 0; k != taste_count; ++k) {
    double const x = static_cast<double>(a.taste[k]), y = static_cast<double>(b.taste[k]);
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / std::sqrt(aa * bb) - std::abs(int{a.age} - int{b.age}) / 50.0;
}

// Friendships by two well-known mechanisms: homophily - of eight people met, most of them in the own region, one
// befriends the one who is most alike - and closure - more than half are friends of friends, which makes triangles
// (Holme and Kim, 2002). People take turns, and each proposes half the friends they want: the others come to them.
//
// O(users * friends). Circles of acquaintance are log-normal; nobody has more than 500 friends.
[[nodiscard]] inline std::vector<friendship> generate_friendships(world_settings const& s,
                                                                  std::vector<person> const& people) {
  auto const users = static_cast<index_t>(people.size());
  std::vector<std::vector<index_t>> neighbors_in(regions.size());
  for (index_t u = 0; u != users; ++u) neighbors_in[people[u].region].push_back(u);

  std::vector<random_stream> random;
  std::vector<std::uint32_t> left(users);  // proposals
  random.reserve(users);
  for (index_t u = 0; u != users; ++u) {
    random.push_back(stream_of(s.seed, purpose::friends, u));
    double const wanted = s.friends / 2 * std::exp(0.6 * normal(random[u]) - 0.18);
    left[u] = about(random[u], (std::min)(wanted, users / 4.0));
  }

  std::vector<std::vector<index_t>> friends(users);
  auto const know = [&](index_t a, index_t b) {
    return a == b || std::find(friends[a].begin(), friends[a].end(), b) != friends[a].end();
  };
  auto const friend_of_friend = [&](index_t u) {
    index_t const f = friends[u][below(random[u], static_cast<std::uint32_t>(friends[u].size()))];
    return friends[f][below(random[u], static_cast<std::uint32_t>(friends[f].size()))];
  };
  auto const most_alike = [&](index_t u) {
    index_t best = u;
    double highest = -10;
    for (int k = 0; k != 8; ++k) {
      auto const& near_by = neighbors_in[people[u].region];
      index_t const v = chance(random[u], 0.7) ? near_by[below(random[u], static_cast<std::uint32_t>(near_by.size()))]
                                               : below(random[u], users);
      double const alike = affinity(people[u], people[v]);
      if (v == u || alike <= highest) continue;
      best = v;
      highest = alike;
    }
    return best;
  };

  constexpr std::size_t most = 500;
  for (bool proposing = true; proposing;) {
    proposing = false;
    for (index_t u = 0; u != users; ++u) {
      if (left[u] == 0) continue;
      --left[u];
      proposing = true;
      index_t v = !friends[u].empty() && chance(random[u], 0.6) ? friend_of_friend(u) : most_alike(u);
      if (know(u, v)) v = most_alike(u);
      if (know(u, v) || friends[u].size() >= most || friends[v].size() >= most) continue;
      friends[u].push_back(v);
      friends[v].push_back(u);
    }
  }

  std::vector<friendship> pairs;
  for (index_t u = 0; u != users; ++u) {
    std::sort(friends[u].begin(), friends[u].end());
    for (index_t const v : friends[u])
      if (u < v) pairs.push_back({user_id{u}, user_id{v}});
  }
  return pairs;
}

}  // namespace testing::detail

KINDRED_END
