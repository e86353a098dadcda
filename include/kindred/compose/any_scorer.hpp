// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/owner_count.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/factored.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>
#include <kindred/view/matrix_view.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>

KINDRED_BEGIN

// Any scorer behind one type: to choose a model at run time, to keep it in a .cpp of its own (the caller then compiles
// this header alone), or to end the growth of a type.
//
// One virtual call for a block of up to 256 items, or for a range of up to 16384, so the erasure is free where it counts. Copies
// share the model: copying is cheap and safe from any thread. Scoring a moved-from any_scorer is a precondition failure.
//
// It scores many users at once, explains and learns as its model does, and shows the vectors of one that is factored; of any other,
// none. A model that is no batch_scorer, or may be further off in a batch than batch_tolerance, is asked for one user after the
// other (batches() tells). A model that cannot explain gives its score and no reasons (explains() tells); one that cannot learn
// refuses an update with error{setting} (learns() tells). An update never changes what copies say: while there are any, the model
// is copied first.
template <real T>
class any_scorer {
public:
  using value_type = T;
  static constexpr double batch_tolerance = std::numeric_limits<T>::epsilon() * 4000;

  // The order of the questions matters: std::tuple, in which combinators keep their parts, asks whether it converts to one
  // while it is being defined, and must be turned away by its lack of a value_type before scorer<> looks closer.
  template <class S>
    requires(!std::derived_from<S, any_scorer>) && std::same_as<value_t<S>, T> && scorer<S>
  any_scorer(S model) : held_(new holder<S>(std::move(model))) {}

  any_scorer(any_scorer const& other) noexcept : held_(other.held_) {
    if (held_ != nullptr) held_->owners.add();
  }
  any_scorer(any_scorer&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  any_scorer& operator=(any_scorer other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~any_scorer() {
    if (held_ != nullptr && held_->owners.leave()) delete held_;
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return held().knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return held().knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    held().score(u, items, out);
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept { held().score_range(u, first, out); }

  [[nodiscard]] bool batches() const noexcept { return held().batches(); }
  void score_batch(std::span<user_id const> users, item_id first, std::span<T> out) const {
    if (batches()) held().score_batch(users, first, out);
    else detail::score_rows_of(*this, users, first, out);
  }

  [[nodiscard]] matrix_view<T> users() const noexcept { return held().users(); }
  [[nodiscard]] matrix_view<T> items() const noexcept { return held().items(); }
  [[nodiscard]] std::span<T const> item_biases() const noexcept { return held().item_biases(); }

  [[nodiscard]] bool explains() const noexcept { return held().explains(); }
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    return held().explain(u, i, out);
  }
  [[nodiscard]] bool learns() const noexcept { return held().learns(); }
  void update(user_id u, item_id i, T value) {
    if (!held().learns()) raise(error(error_kind::setting) << "any_scorer: the model in it cannot learn from an event");
    if (!held_->owners.is_one()) *this = any_scorer(held_->copy());
    held_->update(u, i, value);
  }

private:
  struct holder_base {
    detail::owner_count owners;
    virtual ~holder_base() = default;
    [[nodiscard]] virtual bool knows(user_id) const noexcept = 0;
    [[nodiscard]] virtual bool knows(item_id) const noexcept = 0;
    virtual void score(user_id, std::span<item_id const>, std::span<T>) const noexcept = 0;
    virtual void score_range(user_id, item_id, std::span<T>) const noexcept = 0;
    [[nodiscard]] virtual bool batches() const noexcept = 0;
    // Of models that gain by it.
    virtual void score_batch(std::span<user_id const>, item_id, std::span<T>) const = 0;
    [[nodiscard]] virtual matrix_view<T> users() const noexcept = 0;
    [[nodiscard]] virtual matrix_view<T> items() const noexcept = 0;
    [[nodiscard]] virtual std::span<T const> item_biases() const noexcept = 0;
    [[nodiscard]] virtual bool explains() const noexcept = 0;
    [[nodiscard]] virtual explanation<T> explain(user_id, item_id, std::span<evidence<T>>) const noexcept = 0;
    [[nodiscard]] virtual bool learns() const noexcept = 0;
    // Of models that learn.
    [[nodiscard]] virtual holder_base* copy() const = 0;
    virtual void update(user_id, item_id, T) = 0;
  };

  template <class S>
  struct holder final : holder_base {
    explicit holder(S&& m) : model(std::move(m)) {}
    [[nodiscard]] bool knows(user_id u) const noexcept override { return model.knows(u); }
    [[nodiscard]] bool knows(item_id i) const noexcept override { return model.knows(i); }
    void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept override {
      model.score(u, items, out);
    }
    void score_range(user_id u, item_id first, std::span<T> out) const noexcept override {
      score_range_of(model, u, first, out);
    }
    [[nodiscard]] bool batches() const noexcept override {
      if constexpr (batcher) return batches_of(model);
      else return false;
    }
    void score_batch(std::span<user_id const> users, item_id first, std::span<T> out) const override {
      if constexpr (batcher) model.score_batch(users, first, out);
    }
    [[nodiscard]] matrix_view<T> users() const noexcept override {
      if constexpr (factored<S>) return model.users();
      else return {};
    }
    [[nodiscard]] matrix_view<T> items() const noexcept override {
      if constexpr (factored<S>) return model.items();
      else return {};
    }
    [[nodiscard]] std::span<T const> item_biases() const noexcept override {
      if constexpr (factored<S>) return item_biases_of(model);
      else return {};
    }
    [[nodiscard]] bool explains() const noexcept override { return explainer<S>; }
    [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept override {
      if constexpr (explainer<S>) return model.explain(u, i, out);
      else return {score_of(model, u, i), 0};
    }
    [[nodiscard]] bool learns() const noexcept override { return learner; }
    [[nodiscard]] holder_base* copy() const override {
      if constexpr (learner) return new holder(S(model));
      else return nullptr;
    }
    void update(user_id u, item_id i, T value) override {
      if constexpr (learner) model.update(u, i, value);
    }
    static constexpr bool batcher = batch_scorer<S> && detail::batch_tolerance_of<S>() <= batch_tolerance;
    static constexpr bool learner = updatable<S> && std::copy_constructible<S>;
    S model;
  };

  explicit any_scorer(holder_base* made) noexcept : held_(made) {}

  [[nodiscard]] holder_base const& held() const noexcept {
    KINDRED_ASSERT(held_ != nullptr);
    return *held_;
  }

  holder_base* held_;
};

// Any predictor behind one type: an any_scorer whose values are ratings.
template <real T>
class any_predictor : public any_scorer<T> {
public:
  static constexpr bool calibrated = true;

  template <class P>
    requires(!std::same_as<P, any_predictor>) && std::same_as<value_t<P>, T> && predictor<P>
  any_predictor(P model) : any_scorer<T>(std::move(model)) {}
};

KINDRED_END
