// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/observations.hpp>
#include <kindred/data/rating_table.hpp>
#include <kindred/testing/categories.hpp>
#include <kindred/testing/words.hpp>
#include <kindred/testing/world_records.hpp>
#include <kindred/testing/world_settings.hpp>

#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

KINDRED_BEGIN

namespace testing {

// The opinion that a middling person has of a middling product, in stars. Lower than the mean rating: people look for
// what they like, and rate what they bought.
inline constexpr double middling_opinion = 3.05;

// A whole social shop, made by generate(): plain records to read, and the truth behind them, which no real data have.
struct world {
  world_settings settings;
  std::vector<person> people;
  std::vector<product> products;
  std::vector<friendship> friendships;  // ascending, each pair once
  std::vector<event> events;            // by time
  std::vector<triple> triples;          // by head, then relation
  std::vector<impression> impressions;  // by time

  [[nodiscard]] population size() const noexcept {
    return {static_cast<index_t>(people.size()), static_cast<index_t>(products.size())};
  }

  [[nodiscard]] std::string_view person_name(user_id u) const { return people[to_index(u)].name; }
  [[nodiscard]] std::string_view product_name(item_id i) const { return products[to_index(i)].name; }
  [[nodiscard]] std::string_view entity_name(index_t entity) const;
  [[nodiscard]] index_t entity_count() const noexcept;

  // How well a product suits a person's taste: their inner product; over all pairs its mean is near 0 and its
  // variance 1.3.
  [[nodiscard]] double match(user_id u, item_id i) const noexcept;

  // The rating that a person would give on an endless scale, without the day's mood:
  // middling_opinion + generosity + quality + 0.7 match.
  [[nodiscard]] double opinion(user_id u, item_id i) const noexcept;

  // The expected rating. The rating is round(opinion + noise z), kept in 1 ... 5, with z standard normal and
  // independent of all else, hence of whether the product was bought: no predictor has a lower expected squared error.
  [[nodiscard]] double truth(user_id u, item_id i) const noexcept;

  // All events of one kind, with times: event_kind::rating is ready for ratings<T>::from; the other kinds repeat pairs,
  // so say which on_duplicate applies.
  template <real T>
  [[nodiscard]] rating_table<T> table(event_kind kind) const {
    rating_table<T> rows;
    for (event const& e : events)
      if (e.kind == kind) rows.add(e.user, e.item, static_cast<T>(e.value), e.time);
    return rows;
  }
  template <real T>
  [[nodiscard]] rating_table<T> ratings() const {
    return table<T>(event_kind::rating);
  }

  friend bool operator==(world const&, world const&) = default;
};

inline index_t world::entity_count() const noexcept {
  return static_cast<index_t>(products.size() + categories.size() + departments.size() + words::brands.size() +
                              styles.size());
}

inline std::string_view world::entity_name(index_t entity) const {
  std::size_t at = entity;
  if (at < products.size()) return products[at].name;
  at -= products.size();
  if (at < categories.size()) return categories[at].name;
  at -= categories.size();
  if (at < departments.size()) return departments[at];
  at -= departments.size();
  return at < words::brands.size() ? words::brands[at] : styles[at - words::brands.size()];
}

inline double world::match(user_id u, item_id i) const noexcept {
  double sum = 0;
  for (std::size_t k = 0; k != taste_count; ++k)
    sum += static_cast<double>(people[to_index(u)].taste[k]) * static_cast<double>(products[to_index(i)].appeal[k]);
  return sum;
}

inline double world::opinion(user_id u, item_id i) const noexcept {
  return middling_opinion + static_cast<double>(people[to_index(u)].generosity) +
         static_cast<double>(products[to_index(i)].quality) + 0.7 * match(u, i);
}

inline double world::truth(user_id u, item_id i) const noexcept {
  double const mean = opinion(u, i);
  double expected = 1;
  for (double bound = 1.5; bound < 5; ++bound)  // one more for every bound that the mood carries the opinion over
    expected += settings.noise > 0 ? 0.5 * std::erfc((bound - mean) / (settings.noise * std::sqrt(2.0)))
                                   : (mean >= bound ? 1 : 0);
  return expected;
}

}  // namespace testing

KINDRED_END
