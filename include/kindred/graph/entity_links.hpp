// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/triple.hpp>

#include <cstddef>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Which nodes of a graph are users and items of ratings.
//
// Users and items that the graph tells nothing of get nodes behind the others: user u is node own + 2 u, item i is own + 2 i + 1,
// where `own` is how many nodes the graph has of itself. So a node does not depend on how many users and items there are, and
// those that come later have one already.
class entity_links {
public:
  entity_links() = default;
  // `users` and `items` list pairs by id: users[u] is the node of user u, index_limit where there is none; likewise items.
  // Throws error{data} when a node is not below `own` or stands for two.
  entity_links(index_t own, std::vector<index_t> users, std::vector<index_t> items)
      : own_(own), node_of_user_(std::move(users)), node_of_item_(std::move(items)) {
    if (own > index_limit / 2)
      raise(error(error_kind::shape) << "entity_links: " << own << " nodes leave no room for users");
    user_of_node_ = inverse(node_of_user_, "user");
    item_of_node_ = inverse(node_of_item_, "item");
  }

  static constexpr stored_format format{"entity_links", 1};
  static void fields(auto& self, auto& visit) {
    visit("users", self.node_of_user_);
    visit("items", self.node_of_item_);
    visit("user_of_node", self.user_of_node_);
    visit("item_of_node", self.item_of_node_);
  }
  void restore() {
    check_stored(user_of_node_.size() == item_of_node_.size() && user_of_node_.size() <= index_limit / 2,
                 "entity_links: as many nodes for users and items");
    own_ = static_cast<index_t>(user_of_node_.size());
    check_stored(user_of_node_ == inverse(node_of_user_, "user") && item_of_node_ == inverse(node_of_item_, "item"),
                 "entity_links: nodes and ids agree");
  }

  [[nodiscard]] index_t own() const noexcept { return own_; }

  // The node of a user or item; index_limit, which is no node, for ids so large that there is no room for them.
  [[nodiscard]] index_t node_of(user_id u) const noexcept {
    if (!fits(to_index(u))) return index_limit;
    return linked(node_of_user_, to_index(u)) ? node_of_user_[to_index(u)] : own_ + 2 * to_index(u);
  }
  [[nodiscard]] index_t node_of(item_id i) const noexcept {
    if (!fits(to_index(i))) return index_limit;
    return linked(node_of_item_, to_index(i)) ? node_of_item_[to_index(i)] : own_ + 2 * to_index(i) + 1;
  }

  // The item or user that a node stands for; index_limit when it stands for none.
  [[nodiscard]] index_t item_at(index_t node) const noexcept { return at(node, item_of_node_, 1); }
  [[nodiscard]] index_t user_at(index_t node) const noexcept { return at(node, user_of_node_, 0); }

  // Whether the id is so small that it has a node.
  [[nodiscard]] bool fits(index_t id) const noexcept { return id < (index_limit - own_) / 2 - 1; }

private:
  [[nodiscard]] static bool linked(std::vector<index_t> const& node_of, index_t id) noexcept {
    return id < node_of.size() && node_of[id] != index_limit;
  }
  [[nodiscard]] index_t at(index_t node, std::vector<index_t> const& id_of, index_t parity) const noexcept {
    if (node < own_) return node < id_of.size() ? id_of[node] : index_limit;
    return (node - own_) % 2 == parity ? (node - own_) / 2 : index_limit;
  }
  [[nodiscard]] std::vector<index_t> inverse(std::vector<index_t> const& node_of, char const* what) const {
    std::vector<index_t> id_of(own_, index_limit);
    for (std::size_t k = 0; k != node_of.size(); ++k) {
      if (node_of[k] == index_limit) continue;
      if (node_of[k] >= own_ || id_of[node_of[k]] != index_limit)
        raise(error(error_kind::data).at(k)
              << "entity_links: " << what << " " << k << " is linked to node " << node_of[k]
              << (node_of[k] >= own_ ? ", which the graph does not have" : ", which is linked to another"));
      id_of[node_of[k]] = static_cast<index_t>(k);
    }
    return id_of;
  }

  index_t own_ = 0;
  std::vector<index_t> node_of_user_, node_of_item_;
  std::vector<index_t> user_of_node_, item_of_node_;
};

KINDRED_END
