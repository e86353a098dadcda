// SPDX-License-Identifier: BSL-1.0
#if __has_include(<nlohmann/json.hpp>)
#include <kindred/io/safetensors.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "../../support/stored.hpp"
#include "temporary_file.hpp"

#include <kindred/data/ratings.hpp>
#include <kindred/data/row_store.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/factor_view.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace kindred;
using support::bytes_of;
using support::error_of;
using support::says;

// A model of a user's own: numbers of every kind, a matrix, records, and models in models.
struct point {
  std::uint32_t id = 0;
  double value = 0;
  bool marked = false;
  static void fields(auto& self, auto& visit) {
    visit("id", self.id);
    visit("value", self.value);
    visit("marked", self.marked);
  }
  friend bool operator==(point const&, point const&) = default;
};
enum class color : std::uint8_t { red, green };
struct part {
  std::vector<float> number;
  static constexpr stored_format format{"test.part", 1};
  static void fields(auto& self, auto& visit) { visit("number", self.number); }
  friend bool operator==(part const&, part const&) = default;
};
struct whole {
  bool yes = false;
  color which = color::red;
  std::int8_t tiny = 0;
  std::uint16_t small = 0;
  std::int64_t large = 0;
  index_t columns = 0;
  std::vector<double> matrix;
  buffer<float> padded;
  std::vector<point> points;
  std::vector<part> parts;
  part last;

  static constexpr stored_format format{"test.whole", 1};
  static void fields(auto& self, auto& visit) {
    visit("yes", self.yes);
    visit("which", self.which);
    visit("tiny", self.tiny);
    visit("small", self.small);
    visit("large", self.large);
    visit.columns("matrix", self.columns);
    visit("matrix", self.matrix, self.columns);
    visit("padded", self.padded, self.columns, 16);
    visit("points", self.points);
    visit("parts", self.parts);
    visit("last", self.last);
  }
  friend bool operator==(whole const&, whole const&) = default;
};
static_assert(storable<whole> && storable<factor_model<float>> && storable<factor_view<double>>);
static_assert(!storable<point> && !storable<int> && !storable<std::vector<float>>);
static_assert(!std::is_default_constructible_v<blank> && !std::is_default_constructible_v<factor_model<float>>);

struct pair {
  std::vector<float> numbers = {1, -2};
  std::uint8_t mark = 5;
  static constexpr stored_format format{"test.pair", 3};
  static void fields(auto& self, auto& visit) {
    visit("mark", self.mark);
    visit("numbers", self.numbers);
  }
};

// The same type, as it was, is and will be.
struct first_format {
  float old = 1;
  static constexpr stored_format format{"test.aged", 1};
  static void fields(auto& self, auto& visit) { visit("old", self.old); }
};
struct second_format {
  float old = 0, added = 7;
  static constexpr stored_format format{"test.aged", 2};
  static void fields(auto& self, auto& visit) {
    visit("old", self.old);
    if (visit.format() >= 2) visit("added", self.added);
  }
};
struct third_format {
  float added = 0;
  static constexpr stored_format format{"test.aged", 3, 2};
  static void fields(auto& self, auto& visit) { visit("added", self.added); }
};

whole made() {
  whole w{true,
          color::green,
          -3,
          65535,
          -5'000'000'000,
          3,
          {1, 2, 3, 4, 5, 6},
          buffer<float>(32, 0.0f),
          {{7, 0.5, true}, {8, -0.25}, {9, 1e300}},
          {{{1, 2}}, {{}}},
          {{3}}};
  for (std::size_t k = 0; k != 3; ++k) w.padded[16 + k] = 1.5f + static_cast<float>(k);
  return w;
}

factor_model<float> small_model() {
  factor_model<float> model(5, 4, 3);
  model.set_mean(3.5f);
  random_stream random(7, 0);
  auto const fill = [&](auto id) {
    auto const own = model.of(id);
    model.set_known(id);
    own.bias = static_cast<float>(normal(random));
    for (std::size_t f = 0; f != 3; ++f) own.vector[f] = static_cast<float>(normal(random));
  };
  for (index_t const u : {0u, 1u, 3u, 4u}) fill(user_id{u});
  for (index_t const i : {0u, 2u, 3u}) fill(item_id{i});
  return model;
}

// A file with this header and payload; the length goes before it.
std::string file_of(std::string_view header, std::string_view payload) {
  std::string text(8, '\0');
  std::uint64_t const length = header.size();
  std::memcpy(text.data(), &length, 8);
  return text.append(header).append(payload);
}
template <storable M>
error refused(std::string const& bytes) {
  return error_of([&] { (void)from_bytes<M>(bytes_of(bytes)); });
}
template <storable M>
error refused_unchecked(std::string const& bytes) {
  return error_of([&] { (void)from_bytes<M>(bytes_of(bytes), unchecked); });
}

}  // namespace

