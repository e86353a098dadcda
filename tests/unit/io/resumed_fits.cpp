// SPDX-License-Identifier: BSL-1.0
//
// A fit that is killed after any round and goes on from a file ends in the bits of one that was never interrupted, whatever it is a
// fit of, on one thread and on three.
#if __has_include(<nlohmann/json.hpp>)
#include "../../support/error_of.hpp"
#include "../../support/features.hpp"
#include "../../support/ratings.hpp"
#include "../../support/stored.hpp"
#include "resumed.hpp"
#include "temporary_file.hpp"

#include <kindred/baseline/constant.hpp>
#include <kindred/data/column_fields.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/factor/als.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/bpr.hpp>
#include <kindred/factor/ccd.hpp>
#include <kindred/factor/co_clustering.hpp>
#include <kindred/factor/early_stop.hpp>
#include <kindred/factor/feature_factorization.hpp>
#include <kindred/factor/field_aware_machine.hpp>
#include <kindred/factor/hogwild_sgd.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/factor/nmf.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/slim.hpp>
#include <kindred/factor/so_rec.hpp>
#include <kindred/factor/social_sgd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/factor/time_aware.hpp>
#include <kindred/factor/with_friends.hpp>
#include <kindred/io/fit_or_resume.hpp>
#include <kindred/linalg/subspace.hpp>
#include <kindred/linear/ftrl_learner.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/frequency_scaled.hpp>
#include <kindred/solve/huber_loss.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace kindred;

