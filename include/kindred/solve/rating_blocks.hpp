// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The ratings of some users cut into a grid of user groups x item groups, in random order within a block: what strata learns from at a time.
// Of users and items a rating keeps which members of their groups they are, the user in the higher bits of 32.
template <real T>
class rating_blocks {
public:
  // Where an item is.
  struct item_place {
    std::uint32_t group;
    std::uint32_t number;  // in the group
  };
  // Which users, group by group.
  struct user_groups {
    std::span<index_t const> member;     // of all of them
    std::span<std::size_t const> begin;  // of every group, in `member`, and where the last ends
  };

  // Block (g, h) is put in the order of stream g x groups + h of the seed. O(ratings), a group of users a task, which writes to a piece of
  // its own. Lies in `room`, if that is a scratch.
  template <executor E>
  void fill(E& ex, ratings<T> const& data, user_groups const& users, std::span<item_place const> items, unsigned shift,
            std::uint64_t seed, scratch const* room) {
    groups_ = users.begin.size() - 1;
    std::vector<std::size_t> first(groups_ + 1, 0);
    for (std::size_t g = 0; g != groups_; ++g) {
      first[g + 1] = first[g];
      for (std::size_t m = users.begin[g]; m != users.begin[g + 1]; ++m)
        first[g + 1] += data.of(user_id{users.member[m]}).size();
    }
    auto const grow = [&]<class V>(buffer<V>& all) {
      if (all.size() < first.back()) all = room_in<V>(room, first.back());
    };
    grow(pair_);
    grow(value_);
    if (data.weighted()) grow(weight_);
    begin_.resize(groups_ * groups_ + 1);
    begin_.back() = first.back();
    ex.bulk(groups_, [&](std::size_t g) {
      auto const each = [&](auto const& visit) {
        for (std::size_t m = users.begin[g]; m != users.begin[g + 1]; ++m)
          visit(static_cast<std::uint32_t>(m - users.begin[g]), user_id{users.member[m]});
      };
      std::vector<std::size_t> next(groups_ + 1, 0);
      each([&](std::uint32_t, user_id u) {
        for (index_t const i : data.of(u).index) ++next[items[i].group + 1];
      });
      next[0] = first[g];
      for (std::size_t h = 0; h != groups_; ++h) next[h + 1] += next[h];
      for (std::size_t h = 0; h != groups_; ++h) begin_[g * groups_ + h] = next[h];
      each([&](std::uint32_t number, user_id u) {
        auto const row = data.of(u);
        auto const weight = data.weights(u);
        for (std::size_t k = 0; k != row.size(); ++k) {
          item_place const& i = items[row.index[k]];
          std::size_t const at = next[i.group]++;
          pair_[at] = (number << shift) | i.number;
          value_[at] = row.value[k];
          if (!weight.empty()) weight_[at] = weight[k];
        }
      });
      for (std::size_t h = 0, from = first[g]; h != groups_; from = next[h++])
        put_in_order(from, next[h], random_stream(seed, g * groups_ + h));
    });
  }

  [[nodiscard]] std::size_t begin(std::size_t g, std::size_t h) const noexcept { return begin_[g * groups_ + h]; }
  [[nodiscard]] std::size_t end(std::size_t g, std::size_t h) const noexcept { return begin_[g * groups_ + h + 1]; }

  // Of the k-th rating, block by block.
  [[nodiscard]] std::uint32_t pair(std::size_t k) const noexcept { return pair_[k]; }
  [[nodiscard]] T value(std::size_t k) const noexcept { return value_[k]; }
  [[nodiscard]] T weight(std::size_t k) const noexcept { return weight_.empty() ? T{1} : weight_[k]; }

private:
  void put_in_order(std::size_t first, std::size_t last, random_stream random) noexcept {
    auto const part = [&](auto& all) { return all.empty() ? all.span() : all.span().subspan(first, last - first); };
    shuffle(random, part(pair_), part(value_), part(weight_));
  }

  std::size_t groups_ = 0;
  std::vector<std::size_t> begin_;
  buffer<std::uint32_t> pair_;
  buffer<T> value_, weight_;
};

}  // namespace detail

KINDRED_END
