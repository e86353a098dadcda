// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/key_store.hpp>

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
template <entity_id Id, class Key = std::string_view>
class dictionary {
public:
  // The number of a key, new or old. Throws error{shape} when 2^32 - 2 numbers are taken.
  Id add(Key key) {
    std::uint64_t const value = detail::value_of(key);
    index_t& number = value < listed_limit ? listed(value) : hashed(key);
    if (number == 0) {
      if (keys_.size() >= index_limit - 1)
        raise(error(error_kind::shape) << "a dictionary holds at most " << index_limit - 1 << " keys");
      keys_.add(key);
      number = size();
    }
    return Id{number - 1};
  }

  [[nodiscard]] std::optional<Id> find(Key key) const noexcept {
    std::uint64_t const value = detail::value_of(key);
    index_t number = 0;
    if (value >= listed_limit) number = slot_.empty() ? 0 : slot_[place_of(key, detail::fingerprint_of(key))].number;
    else if (value < listed_.size()) number = listed_[static_cast<std::size_t>(value)];
    return number == 0 ? std::nullopt : std::optional(Id{number - 1});
  }

  // The key of a number below size(). A text stays valid until the next add.
  [[nodiscard]] Key key(Id number) const noexcept {
    KINDRED_ASSERT(to_index(number) < size());
    return keys_[to_index(number)];
  }

  // Kept are the keys, in the order of their numbers.
  static constexpr stored_format format{"dictionary", 1};
  static void fields(auto& self, auto& visit) { visit("keys", self.keys_); }
  void restore() {
    check_stored(keys_.in_order(), "dictionary: the ends of its texts ascend to the end of all");
    auto const read = std::exchange(keys_, {});
    for (std::size_t k = 0; k != read.size(); ++k)
      check_stored(to_index(add(read[k])) == k, "dictionary: every key is there once");
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(keys_.size()); }
  [[nodiscard]] bool empty() const noexcept { return keys_.size() == 0; }

  // Renumbers in ascending order of key - decimal numbers by value, before all other texts, which go by bytes - and
  // returns the new number of every old one. O(n log n).
  std::vector<Id> sort() {
    std::vector<ranked> const order = in_order();
    std::vector<Id> moved(order.size());
    detail::key_store<Key> sorted;
    for (ranked const& r : order) {
      moved[r.number] = Id{static_cast<index_t>(sorted.size())};
      sorted.add(keys_[r.number]);
    }
    keys_ = std::move(sorted);
    for (index_t& number : listed_)
      if (number != 0) number = to_index(moved[number - 1]) + 1;
    for (slot& s : slot_)
      if (s.number != 0) s.number = to_index(moved[s.number - 1]) + 1;
    return moved;
  }

private:
  // Most keys number the rows of somebody's table. Those below this limit are looked up in a list, which is a fraction of a
  // hash table and takes a mebibyte at most: in random order over 100 000 users, reading a file takes half the time.
  static constexpr std::uint64_t listed_limit = std::uint64_t{1} << 18;

  // Sixteen bytes: four to a cache line. Numbers are kept one more than the id; zero is nobody's.
  struct slot {
    std::uint64_t low = 0;
    std::uint32_t high = 0;
    index_t number = 0;

    [[nodiscard]] detail::fingerprint print() const noexcept { return {low, high}; }
  };
  struct ranked {
    std::uint64_t rank;
    index_t number;
  };

  [[nodiscard]] index_t& listed(std::uint64_t value) {
    auto const k = static_cast<std::size_t>(value);
    if (k >= listed_.size()) listed_.resize(k + 1);
    return listed_[k];
  }
  [[nodiscard]] index_t& hashed(Key const& key) {
    if ((hashed_ + 1) * 4 > slot_.size() * 3) grow();
    detail::fingerprint const print = detail::fingerprint_of(key);
    slot& s = slot_[place_of(key, print)];
    if (s.number == 0) {
      s.low = print.low;
      s.high = print.high;
      ++hashed_;
    }
    return s.number;
  }

  // The slot that a key has, or the free one that it would get.
  [[nodiscard]] std::size_t place_of(Key const& key, detail::fingerprint const& print) const noexcept {
    std::size_t const mask = slot_.size() - 1;
    std::size_t at = detail::hash_of(print) & mask;
    while (slot_[at].number != 0 &&
           !(slot_[at].print() == print && (detail::is_exact(key) || keys_[slot_[at].number - 1] == key)))
      at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<slot> wider(slot_.empty() ? 16 : slot_.size() * 2);
    for (slot const& s : slot_) {
      if (s.number == 0) continue;
      std::size_t at = detail::hash_of(s.print()) & (wider.size() - 1);
      while (wider[at].number != 0) at = (at + 1) & (wider.size() - 1);
      wider[at] = s;
    }
    slot_ = std::move(wider);
  }

  // The numbers in order of their keys: a merge sort of our own, for <algorithm> would cost every user of this header half
  // as many lines again.
  [[nodiscard]] std::vector<ranked> in_order() const {
    auto const less = [&](ranked const& a, ranked const& b) {
      return a.rank != b.rank ? a.rank < b.rank : detail::key_less(keys_[a.number], keys_[b.number]);
    };
    std::vector<ranked> from;
    from.reserve(keys_.size());
    for (index_t k = 0; k != size(); ++k) from.push_back({detail::rank_of(keys_[k]), k});
    std::vector<ranked> into(from.size());
    for (std::size_t width = 1; width < from.size(); width *= 2) {
      for (std::size_t first = 0; first < from.size(); first += 2 * width) {
        std::size_t const middle = first + width < from.size() ? first + width : from.size();
        std::size_t const last = middle + width < from.size() ? middle + width : from.size();
        for (std::size_t a = first, b = middle, k = first; k != last; ++k)
          into[k] = b == last || (a != middle && !less(from[b], from[a])) ? from[a++] : from[b++];
      }
      std::swap(from, into);
    }
    return from;
  }

  detail::key_store<Key> keys_;
  std::vector<index_t> listed_;  // by key
  std::vector<slot> slot_;       // by hash, the others
  std::size_t hashed_ = 0;
};

KINDRED_END
