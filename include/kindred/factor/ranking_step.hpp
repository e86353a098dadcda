// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/prefetch.hpp>
#include <kindred/kernel/update_rows.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/alias_table.hpp>
#include <kindred/solve/negative_sampler.hpp>
#include <kindred/solve/ranking_loss.hpp>
#include <kindred/solve/ranking_strata.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/seen_marks.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Divides a row by its length; a row of zeros stays.
template <real T>
void to_unit_length(std::span<T> row) noexcept {
  T const squared = kernel::dot(row.data(), row.data(), row.size());
  if (!(squared > 0)) return;
  T const by = T{1} / std::sqrt(squared);
  for (T& x : row) x *= by;
}

// What others are drawn from: the items of a group, and their weights unless they are even.
struct item_pool {
  std::span<index_t const> item;
  alias_table const& table;
};

// How ranking_sgd learns from the choices of a block, one after another.
template <real T, class Loss, class Sampler, class Regularizer>
struct ranking_step {
  static constexpr bool even = requires { requires Sampler::even; };
  static constexpr bool cosines = on_cosines<Loss>;
  static constexpr bool chooses = requires(Sampler const& s) { s.tries(); };
  static constexpr int patience = 32;  // draws for one item that the user did not choose
  // How many choices before its turn a chosen item is fetched into the cache. A user is fetched twice as early, what it has chosen
  // four times, and where that is kept eight times.
  static constexpr std::size_t ahead = 4;
  static constexpr index_t none = ~index_t{0};

  Loss const& loss;
  Sampler const& others;
  Regularizer const& vector;
  Regularizer const& bias;
  ratings<T> const& data;
  seen_marks<T> const& seen;
  index_t catalog;

  void prepare(alias_table& table, std::span<index_t const> pool) const {
    if constexpr (!even) {
      std::vector<double> weight(pool.size());
      for (std::size_t k = 0; k != pool.size(); ++k) {
        double const w = others.weight(item_id{pool[k]}, data.of(item_id{pool[k]}).size());
        weight[k] = is_finite(w) && w > 0 ? w : 0;
      }
      table = alias_table(weight);
    }
  }

  double learn(preference_model<T>& model, typename ranking_strata<T>::block_view const& block, item_pool const& pool,
               random_stream& random, T rate, T bias_rate) const {
    if (block.chosen.empty()) return 0;
    std::size_t const most = loss.negatives();
    std::vector<index_t> drawn(most);
    std::vector<T> number(2 * most + model.of(user_id{0}).vector.size());
    std::span<T> const score = std::span<T>(number).first(most), slope = std::span<T>(number).subspan(most, most),
                       pull = std::span<T>(number).subspan(2 * most);
    // One other a choice is drawn as early as the chosen item is fetched, so that it can be fetched, too.
    bool const early = most == 1 && !chooses;
    std::array<index_t, 2 * ahead> waiting;
    // Each looks up what the one before it fetched. Before the first choice, a number wraps around and is none of the block's.
    auto const fetch_at = [&](std::size_t step) {
      auto const coming = [&](std::size_t steps) { return step - steps * ahead < block.chosen.size(); };
      auto const at = [&](std::size_t steps) { return block.chosen[step - steps * ahead]; };
      if (coming(0)) kernel::prefetch(seen.place_of(at(0).user));
      if (coming(4)) kernel::prefetch(seen.marks_of(at(4).user));
      if (coming(6)) fetch(model.of(user_id{at(6).user}).vector);
      if (!coming(7)) return;
      fetch(model.of(item_id{at(7).item}).vector);
      if (!early) return;
      index_t const other = draw(at(7).user, pool, random);
      waiting[(step - 7 * ahead) % waiting.size()] = other;
      if (other != none) fetch(model.of(item_id{other}).vector);
    };
    double sum = 0;
    for (std::size_t step = 0; step != 8 * ahead; ++step) fetch_at(step);
    for (std::size_t k = 0; k != block.chosen.size(); ++k) {
      auto const now = block.chosen[k];
      fetch_at(k + 8 * ahead);
      index_t const drawn_early = early ? waiting[k % waiting.size()] : none;
      auto const u = model.of(user_id{now.user});
      T const positive = score_of(model, u, now.item);
      std::size_t found = 0;
      for (; found != most; ++found) {
        T best{};
        index_t const item = early ? drawn_early : next(model, now.user, u, pool, random, best);
        if (item == none) break;
        if (early) best = score_of(model, u, item);
        drawn[found] = item;
        score[found] = best;
        if constexpr (requires { loss.enough(positive, best); })
          if (loss.enough(positive, best)) {
            ++found;
            break;
          }
      }
      if (found == 0) continue;  // a user who chose the whole group
      ranking_terms<T> const terms =
          loss.terms(ranking_case<T>{positive, score.first(found), catalog}, slope.first(found));
      T const weight = block.weight.empty() ? T{1} : block.weight[k];
      sum += static_cast<double>(weight * terms.value);
      T const by = rate * weight;
      if (!cosines && found == 1) {
        if (terms.slope == 0 && slope[0] == 0) continue;
        move_pair(model, u.vector, now.item, drawn[0], by * terms.slope, by * slope[0], rate);
        move_bias(model, now.item, bias_rate * weight * terms.slope, bias_rate);
        move_bias(model, drawn[0], bias_rate * weight * slope[0], bias_rate);
        continue;
      }
      bool touched = false;
      auto const touch = [&](index_t item, T s) {
        if (s == 0) return;
        if (!touched)
          for (T& x : pull) x = 0;
        touched = true;
        move_item(model, u.vector, pull, item, by * s, rate);
        move_bias(model, item, bias_rate * weight * s, bias_rate);
      };
      touch(now.item, terms.slope);
      for (std::size_t n = 0; n != found; ++n) touch(drawn[n], slope[n]);
      if (touched) move_user(u.vector, pull, rate);
    }
    return sum;
  }

private:
  using parameters = typename preference_model<T>::parameters;

