// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/social_mf.hpp>
#include <kindred/factor/trust.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

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
    check_settings(term);
    auto training = how.begin(data);
    auto social = term.begin(trust_links(friends, data.user_count()), training.model, how.seed);
    how.advance(
        training, data, how.epochs, ex,
        [&](auto const& now) { return watch(progress{now.report.epochs, now.report.objective}); },
        [&](factor_model<T>& model, std::uint32_t epoch, T rate) { social.step(model, epoch, rate); });
    return {std::move(training.model), training.report};
  }
};

KINDRED_END
