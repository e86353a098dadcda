// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/features.hpp>

#include "../../support/error_of.hpp"
#include "../../support/features.hpp"

#include <kindred/data/feature_table.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using kindred::error_kind;
using kindred::feature_table;
using kindred::index_t;
using kindred::item_features;
using kindred::item_id;
using kindred::user_id;
using support::error_of;
using support::says;

namespace {

// The value of a column that is named; zero where there is none.
template <class T, class Id>
double at(kindred::features<T, Id> const& about, index_t entity, std::string_view field, std::string_view value = {}) {
  auto const column = about.find(field, value);
  if (!column) return 0;
  auto const row = about.of(Id{entity});
  std::size_t const k = kindred::position_of(row.index, *column);
  return k == row.size() ? 0 : static_cast<double>(row.value[k]);
}

template <class T>
double length(kindred::sparse_row<T> row) {
  double squares = 0;
  for (T const v : row.value) squares += static_cast<double>(v) * static_cast<double>(v);
  return std::sqrt(squares);
}

template <class Change>
kindred::error error_from(Change const& change) {
  feature_table<item_id> table;
  return error_of([&] {
    change(table);
    static_cast<void>(item_features<float>::from(table));
  });
}

}  // namespace

TEST_CASE_TEMPLATE("features: numbers have mean 0 and spread 1", T, float, double) {
  // 10, 20, 30, 60: mean 30; variance (400 + 100 + 0 + 900) / 4 = 350.
  feature_table<item_id> table;
  double const given[] = {10, 20, 30, 60};
  for (index_t i = 0; i != 4; ++i) table.about(item_id{i}).number("price", given[i]);
  table.about(item_id{4}).category("brand", "acme");  // no price: counts as the mean
  auto about = item_features<T>::from(table);
  for (index_t i = 0; i != 4; ++i) CHECK(at(about, i, "price") == doctest::Approx((given[i] - 30) / std::sqrt(350.0)));
  CHECK(about.of(item_id{2}).empty());
  CHECK(at(about, 4, "price") == 0);

  table.number("price", {.weight = 2, .clip = 1});
  about = item_features<T>::from(table);
  CHECK(at(about, 0, "price") == doctest::Approx(-2));
  CHECK(at(about, 1, "price") == doctest::Approx(-20 / std::sqrt(350.0)));
  CHECK(at(about, 3, "price") == doctest::Approx(2));
}

TEST_CASE_TEMPLATE("features: a number that is the same of all says nothing", T, float, double) {
  for (double const value : {0.0, 7.0, 0.1, 1e100}) {
    feature_table<item_id> table;
    for (index_t i = 0; i != 7; ++i) table.about(item_id{i}).number("price", value);
    auto const about = item_features<T>::from(table);
    CHECK(about.columns() == 1);
    CHECK(about.rows().size() == 0);
  }
}

