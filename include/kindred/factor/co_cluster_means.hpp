// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/co_cluster_model.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/csr_view.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

struct weighted_sum {
  double sum = 0;
  double weight = 0;

  void add(double value, double w) noexcept {
    sum += w * value;
    weight += w;
  }
  void add(weighted_sum const& other) noexcept {
    sum += other.sum;
    weight += other.weight;
  }
  [[nodiscard]] double mean(double where_none) const noexcept { return weight > 0 ? sum / weight : where_none; }
};

// One sum for each pair of a user group and an item group.
struct block_sums {
  std::vector<weighted_sum> block;

  block_sums operator+(block_sums const& other) const {
    block_sums out = *this;
    for (std::size_t k = 0; k != block.size(); ++k) out.block[k].add(other.block[k]);
    return out;
  }
};

// The means by which co_clustering moves rows and predicts: of users, of items, of their groups and of pairs of groups.
// Rows are numbered by `users` and `items`, which hold the group of each.
class co_cluster_means {
public:
  template <real T, executor E>
  co_cluster_means(ratings<T> const& data, E& ex, std::span<index_t const> users, std::span<index_t const> items,
                   index_t user_groups, index_t item_groups, double damping)
      : user_groups_(user_groups),
        item_groups_(item_groups),
        mean_(static_cast<double>(mean_of(data))),
        users_(own_means<user_id>(data, damping)),
        items_(own_means<item_id>(data, damping)),
        block_(std::size_t{user_groups} * item_groups),
        of_user_group_(user_groups),
        of_item_group_(item_groups) {
    update(data, ex, users, items);
  }

  // Takes the means of groups anew. A pair of groups that share no rating is given what its two groups say.
  template <real T, executor E>
  void update(ratings<T> const& data, E& ex, std::span<index_t const> users, std::span<index_t const> items) {
    auto const sums = reduce_chunks<block_sums>(ex, users.size(), 1024, [&](std::size_t first, std::size_t last) {
      block_sums part{std::vector<weighted_sum>(block_.size())};
      for (std::size_t u = first; u != last; ++u)
        each_rating(data, user_id{static_cast<index_t>(u)}, [&](index_t i, double value, double weight) {
          part.block[at(users[u], items[i])].add(value, weight);
        });
      return part;
    });
    std::vector<weighted_sum> rows(user_groups_), columns(item_groups_);
    if (!sums.block.empty())
      for (index_t g = 0; g != user_groups_; ++g)
        for (index_t h = 0; h != item_groups_; ++h) {
          rows[g].add(sums.block[at(g, h)]);
          columns[h].add(sums.block[at(g, h)]);
        }
    for (index_t g = 0; g != user_groups_; ++g) of_user_group_[g] = rows[g].mean(mean_);
    for (index_t h = 0; h != item_groups_; ++h) of_item_group_[h] = columns[h].mean(mean_);
    for (index_t g = 0; g != user_groups_; ++g)
      for (index_t h = 0; h != item_groups_; ++h) {
        double const expected = of_user_group_[g] + of_item_group_[h] - mean_;
        block_[at(g, h)] = sums.block.empty() ? expected : sums.block[at(g, h)].mean(expected);
      }
  }

  // The sum of squared errors of the predictions.
  template <real T, executor E>
  [[nodiscard]] double error(ratings<T> const& data, E& ex, std::span<index_t const> users,
                             std::span<index_t const> items) const {
    return reduce_chunks<double>(ex, users.size(), 256, [&](std::size_t first, std::size_t last) {
      double sum = 0;
      for (std::size_t u = first; u != last; ++u)
        each_rating(data, user_id{static_cast<index_t>(u)}, [&](index_t i, double value, double weight) {
          double const off = value - block_[at(users[u], items[i])] - users_[u].offset(of_user_group_[users[u]]) -
                             items_[i].offset(of_item_group_[items[i]]);
          sum += weight * off * off;
        });
      return sum;
    });
  }

