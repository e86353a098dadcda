// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/a9a/ftrl linear/ftrl/a9a
//
// Census income (a9a, 32 561 examples of 123 binary features to learn from, 16 281 to be tried on): what FTRL-Proximal comes to,
// beside the figures that a plain implementation of the published algorithm reaches in two passes (accuracy .8509, AUC .9022,
// log loss .3242), and its milliseconds of one thread. Twice:
//
//   default  as ftrl<> is: one pass, with the rates it has had since before this file was
//   chosen   rates and passes with the lowest log loss in 5-fold cross-validation on the examples to learn from
//
// Reads a9a/a9a and a9a/a9a.t in the folder that KINDRED_DATA names.

#include <kindred/evaluate/confusion.hpp>
#include <kindred/evaluate/probability_accuracy.hpp>
#include <kindred/evaluate/roc_auc.hpp>
#include <kindred/io/read_libsvm.hpp>
#include <kindred/linear/ftrl.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

namespace {

using table = kindred::example_table<float>;

struct figures {
  double accuracy = 0;
  double auc = 0;
  double log_loss = 0;
};

figures judge(kindred::ftrl<> const& recipe, table const& train, table const& test) {
  auto const model = kindred::fit(recipe, train.view()).model;
  std::vector<float> probability(test.size());
  for (kindred::index_t r = 0; r != test.size(); ++r) probability[r] = model.predict(test.rows().row(r));
  kindred::scored_examples<float> const said{probability, test.labels()};
  return {kindred::confusion_at(said, 0.5).accuracy(), kindred::roc_auc(said),
          kindred::evaluate_probabilities(said).log_loss};
}

// Looks at nothing but the examples to learn from.
kindred::ftrl<> choose(table const& train) {
  constexpr std::size_t folds = 5;
  std::vector<table> within(folds, table(train.columns())), beside(folds, table(train.columns()));
  for (kindred::index_t r = 0; r != train.size(); ++r)
    for (std::size_t k = 0; k != folds; ++k)
      (kindred::mix(1, r) % folds == k ? beside : within)[k].add(train.labels()[r], train.rows().row(r));
  kindred::ftrl<> best;
  double least = 1e300;
  for (double const alpha : {0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3})
    for (double const beta : {0.1, 0.3, 1.0, 3.0})
      for (std::uint32_t const passes : {1u, 2u}) {
        kindred::ftrl<> const how{.rates = {.alpha = alpha, .beta = beta}, .passes = passes};
        double sum = 0;
        for (std::size_t k = 0; k != folds; ++k) sum += judge(how, within[k], beside[k]).log_loss;
        if (sum < least) {
          least = sum;
          best = how;
        }
      }
  return best;
}

void say(char const* name, kindred::ftrl<> const& recipe, table const& train, table const& test) {
  auto const is = judge(recipe, train, test);
  std::printf("%s: alpha %.2f, beta %.1f, %u passes: accuracy %.5f, AUC %.5f, log loss %.5f\n", name,
              recipe.rates.alpha, recipe.rates.beta, recipe.passes, is.accuracy, is.auc, is.log_loss);
  std::array<double, 15> runs{};
  for (double& run : runs) {
    auto const start = std::chrono::steady_clock::now();
    static_cast<void>(kindred::fit(recipe, train.view()));
    run = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  }
  std::sort(runs.begin(), runs.end());
  std::printf("BENCH accuracy/a9a/ftrl ours=%.5f peer=plain:0.8509 ratio=%.4f unit=accuracy rates=%s\n", is.accuracy,
              is.accuracy / 0.8509, name);
  std::printf("BENCH accuracy/a9a/ftrl ours=%.5f peer=plain:0.9022 ratio=%.4f unit=auc rates=%s\n", is.auc,
              is.auc / 0.9022, name);
  std::printf("BENCH accuracy/a9a/ftrl ours=%.5f peer=plain:0.3242 ratio=%.4f unit=log_loss rates=%s\n", is.log_loss,
              0.3242 / is.log_loss, name);
  std::printf("BENCH linear/ftrl/a9a ours=%.2f peer=absent unit=ms rates=%s\n", runs[runs.size() / 2], name);
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  kindred::libsvm_format const format{.labels = kindred::libsvm_labels::yes_or_no, .columns = 123};
  auto const train = kindred::read_libsvm<float>(std::string(folder) + "/a9a/a9a", format);
  auto const test = kindred::read_libsvm<float>(std::string(folder) + "/a9a/a9a.t", format);
  say("default", {}, train, test);
  say("chosen", choose(train), train, test);
} catch (std::exception const& e) {
  std::fprintf(stderr, "a9a: %s\n", e.what());
  return 2;
}
