// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/data/feature_records.hpp>
#include <kindred/data/feature_settings.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The entries by entity, then term, those of one pair added up; numbers are not added but have to agree. The same whatever
// the order of arrival.
[[nodiscard]] inline std::vector<feature_entry> in_order(std::string_view name, recorded_field const& field,
                                                         char const* noun) {
  std::vector<feature_entry> all = field.entries;
  auto const less = [](feature_entry const& a, feature_entry const& b) {
    return a.entity != b.entity ? a.entity < b.entity : a.term != b.term ? a.term < b.term : a.value < b.value;
  };
  if (!std::is_sorted(all.begin(), all.end(), less)) std::sort(all.begin(), all.end(), less);
  auto const twice = [&](feature_entry const& one) {
    return (error(error_kind::data).at(one.entity) << "the field '").quote(name.data(), name.size())
           << "' of " << noun << ' ' << one.entity << " is given twice, as ";
  };
  std::size_t last = 0;
  for (std::size_t k = 1; k < all.size(); ++k) {
    bool const same_entity = all[k].entity == all[last].entity;
    if (!same_entity || all[k].term != all[last].term) {
      if (same_entity && field.how.kind == feature_kind::category) {
        std::string_view const a = field.terms.key(term_id{all[last].term});
        std::string_view const b = field.terms.key(term_id{all[k].term});
        raise(((twice(all[k]) << '\'').quote(a.data(), a.size()) << "' and '").quote(b.data(), b.size())
              << "'; what has several values are tags");
      }
      all[++last] = all[k];
    } else if (field.how.kind == feature_kind::tags || field.how.kind == feature_kind::text) {
      all[last].value += all[k].value;
    } else if (all[last].value != all[k].value) {
      raise(twice(all[k]) << all[last].value << " and " << all[k].value);
    }
  }
  if (!all.empty()) all.resize(last + 1);
  return all;
}

// A field whose columns are fitted: what of it counts, and how much.
class feature_field {
public:
  // Fits to the entries, which are in order.
  feature_field(recorded_field const& from, std::span<feature_entry const> entries) : how_(from.how) {
    if (how_.weight == 0) return;
    if (how_.kind == feature_kind::number) fit_number(entries);
    else fit_terms(from, entries);
  }

  static constexpr stored_format format{"feature_field", 1};
  feature_field(blank) {}
  static void fields(auto& self, auto& visit) {
    visit("settings", self.how_);
    visit("mean", self.mean_);
    visit("inverse_spread", self.inverse_spread_);
    visit("terms", self.terms_);
    visit("factor", self.factor_);
  }
  void restore() const {
    check_stored(how_.kind <= feature_kind::vector && how_.weighting <= term_weighting::inverse_frequency &&
                     how_.counting <= term_counting::once && is_finite(how_.weight) && how_.weight >= 0 &&
                     how_.weight <= 1e6 && is_finite(how_.clip) && how_.clip > 0,
                 "feature_field: settings in their ranges");
    check_stored(is_finite(mean_) && is_finite(inverse_spread_), "feature_field: numbers are finite");
    check_stored(factor_.size() == terms_.size(), "feature_field: a factor for every term");
    check_stored_numbers(factor_, "feature_field");
  }

  [[nodiscard]] feature_kind kind() const noexcept { return how_.kind; }
  [[nodiscard]] index_t columns() const noexcept { return how_.kind == feature_kind::number ? 1 : terms_.size(); }
  [[nodiscard]] std::string_view value(index_t column) const noexcept {
    return how_.kind == feature_kind::number ? std::string_view{} : terms_.key(term_id{column});
  }
  [[nodiscard]] std::optional<index_t> find(std::string_view value) const noexcept {
    if (how_.kind == feature_kind::number) return value.empty() ? std::optional(index_t{0}) : std::nullopt;
    auto const term = terms_.find(value);
    return term ? std::optional(to_index(*term)) : std::nullopt;
  }

