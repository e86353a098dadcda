// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/social_mf.hpp>
#include <kindred/factor/trust.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>

#include <concepts>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What friends tell, as a term beside the loss of the ratings: begin() is told who trusts whom, makes those known of whom it can say
// something, and gives what step() is then called of after every epoch, to move the model at the rate of the epoch.
template <class S, class T>
concept social_term = std::copyable<S> && requires(S const& s, trust_links links, factor_model<T>& model,
                                                   std::uint64_t seed, std::uint32_t epoch, T rate) {
  s.begin(std::move(links), model, seed).step(model, epoch, rate);
};

// A fit by social_sgd under way: that of the ratings, and what the term keeps during a fit.
template <class Training, class Social>
struct social_checkpoint : Training {
  Social social = {};

  static constexpr stored_format format{"social_checkpoint", 1};
  static void fields(auto& self, auto& visit)
    requires storable<Social>
  {
    Training::fields(self, visit);
    visit("social", self.social);
  }
};

// Matrix factorization by sgd with a term for who trusts whom beside the ratings: social_mf, so_rec, or one of yours.
//
//   kindred::social_sgd<kindred::so_rec> const how{.how = {.factors = 20}, .friends = trusts};
//
// Each epoch of `how` is followed by one of the term, on one thread: it is O(trusts x factors). Users beyond those of the ratings are
// left out. Objective (that of the ratings), reports, errors and determinism are those of sgd; error{setting} for a setting of the
// term out of its range. with_friends has friends in the vectors themselves.
template <class Term = social_mf, class How = sgd<>>
struct social_sgd {
  How how = {};
  std::vector<trust> friends = {};
  Term term = {};

  template <real T, executor E, observer O>
    requires social_term<Term, T> && recipe<How, ratings<T>>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable); storable with the term.
  template <real T, executor E = sequential>
    requires social_term<Term, T>
  [[nodiscard]] auto begin(ratings<T> const& data, E&& ex = {}) const {
    check_settings(term);
    auto training = detail::begun(how, data, ex);
    auto social = term.begin(trust_links(friends, data.user_count()), training.model, how.seed);
    return social_checkpoint<decltype(training), decltype(social)>{std::move(training), std::move(social)};
  }
  template <class Training, class Social, real T, executor E, class After>
  void advance(social_checkpoint<Training, Social>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    if constexpr (requires { training.social.fits(training.model); })
      if (!training.social.fits(training.model))
        raise(error(error_kind::shape) << "social_sgd: what was begun is of other data, or of another recipe");
    Training& ratings_alone = training;
    how.advance(
        ratings_alone, data, more, ex, [&](Training const&) { return after(std::as_const(training)); },
        [&](factor_model<T>& model, std::uint32_t epoch, T rate) { training.social.step(model, epoch, rate); });
  }
};

KINDRED_END
