// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/chart/axis.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

using kindred::detail::axis;
using kindred::detail::axis_ends;
using kindred::detail::linear_axis;
using kindred::detail::log_axis;
using kindred::detail::tick;

namespace {

std::string minus(std::string const& digits) { return "\xE2\x88\x92" + digits; }
std::string thousands(std::string const& digits) { return digits + "\xE2\x80\xAF" + "000"; }  // a narrow no-break space

using labels = std::vector<std::string>;

labels labels_of(axis const& a) {
  labels out;
  for (tick const& t : a.ticks) out.push_back(t.label);
  return out;
}

constexpr double huge = kindred::detail::largest_drawn;
constexpr double tiny = std::numeric_limits<double>::denorm_min();

}  // namespace

TEST_CASE("linear_axis: steps of 1, 2 and 5 times a power of ten") {
  // 1 / 5 = 0.2 is a nice step itself.
  axis const unit = linear_axis(0, 1, 5, axis_ends::ticks);
  CHECK(labels_of(unit) == labels{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"});
  CHECK(unit.ticks[1].at == doctest::Approx(0.2));
  CHECK(unit.at(0.25) == doctest::Approx(0.25));
  // 34174 / 4 = 8543.5, the next nice step is 10 000; the axis ends at the tick above the highest value.
  CHECK(labels_of(linear_axis(0, 34174, 4, axis_ends::ticks)) ==
        labels{"0", thousands("10"), thousands("20"), thousands("30"), thousands("40")});
  // 10 / 5 = 2; from the tick below -3 to the one above 7.
  CHECK(labels_of(linear_axis(-3, 7, 5, axis_ends::ticks)) == labels{minus("4"), minus("2"), "0", "2", "4", "6", "8"});
  // 0.13 / 5 = 0.026, so 0.05; 0.92 lies above 0.90, 1.05 is a tick itself.
  CHECK(labels_of(linear_axis(0.92, 1.05, 5, axis_ends::ticks)) == labels{"0.90", "0.95", "1.00", "1.05"});
}

TEST_CASE("linear_axis: an axis that ends at its values") {
  axis const epochs = linear_axis(1, 20, 6, axis_ends::values);
  CHECK(labels_of(epochs) == labels{"5", "10", "15", "20"});
  CHECK(epochs.at(1) == doctest::Approx(0));
  CHECK(epochs.at(20) == doctest::Approx(1));
  CHECK(epochs.ticks[0].at == doctest::Approx(4.0 / 19));
}

TEST_CASE("linear_axis: one value gets room to both sides") {
  axis const five = linear_axis(5, 5, 5, axis_ends::ticks);  // 2.5 to 7.5 by 1
  CHECK(labels_of(five) == labels{"2", "3", "4", "5", "6", "7", "8"});
  CHECK(five.at(5) == doctest::Approx(0.5));
  CHECK(labels_of(linear_axis(0, 0, 5, axis_ends::ticks)) == labels{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"});
  axis const below = linear_axis(-7, -7, 4, axis_ends::ticks);
  CHECK(below.at(-7) > 0);
  CHECK(below.at(-7) < 1);
}

TEST_CASE("linear_axis: no label shows what binary fractions do to 0.3") {
  CHECK(labels_of(linear_axis(-0.3, 0.3, 6, axis_ends::ticks)) ==
        labels{minus("0.3"), minus("0.2"), minus("0.1"), "0.0", "0.1", "0.2", "0.3"});
}

TEST_CASE("linear_axis: any two numbers make an axis that holds them, with few ticks in ascending order") {
  double const values[] = {-huge, -1e300, -12345.678, -1, -1e-9, -tiny,   0,    tiny, 1e-300,
                           3e-9,  0.1,    1,          7,  1e9,   1e9 + 1, 1e17, huge};
  for (double const lowest : values)
    for (double const highest : values) {
      if (lowest > highest) continue;
      for (auto const ends : {axis_ends::ticks, axis_ends::values}) {
        axis const a = linear_axis(lowest, highest, 5, ends);
        CAPTURE(lowest);
        CAPTURE(highest);
        CHECK(a.at(lowest) > -1e-6);
        CHECK(a.at(highest) < 1 + 1e-6);
        CHECK(a.at(lowest) <= a.at(highest));
        CHECK(a.ticks.size() >= 2);
        CHECK(a.ticks.size() <= 8);
        for (std::size_t k = 0; k != a.ticks.size(); ++k) {
          CHECK(a.ticks[k].at > -1e-6);
          CHECK(a.ticks[k].at < 1 + 1e-6);
          if (k != 0) CHECK(a.ticks[k].at > a.ticks[k - 1].at);
          if (k != 0) CHECK(a.ticks[k].label != a.ticks[k - 1].label);
        }
      }
    }
}

TEST_CASE("log_axis: decades, then 2 and 5, then plain numbers") {
  CHECK(labels_of(log_axis(1, 1682, 6)) == labels{"1", "10", "100", "1000"});
  axis const tail = log_axis(1, 10'000, 6);
  CHECK(tail.at(100) == doctest::Approx(0.5));
  CHECK(tail.ticks[1].at == doctest::Approx(0.25));
  CHECK(labels_of(log_axis(1, 100, 6)) == labels{"1", "2", "5", "10", "20", "50", "100"});
  CHECK(labels_of(log_axis(0.05, 3, 6)) == labels{"0.05", "0.1", "0.2", "0.5", "1", "2"});
  CHECK(labels_of(log_axis(3, 4, 5)) == labels{"3.0", "3.2", "3.4", "3.6", "3.8", "4.0"});
  // One value: half a decade to both sides, 2.2 to 22.
  CHECK(labels_of(log_axis(7, 7, 6)) == labels{"5", "10", "20"});
  // 600 decades: every 101st, and 1 among them.
  axis const all = log_axis(1e-300, huge, 6);
  CHECK(all.ticks.size() <= 7);
  bool one = false;
  for (tick const& t : all.ticks) one = one || t.value == 1;
  CHECK(one);
}

TEST_CASE("tick_label: exact decimal digits") {
  using kindred::detail::tick_label;
  CHECK(tick_label(5, -1, false) == "0.5");
  CHECK(tick_label(15, -1, false) == "1.5");
  CHECK(tick_label(-5, -3, false) == minus("0.005"));
  CHECK(tick_label(0, -2, false) == "0.00");
  CHECK(tick_label(2, 3, false) == "2000");
  CHECK(tick_label(0, 3, false) == "0");
  CHECK(tick_label(0, 9, true) == "0");
  CHECK(tick_label(15, 7, true) ==
        "1.5\xE2\x80\xAF\xC3\x97\xE2\x80\xAF"
        "10\xE2\x81\xB8");
  CHECK(tick_label(10, 7, true) == "10\xE2\x81\xB8");
}