  // The entries of one entity, of any table, as entries of columns: ascending, none of them zero. `column` tells the column
  // of every term of that table, index_limit where there is none.
  void encode(std::span<feature_entry const> of_one, std::span<index_t const> column,
              std::vector<feature_entry>& out) const {
    std::size_t const first = out.size();
    if (how_.kind == feature_kind::number) {
      double const z = (of_one[0].value - mean_) * inverse_spread_;
      out.push_back({of_one[0].entity, 0, how_.weight * std::clamp(z, -how_.clip, how_.clip)});
    } else {
      double squares = 0;
      for (feature_entry const& one : of_one) {
        index_t const c = column[one.term];
        if (c == index_limit) continue;
        double const x = counted(one.value) * factor_[c];
        squares += x * x;
        out.push_back({one.entity, c, x});
      }
      double const scale = squares > 0 ? how_.weight / std::sqrt(squares) : 0;
      for (std::size_t k = first; k != out.size(); ++k) out[k].value *= scale;
    }
    auto const from = [&] { return out.begin() + static_cast<std::ptrdiff_t>(first); };
    out.erase(std::remove_if(from(), out.end(), [](feature_entry const& one) { return one.value == 0; }), out.end());
    auto const by_column = [](feature_entry const& a, feature_entry const& b) { return a.term < b.term; };
    if (!std::is_sorted(from(), out.end(), by_column)) std::sort(from(), out.end(), by_column);
  }

  // The column of every term of a table.
  [[nodiscard]] std::vector<index_t> columns_of(recorded_field const& from) const {
    std::vector<index_t> column(from.terms.size());
    for (index_t t = 0; t != from.terms.size(); ++t)
      column[t] = find(from.terms.key(term_id{t})).value_or(index_t{index_limit});
    return column;
  }

private:
  void fit_number(std::span<feature_entry const> entries) {
    auto const n = static_cast<double>(entries.size());
    for (feature_entry const& one : entries) mean_ += one.value / n;
    double variance = 0;
    for (feature_entry const& one : entries) variance += (one.value - mean_) * (one.value - mean_) / n;
    double const spread = std::sqrt(variance);
    // What differs by rounding alone is one number.
    if (spread > 1e-12 * std::abs(mean_)) inverse_spread_ = 1 / spread;
    if (!is_finite(inverse_spread_)) inverse_spread_ = 0;
  }

  void fit_terms(recorded_field const& from, std::span<feature_entry const> entries) {
    std::vector<index_t> having(from.terms.size());
    index_t described = 0;
    for (std::size_t k = 0; k != entries.size(); ++k) {
      ++having[entries[k].term];
      if (k == 0 || entries[k].entity != entries[k - 1].entity) ++described;
    }
    for (index_t t = 0; t != from.terms.size(); ++t) {
      std::string_view const term = from.terms.key(term_id{t});
      if (having[t] != 0 && having[t] >= how_.at_least && !from.stop_words.find(term)) terms_.add(term);
    }
    terms_.sort();  // so that columns do not depend on the order of arrival
    factor_.assign(terms_.size(), 1);
    if (how_.weighting == term_weighting::equal) return;
    for (index_t t = 0; t != from.terms.size(); ++t)
      if (auto const c = terms_.find(from.terms.key(term_id{t})))
        factor_[to_index(*c)] = 1 + std::log((1.0 + described) / (1.0 + having[t]));
  }

  [[nodiscard]] double counted(double value) const noexcept {
    if (how_.kind != feature_kind::text || how_.counting == term_counting::raw) return value;
    return how_.counting == term_counting::once ? 1 : 1 + std::log(value);
  }

  field_settings how_;
  double mean_ = 0;
  double inverse_spread_ = 0;
  dictionary<term_id> terms_;
  std::vector<double> factor_;
};

}  // namespace detail

KINDRED_END
