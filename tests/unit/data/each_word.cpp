// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/each_word.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all;
  kindred::each_word(text, [&](std::string_view word) { all.emplace_back(word); });
  return all;
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("each_word: runs of letters and digits, lower-cased") {
  CHECK(words("Toy Story (1995)") == list{"toy", "story", "1995"});
  CHECK(words("X-Files: don't  STOP\tthe\nbike") == list{"x", "files", "don", "t", "stop", "the", "bike"});
  CHECK(words("a") == list{"a"});
  CHECK(words("a.") == list{"a"});
  CHECK(words(".a") == list{"a"});
  CHECK(words("").empty());
  CHECK(words(" -- ").empty());
  CHECK(words(std::string_view("a\0b", 3)) == list{"a", "b"});
}

TEST_CASE("each_word: bytes beyond ASCII belong to words and stay as they are") {
  CHECK(words("Überall Café") == list{"Überall", "café"});
  CHECK(words("東京 tower") == list{"東京", "tower"});
  CHECK(words("\xff\xfe x") == list{"\xff\xfe", "x"});
}
