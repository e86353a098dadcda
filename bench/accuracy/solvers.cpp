// SPDX-License-Identifier: BSL-1.0
// flags: -O3 -march=native
// bench: accuracy/solvers/ml100k accuracy/solvers/filmtrust accuracy/solvers/seconds
//
// Which solver when: every factorization of ratings as it comes, on MovieLens 100K and on FilmTrust, RMSE by 5-fold
// cross-validation with predictions clipped to the scale, beside biases alone; and the CPU seconds of one thread that a fit to the
// first training part of MovieLens takes, the median of five, beside those of sgd. time_aware is asked for the time of each rating.
// Data are read from the folder that KINDRED_DATA names.
//
// With a path as an argument it draws, as SVG, the error on the ratings left out of fold 0 by the number of epochs or sweeps: a fit
// of fewer is the beginning of a longer one.

#include <kindred/baseline/bias_als.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/factor/als.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/ccd.hpp>
#include <kindred/factor/factorization_machine.hpp>
#include <kindred/factor/feature_factorization.hpp>
#include <kindred/factor/field_aware_machine.hpp>
#include <kindred/factor/nmf.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/factor/time_aware.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/run/fit.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using data_set = kindred::ratings<float>;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

double rmse(auto const& model, data_set const& train, data_set const& test) {
  auto const scale = kindred::rating_scale::of(train);
  if constexpr (requires { model.score_at(user_id{}, 0, {}, {}); }) {
    double sum = 0;
    for (index_t u = 0; u != test.user_count(); ++u) {
      auto const row = test.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        item_id const item{row.index[k]};
        float said = 0;
        model.score_at(user_id{u}, test.times(user_id{u})[k], {&item, 1}, {&said, 1});
        double const wrong = scale.clip(static_cast<double>(said)) - static_cast<double>(row.value[k]);
        sum += wrong * wrong;
      }
    }
    return std::sqrt(sum / static_cast<double>(test.size()));
  } else {
    return kindred::evaluate_ratings(model, test, scale).rmse;
  }
}

class comparison {
public:
  comparison(char const* name, data_set const& data) : name_(name) {
    kindred::k_fold const folds{.count = 5, .seed = 1};
    for (std::uint32_t k = 0; k != folds.count; ++k) fold_.push_back(folds.split(data, k));
    biases_ = mean_error(kindred::bias_als{});
  }

  void error(char const* solver, auto const& how) const {
    double const ours = mean_error(how);
    std::printf("BENCH accuracy/solvers/%s/%s ours=%.4f peer=biases_alone:%.4f ratio=%.3f unit=rmse\n", name_, solver,
                ours, biases_, biases_ / ours);
    std::fflush(stdout);
  }
  void seconds(char const* solver, auto const& how) {
    std::array<double, 5> all;
    for (double& one : all) {
      std::clock_t const before = std::clock();
      static_cast<void>(kindred::fit(how, fold_[0].first));
      one = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    }
    std::sort(all.begin(), all.end());
    if (sgd_ == 0) sgd_ = all[2];
    std::printf("BENCH accuracy/solvers/seconds/%s ours=%.3f peer=sgd:%.3f ratio=%.2f unit=s\n", solver, all[2], sgd_,
                sgd_ / all[2]);
    std::fflush(stdout);
  }
  // The error after each number of rounds, from one on.
  [[nodiscard]] std::vector<double> curve(std::uint32_t most, auto const& model_after) const {
    std::vector<double> out;
    for (std::uint32_t k = 1; k <= most; ++k) out.push_back(rmse(model_after(k), fold_[0].first, fold_[0].second));
    return out;
  }
  [[nodiscard]] data_set const& first() const noexcept { return fold_[0].first; }

private:
  [[nodiscard]] double mean_error(auto const& how) const {
    double sum = 0;
    for (auto const& [train, test] : fold_) sum += rmse(kindred::fit(how, train).model, train, test);
    return sum / static_cast<double>(fold_.size());
  }

  char const* name_;
  std::vector<std::pair<data_set, data_set>> fold_;
  double biases_ = 0;
  double sgd_ = 0;
};

struct drawn {
  std::string name;
  std::string color;
  std::vector<double> error;
};

// Errors from 0.88 to 1 by rounds, as lines that are named where they end.
void draw(char const* path, std::vector<drawn> const& lines, std::size_t most) {
  std::ofstream out(path);
  constexpr double left = 50, right = 500, top = 20, bottom = 300, low = 0.88, high = 1.0;
  auto const x = [&](double k) { return left + (right - left) * k / static_cast<double>(most); };
  auto const y = [&](double e) { return bottom - (bottom - top) * (std::min(e, high) - low) / (high - low); };
  out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 340\" font-family=\"sans-serif\" "
         "font-size=\"12\">\n"
      << "<rect width=\"640\" height=\"340\" fill=\"white\"/>\n";
  for (int k = 0; k <= 6; ++k) {
    double const e = low + 0.02 * k;
    out << "<path d=\"M" << left << ' ' << y(e) << "H" << right << "\" stroke=\"#ddd\"/><text x=\"" << left - 8
        << "\" y=\"" << y(e) + 4 << "\" text-anchor=\"end\" fill=\"#555\">" << e << "</text>\n";
  }
  for (std::size_t k = 0; k <= most; k += 5)
    out << "<text x=\"" << x(static_cast<double>(k)) << "\" y=\"318\" text-anchor=\"middle\" fill=\"#555\">" << k
        << "</text>\n";
  out << "<text x=\"275\" y=\"335\" text-anchor=\"middle\" fill=\"#555\">epochs or sweeps</text>\n";
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t l = 0; l != lines.size(); ++l) order.emplace_back(y(lines[l].error.back()), l);
  std::sort(order.begin(), order.end());
  double above = 0;
  for (auto const& [at, l] : order) {
    drawn const& line = lines[l];
    out << "<polyline fill=\"none\" stroke=\"" << line.color << "\" stroke-width=\"2\" points=\"";
    for (std::size_t k = 0; k != line.error.size(); ++k)
      if (line.error[k] < high) out << x(static_cast<double>(k + 1)) << ',' << y(line.error[k]) << ' ';
    above = std::max(at, above + 14);  // names keep clear of one another
    out << "\"/><text x=\"" << right + 6 << "\" y=\"" << above + 4 << "\" fill=\"" << line.color << "\">" << line.name
        << "</text>\n";
  }
  out << "</svg>\n";
}