TEST_CASE("safetensors: every kind of field comes back") {
  whole const w = made();
  CHECK(support::read_back(w) == w);
  CHECK(support::read_back(whole{}) == whole{});
  CHECK(to_bytes(w) == to_bytes(made()));
}

TEST_CASE("safetensors: the bytes are those of the format, and others read them") {
  // By the specification: the length of the header, the header, and the numbers, those of 4 bytes before that of 1. Its own
  // digits taken as zeros, the checksum is what xxhsum -H64 says of everything behind the length.
  std::string const bytes = to_bytes(pair{});
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  REQUIRE((8 + length) % 64 == 0);
  REQUIRE(bytes.size() == 8 + length + 9);
  std::string header = bytes.substr(8, length);
  std::size_t const at = header.find("\"checksum\":\"") + 12;
  REQUIRE(header.substr(at, 16).find_first_not_of("0123456789abcdef") == std::string::npos);
  header.replace(at, 16, "0000000000000000");
  CHECK(header.starts_with(
      R"({"__metadata__":{"written by":"kindred 0.1.0","checksum":"0000000000000000","type":"test.pair 3"},)"
      R"("numbers":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"mark":{"dtype":"U8","shape":[],"data_offsets":[8,9]}} )"));
  CHECK(std::string_view(bytes).substr(8 + length) == std::string_view("\0\0\x80\x3f\0\0\0\xc0\5", 9));

  // What somebody else has written, in another order and without our notes but the type, is as good.
  std::string const theirs = file_of(
      R"({"mark":{"data_offsets":[0,1],"dtype":"U8","shape":[]},"numbers":{"shape":[1],"dtype":"F32","data_offsets":[1,5]},)"
      R"("__metadata__":{"type":"test.pair 2"}})",
      std::string_view("\7\0\0\0\x40", 5));
  auto const read = from_bytes<pair>(bytes_of(theirs), unchecked);
  CHECK(read.mark == 7);
  CHECK(read.numbers == std::vector<float>{2});
}

TEST_CASE("safetensors: a flipped bit, a missing and an additional byte are noticed, each of them") {
  auto const model = small_model();
  std::string const bytes = to_bytes(model);
  std::size_t unnoticed = 0;
  for (std::size_t k = 0; k != bytes.size(); ++k)
    for (int bit = 0; bit < 8; bit += k < 16 ? 1 : 3) {
      std::string bad = bytes;
      bad[k] = static_cast<char>(bad[k] ^ (1 << bit));
      unnoticed += refused<factor_model<float>>(bad).kind() == error_kind::format ? 0u : 1u;
    }
  CHECK(unnoticed == 0);
  for (std::size_t k = 0; k != bytes.size(); ++k)
    unnoticed += refused<factor_model<float>>(bytes.substr(0, k)).kind() == error_kind::format ? 0u : 1u;
  CHECK(unnoticed == 0);
  CHECK(refused<factor_model<float>>(bytes + '\0').kind() == error_kind::format);
}

