// SPDX-License-Identifier: BSL-1.0
//
// Ratings that lie in files: the same ratings, and the same fits, as of those in memory, however small the blocks.
#if __has_include(<nlohmann/json.hpp>)
#include <kindred/io/map_ratings.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "temporary_file.hpp"

#include <kindred/data/ratings_from_rows.hpp>
#include <kindred/factor/als.hpp>
#include <kindred/factor/bpr.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/fit_or_resume.hpp>
#include <kindred/io/replace_file.hpp>
#include <kindred/io/scratch_folder.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace kindred;

// Small enough that everything takes many blocks, and one user more than a block.
scratch_folder const place(std::filesystem::temp_directory_path(), 2048);

// A scratch that would be gone before the ratings is none.
template <class Place>
concept accepted =
    std::constructible_from<ratings<float>, Place> ||
    requires(Place&& where) { map_ratings<float>("", std::forward<Place>(where)); } ||
    requires(Place&& where) { map_ratings<float>("", std::forward<Place>(where), unchecked); } ||
    requires(Place&& where) { ratings_from_rows<float>([](auto const&) {}, std::forward<Place>(where)); };
static_assert(accepted<scratch_folder const&>);
static_assert(!accepted<scratch_folder> && !accepted<scratch_folder const>);

// Backwards, so that nothing is in order; some twice, with another value.
template <class Add>
void tell(std::vector<support::seen> const& list, Add const& add) {
  for (std::size_t k = list.size(); k-- != 0;) {
    add(list[k], 0);
    if (k % 5 == 0) add(list[k], 1);
  }
}
std::vector<support::seen> const& list() {
  static std::vector<support::seen> const made = support::random_list(60, 40, 0.3, 5);
  return made;
}

enum class columns { value, time, weight };
ratings<float> in_memory(columns with, on_duplicate policy, population size = {}) {
  rating_table<float> table;
  tell(list(), [&](support::seen const& s, int again) {
    float const value = static_cast<float>(s.value) + static_cast<float>(again);
    std::int64_t const time = std::int64_t{s.user} * 7 % 11 + again;
    if (with == columns::value) table.add(user_id{s.user}, item_id{s.item}, value);
    if (with == columns::time) table.add(user_id{s.user}, item_id{s.item}, value, time);
    if (with == columns::weight)
      table.add(user_id{s.user}, item_id{s.item}, value, time, 1.0f + 0.3f * static_cast<float>(s.item % 3));
  });
  return ratings<float>::from(table, policy, size);
}
ratings<float> in_files(columns with, on_duplicate policy, population size = {}) {
  auto const each = [&](auto const& add) {
    tell(list(), [&](support::seen const& s, int again) {
      float const value = static_cast<float>(s.value) + static_cast<float>(again);
      std::int64_t const time = std::int64_t{s.user} * 7 % 11 + again;
      if (with == columns::value) add(user_id{s.user}, item_id{s.item}, value);
      if (with == columns::time) add(user_id{s.user}, item_id{s.item}, value, time);
      if (with == columns::weight)
        add(user_id{s.user}, item_id{s.item}, value, time, 1.0f + 0.3f * static_cast<float>(s.item % 3));
    });
  };
  return ratings_from_rows<float>(each, place, policy, size);
}

void check_same(ratings<float> const& a, ratings<float> const& b) {
  CHECK(a == b);
  REQUIRE(a.item_count() == b.item_count());
  for (index_t i = 0; i != a.item_count(); ++i) {
    auto const x = a.of(item_id{i}), y = b.of(item_id{i});
    CHECK(std::equal(x.index.begin(), x.index.end(), y.index.begin(), y.index.end()));
    CHECK(std::equal(x.value.begin(), x.value.end(), y.value.begin(), y.value.end()));
    auto const v = a.weights(item_id{i}), w = b.weights(item_id{i});
    CHECK(std::equal(v.begin(), v.end(), w.begin(), w.end()));
  }
}

// A scratch of one's own, which has room for so many arrays.
class stingy final : public scratch {
public:
  explicit stingy(int arrays) : scratch(2048), left_(arrays) {}

private:
  struct numbers final : foreign_memory {
    explicit numbers(std::size_t count) : all(count) {}
    std::vector<double> all;
  };
  [[nodiscard]] claim take(std::size_t bytes) const override {
    if (left_ == 0) raise(error(error_kind::io) << "no more arrays");
    --left_;
    auto* const made = new numbers(bytes / sizeof(double) + 1);
    return {made->all.data(), made};
  }
  int mutable left_;
};

