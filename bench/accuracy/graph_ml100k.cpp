// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/ml100k/graph/cold accuracy/ml100k/graph/warm
//
// Recommending films of MovieLens 100K by the paths of a graph, their weights learned (learned_paths). NDCG@10, where 4 stars or
// more are relevant; peers get the same films to choose from.
//
// Cold: a tenth of the films is held out whole, and everybody is recommended ten of them; without content nothing is known of
// such films, so that the peer is a list at random. Means of five splits. Warm: a tenth of the ratings is held out; the peer is
// the better of item k-NN and paths alone, ours a blend of both whose weight was chosen on a tenth of the training part. The
// difference is tested over users, each its own pair.
//
// The graph is made of u.item and u.user - genre, year and decade of films, occupation and age of users - and, where the
// environment variable KINDRED_ML1M_MOVIES names a copy of movies.dat of MovieLens 1M, of the 91 631 facts of kg-ml100k as well.
// The file movie.link there speaks of films by the numbers of the larger MovieLens sets, not by those of 100K (its 286 is
// Nemesis 2, where u.item has The English Patient); movies.dat has the titles, by which the two are brought together.

#include <kindred/baseline/constant.hpp>
#include <kindred/compose/normalized.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/graph/learned_paths.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/run/random.hpp>
#include <kindred/similarity/cosine.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using data_set = kindred::ratings<float>;
using kindred::index_t;
using kindred::item_id;
using kindred::node_id;
using kindred::user_id;

