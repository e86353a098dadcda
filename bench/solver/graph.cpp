// SPDX-License-Identifier: BSL-1.0
// bench: graph/ppr/1m graph/recommend/ml100k graph/recommend-all/ml100k graph/recommend-all/ml100k/blend
//
// Personalized PageRank on a random graph of 100 000 nodes and 1 000 000 facts, degrees spread as in graphs of people and
// products: right to 1e-6 in the sum of all values. The peer is a power iteration over the whole graph, written below, to the
// same bound; its sum of differences from ours is printed. Beside it the push from one node, whose values are right to 1e-6
// times the degree of their node. Processor seconds, medians of 5 starts.
//
// Recommending from the graph of ml-100k and kg-ml100k in the folder that KINDRED_DATA names: the best 10 unseen movies of a user
// with the three strongest reasons for each, by four kinds of path; of every user the median of five pages, of these the 99th
// percentile. The reasons for one movie alone, and one more fact until the next score, beside. The peer is the bound of one
// millisecond that a page can wait for. Then ten movies for everybody, walked together and one by one; and
// the same of a blend of these paths, behind any_scorer, with what is popular.
// movie.link there speaks of films by the numbers of the larger MovieLens sets, not by those of 100K, so whose facts a movie gets is chance
// (accuracy/graph_ml100k mends that): of no matter for what a page takes, and nothing is said of how good it is.

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/compose/top_n_each.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/graph/graph_paths.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/pagerank.hpp>
#include <kindred/graph/path_query.hpp>
#include <kindred/graph/whole_pagerank.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using kindred::index_t;
using kindred::node_id;

// Of this process: other programs may be running.
double seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Walks everything that is not walked yet, everywhere at once, until so little is left that it can change no more.
std::vector<double> power_iteration(kindred::knowledge_graph const& graph, index_t home, double restart, double error) {
  std::vector<double> value(graph.node_count()), residue(graph.node_count()), next(graph.node_count());
  residue[home] = 1;
  for (double left = 1; left > error;) {
    left = 0;
    std::fill(next.begin(), next.end(), 0.0);
    for (index_t x = 0; x != graph.node_count(); ++x) {
      auto const to = graph.row(x).all_nodes();
      if (to.empty()) continue;
      value[x] += restart * residue[x];
      double const share = (1 - restart) * residue[x] / static_cast<double>(to.size());
      left += (1 - restart) * residue[x];
      for (index_t const y : to) next[y] += share;
    }
    residue.swap(next);
  }
  return value;
}

// The seconds of every call, the one that `share` of all calls do not exceed.
double percentile(std::vector<double> all, double share) {
  std::sort(all.begin(), all.end());
  return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
}

// Seconds of a call, the median of five.
template <class Call>
double usual(Call const& call) {
  std::vector<double> all;
  for (int k = 0; k != 5; ++k) {
    double const start = seconds();
    call();
    all.push_back(seconds() - start);
  }
  return percentile(std::move(all), 0.5);
}

