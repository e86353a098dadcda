// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/linear/curvature_product.hpp>
#include <kindred/linear/linear_penalty.hpp>
#include <kindred/linear/row_math.hpp>
#include <kindred/linear/row_parts.hpp>
#include <kindred/linear/total.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/view/csr_view.hpp>

#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// The smooth part of that objective and its derivatives, as the solvers need them: parallel over parts of the rows, the
// same bits on any number of threads. Parameters are double: the weights, then the intercept if there is one. Margins are
// o + b + w . x of every example.
template <class Rows, class Loss>
class linear_objective {
public:
  using value_type = value_t<Rows>;
  using loss_type = Loss;
  using row_type = typename examples<Rows>::row_type;
  static constexpr bool is_sparse = std::same_as<Rows, csr_view<value_type>>;

  // Throws error{data} for a label that the loss is not made for.
  linear_objective(examples<Rows> data, Loss const& loss, linear_penalty penalty, bool intercept)
      : data_(data),
        loss_(loss),
        penalty_(penalty),
        columns_(data.columns()),
        size_(columns_ + (intercept ? 1u : 0u)),
        parts_(data.rows(), size_) {
    for (index_t r = 0; r != data.size(); ++r)
      if (!accepts_label(loss, static_cast<double>(data.label(r))))
        raise(error(error_kind::data).at(r)
              << "the label " << data.label(r) << " of row " << r << " is none that the loss takes");
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }        // of the parameters
  [[nodiscard]] std::size_t columns() const noexcept { return columns_; }  // that are weights
  [[nodiscard]] bool intercept() const noexcept { return size_ != columns_; }
  [[nodiscard]] index_t examples_count() const noexcept { return data_.size(); }
  [[nodiscard]] examples<Rows> const& data() const noexcept { return data_; }
  [[nodiscard]] Loss const& loss() const noexcept { return loss_; }
  [[nodiscard]] linear_penalty penalty() const noexcept { return penalty_; }

  // The price of the parameters: l2 / 2 |w|^2 + l1 |w|_1.
  template <executor E>
  [[nodiscard]] double penalty_of(E& ex, std::span<double const> w) const {
    return reduce_chunks<double>(ex, columns_, grain, [&](std::size_t first, std::size_t last) {
      double squares = 0;
      double absolutes = 0;
      for (std::size_t j = first; j != last; ++j) {
        squares += w[j] * w[j];
        absolutes += w[j] < 0 ? -w[j] : w[j];
      }
      return penalty_.l2 / 2 * squares + penalty_.l1 * absolutes;
    });
  }

  // margin = offset + X w (which costs nothing where w is zero), or without the offsets the change of the margins along w.
  template <executor E>
  void margins(E& ex, std::span<double const> w, bool with_offset, std::span<double> margin) const {
    double const b = intercept() ? w[columns_] : 0;
    bool zero = true;
    for (std::size_t j = 0; j != columns_ && zero; ++j) zero = w[j] == 0;
    for_chunks(ex, data_.size(), grain, [&](std::size_t first, std::size_t last) {
      for (std::size_t r = first; r != last; ++r) {
        auto const i = static_cast<index_t>(r);
        margin[r] = (zero ? 0 : detail::dot(data_.row(i), w.data())) + b +
                    (with_offset ? static_cast<double>(data_.offset(i)) : 0.0);
      }
    });
  }

