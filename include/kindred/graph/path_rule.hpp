// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/triple.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// How often a rule spoke, and how often it was right, apart for pairs that few and that many paths join: buckets of
// 1, 2, 3-4, 5-9, 10-24 and 25 or more paths. What a rule says is the surer the more paths say it, and by how much differs
// from rule to rule.
struct rule_counts {
  static constexpr std::size_t buckets = 6;

  std::array<std::uint32_t, buckets> predicted{};  // pairs (x, y) that the body joins
  std::array<std::uint32_t, buckets> support{};    // those of them that are facts

  [[nodiscard]] static constexpr std::size_t bucket_of(std::uint32_t paths) noexcept {
    return paths < 3 ? paths - 1 : paths < 5 ? 2 : paths < 10 ? 3 : paths < 25 ? 4 : 5;
  }
  [[nodiscard]] std::uint64_t all_predicted() const noexcept { return sum(predicted); }
  [[nodiscard]] std::uint64_t all_support() const noexcept { return sum(support); }

  friend bool operator==(rule_counts const&, rule_counts const&) = default;

private:
  [[nodiscard]] static std::uint64_t sum(std::array<std::uint32_t, buckets> const& count) noexcept {
    std::uint64_t total = 0;
    for (std::uint32_t const c : count) total += c;
    return total;
  }
};

// head(x, y) <- body: where the steps of the body lead from x to y, x is likely to be related to y by the head as well.
//
// "Buys what a friend buys": head = along(buys), body = along(friend), along(buys). All nodes on the way differ from each
// other (object identity): otherwise most of what a path finds is where it began.
struct path_rule {
  static constexpr std::size_t longest = 4;

  step_id head{};
  std::uint32_t length = 0;
  std::array<step_id, longest> body{};
  rule_counts counts{};

  static void fields(auto& self, auto& visit) {
    visit("head", self.head);
    visit("length", self.length);
    visit("body", self.body);
    visit("predicted", self.counts.predicted);
    visit("support", self.counts.support);
  }

  // The same rule told from the other end: the head against its direction, the body walked backwards.
  [[nodiscard]] path_rule from_the_end() const noexcept {
    path_rule other{reversed(head), length, {}, counts};
    for (std::size_t k = 0; k != length; ++k) other.body[k] = reversed(body[length - 1 - k]);
    return other;
  }

  // As if it had been wrong five times more: what rules are compared by while they are looked for.
  [[nodiscard]] double sureness() const noexcept {
    return static_cast<double>(counts.all_support()) / (static_cast<double>(counts.all_predicted()) + 5);
  }
  // Whether it has more steps than all bodies are counted of: it was found by sampling.
  [[nodiscard]] bool is_long() const noexcept { return length > 2; }

  // By head; long ones behind the others; then by body as a text is ordered by its letters: rules that begin alike are
  // neighbors.
  [[nodiscard]] std::strong_ordering order(path_rule const& other) const noexcept {
    if (auto const by_head = head <=> other.head; by_head != 0) return by_head;
    if (auto const by_length = is_long() <=> other.is_long(); by_length != 0) return by_length;
    for (std::size_t k = 0; k != length && k != other.length; ++k)
      if (auto const by_step = body[k] <=> other.body[k]; by_step != 0) return by_step;
    return length <=> other.length;
  }

  friend bool operator==(path_rule const&, path_rule const&) = default;
};

KINDRED_END
