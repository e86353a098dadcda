// SPDX-License-Identifier: BSL-1.0
// bench: neighbor/recommend/gowalla neighbor/cross_validate/ml100k neighbor/item_knn/fit neighbor/item_knn/predict neighbor/update/ml100k
//
// How fast neighborhood models learn, predict, recommend and take in a rating.
//
// Real data are read from the folder that KINDRED_DATA names. KINDRED_SURPRISE is a command that runs Surprise:
// `$KINDRED_SURPRISE cv <u.data> <seed> KNNBasic` prints cpu=<CPU s of 5-fold cross-validation>, and
// `$KINDRED_SURPRISE item <train> <test> KNNBasic` prints fit=<CPU s> predict=<CPU s> of item-based KNNBasic, in files of
// `user item rating`. Without it, the figures to compare with are those that were measured once elsewhere, and said to be so.

#include <kindred/baseline/mean.hpp>
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/live_knn.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/mean_squared_difference.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

namespace {

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using data_set = kindred::ratings<float>;

double seconds_of(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of this process, on all its threads: what a shared machine does not distort.
double cpu_seconds_of(auto const& work) {
  std::clock_t const start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

double median_of(auto const& measure) {
  std::array<double, 5> runs;
  for (double& run : runs) run = measure();
  std::sort(runs.begin(), runs.end());
  return runs[2];
}

double at(std::vector<double> const& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

// What a command prints, and the number behind `key` in it; below zero when it is not there.
std::string output_of(std::string const& command) {
  std::string said;
  if (FILE* const pipe = popen(command.c_str(), "r"); pipe != nullptr) {
    std::array<char, 4096> part;
    while (std::fgets(part.data(), static_cast<int>(part.size()), pipe) != nullptr) said += part.data();
    pclose(pipe);
  }
  return said;
}
double number_after(std::string const& said, std::string const& key) {
  std::size_t const place = said.find(key);
  return place == std::string::npos ? -1 : std::atof(said.c_str() + place + key.size());
}

void report(char const* name, double ours, char const* peer, double theirs) {
  std::printf("BENCH %s ours=%.4g peer=%s:%.4g ratio=%.1f unit=s\n", name, ours, peer, theirs, theirs / ours);
}

data_set read_lists(std::string const& path) {
  std::ifstream in(path);
  kindred::rating_table<float> table;
  for (std::string line; std::getline(in, line);) {
    std::istringstream row(line);
    index_t user = 0, item = 0;
    row >> user;
    while (row >> item) table.add(user_id{user}, item_id{item}, 1.0f);
  }
  return data_set::from(table, kindred::on_duplicate::first);
}

// Bytes a second that one core reads from memory in order.
double bandwidth() {
  std::vector<std::uint64_t> const all(std::size_t{1} << 25, 1);  // 256 MB
  std::uint64_t sum = 0;
  double const seconds = median_of([&] {
    return seconds_of([&] {
      std::array<std::uint64_t, 8> lane{};
      for (std::size_t k = 0; k != all.size(); k += 8)
        for (std::size_t j = 0; j != 8; ++j) lane[j] += all[k + j];
      sum += std::accumulate(lane.begin(), lane.end(), std::uint64_t{0});
    });
  });
  return static_cast<double>(all.size() * sizeof(all[0])) / seconds * (sum != 0 ? 1 : 0);
}

// Ten recommendations for every user, one at a time.
void recommend(std::string const& folder, kindred::thread_pool& pool) {
  auto const data = read_lists(folder + "/gowalla/train.txt");
  auto const model = kindred::fit(kindred::implicit_item_knn<>{}, data, pool).model;
  double const speed = bandwidth();
  // Five passes over all users: whatever a list of neighbors was read for has left the caches when it is read again.
  std::vector<std::array<double, 5>> runs(data.user_count());
  for (std::size_t pass = 0; pass != 5; ++pass) {
    for (index_t u = 0; u != data.user_count(); ++u) {
      std::array<kindred::scored_item<float>, 10> best;
      kindred::unseen const candidates(data, user_id{u});
      runs[u][pass] = 1e6 * seconds_of([&] { kindred::top_n(model, user_id{u}, candidates, best); });
    }
  }
  std::vector<double> took, limit;
  for (index_t u = 0; u != data.user_count(); ++u) {
    std::sort(runs[u].begin(), runs[u].end());
    took.push_back(runs[u][2]);
    // Read: the lists of what the user has, once, and every sum, once.
    std::size_t bytes = data.item_count() * sizeof(float);
    for (index_t const i : data.of(user_id{u}).index)
      bytes += model.words().row(i).size() * (sizeof(index_t) + sizeof(float));
    limit.push_back(1e6 * static_cast<double>(bytes) / speed);
  }
  std::sort(took.begin(), took.end());
  std::sort(limit.begin(), limit.end());
  std::printf(
      "ten of %u items for each of %u users, item k-NN with %zu neighbors, microseconds; the limit is what has to\n"
      "be read at %.1f GB/s\n  users   took  limit\n",
      data.item_count(), data.user_count(), model.words().view().size() / data.item_count(), speed / 1e9);
  for (double const share : {0.5, 0.9, 0.99, 0.999})
    std::printf("  %4.1f%% %6.0f %6.0f\n", 100 * share, at(took, share), at(limit, share));
  std::printf("BENCH neighbor/recommend/gowalla ours=%.1f peer=limit:%.1f ratio=%.2f unit=us\n", at(took, 0.99),
              at(limit, 0.99), at(limit, 0.99) / at(took, 0.99));
}

void cross_validate(std::string const& folder, data_set const& data, char const* surprise, kindred::thread_pool& pool) {
  auto const error = [](auto const& model, data_set const& train, data_set const& test) {
    return kindred::evaluate_ratings(model, test, kindred::rating_scale::of(train));
  };
  kindred::user_knn<kindred::mean_squared_difference, kindred::overall_mean> const how;
  kindred::k_fold const folds{.count = 5, .seed = 1};
  double const one = median_of(
      [&] { return seconds_of([&] { static_cast<void>(kindred::cross_validate(how, data, folds, error)); }); });
  double const all = median_of(
      [&] { return seconds_of([&] { static_cast<void>(kindred::cross_validate(how, data, folds, error, pool)); }); });
  std::printf("5-fold cross-validation of user k-NN on MovieLens 100K: %.3f CPU s on one thread, %.3f s on %zu\n", one,
              all, pool.concurrency());
  double theirs = -1;
  if (surprise != nullptr)
    theirs = number_after(output_of(std::string(surprise) + " cv " + folder + "/ml-100k/u.data 1 KNNBasic"), " cpu=");
  if (theirs > 0) report("neighbor/cross_validate/ml100k", one, "Surprise", theirs);
  else report("neighbor/cross_validate/ml100k", one, "Surprise(14-17_s_published)", 14);
}

void write(data_set const& data, std::filesystem::path const& path) {
  std::ofstream out(path);
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) out << u << ' ' << row.index[k] << ' ' << row.value[k] << '\n';
  }
}

// A million generated ratings in the shape of MovieLens 1M, a fifth of them to be predicted. Both predictors stand on
// estimated biases of users and items.
void explicit_items(char const* surprise) {
  auto const table = kindred::testing::generate_ratings({.users = 6040, .items = 3706, .ratings = 1000000, .rank = 16});
  auto const all = data_set::from(table);
  auto const parts = kindred::k_fold{.count = 5, .seed = 1}.split(all, 0);
  auto const& train = parts.first;
  auto const& test = parts.second;
  kindred::item_knn<> const how;
  auto const model = kindred::fit(how, train).model;
  double const fit = median_of([&] { return cpu_seconds_of([&] { static_cast<void>(kindred::fit(how, train)); }); });
  double rmse = 0;
  double const predict =
      median_of([&] { return cpu_seconds_of([&] { rmse = kindred::evaluate_ratings(model, test).rmse; }); });
  std::printf("item k-NN of %zu ratings: fit %.2f CPU s, %zu predictions %.2f CPU s (RMSE %.4f)\n", train.size(), fit,
              test.size(), predict, rmse);
  double their_fit = -1, their_predict = -1;
  if (surprise != nullptr) {
    auto const place = std::filesystem::temp_directory_path() / "kindred_bench_knn";
    std::filesystem::create_directories(place);
    write(train, place / "train");
    write(test, place / "test");
    auto const said = output_of(std::string(surprise) + " item " + (place / "train").string() + " " +
                                (place / "test").string() + " KNNBaseline");
    their_fit = number_after(said, "fit=");
    their_predict = number_after(said, "predict=");
    std::filesystem::remove_all(place);
  }
  char const* const peer = their_fit > 0 ? "Surprise" : "Surprise(measured_elsewhere)";
  report("neighbor/item_knn/fit", fit, peer, their_fit > 0 ? their_fit : 17.8);
  report("neighbor/item_knn/predict", predict, peer, their_fit > 0 ? their_predict : 71);
}

// One more rating, against a fit of all of them.
void update(data_set const& data) {
  kindred::live_knn<kindred::item_knn<kindred::cosine, kindred::item_mean>> const how;
  auto model = kindred::fit(how, data).model;
  double const refit = median_of([&] { return seconds_of([&] { static_cast<void>(kindred::fit(how.knn, data)); }); });
  std::vector<double> took;
  for (std::uint64_t k = 0; k != 300; ++k) {
    user_id const u{static_cast<index_t>(kindred::mix(1, k) % data.user_count())};
    item_id const i{static_cast<index_t>(kindred::mix(2, k) % data.item_count())};
    took.push_back(seconds_of([&] { model.update(u, i, static_cast<float>(1 + kindred::mix(3, k) % 5)); }));
  }
  std::sort(took.begin(), took.end());
  std::printf("a new rating of MovieLens 100K for item k-NN: median %.2f ms, 99%% %.2f ms, a refit %.1f ms\n",
              1e3 * at(took, 0.5), 1e3 * at(took, 0.99), 1e3 * refit);
  report("neighbor/update/ml100k", at(took, 0.5), "refit", refit);
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  char const* const surprise = std::getenv("KINDRED_SURPRISE");
  kindred::thread_pool pool;
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; only what is generated is measured");
  } else {
    auto const file = kindred::read_ratings<float>(std::string(folder) + "/ml-100k/u.data", kindred::movielens_100k);
    auto const data = data_set::from(file.table);
    cross_validate(folder, data, surprise, pool);
    update(data);
    recommend(folder, pool);
  }
  explicit_items(surprise);
} catch (std::exception const& e) {
  std::fprintf(stderr, "knn: %s\n", e.what());
  return 2;
}
