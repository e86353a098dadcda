// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/trust.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

template <real T>
class so_rec_term;

}  // namespace detail

// A social_term: the vectors of users also say whom they trust,
//
//   strength / 2  sum over trusts (u, v) of  (sigmoid(<p(u), z(v)>) - c(u, v))^2  +  penalty / 2 |z(v)|^2,
//
// with a vector z(v) for being trusted, and c(u, v) = sqrt(by how many v is trusted / (how many u trusts + that)): trust in
// somebody whom many trust tells more than that of somebody who trusts many (Ma, Yang, Lyu and King, "SoRec: social recommendation
// using probabilistic matrix factorization", 2008, equations 7 and 9). Who has rated nothing but trusts somebody has a vector.
struct so_rec {
  double strength = 8;
  double penalty = 0.05;
  normal_initializer start = {};

  template <real T>
  [[nodiscard]] detail::so_rec_term<T> begin(trust_links links, factor_model<T>& model, std::uint64_t seed) const {
    for (index_t u = 0; u != links.users(); ++u) {
      if (links.trusted_by(u).empty() || model.knows(user_id{u})) continue;
      model.set_known(user_id{u});
      start(model.of(user_id{u}).vector.first(model.factors()), mix(seed, 9), u);
    }
    return {std::move(links), *this, model, seed};
  }
  void check() const {
    check_not_negative("so_rec: strength", strength);
    check_not_negative("so_rec: penalty", penalty);
    check_settings(start);
  }
};

namespace detail {

template <real T>
class so_rec_term {
public:
  so_rec_term() = default;
  so_rec_term(trust_links links, so_rec how, factor_model<T>& model, std::uint64_t seed)
      : links_(std::move(links)),
        how_(how),
        seed_(seed),
        stride_(model.users().stride()),
        trusted_(std::size_t{links_.users()} * stride_, T{0}) {
    for (index_t u = 0; u != links_.users(); ++u) {
      for (index_t const v : links_.trusted_by(u)) order_.push_back({u, v});
      if (!links_.trusting(u).empty())
        how.start(std::span<T>(trusted_.data() + u * stride_, model.factors()), mix(seed, 10), u);
    }
  }

  static constexpr stored_format format{"so_rec_term", 1};
  static void fields(auto& self, auto& visit) {
    visit("links", self.links_);
    visit("strength", self.how_.strength);
    visit("penalty", self.how_.penalty);
    visit("seed", self.seed_);
    visit("stride", self.stride_);
    visit("trusted", self.trusted_);
    visit("order", self.order_);
  }
  void restore() const {
    how_.check();
    check_stored(trusted_.size() == links_.users() * stride_, "so_rec: a vector for every user");
    check_stored_numbers(trusted_, "so_rec");
    for (auto const& [u, v] : order_)
      check_stored(u < links_.users() && v < links_.users(), "so_rec: trusts among its users");
  }
  [[nodiscard]] bool fits(factor_model<T> const& model) const noexcept {
    return links_.users() == model.users().rows() && stride_ == model.users().stride();
  }

  // A step down the gradient for each trust, in an order drawn anew. O(links x factors).
  void step(factor_model<T>& model, std::uint32_t epoch, T rate) {
    random_stream random(mix(seed_, 11), epoch);
    shuffle(random, std::span<std::array<index_t, 2>>(order_));
    T const size = rate * static_cast<T>(how_.strength);
    for (auto const& [u, v] : order_) {
      T* const p = model.of(user_id{u}).vector.data();
      T* const z = trusted_.data() + v * stride_;
      T const said = sigmoid(kernel::dot(p, z, stride_));
      T const pull = size * (said - worth(u, v)) * said * (T{1} - said);
      T const kept = T{1} / (T{1} + rate * static_cast<T>(how_.penalty));
      for (std::size_t f = 0; f != stride_; ++f) {
        T const before = p[f];
        p[f] -= pull * z[f];
        z[f] = (z[f] - pull * before) * kept;
      }
    }
  }

  // What the term costs, without the penalty.
  [[nodiscard]] double objective(factor_model<T>& model) const {
    double sum = 0;
    for (auto const& [u, v] : order_) {
      T const said = sigmoid(kernel::dot(model.of(user_id{u}).vector.data(), trusted_.data() + v * stride_, stride_));
      double const wrong = static_cast<double>(said - worth(u, v));
      sum += wrong * wrong;
    }
    return how_.strength * sum / 2;
  }

private:
  [[nodiscard]] T worth(index_t u, index_t v) const noexcept {
    double const in = static_cast<double>(links_.trusting(v).size());
    return static_cast<T>(std::sqrt(in / (static_cast<double>(links_.trusted_by(u).size()) + in)));
  }

  trust_links links_;
  so_rec how_;
  std::uint64_t seed_ = 0;
  std::size_t stride_ = 0;
  buffer<T> trusted_;
  std::vector<std::array<index_t, 2>> order_;
};

}  // namespace detail

KINDRED_END