  // The group in which a row, a user or an item, has the smallest squared error; `now` when none is better. `columns` are the
  // groups of the other side; `by_group` is scratch.
  //
  // What a rating is off by is d - c, where d does not depend on the group of the row and c, what the group adds, not on the
  // column but on its group: sums by group of columns are all that is needed of the row.
  template <real T, entity_id Row>
  [[nodiscard]] index_t best_group(ratings<T> const& data, Row row, index_t now, std::span<index_t const> columns,
                                   std::vector<weighted_sum>& by_group) const {
    constexpr bool users = std::same_as<Row, user_id>;
    own_mean const& own = (users ? users_ : items_)[to_index(row)];
    auto const& column_own = users ? items_ : users_;
    auto const& of_row_group = users ? of_user_group_ : of_item_group_;
    auto const& of_column_group = users ? of_item_group_ : of_user_group_;
    by_group.assign(of_column_group.size(), {});
    each_rating(data, row, [&](index_t c, double value, double weight) {
      by_group[columns[c]].add(value - own.offset(0) - column_own[c].offset(of_column_group[columns[c]]), weight);
    });
    auto const error_in = [&](std::size_t g) {  // less a number that is the same for all groups
      double sum = 0;
      for (std::size_t h = 0; h != by_group.size(); ++h) {
        double const added = (users ? block_[at(g, h)] : block_[at(h, g)]) - own.trust * of_row_group[g];
        sum += added * (by_group[h].weight * added - 2 * by_group[h].sum);
      }
      return sum;
    };
    index_t best = now;
    double least = error_in(now);
    for (std::size_t g = 0; g != of_row_group.size(); ++g)
      if (double const e = error_in(g); e < least) {
        least = e;
        best = static_cast<index_t>(g);
      }
    return best;
  }

  // The trained model; nothing when a number in it is beyond T.
  template <real T>
  [[nodiscard]] std::optional<co_cluster_model<T>> model(std::vector<index_t> users, std::vector<index_t> items) const {
    auto const offsets = [](auto const& group, auto const& own, auto const& of_group) {
      std::vector<T> out(group.size(), T{0});
      for (std::size_t k = 0; k != group.size(); ++k)
        if (group[k] < of_group.size()) out[k] = static_cast<T>(own[k].offset(of_group[group[k]]));
      return out;
    };
    auto user_offset = offsets(users, users_, of_user_group_);
    auto item_offset = offsets(items, items_, of_item_group_);
    std::vector<T> table;
    for (index_t g = 0; g <= user_groups_; ++g)
      for (index_t h = 0; h <= item_groups_; ++h)
        table.push_back(static_cast<T>(g == user_groups_   ? h == item_groups_ ? mean_ : of_item_group_[h]
                                         : h == item_groups_ ? of_user_group_[g]
                                                           : block_[at(g, h)]));
    double const reach = largest_magnitude(std::span<T const>(table)) +
                         largest_magnitude(std::span<T const>(user_offset)) +
                         largest_magnitude(std::span<T const>(item_offset));
    if (!is_finite(static_cast<T>(reach))) return {};
    return co_cluster_model<T>({user_groups_, std::move(users), std::move(user_offset)},
                               {item_groups_, std::move(items), std::move(item_offset)}, std::move(table));
  }

  // The user, and the item, whose mean is the largest in magnitude.
  [[nodiscard]] index_t largest_user() const noexcept { return largest_mean(users_); }
  [[nodiscard]] index_t largest_item() const noexcept { return largest_mean(items_); }

private:
  // The mean of one row's ratings, and how far it is believed: n / (n + damping) for n of them.
  struct own_mean {
    double mean = 0;
    double trust = 0;
    [[nodiscard]] double offset(double of_group) const noexcept { return trust * (mean - of_group); }
  };

  [[nodiscard]] static index_t largest_mean(std::vector<own_mean> const& of) noexcept {
    return largest_of(static_cast<index_t>(of.size()), [&](index_t k) { return std::abs(of[k].mean); });
  }

  template <entity_id Row, real T>
  [[nodiscard]] static std::vector<own_mean> own_means(ratings<T> const& data, double damping) {
    std::vector<own_mean> own(std::same_as<Row, user_id> ? data.user_count() : data.item_count());
    for (index_t r = 0; r != own.size(); ++r) {
      weighted_sum all;
      each_rating(data, Row{r}, [&](index_t, double value, double weight) { all.add(value, weight); });
      if (all.weight > 0) own[r] = {all.sum / all.weight, all.weight / (all.weight + damping)};
    }
    return own;
  }

  // visit(column, value, weight) for the ratings of one row.
  template <real T, entity_id Row, class Visit>
  static void each_rating(ratings<T> const& data, Row row, Visit const& visit) {
    auto const seen = data.of(row);
    auto const weight = data.weights(row);
    for (std::size_t k = 0; k != seen.size(); ++k)
      visit(seen.index[k], static_cast<double>(seen.value[k]), weight.empty() ? 1.0 : static_cast<double>(weight[k]));
  }

  [[nodiscard]] std::size_t at(std::size_t user_group, std::size_t item_group) const noexcept {
    return user_group * item_groups_ + item_group;
  }

  index_t user_groups_;
  index_t item_groups_;
  double mean_;
  std::vector<own_mean> users_;
  std::vector<own_mean> items_;
  std::vector<double> block_;
  std::vector<double> of_user_group_;
  std::vector<double> of_item_group_;
};

}  // namespace detail

KINDRED_END