// A title as letters and digits, without its article, and the year.
std::string plain_title(std::string_view text) {
  auto const year = text.rfind('(');
  auto name = text.substr(0, text.find('('));
  if (auto const comma = name.rfind(", "); comma != name.npos && name.size() - comma <= 6) name = name.substr(0, comma);
  std::string out;
  for (char const c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  return out + (year == text.npos ? std::string() : std::string(text.substr(year)));
}

struct films {
  explicit films(std::string const& folder) : data(nothing()) {
    auto const file = kindred::read_ratings<float>(folder + "/ml-100k/u.data", kindred::movielens_100k);
    data = data_set::from(file.table);
    add_kg(folder);
    read_items(folder, file.items);
    read_users(folder, file.users);
    seen = names.relations.add("has seen");
    for (index_t i = 0; i != data.item_count(); ++i) {
      if (item_node.size() <= i) item_node.resize(i + 1, kindred::index_limit);
      if (item_node[i] == kindred::index_limit) item_node[i] = node("film", std::to_string(i));
    }
    for (auto const& [item, relation, what] : about_items)
      facts.push_back({node_id{item_node[item]}, names.relations.add(relation), node_id{node(relation, what)}});
  }

  static data_set nothing() { return data_set::from(kindred::rating_table<float>{}); }
  index_t node(std::string_view kind, std::string_view what) {
    return to_index(names.nodes.add(std::string(kind) + ": " + std::string(what)));
  }

  void read_items(std::string const& folder, kindred::dictionary<item_id> const& items) {
    constexpr std::string_view genres[] = {"unknown",   "action",   "adventure",   "animation", "children",
                                           "comedy",    "crime",    "documentary", "drama",     "fantasy",
                                           "film-noir", "horror",   "musical",     "mystery",   "romance",
                                           "sci-fi",    "thriller", "war",         "western"};
    kindred::for_each_row(
        folder + "/ml-100k/u.item", {.separator = "|", .quotes = false}, [&](std::span<std::string_view const> row) {
          auto const film = items.find(row[0]);
          if (!film) return;
          index_t const i = to_index(*film);
          for (std::size_t g = 0; g != std::size(genres); ++g)
            if (row[5 + g] == "1") about_items.push_back({i, "genre", std::string(genres[g])});
          if (row[2].size() == 11) {
            about_items.push_back({i, "year", std::string(row[2].substr(7))});
            about_items.push_back({i, "decade", std::string(row[2].substr(7, 3))});
          }
          if (auto const known = node_of_title.find(plain_title(row[1])); known != node_of_title.end()) {
            if (item_node.size() <= i) item_node.resize(i + 1, kindred::index_limit);
            if (taken.insert(known->second).second) item_node[i] = known->second;
          }
        });
  }

  void read_users(std::string const& folder, kindred::dictionary<user_id> const& users) {
    user_node.resize(data.user_count(), kindred::index_limit);
    auto const works = names.relations.add("works as"), aged = names.relations.add("aged");
    kindred::for_each_row(folder + "/ml-100k/u.user", {.separator = "|", .quotes = false},
                          [&](std::span<std::string_view const> row) {
                            auto const user = users.find(row[0]);
                            if (!user) return;
                            index_t const u = node("user", row[0]);
                            user_node[to_index(*user)] = u;
                            facts.push_back({node_id{u}, works, node_id{node("works as", row[3])}});
                            facts.push_back({node_id{u}, aged, node_id{node("aged", row[1].substr(0, 1))}});
                          });
  }

  // The facts of kg-ml100k, and which node has which title.
  void add_kg(std::string const& folder) {
    char const* const titles = std::getenv("KINDRED_ML1M_MOVIES");
    if (titles == nullptr) {
      std::puts("KINDRED_ML1M_MOVIES names no movies.dat; the graph is made of u.item and u.user");
      return;
    }
    facts = kindred::read_triples(folder + "/kg-ml100k/movie.kg", names, kindred::recbole_kg);
    std::map<std::string, std::string, std::less<>> entity;
    kindred::for_each_row(folder + "/kg-ml100k/movie.link", {.separator = "\t", .header = true, .quotes = false},
                          [&](std::span<std::string_view const> row) { entity.emplace(row[0], row[1]); });
    std::ifstream in(titles);
    for (std::string line; std::getline(in, line);) {
      auto const first = line.find("::"), second = line.find("::", first + 2);
      if (second == line.npos) continue;
      auto const linked = entity.find(line.substr(0, first));
      if (linked == entity.end()) continue;
      if (auto const known = names.nodes.find(linked->second))
        node_of_title.emplace(plain_title(line.substr(first + 2, second - first - 2)), to_index(*known));
    }
    std::printf("%zu facts of kg-ml100k, %zu titles\n", facts.size(), node_of_title.size());
  }

  struct about {
    index_t item;
    std::string relation, what;
  };

  kindred::graph_names names;
  std::vector<kindred::triple> facts;
  data_set data;
  kindred::relation_id seen{};
  std::vector<index_t> item_node, user_node;
  std::vector<about> about_items;
  std::map<std::string, index_t> node_of_title;
  std::set<index_t> taken;
};

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

// NDCG@10 of every user who has something to find, among the items that `offered` picks.
template <class M, class Offered>
std::vector<double> judge(M const& model, data_set const& train, data_set const& test, Offered const& offered) {
  std::vector<double> all;
  for (index_t u = 0; u != test.user_count(); ++u) {
    std::vector<item_id> relevant, ranked;
    auto const row = test.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k)
      if (row.value[k] >= 4) relevant.push_back(item_id{row.index[k]});
    if (relevant.empty()) continue;
    std::vector<kindred::scored_item<float>> scored;
    for (index_t i = 0; i != train.item_count(); ++i) {
      if (!offered(i) || train.contains(user_id{u}, item_id{i})) continue;
      scored.push_back({item_id{i}, 0});
    }
    for (std::size_t from = 0; from < scored.size(); from += kindred::block) {
      std::size_t const count = (std::min)(kindred::block, scored.size() - from);
      std::array<item_id, kindred::block> items;
      std::array<float, kindred::block> values;
      for (std::size_t k = 0; k != count; ++k) items[k] = scored[from + k].item;
      model.score(user_id{u}, std::span<item_id const>(items).first(count), std::span<float>(values).first(count));
      for (std::size_t k = 0; k != count; ++k) scored[from + k].value = values[k];
    }
    std::size_t const ten = (std::min)(std::size_t{10}, scored.size());
    std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(ten), scored.end(),
                      kindred::ranks_before<float>);
    for (std::size_t k = 0; k != ten; ++k) ranked.push_back(scored[k].item);
    all.push_back(kindred::ndcg_at{10}(ranked, relevant));
  }
  return all;
}

double mean(std::vector<double> const& all) {
  double sum = 0;
  for (double const x : all) sum += x;
  return all.empty() ? 0 : sum / static_cast<double>(all.size());
}

