// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/data/key_store.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Your own names for users and items, numbered from zero: algorithms see the numbers, people see the names.
//
//   kindred::dictionary<kindred::user_id> people;                    // keys are text
//   kindred::user_id const ann = people.add("ann");                  // the same number whenever "ann" comes again
//   people.find("bob");                                              // nothing: nobody of that name
//   people.key(ann);                                                 // "ann"
//   kindred::dictionary<kindred::item_id, std::int64_t> products;    // keys are 64-bit integers
//
// Numbers are given in order of first appearance. sort() renumbers in order of key, so that data read in any order of
// rows get the same numbers; apply what it returns to the ids that you already hold.
// Text keys are any bytes, the empty text included, and are copied. O(1) expected for add and find.
template <id Id, class Key = std::string_view>
class dictionary {
public:
  // The number of a key, new or old. Throws error{shape} when 2^32 - 2 numbers are taken.
  Id add(Key key) {
    std::uint64_t const hash = detail::hash_of(key);
    if ((keys_.size() + 1) * 2 > slot_.size()) grow();
    std::size_t at = hash & (slot_.size() - 1);
    for (; slot_[at].number != 0; at = (at + 1) & (slot_.size() - 1))
      if (matches(slot_[at], hash, key)) return Id{slot_[at].number - 1};
    if (keys_.size() >= index_limit - 1)
      raise(error(error_kind::shape) << "a dictionary holds at most " << index_limit - 1 << " keys");
    keys_.add(key);
    slot_[at] = {static_cast<index_t>(keys_.size()), static_cast<std::uint32_t>(hash >> 32)};
    return Id{static_cast<index_t>(keys_.size() - 1)};
  }

  [[nodiscard]] std::optional<Id> find(Key key) const noexcept {
    if (slot_.empty()) return std::nullopt;
    std::uint64_t const hash = detail::hash_of(key);
    for (std::size_t at = hash & (slot_.size() - 1); slot_[at].number != 0; at = (at + 1) & (slot_.size() - 1))
      if (matches(slot_[at], hash, key)) return Id{slot_[at].number - 1};
    return std::nullopt;
  }

  // The key of a number below size(). A text stays valid until the next add.
  [[nodiscard]] Key key(Id number) const noexcept {
    KINDRED_ASSERT(to_index(number) < size());
    return keys_[to_index(number)];
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(keys_.size()); }
  [[nodiscard]] bool empty() const noexcept { return keys_.size() == 0; }

  // Renumbers in ascending order of key - decimal numbers by value, before all other texts, which go by bytes - and
  // returns the new number of every old one.
  std::vector<Id> sort() {
    std::vector<index_t> order(keys_.size());
    for (index_t k = 0; k != size(); ++k) order[k] = k;
    std::sort(order.begin(), order.end(),
              [&](index_t a, index_t b) { return detail::key_less(keys_[a], keys_[b]); });
    std::vector<Id> moved(order.size());
    dictionary sorted;
    for (index_t const old : order) moved[old] = sorted.add(keys_[old]);
    *this = std::move(sorted);
    return moved;
  }

private:
  struct slot {
    index_t number = 0;  // one more than the id; zero is free
    std::uint32_t tag = 0;
  };

  [[nodiscard]] bool matches(slot const& s, std::uint64_t hash, Key const& key) const noexcept {
    return s.tag == static_cast<std::uint32_t>(hash >> 32) && keys_[s.number - 1] == key;
  }

  void grow() {
    std::vector<slot> wider((std::max)(std::size_t{16}, slot_.size() * 2));
    for (std::size_t k = 0; k != keys_.size(); ++k) {
      std::uint64_t const hash = detail::hash_of(keys_[k]);
      std::size_t at = hash & (wider.size() - 1);
      while (wider[at].number != 0) at = (at + 1) & (wider.size() - 1);
      wider[at] = {static_cast<index_t>(k + 1), static_cast<std::uint32_t>(hash >> 32)};
    }
    slot_ = std::move(wider);
  }

  detail::key_store<Key> keys_;
  std::vector<slot> slot_;
};

KINDRED_END
