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
  for (std::size_t k = parts.begin[u]; k != parts.begin[u + 1]; ++k)
    kernel::axpy(parts.share[k], shared.data() + parts.row[k] * stride, x, stride);
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
        batches_(data, parts_, seed),
        model_(model),
        own_(own),
        loss_(loss),
        vector_(vector),
        stride_(model.users().stride()),
        shared_(shared),
        whole_(user_batches<T>::users_at_a_time * stride_),
        pulled_(user_batches<T>::users_at_a_time * stride_),
        met_(user_batches<T>::users_at_a_time),
        before_(user_batches<T>::users_at_a_time),
        user_scale_(vector, data.user_count(), [&](index_t u) { return data.of(user_id{u}).size(); }),
        item_scale_(vector, data.item_count(), [&](index_t i) { return data.of(item_id{i}).size(); }) {
    std::size_t most = 0;
    for (std::size_t b = 0; b != batches_.count(); ++b) {
      std::size_t const size = batches_.entries_before(b, batches_.users(b).size());
      if (size > most) most = size;
    }
    pull_.resize(most);
  }

  // One epoch; returns the mean loss of the ratings as they were met. Throws error{numeric} when it is not finite, naming the rating at
  // which that was first seen.
  template <executor E, class Biases>
  double pass(E& ex, std::uint32_t epoch, T rate, Biases& biases) {
    double sum = 0;
    for (std::size_t b = 0; b != batches_.count(); ++b) {
      auto const users = batches_.users(b);
      auto const [met, wrong] = reduce_chunks<step_sum>(ex, users.size(), 4, [&](std::size_t first, std::size_t last) {
        step_sum part;
        for (std::size_t k = first; k != last; ++k) part = part + walk(b, k, users[k], rate, biases);
        return part;
      });
      if (wrong != step_sum::none) raise_diverged_at(epoch + 1, b, wrong);
      sum += met;
      ex.bulk(user_batches<T>::groups, [&](std::size_t g) {
        move_items(b, g, rate, biases);
        move_shared(b, g, rate);
      });
    }
    double const mean = batches_.size() == 0 ? 0 : sum / batches_.total_weight();
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

private:
  // At the rating of that number in a batch.
  [[noreturn]] void raise_diverged_at(std::uint32_t epoch, std::size_t batch, std::size_t number) const {
    std::size_t place = 0;
    while (batches_.entries_before(batch, place + 1) <= number) ++place;
    raise_diverged(epoch, batches_.users(batch)[place],
                   batches_.entries(batch, place)[number - batches_.entries_before(batch, place)].item);
  }

  template <class Biases>
  step_sum walk(std::size_t batch, std::size_t place, index_t u, T rate, Biases& biases) noexcept {
    T* const p = model_.of(user_id{u}).vector.data();
    T* const x = whole_.data() + place * stride_;
    T* const g = pulled_.data() + place * stride_;
    for (std::size_t k = 0; k != stride_; ++k) {
      x[k] = p[k];
      g[k] = 0;
    }
    add_parts(parts_, shared_, u, x, stride_);
    T const shrinking = rate * user_scale_(u);
    std::size_t const before = before_[place] = batches_.entries_before(batch, place);
    auto const met = met_[place] = batches_.entries(batch, place);
    auto const learn = [&](std::size_t number) {
      entry const seen = met[number - before];
      T const* const q = std::as_const(model_).items().row(seen.item).data();
      T const prediction = biases.of(u, seen) + kernel::dot(x, q, stride_);
      T const f = rate * seen.weight * loss_.slope(prediction, seen.value);
      auto const lost = static_cast<double>(seen.weight * loss_.value(prediction, seen.value));
      biases.move_user(u, seen, f, rate);
      pull_[number] = f;
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
    return take_steps(before, before + met.size(), learn);
  }

  template <class Biases>
  void move_items(std::size_t batch, std::size_t group, T rate, Biases& biases) noexcept {
    auto const users = batches_.users(batch);
    batches_.each_item_use(batch, group, [&](auto const& use) {
      entry seen = met_[use.user][use.from];
      seen.item = use.row;  // the same, and at hand
      T const pull = pull_[before_[use.user] + use.from];
      biases.move_item(users[use.user], seen, pull, rate);
      descend(whole_.data() + use.user * stride_, model_.of(item_id{use.row}).vector.data(), pull,
              rate * item_scale_(use.row));
    });
  }

  void move_shared(std::size_t batch, std::size_t group, T rate) noexcept {
    auto const users = batches_.users(batch);
    batches_.each_shared_use(batch, group, [&](auto const& use) {
      std::size_t const part = parts_.begin[users[use.user]] + use.from;
      descend(pulled_.data() + use.user * stride_, shared_.data() + use.row * stride_, parts_.share[part], rate);
    });
  }

  void descend(T const* source, T* row, T pull, T shrinking) const noexcept {
    auto const move = [&]<class V>(V from, V to)
      requires shrinks<Regularizer, V, T>
    { return std::array<V, 1>{vector_.shrink(V(to - V(pull) * from), shrinking)}; };
    kernel::update_rows(stride_, move, source, row);
  }

  shared_parts<T> parts_;
  user_batches<T> batches_;
  factor_model<T>& model_;
  bool own_;
  Loss loss_;
  Regularizer vector_;
  std::size_t stride_;
  buffer<T>& shared_;
  buffer<T> whole_;
  buffer<T> pulled_;
  // Of the batch that is learned from: what its users met, how many before them, and the pull of each rating.
  std::vector<typename user_batches<T>::met_ratings> met_;
  std::vector<std::size_t> before_;
  std::vector<T> pull_;
  row_scales<T> user_scale_;
  row_scales<T> item_scale_;
};

}  // namespace detail

KINDRED_END
