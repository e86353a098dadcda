// SPDX-License-Identifier: BSL-1.0
//
// Whatever the library trains is kept in a file as it is, and whatever is made of such a file by hostile hands is refused or is a
// model like any other: it scores, and reads no memory that is not its own.
#if __has_include(<nlohmann/json.hpp>)
#include "../../support/ratings.hpp"
#include "../../support/stored.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/cluster/cluster_stream.hpp>
#include <kindred/cluster/clustering.hpp>
#include <kindred/cluster/dendrogram.hpp>
#include <kindred/cluster/medoid_clustering.hpp>
#include <kindred/cluster/rfm.hpp>
#include <kindred/cluster/soft_clustering.hpp>
#include <kindred/compose/as_predictor.hpp>
#include <kindred/compose/boosted.hpp>
#include <kindred/compose/cascade.hpp>
#include <kindred/compose/diversified.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/filtered.hpp>
#include <kindred/compose/list_choice.hpp>
#include <kindred/compose/normalized.hpp>
#include <kindred/compose/score_scale.hpp>
#include <kindred/compose/stacked.hpp>
#include <kindred/compose/switching.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/content/content_model.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/data/feature_table.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/co_cluster_model.hpp>
#include <kindred/factor/confidence.hpp>
#include <kindred/factor/field_interaction_model.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/factor/interaction_model.hpp>
#include <kindred/factor/item_weights.hpp>
#include <kindred/factor/live_als.hpp>
#include <kindred/factor/live_factors.hpp>
#include <kindred/factor/nmf_model.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/sparse_item_weights.hpp>
#include <kindred/factor/stored_factors.hpp>
#include <kindred/factor/timed_factor_model.hpp>
#include <kindred/graph/entity_links.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/learned_rule_model.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/path_scorer.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_query.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/linalg/conjugate_gradient.hpp>
#include <kindred/linear/beta_calibration.hpp>
#include <kindred/linear/feature_regression.hpp>
#include <kindred/linear/ftrl_learner.hpp>
#include <kindred/linear/isotonic.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/linear/platt.hpp>
#include <kindred/linear/softmax_model.hpp>
#include <kindred/metric/cosine_distance.hpp>
#include <kindred/metric/manhattan.hpp>
#include <kindred/neighbor/implicit_knn_model.hpp>
#include <kindred/neighbor/knn_model.hpp>
#include <kindred/neighbor/slope_one.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/solve/huber_loss.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace kindred;
using support::bytes_of;

