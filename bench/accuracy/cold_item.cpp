// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/ml100k/cold_item accuracy/world/cold_item accuracy/ml100k/warm_blend accuracy/world/warm_blend
//
// Items that nobody has rated. A tenth of the items is held out whole, and everybody is recommended ten of them; the figure is
// NDCG@10 where 4 stars or more are relevant. Popularity knows nothing of such items and recommends none, so that the peer is a
// list at random. Warm: a tenth of the ratings is held out, all items are candidates, and content is blended with k-NN.
//
// The generated world needs no data. MovieLens 100K: ml-100k/u.data and u.item in the folder that KINDRED_DATA names.

#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/content/content.hpp>
#include <kindred/content/neighbors_by_features.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/run/random.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/testing/generate.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace {

using data_set = kindred::ratings<float>;
using catalog = kindred::feature_table<kindred::item_id>;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

constexpr kindred::ranking_protocol protocol{.length = 10, .relevant_from = 4};

// Scores at random, the same every time.
struct at_random {
  using value_type = float;
  bool knows(user_id) const noexcept { return true; }
  bool knows(item_id) const noexcept { return true; }
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k)
      out[k] = static_cast<float>(kindred::to_unit(kindred::mix(5, to_index(u), to_index(items[k]))));
  }
};

bool is_new(std::uint64_t seed, item_id i) noexcept { return kindred::to_unit(kindred::mix(seed, to_index(i))) < 0.1; }

// A model that knows new items only: what it puts on the shelf of arrivals.
template <class M>
struct arrivals {
  using value_type = float;
  M const* model;
  std::uint64_t seed;

  bool knows(user_id u) const noexcept { return model->knows(u); }
  bool knows(item_id i) const noexcept { return is_new(seed, i) && model->knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    model->score(u, items, out);
  }
};

// `hindsight` knows what no model can, and tells how much there was to find.
template <class Hindsight>
void cold(char const* name, data_set const& data, kindred::item_features<float> const& about,
          Hindsight const& hindsight, kindred::thread_pool& pool) {
  constexpr std::uint64_t splits = 5;
  double content = 0, stars = 0, plain = 0, alike = 0, popular = 0, chance = 0, most = 0;
  for (std::uint64_t seed = 1; seed <= splits; ++seed) {
    std::vector<std::uint8_t> known, held_out;
    for (index_t u = 0; u != data.user_count(); ++u)
      for (index_t const i : data.of(user_id{u}).index) {
        held_out.push_back(is_new(seed, item_id{i}));
        known.push_back(held_out.back() == 0);
      }
    auto const train = data.selected(known), test = data.selected(held_out);
    auto const judge = [&](auto const& model) {
      arrivals<std::remove_cvref_t<decltype(model)>> const shelf{&model, seed};
      return kindred::evaluate_ranking(shelf, train, test, protocol, pool).ndcg / splits;
    };
    content += judge(kindred::fit(kindred::content{about}, train, pool).model);
    stars += judge(kindred::fit(kindred::content{about, kindred::above_own_mean{}}, train, pool).model);
    plain += judge(kindred::fit(kindred::content<float>{.about = about, .contrast = 0}, train, pool).model);
    kindred::implicit_item_knn<kindred::by_features<float>> const item_to_item{.similarity = {about}};
    alike += judge(kindred::fit(item_to_item, train, pool).model);
    popular += judge(kindred::fit(kindred::popularity{}, train).model);
    chance += judge(at_random{});
    most += judge(hindsight);
  }
  std::printf(
      "%s, new items: NDCG@10 %.4f; above_own_mean %.4f, without contrast %.4f, item to item %.4f, popularity %.4f, "
      "random %.4f, hindsight %.4f\n",
      name, content, stars, plain, alike, popular, chance, most);
  std::printf("BENCH accuracy/%s/cold_item ours=%.4f peer=random:%.4f ratio=%.2f unit=ndcg\n", name, content, chance,
              content / chance);
}

// The true tastes of a generated world.
struct true_taste {
  using value_type = float;
  kindred::testing::world const* world;
  bool knows(user_id) const noexcept { return true; }
  bool knows(item_id) const noexcept { return true; }
  void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = static_cast<float>(world->match(u, items[k]));
  }
};

