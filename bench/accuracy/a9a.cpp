// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/a9a/ftrl linear/ftrl/a9a
//
// Census income (a9a, 32 561 examples of 123 binary features to learn from, 16 281 to be tried on): what FTRL-Proximal comes to
// in one pass, beside the figures that a plain implementation of the published algorithm reaches in two
// (accuracy .8509, AUC .9022, log loss .3242), and its milliseconds of one thread. Reads a9a/a9a and a9a/a9a.t in the folder
// that KINDRED_DATA names.

#include <kindred/evaluate/confusion.hpp>
#include <kindred/evaluate/probability_accuracy.hpp>
#include <kindred/evaluate/roc_auc.hpp>
#include <kindred/io/read_libsvm.hpp>
#include <kindred/linear/ftrl.hpp>
#include <kindred/run/fit.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  kindred::libsvm_format const format{.labels = kindred::libsvm_labels::yes_or_no, .columns = 123};
  auto const train = kindred::read_libsvm<float>(std::string(folder) + "/a9a/a9a", format);
  auto const test = kindred::read_libsvm<float>(std::string(folder) + "/a9a/a9a.t", format);

  kindred::ftrl<> const recipe{.rates = {.alpha = 0.09, .beta = 0.5}};
  std::array<double, 15> runs;
  for (double& run : runs) {
    auto const start = std::chrono::steady_clock::now();
    static_cast<void>(kindred::fit(recipe, train.view()));
    run = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  }
  std::sort(runs.begin(), runs.end());

  auto const model = kindred::fit(recipe, train.view()).model;
  std::vector<float> probability(test.size());
  for (kindred::index_t r = 0; r != test.size(); ++r) probability[r] = model.predict(test.rows().row(r));
  kindred::scored_examples<float> const said{probability, test.labels()};
  double const accuracy = kindred::confusion_at(said, 0.5).accuracy();
  double const auc = kindred::roc_auc(said);
  double const log_loss = kindred::evaluate_probabilities(said).log_loss;
  std::printf("accuracy %.5f, AUC %.5f, log loss %.5f\n", accuracy, auc, log_loss);
  std::printf("BENCH accuracy/a9a/ftrl ours=%.4f peer=plain:0.8509 ratio=%.4f unit=accuracy\n", accuracy,
              accuracy / 0.8509);
  std::printf("BENCH accuracy/a9a/ftrl ours=%.4f peer=plain:0.9022 ratio=%.4f unit=auc\n", auc, auc / 0.9022);
  std::printf("BENCH accuracy/a9a/ftrl ours=%.4f peer=plain:0.3242 ratio=%.4f unit=log_loss\n", log_loss,
              0.3242 / log_loss);
  std::printf("BENCH linear/ftrl/a9a ours=%.2f peer=absent unit=ms\n", runs[runs.size() / 2]);
} catch (std::exception const& e) {
  std::fprintf(stderr, "a9a: %s\n", e.what());
  return 2;
}
