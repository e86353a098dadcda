// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/view/csr_view.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

enum class mix_divergence : std::uint8_t {
  kullback_leibler,  // Steck's: what the history has and the list lacks weighs much; not bounded
  jensen_shannon     // the same both ways, in [0, 1]
};

// How far the mix of kinds in a list - genres, brands, price classes - is from the mix in what the user rated: someone who
// watched 70 romances and 30 westerns should be offered both (Steck, "Calibrated recommendations", 2018):
//
//   p(kind) = mean over the history of the item's share of the kind (equation 2), q(kind) = the same over the list (3)
//   kullback_leibler: sum of p log2(p / q'), q' = (1 - alpha) q + alpha p (4 and 5);   jensen_shannon: of p and q
//
// in bits; 0 is a list that mirrors the history. Every rating and every place counts alike. An item's row says its kinds, by
// weights of which none is below zero; they are brought to a sum of one. Items of no kind are passed over. 0 where
// the history has none of a kind; the worst there is, log2(1 / alpha) or 1, where the list has none. Looks into the rows and the
// ratings. Throws error: data for a weight below zero, setting for an alpha that is not between 0 and 1.
template <real T, real W>
class miscalibration {
public:
  miscalibration(ratings<T> const& history, csr_view<W> kinds, mix_divergence how = mix_divergence::kullback_leibler,
                 double alpha = 0.01)
      : history_(&history), kinds_(kinds), how_(how), alpha_(alpha) {
    if (!(alpha > 0 && alpha < 1))
      raise(error(error_kind::setting) << "miscalibration: alpha = " << alpha << "; it lies between 0 and 1");
    for (index_t i = 0; i != kinds.rows(); ++i)
      for (W const w : kinds.row(i).value)
        if (!(w >= 0) || !is_finite(w))
          raise(error(error_kind::data).at(i)
                << "miscalibration: item " << i << " has a kind with the weight " << w << "; weights are zero or more");
  }

  [[nodiscard]] double operator()(user_id user, std::span<item_id const> list) const {
    std::vector<double> p(kinds_.columns(), 0), q(kinds_.columns(), 0);
    for (index_t const i : history_->of(user).index) add(i, p);
    for (item_id const i : list) add(to_index(i), q);
    if (!normalize(p)) return 0;
    if (!normalize(q)) return how_ == mix_divergence::kullback_leibler ? -std::log2(alpha_) : 1;
    double sum = 0;
    for (std::size_t g = 0; g != p.size(); ++g) {
      if (how_ == mix_divergence::kullback_leibler) {
        sum += part(p[g], (1 - alpha_) * q[g] + alpha_ * p[g]);
      } else {
        double const middle = (p[g] + q[g]) / 2;
        sum += (part(p[g], middle) + part(q[g], middle)) / 2;
      }
    }
    return sum > 0 ? sum : 0;
  }

private:
  [[nodiscard]] static double part(double p, double q) noexcept { return p > 0 ? p * std::log2(p / q) : 0; }

  void add(index_t item, std::vector<double>& mix) const noexcept {
    if (item >= kinds_.rows()) return;
    auto const row = kinds_.row(item);
    double total = 0;
    for (W const w : row.value) total += static_cast<double>(w);
    for (std::size_t k = 0; k != row.size() && total > 0; ++k)
      mix[row.index[k]] += static_cast<double>(row.value[k]) / total;
  }
  [[nodiscard]] static bool normalize(std::vector<double>& mix) noexcept {
    double total = 0;
    for (double const x : mix) total += x;
    for (double& x : mix) x = total > 0 ? x / total : 0;
    return total > 0;
  }

  ratings<T> const* history_;
  csr_view<W> kinds_;
  mix_divergence how_;
  double alpha_;
};

KINDRED_END
