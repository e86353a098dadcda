// SPDX-License-Identifier: BSL-1.0

// Which model to use is known when the program runs: from a configuration file, an experiment, the command line.

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/core/error.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/neighbor/item_knn.hpp>

#include <array>
#include <iostream>
#include <span>
#include <string_view>
#include <vector>

// [train]
// One type for whatever comes out: the rest of the program need not know which models there are.
kindred::any_scorer<float> train(std::string_view name, kindred::ratings<float> const& ratings) {
  if (name == "popular") return kindred::fit(kindred::popularity{}, ratings).model;
  if (name == "similar") return kindred::fit(kindred::item_knn<>{.min_shared = 1}, ratings).model;
  if (name == "blend") {
    auto taste = kindred::fit(kindred::sgd<>{.factors = 2, .seed = 7}, ratings).model;
    auto similar = kindred::fit(kindred::item_knn<>{.min_shared = 1}, ratings).model;
    return kindred::weighted{{0.5f, 0.5f}, taste, similar};
  }
  kindred::raise(
      (kindred::error(kindred::error_kind::setting) << "there is no model called ").quote(name.data(), name.size()));
}
// [/train]

// [use]
int main() {
  std::vector<kindred::rating<float>> said;
  for (kindred::index_t u = 0; u != 12; ++u)
    for (kindred::index_t i = 0; i != 8; ++i)
      if ((u + 2 * i) % 5 != 0)
        said.push_back({kindred::user_id{u}, kindred::item_id{i}, u % 2 == i % 2 ? 5.0f : 2.0f});
  auto const ratings = kindred::ratings<float>::from(said);

  kindred::user_id const user{1};
  for (std::string_view const name : {"popular", "similar", "blend", "oracle"}) try {
      kindred::any_scorer<float> const model = train(name, ratings);
      std::array<kindred::scored_item<float>, 2> best;
      auto const count = kindred::top_n(model, user, kindred::unseen(ratings, user), best);
      std::cout << name << ':';
      for (auto const& [item, value] : std::span(best).first(count)) std::cout << " item " << kindred::to_index(item);
      std::cout << '\n';
    } catch (kindred::error const& e) { std::cout << e.what() << '\n'; }
}
// [/use]
