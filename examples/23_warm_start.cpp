// SPDX-License-Identifier: BSL-1.0
//
// Training that is interrupted, resumed, stopped in time, begun where yesterday's model was, and not needed for somebody new.

#include <kindred/kindred.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <array>
#include <iostream>
#include <span>

int main() {
  auto const all = kindred::ratings<float>::from(
      kindred::testing::generate_ratings({.users = 400, .items = 200, .ratings = 12000, .rank = 4}));
  auto const [yesterday, today] = kindred::random_holdout{.fraction = 0.2, .seed = 3}.split(all);

  // Stop when ratings that were kept back are no longer foretold better.
  // [early]
  kindred::early_stop<> const careful{.how = {.factors = 8, .epochs = 200}, .patience = 3};
  auto const best = kindred::fit(careful, yesterday);
  std::cout << (best.report.converged ? "stopped in time\n" : "ran to the end\n");
  // [/early]

  // In several goes, with a checkpoint between them: the bits of one go.
  // [resume]
  kindred::sgd<> const how{.factors = 8, .epochs = 20};
  kindred::sequential ex;
  auto const go_on = [](auto const&) { return kindred::flow::proceed; };
  auto training = how.begin(yesterday);
  how.advance(training, yesterday, 12, ex, go_on);
  auto const checkpoint = training;  // a value: keep it, send it, go on from it
  how.advance(training, yesterday, 8, ex, go_on);
  bool const same = training.model == kindred::fit(how, yesterday).model;
  std::cout << checkpoint.report.epochs << " epochs and then 8 are " << (same ? "20 in one go\n" : "something else\n");
  // [/resume]

  // New ratings have come in: begin where the model is, instead of from nothing.
  // [warm]
  auto warm = how.begin(all, training.model);
  auto cold = how.begin(all);
  how.advance(warm, all, 1, ex, go_on);
  how.advance(cold, all, 1, ex, go_on);
  std::cout << "an epoch from yesterday's model: "
            << (warm.report.objective < 0.8 * cold.report.objective ? "much better" : "no better")
            << " than one from nothing\n";
  // [/warm]

  // Somebody is new, and has rated two things: no training.
  // [live]
  auto model = kindred::fit(kindred::live_factors<kindred::sgd<>>{.how = how}, yesterday).model;
  kindred::user_id const stranger{400};
  float const before = kindred::score_of(model, stranger, kindred::item_id{3});
  model.update(stranger, kindred::item_id{3}, 5);
  model.update(stranger, kindred::item_id{8}, 2);
  float const after = kindred::score_of(model, stranger, kindred::item_id{3});
  std::array<kindred::evidence<float>, 2> reasons;
  auto const why = model.explain(stranger, kindred::item_id{3}, reasons);
  std::cout << "item 3 for a stranger: " << (after > before ? "more" : "less") << " than before, because of item "
            << reasons[0].id << " first, of " << why.count << " items\n";
  std::array<kindred::scored_item<float>, 3> list;
  auto const count = kindred::top_n(model, stranger, kindred::unseen(model, stranger), list);  // not 3 and 8 again
  for (auto const& [item, value] : std::span(list).first(count)) {
    auto const because = model.explain(stranger, item, reasons);
    std::cout << "item " << kindred::to_index(item) << (because.base < value ? ", for" : ", in spite of") << " item "
              << reasons[0].id << '\n';
  }
  // [/live]
  return today.empty() ? 1 : 0;
}
