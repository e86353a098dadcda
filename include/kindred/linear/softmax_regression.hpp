// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/linear/lbfgs.hpp>
#include <kindred/linear/linear_checkpoint.hpp>
#include <kindred/linear/owlqn.hpp>
#include <kindred/linear/row_parts.hpp>
#include <kindred/linear/softmax_model.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// Multinomial logistic regression: one of several classes, which labels number 0, 1, 2 ... Minimizes
//
//   sum over examples (x, y, c) of  c (log sum over k of exp(b_k + w_k . x)  -  b_y - w_y . x)  +  l2 / 2 sum over k of |w_k|^2  +  l1 sum over k of |w_k|_1
//
// by L-BFGS, with an l1 by owlqn of the same settings. Intercepts are not penalized; without penalties the parameters are
// defined up to what all classes share. Offsets are not used: one that all classes get alike says nothing. With two classes
// the probabilities are those of logistic_regression with twice the l2.
//
// One pass over the rows an evaluation, O(stored values x classes), parallel over parts of the rows, the same bits on any number
// of threads. Throws error{data} for a label that is no whole number from 0 to 65535 and where there are no examples.
struct softmax_regression {
  double l2 = 1;
  double l1 = 0;
  lbfgs solver{};

  template <feature_rows Rows, executor E, observer O>
  [[nodiscard]] fitted<softmax_model<value_t<Rows>>> fit(examples<Rows> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <feature_rows Rows>
  [[nodiscard]] linear_checkpoint<lbfgs::memory_type> begin(examples<Rows> const& data) const {
    check_not_negative("softmax_regression: l2", l2);
    check_not_negative("softmax_regression: l1", l1);
    solver.check();
    return {buffer<double>((data.columns() + std::size_t{1}) * count_classes(data), 0.0)};
  }
  template <feature_rows Rows, executor E, class After>
  void advance(linear_checkpoint<lbfgs::memory_type>& training, examples<Rows> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    std::size_t const classes = count_classes(data);
    check_training(training, data, classes);
    std::size_t const columns = data.columns();
    std::size_t const size = (columns + 1) * classes;
    row_parts const parts(data.rows(), size);
    buffer<double> sums(parts.size() * size);
    std::vector<double> loss(parts.size());
    auto const evaluate = [&](std::span<double const> w, std::span<double> gradient) {
      ex.bulk(parts.size(), [&](std::size_t k) {
        loss[k] = add_rows(data, parts.first(k), parts.last(k), w, classes, {sums.data() + k * size, size});
      });
      for_chunks(ex, size, 4096, [&](std::size_t first, std::size_t last) {
        for (std::size_t j = first; j != last; ++j) {
          double sum = j < columns * classes ? l2 * w[j] : 0;
          for (std::size_t k = 0; k != parts.size(); ++k) sum += sums[k * size + j];
          gradient[j] = sum;
        }
      });
      double value = 0;
      for (double const part : loss) value += part;
      auto const weights = w.first(columns * classes);
      return value + l2 / 2 * detail::inner(ex, weights, weights);
    };
    owlqn const sparse{solver.tolerance, solver.iterations, solver.memory};
    if (l1 > 0) sparse.advance_function(evaluate, training, columns * classes, l1, more, ex, after);
    else solver.advance_function(evaluate, training, more, ex, after);
  }
  template <feature_rows Rows, executor E>
  [[nodiscard]] fitted<softmax_model<value_t<Rows>>> finish(linear_checkpoint<lbfgs::memory_type> const& training,
                                                            examples<Rows> const& data, E&) const {
    std::size_t const classes = count_classes(data);
    check_training(training, data, classes);
    return {softmax_model<value_t<Rows>>(training.parameters.span(), data.columns(), classes), training.report};
  }

private:
  template <class Rows>
  static void check_training(linear_checkpoint<lbfgs::memory_type> const& training, examples<Rows> const& data,
                             std::size_t classes) {
    if (training.parameters.size() != (data.columns() + std::size_t{1}) * classes)
      raise(error(error_kind::shape) << "softmax_regression: what was begun is of other data, or of another recipe");
  }

  template <class Rows>
  [[nodiscard]] static std::size_t count_classes(examples<Rows> const& data) {
    if (data.empty()) raise(error(error_kind::data) << "softmax_regression: there are no examples to learn from");
    std::size_t classes = 0;
    for (index_t r = 0; r != data.size(); ++r) {
      auto const y = static_cast<double>(data.label(r));
      if (!(y >= 0 && y <= 65535) || y != static_cast<double>(static_cast<std::size_t>(y)))
        raise(error(error_kind::data).at(r)
              << "softmax_regression: the label " << y << " of row " << r << " is no whole number from 0 to 65535");
      if (static_cast<std::size_t>(y) >= classes) classes = static_cast<std::size_t>(y) + 1;
    }
    return classes;
  }

  // The losses of some rows; fills the sum of their gradients.
  template <class Rows>
  [[nodiscard]] static double add_rows(examples<Rows> const& data, index_t first, index_t last,
                                       std::span<double const> w, std::size_t classes, std::span<double> gradient) {
    for (double& g : gradient) g = 0;
    std::size_t const columns = data.columns();
    std::vector<double> z(classes);
    double sum = 0;
    for (index_t r = first; r != last; ++r) {
      auto const row = data.row(r);
      auto const y = static_cast<std::size_t>(data.label(r));
      auto const c = static_cast<double>(data.weight(r));
      for (std::size_t k = 0; k != classes; ++k) z[k] = w[columns * classes + k];
      detail::add_by_class(row, w.data(), columns, std::span<double>(z));
      double const own = z[y];
      sum += c * (detail::softmax_in_place(std::span<double>(z)) - own);
      z[y] -= 1;
      for (std::size_t k = 0; k != classes; ++k) {
        z[k] *= c;
        gradient[columns * classes + k] += z[k];
      }
      spread(row, z, gradient);
    }
    return sum;
  }

  template <real T>
  static void spread(sparse_row<T> row, std::span<double const> z, std::span<double> gradient) noexcept {
    for (std::size_t k = 0; k != row.size(); ++k)
      for (std::size_t c = 0; c != z.size(); ++c)
        gradient[row.index[k] * z.size() + c] += static_cast<double>(row.value[k]) * z[c];
  }
  template <real T>
  static void spread(dense_row<T> row, std::span<double const> z, std::span<double> gradient) noexcept {
    for (std::size_t j = 0; j != row.size(); ++j)
      for (std::size_t c = 0; c != z.size(); ++c) gradient[j * z.size() + c] += static_cast<double>(row[j]) * z[c];
  }
};

KINDRED_END