// Ratings in a file, mapped.
struct mapped {
  explicit mapped(ratings<float> const& data) { save(data, file.path()); }
  [[nodiscard]] ratings<float> open() const { return map_ratings<float>(file.path(), place); }
  temporary_file file{""};
};

}  // namespace

TEST_CASE("ratings told row by row into a scratch are those of a table") {
  for (columns const with : {columns::value, columns::time, columns::weight})
    for (on_duplicate const policy : {on_duplicate::first, on_duplicate::last, on_duplicate::mean, on_duplicate::sum})
      check_same(in_files(with, policy), in_memory(with, policy));
  check_same(in_files(columns::value, on_duplicate::last, {70, 45}),
             in_memory(columns::value, on_duplicate::last, {70, 45}));
  auto const none = ratings_from_rows<float>([](auto const&) {}, place);
  CHECK(none == ratings<float>());
  CHECK(none.place() == &place);
  // Parts of them lie there, too; copies do not need to be what they are copied from.
  auto data = in_files(columns::weight, on_duplicate::last);
  std::vector<std::uint8_t> keep(data.size(), 1);
  for (std::size_t k = 0; k < keep.size(); k += 3) keep[k] = 0;
  check_same(data.selected(keep), in_memory(columns::weight, on_duplicate::last).selected(keep));
  auto const copy = data;
  data = ratings<float>();
  check_same(copy, in_memory(columns::weight, on_duplicate::last));
}

TEST_CASE("ratings told row by row are refused as those of a table are") {
  auto const refused = [](auto const& each, error_kind kind, char const* why, on_duplicate policy = on_duplicate::error,
                          population size = {}) {
    auto const e = support::error_of([&] { static_cast<void>(ratings_from_rows<float>(each, place, policy, size)); });
    CHECK(e.kind() == kind);
    CHECK_MESSAGE(support::says(e, why), std::string(e.what()));
  };
  refused([](auto const& add) { add(user_id{1}, item_id{2}, std::numeric_limits<float>::infinity()); },
          error_kind::data, "observation 0, of user 1 and item 2, is not a finite number");
  refused([](auto const& add) { add(user_id{index_limit}, item_id{2}, 1.0f); }, error_kind::data, "reserved");
  refused([](auto const& add) { add(user_id{1}, item_id{2}, 1.0f, 5, 0.0f); }, error_kind::data, "the weight 0");
  refused([](auto const& add) { add(user_id{9}, item_id{2}, 1.0f); }, error_kind::shape, "reach 10 users",
          on_duplicate::error, {5, 5});
  refused(
      [](auto const& add) {
        add(user_id{1}, item_id{2}, 1.0f);
        add(user_id{1}, item_id{3}, 1.0f, 5);
      },
      error_kind::shape, "observation 1 is told with other columns");
  // Which two they are of all, though they are the first of their block.
  refused(
      [](auto const& add) {
        for (index_t u = 0; u != 50; ++u) add(user_id{u}, item_id{2}, 1.0f);
        add(user_id{49}, item_id{2}, 1.0f);
      },
      error_kind::data, "by observations 49 and 50");
  int asked = 0;
  auto const moody = [&](auto const& add) {
    for (int k = 0; k != 100 - asked; ++k) add(user_id{static_cast<index_t>(k)}, item_id{2}, 1.0f);
    ++asked;
  };
  refused(moody, error_kind::data, "told otherwise than the first time");
  scratch_folder const nowhere("/nowhere/at/all");
  auto const e = support::error_of([&] {
    static_cast<void>(ratings_from_rows<float>([](auto const& add) { add(user_id{1}, item_id{2}, 1.0f); }, nowhere));
  });
  CHECK(e.kind() == error_kind::io);
  CHECK(support::says(e, "cannot hold a file"));
}