template <real T>
ratings<T> made_ratings() {
  rating_table<T> table;
  for (auto const& s : support::random_list(9, 8, 0.4, 3))
    table.add(user_id{s.user}, item_id{s.item}, static_cast<T>(s.value), std::int64_t{40'000} * (s.user + 2 * s.item),
              static_cast<T>(1 + s.item % 3));
  return ratings<T>::from(table, on_duplicate::error, {10, 9});
}

template <real T, class Scale = of_ratings>
factor_model<T, Scale> made_factors() {
  auto const data = made_ratings<T>();
  auto model = sgd<>{.factors = 5, .epochs = 2}.begin(data).model;
  factor_model<T, Scale> out(data.user_count(), data.item_count(), 5);
  auto const copy = [&](auto id) {
    auto const to = out.of(id);
    auto const from = model.of(id);
    if (model.knows(id)) out.set_known(id);
    to.bias = T(0.25) * static_cast<T>(to_index(id));
    for (std::size_t f = 0; f != 5; ++f) to.vector[f] = from.vector[f];
  };
  for (index_t u = 0; u != data.user_count(); ++u) copy(user_id{u});
  for (index_t i = 0; i != data.item_count(); ++i) copy(item_id{i});
  return out;
}

// Lists of two neighbors each.
template <real T>
neighbor_lists<T> made_lists(index_t rows) {
  std::vector<offset_t> offset{0};
  std::vector<neighbor<T>> entry;
  for (index_t r = 0; r != rows; ++r) {
    entry.push_back({(r + 1) % rows, T(0.75)});
    entry.push_back({(r + 4) % rows, T(0.5)});
    offset.push_back(entry.size());
  }
  return {std::move(offset), std::move(entry)};
}

// What is learned from examples and features.
template <class Visit>
void each_of_columns(Visit const& visit) {
  std::vector<double> const parameter{0.5, -1, 0, 2, 0.25, 1};
  visit("linear_model", linear_model<float, logistic_loss>(parameter, 5, {}));
  visit("linear_model of huber_loss", linear_model<double, huber_loss>(parameter, 6, {.width = 2}));
  interaction_model<float, logistic_loss> pairs(4, 3, {});
  for (index_t c = 0; c != 4; ++c) pairs.of(c).vector[c % 3] = pairs.of(c).weight = 0.5f + static_cast<float>(c);
  visit("interaction_model", pairs);
  column_fields two;
  two.add(1);
  two.add(3);
  field_interaction_model<float, logistic_loss> fielded(two, 3, {});
  for (index_t c = 0; c != 4; ++c) fielded.of(c).vector[c % 3] = fielded.of(c).weight = 0.5f + static_cast<float>(c);
  visit("field_interaction_model", fielded);
  visit("softmax_model", softmax_model<float>(parameter, 2, 2));
  visit("sigmoid_curve", sigmoid_curve{2, -1});
  visit("beta_curve", beta_curve{1, 2, 3});
  visit("rising_curve", rising_curve({{0, 0.25}, {1, 0.25}, {3, 0.75}}));
  ftrl_learner<float> learner;
  index_t const index[] = {0, 2, 7};
  float const value[] = {1, 0.5f, -1};
  learner.update({index, value}, 1);
  learner.update({index, value}, 0);
  visit("ftrl_learner", learner);
  example_table<float> table(9);
  table.add(1, {index, value});
  table.add(0, {}, 2);
  table.set_group(3);
  visit("example_table", table);

  feature_table<item_id> catalog;
  for (index_t i = 0; i != 6; ++i)
    catalog.about(item_id{i})
        .number("price", 2.5 * i)
        .category("kind", i % 2 == 0 ? "tea" : "cup")
        .text("says", "a fine thing");
  auto const about = item_features<float>::from(catalog, 9);
  visit("item_features", about);
  feature_table<user_id> people;
  people.about(user_id{1}).category("age", "old");
  auto const ages = user_features<float>::from(people);
  pair_features<float> const both{ages, about, 3};
  visit("feature_model",
        feature_model<float, squared_loss>(
            linear_model<float, squared_loss>(std::vector<double>(both.columns(), 0.5), both.columns(), {}), both));
  sequential ex;
  content_model<float, above_own_mean> profiles(about, {.neutral = 3}, 1, 3, made_ratings<float>(), ex);
  profiles.rate(user_id{2}, item_id{1}, 5);
  feature_table<user_id> wishes;
  wishes.about(user_id{11}).category("kind", "cup");
  profiles.prefer(wishes);
  visit("content_model", profiles);
}

template <class Visit>
void each_cluster(Visit const& visit) {
  clustering<float> const two(closeness::cosine, 2, {1, 0, 0, 1}, {0, 1, 1}, 0.5);
  visit("clustering", two);
  visit("cluster_stream",
        cluster_stream<double>(clustering<double>(closeness::euclidean, 2, {1, 0, 0, 1}, {0, 1, 1}, 0.5), 10));
  visit("soft_clustering", soft_clustering<float>({{covariance_shape::full, {0, 1}, {2, 0.5, 1}},
                                                   {covariance_shape::full, {3, 1}, {1, 0, 1}}},
                                                  {0.25, 0.75}, {0, 1, 1}, -7, 3));
  std::vector<double> const numbers{1, 2, 3, 4, 5, 6};
  matrix_view<double> const rows(unchecked, numbers.data(), 3, 2, 2);
  visit("medoid_clustering", medoid_clustering<matrix_view<double>, manhattan>(rows, {2, 0}, {1, 1, 0}, 2, {}));
  auto const data = made_ratings<float>();
  visit("medoid_clustering of sparse rows",
        medoid_clustering<csr_view<float>, cosine_distance>(data.by_user(), {4, 1}, {0, 1, 1}, 2, {}));
  visit("dendrogram", dendrogram::from(4, {{0, 1, 0.5, 0}, {2, 3, 1, 0}, {1, 3, 2, 0}}));
  rating_table<float> bought;
  for (index_t u = 0; u != 5; ++u) bought.add(user_id{u % 3}, item_id{u}, 1.5f, 100 * u);
  visit("rfm_profile", rfm_profile::of(bought, 1000));
}

template <class Visit>
void each_of_graphs(Visit const& visit) {
  constexpr relation_id likes{0}, brand{1};
  std::vector<triple> facts;
  for (index_t u = 0; u != 6; ++u)
    for (index_t i = 0; i != 3; ++i)
      facts.push_back({node_id{u}, likes, node_id{6 + (u / 2 + i) % 5}, 1.0f + static_cast<float>(i)});
  for (index_t i = 0; i != 5; ++i) facts.push_back({node_id{6 + i}, brand, node_id{11 + i % 2}, 1, 1000 * i});
  auto graph = knowledge_graph::from(facts, {15, 3});
  auto const rules = kindred::fit(counted_rules<>{}, graph).model;
  visit("rule_model", rules);
  std::vector<rule_features::row> weights(6);
  weights[2][3] = 0.5f;
  visit("learned_rule_model",
        learned_rule_model<laplace>(
            rules, weights, std::vector<float>(rules.rules().paths().size() * rule_counts::buckets, 0.25f), 0.5));
  graph.add({node_id{16}, likes, node_id{7}, 0.5f});
  visit("knowledge_graph", graph);
  entity_links const links(17, {0, 1, 2, 3, index_limit, 5}, {6, 7, 8, 9, 10});
  visit("path_scorer",
        path_scorer<float, both_steps<random_steps, fading_steps>>(
            graph, links, likes, {{along(likes) / against(likes) / along(likes), 2}, {along(likes), -1}}));
}

// A filter of a user's own.
struct sold_out {
  std::vector<index_t> items;

  bool operator()(item_id i) const noexcept {
    for (index_t const k : items)
      if (k == to_index(i)) return true;
    return false;
  }
  static constexpr stored_format format{"test.sold_out", 1};
  static void fields(auto& self, auto& visit) { visit("items", self.items); }
};

// How alike items are, by a user's own lights.
struct same_shelf {
  std::vector<std::uint8_t> shelf;

  float operator()(item_id i, item_id j) const noexcept { return at(i) == at(j) ? 1.0f : 0.0f; }
  int at(item_id i) const noexcept { return to_index(i) < shelf.size() ? shelf[to_index(i)] : -1; }
  static constexpr stored_format format{"test.same_shelf", 1};
  static void fields(auto& self, auto& visit) { visit("shelf", self.shelf); }
};

template <class Visit>
void each_combinator(Visit const& visit, bias_model<float> const& biases) {
  popularity_model<float> const popular({3, 0, 1, 7});
  normalized<popularity_model<float>, rank_scale<float>> ranked(popular,
                                                                rank_scale<float>::of(std::vector<float>{0, 1, 3}));
  visit("fallback", fallback(weighted({0.25f, 0.75f}, made_factors<float>(), biases), constant_model<float>(2)));
  visit("stacked", stacked<squared_loss, bias_model<float>, decltype(ranked)>(
                       linear_model<float, squared_loss>(std::vector<double>{0.5, 0.25, 3}, 2, {}), biases, ranked));
  visit("switching", switching(history_levels(made_ratings<float>(), {1, 4}), popular,
                               boosted(popular, item_worth<float>({0, 1, 0.5f}), 2.0f)));
  visit("cascade", cascade({8, 3}, popular, biases, constant_model<float>(1)));
  visit("without", without(popular, sold_out{{1, 3}}));
  visit("diversified", diversified(popular, same_shelf{{0, 1, 0, 1}}, mmr{.lambda = 0.5}, 20));
  visit("line_predictor", line_predictor<popularity_model<float>>(popular, {1, 2, 0, 5, 3}));
  visit("z_scale", z_scale<double>{1, 2});
  visit("min_max_scale", min_max_scale<float>{1, 2});
}

// Calls visit(name, object) for one of every kind of thing that can be kept.
template <class Visit>
void each_stored(Visit const& visit) {
  auto const data = made_ratings<float>();
  auto const exact = made_ratings<double>();
  sequential ex;
  silent quiet;
  visit("ratings", data);
  visit("constant_model", constant_model<float>(3.25f));
  visit("user_mean", user_mean{}.fit(data, ex, quiet).model);
  visit("item_z_score", item_z_score{}.fit(exact, ex, quiet).model);
  visit("popularity", popularity{}.fit(data, ex, quiet).model);
  auto const biases = bias_als{}.fit(data, ex, quiet).model;
  visit("bias_model", biases);
  visit("factor_model", made_factors<float>());
  visit("preference_model", made_factors<double, of_preferences>());
  visit("half factors", stored_factors<kernel::half>(made_factors<float>()));
  visit("int8 factors", stored_factors<std::int8_t>(made_factors<float>()));
  visit("nmf_model", nmf_model<float>(made_factors<float>(), biases));
  visit("co_cluster_model",
        co_cluster_model<float>({2, {0, 1, 2, 1}, {0.5f, 0, 0, -1}}, {1, {0, 0, 1}, {1, 2, 0}}, {1, 2, 3, 4, 5, 6}));
  auto const stride = padded_size<float>(data.item_count());
  buffer<float> weight(data.item_count() * stride, 0.0f);
  for (std::size_t k = 0; k != data.item_count(); ++k) weight[k * stride + (k * 5 + 1) % 9] = 0.5f;
  visit("item_weights", item_weights<float>(data, std::move(weight)));
  visit("sparse_item_weights", sparse_item_weights<float>(data, transposed(made_lists<float>(9), 9)));
  std::vector<float> drift(data.user_count(), 0.125f);
  detail::user_clock clock(data, 86400, 0.4);
  std::vector<float> mood(clock.days(), -0.5f);
  visit("timed_factor_model", timed_factor_model<float>(made_factors<float>(), std::move(clock), drift, mood));
  csr<float> const left(data.by_user());
  visit("user_knn_model", user_knn_model<float, bias_model<float>>(biases, made_lists<float>(10), left, 2, {}));
  visit("item_knn_model",
        item_knn_model<float, bias_model<float>, weighted_median>(biases, made_lists<float>(9), left, 1, {}));
  visit("implicit_knn_model",
        implicit_knn_model<float, item_id>(left, transposed(made_lists<float>(9), 9), std::vector<std::uint8_t>(9, 1)));
  visit("slope_one_model", slope_one<item_mean>{}.fit(exact, ex, quiet).model);
  auto training = sgd<squared_loss, l2, adagrad>{.factors = 3}.begin(data);
  training.report.objective = 0.5;
  visit("sgd_checkpoint", training);
  dictionary<user_id> people;
  for (char const* key : {"ann", "", "17", "somebody with a long name"}) (void)people.add(key);
  visit("dictionary of texts", people);
  dictionary<item_id, std::int64_t> numbers;
  for (std::int64_t const key : {std::int64_t{7}, std::int64_t{-1}, std::int64_t{1} << 40}) (void)numbers.add(key);
  visit("dictionary of integers", numbers);
  auto live = kindred::fit(live_als<implicit_als<conjugate_gradient, log_confidence>>{{.factors = 3, .sweeps = 2}},
                           support::ratings_of<float>(support::random_list(9, 8, 0.4, 3), {10, 9}))
                  .model;
  live.update(user_id{11}, item_id{2}, 1);
  visit("live_factor_model", live);
  auto rated =
      kindred::fit(live_factors<als<>>{{.factors = 3, .sweeps = 2}}, support::random_ratings<float>(9, 8, 0.4, 3))
          .model;
  rated.update(user_id{11}, item_id{2}, 1);
  visit("live_rating_model", rated);
  each_of_columns(visit);
  each_cluster(visit);
  each_combinator(visit, biases);
  each_of_graphs(visit);
}

// Uses a thing in every way that reads its fields; what comes out does not matter.
template <class M>
void use(M const& model) {
  if constexpr (scorer<M>) {
    using T = value_t<M>;
    std::array<T, 16> out;
    std::array<item_id, 16> items;
    for (index_t k = 0; k != 16; ++k) items[k] = item_id{k};
    for (index_t u = 0; u != 12; ++u) {
      model.score(user_id{u}, items, out);
      if constexpr (range_scorer<M>) model.score_range(user_id{u}, item_id{3}, out);
    }
    if constexpr (explainer<M>) {
      std::array<evidence<T>, 4> why;
      for (index_t u = 0; u != 12; ++u) (void)model.explain(user_id{u}, item_id{2}, why);
    }
  }
  if constexpr (requires { model.assign(dense_row<float>()); }) {
    std::vector<float> const row(model.dims(), 0.5f);
    (void)model.assign(dense_row<float>(row));
  }
  if constexpr (requires { model.cut_into(2); })
    if (model.rows() >= 2) (void)model.cut_into(2);
  if constexpr (requires { model.rules(); }) {
    triple const facts[] = {{node_id{0}, relation_id{0}, node_id{6}},
                            {node_id{1}, relation_id{0}, node_id{6}},
                            {node_id{1}, relation_id{0}, node_id{7}},
                            {node_id{6}, relation_id{1}, node_id{11}}};
    auto const graph = knowledge_graph::from(facts);
    rule_query ask(graph, model);
    for (index_t x = 0; x != 12; ++x) ask(node_id{x}, along(relation_id{0}));
  }
  if constexpr (requires { model.facts(); }) (void)model.facts();
  if constexpr (requires { model.by_item(); })
    for (index_t i = 0; i < model.item_count() && i != 20; ++i) (void)model.of(item_id{i}).size();
}

std::string mutated(std::string bytes, random_stream& random) {
  auto const any = [&](std::size_t bound) { return std::size_t{below(random, static_cast<std::uint32_t>(bound))}; };
  constexpr std::string_view telling = "0123456789[],:{}\"FIU";
  for (std::size_t changes = 1 + any(3); changes != 0; --changes) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), 8);
    bool const in_header = any(3) == 0;
    std::size_t const header = length < bytes.size() - 8 ? static_cast<std::size_t>(length) : 0;
    std::size_t at =
        in_header || bytes.size() == 8 + header ? 8 + any(header + 1) : 8 + header + any(bytes.size() - 8 - header);
    if (at >= bytes.size()) at = bytes.size() - 1;
    switch (any(in_header ? 6 : 4)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << any(8)));
        break;
      case 1:
        bytes[at] = static_cast<char>(any(256));
        break;
      case 2:
        bytes[at] = '\xff';
        break;
      case 3:
        if (any(40) == 0) bytes.resize(8 + any(bytes.size() - 7));
        else bytes[any(8)] = static_cast<char>(any(4) == 0 ? any(256) : any(2));
        break;
      default:
        bytes[at] = telling[any(telling.size())];
    }
    if (bytes.size() < 9) break;
  }
  return bytes;
}

}  // namespace

