// SPDX-License-Identifier: BSL-1.0

// A similarity of your own, as fast as those in the box: count how often two films are judged alike by who saw both.

#include <kindred/data/dictionary.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/cosine.hpp>

#include <iomanip>
#include <iostream>
#include <string_view>

// [similarity]
// Among those who rated both: the share who like both or neither, less the share who like one of them. In [-1, 1].
struct agreement {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::larger_is_closer, .symmetric = true, .lowest = -1, .highest = 1};

  // What is added up over the people who rated both ...
  struct sums {
    kindred::index_t count = 0;
    int balance = 0;
    void add(double a, double b) noexcept {
      ++count;
      balance += (a > 3) == (b > 3) ? 1 : -1;
    }
  };
  // ... and what is made of it. Nobody who rated both: no evidence, zero.
  double finish(sums const& shared, kindred::row_sums const&, kindred::row_sums const&) const noexcept {
    return shared.count == 0 ? 0.0 : static_cast<double>(shared.balance) / shared.count;
  }
  // Every co_rated similarity has this call operator: the plain definition, for two rows at hand.
  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    return static_cast<T>(kindred::similarity_of(*this, a, b));
  }
};
static_assert(kindred::co_rated<agreement> && kindred::similarity<agreement, kindred::sparse_row<float>>);
// [/similarity]

// [use]
template <class Similarity>
void print_similar(std::string_view title, kindred::ratings<float> const& ratings,
                   kindred::dictionary<kindred::item_id> const& films) {
  auto const model = kindred::fit(kindred::item_knn<Similarity>{}, ratings).model;
  std::cout << title << '\n';
  for (kindred::index_t film = 0; film != films.size(); ++film) {
    std::cout << "  " << films.key(kindred::item_id{film}) << ':';
    for (auto const& [other, value] : model.neighbors().of(film))  // closest first, and only what is similar at all
      std::cout << ' ' << films.key(kindred::item_id{other}) << ' ' << value;
    std::cout << '\n';
  }
}

int main() {
  kindred::dictionary<kindred::item_id> films;
  kindred::rating_table<float> said;
  kindred::index_t person = 0;
  auto const row = [&](float alien, float solaris, float heat, float drive) {
    kindred::user_id const who{person++};
    said.add(who, films.add("Alien"), alien);
    said.add(who, films.add("Solaris"), solaris);
    said.add(who, films.add("Heat"), heat);
    said.add(who, films.add("Drive"), drive);
  };
  // Everybody has seen everything, and opinions are divided: science fiction on the left, crime on the right.
  row(5, 4, 1, 2), row(4, 5, 2, 1), row(5, 5, 2, 4), row(1, 2, 5, 4), row(2, 1, 4, 5);

  auto const ratings = kindred::ratings<float>::from(said);
  std::cout << std::fixed << std::setprecision(2);
  print_similar<kindred::cosine>("cosine: seen by the same people", ratings, films);
  print_similar<agreement>("agreement: judged alike by them", ratings, films);
  print_similar<kindred::shrunk<agreement>>("shrunk: the same, but it is only five people", ratings, films);
}
// [/use]