TEST_CASE_TEMPLATE("features: categories, tags and their names", T, float, double) {
  feature_table<item_id> table;
  std::vector<std::string> const genres{"space", "horror"};
  table.about(item_id{0}).category("studio", "Fox").tags("genre", genres);
  table.about(item_id{1}).tags("genre", {"horror"}).category("studio", "MGM");
  table.about(item_id{3}).tags("genre", {"comedy", "crime", "horror"});
  table.category("studio", {.weight = 0.5});
  auto const about = item_features<T>::from(table, 6);
  CHECK(about.size() == 6);
  CHECK(about.columns() == 6);
  CHECK(at(about, 0, "studio", "Fox") == 0.5);
  CHECK(at(about, 1, "studio", "MGM") == 0.5);
  // Three items have a genre, of which three horror, one space: idf 1 + log(4 / 4) and 1 + log(4 / 2).
  double const rare = 1 + std::log(2.0);
  CHECK(at(about, 0, "genre", "horror") == doctest::Approx(1 / std::sqrt(1 + rare * rare)));
  CHECK(at(about, 0, "genre", "space") == doctest::Approx(rare / std::sqrt(1 + rare * rare)));
  CHECK(at(about, 1, "genre", "horror") == doctest::Approx(1));
  CHECK(at(about, 3, "genre", "crime") == doctest::Approx(rare / std::sqrt(1 + 2 * rare * rare)));
  CHECK(about.of(item_id{2}).empty());
  CHECK(about.of(item_id{6}).empty());

  // Fields in order of their first mention, values in order.
  std::array<std::string_view, 6> const expected{"Fox", "MGM", "comedy", "crime", "horror", "space"};
  for (index_t c = 0; c != 6; ++c) {
    CHECK(about.name(c).field == (c < 2 ? "studio" : "genre"));
    CHECK(about.name(c).value == expected[c]);
    CHECK(about.find(about.name(c).field, about.name(c).value) == c);
  }
  CHECK(!about.find("genre", "western"));
  CHECK(!about.find("genre"));
  CHECK(!about.find("director", "Scott"));

  std::array<T, 6> dense;
  about.write_dense(item_id{1}, dense);
  CHECK(dense == std::array<T, 6>{0, T(0.5), 0, 0, 1, 0});
  about.write_dense(item_id{77}, dense);
  CHECK(dense == std::array<T, 6>{});
}

TEST_CASE_TEMPLATE("features: the TF-IDF of scikit-learn", T, float, double) {
  // TfidfVectorizer(token_pattern=r"\w+", stop_words=["the", "a", "of"], sublinear_tf=...), scikit-learn 1.2.
  feature_table<item_id> table;
  table.about(item_id{0}).text("about", "The red lamp and the red chair");
  table.about(item_id{1}).text("about", "A green lamp");
  table.about(item_id{2}).text("about", "The old red book").text("about", "of lamps - and lamps!");
  std::array<std::string_view, 8> const words{"and", "book", "chair", "green", "lamp", "lamps", "old", "red"};
  double const raw[3][8] = {{0.359700386, 0, 0.472962782, 0, 0.359700386, 0, 0, 0.719400772},
                            {0, 0, 0, 0.795960542, 0.605348508, 0, 0, 0},
                            {0.284285383, 0.373801115, 0, 0, 0, 0.74760223, 0.373801115, 0.284285383}};
  double const logarithmic[3][8] = {{0.389377624, 0, 0.511984783, 0, 0.389377624, 0, 0, 0.659273626},
                                    {0, 0, 0, 0.795960542, 0.605348508, 0, 0, 0},
                                    {0.309875908, 0.40744958, 0, 0, 0, 0.689872107, 0.40744958, 0.309875908}};
  for (auto const counting : {kindred::term_counting::raw, kindred::term_counting::logarithmic}) {
    table.text("about", {.counting = counting, .stop_words = "of THE a"});
    auto const about = item_features<T>::from(table);
    REQUIRE(about.columns() == 8);
    for (index_t i = 0; i != 3; ++i)
      for (std::size_t w = 0; w != 8; ++w)
        CHECK(at(about, i, "about", words[w]) ==
              doctest::Approx((counting == kindred::term_counting::raw ? raw : logarithmic)[i][w]).epsilon(1e-7));
  }
}

