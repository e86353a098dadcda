// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/step_weight.hpp>

#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// The steps of RP3-beta (Paudel, Christoffel, Newell and Bernstein, "Updatable, accurate, diverse, and scalable recommendations for
// interactive applications", 2017): those of a random walker, to the power alpha, and where the walk ends arrivals^-beta, so
// that ends which are popular anyway are held back. Over user, item, user, item with beta = 0 that is P3-alpha, which
// random_steps are.
//
//   kindred::graph_paths<kindred::rp3_beta_steps> how{…, .paths = {{along(has) / against(has) / along(has), 1}}};
//
// `last` is the number of steps before the last, 2 for that path. Walked when asked, so that every purchase counts at once; the
// recipes rp3_beta and user_walk, in neighbor/, count the walks beforehand.
struct rp3_beta_steps {
  double alpha = 1;
  double beta = 0.5;
  std::uint32_t last = 2;

  [[nodiscard]] double operator()(walked_fact const& f, std::size_t depth) const noexcept {
    double const chance = random_steps{alpha}(f, depth);
    return depth == last ? chance * inverse_frequency_steps{beta}(f, depth) : chance;
  }
  void check() const {
    check_not_negative("rp3_beta_steps: alpha", alpha);
    check_not_negative("rp3_beta_steps: beta", beta);
  }

  static constexpr stored_format format{"rp3_beta_steps", 1};
  static void fields(auto& self, auto& visit) {
    visit("alpha", self.alpha);
    visit("beta", self.beta);
    visit("last", self.last);
  }
  void restore() const { check(); }
};

KINDRED_END
