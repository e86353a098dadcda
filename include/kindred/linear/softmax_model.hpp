// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// z += W row, for weights in columns of `classes` numbers: what a feature says of every class stands together.
template <real T, real S>
void add_by_class(sparse_row<T> row, S const* weight, std::size_t columns, std::span<S> z) noexcept {
  for (std::size_t k = 0; k != row.size() && row.index[k] < columns; ++k) {
    S const* const w = weight + row.index[k] * z.size();
    S const x = static_cast<S>(row.value[k]);
    for (std::size_t c = 0; c != z.size(); ++c) z[c] += x * w[c];
  }
}
template <real T, real S>
void add_by_class(dense_row<T> row, S const* weight, std::size_t columns, std::span<S> z) noexcept {
  for (std::size_t j = 0; j != row.size() && j < columns; ++j)
    for (std::size_t c = 0; c != z.size(); ++c) z[c] += static_cast<S>(row[j]) * weight[j * z.size() + c];
}

// Replaces margins by probabilities, and returns the logarithm of the sum of their exponentials.
template <real S>
S softmax_in_place(std::span<S> z) noexcept {
  S highest = z[0];
  for (S const v : z) highest = v > highest ? v : highest;
  S sum = 0;
  for (S& v : z) sum += v = std::exp(v - highest);
  for (S& v : z) v /= sum;
  return highest + std::log(sum);
}

}  // namespace detail

// Weights of every column for every class: margins are intercepts + W row, probabilities their softmax. Columns that the model
// has not seen are ignored.
template <real T>
class softmax_model {
public:
  using value_type = T;

  // parameter: `classes` numbers a column, then `classes` intercepts.
  softmax_model(std::span<double const> parameter, std::size_t columns, std::size_t classes)
      : columns_(columns), classes_(classes), parameter_(parameter.size()) {
    for (std::size_t k = 0; k != parameter.size(); ++k) parameter_[k] = static_cast<T>(parameter[k]);
  }

  static constexpr stored_format format{"softmax_model", 1};
  softmax_model(blank) noexcept {}
  // A row a column, the last one of intercepts; a number a class.
  static void fields(auto& self, auto& visit) {
    visit.columns("parameters", self.classes_);
    visit("parameters", self.parameter_, self.classes_);
  }
  void restore() {
    check_stored(classes_ != 0 && parameter_.size() != 0, "softmax_model: an intercept for every class");
    columns_ = parameter_.size() / classes_ - 1;
    check_stored(columns_ < index_limit, "softmax_model: columns that can be numbered");
    check_stored_numbers(parameter_, "softmax_model");
  }

  [[nodiscard]] index_t columns() const noexcept { return static_cast<index_t>(columns_); }
  [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
  [[nodiscard]] T weight(index_t column, std::size_t of_class) const noexcept {
    return parameter_[column * classes_ + of_class];
  }
  [[nodiscard]] T intercept(std::size_t of_class) const noexcept { return parameter_[columns_ * classes_ + of_class]; }

  // Fills the margin of every class; out.size() is classes().
  template <class Row>
  void margins(Row row, std::span<T> out) const noexcept {
    for (std::size_t c = 0; c != classes_; ++c) out[c] = intercept(c);
    detail::add_by_class(row, parameter_.data(), columns_, out);
  }
  // Fills the probability of every class; they add up to one.
  template <class Row>
  void predict(Row row, std::span<T> out) const noexcept {
    margins(row, out);
    detail::softmax_in_place(out);
  }

  friend bool operator==(softmax_model const&, softmax_model const&) = default;

private:
  std::size_t columns_ = 0;
  std::size_t classes_ = 0;
  buffer<T> parameter_;
};

KINDRED_END
