// SPDX-License-Identifier: BSL-1.0
// bench: linear/logistic/a9a linear/logistic/1mx1m linear/logistic/dense
//
// Seconds of logistic regression beside LIBLINEAR with its default tolerances at C = 1, for l2 (-s 0, primal, and -s 7, dual)
// and l1 (-s 6), to LIBLINEAR's objective or at most 1e-4 above it, on one and on two threads: on a9a (in the folder that
// KINDRED_DATA names) and on a million generated rows of 30 entries in a million columns. And beside scikit-learn, on
// 100 000 dense rows of 100 columns, to at most 1e-4 above its objective; KINDRED_PYTHON names a Python that has it.
// Peers that are not there are told as absent.

#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/read_libsvm.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/linear/proximal_newton.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>

#if defined(KINDRED_BENCH_LIBLINEAR)
#include <linear.h>
#endif

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using kindred::index_t;
using sparse_data = kindred::examples<kindred::csr_view<float>>;
using dense_data = kindred::examples<kindred::matrix_view<double>>;

double seconds_of(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> runs) {
  std::sort(runs.begin(), runs.end());
  return runs[runs.size() / 2];
}

struct figure {
  double seconds = 0;
  double objective = 0;
};

double loss_sum(sparse_data const& data, auto const& margin) {
  double sum = 0;
  for (index_t r = 0; r != data.size(); ++r)
    sum += kindred::logistic_loss{}.value(margin(data.row(r)), static_cast<double>(data.label(r)));
  return sum;
}

// Says how long `how` takes, loosened as far as the objective allows, beside a peer that is run in between.
template <class Recipe, class Data, class Peer>
void race(char const* name, char const* rival, Recipe how, Data const& data, int runs, Peer const& peer) {
  std::vector<double> theirs;
  figure const first = peer();
  if (first.seconds > 0) {
    theirs.push_back(first.seconds);
    for (how.solver.tolerance = 0.1; how.solver.tolerance > 1e-9; how.solver.tolerance /= 2)
      if (kindred::fit(how, data).report.objective <= first.objective * (1 + 1e-4)) break;
  }
  kindred::thread_pool two(2);
  std::vector<double> one_thread, two_threads;
  double objective = 0;
  for (int k = 0; k != runs; ++k) {
    one_thread.push_back(seconds_of([&] { objective = kindred::fit(how, data).report.objective; }));
    two_threads.push_back(seconds_of([&] { static_cast<void>(kindred::fit(how, data, two)); }));
    if (!theirs.empty() && k + 1 != runs) theirs.push_back(peer().seconds);
  }
  std::printf("%s, tolerance %.2g: objective %.8g, %s %.8g\n", name, how.solver.tolerance, objective, rival,
              first.objective);
  for (auto const& [threads, ours] : {std::pair{1, median(one_thread)}, {2, median(two_threads)}})
    if (theirs.empty()) std::printf("BENCH %s ours=%.4f peer=absent unit=s threads=%d\n", name, ours, threads);
    else
      std::printf("BENCH %s ours=%.4f peer=%s:%.4f ratio=%.2f unit=s threads=%d\n", name, ours, rival, median(theirs),
                  median(theirs) / ours, threads);
}

#if defined(KINDRED_BENCH_LIBLINEAR)
class liblinear {
public:
  explicit liblinear(sparse_data const& data) : data_(data) {
    set_print_string_function([](char const*) {});
    for (index_t r = 0; r != data.size(); ++r) {
      auto const row = data.row(r);
      begin_.push_back(node_.size());
      for (std::size_t k = 0; k != row.size(); ++k)
        node_.push_back({static_cast<int>(row.index[k]) + 1, static_cast<double>(row.value[k])});
      node_.push_back({-1, 0});
      label_.push_back(data.label(r) > 0 ? 1 : -1);
    }
    for (std::size_t const at : begin_) row_.push_back(node_.data() + at);
    problem_ = {static_cast<int>(data.size()), static_cast<int>(data.columns()), label_.data(), row_.data(), -1};
  }

  figure run(int solver) const {
    parameter how{};
    how.solver_type = solver;
    how.C = 1;
    how.eps = solver == L2R_LR_DUAL ? 0.1 : 0.01;
    model* made = nullptr;
    figure out;
    out.seconds = seconds_of([&] { made = train(&problem_, &how); });
    double const sign = made->label[0] == 1 ? 1 : -1;
    for (int j = 0; j != problem_.n; ++j)
      out.objective += solver == L1R_LR ? std::abs(made->w[j]) : made->w[j] * made->w[j] / 2;
    out.objective += loss_sum(data_, [&](auto row) {
      double sum = 0;
      for (std::size_t k = 0; k != row.size(); ++k) sum += static_cast<double>(row.value[k]) * made->w[row.index[k]];
      return sign * sum;
    });
    free_and_destroy_model(&made);
    return out;
  }

private:
  sparse_data data_;
  std::vector<feature_node> node_;
  std::vector<std::size_t> begin_;
  std::vector<feature_node*> row_;
  std::vector<double> label_;
  problem problem_{};
};
#else
struct liblinear {
  explicit liblinear(sparse_data const&) {}
  static figure run(int) { return {}; }
};
#endif

