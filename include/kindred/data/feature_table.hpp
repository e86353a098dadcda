// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/each_word.hpp>
#include <kindred/data/feature_records.hpp>
#include <kindred/data/feature_settings.hpp>

#include <concepts>
#include <cstddef>
#include <cstdio>
#include <initializer_list>
#include <span>
#include <string_view>

KINDRED_BEGIN

// A range of texts: std::vector<std::string>, std::array<std::string_view, 3>. One text alone is none: its elements are
// characters.
template <class R>
concept range_of_texts = requires(R const& r) {
  { *std::begin(r) } -> std::convertible_to<std::string_view>;
  std::end(r);
};

// What is known of items, or of users, as it comes: what features are built from, as ratings are from a rating_table.
//
//   kindred::feature_table<kindred::item_id> catalog;
//   catalog.about(alien).category("studio", "Fox").tags("genre", {"horror", "space"}).number("year", 1979);
//   catalog.about(alien).text("plot", "The crew of a freighter investigates a signal.");
//   catalog.text("plot", {.weight = 0.5, .stop_words = "the a an of"});   // how a field counts, if not as any other
//
// A field is made when it is first named; what is not known of an entity is not said. Settings may be given before or
// after the data, the last ones count. Values are checked where features are built. Texts are copied, as terms.
template <entity_id Id>
class feature_table {
public:
  // What is said about one entity. Looks into the table; meant to be written to at once.
  class description {
  public:
    // One number a field: a price, a year.
    description const& number(std::string_view field, double value) const {
      records_.field(field, detail::settings_of(number_settings{})).entries.push_back({entity_, 0, value});
      return *this;
    }

    // One value a field: a brand. A second, different one is an error when features are built.
    description const& category(std::string_view field, std::string_view value) const {
      add(records_.field(field, detail::settings_of(category_settings{})), value, 1);
      return *this;
    }

    // Labels. Of one that comes twice the weights add up; a negative weight says that it is the contrary.
    description const& tag(std::string_view field, std::string_view value, double weight = 1) const {
      add(records_.field(field, detail::settings_of(tag_settings{})), value, weight);
      return *this;
    }
    description const& tags(std::string_view field, std::initializer_list<std::string_view> values) const {
      for (std::string_view const one : values) tag(field, one);
      return *this;
    }
    description const& tags(std::string_view field, range_of_texts auto const& values) const {
      for (std::string_view const one : values) tag(field, one);
      return *this;
    }

    // A text, cut by each_word; or the words of one that you have cut. What comes twice is one longer text.
    description const& text(std::string_view field, std::string_view value) const {
      auto& into = records_.field(field, detail::settings_of(text_settings{}));
      each_word(value, [&](std::string_view word) { add(into, word, 1); });
      return *this;
    }
    description const& words(std::string_view field, range_of_texts auto const& values) const {
      auto& into = records_.field(field, detail::settings_of(text_settings{}));
      for (std::string_view const one : values) add(into, one, 1);
      return *this;
    }

    // A vector, as long as all others of the field. Throws error{shape} when it is not.
    template <real T>
    description const& vector(std::string_view field, std::span<T const> values) const {
      auto& into = records_.field(field, detail::settings_of(vector_settings{}));
      if (!into.terms.empty() && into.terms.size() != values.size())
        raise((error(error_kind::shape).at(entity_) << "the vector '").quote(field.data(), field.size())
              << "' of " << detail::noun_of<Id>() << ' ' << entity_ << " has " << values.size()
              << " numbers, those before it " << into.terms.size());
      for (std::size_t k = into.terms.size(); k != values.size();
           ++k) {  // coordinates are named once, by the first vector
        char digits[24];
        int const length = std::snprintf(digits, sizeof digits, "%zu", k);
        into.terms.add({digits, static_cast<std::size_t>(length)});
      }
      for (std::size_t k = 0; k != values.size(); ++k)
        into.entries.push_back({entity_, static_cast<index_t>(k), static_cast<double>(values[k])});
      return *this;
    }

  private:
    friend feature_table;
    description(detail::feature_records& records, index_t entity) noexcept : records_(records), entity_(entity) {}

    void add(detail::recorded_field& field, std::string_view term, double value) const {
      field.entries.push_back({entity_, to_index(field.terms.add(term)), value});
    }

    detail::feature_records& records_;
    index_t entity_;
  };

  [[nodiscard]] description about(Id which) noexcept { return {records_, to_index(which)}; }

  // How a field counts. Throws error{data} when the field is of another kind.
  feature_table& number(std::string_view field, number_settings const& how) { return set(field, how); }
  feature_table& category(std::string_view field, category_settings const& how) { return set(field, how); }
  feature_table& tags(std::string_view field, tag_settings const& how) { return set(field, how); }
  feature_table& vector(std::string_view field, vector_settings const& how) { return set(field, how); }
  feature_table& text(std::string_view field, text_settings const& how) {
    set(field, how);
    auto& stop_words = records_.field(field, detail::settings_of(how)).stop_words;
    stop_words = {};
    each_word(how.stop_words, [&](std::string_view word) { stop_words.add(word); });
    return *this;
  }

  // For building features.
  [[nodiscard]] detail::feature_records const& records() const noexcept { return records_; }

private:
  template <class Settings>
  feature_table& set(std::string_view field, Settings const& how) {
    auto const settings = detail::settings_of(how);
    records_.field(field, settings).how = settings;
    return *this;
  }

  detail::feature_records records_;
};

KINDRED_END
