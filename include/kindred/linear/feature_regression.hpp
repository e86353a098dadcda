// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/linear/pair_features.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/view/csr_view.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// A linear model over what is known of users and items: a scorer like any other. Scores are predictions in the unit of the
// labels: a probability, a rating, a count (for support vectors, the margin).
//
// It knows whoever has features, rated or not: new items are scored as soon as something is said of them. Who has none gets
// what the other's features and the intercept say. O(features of the user x features of the item) a score with crosses, else
// O(features); no allocation.
template <real T, class Loss>
class feature_model {
public:
  using value_type = T;
  static constexpr bool calibrated = std::same_as<Loss, squared_loss> || requires(Loss const& l, T x) { l.mean(x); };

  feature_model(linear_model<T, Loss> linear, pair_features<T> about)
      : linear_(std::move(linear)), about_(std::move(about)) {}

  static constexpr stored_format format{"feature_model", 1};
  feature_model(blank b) : linear_(b), about_{} {}
  static void fields(auto& self, auto& visit) {
    visit("linear", self.linear_);
    visit("about", self.about_);
  }
  void restore() const {
    check_stored(linear_.columns() == about_.columns(), "feature_model: a weight for every column");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return !about_.users.of(u).empty(); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return !about_.items.of(i).empty(); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    auto const weight = linear_.weights();
    for (std::size_t k = 0; k != items.size(); ++k) {
      T margin = linear_.intercept();
      about_.each(u, items[k], [&](index_t column, T value) { margin += weight[column] * value; });
      out[k] = mean_of_prediction(linear_.loss(), margin);
    }
  }

  [[nodiscard]] linear_model<T, Loss> const& linear() const noexcept { return linear_; }
  [[nodiscard]] pair_features<T> const& about() const noexcept { return about_; }

private:
  linear_model<T, Loss> linear_;
  pair_features<T> about_;
};

// Trains a feature_model on ratings: any recipe of a linear_model, over the features of both sides.
//
//   kindred::pair_features<float> const about{people, products};
//   auto const model = kindred::fit(kindred::feature_regression<float>{about}, ratings).model;
//   auto const clicks = kindred::feature_regression<float, kindred::logistic_regression<>>{about};   // of values 0 and 1
//
// The examples are made first: memory for every rating's features. Report, observer and determinism are those of the linear
// recipe. Throws what it throws, and what pair_features::check throws.
template <real T, class Linear = linear_regression<>>
struct feature_regression {
  pair_features<T> about;
  Linear linear{};

  template <executor E, observer O>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    about.check();
    auto const table = about.examples_of(data);
    auto done = linear.fit(table.view(), ex, watch);
    using model = feature_model<T, typename decltype(done.model)::loss_type>;
    return fitted<model>{model(std::move(done.model), about), done.report};
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far, of a linear recipe that
  // can. Examples are made anew each time.
  [[nodiscard]] auto begin(ratings<T> const& data) const
    requires resumable<Linear, examples<csr_view<T>>>
  {
    about.check();
    auto const table = about.examples_of(data);
    return linear.begin(table.view());
  }
  template <class Training, executor E, class After>
  void advance(Training& training, ratings<T> const& data, std::uint32_t more, E& ex, After const& after) const {
    about.check();
    auto const table = about.examples_of(data);
    linear.advance(training, table.view(), more, ex, after);
  }
  template <class Training, executor E>
  [[nodiscard]] auto finish(Training const& training, ratings<T> const& data, E& ex) const {
    auto const table = about.examples_of(data);
    auto done = linear.finish(training, table.view(), ex);
    using model = feature_model<T, typename decltype(done.model)::loss_type>;
    return fitted<model>{model(std::move(done.model), about), done.report};
  }
};

KINDRED_END
