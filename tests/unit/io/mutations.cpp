// SPDX-License-Identifier: BSL-1.0
//
// What a reader makes of damaged files: 100 000 small files, each with one to eight random changes of its bytes, are read
// with either policy. Each is either read, and then into ratings that hold what ratings promise, or refused with an error
// that names a line; nothing else is thrown, and under the sanitizers nothing else happens.

#include <kindred/io/read_ratings.hpp>

#include <kindred/core/error.hpp>
#include <kindred/data/on_duplicate.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/io/sniff_format.hpp>
#include <kindred/io/text_format.hpp>
#include <kindred/run/random.hpp>

#include "temporary_file.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

using namespace std::string_view_literals;

namespace {

struct damaged {
  std::string_view text;
  kindred::rating_format format;
};

constexpr damaged originals[] = {
    {"196\t242\t3\t881250949\n186\t302\t3\t891717742\n22\t377\t1\t878887116\n244\t51\t2\t880606923\n",
     kindred::movielens_100k},
    {"1::1193::5::978300760\n1::661::3::978302109\n2::914::3::978301968\n", kindred::movielens_1m},
    {"userId,movieId,rating,timestamp\r\n1,1,4.0,964982703\r\n1,3,4.5,964981247\r\n2,6,0.5,964982224\r\n",
     kindred::movielens_csv},
    {"\xef\xbb\xbf"
     "when;stars;sku;customer;weight\n2026-01-31;4;\"a \"\"b\"\"; c\";ann;1\n"
     "2026-01-31T12:00:00Z;1e-3;pen;\"b;ob\";0.25\n1769860800;-3.14159265358979;\"\xc3\xa9\";ann;2\n",
     {.separator = ";",
      .header = true,
      .user = "customer",
      .item = "sku",
      .value = "stars",
      .time = "when",
      .weight = "weight"}},
};

std::string mutated(std::string text, kindred::random_stream& random) {
  // Bytes that mean something somewhere come more often than others.
  constexpr std::string_view telling = "\"\n\r\t,;:|. -+eEnai0159\0\xff\xef\xbb\xbf"sv;
  auto const below = [&](std::size_t bound) {
    return std::size_t{kindred::below(random, static_cast<std::uint32_t>(bound))};
  };
  auto const byte = [&] { return below(2) == 0 ? telling[below(telling.size())] : static_cast<char>(below(256)); };
  for (std::size_t changes = 1 + below(8); changes != 0; --changes) {
    std::size_t const at = below(text.size() + 1);
    std::size_t const length = below(text.size() - at + 1);
    switch (below(6)) {
      case 0:
        if (at != text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 1:
        text.insert(at, 1, byte());
        break;
      case 2:
        text.erase(at, 1 + below(4));
        break;
      case 3:
        text.insert(below(text.size() + 1), text.substr(at, length < 40 ? length : 40));
        break;
      case 4:
        if (at != text.size()) text[at] = byte();
        break;
      default:
        if (below(8) == 0) text.resize(at);
    }
  }
  return text;
}

enum class outcome { read, refused };

// Reads a text and checks what a reader promises.
outcome read(std::string_view text, kindred::rating_format const& format) {
  try {
    auto const data = kindred::read_ratings_text<float>(text, format, "damaged.csv");
    std::size_t const rows = data.table.size();
    REQUIRE(rows != 0);
    REQUIRE(data.report.rows == rows);
    REQUIRE(data.report.lines >= rows + data.report.skipped);
    REQUIRE(data.report.first_skipped.has_value() == (data.report.skipped != 0));
    REQUIRE(data.table.timed() == format.time.stated());
    REQUIRE(data.users.size() <= rows);
    REQUIRE(data.items.size() <= rows);
    auto const kept = kindred::ratings<float>::from(data.table, kindred::on_duplicate::last);  // validates the rest
    REQUIRE(kept.user_count() == data.users.size());
    REQUIRE(kept.item_count() == data.items.size());
    return outcome::read;
  } catch (kindred::error const& e) {
    REQUIRE(e.kind() == kindred::error_kind::format);
    REQUIRE(e.row() > 0);
    REQUIRE(std::string_view(e.what()).starts_with("damaged.csv:"));
    return outcome::refused;
  }
}

}  // namespace

TEST_CASE("damaged files are read or refused") {
  kindred::random_stream random(2026, 0);
  int read_strictly = 0;
  int read_skipping = 0;
  constexpr int files = 100'000;
  for (int k = 0; k != files; ++k) {
    damaged const& original = originals[static_cast<std::size_t>(k) % std::size(originals)];
    std::string const text = mutated(std::string(original.text), random);
    kindred::rating_format format = original.format;
    bool const strictly = read(text, format) == outcome::read;
    format.on_bad_row = kindred::bad_row::skip;
    bool const skipping = read(text, format) == outcome::read;
    REQUIRE((skipping || !strictly));  // who skips reads whatever who stops reads
    read_strictly += strictly ? 1 : 0;
    read_skipping += skipping ? 1 : 0;
  }
  // Both outcomes are common, or the test would be about one of them.
  MESSAGE("of " << files << " damaged files, " << read_strictly << " are read, and " << read_skipping
                << " when bad rows are skipped");
  CHECK(read_strictly > files / 20);
  CHECK(read_strictly < files / 2);
  CHECK(read_skipping > files / 2);
  CHECK(read_skipping < files);
}

TEST_CASE("damaged files: the guess of a format gives one, or an error") {
  kindred::random_stream random(2027, 0);
  int guessed = 0;
  for (int k = 0; k != 2'000; ++k) {
    std::string const text =
        mutated(std::string(originals[static_cast<std::size_t>(k) % std::size(originals)].text), random);
    try {
      auto format = kindred::sniff_format_text(text, "damaged.csv");
      ++guessed;
      (void)read(text, format);
    } catch (kindred::error const& e) {
      REQUIRE(e.kind() == kindred::error_kind::format);
      REQUIRE(e.row() > 0);
    }
  }
  CHECK(guessed > 1000);
}

TEST_CASE("damaged files: a file fares as its text does") {
  kindred::random_stream random(2028, 0);
  for (int k = 0; k != 200; ++k) {
    damaged const& original = originals[static_cast<std::size_t>(k) % std::size(originals)];
    std::string const text = mutated(std::string(original.text), random);
    temporary_file const file(text);
    auto const sentence = [](auto const& reader) {
      try {
        auto const data = reader();
        return "read " + std::to_string(data.report.rows) + " rows of " + std::to_string(data.report.lines) + " lines";
      } catch (kindred::error const& e) {
        std::string_view const what = e.what();
        return std::string(
            what.substr(what.find(".csv") == what.npos ? what.find(".txt") : what.find(".csv")).substr(4));
      }
    };
    CHECK(sentence([&] { return kindred::read_ratings<float>(file.path(), original.format); }) ==
          sentence([&] { return kindred::read_ratings_text<float>(text, original.format, "damaged.csv"); }));
  }
}
