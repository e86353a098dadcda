// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/dictionary.hpp>

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using kindred::dictionary;
using kindred::index_t;
using kindred::item_id;
using kindred::to_index;
using kindred::user_id;

namespace {

// Texts of all lengths around the one at which fingerprints stop being exact, many of them drawn again and again.
std::vector<std::string> random_texts(std::uint64_t seed, std::size_t count) {
  kindred::random_stream random(seed, 0);
  std::vector<std::string> texts;
  for (std::size_t k = 0; k != count; ++k) {
    std::string text(kindred::below(random, 12) + (kindred::below(random, 2) == 0 ? 4 : 0), ' ');
    for (char& c : text) c = static_cast<char>("01\0\xff"[kindred::below(random, 4)]);
    texts.push_back(kindred::below(random, 2) == 0 ? text : std::to_string(kindred::below(random, 5000)));
  }
  return texts;
}

}  // namespace

TEST_CASE("dictionary: numbers from zero in order of first appearance") {
  dictionary<user_id> people;
  CHECK(people.empty());
  CHECK(people.find("ann") == std::nullopt);
  CHECK(people.add("ann") == user_id{0});
  CHECK(people.add("bob") == user_id{1});
  CHECK(people.add("ann") == user_id{0});
  CHECK(people.add("") == user_id{2});
  CHECK(people.size() == 3);
  CHECK(people.find("bob") == user_id{1});
  CHECK(people.find("") == user_id{2});
  CHECK(people.find("bo") == std::nullopt);
  CHECK(people.key(user_id{0}) == "ann");
  CHECK(people.key(user_id{2}).empty());
}

TEST_CASE("dictionary: keys are copied") {
  dictionary<user_id> people;
  std::string name = "a name that is longer than a fingerprint";
  people.add(name);
  name[0] = 'x';
  CHECK(people.key(user_id{0}) == "a name that is longer than a fingerprint");
  CHECK(people.find(name) == std::nullopt);
}

TEST_CASE("dictionary: long texts of one fingerprint are different keys") {
  // The fingerprint of 16 bytes is a mix of the first eight, xor the last eight: the other first half is made up for.
  namespace detail = kindred::detail;
  std::string const first = "abcdefghijklmnop";
  std::string second = "ABCDEFGH";
  std::uint64_t const low = detail::fingerprint_of(std::string_view(first)).low;
  std::uint64_t const last = low ^ detail::fingerprint_of(std::string_view(second + std::string(8, '\0'))).low;
  for (int byte = 0; byte != 8; ++byte) second += static_cast<char>(last >> (8 * byte) & 0xff);
  REQUIRE(detail::fingerprint_of(std::string_view(first)) == detail::fingerprint_of(std::string_view(second)));

  dictionary<user_id> people;
  CHECK(people.add(first) == user_id{0});
  CHECK(people.find(second) == std::nullopt);
  CHECK(people.add(second) == user_id{1});
  CHECK(people.find(first) == user_id{0});
  CHECK(people.find(second) == user_id{1});
}

