// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/linear/ftrl_rates.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

// Learns from a stream, an example at a time, and can be asked in between: McMahan et al., "Ad click prediction: a view from
// the trenches" (2013), algorithm 1. Every column has a learning rate of its own, which falls as it is seen.
//
//   kindred::ftrl_learner<float> clicks;
//   for (;;) { ... clicks.update(row, clicked); ... clicks.predict(row); }
//
// update() is what the next one builds on, so that a stream has one thread; copies (or model()) can be read by others.
// Columns that are not seen before take part from then on. O(stored values of the row) an update; 12 bytes a column for float.
template <real T, class Loss = logistic_loss>
class ftrl_learner {
public:
  using value_type = T;

  // Ready for `columns` columns; more come as they are seen. Throws error{setting} for rates out of their range.
  explicit ftrl_learner(ftrl_rates rates = {}, index_t columns = 0, Loss loss = {})
      : alpha_(static_cast<T>(rates.alpha)),
        beta_(static_cast<T>(rates.beta)),
        l1_(static_cast<T>(rates.l1)),
        l2_(static_cast<T>(rates.l2)),
        with_intercept_(rates.intercept),
        loss_(loss),
        state_(columns) {
    rates.check();
  }

  // All of its state: one that is read back learns on as if it had never been away.
  static constexpr stored_format format{"ftrl_learner", 1};
  static void fields(auto& self, auto& visit) {
    visit("alpha", self.alpha_);
    visit("beta", self.beta_);
    visit("l1", self.l1_);
    visit("l2", self.l2_);
    visit("with_intercept", self.with_intercept_);
    visit("loss", self.loss_);
    visit("columns", self.state_);
    visit("intercept", self.intercept_);
  }
  void restore() const {
    ftrl_rates{.alpha = static_cast<double>(alpha_),
               .beta = static_cast<double>(beta_),
               .l1 = static_cast<double>(l1_),
               .l2 = static_cast<double>(l2_),
               .intercept = with_intercept_}
        .check();
    check_stored(state_.size() < index_limit && intercept_.finite(), "ftrl_learner: numbers are finite");
    for (column const& c : state_) check_stored(c.finite(), "ftrl_learner: numbers are finite");
  }

  // Learns one example, and returns what the margin was before: honest predictions for progressive validation.
  //
  // Throws error, and learns nothing: data for a label that the loss does not take, a weight that is not positive or a value
  // that is not finite; numeric for values so large that the margin overflows.
  T update(sparse_row<T> row, T label, T weight = T{1}, T offset = T{0}) {
    check(row, label, weight, offset);
    if (!row.empty() && row.index.back() >= state_.size()) state_.resize(std::size_t{row.index.back()} + 1);
    T const before = learn(row, label, weight, offset);
    if (!is_finite(before))
      raise(error(error_kind::numeric) << "ftrl: the margin overflows; the values of the row are too large");
    return before;
  }

  // The same for rows of a data set that has been checked, and of which every column exists. Where the margin is not a finite
  // number, nothing is learned.
  T learn(sparse_row<T> row, T label, T weight, T offset) noexcept {
    T const before = sum(row, row.size()) + intercept_.weight + offset;
    if (!is_finite(before)) return before;
    T const slope = weight * loss_.slope(before, label);
    for (std::size_t k = 0; k != row.size(); ++k) step(state_[row.index[k]], slope * row.value[k], l1_, l2_);
    if (with_intercept_) step(intercept_, slope, T{0}, T{0});
    return before;
  }

  [[nodiscard]] T margin(sparse_row<T> row) const noexcept {
    std::size_t seen = row.size();
    while (seen != 0 && row.index[seen - 1] >= state_.size()) --seen;
    return sum(row, seen) + intercept_.weight;
  }
  [[nodiscard]] T predict(sparse_row<T> row) const noexcept { return mean_of_prediction(loss_, margin(row)); }

  [[nodiscard]] index_t columns() const noexcept { return static_cast<index_t>(state_.size()); }
  [[nodiscard]] std::size_t nonzero() const noexcept {
    std::size_t count = 0;
    for (column const& c : state_) count += c.weight != 0;
    return count;
  }

  // What has been learned so far, as a model.
  [[nodiscard]] linear_model<T, Loss> model() const {
    std::vector<double> w(state_.size() + 1);
    for (std::size_t j = 0; j != state_.size(); ++j) w[j] = static_cast<double>(state_[j].weight);
    w.back() = static_cast<double>(intercept_.weight);
    return {w, state_.size(), loss_};
  }

private:
  static constexpr T largest_root = sizeof(T) == sizeof(float) ? T(1e18) : T(1e150);  // squares stay finite

  // The weight follows from the other two; kept, because it is asked for more often than it changes.
  struct column {
    T evidence = 0;  // z of the paper
    T root = 0;      // the root of n, the sum of squared slopes
    T weight = 0;

    static void fields(auto& self, auto& visit) {
      visit("evidence", self.evidence);
      visit("root", self.root);
      visit("weight", self.weight);
    }
    [[nodiscard]] bool finite() const noexcept { return is_finite(evidence) && is_finite(root) && is_finite(weight); }
  };

  void step(column& c, T slope, T l1, T l2) const noexcept {
    T const root = std::sqrt(c.root * c.root + slope * slope);
    if (!(root < largest_root)) return;  // a value so large says nothing about the column
    c.evidence += slope - (root - c.root) / alpha_ * c.weight;
    c.root = root;
    // Written from the right: clang 14 takes `c.evidence <` for the template of that name.
    T const size = 0 > c.evidence ? -c.evidence : c.evidence;
    T const over = size - l1;
    T const shrunk = 0 > c.evidence ? over : -over;
    T const scale = beta_ + root + alpha_ * l2;
    c.weight = over > 0 && scale > 0 ? alpha_ * shrunk / scale : T{0};
  }

  [[nodiscard]] T sum(sparse_row<T> row, std::size_t count) const noexcept {
    T even = 0;
    T odd = 0;
    std::size_t k = 0;
    for (; k + 2 <= count; k += 2) {
      even += row.value[k] * state_[row.index[k]].weight;
      odd += row.value[k + 1] * state_[row.index[k + 1]].weight;
    }
    if (k != count) even += row.value[k] * state_[row.index[k]].weight;
    return even + odd;
  }

  void check(sparse_row<T> row, T label, T weight, T offset) const {
    if (!is_finite(label) || !accepts_label(loss_, static_cast<double>(label)))
      raise(error(error_kind::data) << "ftrl: the label " << label << " is none that the loss takes");
    if (!is_finite(weight) || weight <= 0)
      raise(error(error_kind::data) << "ftrl: the weight " << weight << " is not a positive number");
    if (!is_finite(offset)) raise(error(error_kind::data) << "ftrl: the offset is not a finite number");
    for (std::size_t k = 0; k != row.size(); ++k)
      if (!is_finite(row.value[k]) || row.index[k] == index_limit)
        raise(error(error_kind::data).at(0, row.index[k])
              << "ftrl: the value of column " << row.index[k] << " is not a finite number");
  }

  T alpha_;
  T beta_;
  T l1_;
  T l2_;
  bool with_intercept_;
  Loss loss_;
  std::vector<column> state_;
  column intercept_;
};

KINDRED_END
