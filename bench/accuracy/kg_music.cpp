// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/kg-music/auc accuracy/kg-music/f1
//
// Whether a listener has listened to an artist (KGCN's protocol; Wang et al., 2019): the artists of Last.fm (HetRec 2011) that a
// graph of 15 518 facts tells of; for every one that somebody listened to one drawn evenly from those that they did not; all
// pairs divided 6:2:2. Area under the ROC and F1 at one half, means over five draws. Reads kg-music/ and lastfm-hetrec2011/ in
// the folder that KINDRED_DATA names.
//
// Listeners, artists and what else is known form one graph. What a walker from the listener does in it - free_walk up to seven
// steps, path_walk over artist and listener - and how often both occur are the features; logistic regression weighs them, their
// products and their parts above a few quantiles. Features of training pairs come from graphs without a tenth of the training
// pairs, the tenth that is asked about. How far to walk and l2 were chosen on the validation pairs; the test pairs decided
// nothing.
//
// Telling what was heard from what was drawn evenly is easy: training popularity alone reaches about .79. So the ranking of all
// artists is printed beside it: Recall@20 and NDCG@20 of the test pairs of the first draw.

#include <kindred/data/example_table.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/evaluate/precision_at.hpp>
#include <kindred/evaluate/roc_auc.hpp>
#include <kindred/graph/free_walk.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/path_walk.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/linear/newton.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using kindred::index_t;
using kindred::node_id;

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct pair {
  index_t user, item;
  float heard;
};

constexpr std::size_t walked = 7;
constexpr std::size_t feature_count = 10;
using feature_row = std::array<float, feature_count>;

// Facts about artists, which are the first nodes; listener u is node `nodes` + u.
struct music {
  explicit music(std::string const& folder) {
    auto const number = [](std::string_view text) {
      return static_cast<index_t>(std::strtoul(std::string(text).c_str(), nullptr, 10));
    };
    using fields = std::span<std::string_view const>;
    std::map<index_t, index_t> artist, listener;
    kindred::for_each_row(folder + "/kg-music/item_index2entity_id.txt", {.separator = "\t", .quotes = false},
                          [&](fields f) { artist[number(f[0])] = number(f[1]); });
    items = static_cast<index_t>(artist.size());
    std::map<std::string, index_t> relation;
    kindred::for_each_row(folder + "/kg-music/kg.txt", {.separator = "\t", .quotes = false}, [&](fields f) {
      index_t const head = number(f[0]), tail = number(f[2]);
      index_t const r = relation.emplace(f[1], static_cast<index_t>(relation.size())).first->second;
      facts.push_back({node_id{head}, kindred::relation_id{r}, node_id{tail}});
      nodes = (std::max)({nodes, head + 1, tail + 1});
    });
    heard_by = kindred::relation_id{static_cast<index_t>(relation.size())};
    kindred::for_each_row(folder + "/lastfm-hetrec2011/user_artists.dat",
                          {.separator = "\t", .header = true, .quotes = false}, [&](fields f) {
                            auto const known = artist.find(number(f[1]));
                            if (known == artist.end()) return;
                            auto const next = static_cast<index_t>(listener.size());
                            heard.push_back({listener.emplace(number(f[0]), next).first->second, known->second, 1});
                          });
    users = static_cast<index_t>(listener.size());
  }

  index_t items = 0, nodes = 0, users = 0;
  kindred::relation_id heard_by{};
  std::vector<kindred::triple> facts;
  std::vector<pair> heard;
};

// What the graph says of the pairs asked about, given who heard what.
std::vector<feature_row> features_of(music const& data, std::vector<pair> const& known,
                                     std::vector<pair> const& asked) {
  auto facts = data.facts;
  std::vector<double> popular(data.items), active(data.users);
  for (pair const& p : known) {
    facts.push_back({node_id{data.nodes + p.user}, data.heard_by, node_id{p.item}});
    ++popular[p.item];
    ++active[p.user];
  }
  auto const graph = kindred::knowledge_graph::from(facts, {.nodes = data.nodes + data.users});
  kindred::free_walk walk(graph);
  kindred::path_walk<kindred::random_steps> alike(graph), alike_roots(graph, {.power = 0.5});
  auto const path = along(data.heard_by) / against(data.heard_by) / along(data.heard_by);
  std::vector<std::vector<std::size_t>> of_user(data.users);
  for (std::size_t k = 0; k != asked.size(); ++k) of_user[asked[k].user].push_back(k);
  std::vector<feature_row> out(asked.size());
  auto const log = [](double x, double least) { return static_cast<float>(std::log(x + least)); };
  for (index_t u = 0; u != data.users; ++u) {
    if (of_user[u].empty()) continue;
    node_id const from{data.nodes + u};
    walk(from, walked);
    alike(from, path);
    alike_roots(from, path);
    for (std::size_t const k : of_user[u]) {
      node_id const i{asked[k].item};
      double const heard = popular[asked[k].item];
      out[k] = {log(heard, 1),
                log(active[u], 1),
                log(static_cast<double>(graph.degree(i)) - heard, 1),
                log(alike.value(i), 1e-5),
                log(alike_roots.value(i), 1e-3),
                log(walk.value(3, i), 1e-6),
                log(walk.value(4, i), 1e-6),
                log(walk.value(5, i), 1e-6),
                log(walk.value(7, i), 1e-6),
                log(walk.katz(0.8, i), 1e-6)};
    }
  }
  return out;
}