void recommend(std::string const& folder) {
  using kindred::item_id;
  using kindred::user_id;
  kindred::graph_names names;
  auto const facts = kindred::read_triples(folder + "/kg-ml100k/movie.kg", names, kindred::recbole_kg);
  auto const file = kindred::read_ratings<float>(folder + "/ml-100k/u.data", kindred::movielens_100k);
  auto const data = kindred::ratings<float>::from(file.table);
  auto const links = kindred::read_links(folder + "/kg-ml100k/movie.link", file.items, names.nodes);
  auto const seen = names.relations.add("has seen");
  // Through the facts of a movie and back: the relations that lead from or to a movie most often, whatever they are.
  auto const graph = kindred::knowledge_graph::from(facts, {names.nodes.size(), names.relations.size()});
  std::vector<kindred::weighted_path> paths{{along(seen) / against(seen) / along(seen), 1}};
  for (int k = 0; k != 3; ++k) {
    std::pair<std::size_t, kindred::step_id> most{};
    for (index_t s = 0; s != graph.step_count(); ++s) {
      kindred::step_id const step{s};
      std::size_t count = 0;
      for (index_t const node : links)
        if (node != kindred::index_limit) count += graph.of(node_id{node}, step).size();
      bool taken = false;
      for (auto const& p : paths) taken = taken || (p.path.size() == 3 && p.path[1] == step);
      if (!taken && count > most.first) most = {count, step};
    }
    paths.push_back({along(seen) / most.second / reversed(most.second), 0.1});
  }
  kindred::graph_paths<> const how{
      .about = graph, .links = kindred::entity_links(names.nodes.size(), {}, links), .interacts = seen, .paths = paths};
  auto model = kindred::fit(how, data).model;
  std::vector<double> page, reason, insert;
  std::size_t shown = 0;
  kindred::path_query ask(model);
  for (index_t u = 0; u != data.user_count(); ++u) {
    std::array<kindred::scored_item<float>, 10> best;
    page.push_back(usual([&] {
      ask(user_id{u});
      std::size_t const count = ask.best(kindred::unseen(data, user_id{u}), best);
      for (auto const& one : std::span(best).first(count)) shown += ask.reasons(one.item, 3).strongest.size();
    }));
    reason.push_back(usual([&] {
      ask(user_id{u});
      shown += ask.reasons(best[0].item, 3).strongest.size();
    }));
  }
  for (index_t u = 0; u != 200; ++u) {
    double const start = seconds();
    item_id const item{7 * u % data.item_count()};
    model.update(user_id{u}, item, 5);
    ask(user_id{u});
    shown += ask.score(item) > 0;
    insert.push_back(seconds() - start);
  }
  std::printf(
      "%zu facts, %zu ratings: page median %.2f ms, 99 %% %.2f ms; one explanation 99 %% %.3f ms; a fact "
      "and "
      "a score 99 %% %.3f ms\n",
      facts.size(), data.size(), 1e3 * percentile(page, 0.5), 1e3 * percentile(page, 0.99),
      1e3 * percentile(reason, 0.99), 1e3 * percentile(insert, 0.99));
  if (shown == 0) std::puts("no reason was found");
  kindred::sequential alone;
  auto const everybody = [&](char const* name, auto const& of) {
    double const together = usual([&] { shown += kindred::recommend_all(of, data, 10, alone).size(); });
    double const one_by_one = usual([&] {
      std::array<kindred::scored_item<float>, 10> best;
      for (index_t u = 0; u != data.user_count(); ++u)
        shown += kindred::top_n(of, user_id{u}, kindred::unseen(data, user_id{u}), best);
    });
    std::printf("BENCH %s ours=%.3f peer=one-by-one:%.3f ratio=%.2f unit=s\n", name, together, one_by_one,
                one_by_one / together);
  };
  std::printf("BENCH graph/recommend/ml100k ours=%.3f peer=a-page-can-wait:1 ratio=%.2f unit=ms\n",
              1e3 * percentile(page, 0.99), 1 / (1e3 * percentile(page, 0.99)));
  everybody("graph/recommend-all/ml100k", model);
  everybody("graph/recommend-all/ml100k/blend",
            kindred::weighted{
                {0.9f, 0.1f}, kindred::any_scorer<float>(model), kindred::fit(kindred::popularity{}, data).model});
}

void pagerank() {
  constexpr index_t nodes = 100'000;
  constexpr double restart = 0.15, error = 1e-6;
  kindred::random_stream random(1, 0);
  std::vector<kindred::triple> facts;
  auto const some_node = [&] { return node_id{static_cast<index_t>(nodes * std::pow(kindred::unit(random), 2))}; };
  while (facts.size() != 1'000'000)
    facts.push_back(
        {some_node(), kindred::relation_id{kindred::below(random, 20)}, node_id{kindred::below(random, nodes)}});
  auto const graph = kindred::knowledge_graph::from(facts, {.nodes = nodes});
  kindred::whole_pagerank rank(graph, restart, error);
  kindred::personalized_pagerank near(graph, restart, error);
  std::vector<double> ours, theirs;
  for (index_t k = 0; k != 5; ++k) {
    index_t const home = 7919 * k + 11;
    double start = seconds();
    rank(node_id{home});
    ours.push_back(seconds() - start);
    start = seconds();
    auto const slow = power_iteration(graph, home, restart, error);
    theirs.push_back(seconds() - start);
    start = seconds();
    near(node_id{home});
    double const pushed = seconds() - start;
    double off = 0;
    for (index_t x = 0; x != nodes; ++x) off += std::abs(slow[x] - rank.value(node_id{x}));
    std::printf("from %u: %u sweeps, all values within %.2g, apart from the power iteration %.2g; push alone %.4f s\n",
                home, rank.sweeps(), rank.left(), off, pushed);
  }
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  std::printf("BENCH graph/ppr/1m ours=%.5f peer=power-iteration:%.5f ratio=%.1f unit=s\n", ours[2], theirs[2],
              theirs[2] / ours[2]);
}

}  // namespace

int main() try {
  pagerank();
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) std::puts("KINDRED_DATA names no folder with data; recommending was not measured");
  else recommend(folder);
} catch (std::exception const& e) {
  std::fprintf(stderr, "graph: %s\n", e.what());
  return 2;
}
