// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/evaluate/bootstrap.hpp>
#include <kindred/evaluate/estimate.hpp>
#include <kindred/evaluate/exposure.hpp>
#include <kindred/evaluate/offered_lists.hpp>
#include <kindred/run/executor.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// A measure taken apart by groups of users: does it serve some worse than others?
struct group_means {
  std::vector<estimate> groups;  // the mean of every group; count is how many of its users were judged
  index_t best = 0;              // of groups with somebody in it; of equal ones the first
  index_t worst = 0;
  double gap = 0;  // the best mean - the worst
};

// The mean of a column by the group of each user, with its interval. `users` are those of the column, group[user] numbers every
// user's group, below `groups`. Users are drawn within their group. Throws error: shape when sizes disagree or a user has no
// group, data for a group beyond `groups`, setting as how.check().
template <executor E = sequential>
[[nodiscard]] group_means means_by_group(std::vector<double> const& values, std::span<user_id const> users,
                                         std::span<index_t const> group, index_t groups, bootstrap how = {},
                                         E&& ex = {}) {
  if (values.size() != users.size())
    raise(error(error_kind::shape) << "means_by_group: " << values.size() << " values for " << users.size()
                                   << " users");
  std::vector<std::vector<double>> part(groups);
  for (std::size_t k = 0; k != users.size(); ++k) {
    if (to_index(users[k]) >= group.size())
      raise(error(error_kind::shape).at(k)
            << "means_by_group: user " << to_index(users[k]) << ", but groups of " << group.size() << " users");
    index_t const g = group[to_index(users[k])];
    if (g >= groups)
      raise(error(error_kind::data).at(k)
            << "means_by_group: user " << to_index(users[k]) << " is in group " << g << "; there are " << groups);
    part[g].push_back(values[k]);
  }
  group_means out;
  for (auto const& own : part) out.groups.push_back(bootstrap_mean(own, how, ex));
  bool met = false;
  for (index_t g = 0; g != groups; ++g) {
    if (part[g].empty()) continue;
    if (!met || out.groups[g].value > out.groups[out.best].value) out.best = g;
    if (!met || out.groups[g].value < out.groups[out.worst].value) out.worst = g;
    met = true;
  }
  if (met) out.gap = out.groups[out.best].value - out.groups[out.worst].value;
  return out;
}

// How much of what is offered falls to a group of items - of a seller, of small brands - beside what it has.
struct group_exposure {
  double exposure = 0;  // its share of all attention
  double catalog = 0;   // its share of the items
  double ratings = 0;   // its share of the ratings: what people chose themselves
};

// Exposure by group of items (Singh and Joachims, "Fairness of exposure in rankings", 2018): exposure / catalog is 1 where every item
// has the same chance, exposure / ratings where attention follows demand. group[item] numbers every item's group, below
// `groups`. Throws error: shape when items lack a group, data for a group beyond `groups`.
[[nodiscard]] inline std::vector<group_exposure> exposure_by_group(offered_lists const& lists,
                                                                   item_shares const& shares,
                                                                   std::span<index_t const> group, index_t groups,
                                                                   attention by = attention::logarithmic) {
  if (group.size() != lists.item_count())
    raise(error(error_kind::shape) << "exposure_by_group: groups of " << group.size() << " items, but a catalog of "
                                   << lists.item_count());
  std::vector<group_exposure> out(groups);
  auto const exposure = exposure_of(lists, by);
  double all = 0, rated = 0;
  for (index_t i = 0; i != exposure.size(); ++i) {
    if (group[i] >= groups)
      raise(error(error_kind::data).at(i)
            << "exposure_by_group: item " << i << " is in group " << group[i] << "; there are " << groups);
    auto const count = static_cast<double>(shares.count_of(item_id{i}));
    all += exposure[i];
    rated += count;
    out[group[i]].exposure += exposure[i];
    out[group[i]].catalog += 1 / static_cast<double>(exposure.size());
    out[group[i]].ratings += count;
  }
  for (auto& own : out) {
    own.exposure = all > 0 ? own.exposure / all : 0;
    own.ratings = rated > 0 ? own.ratings / rated : 0;
  }
  return out;
}

KINDRED_END
