// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/mean.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The standard deviation of some ratings about their mean, drawn towards `usual` as if by `damping` more ratings.
template <real T>
[[nodiscard]] T damped_spread(std::span<T const> value, std::span<T const> weight, T mean, double damping,
                              double usual) {
  double sum = damping * usual * usual;
  double total = damping;
  for (std::size_t k = 0; k != value.size(); ++k) {
    double const w = weight.empty() ? 1.0 : static_cast<double>(weight[k]);
    double const off = static_cast<double>(value[k]) - static_cast<double>(mean);
    sum += w * off * off;
    total += w;
  }
  T const spread = total > 0 ? static_cast<T>(std::sqrt(sum / total)) : T{0};
  if (!is_finite(spread)) raise(error(error_kind::numeric) << "z-score: ratings this far apart have no finite spread");
  return spread > 0 ? spread : static_cast<T>(usual);
}

}  // namespace detail

// A mean_model that also knows by how much the ratings of each user, or of each item, vary: what turns deviations into
// z-scores.
template <real T, entity_id Side>
class z_score_model : public mean_model<T, Side> {
public:
  // `spread` holds that of every user or item; where nothing is known it is `usual`, towards which renew draws as if by
  // `damping` ratings.
  z_score_model(mean_model<T, Side> mean, std::vector<T> spread, double damping, double usual) noexcept
      : mean_model<T, Side>(std::move(mean)), spread_(std::move(spread)), damping_(damping), usual_(usual) {}

  static constexpr stored_format format{std::same_as<Side, user_id> ? "user_z_score" : "item_z_score", 1};
  z_score_model(blank b) noexcept : mean_model<T, Side>(b) {}
  static void fields(auto& self, auto& visit) {
    mean_model<T, Side>::fields(self, visit);
    visit("spreads", self.spread_);
    visit("damping", self.damping_);
    visit("usual", self.usual_);
  }
  void restore() const {
    mean_model<T, Side>::restore();
    check_stored_numbers(spread_, "z_score_model");
    for (T const s : spread_) check_stored(s > 0, "z_score_model: spreads are more than zero");
    check_stored(
        is_finite(damping_) && damping_ >= 0 && is_finite(static_cast<T>(usual_)) && static_cast<T>(usual_) > 0,
        "z_score_model: damping is zero or more, the usual spread more than zero");
  }

  [[nodiscard]] T spread(user_id u, item_id i) const noexcept {
    index_t const at = [&] {
      if constexpr (std::same_as<Side, user_id>) return to_index(u);
      else return to_index(i);
    }();
    return at < spread_.size() ? spread_[at] : static_cast<T>(usual_);
  }

  // What changes with a new rating, as in mean_model.
  void renew(Side which, std::span<T const> value) {
    mean_model<T, Side>::renew(which, value);
    if (to_index(which) >= spread_.size()) spread_.resize(std::size_t{to_index(which)} + 1, static_cast<T>(usual_));
    spread_[to_index(which)] =
        detail::damped_spread(value, std::span<T const>(), this->mean_of(which), damping_, usual_);
  }

  friend bool operator==(z_score_model const&, z_score_model const&) = default;

private:
  std::vector<T> spread_;
  double damping_ = 0;
  double usual_ = 1;
};

namespace detail {

template <entity_id Side, class Recipe, real T, executor E, observer O>
[[nodiscard]] fitted<z_score_model<T, Side>> fit_z_score(Recipe const& how, ratings<T> const& data, E& ex, O& watch) {
  check_not_negative("z-score: damping", how.damping);
  if (!is_finite(static_cast<T>(how.usual)) || !(static_cast<T>(how.usual) > 0))
    raise(error(error_kind::setting) << "z-score: usual = " << how.usual << "; a spread is a finite number above zero");
  auto mean = mean_recipe<Side>{}.fit(data, ex, watch).model;
  index_t const count = std::same_as<Side, user_id> ? data.user_count() : data.item_count();
  std::vector<T> spread(count, static_cast<T>(how.usual));
  for (index_t k = 0; k != count; ++k) {
    if (data.of(Side{k}).empty()) continue;
    spread[k] =
        damped_spread(data.of(Side{k}).value, data.weights(Side{k}), mean.mean_of(Side{k}), how.damping, how.usual);
  }
  return {z_score_model<T, Side>(std::move(mean), std::move(spread), how.damping, how.usual), {}};
}

}  // namespace detail

// The mean rating of the user, and how much their ratings vary: as the base of a neighborhood model, z-scores (Herlocker,
// Konstan, Borchers and Riedl, "An algorithmic framework for performing collaborative filtering", 1999). O(ratings).
//
// The spread is the standard deviation about the mean, drawn towards `usual` by `damping` ratings' worth: of two ratings
// nobody's spread can be told. Weights count like so many ratings.
struct user_z_score {
  double damping = 5;  // as many ratings of the usual spread as everyone is given for a start
  double usual = 1;    // the spread, in the unit of ratings, of whom nothing is known; more than zero

  template <real T, executor E, observer O>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_z_score<user_id>(*this, data, ex, watch);
  }
};

// Likewise of the item.
struct item_z_score {
  double damping = 5;
  double usual = 1;

  template <real T, executor E, observer O>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_z_score<item_id>(*this, data, ex, watch);
  }
};

KINDRED_END