TEST_CASE_TEMPLATE("features: text agrees with the formula, read literally", T, float, double) {
  constexpr index_t documents = 30;
  std::vector<std::map<std::string, int>> count(documents);
  feature_table<item_id> table;
  for (index_t d = 0; d != documents; ++d) {
    kindred::random_stream random(9, d);
    for (std::uint32_t k = 1 + kindred::below(random, 30); k != 0; --k) {
      std::string const word = "w" + std::to_string(kindred::below(random, 1 + kindred::below(random, 40)));
      ++count[d][word];
      table.about(item_id{d}).words("text", std::array{word});
    }
  }
  table.text("text", {.weight = 3, .at_least = 2});
  auto const about = item_features<T>::from(table);
  std::map<std::string, int> having;
  for (auto const& one : count)
    for (auto const& [word, times] : one) ++having[word];
  for (index_t d = 0; d != documents; ++d) {
    long double squares = 0;
    auto const weight = [&](std::string const& word, int times) -> long double {
      if (having[word] < 2) return 0;
      return (1 + std::log(static_cast<long double>(times))) *
             (1 + std::log((1 + static_cast<long double>(documents)) / (1 + having[word])));
    };
    for (auto const& [word, times] : count[d]) squares += weight(word, times) * weight(word, times);
    for (auto const& [word, times] : count[d])
      CHECK(at(about, d, "text", word) ==
            doctest::Approx(static_cast<double>(3 * weight(word, times) / std::sqrt(squares))).epsilon(1e-6));
    CHECK(length(about.of(item_id{d})) == doctest::Approx(3));
  }
}

TEST_CASE_TEMPLATE("features: vectors count by their direction", T, float, double) {
  std::array<float, 3> const a{3, 0, 4};
  std::array<double, 3> const b{0, -2, 0};
  feature_table<user_id> table;
  table.about(user_id{0}).vector("picture", std::span<float const>(a));
  table.about(user_id{1}).vector("picture", std::span<double const>(b));
  table.vector("picture", {.weight = 10});
  auto const about = kindred::user_features<T>::from(table);
  CHECK(at(about, 0, "picture", "0") == doctest::Approx(6));
  CHECK(at(about, 0, "picture", "2") == doctest::Approx(8));
  CHECK(at(about, 1, "picture", "1") == doctest::Approx(-10));
  CHECK(about.of(user_id{0}).size() == 2);
  auto const e = error_of([&] { table.about(user_id{2}).vector("picture", std::span<float const>(a).first(2)); });
  CHECK(e.kind() == error_kind::shape);
  CHECK(says(e, "the vector 'picture' of user 2 has 2 numbers, those before it 3"));
}

TEST_CASE_TEMPLATE("features: do not depend on the order in which things were said", T, float, double) {
  feature_table<item_id> forth, back;
  forth.number("year", {}).tags("genre", {}).text("plot", {});
  back.number("year", {}).tags("genre", {}).text("plot", {});
  std::array<std::string_view, 5> const word{"zebra", "apple", "moon", "10", "9"};
  auto const say = [&](feature_table<item_id>& table, index_t i) {
    table.about(item_id{i}).tag("genre", word[i % 5], 0.1 * i).tag("genre", word[i % 3], 0.7).number("year", 1.7 * i);
    table.about(item_id{i}).text("plot", word[(i + 1) % 5]).text("plot", word[i % 2]);
  };
  for (index_t i = 0; i != 20; ++i) say(forth, i);
  for (index_t i = 20; i != 0; --i) say(back, i - 1);
  CHECK(item_features<T>::from(forth) == item_features<T>::from(back));
  CHECK(item_features<T>::from(forth).name(1).value == "9");  // numbers by value, before words
}

TEST_CASE("features: what does not count has no column") {
  feature_table<item_id> table;
  table.about(item_id{0}).tags("genre", {"rare", "usual"}).category("brand", "acme").number("price", 3);
  table.about(item_id{1}).tags("genre", {"usual"}).category("brand", "acme").number("price", 5);
  table.tags("genre", {.at_least = 2}).category("brand", {.weight = 0}).number("price", {.weight = 0});
  auto const about = item_features<float>::from(table);
  CHECK(!about.find("genre", "rare"));
  CHECK(!about.find("brand", "acme"));
  CHECK(at(about, 0, "genre", "usual") == 1);
  CHECK(about.of(item_id{0}).size() == 1);
}

