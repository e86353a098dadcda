// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/search_log.hpp>

#include "error_of.hpp"
#include "temporary_file.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

using kindred::search_log;

namespace {

search_log sample() {
  return {{"factors", "l2"},
          {{0, 0, 1.0 / 3, {8, 0.1}, 0.1 + 0.2, false},
           {0, 1, 1.0 / 3, {64, 1e-300}, 0, true},
           {1, 4294967295u, 1, {8, -2.5e17}, -1.0 / 7, false}}};
}

}  // namespace

TEST_CASE("search_log: read back to the bit") {
  auto const text = kindred::search_log_text(sample());
  CHECK(text.substr(0, text.find('\n')) == "rung\tnumber\teffort\tfigure\tfactors\tl2");
  CHECK(text.find("failed") != std::string::npos);
  CHECK(kindred::parse_search_log(text) == sample());
  CHECK(kindred::parse_search_log(kindred::search_log_text({})) == search_log{});
  CHECK(kindred::parse_search_log("") == search_log{});
}

TEST_CASE("search_log: a cut or changed text is refused, or reads as something, and never more") {
  auto const text = kindred::search_log_text(sample());
  for (std::size_t k = 0; k != text.size(); ++k) {
    auto const read = [&](std::string const& changed) {
      try {
        auto const log = kindred::parse_search_log(changed);
        CHECK(log.trials.size() <= 3);
      } catch (kindred::error const& e) { CHECK(e.kind() == kindred::error_kind::format); }
    };
    read(text.substr(0, k));
    for (char const c : {'\0', '\t', '\n', 'x', '9', '-'}) {
      auto changed = text;
      changed[k] = c;
      read(changed);
    }
  }
  auto const refused = [](std::string_view bad, std::size_t line, std::string_view words) {
    auto const e = error_of([&] { static_cast<void>(kindred::parse_search_log(bad)); });
    CHECK(e.row() == line);
    CHECK_MESSAGE(std::string_view(e.what()).find(words) != std::string_view::npos, e.what());
  };
  refused("rung\tnumber", 1, "does not end");
  refused("rung\tnumber\teffort\tcost\n", 1, "no search log");
  refused("rung\tnumber\teffort\tfigure\n0\t0\t1\n", 2, "columns are not those");
  refused("rung\tnumber\teffort\tfigure\n0\t0\t1\tnan\n", 2, "line 2, column 4: is not a");
  refused("rung\tnumber\teffort\tfigure\n-1\t0\t1\t1\n", 2, "does not fit 32 bits");
}

TEST_CASE("search_log: kept in a file, from which a search goes on") {
  temporary_file const file("");
  std::filesystem::remove(file.path());
  CHECK(kindred::load_search_log(file.path()) == search_log{});
  for (auto const& no_file :
       {std::filesystem::temp_directory_path(), std::filesystem::temp_directory_path() / std::string(5000, 'x')}) {
    auto const refused = error_of([&] { static_cast<void>(kindred::load_search_log(no_file)); });
    CHECK(refused.kind() == kindred::error_kind::io);
  }
  kindred::search_space space;
  space.range("x", 0, 1);
  kindred::random_search const how{.trials = 20};
  auto const attempt = [](kindred::search_point const& p) -> double { return p["x"]; };
  auto const whole = kindred::search(space, how, attempt);
  auto const cut = kindred::search(space, how, attempt, {}, kindred::sequential{},
                                   kindred::keeps_search_log(file.path(), [](auto const& now) {
                                     return now.epoch == 16 ? kindred::flow::stop : kindred::flow::proceed;
                                   }));
  CHECK_FALSE(cut.complete);
  CHECK(kindred::load_search_log(file.path()).trials.size() == 16);
  std::size_t tried = 0;
  auto const counted = [&](kindred::search_point const& p) {
    ++tried;
    return attempt(p);
  };
  std::string const path = file.path();
  // [resume]
  auto const rest = kindred::search(space, how, counted, {.log = kindred::load_search_log(path)}, kindred::sequential{},
                                    kindred::keeps_search_log(path));
  // [/resume]
  CHECK(tried == 4);
  CHECK(rest.log == whole.log);
  CHECK(rest.figure == whole.figure);
  CHECK(kindred::load_search_log(file.path()).trials.size() == 20);
}