TEST_CASE("a scratch keeps what is moved, and is not asked for nothing") {
  buffer<double> one = place.room<double>(1000);
  for (std::size_t k = 0; k != one.size(); ++k) one[k] = static_cast<double>(k);
  buffer<double> const copy = one;
  double const* const at = one.data();
  buffer<double>& same = one;
  one = std::move(same);
  CHECK(one.data() == at);
  buffer<double> other(3, 0.0);
  other = std::move(one);
  CHECK(other.data() == at);
  CHECK(one.empty());
  one = place.room<double>(5);
  std::swap(one, other);
  CHECK(one == copy);
  CHECK(copy.data() != at);
  CHECK(place.room<double>(0).empty());
  CHECK(support::error_of([] { static_cast<void>(place.room<double>(static_cast<std::size_t>(-1) / 4)); }).kind() ==
        error_kind::shape);
  // More than any disk has.
  CHECK(support::error_of([] { static_cast<void>(place.room<char>(static_cast<std::size_t>(-1) / 4)); }).kind() ==
        error_kind::io);
}

TEST_CASE("mapped ratings are those that were saved, and as well checked") {
  auto const data = in_memory(columns::weight, on_duplicate::last, {70, 45});
  mapped const kept(data);
  check_same(kept.open(), data);
  CHECK(to_bytes(kept.open()) == to_bytes(data));
  check_same(map_ratings<float>(kept.file.path(), place, unchecked), data);
  check_same(mapped(ratings<float>()).open(), ratings<float>());
  CHECK(support::error_of([&] { static_cast<void>(map_ratings<double>(kept.file.path(), place)); }).kind() ==
        error_kind::format);
  CHECK(support::error_of([&] { static_cast<void>(map_ratings<float>("/nowhere", place)); }).kind() == error_kind::io);
  // Any byte that is another.
  std::string const bytes = to_bytes(data);
  for (std::size_t k = 0; k < bytes.size(); k += 97) {
    std::string other = bytes;
    other[k] = static_cast<char>(other[k] ^ 0x41);
    temporary_file const wrong(other);
    CHECK(support::error_of([&] { static_cast<void>(map_ratings<float>(wrong.path(), place)); }).kind() ==
          error_kind::format);
  }
}

TEST_CASE("a fit of mapped ratings is the same bits as one of ratings in memory, and goes on after it was killed") {
  thread_pool pool(3);
  auto const check = [&](auto const& how, ratings<float> const& data) {
    mapped const kept(data);
    auto const there = kept.open();
    auto const expected = to_bytes(fit(how, data).model);
    CHECK(to_bytes(fit(how, there).model) == expected);
    CHECK(to_bytes(fit(how, there, pool).model) == expected);
    temporary_file const halfway("");
    std::filesystem::remove(halfway.path());
    auto const killed = [](progress const& p) -> flow {
      if (p.epoch == 2) throw 1;
      return flow::proceed;
    };
    CHECK_THROWS_AS(static_cast<void>(fit_or_resume(how, there, halfway.path(), pool, killed)), int);
    CHECK(to_bytes(fit_or_resume(how, kept.open(), halfway.path()).model) == expected);
  };
  // Enough ratings for several strata.
  auto const many = support::random_ratings<float>(200, 260, 0.12, 3);
  REQUIRE(strata<float>(many, 0).groups() > 1);
  check(sgd<>{.factors = 6, .epochs = 4}, many);
  check(als<>{.factors = 4, .sweeps = 3}, many);
  check(implicit_als<>{.factors = 4, .sweeps = 3}, many);
  check(bpr{.factors = 6, .epochs = 4}, many);
  auto const weighted = in_memory(columns::weight, on_duplicate::mean);
  // Wherever room ends, that is an error and nothing else. Three arrays by item; seven of all that is selected; strata, their
  // weights, and marks.
  mapped const kept(weighted);
  bpr const how{.factors = 6, .epochs = 1};
  auto const expected = to_bytes(fit(how, weighted).model);
  for (int arrays = 0; arrays != 14; ++arrays) {
    stingy const where(arrays);
    auto const train = [&] {
      auto const data = map_ratings<float>(kept.file.path(), where);
      return to_bytes(fit(how, data.selected(std::vector<std::uint8_t>(data.size(), 1))).model);
    };
    if (arrays == 13) CHECK(train() == expected);
    else CHECK(support::error_of(train).kind() == error_kind::io);
  }
  check(sgd<>{.factors = 6, .epochs = 4}, weighted);
  check(bpr{.factors = 6, .epochs = 4}, weighted);
}
#endif
