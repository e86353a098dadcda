// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/update_rows.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/met_users.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_scales.hpp>
#include <kindred/solve/shared_parts.hpp>
#include <kindred/solve/step_sum.hpp>
#include <kindred/solve/user_batches.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Adds what a user shares to their vector.
template <real T>
void add_parts(shared_parts<T> const& parts, buffer<T> const& shared, index_t u, T* x, std::size_t stride) noexcept {
  parts.each(u, [&](index_t row, T share) { kernel::axpy(share, shared.data() + row * stride, x, stride); });
}
// The same for all users who are known.
template <real T, executor E>
void add_shared(E& ex, shared_parts<T> const& parts, buffer<T> const& shared, factor_model<T>& model) {
  for_chunks(ex, model.users().rows(), 64, [&](std::size_t first, std::size_t last) {
    for (std::size_t u = first; u != last; ++u) {
      user_id const user{static_cast<index_t>(u)};
      if (model.knows(user))
        add_parts(parts, shared, to_index(user), model.of(user).vector.data(), model.users().stride());
    }
  });
}

// Training of models in which the vector of a user is a sum,
//
//   x(u) = p(u) + sum over parts (z, c) of u  c z,      prediction(u, i) = biases(u, i) + <x(u), q(i)>,
//
// by stochastic gradient descent over user_batches: with g(u) = sum over the ratings of u of  w slope q(i),
//
//   p(u) -= rate w slope q(i)    q(i) -= rate w slope x(u)    once a rating,
//   z    -= rate c g(u)                                       once a user, which is what makes it cheap,
//
// each followed by the proximal step of its regularizer. The sum over parts is kept while a user is walked through. Costs a
// rating 12 x factors flops, a part 6 x factors. Biases is the scheme of all other terms: of(u, entry), and move_user and
// move_item, which take u, the entry, the pull (rate x w x slope) and the rate. In move_user what belongs to u moves, while items are
// held fixed; in move_item what belongs to the item, while users are.
template <real T, class Loss, class Regularizer>
class composed_users {
public:
  using entry = typename user_batches<T>::entry;

  // `own` says whether users have a p at all. The vectors of the model are p and q, `shared` the z.
  composed_users(ratings<T> const& data, shared_parts<T> parts, factor_model<T>& model, buffer<T>& shared, bool own,
                 Loss loss, Regularizer vector, std::uint64_t seed)
      : parts_(std::move(parts)),
        batches_(data, seed),
        met_(batches_, parts_),
        model_(model),
        own_(own),
        loss_(loss),
        vector_(vector),
        stride_(model.users().stride()),
        shared_(shared),
        whole_(user_batches<T>::users_at_a_time * stride_),
        pulled_(user_batches<T>::users_at_a_time * stride_),
        pull_(met_.most()),
        user_scale_(vector, data.user_count(), [&](index_t u) { return data.of(user_id{u}).size(); }),
        item_scale_(vector, data.item_count(), [&](index_t i) { return data.of(item_id{i}).size(); }) {}
  composed_users(composed_users const&) = delete;  // parts refer to one another
  composed_users& operator=(composed_users const&) = delete;