TEST_CASE("safetensors: says what is wrong with a header") {
  auto const wrong = [](std::string_view header, std::string_view payload, std::string_view sentence) {
    error const e = refused_unchecked<part>(file_of(header, payload));
    CHECK(e.kind() == error_kind::format);
    CHECK_MESSAGE(says(e, sentence), e.what());
  };
  std::string const notes = R"("__metadata__":{"type":"test.part 1"})";
  auto const one = [&](std::string_view tensor) { return '{' + notes + ",\"number\":" + std::string(tensor) + '}'; };
  wrong("", "", "the header does not begin with '{'");
  wrong("[]", "", "does not begin with '{'");
  wrong("{", "", "the header is not JSON");
  wrong("{}}", "", "the header is not JSON");
  wrong("{}", "", "the note 'type' is missing; 'test.part' is asked for");
  wrong("{}", "x", "the tensors end at byte 0 of a payload of 1");
  wrong('{' + notes + '}', "", "the tensor 'number' is missing");
  wrong(R"({"__metadata__":{"type":"test.whole 1"}})", "",
        "the note 'type' says 'test.whole 1'; 'test.part' is asked for");
  wrong(R"({"__metadata__":{"type":"test.part 2"}})", "",
        "a test.part 2 cannot be read: this version knows the formats 1 to 1");
  wrong(R"({"__metadata__":{"type":"test.part"}})", "", "cannot be read");
  wrong(R"({"__metadata__":{"type":"test.part 99999999999999999999"}})", "", "cannot be read");
  wrong(R"({"__metadata__":{"type":"test.part 000000001st"}})", "", "cannot be read");
  wrong(R"({"__metadata__":{"type":{}}})", "", "'type' holds an object where there should be none");
  wrong(R"({"__metadata__":{"type":3}})", "", "holds a number");
  wrong(R"({"__metadata__":{"type":null}})", "", "holds a null");
  wrong(R"({"number":[1]})", "", "holds a list");
  wrong(one(R"({"dtype":"F32","shape":[1]})"), "", "'number' lacks its dtype, shape or data_offsets");
  wrong(one(R"({"dtype":"F33","shape":[1],"data_offsets":[0,4]})"), "1234", "unknown dtype");
  wrong(one(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1})"), "1234", "unknown, or one twice");
  wrong(one(R"({"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]})"), "1234", "unknown, or one twice");
  wrong(one(R"({"dtype":"F32","shape":[-1],"data_offsets":[0,4]})"), "1234", "negative");
  wrong(one(R"({"dtype":"F32","shape":[1.5],"data_offsets":[0,4]})"), "1234", "not whole");
  wrong(one(R"({"dtype":"F32","shape":[[1]],"data_offsets":[0,4]})"), "1234", "holds a list");
  wrong(one(R"({"dtype":"F32","shape":[1],"data_offsets":[0]})"), "1234", "not two data_offsets");
  wrong(one(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4,4]})"), "1234", "not two data_offsets");
  wrong(one(R"({"dtype":"F32","shape":[1],"data_offsets":[0,8]})"), "1234", "reaches behind the end of the file");
  wrong(one(R"({"dtype":"F32","shape":[1],"data_offsets":[1,4]})"), "1234",
        "does not begin where the one before it ends");
  wrong(one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,4]})"), "1234", "has another size than its shape says");
  wrong(one(R"({"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]})"), "1234", "another size");
  wrong(one(R"({"dtype":"F64","shape":[1],"data_offsets":[0,8]})"), "12345678", "holds F64; F32 is asked for");
  wrong(one(R"({"dtype":"F32","shape":[1,1],"data_offsets":[0,4]})"), "1234", "another number of extents");
  wrong(
      one(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]},"more":{"dtype":"U8","shape":[1],"data_offsets":[4,5]})"),
      "12345", "'more' is in the file, but no part of such a model");
  wrong(
      one(R"({"dtype":"F32","shape":[0],"data_offsets":[0,0]},"number":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})"),
      "", "'number' occurs twice");
  CHECK(says(refused<part>(file_of(one(R"({"dtype":"F32","shape":[0],"data_offsets":[0,0]})"), "")),
             "there is no checksum; who wants to read it all the same says kindred::unchecked"));

  std::string deep(1'000'000, '[');
  wrong("{\"number\":" + deep, "", "holds a list");
  std::string lie = file_of("{}", "");
  std::memset(lie.data(), 0x7f, 8);
  CHECK(says(refused<part>(lie), "the header is said to have"));
}

TEST_CASE("safetensors: models whose parts do not fit together are refused") {
  auto const model = small_model();
  // Something in a file, exchanged for something as long.
  auto const edited = [&](std::string_view from, std::string_view to) {
    std::string bytes = to_bytes(model);
    REQUIRE(from.size() == to.size());
    std::size_t const at = bytes.find(from);
    REQUIRE(at != std::string::npos);
    return bytes.replace(at, from.size(), to);
  };
  CHECK(from_bytes<factor_model<float>>(bytes_of(edited("kindred", "others!")), unchecked) == model);
  CHECK(says(refused<factor_model<float>>(edited("kindred", "others!")), "the checksum of the bytes is"));
  CHECK(says(refused_unchecked<factor_model<float>>(edited("[4,3]", "[3,4]")), "another number of columns"));
  std::string const nan("\0\0\xc0\x7f", 4), mean("\0\0\x60\x40", 4);
  CHECK(says(refused_unchecked<factor_model<float>>(edited(mean, nan)), "not finite"));
}