kindred::learned_paths<> recipe(films const& from) {
  return {.about = kindred::knowledge_graph::from(from.facts),
          .links = kindred::entity_links(from.names.nodes.size(), from.user_node, from.item_node),
          .interacts = from.seen,
          .liked_from = 4};
}

void cold(films const& from, kindred::thread_pool& pool) {
  auto how = recipe(from);
  how.hide = kindred::hidden::items;
  double ours = 0, chance = 0;
  constexpr std::uint64_t splits = 5;
  for (std::uint64_t seed = 1; seed <= splits; ++seed) {
    auto const is_new = [seed](index_t i) { return kindred::to_unit(kindred::mix(seed, i)) < 0.1; };
    std::vector<std::uint8_t> known, held_out;
    for (index_t u = 0; u != from.data.user_count(); ++u)
      for (index_t const i : from.data.of(user_id{u}).index) {
        held_out.push_back(is_new(i));
        known.push_back(held_out.back() == 0);
      }
    auto const train = from.data.selected(known), test = from.data.selected(held_out);
    ours += mean(judge(kindred::fit(how, train, pool).model, train, test, is_new)) / splits;
    chance += mean(judge(at_random{}, train, test, is_new)) / splits;
  }
  std::printf("BENCH accuracy/ml100k/graph/cold ours=%.4f peer=random:%.4f ratio=%.2f unit=ndcg\n", ours, chance,
              ours / chance);
}

void warm(films const& from, kindred::thread_pool& pool) {
  auto const how = recipe(from);
  kindred::item_knn<kindred::cosine, kindred::constant> const by_ratings{.aggregate = {.damping = 20}};
  auto const all = [](index_t) { return true; };
  std::vector<double> paths, similar, blend;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    auto const [train, test] = kindred::random_holdout{.fraction = 0.1, .seed = seed}.split(from.data, 0);
    auto const parts_of = [&](data_set const& data) {
      auto const a = kindred::fit(by_ratings, data, pool).model;
      auto const b = kindred::fit(how, data, pool).model;
      return std::pair(kindred::normalize<kindred::z_scale>(a, data), kindred::normalize<kindred::z_scale>(b, data));
    };
    auto const [inner, held] = kindred::random_holdout{.fraction = 0.1, .seed = seed + 100}.split(train, 0);
    auto const tried = parts_of(inner);
    double best = -1;
    float share = 0;
    for (float const w : {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f}) {
      kindred::weighted const both{{1 - w, w}, tried.first, tried.second};
      double const ndcg = mean(judge(both, inner, held, all));
      if (ndcg > best) {
        best = ndcg;
        share = w;
      }
    }
    auto const parts = parts_of(train);
    auto const add = [&, &told = train, &held = test](auto const& model, std::vector<double>& to) {
      auto const one = judge(model, told, held, all);
      to.insert(to.end(), one.begin(), one.end());
    };
    add(parts.first, similar);
    add(parts.second, paths);
    add(kindred::weighted{{1 - share, share}, parts.first, parts.second}, blend);
    std::printf("split %d: weight of paths %.1f\n", static_cast<int>(seed), static_cast<double>(share));
  }
  auto const& better = mean(paths) > mean(similar) ? paths : similar;
  double sum = 0, squares = 0;
  auto const n = static_cast<double>(blend.size());
  for (std::size_t k = 0; k != blend.size(); ++k) {
    double const d = blend[k] - better[k];
    sum += d;
    squares += d * d;
  }
  double const spread = std::sqrt((squares / n - sum / n * sum / n) / (n - 1));
  std::printf(
      "warm: item k-NN %.4f, paths %.4f, blend %.4f; blend above the better part by %.4f, %.1f standard errors\n",
      mean(similar), mean(paths), mean(blend), sum / n, sum / n / spread);
  std::printf("BENCH accuracy/ml100k/graph/warm ours=%.4f peer=better-part:%.4f ratio=%.3f unit=ndcg\n", mean(blend),
              mean(better), mean(blend) / mean(better));
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  kindred::thread_pool pool;
  films const from(folder);
  cold(from, pool);
  warm(from, pool);
} catch (std::exception const& e) {
  std::fprintf(stderr, "graph_ml100k: %s\n", e.what());
  return 2;
}