  // One epoch; returns the mean loss of the ratings as they were met. Throws error{numeric} when it is not finite, naming the rating at
  // which that was first seen.
  template <executor E, class Biases>
  double pass(E& ex, std::uint32_t epoch, T rate, Biases& biases) {
    double sum = 0;
    for (std::size_t b = 0; b != batches_.count(); ++b) {
      std::size_t const users = batches_.users(b).size();
      auto const [lost, wrong] = reduce_chunks<step_sum>(ex, users, 4, [&](std::size_t first, std::size_t last) {
        step_sum part;
        for (std::size_t k = first; k != last; ++k) {
          met_.meet(b, k);
          part = part + walk(k, rate, biases);
        }
        return part;
      });
      if (wrong != step_sum::none) raise_diverged_at(epoch + 1, wrong);
      sum += lost;
      ex.bulk(user_batches<T>::ranges, [&](std::size_t g) {
        for (std::size_t k = 0; k != users; ++k) move_items(k, g, rate, biases);
        for (std::size_t k = 0; k != users; ++k) move_shared(k, g, rate);
      });
    }
    double const mean = batches_.size() == 0 ? 0 : sum / batches_.total_weight();
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

private:
  // At the rating of that number in the order in which the batch met them.
  [[noreturn]] void raise_diverged_at(std::uint32_t epoch, std::size_t number) const {
    met_user<T> const& met = met_.who_met(number);
    raise_diverged(epoch, met.user, met.rated[met.order[number - met.before]].item);
  }

  template <class Biases>
  step_sum walk(std::size_t place, T rate, Biases& biases) noexcept {
    met_user<T> const& met = met_[place];
    index_t const u = met.user;
    T* const p = model_.of(user_id{u}).vector.data();
    T* const x = whole_.data() + place * stride_;
    T* const g = pulled_.data() + place * stride_;
    for (std::size_t k = 0; k != stride_; ++k) {
      x[k] = p[k];
      g[k] = 0;
    }
    add_parts(parts_, shared_, u, x, stride_);
    T const shrinking = rate * user_scale_(u);
    auto const learn = [&](std::size_t number) {
      index_t const r = met.order[number - met.before];
      entry const seen = met.rated[r];
      T const* const q = std::as_const(model_).items().row(seen.item).data();
      T const prediction = biases.of(u, seen) + kernel::dot(x, q, stride_);
      T const f = rate * seen.weight * loss_.slope(prediction, seen.value);
      auto const lost = static_cast<double>(seen.weight * loss_.value(prediction, seen.value));
      biases.move_user(u, seen, f, rate);
      pull_[met.before + r] = f;
      if (own_) {
        auto const move = [&]<class V>(V from, V own, V whole, V pulled)
          requires shrinks<Regularizer, V, T>
        {
          V const step = V(f) * from;
          V const next = vector_.shrink(V(own - step), shrinking);
          return std::array<V, 3>{next, V(whole + next - own), V(pulled + step)};
        };
        kernel::update_rows(stride_, move, q, p, x, g);
      } else {
        kernel::axpy(f, q, g, stride_);
      }
      return lost;
    };
    return take_steps(met.before, met.before + met.rated.size(), learn);
  }

  template <class Biases>
  void move_items(std::size_t place, std::size_t range, T rate, Biases& biases) noexcept {
    met_user<T> const& met = met_[place];
    for (std::size_t r = met.of_items[range]; r != met.of_items[range + 1]; ++r) {
      entry const seen = met.rated[r];
      T const pull = pull_[met.before + r];
      biases.move_item(met.user, seen, pull, rate);
      descend(whole_.data() + place * stride_, model_.of(item_id{seen.item}).vector.data(), pull,
              rate * item_scale_(seen.item));
    }
  }

  void move_shared(std::size_t place, std::size_t range, T rate) noexcept {
    met_user<T> const& met = met_[place];
    auto const move = [&](index_t row, T share) {
      descend(pulled_.data() + place * stride_, shared_.data() + row * stride_, share, rate);
    };
    if (parts_.rated != nullptr)
      for (std::size_t r = met.of_items[range]; r != met.of_items[range + 1]; ++r)
        move(met.rated.items()[r], parts_.rated_share[met.user]);
    for (std::size_t k = met.of_told[range]; k != met.of_told[range + 1]; ++k) move(parts_.row[k], parts_.share[k]);
  }

  void descend(T const* source, T* row, T pull, T shrinking) const noexcept {
    auto const move = [&]<class V>(V from, V to)
      requires shrinks<Regularizer, V, T>
    { return std::array<V, 1>{vector_.shrink(V(to - V(pull) * from), shrinking)}; };
    kernel::update_rows(stride_, move, source, row);
  }

  shared_parts<T> parts_;
  user_batches<T> batches_;
  met_users<T> met_;
  factor_model<T>& model_;
  bool own_;
  Loss loss_;
  Regularizer vector_;
  std::size_t stride_;
  buffer<T>& shared_;
  buffer<T> whole_;
  buffer<T> pulled_;
  std::vector<T> pull_;  // of each rating of the batch, user by user and along the row
  row_scales<T> user_scale_;
  row_scales<T> item_scale_;
};

}  // namespace detail

KINDRED_END