TEST_CASE_TEMPLATE("features: tags weigh, add up, and may be the contrary", T, float, double) {
  feature_table<item_id> table;
  table.tags("mood", {.weighting = kindred::term_weighting::equal});
  table.about(item_id{0}).tag("mood", "calm", 3).tag("mood", "loud", -4);
  table.about(item_id{1}).tag("mood", "calm").tag("mood", "loud").tag("mood", "calm");
  table.about(item_id{2}).tag("mood", "calm", 0);
  auto const about = item_features<T>::from(table);
  CHECK(at(about, 0, "mood", "calm") == doctest::Approx(0.6));
  CHECK(at(about, 0, "mood", "loud") == doctest::Approx(-0.8));
  CHECK(at(about, 1, "mood", "calm") == doctest::Approx(2 / std::sqrt(5.0)));
  CHECK(about.of(item_id{2}).empty());
}

TEST_CASE_TEMPLATE("features: what is typical is the mean of the rows at length one", T, float, double) {
  auto const about = item_features<T>::from(support::random_features<item_id>(0, 60, 4));
  std::vector<long double> mean(about.columns());
  index_t described = 0;
  for (index_t i = 0; i != about.size(); ++i) {
    auto const row = about.of(item_id{i});
    if (!row.empty()) ++described;
    for (std::size_t k = 0; k != row.size(); ++k)
      mean[row.index[k]] += static_cast<long double>(row.value[k]) / static_cast<long double>(length(row));
  }
  CHECK(described == 60 - 5);
  for (index_t c = 0; c != about.columns(); ++c)
    CHECK(about.typical()[c] == doctest::Approx(static_cast<double>(mean[c] / described)).epsilon(1e-6));
}

TEST_CASE_TEMPLATE("features: entities are added in the columns that there are", T, float, double) {
  auto const whole = support::random_features<item_id>(0, 40, 6);
  auto about = item_features<T>::from(whole);
  auto const before = about;

  // A new item that is like item 3, word for word; what it says beyond has no column.
  feature_table<item_id> more;
  more.about(item_id{50}).category("brand", "b1").tags("genre", {"g2", "unheard of"}).number("price", 20);
  more.about(item_id{42}).category("brand", "unheard of");
  about.add(more);
  CHECK(about.size() == 51);
  CHECK(about.columns() == before.columns());
  CHECK(at(about, 50, "brand", "b1") == 1);
  CHECK(at(about, 50, "genre", "g2") == doctest::Approx(1));
  CHECK(about.of(item_id{42}).empty());
  CHECK(about.of(item_id{45}).empty());
  for (index_t i = 0; i != 40; ++i) {
    auto const a = about.of(item_id{i}), b = before.of(item_id{i});
    CHECK(std::vector<T>(a.value.begin(), a.value.end()) == std::vector<T>(b.value.begin(), b.value.end()));
  }

  // What is known of an item is replaced, also when it lies between others.
  feature_table<item_id> change;
  change.about(item_id{20}).category("brand", "b0");
  change.about(item_id{60}).category("brand", "b0");
  about.add(change);
  CHECK(about.size() == 61);
  CHECK(about.of(item_id{20}).size() == 1);
  CHECK(at(about, 20, "brand", "b0") == 1);
  CHECK(at(about, 50, "brand", "b1") == 1);
  CHECK(at(about, 60, "brand", "b0") == 1);

  // The same rows as if they had been there: nothing was fitted anew.
  auto again = before;
  again.add(whole);
  CHECK(again == before);
  about.add(feature_table<item_id>{});
  CHECK(about.size() == 61);
}

TEST_CASE("features: a field that was not there is an error") {
  auto about = item_features<float>::from(support::random_features<item_id>(0, 10, 6));
  feature_table<item_id> misspelled, another_kind;
  misspelled.about(item_id{2}).category("brnad", "b1");
  another_kind.about(item_id{2}).category("price", "low");
  auto const before = about;
  auto e = error_of([&] { about.add(misspelled); });
  CHECK(e.kind() == error_kind::data);
  CHECK(says(e, "a field 'brnad' of categories is not among the features"));
  e = error_of([&] { about.add(another_kind); });
  CHECK(says(e, "a field 'price' of categories is not among the features"));
  CHECK(about == before);
}

