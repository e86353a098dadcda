// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/trust.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

template <real T>
class social_mf_term;

}  // namespace detail

// A social_term: users are like the mean of those whom they trust,
//
//   strength / 2  sum over users u who trust somebody of  |p(u) - mean of p(v) over the v that u trusts|^2
//
// (Jamali and Ester, "A matrix factorization technique with trust propagation for recommendation in social networks", 2010, equation
// 13). Taste spreads along chains of trust, so that who has rated nothing but trusts somebody, or is trusted, has a vector.
struct social_mf {
  double strength = 0.5;

  template <real T>
  [[nodiscard]] detail::social_mf_term<T> begin(trust_links links, factor_model<T>& model, std::uint64_t) const {
    for (index_t u = 0; u != links.users(); ++u)
      if (!links.trusted_by(u).empty() || !links.trusting(u).empty()) model.set_known(user_id{u});
    return {std::move(links), strength};
  }
  void check() const { check_not_negative("social_mf: strength", strength); }
};

namespace detail {

template <real T>
class social_mf_term {
public:
  social_mf_term() = default;
  social_mf_term(trust_links links, double strength) : links_(std::move(links)), strength_(strength) {}

  static constexpr stored_format format{"social_mf_term", 1};
  static void fields(auto& self, auto& visit) {
    visit("links", self.links_);
    visit("strength", self.strength_);
  }
  void restore() const { check_not_negative("social_mf: strength", strength_); }
  [[nodiscard]] bool fits(factor_model<T> const& model) const noexcept {
    return links_.users() == model.users().rows();
  }

  // Takes one user after the other to where the term, and the distance from where they were by the rate, are least together
  // (a proximal step): the others follow at once, and no rate is too large. O(links x factors).
  void step(factor_model<T>& model, std::uint32_t, T rate) {
    std::size_t const n = model.users().stride();
    gap_.assign(std::size_t{links_.users()} * n, T{0});
    for (index_t u = 0; u != links_.users(); ++u) set_gap(model, u, n);
    T const size = rate * static_cast<T>(strength_);
    std::vector<T> down(n);
    for (index_t w = 0; w != links_.users(); ++w) {
      bool const trusts = !links_.trusted_by(w).empty();
      if (!trusts && links_.trusting(w).empty()) continue;
      T* const own = gap_.data() + w * n;
      T curvature = trusts ? T{1} : T{0};
      for (std::size_t f = 0; f != n; ++f) down[f] = trusts ? own[f] : T{0};
      for (index_t const u : links_.trusting(w)) {
        T const share = share_of(u);
        curvature += share * share;
        for (std::size_t f = 0; f != n; ++f) down[f] -= share * gap_[u * n + f];
      }
      T const by = -size / (T{1} + size * curvature);
      auto const p = model.of(user_id{w}).vector;
      for (std::size_t f = 0; f != n; ++f) {
        down[f] *= by;
        p[f] += down[f];
        if (trusts) own[f] += down[f];
      }
      for (index_t const u : links_.trusting(w))
        for (std::size_t f = 0; f != n; ++f) gap_[u * n + f] -= share_of(u) * down[f];
    }
  }

  // What the term costs.
  [[nodiscard]] double objective(factor_model<T>& model) {
    std::size_t const n = model.users().stride();
    gap_.assign(std::size_t{links_.users()} * n, T{0});
    double sum = 0;
    for (index_t u = 0; u != links_.users(); ++u) set_gap(model, u, n);
    for (T const x : gap_) sum += static_cast<double>(x) * static_cast<double>(x);
    return strength_ * sum / 2;
  }

private:
  [[nodiscard]] T share_of(index_t u) const noexcept { return T{1} / static_cast<T>(links_.trusted_by(u).size()); }

  // By how much a user differs from those whom they trust; 0 for who trusts nobody.
  void set_gap(factor_model<T>& model, index_t u, std::size_t n) noexcept {
    auto const trusted = links_.trusted_by(u);
    if (trusted.empty()) return;
    T* const gap = gap_.data() + u * n;
    for (index_t const v : trusted)
      for (std::size_t f = 0; f != n; ++f) gap[f] -= model.of(user_id{v}).vector[f];
    for (std::size_t f = 0; f != n; ++f) gap[f] = gap[f] * share_of(u) + model.of(user_id{u}).vector[f];
  }

  trust_links links_;
  double strength_ = 0;
  std::vector<T> gap_;
};

}  // namespace detail

KINDRED_END
