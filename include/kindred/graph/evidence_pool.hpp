// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/storable.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// Where a confidence comes from: a path rule of one or two steps; a rule with constants by what the asked node is related to; one
// by who shares its answers; a path rule of three or four steps.
enum class rule_family : std::uint8_t { path, own_facts, alike_answers, long_path };

// How the confidences of all rules that speak for an answer become one number.
//
// add(state, c, family) hears one more confidence in [0, 1); value(state) is what was heard so far, in [0, 1], larger is surer.
// The value may not depend on the order in which confidences come: nobody promises one.
template <class P>
concept evidence_pool = std::copyable<P> && std::default_initializable<typename P::state> &&
                        requires(P const& p, typename P::state& s, typename P::state const& heard, float c) {
                          { p.add(s, c, rule_family::path) } noexcept -> std::same_as<void>;
                          { p.value(heard) } noexcept -> std::same_as<double>;
                        };

namespace detail {

// The largest few numbers that came, descending.
template <std::size_t Count>
struct largest_few {
  static_assert(Count != 0, "evidence pool: one confidence at least is kept of a family");

  std::array<float, Count> value;
  std::uint32_t count = 0;

  void add(float c) noexcept {
    std::size_t at = count;
    if (count == Count) {
      if (!(c > value[Count - 1])) return;
      --at;
    } else {
      ++count;
    }
    for (; at != 0 && value[at - 1] < c; --at) value[at] = value[at - 1];
    value[at] = c;
  }
};

}  // namespace detail

// 1 - prod (1 - c) over the `Count` surest rules: rules that say the same for the same reason would count twice and thrice, and
// the surest few are seldom all of that kind (Ott et al., SAFRAN, 2021; Betz et al., PyClause, 2024).
template <std::size_t Count>
struct noisy_or_top {
  using state = detail::largest_few<Count>;

  static constexpr stored_format format{"noisy_or_top", 1};
  static void fields(auto&, auto& visit) {
    visit.through(
        "rules", [] { return std::uint64_t{Count}; },
        [](auto read) { check_stored(read == Count, "noisy_or_top: as many rules as the type says"); });
  }

  void add(state& s, float c, rule_family) const noexcept { s.add(c); }
  [[nodiscard]] double value(state const& s) const noexcept {
    double wrong = 1;
    for (std::size_t k = 0; k != s.count; ++k) wrong *= 1 - static_cast<double>(s.value[k]);
    return 1 - wrong;
  }
};

// 1 - prod (1 - c) over the surest few rules of each family: rules of one family mostly say the same for the same reason, those of
// another have another. Who shares the answers tells in more ways than what the asked node is related to; longer paths mostly
// wind around the same few facts.
template <std::size_t Path, std::size_t OwnFacts, std::size_t AlikeAnswers, std::size_t LongPath = 1>
struct noisy_or_by_family {
  struct state {
    detail::largest_few<Path> path;
    detail::largest_few<OwnFacts> own_facts;
    detail::largest_few<AlikeAnswers> alike_answers;
    detail::largest_few<LongPath> long_path;
  };

  static constexpr stored_format format{"noisy_or_by_family", 2};
  static void fields(auto&, auto& visit) {
    auto const as_stated = [&](char const* name, std::size_t count) {
      visit.through(
          name, [count] { return std::uint64_t{count}; },
          [count](auto read) {
            check_stored(read == count, "noisy_or_by_family: as many rules of every family as the type says");
          });
    };
    as_stated("path", Path);
    as_stated("own_facts", OwnFacts);
    as_stated("alike_answers", AlikeAnswers);
    if (visit.format() >= 2) as_stated("long_path", LongPath);
  }

  void add(state& s, float c, rule_family from) const noexcept {
    if (from == rule_family::path) s.path.add(c);
    else if (from == rule_family::own_facts) s.own_facts.add(c);
    else if (from == rule_family::alike_answers) s.alike_answers.add(c);
    else s.long_path.add(c);
  }
  [[nodiscard]] double value(state const& s) const noexcept {
    return 1 - wrong(s.path) * wrong(s.own_facts) * wrong(s.alike_answers) * wrong(s.long_path);
  }

private:
  template <std::size_t Count>
  [[nodiscard]] static double wrong(detail::largest_few<Count> const& few) noexcept {
    double all = 1;
    for (std::size_t k = 0; k != few.count; ++k) all *= 1 - static_cast<double>(few.value[k]);
    return all;
  }
};

// The surest rule decides; of equally sure ones the next surest, and the third (Meilicke et al., 2019). Confidences are told
// apart to 2^-17, so that three of them fit one number.
struct max_plus {
  using state = detail::largest_few<3>;

  static constexpr stored_format format{"max_plus", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  void add(state& s, float c, rule_family) const noexcept { s.add(c); }
  [[nodiscard]] double value(state const& s) const noexcept {
    double sum = 0, unit = 1;
    for (std::size_t k = 0; k != s.count; ++k) {
      auto const steps = static_cast<std::uint32_t>(s.value[k] * 0x1p17f);
      sum += steps * 0x1p-17 * unit;
      unit *= 0x1p-17;
    }
    return sum;
  }
};

// 1 - prod (1 - c) over all rules, as if each were an independent witness. They seldom are: for comparison, and for few rules.
// Whole 2^-20 parts of -log2(1 - c) are summed, so that the order of the witnesses changes nothing.
struct noisy_or {
  static constexpr stored_format format{"noisy_or", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  struct state {
    std::uint64_t bits = 0;
  };

  void add(state& s, float c, rule_family) const noexcept {
    double const wrong = 1 - static_cast<double>(c);
    s.bits += static_cast<std::uint64_t>(-std::log2(wrong > 1e-9 ? wrong : 1e-9) * 0x1p20);
  }
  [[nodiscard]] double value(state const& s) const noexcept {
    return 1 - std::exp2(-static_cast<double>(s.bits) * 0x1p-20);
  }
};

KINDRED_END
