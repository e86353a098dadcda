// SPDX-License-Identifier: BSL-1.0
// flags: -O3 -march=native
// bench: accuracy/field_aware/a9a accuracy/field_aware/a9a_libffm accuracy/field_aware/generated
//
// Logistic loss on held-out examples, of a field-aware factorization machine beside a factorization machine and logistic
// regression. a9a (KINDRED_DATA): the 16 281 test examples, columns in the 14 fields of the census they were made of; settings
// and epochs of both machines were chosen on every fifth training example, of 8 to 24 settings each, those of LIBFFM, which
// KINDRED_LIBFFM names the folder of, of 48. Generated: four fields of 50 columns, each pair of fields with vectors of its own,
// 80 000 examples to learn from and 20 000 to tell; nothing can be better than the probabilities that made them.

#include <kindred/data/column_fields.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/factor/factorization_machine.hpp>
#include <kindred/factor/field_aware_machine.hpp>
#include <kindred/io/read_libsvm.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

namespace {

using kindred::index_t;
using table = kindred::example_table<float>;

double loss_of(double probability, float label) {
  double const p = std::clamp(probability, 1e-9, 1 - 1e-9);
  return -std::log(label > 0 ? p : 1 - p);
}
double loss_of(auto const& model, table const& test) {
  double sum = 0;
  for (index_t r = 0; r != test.size(); ++r)
    sum += loss_of(static_cast<double>(model.predict(test.rows().row(r))), test.labels()[r]);
  return sum / test.size();
}

using aware = kindred::field_aware_machine<kindred::logistic_loss>;
using unaware = kindred::factorization_machine<kindred::logistic_loss, kindred::l2, kindred::adagrad>;

struct losses {
  double linear, machine, fields;
};
losses compare(table const& train, table const& test, aware const& with, unaware const& without) {
  return {loss_of(kindred::fit(kindred::logistic_regression<>{}, train.view()).model, test),
          loss_of(kindred::fit(without, train.view()).model, test),
          loss_of(kindred::fit(with, train.view()).model, test)};
}

table read(std::string const& path) {
  auto const seen = kindred::read_libsvm<float>(path);
  table out(123);
  for (index_t r = 0; r != seen.size(); ++r) out.add(seen.labels()[r] > 0 ? 1.0f : 0.0f, seen.rows().row(r));
  return out;
}

void write(table const& from, kindred::column_fields const& fields, std::filesystem::path const& path) {
  std::ofstream out(path);
  for (index_t r = 0; r != from.size(); ++r) {
    out << from.labels()[r];
    for (index_t const j : from.rows().row(r).index) out << ' ' << fields.of(j) << ':' << j << ":1";
    out << '\n';
  }
}

// The loss that LIBFFM writes for a test file, or less than 0.
double libffm(std::string const& programs, table const& train, table const& test,
              kindred::column_fields const& fields) {
  auto const folder = std::filesystem::temp_directory_path() / "kindred_bench_ffm";
  std::filesystem::create_directories(folder);
  write(train, fields, folder / "train");
  write(test, fields, folder / "test");
  std::string const at = folder.string();
  std::string const line = programs + "/ffm-train -s 1 -l 0.00002 -r 0.1 -k 2 -t 9 " + at + "/train " + at +
                           "/model > /dev/null && " + programs + "/ffm-predict " + at + "/test " + at + "/model " + at +
                           "/out > " + at + "/said";
  double loss = -1;
  if (std::system(line.c_str()) == 0) {
    std::string word;
    for (std::ifstream said(folder / "said"); said >> word;)
      if (char* end = nullptr; std::strtod(word.c_str(), &end) > 0 && *end == 0)
        loss = std::strtod(word.c_str(), nullptr);
  }
  std::filesystem::remove_all(folder);
  return loss;
}

void say(char const* name, double ours, char const* peer, double theirs) {
  std::printf("BENCH accuracy/field_aware/%s ours=%.4f peer=%s:%.4f ratio=%.3f unit=logloss\n", name, ours, peer,
              theirs, theirs / ours);
}

void a9a(std::string const& folder) {
  kindred::column_fields fields;
  for (index_t const n : std::initializer_list<index_t>{5, 8, 5, 16, 5, 7, 14, 6, 5, 2, 2, 2, 5, 41}) fields.add(n);
  table const train = read(folder + "/a9a/a9a"), test = read(folder + "/a9a/a9a.t");
  auto const loss = compare(train, test, {.fields = fields, .epochs = 3, .rate = {.rate = 0.05}},
                            {.epochs = 3, .weight = {0.005}, .vector = {0.005}, .rate = {.rate = 0.1}});
  std::printf("a9a: logistic regression %.4f\n", loss.linear);
  say("a9a", loss.fields, "factorization_machine", loss.machine);
  char const* const programs = std::getenv("KINDRED_LIBFFM");
  double const theirs = programs == nullptr ? -1 : libffm(programs, train, test, fields);
  if (theirs > 0) say("a9a_libffm", loss.fields, "libffm", theirs);
  else std::printf("BENCH accuracy/field_aware/a9a_libffm ours=%.4f peer=absent unit=logloss\n", loss.fields);
}

void generated() {
  constexpr index_t count = 4, each = 50, rank = 3;
  kindred::column_fields fields;
  for (index_t f = 0; f != count; ++f) fields.add(each);
  // What column j says of field b: normal numbers.
  auto const said = [](index_t j, index_t b, index_t f) {
    kindred::random_stream random(kindred::mix(7, j), b * rank + f);
    return kindred::normal(random);
  };
  double best = 0;
  auto const draw = [&](std::uint64_t stream, index_t rows) {
    table out(count * each);
    for (index_t r = 0; r != rows; ++r) {
      std::array<index_t, count> column;
      for (index_t a = 0; a != count; ++a)
        column[a] = a * each + static_cast<index_t>(kindred::mix(stream, r, a) % each);
      double margin = -0.5;
      for (index_t a = 0; a != count; ++a)
        for (index_t b = a + 1; b != count; ++b)
          for (index_t f = 0; f != rank; ++f) margin += 0.5 * said(column[a], b, f) * said(column[b], a, f);
      double const p = 1 / (1 + std::exp(-margin));
      float const label = kindred::to_unit(kindred::mix(stream, r, 9)) < p ? 1.0f : 0.0f;
      std::array<float, count> value;
      value.fill(1);
      out.add(label, {column, value});
      if (stream == 2) best += loss_of(p, label) / rows;
    }
    return out;
  };
  table const train = draw(1, 80000), test = draw(2, 20000);
  auto const loss = compare(train, test, {.fields = fields, .epochs = 10},
                            {.factors = 16, .epochs = 10, .weight = {0.005}, .vector = {0.005}});
  std::printf("generated: logistic regression %.4f, the probabilities that made them %.4f\n", loss.linear, best);
  say("generated", loss.fields, "factorization_machine", loss.machine);
}

}  // namespace

int main() try {
  generated();
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) std::puts("KINDRED_DATA names no folder with data");
  else a9a(folder);
} catch (std::exception const& e) {
  std::fprintf(stderr, "field_aware: %s\n", e.what());
  return 2;
}
