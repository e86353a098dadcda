// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/data/feature_settings.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What a feature_table holds, whatever its entities are.

enum class feature_kind : std::uint8_t { number, category, tags, text, vector };
enum class field_id : index_t {};  // numbers the fields of one table
enum class term_id : index_t {};   // numbers the values of one field: categories, tags, words, coordinates

[[nodiscard]] constexpr char const* name_of(feature_kind kind) noexcept {
  constexpr char const* name[] = {"numbers", "categories", "tags", "text", "vectors"};
  return name[static_cast<std::size_t>(kind)];
}

template <entity_id Id>
[[nodiscard]] constexpr char const* noun_of() noexcept {
  return std::same_as<Id, item_id> ? "item" : std::same_as<Id, user_id> ? "user" : "entity";
}

// The settings of every kind of field together; those that a kind does not have keep what changes nothing.
struct field_settings {
  feature_kind kind = feature_kind::number;
  double weight = 1;
  double clip = 1;
  index_t at_least = 1;
  term_weighting weighting = term_weighting::equal;
  term_counting counting = term_counting::raw;

  static void fields(auto& self, auto& visit) {
    visit("kind", self.kind);
    visit("weight", self.weight);
    visit("clip", self.clip);
    visit("at_least", self.at_least);
    visit("weighting", self.weighting);
    visit("counting", self.counting);
  }
};

[[nodiscard]] constexpr field_settings settings_of(number_settings const& s) noexcept {
  return {.kind = feature_kind::number, .weight = s.weight, .clip = s.clip};
}
[[nodiscard]] constexpr field_settings settings_of(category_settings const& s) noexcept {
  return {.kind = feature_kind::category, .weight = s.weight, .at_least = s.at_least};
}
[[nodiscard]] constexpr field_settings settings_of(tag_settings const& s) noexcept {
  return {.kind = feature_kind::tags, .weight = s.weight, .at_least = s.at_least, .weighting = s.weighting};
}
[[nodiscard]] constexpr field_settings settings_of(text_settings const& s) noexcept {
  return {.kind = feature_kind::text,
          .weight = s.weight,
          .at_least = s.at_least,
          .weighting = s.weighting,
          .counting = s.counting};
}
[[nodiscard]] constexpr field_settings settings_of(vector_settings const& s) noexcept {
  return {.kind = feature_kind::vector, .weight = s.weight};
}

struct feature_entry {
  index_t entity;
  index_t term;  // zero for numbers
  double value;
};

// One field as it was recorded, in order of arrival.
struct recorded_field {
  field_settings how;
  dictionary<term_id> terms;
  dictionary<term_id> stop_words;
  std::vector<feature_entry> entries;
};

struct feature_records {
  dictionary<field_id> names;
  std::vector<recorded_field> fields;

  // The field of a name: as it is, or a new one with these settings. Throws error{data} when it is of another kind.
  recorded_field& field(std::string_view name, field_settings const& when_new) {
    auto const at = to_index(names.add(name));
    if (at == fields.size()) fields.push_back({when_new, {}, {}, {}});
    recorded_field& found = fields[at];
    if (found.how.kind != when_new.kind)
      raise((error(error_kind::data) << "the field '").quote(name.data(), name.size())
            << "' holds " << name_of(found.how.kind) << " and cannot hold " << name_of(when_new.kind) << " as well");
    return found;
  }
};

// Numbers of magnitudes whose squares and sums a double holds.
inline constexpr double feature_limit = 1e100;

// Checks what features promise; `noun` is what an entity is called. Throws error: setting for a weight or clip out of its
// range, data for a reserved id and for a number that is not finite or is too large.
inline void check_field(std::string_view name, recorded_field const& field, char const* noun) {
  auto const about = [&](error_kind kind, std::uint64_t row = 0) {
    return (error(kind).at(row) << "the field '").quote(name.data(), name.size()) << "' ";
  };
  if (!(is_finite(field.how.weight) && field.how.weight >= 0 && field.how.weight <= 1e6))
    raise(about(error_kind::setting) << "has the weight " << field.how.weight << "; weights go from 0 to a million");
  if (!(is_finite(field.how.clip) && field.how.clip > 0))
    raise(about(error_kind::setting) << "has clip = " << field.how.clip
                                     << "; it has to be a finite number of standard deviations, above zero");
  for (feature_entry const& one : field.entries) {
    if (one.entity == index_limit)
      raise(about(error_kind::data, one.entity)
            << "is given for the " << noun << ' ' << index_limit << ", which is reserved");
    if (is_finite(one.value) && one.value <= feature_limit && one.value >= -feature_limit) continue;
    error e = about(error_kind::data, one.entity) << "of " << noun << ' ' << one.entity << " has ";
    if (field.how.kind != feature_kind::number) {
      std::string_view const term = field.terms.key(term_id{one.term});
      e << "at '";
      e.quote(term.data(), term.size()) << "' ";
    }
    raise(e << "the value " << one.value << "; it has to be a finite number within 1e100");
  }
}

}  // namespace detail

KINDRED_END
