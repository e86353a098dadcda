// SPDX-License-Identifier: BSL-1.0
//
// A running service: requests are answered while the model is trained anew and replaced under them.

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/serve/served.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <iostream>
#include <thread>
#include <utility>
#include <vector>

namespace {

using catalog = kindred::ratings<float>;

// What a request needs, kept together: a model, and what its users have seen.
// [bundle]
struct shop_model {
  catalog ratings;
  kindred::any_scorer<float> scorer;
};

shop_model train(catalog ratings, std::uint64_t seed) {
  auto taste = kindred::fit(kindred::implicit_als<>{.factors = 8, .sweeps = 3, .seed = seed}, ratings).model;
  auto popular = kindred::fit(kindred::popularity{}, ratings).model;
  return {std::move(ratings), kindred::fallback{std::move(taste), std::move(popular)}};
}
// [/bundle]

// [request]
using list = std::array<kindred::scored_item<float>, 5>;

// Answers on any thread. Whatever is published meanwhile, this list is made by one model.
list answer(kindred::served<shop_model> const& shop, kindred::user_id user) {
  auto const now = shop.now();
  list best{};
  kindred::top_n(now->scorer, user, kindred::unseen(now->ratings, user), best);
  return best;
}
// [/request]

}  // namespace

int main() {
  auto const events = kindred::testing::generate_ratings({.users = 200, .items = 120, .ratings = 4000, .rank = 4});
  auto const all = catalog::from(events);

  // [swap]
  kindred::served<shop_model> shop{train(all, 1)};
  std::atomic<bool> open{true};
  std::atomic<std::uint64_t> answered{0}, unsorted{0};
  std::vector<std::thread> requests;
  for (kindred::index_t t = 0; t != 2; ++t)
    requests.emplace_back([&, t] {
      for (kindred::index_t k = t; open; k += 2) {
        auto const best = answer(shop, kindred::user_id{k % all.user_count()});
        for (std::uint32_t n = 1; n != best.size(); ++n) unsorted += best[n - 1].value < best[n].value ? 1u : 0u;
        ++answered;
      }
    });
  for (std::uint64_t night = 2; night != 7; ++night) shop.publish(train(all, night));
  while (answered < 1000) std::this_thread::yield();
  open = false;
  for (std::thread& one : requests) one.join();
  // [/swap]
  std::cout << "published " << shop.now().version() << " models under more than 1000 requests, "
            << (unsorted == 0 ? "every list whole" : "lists mixed up") << '\n';
}