TEST_CASE("features: what is wrong is said with field, entity and value") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  auto e = error_from([&](auto& t) { t.about(item_id{5}).number("price", nan); });
  CHECK(e.kind() == error_kind::data);
  CHECK(e.row() == 5);
  CHECK(says(e, "the field 'price' of item 5 has the value"));
  e = error_from([&](auto& t) { t.about(item_id{5}).number("price", 2e100); });
  CHECK(says(e, "has the value 2e+100"));
  e = error_from([&](auto& t) { t.about(item_id{6}).tag("genre", "noir", nan); });
  CHECK(says(e, "the field 'genre' of item 6 has at 'noir' the value"));
  e = error_from([&](auto& t) { t.about(item_id{3}).number("price", 4).number("price", 5); });
  CHECK(says(e, "the field 'price' of item 3 is given twice, as 4 and 5"));
  e = error_from([&](auto& t) { t.about(item_id{3}).category("brand", "acme").category("brand", "bolt"); });
  CHECK(says(e, "the field 'brand' of item 3 is given twice, as 'acme' and 'bolt'; what has several values are tags"));
  e = error_from([&](auto& t) { t.about(item_id{kindred::index_limit}).number("price", 1); });
  CHECK(says(e, "the field 'price' is given for the item 4294967295, which is reserved"));
  e = error_from([&](auto& t) { t.about(item_id{0}).number("x", 1).category("x", "one"); });
  CHECK(says(e, "the field 'x' holds numbers and cannot hold categories as well"));
  e = error_from([&](auto& t) { t.tags("genre", {.weight = -1}); });
  CHECK(e.kind() == error_kind::setting);
  CHECK(says(e, "the field 'genre' has the weight -1; weights go from 0 to a million"));
  e = error_from([&](auto& t) { t.number("price", {.clip = 0}); });
  CHECK(says(e, "the field 'price' has clip = 0"));

  feature_table<item_id> table;
  table.about(item_id{7}).category("brand", "acme");
  e = error_of([&] { static_cast<void>(item_features<float>::from(table, 7)); });
  CHECK(e.kind() == error_kind::shape);
  CHECK(says(e, "features are known of item 7, but the count was given as 7"));
}

TEST_CASE("features: the same thing said twice is no contradiction") {
  feature_table<item_id> table;
  for (int twice = 0; twice != 2; ++twice) table.about(item_id{0}).category("brand", "acme").number("price", 4);
  table.about(item_id{1}).number("price", 6);
  auto const about = item_features<float>::from(table);
  CHECK(at(about, 0, "brand", "acme") == 1);
  CHECK(at(about, 0, "price") == doctest::Approx(-1));
}

TEST_CASE_TEMPLATE("features: nothing, and next to nothing", T, float, double) {
  auto const none = item_features<T>::from({});
  CHECK(none.size() == 0);
  CHECK(none.columns() == 0);
  CHECK(none.of(item_id{0}).empty());
  CHECK(none == item_features<T>{});
  CHECK(item_features<T>::from({}, 3).size() == 3);
  feature_table<item_id> table;
  table.about(item_id{2}).text("plot", " - ").tags("genre", std::vector<std::string>{});
  auto const about = item_features<T>::from(table);
  CHECK(about.columns() == 0);
  // Texts of any bytes, and numbers at the edge.
  table.about(item_id{0}).category("brand", "").number("price", 1e100);
  table.about(item_id{1}).category("brand", std::string_view("\0\n", 2)).number("price", -1e100);
  auto const odd = item_features<T>::from(table);
  CHECK(at(odd, 0, "brand", "") == 1);
  CHECK(at(odd, 0, "price") == doctest::Approx(1));
}