// Standardized features, their products, and what of each lies above six quantiles.
class expansion {
public:
  explicit expansion(std::vector<feature_row> const& rows) {
    for (std::size_t k = 0; k != feature_count; ++k) {
      double sum = 0, squares = 0;
      for (auto const& r : rows) sum += static_cast<double>(r[k]);
      mean_[k] = static_cast<float>(sum / static_cast<double>(rows.size()));
      for (auto const& r : rows) squares += static_cast<double>((r[k] - mean_[k]) * (r[k] - mean_[k]));
      width_[k] = static_cast<float>(std::sqrt(squares / static_cast<double>(rows.size())) + 1e-6);
      std::vector<float> sorted;
      for (auto const& r : rows) sorted.push_back((r[k] - mean_[k]) / width_[k]);
      std::sort(sorted.begin(), sorted.end());
      for (std::size_t j = 0; j != knots; ++j) knot_[k][j] = sorted[(j + 1) * sorted.size() / (knots + 1)];
    }
    for (index_t c = 0; c != columns; ++c) index_.push_back(c);
  }

  kindred::sparse_row<float> operator()(feature_row const& row) {
    feature_row z;
    for (std::size_t k = 0; k != feature_count; ++k) z[k] = std::clamp((row[k] - mean_[k]) / width_[k], -4.0f, 4.0f);
    value_.assign(z.begin(), z.end());
    for (std::size_t a = 0; a != feature_count; ++a)
      for (std::size_t b = a; b != feature_count; ++b) value_.push_back(z[a] * z[b]);
    for (std::size_t k = 0; k != feature_count; ++k)
      for (float const knot : knot_[k]) value_.push_back((std::max)(0.0f, z[k] - knot));
    return {index_, value_};
  }

private:
  static constexpr std::size_t knots = 6;
  static constexpr index_t columns = feature_count * (feature_count + 3) / 2 + feature_count * knots;

  feature_row mean_{}, width_{};
  std::array<std::array<float, knots>, feature_count> knot_{};
  std::vector<index_t> index_;
  std::vector<float> value_;
};

double area(std::vector<pair> const& pairs, std::vector<float> const& score) {
  std::vector<float> label;
  for (pair const& p : pairs) label.push_back(p.heard);
  return kindred::roc_auc(kindred::scored_examples<float>{score, label});
}

double f1(std::vector<pair> const& pairs, std::vector<float> const& probability) {
  double right = 0, said = 0, heard = 0;
  for (std::size_t k = 0; k != pairs.size(); ++k) {
    bool const yes = probability[k] > 0.5f;
    right += yes && pairs[k].heard > 0;
    said += yes;
    heard += pairs[k].heard > 0;
  }
  return 2 * right / (said + heard);
}

// All artists that a listener was not heard with in training, ranked by a function of their features.
template <class Score>
void print_ranking(char const* name, music const& data, std::vector<feature_row> const& all,
                   std::vector<std::vector<index_t>> const& trained, std::vector<std::vector<index_t>> const& held,
                   Score const& score) {
  double recall = 0, ndcg = 0, users = 0;
  for (index_t u = 0; u != data.users; ++u) {
    if (held[u].empty()) continue;
    std::vector<std::pair<float, index_t>> order;
    for (index_t i = 0; i != data.items; ++i)
      if (!std::binary_search(trained[u].begin(), trained[u].end(), i))
        order.push_back({-score(all[std::size_t{u} * data.items + i]), i});
    std::partial_sort(order.begin(), order.begin() + 20, order.end());
    std::vector<kindred::item_id> ranked, relevant;
    for (std::size_t k = 0; k != 20; ++k) ranked.push_back(kindred::item_id{order[k].second});
    for (index_t const i : held[u]) relevant.push_back(kindred::item_id{i});
    recall += kindred::recall_at{20}(ranked, relevant);
    ndcg += kindred::ndcg_at{20}(ranked, relevant);
    ++users;
  }
  std::printf("  ranking all artists by %s: Recall@20 %.4f, NDCG@20 %.4f\n", name, recall / users, ndcg / users);
}

struct figures {
  double auc, f1, popularity;
};

