// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/item_bins.hpp>
#include <kindred/factor/model_biases.hpp>
#include <kindred/factor/user_clock.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/update_rows.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/regularizer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// How strongly what time_aware learns beside the base is held back.
struct time_strengths {
  l2 drift, mood, fashion, turn;
};

[[noreturn]] inline void raise_other_times() {
  raise(error(error_kind::shape) << "time_aware: what was begun is of other data, or of another recipe");
}

// What time_aware learns beside the base.
template <real T>
struct time_terms {
  user_clock clock;
  std::vector<T> drift;
  std::vector<T> mood;
  item_bins<T> fashion;
  std::vector<T> turn;

  // Whether they are of these ratings, with so many bins and, where tastes turn, so many numbers a user.
  [[nodiscard]] bool is_of(ratings<T> const& data, index_t bins, std::size_t turning) const noexcept {
    return clock.users() == data.user_count() && drift.size() == data.user_count() && mood.size() == clock.days() &&
           fashion.is_of(data.item_count(), bins) && turn.size() == data.user_count() * turning;
  }

  // Of whom, and of what, the largest number tells.
  [[nodiscard]] index_t largest_user() const noexcept {
    auto const count = static_cast<index_t>(clock.users());
    std::size_t const turning = count == 0 ? 0 : turn.size() / count;
    auto const part = [](std::vector<T> const& of, std::size_t first, std::size_t last) {
      return largest_magnitude(std::span<T const>(of).subspan(first, last - first));
    };
    return largest_of(count, [&](index_t u) {
      return (std::max)({part(drift, u, u + std::size_t{1}), part(mood, clock.first_day(u), clock.first_day(u + 1)),
                         part(turn, u * turning, (u + 1) * turning)});
    });
  }
  [[nodiscard]] index_t largest_item(factor_model<T> const& model) const noexcept {
    return largest_of(model.items().rows(), [&](index_t i) {
      return (std::max)(largest_magnitude(model.items().row(i)), largest_magnitude(fashion.of(i)));
    });
  }

  static constexpr stored_format format{"time_terms", 1};
  static void fields(auto& self, auto& visit) {
    visit("clock", self.clock);
    visit("drifts", self.drift);
    visit("moods", self.mood);
    visit("fashions", self.fashion);
    visit("turns", self.turn);
  }
  void restore() const {
    check_stored_numbers(drift, "time_terms");
    check_stored_numbers(mood, "time_terms");
    check_stored_numbers(turn, "time_terms");
  }
};

// model_biases, and beside them drift(u) dev(u, t) + mood(u, day of t) + fashion(i, bin of t) + dev(u, t) <turn(u), q(i)>.
template <real T, class Regularizer>
class time_biases : public model_biases<T, Regularizer> {
  using base = model_biases<T, Regularizer>;

public:
  // Terms that are of these ratings. Where a rating is of a day that they do not know, error{shape} is thrown.
  time_biases(ratings<T> const& data, factor_model<T>& model, Regularizer bias, time_strengths strengths,
              time_terms<T>& terms)
      : base(data, model, bias),
        model_(model),
        strengths_(strengths),
        terms_(terms),
        turning_(!terms.turn.empty()),
        stride_(model.users().stride()) {
    when_.reserve(data.size());
    for (index_t u = 0; u != data.user_count(); ++u)
      for (std::int64_t const t : data.times(user_id{u})) {
        moment const at{static_cast<T>(terms.clock.deviation(u, t)), terms.fashion.bin(t), terms.clock.slot(u, t)};
        if (at.day == terms.mood.size()) raise_other_times();
        when_.push_back(at);
      }
  }

  template <class Entry>
  [[nodiscard]] T of(index_t u, Entry const& seen) const noexcept {
    moment const& at = when_[seen.number];
    T said = base::of(u, seen) + terms_.drift[u] * at.deviation + terms_.mood[at.day] +
             terms_.fashion.value(seen.item, at.bin);
    if (turning_) said += at.deviation * kernel::dot(terms_.turn.data() + u * stride_, item(seen.item), stride_);
    return said;
  }
  template <class Entry>
  void move_user(index_t u, Entry const& seen, T pull, T rate) noexcept {
    base::move_user(u, seen, pull, rate);
    moment const& at = when_[seen.number];
    terms_.drift[u] = strengths_.drift.shrink(terms_.drift[u] - pull * at.deviation, rate);
    terms_.mood[at.day] = strengths_.mood.shrink(terms_.mood[at.day] - pull, rate);
    if (!turning_) return;
    T const by = pull * at.deviation;
    auto const move = [&]<class V>(V q, V own) {
      return std::array<V, 1>{strengths_.turn.shrink(V(own - V(by) * q), rate)};
    };
    kernel::update_rows(stride_, move, static_cast<T const*>(item(seen.item)), terms_.turn.data() + u * stride_);
  }
  template <class Entry>
  void move_item(index_t u, Entry const& seen, T pull, T rate) noexcept {
    base::move_item(u, seen, pull, rate);
    moment const& at = when_[seen.number];
    if (!terms_.fashion.empty()) {
      T& own = terms_.fashion.at(seen.item, at.bin);
      own = strengths_.fashion.shrink(own - pull, rate);
    }
    if (turning_) kernel::axpy(-pull * at.deviation, terms_.turn.data() + u * stride_, item(seen.item), stride_);
  }

private:
  struct moment {
    T deviation;
    index_t bin;
    std::size_t day;
  };

  [[nodiscard]] T* item(index_t i) const noexcept { return model_.of(item_id{i}).vector.data(); }

  factor_model<T>& model_;
  time_strengths strengths_;
  time_terms<T>& terms_;
  bool turning_;
  std::size_t stride_;
  std::vector<moment> when_;  // of every rating, along by_user()
};

// Whether all that these terms can add to a score of this model is a finite number.
template <real T>
[[nodiscard]] bool finite(time_terms<T> const& terms, factor_model<T> const& model) noexcept {
  double furthest = 0;
  for (index_t i = 0; !terms.turn.empty() && i != model.items().rows(); ++i)
    furthest = (std::max)(furthest, largest_magnitude(model.items().row(i)));
  double const most =
      largest_magnitude(std::span<T const>(terms.drift)) + largest_magnitude(std::span<T const>(terms.mood)) +
      largest_magnitude(std::span<T const>(terms.fashion.values())) +
      static_cast<double>(model.users().stride()) * furthest * largest_magnitude(std::span<T const>(terms.turn));
  return is_finite(static_cast<T>(most));
}

}  // namespace detail

KINDRED_END
