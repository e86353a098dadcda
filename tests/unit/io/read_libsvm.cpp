// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/read_libsvm.hpp>

#include "error_of.hpp"
#include "temporary_file.hpp"

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

TEST_CASE_TEMPLATE("read_libsvm: labels, features, comments, groups, empty lines", T, float, double) {
  auto const table = kindred::read_libsvm_text<T>(
      "+1 1:0.5 3:-2e1\r\n"
      "\n"
      "# a comment\n"
      "-1 qid:7 2:3 # another\n"
      "2.5\n"
      "0\t4:1 \n");
  auto const data = table.view();
  REQUIRE(data.size() == 4);
  CHECK(data.columns() == 4);
  CHECK(data.label(0) == 1);
  CHECK(data.label(1) == -1);
  CHECK(data.label(2) == T{2.5});
  CHECK(data.row(0).index[1] == 2);
  CHECK(data.row(0).value[0] == T{0.5});
  CHECK(data.row(0).value[1] == -20);
  CHECK(data.row(1).index[0] == 1);
  CHECK(data.row(2).empty());
  CHECK(data.row(3).value[0] == 1);
  REQUIRE(data.groups().size() == 4);
  CHECK(data.groups()[1] == 7);
  CHECK(data.groups()[3] == 0);
}

TEST_CASE("read_libsvm: as the format says") {
  auto const table = kindred::read_libsvm_text<float>(
      "-1 0:1\n1 5:2", {.labels = kindred::libsvm_labels::yes_or_no, .first_index = 0, .columns = 10});
  CHECK(table.labels()[0] == 0);
  CHECK(table.labels()[1] == 1);
  CHECK(table.columns() == 10);
  CHECK(table.rows().row(1).index[0] == 5);
  CHECK(table.view().groups().empty());
}

TEST_CASE("read_libsvm: says what is wrong, by line and byte") {
  struct {
    std::string_view text;
    std::uint64_t line, byte;
    std::string_view says;
  } const cases[] = {
      {"1 1:1\nx 1:1\n", 2, 1, "text:2: byte 1: the label 'x' is not a number"},
      {"1 1:1\n1 2:1 2:1\n", 2, 7, "the feature '2:1' has an index that does not ascend"},
      {"1 0:1\n", 1, 3, "has an index below the first"},
      {"1 3\n", 1, 3, "the feature '3' is not index:value"},
      {"1 :3\n", 1, 3, "the feature ':3' is not index:value"},
      {"1 3:\n", 1, 5, "the value is missing"},
      {"1 3:nan\n", 1, 5, "the value 'nan'"},
      {"1 3:1e999\n", 1, 5, "too large"},
      {"1 99999999999:1\n", 1, 3, "is beyond 32 bits"},
      {"1 qid:x 1:1\n", 1, 3, "the group 'qid:x'"},
      {"inf 1:1\n", 1, 1, "the label 'inf'"},
      {"", 0, 0, "there are no examples"},
      {"# nothing\n", 1, 0, "there are no examples"},
  };
  for (auto const& c : cases) {
    auto const e = error_of([&] { static_cast<void>(kindred::read_libsvm_text<float>(c.text)); });
    CAPTURE(e.what());
    CHECK(e.kind() == kindred::error_kind::format);
    CHECK(e.row() == c.line);
    CHECK(e.column() == c.byte);
    CHECK(std::string_view(e.what()).find(c.says) != std::string_view::npos);
  }
}

TEST_CASE("read_libsvm: mutated text is read or refused with a line") {
  std::string const good = "1 1:1 2:0.5 7:-3\n-1 qid:3 3:1e3\n0 # x\n";
  kindred::random_stream random(1, 0);
  for (int k = 0; k != 4000; ++k) {
    std::string text = good;
    for (std::uint32_t change = kindred::below(random, 4); change-- != 0;)
      text[kindred::below(random, static_cast<std::uint32_t>(text.size()))] = static_cast<char>(random() & 0xff);
    try {
      auto const table = kindred::read_libsvm_text<float>(text);
      CHECK(table.size() > 0);
    } catch (kindred::error const& e) { CHECK(e.kind() == kindred::error_kind::format); }
  }
}

TEST_CASE("read_libsvm: a file, longer than the reader's window") {
  std::string text;
  for (int r = 0; r != 20000; ++r) text += (r % 2 ? "1 1:1 5:" : "-1 2:1 9:") + std::to_string(r) + "\n";
  temporary_file const file(text);
  auto const table = kindred::read_libsvm<double>(file.path());
  CHECK(table.size() == 20000);
  CHECK(table.columns() == 9);
  CHECK(table.rows().row(19999).value[1] == 19999);
  CHECK(error_of([] { static_cast<void>(kindred::read_libsvm<float>("no such file")); }).kind() ==
        kindred::error_kind::io);
}
