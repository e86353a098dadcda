// SPDX-License-Identifier: BSL-1.0

#include "shop_data.hpp"
#include "sources.hpp"

#include <kindred/core/error.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

shop_data load(arguments const& asked) {
  shop_data shop = asked.ratings.empty() ? generated(asked) : read(asked);
  auto const& data = shop.ratings;
  std::string const source = asked.ratings.empty() ? "the generated shop" : asked.ratings;
  auto const too_few = [&](char const* what, std::uint64_t count, std::uint64_t least) {
    if (count < least)
      kindred::raise((kindred::error(kindred::error_kind::data)).quote(source.data(), source.size())
                     << " has " << count << " " << what << "; to compare recommenders takes at least " << least);
  };
  too_few("user(s)", data.user_count(), 2);
  too_few("item(s)", data.item_count(), 2);
  too_few("rating(s)", data.size(), 10 * std::uint64_t{asked.folds});
  auto const values = data.by_user().value();
  auto const [lowest, highest] = std::minmax_element(values.begin(), values.end());
  shop.relevant_from = static_cast<double>(*lowest) + 0.75 * static_cast<double>(*highest - *lowest);
  return shop;
}