  // The sum of the losses at margin + step change. Fills slope and curvature, times the weights of the examples; either may
  // be empty.
  template <executor E>
  [[nodiscard]] double losses(E& ex, std::span<double const> margin, double step, std::span<double const> change,
                              std::span<double> slope, std::span<double> curvature) const {
    return reduce_chunks<double>(ex, data_.size(), grain, [&](std::size_t first, std::size_t last) {
      double sum = 0;
      for (std::size_t r = first; r != last; ++r) {
        auto const i = static_cast<index_t>(r);
        double const p = change.empty() ? margin[r] : margin[r] + step * change[r];
        double const y = static_cast<double>(data_.label(i));
        double const c = static_cast<double>(data_.weight(i));
        if constexpr (curved_loss<Loss, double>) {
          auto const at = terms_of(loss_, p, y);
          sum += c * at.value;
          if (!slope.empty()) slope[r] = c * at.slope;
          if (!curvature.empty()) curvature[r] = c * at.curvature;
        } else {
          sum += c * loss_.value(p, y);
          if (!slope.empty()) slope[r] = c * loss_.slope(p, y);
        }
      }
      return sum;
    });
  }

  // gradient = X^T slope + l2 w.
  template <executor E>
  void gradient(E& ex, std::span<double const> w, std::span<double const> slope, std::span<double> gradient) {
    sum_rows(ex, gradient, [&](auto const& row, index_t r, double* sum) { detail::add(row, slope[r], sum); }, slope);
    add_ridge(w, gradient);
  }

  // The gradient at parameters of which nothing is known yet.
  template <executor E>
  void gradient_of(E& ex, std::span<double const> w, std::span<double> out) {
    buffer<double> margin(data_.size());
    buffer<double> slope(data_.size());
    margins(ex, w, true, margin.span());
    static_cast<void>(losses(ex, margin.span(), 0, {}, slope.span(), {}));
    gradient(ex, w, slope.span(), out);
  }

  // diagonal = that of X^T diag(curvature) X + l2.
  template <executor E>
  void diagonal(E& ex, std::span<double const> curvature, std::span<double> diagonal) {
    sum_rows(
        ex, diagonal, [&](auto const& row, index_t r, double* sum) { detail::add_squares(row, curvature[r], sum); },
        curvature);
    for (std::size_t j = 0; j != columns_; ++j) diagonal[j] += penalty_.l2;
  }

  // product = (X^T diag(curvature) X + l2) v; change = X v on the way. One pass over the rows, in the precision of the
  // features.
  template <executor E>
  void curvature_product(E& ex, std::span<double const> curvature, std::span<double const> v, std::span<double> change,
                         std::span<double> product) {
    product_.multiply(ex, data_, parts_, intercept(), curvature, v, change, product);
    add_ridge(v, product);
  }

private:
  static constexpr std::size_t grain = 4096;

  // out = the sum of what `body` adds for every row, and of `intercepts` for the intercept.
  template <executor E, class Body>
  void sum_rows(E& ex, std::span<double> out, Body const& body, std::span<double const> intercepts) {
    if (sum_.empty()) sum_ = buffer<double>(parts_.size() * columns_);
    buffer<double> intercept_sum(parts_.size(), 0.0);
    ex.bulk(parts_.size(), [&](std::size_t k) {
      double* const own = sum_.data() + k * columns_;
      for (std::size_t j = 0; j != columns_; ++j) own[j] = 0;
      double total = 0;
      for (index_t r = parts_.first(k); r != parts_.last(k); ++r) {
        body(data_.row(r), r, own);
        total += intercepts[r];
      }
      intercept_sum[k] = total;
    });
    for_chunks(ex, columns_, grain, [&](std::size_t first, std::size_t last) {
      for (std::size_t j = first; j != last; ++j) {
        double total = 0;
        for (std::size_t k = 0; k != parts_.size(); ++k) total += sum_[k * columns_ + j];
        out[j] = total;
      }
    });
    if (intercept()) out[columns_] = detail::total(intercept_sum.span());
  }

  void add_ridge(std::span<double const> w, std::span<double> gradient) const noexcept {
    for (std::size_t j = 0; j != columns_; ++j) gradient[j] += penalty_.l2 * w[j];
  }

  examples<Rows> data_;
  Loss loss_;
  linear_penalty penalty_;
  std::size_t columns_;
  std::size_t size_;
  row_parts parts_;
  buffer<double> sum_;
  detail::curvature_product<Rows> product_;
};

KINDRED_END
