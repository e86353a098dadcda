// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/neighbor/touched_cells.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/product_sum.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// For each row the second factor of a scaled_product, in the order of the cells, as small numbers; zeros up to a whole number of
// groups. Empty where factors are so large or small that products of them could leave the range of float.
template <scaled_product S>
[[nodiscard]] std::vector<float> sieve_factors(S const& how, std::vector<row_facts_t<S>> const& facts) {
  auto const fits = [](double x) { return x == 0 || (x > 1e-15 && x < 1e15); };
  std::vector<float> factor;
  factor.reserve(padded_cells(facts.size()));
  for (auto const& one : facts) {
    if (!fits(how.first(one)) || !fits(how.second(one))) return {};
    factor.push_back(static_cast<float>(how.second(one)));
  }
  factor.resize(padded_cells(facts.size()));
  return factor;
}

// Which of many cells may hold one of the `keep` largest products cell * factor: all that are, and few others.
//
// Products are rounded to float here, and nothing is lost by it: the least that passes is lowered by more than rounding can
// cost, and what passes is finished in double. So most pairs cost one multiplication, sixteen at a time.
class product_sieve {
public:
  product_sieve(std::size_t keep, std::uint32_t min_shared, std::size_t places)
      : keep_(keep), min_shared_(min_shared), key_(padded_cells(places) + cell_group) {
    clear();
  }

  // The cells at these places. Those that are not above zero, or share too few columns, never pass.
  template <class Cell>
  void add(std::span<index_t const> places, Cell const* cell, float const* factor) noexcept {
    for (std::size_t at = 0; at != places.size();) {
      std::size_t const end = (std::min)(places.size(), at + cell_group);
      std::size_t n = count_;
      for (; at != end; ++at) n = keep(n, cell[places[at]], factor, places[at]);
      count_ = n;
      if (n >= next_cut_) cut();
    }
  }

  // All cells, group by group.
  template <class Cell>
  void add(std::span<Cell const> cell, float const* factor) noexcept {
    for (std::size_t at = 0; at != cell.size(); at += cell_group) {
      if (least_ > 0 && !any_reaches(cell.data() + at, factor + at, least_)) continue;
      std::size_t n = count_;
      for (std::size_t k = at; k != at + cell_group; ++k) n = keep(n, cell[k], factor, k);
      count_ = n;
      if (n >= next_cut_) cut();
    }
  }

  // Calls visit(place) for all that passed, and starts anew.
  template <class Visit>
  void drain(Visit const& visit) {
    if (count_ > keep_) cut();
    for (std::size_t k = 0; k != count_; ++k) visit(static_cast<std::size_t>(key_[k] & 0xffff'ffffu));
    clear();
  }

private:
  // A number that orders like v, which is not negative, with the place below it.
  [[nodiscard]] static std::uint64_t pack(float v, std::size_t place) noexcept {
    return std::uint64_t{std::bit_cast<std::uint32_t>(v)} << 32 | place;
  }
  [[nodiscard]] static float value_of(std::uint64_t key) noexcept {
    return std::bit_cast<float>(static_cast<std::uint32_t>(key >> 32));
  }

  // Written always, kept sometimes: no branch to guess wrong.
  template <class Cell>
  [[nodiscard]] std::size_t keep(std::size_t n, Cell const& cell, float const* factor, std::size_t place) noexcept {
    auto const product = cell.product();
    float const v = static_cast<float>(product) * factor[place];
    key_[n] = pack(v, place);
    unsigned passes = unsigned{product > 0} & unsigned{v >= least_};
    if constexpr (requires { cell.count(); }) passes &= unsigned{cell.count() >= min_shared_};
    return n + passes;
  }

  template <class Cell>
  [[nodiscard]] static bool any_reaches(Cell const* cell, float const* factor, float least) noexcept {
    int hit = 0;  // compilers make vectors of this
    for (std::size_t k = 0; k != cell_group; ++k)
      hit |= static_cast<float>(cell[k].product()) * factor[k] >= least ? 1 : 0;
    return hit != 0;
  }

  void cut() noexcept {
    auto const begin = key_.begin();
    std::nth_element(begin, begin + static_cast<std::ptrdiff_t>(keep_ - 1), begin + static_cast<std::ptrdiff_t>(count_),
                     [](std::uint64_t a, std::uint64_t b) { return a > b; });
    least_ = value_of(key_[keep_ - 1]) * 0.999999f;
    if (least_ < 1e-30f) least_ = 0;  // too near the end of the range for a margin that is a part of it
    std::size_t n = keep_;
    for (std::size_t k = keep_; k != count_; ++k) {
      key_[n] = key_[k];
      n += value_of(key_[k]) >= least_ ? 1u : 0u;
    }
    count_ = n;
    next_cut_ = (std::max)(n + n / 2, 4 * keep_);
  }

  void clear() noexcept {
    count_ = 0;
    least_ = 0;
    next_cut_ = 4 * keep_;
  }

  std::size_t keep_;
  std::uint32_t min_shared_;
  std::size_t count_ = 0;
  std::size_t next_cut_ = 0;
  float least_ = 0;  // what passes; zero while there is room for all
  std::vector<std::uint64_t> key_;
};

}  // namespace detail

KINDRED_END