TEST_CASE("dictionary: agrees with std::map on random texts") {
  dictionary<item_id> items;
  std::map<std::string, item_id> twin;
  for (std::string const& text : random_texts(1, 20'000)) {
    auto const known = twin.find(text);
    CHECK(items.find(text) == (known == twin.end() ? std::nullopt : std::optional(known->second)));
    auto const number = twin.emplace(text, item_id{static_cast<index_t>(twin.size())}).first->second;
    REQUIRE(items.add(text) == number);
    CHECK(items.size() == twin.size());
  }
  for (auto const& [text, number] : twin) {
    CHECK(items.find(text) == number);
    CHECK(items.key(number) == text);
  }
}

TEST_CASE("dictionary: agrees with std::map on random integers") {
  kindred::random_stream random(2, 0);
  dictionary<item_id, std::int64_t> items;
  std::map<std::int64_t, item_id> twin;
  for (int k = 0; k != 20'000; ++k) {
    // Few, multiples of a large power of two (which a hash that looks at low bits alone would pile up), some around the
    // largest that is listed, and any.
    std::uint64_t const draws[] = {kindred::below(random, 3000), std::uint64_t{kindred::below(random, 500)} << 40,
                                   random()};
    auto const key = static_cast<std::int64_t>(draws[kindred::below(random, 3)]);
    auto const number = twin.emplace(key, item_id{static_cast<index_t>(twin.size())}).first->second;
    REQUIRE(items.add(key) == number);
  }
  for (auto const& [key, number] : twin) {
    CHECK(items.find(key) == number);
    CHECK(items.key(number) == key);
  }
}

TEST_CASE("dictionary: numbers are texts, and each text is a key of its own") {
  // On both sides of what is listed and what is hashed (2^18 = 262144), and texts that mean the same number.
  std::vector<std::string> const texts{"0",
                                       "00",
                                       "7",
                                       "007",
                                       "7 ",
                                       "+7",
                                       "262143",
                                       "262144",
                                       "262145",
                                       "0262143",
                                       "4294967296",
                                       "9999999999999999",
                                       "10000000000000000",
                                       "18446744073709551616",
                                       "7.0",
                                       "seven"};
  dictionary<item_id> items;
  for (int round = 0; round != 2; ++round)
    for (index_t k = 0; k != texts.size(); ++k) CHECK(items.add(texts[k]) == item_id{k});
  for (index_t k = 0; k != texts.size(); ++k) CHECK(items.find(texts[k]) == item_id{k});
  for (char const* absent : {"1", "262142", "262146", "000", "9999999999999998", ""})
    CHECK(items.find(absent) == std::nullopt);
  std::vector<item_id> const moved = items.sort();
  for (index_t k = 0; k != texts.size(); ++k) CHECK(items.find(texts[k]) == moved[k]);
}

TEST_CASE("dictionary: sort renumbers in order of key and tells what became of every number") {
  dictionary<user_id> people;
  for (char const* name : {"10", "ann", "9", "", "abc", "9a"}) people.add(name);
  std::vector<user_id> const moved = people.sort();
  // "9" < "10" < "" < "9a" < "abc" < "ann"
  CHECK(moved == std::vector<user_id>{user_id{1}, user_id{5}, user_id{0}, user_id{2}, user_id{4}, user_id{3}});
  CHECK(people.size() == 6);
  CHECK(people.key(user_id{0}) == "9");
  CHECK(people.key(user_id{5}) == "ann");
  CHECK(people.find("10") == user_id{1});
  CHECK(people.add("zoe") == user_id{6});
  CHECK(people.add("ann") == user_id{5});
}

TEST_CASE("dictionary: sort agrees with std::sort, whatever the order of the adds") {
  for (std::size_t const count : {0u, 1u, 2u, 3u, 7u, 1000u, 5000u}) {
    std::vector<std::string> texts = random_texts(count, count);
    dictionary<user_id> forward;
    for (std::string const& text : texts) forward.add(text);
    std::vector<std::string> before;
    for (index_t k = 0; k != forward.size(); ++k) before.emplace_back(forward.key(user_id{k}));
    std::vector<user_id> const moved = forward.sort();

    std::vector<std::string> twin = before;
    std::sort(twin.begin(), twin.end(),
              [](std::string_view a, std::string_view b) { return kindred::detail::key_less(a, b); });
    REQUIRE(moved.size() == twin.size());
    for (index_t k = 0; k != forward.size(); ++k) {
      CHECK(forward.key(user_id{k}) == twin[k]);
      CHECK(forward.find(twin[k]) == user_id{k});
      CHECK(forward.key(moved[k]) == before[k]);
    }

    dictionary<user_id> backward;
    std::reverse(texts.begin(), texts.end());
    for (std::string const& text : texts) backward.add(text);
    backward.sort();
    REQUIRE(backward.size() == forward.size());
    for (index_t k = 0; k != forward.size(); ++k) CHECK(backward.key(user_id{k}) == forward.key(user_id{k}));
  }
}

TEST_CASE("dictionary: sort of integers is by value") {
  dictionary<user_id, std::int64_t> people;
  std::int64_t const lowest = (std::numeric_limits<std::int64_t>::min)();
  for (std::int64_t const key : {std::int64_t{10}, std::int64_t{-3}, std::int64_t{9}, lowest}) people.add(key);
  CHECK(people.sort() == std::vector<user_id>{user_id{3}, user_id{1}, user_id{2}, user_id{0}});
  CHECK(people.key(user_id{0}) == lowest);
  CHECK(people.find(9) == user_id{2});
}

TEST_CASE("dictionary: a copy is a value of its own") {
  dictionary<user_id> people;
  people.add("bob");
  people.add("ann");
  dictionary<user_id> copy = people;
  copy.sort();
  copy.add("zoe");
  CHECK(people.size() == 2);
  CHECK(people.find("bob") == user_id{0});
  CHECK(copy.find("bob") == user_id{1});
}
