// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/item_bins.hpp>
#include <kindred/factor/model_biases.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/factor/timed_factor_model.hpp>
#include <kindred/factor/user_clock.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/update_rows.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/regularizer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Whether the vectors of users change with time.
enum class taste : bool { steady, turning };

namespace detail {

// What time_aware learns beside the base, and how strongly it is held back.
struct time_terms {
  l2 drift, mood, fashion, turn;
  index_t bins;
  bool turning;
};

// model_biases, and beside them drift(u) dev(u, t) + mood(u, day of t) + fashion(i, bin of t) + dev(u, t) <turn(u), q(i)>.
template <real T, class Regularizer>
class time_biases : public model_biases<T, Regularizer> {
  using base = model_biases<T, Regularizer>;

public:
  time_biases(ratings<T> const& data, factor_model<T>& model, Regularizer bias, time_terms terms, user_clock clock)
      : base(data, model, bias),
        model_(model),
        terms_(terms),
        clock_(std::move(clock)),
        drift_(data.user_count(), T{0}),
        mood_(clock_.days(), T{0}),
        fashion_(data, terms.bins),
        stride_(model.users().stride()),
        turn_(terms.turning ? data.user_count() * stride_ : 0, T{0}) {
    when_.reserve(data.size());
    for (index_t u = 0; u != data.user_count(); ++u)
      for (std::int64_t const t : data.times(user_id{u}))
        when_.push_back({static_cast<T>(clock_.deviation(u, t)), fashion_.bin(t), clock_.slot(u, t)});
  }

  template <class Entry>
  [[nodiscard]] T of(index_t u, Entry const& seen) const noexcept {
    moment const& at = when_[seen.number];
    T said = base::of(u, seen) + drift_[u] * at.deviation + mood_[at.day] + fashion_.value(seen.item, at.bin);
    if (terms_.turning) said += at.deviation * kernel::dot(turn_.data() + u * stride_, item(seen.item), stride_);
    return said;
  }
  template <class Entry>
  void move_user(index_t u, Entry const& seen, T pull, T rate) noexcept {
    base::move_user(u, seen, pull, rate);
    moment const& at = when_[seen.number];
    drift_[u] = terms_.drift.shrink(drift_[u] - pull * at.deviation, rate);
    mood_[at.day] = terms_.mood.shrink(mood_[at.day] - pull, rate);
    if (!terms_.turning) return;
    T const by = pull * at.deviation;
    auto const move = [&]<class V>(V q, V own) {
      return std::array<V, 1>{terms_.turn.shrink(V(own - V(by) * q), rate)};
    };
    kernel::update_rows(stride_, move, static_cast<T const*>(item(seen.item)), turn_.data() + u * stride_);
  }
  template <class Entry>
  void move_item(index_t u, Entry const& seen, T pull, T rate) noexcept {
    base::move_item(u, seen, pull, rate);
    moment const& at = when_[seen.number];
    if (!fashion_.empty()) {
      T& own = fashion_.at(seen.item, at.bin);
      own = terms_.fashion.shrink(own - pull, rate);
    }
    if (terms_.turning) kernel::axpy(-pull * at.deviation, turn_.data() + u * stride_, item(seen.item), stride_);
  }

  // The model of what was learned, by the clock that it was learned by; nothing is left here.
  [[nodiscard]] timed_factor_model<T> model_of(factor_model<T> factors) {
    return {std::move(factors), std::move(clock_),   std::move(drift_),
            std::move(mood_),   std::move(fashion_), std::move(turn_)};
  }
  // Whether all that these terms can add to a score of this model is a finite number.
  [[nodiscard]] bool finite(factor_model<T> const& model) const noexcept {
    double furthest = 0;
    for (index_t i = 0; terms_.turning && i != model.items().rows(); ++i)
      furthest = (std::max)(furthest, largest_magnitude(model.items().row(i)));
    double const most = largest_magnitude(std::span<T const>(drift_)) + largest_magnitude(std::span<T const>(mood_)) +
                        largest_magnitude(std::span<T const>(fashion_.values())) +
                        static_cast<double>(stride_) * furthest * largest_magnitude(std::span<T const>(turn_));
    return is_finite(static_cast<T>(most));
  }

private:
  struct moment {
    T deviation;
    index_t bin;
    std::size_t day;
  };

  [[nodiscard]] T* item(index_t i) const noexcept { return model_.of(item_id{i}).vector.data(); }

  factor_model<T>& model_;
  time_terms terms_;
  user_clock clock_;
  std::vector<T> drift_;
  std::vector<T> mood_;
  item_bins<T> fashion_;
  std::size_t stride_;
  std::vector<T> turn_;
  std::vector<moment> when_;  // of every rating, along by_user()
};

}  // namespace detail

// What timeSVD++ knows of time, on a factorization, svdpp or asymmetric_svd: users drift, and have good and bad days; items come
// into fashion and go out of it, and tastes turn, if asked for. Predicts
//
//   what the base predicts  +  drift(u) dev(u, t)  +  mood(u, day of t)  +  fashion(i, bin of t)  +  dev(u, t) <turn(u), q(i)>,
//   dev(u, t) = sign(t - mean) |t - mean|^power
//
// with dev scaled to [-1, 1] for every user (Koren, "Collaborative filtering with temporal dynamics", 2009, equations 6, 9 and
// 13, whose vectors of single days are not there). All terms are learned with the base and by its rate; strengths are paid with every
// rating. `bins` cut the time of all ratings into equal parts; 0, as it comes, leaves fashions out. Vectors with taste::turning
// take half as much more time and memory.
//
// Ratings without times give error{data}. Otherwise objective, reports, errors and determinism are those of the base.
template <class Base = svdpp<>>
struct time_aware {
  Base base = {};
  l2 drift = {.strength = 0.05};
  l2 mood = {.strength = 0.05};
  index_t bins = 0;
  l2 fashion = {.strength = 1};
  taste vectors = taste::steady;
  l2 turn = {.strength = 0.1};
  double power = 0.4;
  double day = 86400;  // how long a day is, in the unit of the times

  template <real T, executor E, observer O>
    requires recipe<Base, ratings<T>>
  [[nodiscard]] fitted<timed_factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    drift.check();
    mood.check();
    fashion.check();
    turn.check();
    if (bins > 10000) raise(error(error_kind::setting) << "time_aware: bins = " << bins << "; there are at most 10000");
    check_not_negative("time_aware: power", power);
    if (!is_finite(day) || !(day > 0))
      raise(error(error_kind::setting) << "time_aware: day = " << day << "; it has to be a positive number");
    if (!data.timed() && !data.empty()) raise(error(error_kind::data) << "time_aware: the ratings have no times");
    using biases_type = detail::time_biases<T, decltype(base.bias)>;
    std::optional<biases_type> biases;
    auto done = base.fit_with(data, ex, watch, [&](factor_model<T>& model) -> biases_type& {
      return biases.emplace(data, model, base.bias,
                            detail::time_terms{drift, mood, fashion, turn, bins, vectors == taste::turning},
                            detail::user_clock(data, day, power));
    });
    if (!biases->finite(done.model)) raise_diverged(done.report.epochs);
    return {biases->model_of(std::move(done.model)), done.report};
  }
};

KINDRED_END