void sparse(char const* name, sparse_data const& data, int runs) {
  liblinear const peer(data);
  kindred::logistic_regression<> const ridge{.l2 = 1, .intercept = false};
  kindred::logistic_regression<kindred::proximal_newton> const lasso{.l2 = 0, .l1 = 1, .intercept = false};
  race(name, "LIBLINEAR_s0", ridge, data, runs, [&] { return peer.run(0); });
  race(name, "LIBLINEAR_s7", ridge, data, runs, [&] { return peer.run(7); });
  race(name, "LIBLINEAR_s6", lasso, data, runs, [&] { return peer.run(6); });
}

// Labels drawn from known weights, columns alike.
kindred::example_table<float> generated(index_t rows, index_t columns, std::size_t entries) {
  kindred::random_stream random(1, 0);
  std::vector<double> truth(columns);
  for (double& w : truth) w = kindred::normal(random);
  kindred::example_table<float> out(columns);
  out.reserve(rows, rows * entries);
  std::vector<index_t> index;
  std::vector<float> value;
  for (index_t r = 0; r != rows; ++r) {
    index.clear();
    while (index.size() != entries) {
      while (index.size() != entries) index.push_back(kindred::below(random, columns));
      std::sort(index.begin(), index.end());
      index.erase(std::unique(index.begin(), index.end()), index.end());
    }
    value.clear();
    double margin = 0;
    for (index_t const j : index) {
      value.push_back(static_cast<float>((0.5 + kindred::unit(random)) / std::sqrt(static_cast<double>(entries))));
      margin += truth[j] * static_cast<double>(value.back());
    }
    out.add(kindred::unit(random) < kindred::sigmoid(2 * margin) ? 1.0f : 0.0f, {index, value});
  }
  return out;
}

// Rows x columns of normal numbers, the first columns alike, labels from known weights.
void dense() {
  index_t const rows = 100000, columns = 100;
  kindred::random_stream random(2, 0);
  std::vector<double> truth(columns), value(std::size_t{rows} * columns), label(rows);
  for (double& w : truth) w = kindred::normal(random) / 3;
  for (index_t r = 0; r != rows; ++r) {
    double const common = kindred::normal(random);
    double margin = 0.5;
    for (index_t j = 0; j != columns; ++j) {
      double& x = value[std::size_t{r} * columns + j];
      x = kindred::normal(random) + (j < columns / 2 ? common : 0);
      margin += truth[j] * x;
    }
    label[r] = kindred::unit(random) < kindred::sigmoid(margin) ? 1 : 0;
  }
  auto const data = dense_data::from({kindred::unchecked, value.data(), rows, columns, columns}, label);

  char const* const python = std::getenv("KINDRED_PYTHON");
  auto const place = std::filesystem::temp_directory_path() / "kindred_bench_logistic";
  std::filesystem::create_directories(place);
  auto const write = [&](char const* file, std::vector<double> const& numbers) {
    std::ofstream out(place / file, std::ios::binary);
    out.write(reinterpret_cast<char const*>(numbers.data()),
              static_cast<std::streamsize>(numbers.size() * sizeof(double)));
  };
  if (python != nullptr) {
    write("x", value);
    write("y", label);
    std::ofstream(place / "fit.py") << R"(import sys, time, numpy, warnings
from sklearn.linear_model import LogisticRegression
warnings.filterwarnings("ignore")
folder, solver = sys.argv[1:]
y = numpy.fromfile(folder + "/y")
x = numpy.fromfile(folder + "/x").reshape(len(y), -1)
times = []
for _ in range(3):
    start = time.perf_counter()
    m = LogisticRegression(C=1, solver=solver).fit(x, y)
    times.append(time.perf_counter() - start)
z = x @ m.coef_[0] + m.intercept_[0]
print(sorted(times)[1], (numpy.logaddexp(0, z) - y * z).sum() + (m.coef_ ** 2).sum() / 2)
)";
  }
  for (char const* const solver : {"lbfgs", "newton-cholesky"}) {
    auto const peer = [&] {
      figure out;
      if (python == nullptr) return out;
      std::string const command = std::string(python) + " " + (place / "fit.py").string() + " " + place.string() + " " +
                                  solver + " >" + (place / "said").string();
      if (std::system(command.c_str()) != 0) return out;
      std::ifstream(place / "said") >> out.seconds >> out.objective;
      return out;
    };
    std::string const rival = std::string("scikit-learn_") + solver;
    race("linear/logistic/dense", rival.c_str(), kindred::logistic_regression<>{.l2 = 1}, data, 5, peer);
  }
  std::filesystem::remove_all(place);
}

}  // namespace

int main(int count, char** argument) try {
  std::string const only = count > 1 ? argument[1] : "";
  if (char const* const folder = std::getenv("KINDRED_DATA"); folder != nullptr && (only.empty() || only == "a9a")) {
    auto const table =
        kindred::read_libsvm<float>(std::string(folder) + "/a9a/a9a", {.labels = kindred::libsvm_labels::yes_or_no});
    sparse("linear/logistic/a9a", table.view(), 5);
  }
  if (only.empty() || only == "dense") dense();
  if (only.empty() || only == "1mx1m") {
    auto const table = generated(1000000, 1000000, 30);
    sparse("linear/logistic/1mx1m", table.view(), 5);
  }
} catch (std::exception const& e) {
  std::fprintf(stderr, "logistic: %s\n", e.what());
  return 2;
}