void curves(char const* path, comparison const& of) {
  constexpr std::uint32_t most = 40;
  auto const epochs = [&](auto how) {
    return of.curve(most, [&](std::uint32_t k) {
      how.epochs = k;
      return kindred::fit(how, of.first()).model;
    });
  };
  auto const sweeps = [&](auto how) {
    how.tolerance = 0;
    return of.curve(most, [&](std::uint32_t k) {
      how.sweeps = k;
      return kindred::fit(how, of.first()).model;
    });
  };
  kindred::sgd<> bare;
  bare.vector.strength = bare.bias.strength = 0.001;
  draw(path,
       {{"sgd", "#1f77b4", epochs(kindred::sgd<>{})},
        {"sgd, hardly a penalty", "#d62728", epochs(bare)},
        {"ccd", "#ff7f0e", sweeps(kindred::ccd<>{})},
        {"als", "#9467bd", sweeps(kindred::als<>{})},
        {"svdpp", "#2ca02c", epochs(kindred::svdpp<>{})},
        {"asymmetric_svd", "#111111", epochs(kindred::asymmetric_svd<>{})}},
       most);
}

template <class Machine>
kindred::feature_factorization<float, Machine> with_features(std::string const& folder, auto const& file,
                                                             Machine const& machine) {
  kindred::feature_table<user_id> people;
  kindred::feature_table<item_id> films;
  kindred::for_each_row(folder + "/ml-100k/u.user", {.separator = "|", .quotes = false},
                        [&](std::span<std::string_view const> field) {
                          auto const u = file.users.find(field[0]);
                          if (!u) return;
                          auto const about = people.about(*u);
                          about.category("decade", field[1].substr(0, 1));
                          about.category("sex", field[2]);
                          about.category("occupation", field[3]);
                        });
  kindred::for_each_row(folder + "/ml-100k/u.item", {.separator = "|", .quotes = false},
                        [&](std::span<std::string_view const> field) {
                          auto const i = file.items.find(field[0]);
                          if (!i) return;
                          auto const about = films.about(*i);
                          if (field[2].size() > 4) about.category("decade", field[2].substr(field[2].size() - 4, 3));
                          for (std::size_t g = 5; g != field.size(); ++g)
                            if (field[g] == "1") about.tag("genre", std::to_string(g));
                        });
  return {.users = kindred::user_features<float>::from(people),
          .items = kindred::item_features<float>::from(films),
          .machine = machine};
}

void all(comparison& of, bool seconds, auto const& also) {
  auto const each = [&](char const* name, auto const& how) {
    of.error(name, how);
    if (seconds) of.seconds(name, how);
  };
  each("sgd", kindred::sgd<>{});
  each("als", kindred::als<>{});
  each("ccd", kindred::ccd<>{});
  each("nmf", kindred::nmf{});
  each("svdpp", kindred::svdpp<>{});
  each("asymmetric_svd", kindred::asymmetric_svd<>{});
  also(each);
}

}  // namespace

int main(int count, char** words) try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  auto const file = kindred::read_ratings<float>(std::string(folder) + "/ml-100k/u.data", kindred::movielens_100k);
  comparison movies("ml100k", data_set::from(file.table));
  if (count > 1) {
    curves(words[1], movies);
    return 0;
  }
  all(movies, true, [&](auto const& each) {
    each("time_aware", kindred::time_aware<kindred::asymmetric_svd<>>{});
    each("feature_factorization", with_features(folder, file, kindred::factorization_machine<>{}));
    // Chosen on an eighth of what the first fold learns from, of some 30 settings.
    using by_rate = kindred::field_aware_machine<kindred::squared_loss, kindred::l2, kindred::inverse_rate>;
    each(
        "feature_factorization_by_fields",
        with_features(
            folder, file,
            by_rate{.factors = 16, .epochs = 45, .weight = {0.02}, .vector = {0.05}, .rate = {0.02}, .start = {0.01}}));
  });
  kindred::rating_table<float> table;
  std::ifstream in(std::string(folder) + "/filmtrust/ratings.txt");
  index_t user = 0, item = 0;
  for (float value = 0; in >> user >> item >> value;) table.add(user_id{user}, item_id{item}, value);
  comparison trusting("filmtrust", data_set::from(table, kindred::on_duplicate::last));
  all(trusting, false, [](auto const&) {});
} catch (std::exception const& e) {
  std::fprintf(stderr, "solvers: %s\n", e.what());
  return 2;
}
