// SPDX-License-Identifier: BSL-1.0

// Which settings? Many are tried for a few epochs, the best of them for more, on a hold-out inside the training part. What was found
// is then judged once, on ratings that took no part in the choice.

#include <kindred/interop/thread_pool.hpp>
#include <kindred/kindred.hpp>
#include <kindred/testing/generate.hpp>

#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <variant>

int main() {
  auto const shop = kindred::testing::generate({.users = 800, .products = 200, .seed = 7});
  auto const ratings =
      kindred::ratings<double>::from(shop.ratings<double>(), kindred::on_duplicate::error, shop.size());
  auto const parts = kindred::random_holdout{.fraction = 0.2, .seed = 1}.split(ratings);
  auto const &train = parts.first, &test = parts.second;
  kindred::thread_pool pool(4);

  // [space]
  kindred::search_space space;
  space.names("loss", {"squared", "huber"})
      .values("factors", {8, 16, 32, 64})
      .range("rate", 0.005, 0.08, kindred::spread::logarithmic)
      .range("strength", 0.01, 0.5, kindred::spread::logarithmic);
  // [/space]

  // [make]
  // A point becomes a recipe; of several kinds it becomes a variant.
  auto const make =
      [](kindred::search_point const& point) -> std::variant<kindred::sgd<>, kindred::sgd<kindred::huber_loss>> {
    auto const with = [&]<class Recipe>(Recipe how) {
      how.factors = point["factors"];
      how.epochs = point.effort_of(27);
      how.vector.strength = point["strength"];
      how.rate.rate = point["rate"];
      how.seed = 1;
      return how;
    };
    if (point["loss"] == "huber") return with(kindred::sgd<kindred::huber_loss>{});
    return with(kindred::sgd<>{});
  };
  // [/make]

  // [tune]
  auto const error = [](auto const& model, auto const& learned, auto const& held_out) {
    return kindred::evaluate_ratings(model, held_out, kindred::rating_scale::of(learned)).rmse;
  };
  auto const found =
      kindred::tune(space, kindred::successive_halving{.trials = 40, .keep = 2, .rungs = 3, .seed = 1}, make, train,
                    kindred::random_holdout{.fraction = 0.2, .seed = 2}, error, {.want = kindred::goal::lowest}, pool);
  // [/tune]
  std::size_t full = 0;
  for (auto const& trial : found.log.trials) full += trial.effort == 1 ? 1u : 0u;
  std::cout << std::fixed << std::setprecision(2) << found.log.trials.size() << " trials, " << full
            << " of them with all epochs; the best has an RMSE of " << found.figure << " on the hold-out\n";
  std::cout << "loss: " << found["loss"].name << ", factors: " << static_cast<std::uint32_t>(found["factors"]) << '\n';

  // [judge]
  // Trained on all of the training part, judged once, beside what one would have taken without a search.
  auto const scale = kindred::rating_scale::of(train);
  auto const judge = [&](auto const& recipe) {
    return kindred::rating_errors(kindred::fit(recipe, train, pool).model, test, scale, pool);
  };
  auto const tuned = std::visit(judge, make(found.best()));
  auto const usual = judge(kindred::sgd<>{.seed = 1});
  auto const a = kindred::estimate_ratings(usual).rmse, b = kindred::estimate_ratings(tuned).rmse;
  auto const contest = kindred::compare_paired(usual.squares, tuned.squares);
  // [/judge]
  std::cout << "RMSE on the test part: usual settings " << a.value << " [" << a.low << ", " << a.high
            << "], found ones " << b.value << " [" << b.low << ", " << b.high << "]"
            << (contest.differs() ? ": a real difference\n" : "\n");
}
