// SPDX-License-Identifier: BSL-1.0

// Watching a fit: a progress bar, a stop when it gets no better, and a cancel button. All three are observers.

#include <kindred/factor/sgd.hpp>

#include <cmath>
#include <iostream>
#include <stop_token>
#include <string>

// [flat]
// Ends a fit when an epoch has lowered the objective by less than `least` of itself.
struct stop_when_flat {
  double least = 0.02;
  double before = 0;

  kindred::flow operator()(kindred::progress const& now) noexcept {
    bool const flat = now.epoch > 1 && before - now.objective < least * before;
    before = now.objective;
    return flat ? kindred::flow::stop : kindred::flow::proceed;
  }
};
// [/flat]

int main() {
  kindred::rating_table<double> said;
  for (kindred::index_t u = 0; u != 60; ++u)
    for (kindred::index_t i = u % 3; i < 40; i += 2)
      said.add(kindred::user_id{u}, kindred::item_id{i}, 3 + std::sin(u) + std::cos(i) + (u % 2 == i % 4 / 2 ? 1 : -1));
  auto const ratings = kindred::ratings<double>::from(said);
  kindred::sgd<> const how{.factors = 4, .epochs = 100, .rate = {.rate = 0.05}, .seed = 5};

  // [progress]
  stop_when_flat flat;
  auto const watch = [&](kindred::progress const& now) {
    double const stars = std::sqrt(2 * now.objective);  // the error, since the squared loss is half its square
    std::cout << (now.epoch < 10 ? " " : "") << now.epoch << ' '
              << std::string(static_cast<std::size_t>(40 * stars), '#') << '\n';
    return flat(now);
  };
  auto const [model, report] = kindred::fit(how, ratings, kindred::sequential{}, watch);
  std::cout << (report.converged ? "ran to the end\n" : "stopped\n");
  // [/progress]

  // [cancel]
  std::stop_source button;  // pressed by another thread, say; here by the observer itself, after three epochs
  auto const cancel = [&](kindred::progress const& now) {
    if (now.epoch == 3) button.request_stop();
    return button.stop_requested() ? kindred::flow::stop : kindred::flow::proceed;
  };
  auto const cut_short = kindred::fit(how, ratings, kindred::sequential{}, cancel);
  std::cout << "canceled after " << cut_short.report.epochs << " epochs; the model is as good as it got\n";
  // [/cancel]
}