TEST_CASE("stored models: each comes back as it was") {
  each_stored([](char const* name, auto const& object) { CHECK_MESSAGE(support::keeps(object), name); });
}

// Half of them are read without their checksum, so that what checks the fields is reached. 20 000 files here; KINDRED_MUTATIONS
// sets another number.
TEST_CASE("stored models: a live model that was away goes on learning as if it had not been") {
  auto never =
      kindred::fit(live_als<>{{.factors = 3, .sweeps = 2}}, support::random_ratings<float>(9, 8, 0.4, 3)).model;
  auto away = support::read_back(never);
  for (index_t k = 0; k != 6; ++k) {
    never.update(user_id{3 * k}, item_id{2 * k}, 1.5f);
    away.update(user_id{3 * k}, item_id{2 * k}, 1.5f);
    away = support::read_back(away);
  }
  CHECK(to_bytes(never) == to_bytes(away));
}

TEST_CASE("stored models: damaged files are refused, or hold what was written") {
  char const* const asked = std::getenv("KINDRED_MUTATIONS");
  int const all = asked != nullptr ? std::atoi(asked) : 20'000;
  int kinds = 0;
  each_stored([&](char const*, auto const&) { ++kinds; });
  int files = 0, refused = 0, of_others = 0, accepted = 0;
  random_stream random(11, 0);
  each_stored([&](char const* name, auto const& object) {
    using M = std::remove_cvref_t<decltype(object)>;
    std::string const ours = to_bytes(object);
    for (int k = 0; k != all / kinds; ++k) {
      bool const summed = k % 2 == 0;
      std::string const bad = mutated(ours, random);
      ++files;
      try {
        auto const read = summed ? from_bytes<M>(bytes_of(bad)) : from_bytes<M>(bytes_of(bad), unchecked);
        if (summed) CHECK_MESSAGE(bad == ours, name);
        ++accepted;
        of_others += summed ? 0 : 1;
        use(read);
      } catch (error const& e) {
        ++refused;
        if (e.kind() != error_kind::format || std::string_view(e.what()).size() < 10) FAIL(name << ": " << e.what());
      }
    }
  });
  MESSAGE(files << " files: " << refused << " refused, " << accepted << " read, of these " << of_others
                << " whose checksum was not asked");
  CHECK(refused > files / 2);
  CHECK(of_others > files / 50);
}
#endif