TEST_CASE("safetensors: files are written whole, name themselves in errors, and old formats are read") {
  temporary_file const file("old");
  auto const model = small_model();
  save(model, file.path());
  CHECK(load<factor_model<float>>(file.path()) == model);
  error const e = error_of([&] { (void)load<part>(file.path()); });
  CHECK(e.kind() == error_kind::format);
  CHECK(says(e, file.path()));
  CHECK(says(e, "the note 'type' says 'factor_model 1'; 'test.part' is asked for"));
  CHECK(error_of([&] { (void)load<part>(file.path() + ".absent"); }).kind() == error_kind::io);
  CHECK(error_of([&] { (void)load<part>(std::filesystem::temp_directory_path()); }).kind() == error_kind::io);
  CHECK(error_of([&] { save(model, file.path() + ".absent/model"); }).kind() == error_kind::io);

  auto const aged = from_bytes<second_format>(bytes_of(to_bytes(first_format{})));
  CHECK(aged.old == 1);
  CHECK(aged.added == 7);
  CHECK(support::read_back(second_format{2, 3}).added == 3);
  CHECK(says(refused<first_format>(to_bytes(second_format{})), "a test.aged 2 cannot be read"));
  CHECK(says(refused<third_format>(to_bytes(first_format{})), "this version knows the formats 2 to 3"));
}

TEST_CASE_TEMPLATE("safetensors: a view of a mapped file scores as the model does", Scale, of_ratings, of_preferences) {
  factor_model<double, Scale> model(7, 9, 5);
  random_stream random(3, 0);
  for (index_t k = 0; k != 9; ++k) {
    if (k < 7 && k != 2) model.set_known(user_id{k});
    if (k != 4) model.set_known(item_id{k});
    model.of(item_id{k}).bias = normal(random);
    for (std::size_t f = 0; f != 5; ++f) {
      if (k < 7) model.of(user_id{k}).vector[f] = normal(random);
      model.of(item_id{k}).vector[f] = normal(random);
    }
  }
  temporary_file const file("");
  save(model, file.path());
  mapped_file mapped(file.path());
  check_bytes(mapped);
  auto const view = load_view<factor_view<double, Scale>>(mapped);
  CHECK(view.factors() == 5);
  for (index_t u = 0; u != 8; ++u)
    for (index_t i = 0; i != 10; ++i) {
      CHECK(view.knows(user_id{u}) == model.knows(user_id{u}));
      CHECK(score_of(view, user_id{u}, item_id{i}) == score_of(model, user_id{u}, item_id{i}));
    }
  CHECK(to_bytes(view) == to_bytes(model));
  // Whoever replaces the file does not disturb who has it mapped.
  save(factor_model<double, Scale>(1, 1, 1), file.path());
  CHECK(score_of(view, user_id{1}, item_id{1}) == score_of(model, user_id{1}, item_id{1}));

  temporary_file const flipped([&] {
    std::string bytes = to_bytes(model);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    return bytes;
  }());
  mapped_file const bad(flipped.path());
  CHECK_NOTHROW((void)load_view<factor_view<double, Scale>>(bad));
  CHECK(says(error_of([&] { check_bytes(bad); }), "the checksum of the bytes is"));
  CHECK(error_of([&] { mapped_file(file.path() + ".absent"); }).kind() == error_kind::io);
  temporary_file const empty("");
  CHECK(error_of([&] { mapped_file{empty.path()}; }).kind() == error_kind::io);
}

TEST_CASE("safetensors: rows that are replaced one by one lie apart") {
  row_store<float> store;
  std::vector<index_t> const columns{0, 1, 2, 3, 4};
  std::vector<float> const numbers{1, 2, 3, 4, 5};
  store.assign(0, {std::span(columns).first(3), std::span(numbers).first(3)});
  store.assign(1, {std::span(columns).last(2), std::span(numbers).last(2)});
  std::string const bytes = to_bytes(store);
  CHECK(from_bytes<row_store<float>>(bytes_of(bytes)) == store);
  // In the payload: where the two rows begin, 0 and 3, how long they are, and that there are no holes.
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  auto const with = [&](std::size_t at, char value) {
    std::string bad = bytes;
    bad[8 + static_cast<std::size_t>(length) + at] = value;
    return refused_unchecked<row_store<float>>(bad);
  };
  CHECK(says(with(8, 1), "rows do not overlap"));
  CHECK(says(with(32, 1), "what is in no row is a hole"));
}

TEST_CASE("safetensors: ratings come back with both orientations, times and weights") {
  auto const list = support::random_list(12, 9, 0.3, 5);
  rating_table<double> table;
  for (auto const& s : list) table.add(user_id{s.user}, item_id{s.item}, s.value, 1000 + s.user * 7, 1 + s.item);
  auto const data = ratings<double>::from(table, on_duplicate::error, {14, 11});
  CHECK(support::read_back(data) == data);
  CHECK(support::read_back(ratings<float>()) == ratings<float>());
  auto const plain = support::ratings_of<float>(list);
  CHECK(support::read_back(plain) == plain);
}
#endif