figures one_draw(music const& data, std::uint64_t seed) {
  kindred::random_stream random(seed, 0);
  std::vector<std::vector<index_t>> taken(data.users);
  for (pair const& p : data.heard) taken[p.user].push_back(p.item);
  auto all = data.heard;
  for (pair const& p : data.heard) {
    index_t other = 0;
    do other = kindred::below(random, data.items);
    while (std::find(taken[p.user].begin(), taken[p.user].end(), other) != taken[p.user].end());
    taken[p.user].push_back(other);
    all.push_back({p.user, other, 0});
  }
  kindred::shuffle(random, std::span<pair>(all));
  auto const first = all.begin() + static_cast<std::ptrdiff_t>(all.size() * 6 / 10),
             second = all.begin() + static_cast<std::ptrdiff_t>(all.size() * 8 / 10);
  std::vector<pair> const train(all.begin(), first), validation(first, second), test(second, all.end());
  constexpr std::size_t folds = 10;
  std::vector<feature_row> learned(train.size());
  std::vector<pair> known;
  for (std::size_t f = 0; f != folds; ++f) {
    std::vector<pair> asked;
    known.clear();
    for (std::size_t k = 0; k != train.size(); ++k) {
      if (k % folds == f) asked.push_back(train[k]);
      else if (train[k].heard > 0) known.push_back(train[k]);
    }
    auto const rows = features_of(data, known, asked);
    for (std::size_t k = 0; k != rows.size(); ++k) learned[k * folds + f] = rows[k];
  }
  expansion expand(learned);
  kindred::example_table<float> table;
  for (std::size_t k = 0; k != train.size(); ++k) table.add(train[k].heard, expand(learned[k]));
  auto const model = kindred::fit(kindred::logistic_regression<>{.l2 = 3}, table.view()).model;
  auto const says = [&](std::vector<feature_row> const& rows) {
    std::vector<float> out;
    for (auto const& r : rows) out.push_back(model.predict(expand(r)));
    return out;
  };
  known.clear();
  for (pair const& p : train)
    if (p.heard > 0) known.push_back(p);
  auto const tested = features_of(data, known, test);
  auto const said = says(tested);
  std::vector<float> popular;
  for (auto const& r : tested) popular.push_back(r[0]);
  figures const out{area(test, said), f1(test, said), area(test, popular)};
  std::printf("draw %d: validation AUC %.4f; test AUC %.4f, F1 %.4f; popularity alone %.4f\n", static_cast<int>(seed),
              area(validation, says(features_of(data, known, validation))), out.auc, out.f1, out.popularity);
  if (seed != 0) return out;
  std::vector<pair> every;
  for (index_t u = 0; u != data.users; ++u)
    for (index_t i = 0; i != data.items; ++i) every.push_back({u, i, 0});
  auto const rows = features_of(data, known, every);
  std::vector<std::vector<index_t>> trained(data.users), held(data.users);
  for (pair const& p : known) trained[p.user].push_back(p.item);
  for (pair const& p : test)
    if (p.heard > 0) held[p.user].push_back(p.item);
  for (auto& t : trained) std::sort(t.begin(), t.end());
  for (auto& h : held) std::sort(h.begin(), h.end());
  print_ranking("popularity", data, rows, trained, held, [](feature_row const& r) { return r[0]; });
  print_ranking("a walk over listeners", data, rows, trained, held, [](feature_row const& r) { return r[3]; });
  print_ranking("five free steps", data, rows, trained, held, [](feature_row const& r) { return r[7]; });
  print_ranking("the model", data, rows, trained, held, [&](feature_row const& r) { return model.margin(expand(r)); });
  return out;
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  music const data(folder);
  std::printf("%u listeners, %u artists, %zu pairs heard, %zu facts\n", data.users, data.items, data.heard.size(),
              data.facts.size());
  figures sum{};
  constexpr int draws = 5;
  double const start = seconds();
  for (int k = 0; k != draws; ++k) {
    figures const one = one_draw(data, static_cast<std::uint64_t>(k));
    sum = {sum.auc + one.auc, sum.f1 + one.f1, sum.popularity + one.popularity};
  }
  std::printf("popularity alone: AUC %.4f; published: KGCN .796 / .721, CKAN .842 / .769, MCCLK .876 / .801; %.1f s\n",
              sum.popularity / draws, seconds() - start);
  std::printf("BENCH accuracy/kg-music/auc ours=%.4f peer=MCCLK(published):0.876 ratio=%.3f unit=auc\n",
              sum.auc / draws, sum.auc / draws / 0.876);
  std::printf("BENCH accuracy/kg-music/f1 ours=%.4f peer=MCCLK(published):0.801 ratio=%.3f unit=f1\n", sum.f1 / draws,
              sum.f1 / draws / 0.801);
} catch (std::exception const& e) {
  std::fprintf(stderr, "kg_music: %s\n", e.what());
  return 2;
}
