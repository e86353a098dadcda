// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/linear/vector_math.hpp>
#include <kindred/run/executor.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The last steps of a descent and what they changed in the gradient: an inverse of the second derivative, as far as they tell
// (Nocedal, "Updating quasi-Newton matrices with limited storage", 1980).
class lbfgs_memory {
public:
  static constexpr stored_format format{"lbfgs_memory", 1};
  static void fields(auto& self, auto& visit) { visit("past", self.past_); }

  // Whether it is of so many parameters.
  [[nodiscard]] bool is_of(std::size_t parameters) const noexcept {
    bool right = true;
    for (pair const& one : past_) right = right && one.step.size() == parameters && one.change.size() == parameters;
    return right;
  }
  [[nodiscard]] bool empty() const noexcept { return past_.empty(); }
  void clear() noexcept { past_.clear(); }

  // towards = -H gradient, by the two loops of the method; without anything to remember, H is one.
  template <executor E>
  void direct(E& ex, std::span<double const> gradient, std::span<double> towards) const {
    for (std::size_t j = 0; j != gradient.size(); ++j) towards[j] = -gradient[j];
    std::vector<double> a(past_.size());
    for (std::size_t k = past_.size(); k-- != 0;) {
      a[k] = inner(ex, past_[k].step.span(), towards) / past_[k].product;
      add_scaled(ex, -a[k], past_[k].change.span(), towards);
    }
    if (!past_.empty()) {
      double const scale = past_.back().product / inner(ex, past_.back().change.span(), past_.back().change.span());
      for (double& x : towards) x *= scale;
    }
    for (std::size_t k = 0; k != past_.size(); ++k) {
      double const b = inner(ex, past_[k].change.span(), towards) / past_[k].product;
      add_scaled(ex, a[k] - b, past_[k].step.span(), towards);
    }
  }

  // A step from w to `next`, of which the last `most` are kept; one along which the gradient does not rise says nothing, and is
  // left out.
  template <executor E>
  void remember(E& ex, std::span<double const> w, std::span<double const> next, std::span<double const> gradient,
                std::span<double const> next_gradient, std::size_t most) {
    pair one{buffer<double>(w.size()), buffer<double>(w.size()), 0};
    for (std::size_t j = 0; j != w.size(); ++j) {
      one.step[j] = next[j] - w[j];
      one.change[j] = next_gradient[j] - gradient[j];
    }
    one.product = inner(ex, one.step.span(), one.change.span());
    if (!(one.product > 0)) return;
    if (past_.size() >= most) past_.erase(past_.begin());
    past_.push_back(std::move(one));
  }

private:
  struct pair {
    buffer<double> step;
    buffer<double> change;  // of the gradient
    double product;         // step . change

    static constexpr stored_format format{"lbfgs_step", 1};
    static void fields(auto& self, auto& visit) {
      visit("step", self.step);
      visit("change", self.change);
      visit("product", self.product);
    }
    void restore() const {
      check_stored_numbers(step, "lbfgs_step");
      check_stored_numbers(change, "lbfgs_step");
      check_stored(is_finite(product) && product > 0, "lbfgs_step: the gradient rises along it");
    }
  };

  std::vector<pair> past_;
};

}  // namespace detail

KINDRED_END
