// SPDX-License-Identifier: BSL-1.0
//
// The steps of the guide "First recommender".
#include <kindred/interop/thread_pool.hpp>
#include <kindred/kindred.hpp>

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <sstream>
#include <string_view>
#include <vector>

TEST_CASE("a first recommender, step by step") {
  // [data]
  kindred::dictionary<kindred::user_id> people;
  kindred::dictionary<kindred::item_id> books;
  kindred::rating_table<float> said;
  auto const say = [&](std::string_view who, std::string_view book, float stars) {
    said.add(people.add(who), books.add(book), stars);
  };
  say("ann", "Emma", 5), say("ann", "Dune", 1), say("ann", "Persuasion", 5);
  say("bob", "Dune", 5), say("bob", "Solaris", 4), say("bob", "Emma", 2);
  say("cat", "Emma", 5), say("cat", "Persuasion", 4), say("cat", "Middlemarch", 5);
  say("dan", "Dune", 4), say("dan", "Solaris", 5), say("dan", "Middlemarch", 2);

  auto const ratings = kindred::ratings<float>::from(said, kindred::on_duplicate::last);
  // [/data]
  CHECK(ratings.size() == 12);

  // [fit]
  auto const similar =
      kindred::fit(kindred::item_knn<kindred::cosine>{.neighbors = 10, .min_shared = 1}, ratings).model;
  auto const [taste, report] = kindred::fit(kindred::sgd<>{.factors = 4, .epochs = 50, .seed = 7}, ratings);
  // [/fit]
  CHECK(report.epochs == 50);

  // [score]
  kindred::user_id const ann = *people.find("ann");
  kindred::item_id const middlemarch = *books.find("Middlemarch");
  float const stars = kindred::score_of(similar, ann, middlemarch);
  // [/score]
  CHECK(stars > 3);

  std::ostringstream out;
  // [recommend]
  std::array<kindred::scored_item<float>, 2> best;
  auto const count = kindred::top_n(similar, ann, kindred::unseen(ratings, ann), best);
  for (auto const& [book, value] : std::span(best).first(count))  // best first
    out << books.key(book) << ' ' << value << '\n';
  // [/recommend]
  CHECK(out.str().starts_with("Middlemarch "));
  CHECK(books.key(best[1].item) == "Solaris");
  REQUIRE(count == 2);

  // [stock]
  std::vector<bool> in_stock(books.size(), true);
  in_stock[kindred::to_index(middlemarch)] = false;
  auto const shelf = kindred::where(kindred::unseen(ratings, ann),
                                    [&](kindred::item_id book) { return in_stock[kindred::to_index(book)]; });
  kindred::top_n(similar, ann, shelf, best);
  // [/stock]
  CHECK(books.key(best[0].item) == "Solaris");

  out.str("");
  // [why]
  std::array<kindred::evidence<float>, 3> reasons;
  auto const why = similar.explain(ann, middlemarch, reasons);
  for (auto const& reason : std::span(reasons).first(why.count))  // strongest first
    if (reason.share > 0) out << "because you liked " << books.key(kindred::item_id{reason.id}) << '\n';
  // [/why]
  CHECK(out.str().starts_with("because you liked "));
  CHECK(ratings.contains(ann, kindred::item_id{reasons[0].id}));

  // [combine]
  auto const popular = kindred::fit(kindred::popularity{}, ratings).model;
  kindred::weighted const blend{{0.3f, 0.7f}, taste, similar};
  kindred::fallback const recommender{blend, popular};

  kindred::user_id const stranger{people.size()};  // any id that the data do not reach
  kindred::top_n(recommender, stranger, kindred::all_items{books.size()}, best);
  // [/combine]
  CHECK(books.key(best[0].item) == "Emma");

  // [threads]
  kindred::thread_pool pool;  // as many threads as the machine runs at once
  auto const same = kindred::fit(kindred::sgd<>{.factors = 4, .epochs = 50, .seed = 7}, ratings, pool).model;
  // [/threads]
  CHECK(same == taste);
}
