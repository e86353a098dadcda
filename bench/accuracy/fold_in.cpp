// SPDX-License-Identifier: BSL-1.0
// flags: -O3 -march=native
// bench: accuracy/fold_in/ml100k
//
// What those lose who come after the training: of MovieLens 100K, a tenth of the users is left out of it and then folded in by
// live_factors, rating by rating, with about 80 % of what they rated (as a hash of user and item says); the figure is the RMSE of the
// rest, cut to the scale. Beside it, of the same ratings by the same recipe, trained with those 80 % from the start. Each tenth is left
// out in turn. All settings are the defaults.
//
// Reads ml-100k/u.data in the folder that KINDRED_DATA names.

#include <kindred/data/ratings.hpp>
#include <kindred/factor/als.hpp>
#include <kindred/factor/live_factors.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

namespace {

using namespace kindred;

// Calls visit(user, item, value) for all ratings, and returns the marks that it gives them, in their order.
std::vector<std::uint8_t> marked(ratings<float> const& data, auto const& visit) {
  std::vector<std::uint8_t> marks;
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) marks.push_back(visit(u, row.index[k], row.value[k]));
  }
  return marks;
}

template <class How>
void compare(char const* name, ratings<float> const& data) {
  double folded = 0, anew = 0, count = 0;
  for (std::uint64_t tenth = 0; tenth != 10; ++tenth) {
    auto const late = [&](index_t u) { return mix(1, u) % 10 == tenth; };
    auto const tested = [&](index_t u, index_t i) { return late(u) && mix(2, u, i) % 5 == 0; };
    auto model = fit(live_factors<How>{}, data.selected(marked(data, [&](index_t u, index_t, float) {
                   return !late(u);
                 }))).model;
    marked(data, [&](index_t u, index_t i, float value) {
      if (late(u) && !tested(u, i)) model.update(user_id{u}, item_id{i}, value);
      return true;
    });
    auto const known =
        fit(How{}, data.selected(marked(data, [&](index_t u, index_t i, float) { return !tested(u, i); }))).model;
    auto const wrong = [](float score, float value) {
      double const by = static_cast<double>((std::clamp)(score, 1.0f, 5.0f) - value);
      return by * by;
    };
    marked(data, [&](index_t u, index_t i, float value) {
      if (!tested(u, i)) return true;
      folded += wrong(score_of(model, user_id{u}, item_id{i}), value);
      anew += wrong(score_of(known, user_id{u}, item_id{i}), value);
      count += 1;
      return true;
    });
  }
  folded = std::sqrt(folded / count);
  anew = std::sqrt(anew / count);
  std::printf("BENCH accuracy/fold_in/ml100k/%s ours=%.4f peer=trained_anew:%.4f ratio=%.3f unit=rmse\n", name, folded,
              anew, anew / folded);
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  auto const file = read_ratings<float>(std::string(folder) + "/ml-100k/u.data", movielens_100k);
  auto const data = ratings<float>::from(file.table);
  compare<als<>>("als", data);
  compare<sgd<>>("sgd", data);
  compare<svdpp<>>("svdpp", data);
} catch (std::exception const& e) {
  std::fprintf(stderr, "fold_in: %s\n", e.what());
  return 2;
}