  [[nodiscard]] T score_of(preference_model<T>& model, parameters const& u, index_t item) const noexcept {
    auto const i = model.of(item_id{item});
    return i.bias + kernel::dot(u.vector.data(), i.vector.data(), u.vector.size());
  }

  static void fetch(std::span<T> row) noexcept { kernel::prefetch(static_cast<T const*>(row.data()), row.size()); }

  // One item that the user did not choose, and its score.
  [[nodiscard]] index_t next(preference_model<T>& model, index_t user, parameters const& u, item_pool const& pool,
                             random_stream& random, T& best) const noexcept {
    if constexpr (chooses) {
      index_t hardest = none;
      for (std::uint32_t t = 0, tries = others.tries(); t != tries; ++t) {
        index_t const item = draw(user, pool, random);
        if (item == none) break;
        T const s = score_of(model, u, item);
        if (hardest != none && !(s > best)) continue;
        hardest = item;
        best = s;
      }
      return hardest;
    } else {
      index_t const item = draw(user, pool, random);
      if (item != none) best = score_of(model, u, item);
      return item;
    }
  }

  [[nodiscard]] index_t draw(index_t user, item_pool const& pool, random_stream& random) const noexcept {
    for (int t = 0; t != patience; ++t) {
      index_t item;
      if constexpr (even) item = pool.item[below(random, static_cast<std::uint32_t>(pool.item.size()))];
      else item = pool.item[pool.table.draw(random())];
      if constexpr (requires { others.allows(user_id{user}, item_id{item}); })
        if (!others.allows(user_id{user}, item_id{item})) continue;
      if (!seen(user, item)) return item;
    }
    return none;
  }

  void move_bias(preference_model<T>& model, index_t item, T by, T rate) const noexcept {
    if constexpr (!cosines) {
      if (rate == 0) return;
      T& b = model.of(item_id{item}).bias;
      b = bias.shrink(b - by, rate);
    }
  }

  // A step for the user, the chosen item and one other at once: what most steps are.
  void move_pair(preference_model<T>& model, std::span<T> p, index_t chosen, index_t other, T up, T down,
                 T rate) const noexcept {
    auto const step = [&]<class V>(V, V user, V liked, V passed) -> std::array<V, 3>
      requires shrinks<Regularizer, V, T>
    {
      return {vector.shrink(V(user - (V(up) * liked + V(down) * passed)), rate),
              vector.shrink(V(liked - V(up) * user), rate), vector.shrink(V(passed - V(down) * user), rate)};
    };
    kernel::update_rows(p.size(), step, static_cast<T const*>(p.data()), p.data(),
                        model.of(item_id{chosen}).vector.data(), model.of(item_id{other}).vector.data());
  }

  // An item's step; what the user's will be is added to `pull`.
  void move_item(preference_model<T>& model, std::span<T> p, std::span<T> pull, index_t item, T by,
                 T rate) const noexcept {
    auto const q = model.of(item_id{item}).vector;
    auto const step = [&]<class V>(V user, V sum, V x) -> std::array<V, 2>
      requires shrinks<Regularizer, V, T>
    { return {V(sum + V(by) * x), vector.shrink(V(x - V(by) * user), rate)}; };
    kernel::update_rows(p.size(), step, static_cast<T const*>(p.data()), pull.data(), q.data());
    if constexpr (cosines) to_unit_length(q);
  }

  void move_user(std::span<T> p, std::span<T> pull, T rate) const noexcept {
    auto const step = [&]<class V>(V sum, V x) -> std::array<V, 1>
      requires shrinks<Regularizer, V, T>
    { return {vector.shrink(V(x - sum), rate)}; };
    kernel::update_rows(p.size(), step, static_cast<T const*>(pull.data()), p.data());
    if constexpr (cosines) to_unit_length(p);
  }
};

}  // namespace detail

KINDRED_END
