// SPDX-License-Identifier: BSL-1.0

// A loss and a regularizer of your own, plugged into the factorization of the library.

#include <kindred/factor/sgd.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>

// [loss]
// Squared for small errors, straight for large ones: a rating that is plainly wrong pulls no harder than `width`.
struct huber {
  double width = 1;
  template <kindred::real T>
  T value(T prediction, T target) const noexcept {
    T const w = static_cast<T>(width);
    T const wrong = std::abs(prediction - target);
    return wrong <= w ? wrong * wrong / 2 : w * (wrong - w / 2);
  }
  template <kindred::real T>
  T slope(T prediction, T target) const noexcept {
    return std::clamp(prediction - target, static_cast<T>(-width), static_cast<T>(width));
  }
};
static_assert(kindred::loss<huber, float>);
// [/loss]

// [regularizer]
// The size of the weight, times a strength: what the data do not defend becomes exactly zero. V is a number or a vector
// of them; the functions used here exist for both, so that the solver works on whole registers.
struct l1 {
  double strength = 0.01;
  template <kindred::real T>
  T penalty(T weight) const noexcept {
    return static_cast<T>(strength) * std::abs(weight);
  }
  template <class V, kindred::real T>
  V shrink(V weight, T rate) const noexcept {
    using std::max, std::min;  // for numbers; those for vectors are found beside V
    V const step(rate * static_cast<T>(strength));
    return weight - max(min(weight, step), -step);
  }
};
static_assert(kindred::regularizer<l1, float>);
// [/regularizer]

// [use]
double opinion(kindred::index_t u, kindred::index_t i) {  // by generosity, quality and taste, around 3
  return 3 + 0.5 * std::sin(u) + 0.5 * std::cos(3 * i) + (u % 2 == i % 2 ? 0.7 : -0.7);
}

double mean_error(auto const& model) {  // against the truth, seen or not
  double sum = 0;
  for (kindred::index_t u = 0; u != 100; ++u)
    for (kindred::index_t i = 0; i != 50; ++i)
      sum += std::abs(kindred::score_of(model, kindred::user_id{u}, kindred::item_id{i}) - opinion(u, i));
  return sum / (100 * 50);
}

int main() {
  // Everybody rates about half of the items. One rating in twenty is a slip of the finger: a 40 for a 4.
  kindred::rating_table<double> said;
  kindred::random_stream random(1, 0);
  for (kindred::index_t u = 0; u != 100; ++u)
    for (kindred::index_t i = 0; i != 50; ++i)
      if (kindred::unit(random) < 0.5)
        said.add(kindred::user_id{u}, kindred::item_id{i}, opinion(u, i) * (kindred::unit(random) < 0.05 ? 10 : 1));
  auto const ratings = kindred::ratings<double>::from(said);

  kindred::sgd<> const plain{.factors = 4, .epochs = 100, .seed = 1};
  kindred::sgd<huber, l1> const robust{.factors = 4, .epochs = 100, .loss = {.width = 1}, .seed = 1};
  std::cout << std::fixed << std::setprecision(1);
  std::cout << "squared loss: off by " << mean_error(kindred::fit(plain, ratings).model) << " stars\n";
  std::cout << "Huber's loss: off by " << mean_error(kindred::fit(robust, ratings).model) << " stars\n";
}
// [/use]
