// SPDX-License-Identifier: BSL-1.0
//
// The code of the page docs/concepts/resumable.md.
#if __has_include(<nlohmann/json.hpp>)
#include <kindred/baseline/constant.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/io/safetensors.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/testing/laws/resumable.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <string>

// [model]
// Creeps towards the mean of all ratings, a tenth of the way a round.
struct creeping_mean {
  std::uint32_t rounds = 50;

  struct training {  // all that is to be known between two rounds
    double value = 0;
    kindred::fit_report report = {};

    static constexpr kindred::stored_format format{"shop.creeping_mean", 1};
    static void fields(auto& self, auto& visit) {
      visit("value", self.value);
      visit("report", self.report);
    }
  };

  template <kindred::real T>
  training begin(kindred::ratings<T> const&) const {
    return {};
  }
  template <kindred::real T, kindred::executor E, class After>
  void advance(training& now, kindred::ratings<T> const& data, std::uint32_t more, E&, After const& after) const {
    double const mean = static_cast<double>(kindred::mean_of(data));
    for (; more != 0 && now.report.epochs < rounds; --more) {
      double const gap = mean - now.value;
      now.value += gap / 10;
      now.report = {now.report.epochs + 1, gap * gap, now.report.epochs + 1 == rounds};
      if (after(now) == kindred::flow::stop) break;
    }
  }
  template <kindred::real T, kindred::executor E>
  kindred::fitted<kindred::constant_model<T>> finish(training now, kindred::ratings<T> const&, E&) const {
    return {kindred::constant_model<T>(static_cast<T>(now.value)), now.report};
  }
  template <kindred::real T, kindred::executor E, kindred::observer O>
  kindred::fitted<kindred::constant_model<T>> fit(kindred::ratings<T> const& data, E& ex, O& watch) const {
    auto now = begin(data);
    advance(now, data, rounds, ex,
            [&](training const& t) { return watch(kindred::progress{t.report.epochs, t.report.objective}); });
    return finish(now, data, ex);
  }
};
static_assert(kindred::resumable<creeping_mean, kindred::ratings<float>>);
// [/model]

TEST_CASE("the minimal resumable recipe keeps the law") {
  kindred::rating_table<float> said;
  for (kindred::index_t u = 0; u != 9; ++u)
    said.add(kindred::user_id{u}, kindred::item_id{u % 4}, static_cast<float>(u % 5));
  auto const ratings = kindred::ratings<float>::from(said);
  creeping_mean const recipe{.rounds = 7};
  // [check]
  kindred::sequential ex;
  auto const law = kindred::testing::check_resumable(
      recipe, ratings, ex, [](auto const& object) { return kindred::to_bytes(object); },
      []<class M>(std::string const& bytes) { return kindred::from_bytes<M>(std::as_bytes(std::span(bytes))); });
  CHECK_MESSAGE(law.holds(), law.message());
  // [/check]
}
#endif
