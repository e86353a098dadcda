// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Predicts from the group that a user belongs to and the group that an item belongs to:
//
//   score(u, i) = M(g, h) + t(u) (mean of u - mean of g) + t(i) (mean of i - mean of h),   g the group of u, h that of i
//
// where M(g, h) is the mean rating that users of g give to items of h, and t in [0, 1] how far one's own mean is trusted. For
// an unknown user or item its group and its own mean are left out, and for both it is the mean of all. One score costs two
// additions.
template <real T>
class co_cluster_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  // Of users, or of items: the group of each, group_count for who is not known, and by how much it differs from its group.
  struct side {
    index_t group_count;
    std::vector<index_t> group;
    std::vector<T> offset;

    static void fields(auto& self, auto& visit) {
      visit("groups", self.group_count);
      visit("group", self.group);
      visit("offset", self.offset);
    }
    friend bool operator==(side const&, side const&) = default;
  };

  // `block_mean` has a row for every group of users and a last one for users who are not known, columns likewise for items.
  co_cluster_model(side users, side items, std::vector<T> block_mean) noexcept
      : users_(std::move(users)), items_(std::move(items)), block_mean_(std::move(block_mean)) {}

  static constexpr stored_format format{"co_cluster_model", 1};
  co_cluster_model(blank) noexcept : users_{}, items_{} {}
  static void fields(auto& self, auto& visit) {
    visit("users", self.users_);
    visit("items", self.items_);
    visit("block_means", self.block_mean_);
  }
  void restore() const {
    for (side const* const one : {&users_, &items_}) {
      check_stored(one->group.size() == one->offset.size(), "co_cluster_model: an offset for every group");
      for (index_t const g : one->group) check_stored(g <= one->group_count, "co_cluster_model: groups that there are");
      check_stored_numbers(one->offset, "co_cluster_model");
    }
    std::size_t const columns = items_.group_count + std::size_t{1};
    check_stored(
        block_mean_.size() % columns == 0 && block_mean_.size() / columns == users_.group_count + std::size_t{1},
        "co_cluster_model: a mean for every two groups");
    check_stored_numbers(block_mean_, "co_cluster_model");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return group_of(u) != users_.group_count; }
  [[nodiscard]] bool knows(item_id i) const noexcept { return group_of(i) != items_.group_count; }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    T const* const row = block_mean_.data() + std::size_t{group_of(u)} * (items_.group_count + std::size_t{1});
    T const user = offset_of(users_, to_index(u));
    for (std::size_t k = 0; k != items.size(); ++k)
      out[k] = row[group_of(items[k])] + user + offset_of(items_, to_index(items[k]));
  }

  // The group of a user, below user_groups(); user_groups() when the user is not known. Likewise of an item.
  [[nodiscard]] index_t group_of(user_id u) const noexcept { return group_of(users_, to_index(u)); }
  [[nodiscard]] index_t group_of(item_id i) const noexcept { return group_of(items_, to_index(i)); }
  [[nodiscard]] index_t user_groups() const noexcept { return users_.group_count; }
  [[nodiscard]] index_t item_groups() const noexcept { return items_.group_count; }

  // The mean rating that one group gives to another.
  [[nodiscard]] T block_mean(index_t user_group, index_t item_group) const noexcept {
    KINDRED_ASSERT(user_group < users_.group_count && item_group < items_.group_count);
    return block_mean_[std::size_t{user_group} * (items_.group_count + std::size_t{1}) + item_group];
  }

  friend bool operator==(co_cluster_model const&, co_cluster_model const&) = default;

private:
  [[nodiscard]] static index_t group_of(side const& of, index_t k) noexcept {
    return k < of.group.size() ? of.group[k] : of.group_count;
  }
  [[nodiscard]] static T offset_of(side const& of, index_t k) noexcept {
    return k < of.offset.size() ? of.offset[k] : T{0};
  }

  side users_;
  side items_;
  std::vector<T> block_mean_;
};

KINDRED_END
