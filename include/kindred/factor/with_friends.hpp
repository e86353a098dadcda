// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/composed_checkpoint.hpp>
#include <kindred/factor/composed_fit.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/model_biases.hpp>
#include <kindred/factor/trust.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/shared_parts.hpp>

#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Which of the two sides of a trust it tells something about.
enum class trust_sense : bool {
  one_way,  // about who trusts: they will like what those like whom they trust
  mutual    // about both
};

// A factorization that knows whom its users trust: a part of the vector of a user is a sum over those people,
//
//   x(u) = what the base makes of u's ratings  +  weight |F(u)|^(-1/2) sum over v in F(u) of w(v)
//
// with a vector w(v) for what it means to trust v (the trust term of TrustSVD: Guo, Zhang and Yorke-Smith, "TrustSVD:
// collaborative filtering with both the explicit and implicit influence of user trust and of item ratings", 2015, equation
// 6; its second objective, to foretell trust, is not there). It helps where ratings are few: who has none but trusts somebody is
// known, by taste though without a bias.
//
// The base is svdpp or asymmetric_svd. Trust among people without ratings, and of oneself, counts for nothing; given twice it
// counts once. Users beyond those of the ratings are left out. Objective, reports, errors and determinism are the base's.
template <class Base = asymmetric_svd<>>
struct with_friends {
  Base base = {};
  std::vector<trust> friends = {};
  trust_sense sense = trust_sense::mutual;
  double weight = 1;

  template <real T, executor E, observer O>
    requires recipe<Base, ratings<T>>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <real T, executor E>
  [[nodiscard]] composed_checkpoint<T> begin(ratings<T> const& data, E& ex) const {
    return detail::begin_composed(base, data, ex, parts_of(data));
  }
  template <real T, executor E, class After>
  void advance(composed_checkpoint<T>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    auto const biases_of = [&](auto& begun) { return detail::model_biases(data, begun.model, base.bias); };
    detail::advance_composed(base, training, data, more, ex, after, biases_of, parts_of(data));
  }
  template <real T, executor E>
  [[nodiscard]] fitted<factor_model<T>> finish(composed_checkpoint<T> training, ratings<T> const& data, E& ex) const {
    return detail::finish_composed(base, training, data, ex, parts_of(data));
  }

private:
  template <real T>
  [[nodiscard]] detail::shared_parts<T> parts_of(ratings<T> const& data) const {
    check_not_negative("with_friends: weight", weight);
    std::vector<trust> told = friends;
    if (sense == trust_sense::mutual)
      for (trust const& one : friends) told.push_back({one.whom, one.who});
    std::erase_if(told, [&](trust const& one) { return data.of(one.whom).empty(); });
    trust_links const links(told, data.user_count());
    detail::shared_parts<T> parts;
    parts.rows = links.users();
    for (index_t u = 0; u != links.users(); ++u) {
      std::span<index_t const> const circle = links.trusted_by(u);
      for (index_t const v : circle) parts.add(v, static_cast<T>(weight) * detail::share_in<T>(circle.size()));
      parts.end_user();
    }
    return parts;
  }
};

KINDRED_END
