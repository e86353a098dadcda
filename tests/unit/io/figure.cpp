// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/chart/figure.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

using kindred::detail::choose_labels;
using kindred::detail::fitted_label;
using kindred::detail::label_choice;
using kindred::detail::label_width;
using kindred::detail::tick;

TEST_CASE("label_width: counts characters, not bytes, and wide ones twice") {
  CHECK(label_width("") == 0);
  CHECK(label_width("abcd") == doctest::Approx(4 * 7.4));
  CHECK(label_width("\xC3\xA9\xE2\x80\xAF") == doctest::Approx(2 * 7.4));  // an accented letter and a thin space
  CHECK(label_width("\xE6\x98\xA0\xF0\x9F\x98\x80") == doctest::Approx(2 * 14));
  CHECK(label_width("\xFF\xC3") == doctest::Approx(2 * 14));  // two replacement characters
}

TEST_CASE("fitted_label: cuts between characters, and never makes a label wider") {
  CHECK(fitted_label("abc", 3 * 7.4) == "abc");
  CHECK(fitted_label("abcdef", 4 * 7.4) == "ab\xE2\x80\xA6");  // 2 * 7.4 + 8 fit into 29.6, 3 * 7.4 + 8 do not
  CHECK(fitted_label("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 25) == "\xC3\xA9\xC3\xA9\xE2\x80\xA6");
  CHECK(fitted_label("abcdef", 0) == "\xE2\x80\xA6");
}

TEST_CASE("choose_labels: all that fit, else every second, third ... from the roundest on") {
  auto const ticks_of = [](std::vector<std::string> const& labels) {
    std::vector<tick> ticks;
    for (std::size_t k = 0; k != labels.size(); ++k)
      ticks.push_back({0, static_cast<double>(k) / static_cast<double>(labels.size() - 1), labels[k]});
    return ticks;
  };
  auto const chosen = [&](std::vector<std::string> const& labels, double length_of_axis) {
    label_choice const choice = choose_labels(ticks_of(labels), length_of_axis);
    std::string out;
    for (std::size_t k = choice.first; k < labels.size(); k += choice.stride) out += labels[k] + " ";
    return out;
  };
  // A label of three characters needs 22.2, and 6 to the next.
  CHECK(chosen({"0.5", "1.0", "1.5", "2.0", "2.5"}, 120) == "0.5 1.0 1.5 2.0 2.5 ");  // 30 each
  CHECK(chosen({"0.5", "1.0", "1.5", "2.0", "2.5"}, 100) == "0.5 1.5 2.5 ");          // 25 each
  CHECK(chosen({"0.5", "1", "1.5", "2", "2.5"}, 60) == "1 2 ");                       // whole ones are shorter
  CHECK(chosen({"0.5", "1.0", "1.5", "2.0", "2.5"}, 0) == "0.5 ");
  CHECK(choose_labels({}, 100).stride == 1);
}
