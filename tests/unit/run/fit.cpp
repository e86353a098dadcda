// SPDX-License-Identifier: BSL-1.0
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include "../../support/executors.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

namespace {

// Sums its data, number by number, on an executor, and tells the observer after each.
struct adding {
  int factor = 1;

  auto fit(std::vector<int> const& data, kindred::executor auto& ex, kindred::observer auto& watch) const {
    kindred::fitted<int> result{0, {}};
    for (int const x : data) {
      ex.bulk(1, [&](std::size_t) { result.model += factor * x; });
      auto const epoch = ++result.report.epochs;
      if (watch(kindred::progress{epoch, 1.0 * result.model}) == kindred::flow::stop) {
        result.report.converged = false;
        break;
      }
    }
    return result;
  }
};
static_assert(kindred::recipe<adding, std::vector<int>>);
static_assert(!kindred::recipe<int, std::vector<int>>);

}  // namespace

TEST_CASE("fit: with what is passed, and with the defaults") {
  std::vector<int> const data = {1, 2, 3};
  auto const plain = kindred::fit(adding{}, data);
  CHECK(plain.model == 6);
  CHECK(plain.report.epochs == 3);
  CHECK(plain.report.converged);

  double last = 0;
  auto const stop_at_two = [&](kindred::progress const& now) {
    last = now.objective;
    return now.epoch == 2 ? kindred::flow::stop : kindred::flow::proceed;
  };
  support::shuffled ex;
  auto const watched = kindred::fit(adding{10}, data, ex, stop_at_two);
  CHECK(watched.model == 30);
  CHECK(last == 30);
  CHECK_FALSE(watched.report.converged);
}

TEST_CASE("sequential: in order, on this thread") {
  std::vector<std::size_t> order;
  kindred::sequential::bulk(4, [&](std::size_t k) { order.push_back(k); });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3});
  kindred::sequential::bulk(0, [&](std::size_t k) { order.push_back(k); });
  CHECK(order.size() == 4);
  CHECK(kindred::sequential::concurrency() == 1);
}

TEST_CASE("silent: goes on") { CHECK(kindred::silent{}(kindred::progress{1, 2}) == kindred::flow::proceed); }
