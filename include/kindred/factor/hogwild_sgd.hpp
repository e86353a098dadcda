// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/begun_training.hpp>
#include <kindred/factor/check_reach.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/rating_scales.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/sgd_checkpoint.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/update_pairs.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/step_sum.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Numbers that others may write at the same time: each is whole, old or new, and that is all. To the memory model these are no
// data races; the processor is asked for nothing but plain loads and stores.
template <real T>
void load_relaxed(T* shared, T* own, std::size_t n) noexcept {
  for (std::size_t k = 0; k != n; ++k) own[k] = std::atomic_ref<T>(shared[k]).load(std::memory_order_relaxed);
}
template <real T>
void store_relaxed(T const* own, T* shared, std::size_t n) noexcept {
  for (std::size_t k = 0; k != n; ++k) std::atomic_ref<T>(shared[k]).store(own[k], std::memory_order_relaxed);
}

}  // namespace detail

// The objective and the steps of `how`, an sgd, by as many threads at once as there are, without any order among them: each takes a
// rating, reads the two rows, steps, and writes them back, whatever others did to them meanwhile (Niu, Recht, Re and Wright,
// "Hogwild!: a lock-free approach to parallelizing stochastic gradient descent", 2011). Ratings are so sparse that they
// seldom meet.
//
// Not deterministic, which is why it has a name of its own: on several threads every fit gives another model, about as good. On one
// thread, and on every executor that runs tasks in turn, the bits are the same each time. What it is for: data of which some user or
// item has so large a part that the blocks of sgd leave threads idle; else sgd is as fast and repeats its bits.
// Rows are copied for the time of a step, for C++ has no atomic registers, so a step costs more than one of sgd.
//
// The schedule gives one rate for all parameters, not adagrad's or adam's. Observer, report, and errors are those of sgd. Memory:
// 16 bytes a rating for float.
template <class How = sgd<>>
struct hogwild_sgd {
  static constexpr bool deterministic = false;

  How how = {};

  template <real T, executor E, observer O>
    requires recipe<How, ratings<T>> && (!parameter_schedule<decltype(How::rate), T>)
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced, from nothing or from a model, as that of `how`. It goes on from where it was; the
  // bits of an unbroken fit are those of one thread alone.
  template <real T>
  [[nodiscard]] sgd_checkpoint<T> begin(ratings<T> const& data, factor_model<T> const& from = {0, 0, 0}) const {
    return how.begin(data, from);
  }
  template <real T, executor E, class After>
  void advance(sgd_checkpoint<T>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    detail::check_training("hogwild_sgd", training.model, data, how.factors);
    std::vector<seen<T>> const order = shuffled(data);
    double total_weight = 0;
    for (seen<T> const& one : order) total_weight += static_cast<double>(one.weight);
    detail::rating_scales<T> const by(data, how.vector, how.bias);
    detail::run_epochs(training, more, how.epochs, after, [&](std::uint32_t epoch, double before) {
      if (epoch == 0) training.rate = how.rate(0);
      auto const [sum, wrong] = pass(training.model, order, epoch, static_cast<T>(training.rate), by, ex);
      if (wrong != detail::step_sum::none) raise_diverged(epoch + 1, order[wrong].user, order[wrong].item);
      double const now = order.empty() ? 0 : sum / total_weight;
      if (!is_finite(now)) raise_diverged(epoch + 1);
      training.rate = detail::rate_after(how.rate, epoch + 1, training.rate, before, now);
      return now;
    });
    detail::check_reach(training.model, training.report.epochs);
  }

private:
  static constexpr std::size_t at_a_time = 2048;  // ratings a task: enough to pay for handing it out

  template <real T>
  struct seen {
    index_t user;
    index_t item;
    T value;
    T weight;
  };

  template <real T>
  [[nodiscard]] std::vector<seen<T>> shuffled(ratings<T> const& data) const {
    std::vector<seen<T>> order;
    order.reserve(data.size());
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      auto const weight = data.weights(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        order.push_back({u, row.index[k], row.value[k], weight.empty() ? T{1} : weight[k]});
    }
    random_stream random(mix(how.seed, 7), 0);
    shuffle(random, std::span<seen<T>>(order));
    return order;
  }

  // All ratings, in chunks whose order is drawn anew; the sum of the weighted losses as they were met.
  template <real T, executor E>
  detail::step_sum pass(factor_model<T>& model, std::vector<seen<T>> const& order, std::uint32_t epoch, T rate,
                        detail::rating_scales<T> const& by, E& ex) const {
    std::vector<std::size_t> turn(chunk_count(order.size(), at_a_time));
    for (std::size_t c = 0; c != turn.size(); ++c) turn[c] = c;
    random_stream random(mix(how.seed, 8), epoch);
    shuffle(random, std::span<std::size_t>(turn));
    return reduce_chunks<detail::step_sum>(ex, turn.size(), 1, [&](std::size_t c, std::size_t) {
      buffer<T> p(model.users().stride()), q(model.users().stride());
      chunk const range = chunk_at(order.size(), at_a_time, turn[c]);
      return detail::take_steps(std::span<seen<T> const>(order), range.first, range.last,
                                [&](seen<T> const& one) { return step(model, one, rate, by, p, q); });
    });
  }

  template <real T>
  double step(factor_model<T>& model, seen<T> const& one, T rate, detail::rating_scales<T> const& by, buffer<T>& p,
              buffer<T>& q) const noexcept {
    auto const u = model.of(user_id{one.user});
    auto const i = model.of(item_id{one.item});
    std::size_t const n = u.vector.size();
    T of_user = 0, of_item = 0;
    detail::load_relaxed(u.vector.data(), p.data(), n);
    detail::load_relaxed(i.vector.data(), q.data(), n);
    detail::load_relaxed(&u.bias, &of_user, 1);
    detail::load_relaxed(&i.bias, &of_item, 1);
    T const prediction = model.mean() + of_user + of_item + kernel::dot(p.data(), q.data(), n);
    T const pull = rate * one.weight * how.loss.slope(prediction, one.value);
    of_user = how.bias.shrink(of_user - pull, rate * by.user_bias(one.user));
    of_item = how.bias.shrink(of_item - pull, rate * by.item_bias(one.item));
    T const user_step = rate * by.user_vector(one.user);
    T const item_step = rate * by.item_vector(one.item);
    auto const each = detail::by_number(how.vector);
    auto const move = [&]<class V>(V a, V b)
      requires detail::shrinks<detail::number_part<decltype(How::vector)>, V, T>
    {
      return std::array<V, 2>{each.shrink(V(a - V(pull) * b), user_step), each.shrink(V(b - V(pull) * a), item_step)};
    };
    kernel::update_pairs(p.data(), q.data(), n, move);
    detail::shrink_whole(how.vector, p.span(), user_step);
    detail::shrink_whole(how.vector, q.span(), item_step);
    detail::store_relaxed(p.data(), u.vector.data(), n);
    detail::store_relaxed(q.data(), i.vector.data(), n);
    detail::store_relaxed(&of_user, &u.bias, 1);
    detail::store_relaxed(&of_item, &i.bias, 1);
    return static_cast<double>(one.weight * how.loss.value(prediction, one.value));
  }
};

KINDRED_END