void warm(char const* name, data_set const& data, kindred::item_features<float> const& about,
          kindred::thread_pool& pool) {
  auto const [train, test] = kindred::random_holdout{.fraction = 0.1, .seed = 1}.split(data, 0);
  auto const judge = [&, &told = train, &held = test](auto const& model) {
    return kindred::evaluate_ranking(model, told, held, protocol, pool).ndcg;
  };
  auto const content = kindred::fit(kindred::content{about}, train, pool).model;
  // With much damping the weighted mean of the ratings becomes their sum, which ranks better.
  kindred::item_knn<kindred::cosine, kindred::constant> const by_ratings{.aggregate = {.damping = 20}};
  auto const similar = kindred::fit(by_ratings, train, pool).model;
  double const alone = judge(similar);
  double const blend = judge(kindred::weighted{{0.95f, 0.05f}, similar, content});
  std::printf("%s, known items: NDCG@10 of content %.4f, popularity %.4f\n", name, judge(content),
              judge(kindred::fit(kindred::popularity{}, train).model));
  std::printf("BENCH accuracy/%s/warm_blend ours=%.4f peer=item_knn:%.4f ratio=%.3f unit=ndcg\n", name, blend, alone,
              blend / alone);
}

void movielens(std::string const& folder, kindred::thread_pool& pool) {
  auto const file = kindred::read_ratings<float>(folder + "/ml-100k/u.data", kindred::movielens_100k);
  auto const data = data_set::from(file.table);
  constexpr std::string_view genres[] = {"unknown",   "action",   "adventure",   "animation", "children",
                                         "comedy",    "crime",    "documentary", "drama",     "fantasy",
                                         "film-noir", "horror",   "musical",     "mystery",   "romance",
                                         "sci-fi",    "thriller", "war",         "western"};
  catalog films;
  kindred::for_each_row(folder + "/ml-100k/u.item", {.separator = "|", .quotes = false},
                        [&](std::span<std::string_view const> row) {
                          auto const film = file.items.find(row[0]);
                          if (!film) return;
                          auto const about = films.about(*film);
                          for (std::size_t g = 0; g != std::size(genres); ++g)
                            if (row[5 + g] == "1") about.tag("genre", genres[g]);
                          if (row[2].size() == 11) about.category("year", row[2].substr(7));
                          about.text("title", row[1].substr(0, row[1].rfind('(')));
                        });
  films.text("title", {.weight = 0.3, .stop_words = "the a of and in"});
  auto const about = kindred::item_features<float>::from(films, data.item_count());
  // In hindsight, what everybody will rate.
  cold("ml100k", data, about, kindred::fit(kindred::popularity{}, data).model, pool);
  warm("ml100k", data, about, pool);
}

void world(kindred::thread_pool& pool) {
  namespace testing = kindred::testing;
  auto const shop = testing::generate({.seed = 1});
  auto const data = data_set::from(shop.ratings<float>(), kindred::on_duplicate::error, shop.size());
  catalog products;
  for (index_t i = 0; i != shop.products.size(); ++i) {
    auto const& p = shop.products[i];
    products.about(item_id{i})
        .category("category", testing::categories[p.category].name)
        .category("style", testing::styles[p.style])
        .category("brand", testing::words::brands[p.brand])
        .number("log price", std::log(p.price))
        .text("description", p.description);
  }
  products.category("style", {.weight = 0.5}).category("brand", {.weight = 0.3});
  products.number("log price", {.weight = 0.3}).text("description", {.weight = 0.3});
  auto const about = kindred::item_features<float>::from(products, data.item_count());
  cold("world", data, about, true_taste{&shop}, pool);
  warm("world", data, about, pool);
}

}  // namespace

int main() try {
  kindred::thread_pool pool;
  world(pool);
  if (char const* const folder = std::getenv("KINDRED_DATA")) movielens(folder, pool);
  else std::puts("KINDRED_DATA names no folder with data; MovieLens was not measured");
} catch (std::exception const& e) {
  std::fprintf(stderr, "cold_item: %s\n", e.what());
  return 2;
}
