// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/contest_page.hpp>

#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"
#include "well_formed.hpp"

#include <kindred/data/random_holdout.hpp>
#include <kindred/io/learning_curves.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

TEST_CASE("contest_page: a whole page, in which a name is a name and nothing is fetched") {
  auto const [train, test] =
      kindred::random_holdout{.fraction = 0.3}.split(support::ratings_of<float>(support::random_list(40, 20, 0.3, 1)));
  for (std::string const& name : {std::string("EASE"), std::string("<script>alert(1)</script>")}) {
    kindred::contest rivals(train, test,
                            {.protocol = {.length = 3}, .interval = {.resamples = 50}, .permutation = {.rounds = 50}});
    rivals.by_group(std::vector<kindred::index_t>(40, 0), {name, "nobody"});
    rivals.enter(name, support::random_table_model<float>(40, 20, 2));
    rivals.enter("other", support::random_table_model<float>(40, 20, 3));
    kindred::report page(name);
    kindred::add_contest(page, rivals);
    std::string const html = page.html();
    CHECK(fault_of(html) == "");
    CHECK(html.find("<script") == std::string::npos);
    for (char const* foreign : {"http:", "https:", "//", "url(", "src="})
      CHECK(html.find(foreign) == std::string::npos);
    CHECK(html.find("NDCG@3") != std::string::npos);
    CHECK(html.find("Whether it is luck") != std::string::npos);
    CHECK(html.find("For whom") != std::string::npos);
    CHECK(html.find("nobody") == std::string::npos);  // a group without users has no place in the picture
    CHECK(occurrences(html, "<figure") == 7);         // five measures, the difference, the groups
  }
}

TEST_CASE("contest_page: without rivals, and without users") {
  auto const data = support::ratings_of<double>({{0, 0, 5}, {1, 1, 4}});
  kindred::contest alone(data, kindred::ratings<double>{});
  kindred::report page("T");
  kindred::add_contest(page, alone);
  CHECK(fault_of(page.html()) == "");
  alone.enter("one", support::table_model<double>{});
  kindred::report second("T");
  kindred::add_contest(second, alone);
  CHECK(fault_of(second.html()) == "");
  CHECK(second.html().find("Whether it is luck") == std::string::npos);
}

TEST_CASE("contest_page: as the guide has it") {
  auto const data = support::ratings_of<float>(support::random_list(40, 20, 0.3, 1));
  auto const parts = kindred::random_holdout{.fraction = 0.3}.split(data);
  auto const &train = parts.first, &test = parts.second;
  auto const popular = support::random_table_model<float>(40, 20, 2),
             taste = support::random_table_model<float>(40, 20, 3);
  std::vector<kindred::index_t> const since(40, 1);
  kindred::learning_curves curves;
  static_cast<void>(curves.of("factors")(kindred::progress{1, 0.5}));
  // [page]
  kindred::contest rivals(train, test, {.protocol = {.length = 10, .relevant_from = 4}});
  rivals.by_group(since, {"new this year", "older"});  // since[user] is 0 or 1
  rivals.enter("popularity", popular).enter("factors", taste);

  kindred::report page("Which recommender?", "Two of them, a third of the ratings held out.");
  kindred::add_contest(page, rivals);
  page.heading("How it was trained").line(curves.chart());  // fit(how, train, pool, curves.of("factors"))
  // [/page]
  CHECK(fault_of(page.html()) == "");
  CHECK(page.html().find("new this year") == std::string::npos);
}
