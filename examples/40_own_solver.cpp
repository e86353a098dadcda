// SPDX-License-Identifier: BSL-1.0

// A solver of your own for linear models: gradient steps with momentum, beside Newton's method of the library.

#include <kindred/data/example_table.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <span>
#include <vector>

// [solver]
// Accelerated gradient steps (Nesterov, 1983): each is taken where the last two lead.
struct momentum {
  double rate = 0.004;
  std::uint32_t steps = 200;

  template <class Objective, kindred::executor E, kindred::observer O>
  kindred::fit_report minimize(Objective& f, std::span<double> w, E& ex, O& watch) const {
    if (f.penalty().l1 != 0) kindred::raise(kindred::error(kindred::error_kind::setting) << "momentum: l1 has to be 0");
    std::vector<double> gradient(f.size()), margin(f.examples_count()), slope(f.examples_count());
    std::vector<double> ahead(w.begin(), w.end()), last(w.begin(), w.end());
    kindred::fit_report report;
    while (report.epochs != steps) {
      f.margins(ex, ahead, true, margin);
      report.objective = f.losses(ex, margin, 0, {}, slope, {}) + f.penalty_of(ex, ahead);
      f.gradient(ex, ahead, slope, gradient);
      double const k = ++report.epochs;
      for (std::size_t j = 0; j != w.size(); ++j) {
        w[j] = ahead[j] - rate * gradient[j];
        ahead[j] = w[j] + k / (k + 3) * (w[j] - last[j]);
        last[j] = w[j];
      }
      if (watch({report.epochs, report.objective}) == kindred::flow::stop) break;
    }
    return report;
  }
};
// [/solver]

int main() {
  // Will they click? By price, rating, and something that does not matter.
  std::array<kindred::index_t, 3> const columns{0, 1, 2};
  kindred::example_table<double> said;
  kindred::random_stream random(7, 0);
  for (int k = 0; k != 500; ++k) {
    std::array<double, 3> const seen{kindred::unit(random), kindred::unit(random), kindred::unit(random)};
    bool const clicked = kindred::unit(random) < 1 / (1 + std::exp(0.5 + 3 * seen[0] - 4 * seen[1]));
    said.add(clicked ? 1 : 0, {columns, seen});
  }
  // [use]
  auto const slow = kindred::fit(kindred::logistic_regression<momentum>{.l2 = 1}, said.view());
  auto const fast = kindred::fit(kindred::logistic_regression<>{.l2 = 1}, said.view());
  // [/use]
  std::cout << std::fixed << std::setprecision(1) << "momentum: " << slow.report.objective << " after "
            << slow.report.epochs << " steps\nnewton: " << fast.report.objective << '\n';
}