ratings<float> timed(index_t users, index_t items, double density, population size) {
  rating_table<float> table;
  for (auto const& s : support::random_list(users, items, density, 9))
    table.add(user_id{s.user}, item_id{s.item}, static_cast<float>(s.value), std::int64_t{40'000} * (s.user + s.item));
  return ratings<float>::from(table, on_duplicate::error, size);
}
ratings<float> const& data() {
  static ratings<float> const made = timed(40, 30, 0.2, {42, 33});
  return made;
}

auto const go_on = [](auto const&) { return flow::proceed; };

// Of ratings: what was begun with other ratings, or by a recipe of another size, is refused.
template <class R>
void check_resumed(char const* name, R const& how) {
  support::check_resumed(name, how, data());
  static ratings<float> const fewer = timed(9, 8, 0.5, {9, 8});
  sequential ex;
  auto begun = detail::begun(how, data(), ex);
  how.advance(begun, data(), 1, ex, go_on);
  CHECK_MESSAGE(support::error_of([&] { how.advance(begun, fewer, 1, ex, go_on); }).kind() == error_kind::shape,
                std::string(name));
  CHECK_MESSAGE(
      support::error_of([&] { how.advance(begun, ratings<float>(), 1, ex, go_on); }).kind() == error_kind::shape,
      std::string(name));
}

// Begun with a model, what it knows begins there.
template <class R>
void check_warm(char const* name, R const& how) {
  check_resumed(name, how);
  auto const whole = kindred::fit(how, data());
  auto const warm = how.begin(data(), whole.model);
  CHECK(warm.model.users().row(7)[1] == whole.model.users().row(7)[1]);
  CHECK(warm.model.item_biases()[3] == whole.model.item_biases()[3]);
  CHECK(warm.report.epochs == 0);
  auto other = how;
  other.factors = 6;
  auto begun = how.begin(data());
  sequential ex;
  CHECK(support::error_of([&] { (void)other.begin(data(), whole.model); }).kind() == error_kind::shape);
  CHECK(support::error_of([&] { other.advance(begun, data(), 1, ex, go_on); }).kind() == error_kind::shape);
}

}  // namespace

TEST_CASE("resumed fits: gradient descent and least squares") {
  check_warm("sgd", sgd<>{.factors = 5, .epochs = 6, .seed = 1});
  check_warm("sgd by adam", sgd<squared_loss, l2, adam>{.factors = 5, .epochs = 4});
  check_warm("als", als<>{.factors = 5, .sweeps = 5, .seed = 2});
  check_warm("als until it converges", als<cholesky>{.factors = 3, .sweeps = 20, .tolerance = 1e-2});
  check_warm("implicit_als", implicit_als<>{.factors = 5, .sweeps = 5});
  check_warm("implicit_als by subspaces", implicit_als<subspace>{.factors = 5, .sweeps = 4, .solver = {.block = 2}});
  check_warm("bpr", bpr{.factors = 5, .epochs = 5});
  sequential alone;
  support::check_resumed("hogwild_sgd, alone", hogwild_sgd<>{{.factors = 5, .epochs = 4}}, data(), alone);
}

TEST_CASE("resumed fits: gradient descent with friends") {
  std::vector<trust> const friends{{user_id{1}, user_id{0}}, {user_id{7}, user_id{1}}, {user_id{41}, user_id{7}}};
  check_resumed("social_mf", social_sgd<>{.how = {.factors = 3, .epochs = 4}, .friends = friends});
  check_resumed("so_rec", social_sgd<so_rec>{.how = {.factors = 3, .epochs = 4}, .friends = friends});
}

TEST_CASE("resumed fits: coordinate descent and co-clustering") {
  check_resumed("ccd", ccd<>{.factors = 5, .sweeps = 6});
  check_resumed("ccd until it converges", ccd<>{.factors = 3, .sweeps = 50, .tolerance = 0.05});
  check_resumed("nmf", nmf{.factors = 4, .sweeps = 5});
  check_resumed("nmf, multiplicative", nmf{.factors = 4, .sweeps = 5, .update = nmf_update::multiplicative});
  check_resumed("slim", slim{.l1 = 0.5, .candidates = 10});
  check_resumed("co_clustering", co_clustering{.user_groups = 4, .sweeps = 9});
}

TEST_CASE("resumed fits: slim, of so many items that there are rounds") {
  rating_table<float> table;
  for (auto const& s : support::random_list(60, 2500, 0.004, 5)) table.add(user_id{s.user}, item_id{s.item}, 1);
  slim const how{.l1 = 0.1, .l2 = 0.5, .candidates = 4};
  auto const many = ratings<float>::from(table);
  CHECK(kindred::fit(how, many).report.epochs == 3);
  support::check_resumed("slim", how, many);
}

TEST_CASE("resumed fits: what was begun by another recipe, or with other data, is not finished") {
  sequential ex;
  svdpp<> const plain{.factors = 5, .epochs = 4};
  asymmetric_svd<> const of_parts{.factors = 5,
                                  .epochs = 4};  // twice the rows that users share, in the same checkpoint
  auto const begun = plain.begin(data(), ex);
  CHECK(support::error_of([&] { (void)of_parts.finish(begun, data(), ex); }).kind() == error_kind::shape);
  CHECK(support::error_of([&] { (void)plain.finish(of_parts.begin(data(), ex), data(), ex); }).kind() ==
        error_kind::shape);

  time_aware<> const steady{.base = {.factors = 3, .epochs = 2}};
  auto turning = steady;
  turning.vectors = taste::turning;
  auto binned = steady;
  binned.bins = 2;
  auto timed_training = steady.begin(data(), ex);
  for (time_aware<> const& other : {turning, binned}) {
    CHECK(support::error_of([&] { other.advance(timed_training, data(), 1, ex, go_on); }).kind() == error_kind::shape);
    CHECK(support::error_of([&] { (void)other.finish(timed_training, data(), ex); }).kind() == error_kind::shape);
  }
  timed_training.terms.drift.pop_back();  // as no fit leaves it
  CHECK(support::error_of([&] { (void)steady.finish(timed_training, data(), ex); }).kind() == error_kind::shape);
}

TEST_CASE("resumed fits: users made of parts") {
  check_resumed("svdpp", svdpp<>{.factors = 5, .epochs = 4});
  check_resumed("asymmetric_svd", asymmetric_svd<huber_loss>{.factors = 5, .epochs = 4});
  check_resumed("with_friends", with_friends<>{.base = {.factors = 3, .epochs = 3},
                                               .friends = {{user_id{1}, user_id{0}}, {user_id{41}, user_id{1}}}});
  check_resumed("time_aware", time_aware<>{.base = {.factors = 3, .epochs = 4}});
  check_resumed(
      "time_aware, with all it has",
      time_aware<asymmetric_svd<>>{.base = {.factors = 3, .epochs = 3}, .bins = 3, .vectors = taste::turning});
}

TEST_CASE("resumed fits: machines, and fits that watch another") {
  auto const about = item_features<float>::from(support::random_features<item_id>(0, 33, 6));
  check_resumed("feature_factorization",
                feature_factorization<float>{.items = about, .machine = {.factors = 3, .epochs = 4}});
  using adaptive = factorization_machine<squared_loss, l2, adagrad>;
  check_resumed("feature_factorization by adagrad",
                feature_factorization<float, adaptive>{.items = about, .machine = {.factors = 3, .epochs = 3}});
  using by_count =
      factorization_machine<squared_loss, frequency_scaled<>>;  // which asks the data about the model's columns
  check_resumed("feature_factorization, scaled by counts",
                feature_factorization<float, by_count>{.items = about, .machine = {.factors = 3, .epochs = 3}});
  example_table<float> shown(12);
  for (index_t k = 0; k != 150; ++k) {
    index_t const a = k % 4, b = 4 + k / 4 % 8;
    shown.add((a + b) % 3 == 0 ? 1.0f : 0.0f, {std::vector<index_t>{a, b}, std::vector<float>{1, 0.5f}});
  }
  column_fields fields;
  fields.add(4);
  fields.add(8);
  support::check_resumed("field_aware_machine",
                         field_aware_machine<logistic_loss>{.fields = fields, .factors = 3, .epochs = 3}, shown.view());
  check_resumed("early_stop", early_stop<>{.how = {.factors = 5, .epochs = 30}});
  check_resumed("early_stop of svdpp", early_stop<svdpp<>>{.how = {.factors = 3, .epochs = 6}, .patience = 1});
}

TEST_CASE("resumed fits: what is thrown by whoever watches leaves the training as the round left it") {
  support::check_thrown_out("early_stop", early_stop<>{.how = {.factors = 5, .epochs = 30}}, data());
  support::check_thrown_out("als", als<>{.factors = 3, .sweeps = 4}, data());
  support::check_thrown_out("ccd", ccd<>{.factors = 3, .sweeps = 4}, data());
}

TEST_CASE("fit_or_resume: thrown out of the middle again and again, it ends in the bits of fit()") {
  svdpp<> const how{.factors = 3, .epochs = 7};
  auto const whole = kindred::fit(how, data());
  temporary_file const file("");
  std::filesystem::remove(file.path());  // its name is all that is wanted
  sequential ex;
  std::uint32_t told = 0;
  for (std::uint32_t go = 0; go != 3; ++go)
    CHECK_THROWS_AS(static_cast<void>(fit_or_resume(how, data(), file.path(), ex,
                                                    [&](progress const& p) {
                                                      told = p.epoch;
                                                      if (p.epoch == 2 * go + 2) throw go;
                                                      return flow::proceed;
                                                    })),
                    std::uint32_t);
  CHECK(told == 6);  // five are in the file, the sixth was told and not saved
  auto const begun = load<training_of<svdpp<>, ratings<float>>>(file.path());
  CHECK(begun.report.epochs == 5);
  CHECK(fit_or_resume(how, data(), file.path(), ex, silent{}, 100).model == whole.model);
  auto const again = fit_or_resume(how, data(), file.path());  // is over
  CHECK(again.model == whole.model);
  CHECK(again.report.converged);
  CHECK(support::error_of([&] {
          static_cast<void>(fit_or_resume(how, data(), file.path(), ex, silent{}, 0));
        }).kind() == error_kind::setting);
  CHECK(support::error_of([&] { static_cast<void>(fit_or_resume(als<>{}, data(), file.path())); }).kind() ==
        error_kind::format);
  auto const size = std::filesystem::file_size(file.path()) / 2;
  std::filesystem::resize_file(file.path(), size);  // cut off: neither resumed nor begun anew
  CHECK(support::error_of([&] { static_cast<void>(fit_or_resume(how, data(), file.path())); }).kind() ==
        error_kind::format);
  CHECK(std::filesystem::file_size(file.path()) == size);
  std::string const inside = file.path() + "/file";  // a file is no folder
  CHECK(support::error_of([&] { static_cast<void>(fit_or_resume(how, data(), inside)); }).kind() == error_kind::io);
}

// Sums powers of two; keeps not all that it needs for that, or does not hear that it should stop.
struct wrong_sum {
  bool deaf = false;

  struct training {
    double value = 0;
    double power = 1;
    fit_report report = {.converged = false};

    static constexpr stored_format format{"wrong_sum", 1};
    static void fields(auto& self, auto& visit) {
      visit("value", self.value);
      visit("report", self.report);
    }
  };

  training begin(ratings<float> const&) const { return {}; }
  template <executor E, class After>
  void advance(training& now, ratings<float> const&, std::uint32_t more, E&, After const& after) const {
    detail::run_epochs(
        now, more, 5, [&](training const& t) { return after(t) == flow::stop && !deaf ? flow::stop : flow::proceed; },
        [&](std::uint32_t, double) { return now.value += now.power *= 2; });
  }
  template <executor E>
  fitted<constant_model<float>> finish(training const& now, ratings<float> const&, E&) const {
    return {constant_model<float>(static_cast<float>(now.value)), now.report};
  }
  template <executor E, observer O>
  fitted<constant_model<float>> fit(ratings<float> const& learned, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, learned, ex, watch);
  }
};

