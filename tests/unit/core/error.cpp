// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/error.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

using kindred::error;
using kindred::error_kind;

TEST_CASE("error: a sentence, a kind and a place") {
  error const e = error(error_kind::data).at(17, 3)
                  << "rating " << 2.5 << " of user " << 4u << " is " << -1 << " short";
  CHECK(std::string_view(e.what()) == "rating 2.5 of user 4 is -1 short");
  CHECK(e.kind() == error_kind::data);
  CHECK(e.row() == 17);
  CHECK(e.column() == 3);
  error const bare(error_kind::io);
  CHECK(std::string_view(bare.what()).empty());
  CHECK(bare.row() == 0);
  CHECK(bare.column() == 0);
}

TEST_CASE("error: numbers at the ends of their types") {
  error const e = error(error_kind::shape)
                  << (std::numeric_limits<std::int64_t>::min)() << " " << (std::numeric_limits<std::uint64_t>::max)()
                  << " " << std::uint8_t{200} << " " << 1e300 << " " << 0.1f;
  CHECK(std::string_view(e.what()) == "-9223372036854775808 18446744073709551615 200 1e+300 0.1");
}

TEST_CASE("error: a long text is cut, never overrun") {
  error e(error_kind::format);
  for (int k = 0; k != 1000; ++k) e << "0123456789";
  CHECK(std::strlen(e.what()) == error::capacity - 1);
  error const copy = e;
  CHECK(std::string_view(copy.what()) == e.what());
  CHECK(copy.what() != e.what());
}

TEST_CASE("error: quoted text is shortened and cannot paint a terminal") {
  std::string const hostile = "a\033[31m\n\tb\x7f\xc3\xa9";
  error e(error_kind::format);
  e.quote(hostile.data(), hostile.size());
  CHECK(std::string_view(e.what()) == "a?[31m??b?\xc3\xa9");

  std::string const sixty(60, 'x'), longer(61, 'x');
  CHECK(error(error_kind::format).quote(sixty.data(), sixty.size()).what() == sixty);
  CHECK(error(error_kind::format).quote(longer.data(), longer.size()).what() == sixty + "...");
  CHECK(error(error_kind::format).quote("a\0b", 3).what() == std::string("a?b"));
}

TEST_CASE("raise throws what it is given, as a std::exception too") {
  auto const e = support::error_of([] { kindred::raise(error(error_kind::numeric).at(2) << "diverged"); });
  CHECK(e.kind() == error_kind::numeric);
  CHECK(e.row() == 2);
  CHECK_THROWS_WITH_AS(kindred::raise(error(error_kind::io) << "full"), "full", std::exception);
}