TEST_CASE("check_resumable: finds what a training does not keep, and who does not stop") {
  auto const law_of = [](wrong_sum const& how) {
    sequential ex;
    return testing::check_resumable(
        how, data(), ex, [](auto const& object) { return to_bytes(object); },
        []<class M>(std::string const& bytes) { return from_bytes<M>(support::bytes_of(bytes)); });
  };
  auto const forgets = law_of({}), deaf = law_of({.deaf = true});
  CHECK_FALSE(forgets.holds());
  CHECK(std::string(forgets.message()).find("ends in the bits of an unbroken one") != std::string::npos);
  CHECK_FALSE(deaf.holds());
  CHECK(std::string(deaf.message()).find("flow::stop ends a go") != std::string::npos);
}

TEST_CASE("resumed fits: what learns from a stream goes on as if it had never been away") {
  ftrl_learner<float> never, away;
  for (index_t k = 0; k != 50; ++k) {
    index_t const index[] = {k % 7, 7 + k % 5, 12 + k};
    float const value[] = {1, 0.5f, -0.25f};
    auto const label = static_cast<float>(k % 3 == 0);
    CHECK(never.update({index, value}, label) == away.update({index, value}, label));
    away = support::read_back(away);
  }
  CHECK(never.model() == away.model());
}
#endif
