// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/categories.hpp>
#include <kindred/testing/draw.hpp>
#include <kindred/testing/words.hpp>
#include <kindred/testing/world.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

KINDRED_BEGIN

namespace testing::detail {

// A price as shops write it: up to the next 10 cents less one below 20, up to whole less 5 cents below 100, else whole.
[[nodiscard]] inline double shop_price(double value) noexcept {
  double const cents = value < 20    ? std::ceil(value * 10) * 10 - 1
                       : value < 100 ? std::ceil(value) * 100 - 5
                                     : std::ceil(value) * 100;
  return cents / 100;
}

[[nodiscard]] inline std::string describe(random_stream& random, product const& p) {
  category const& c = categories[p.category];
  std::string text(one_of(random, words::adjectives));
  text += ' ';
  text += c.nouns[p.noun];
  text += " in ";
  text += one_of(random, c.finishes);
  text += ", made for ";
  text += one_of(random, c.purposes);
  text += ". From the ";
  text += styles[p.style];
  text += " line of ";
  text += words::brands[p.brand];
  text += '.';
  return text;
}

// Product i of the world: a function of (seed, i) and of the settings; but see generate_products for its name.
[[nodiscard]] inline product make_product(world_settings const& s, index_t i) {
  random_stream random = stream_of(s.seed, purpose::product, i);
  product p;
  p.category = static_cast<std::uint8_t>(below(random, static_cast<std::uint32_t>(categories.size())));
  p.noun = static_cast<std::uint8_t>(chance(random, 0.15) ? first_accessory + below(random, 2)
                                                          : below(random, first_accessory));
  p.brand = static_cast<std::uint8_t>(below(random, static_cast<std::uint32_t>(words::brands.size())));
  p.style = static_cast<std::uint8_t>(below(random, static_cast<std::uint32_t>(styles.size())));
  p.name = std::string(one_of(random, words::lines)) + ' ' + std::string(categories[p.category].nouns[p.noun]);
  p.description = describe(random, p);

  // What all products of a brand, or of a style, share: the reason why the catalog's facts help to predict tastes.
  random_stream of_brand = stream_of(s.seed, purpose::brand, p.brand);
  double const brand_quality = normal(of_brand), brand_price = normal(of_brand);
  random_stream of_style = stream_of(s.seed, purpose::style, p.style);
  double length = 0;
  for (std::size_t k = 0; k != taste_count; ++k) {
    double const along = categories[p.category].lean[k] + 0.25 * normal(of_style) + 0.3 * normal(random) - 0.25;
    p.appeal[k] = static_cast<float>(along);
    length += along * along;
  }
  for (float& along : p.appeal)
    along = static_cast<float>(static_cast<double>(along) / std::sqrt((std::max)(length, 1e-9)));

  double const quality = 0.5 * brand_quality + 0.866 * normal(random);  // standard normal, as luck is
  double const luck = normal(random);
  p.quality = static_cast<float>(0.4 * quality);
  p.price = shop_price(categories[p.category].prices[p.noun] *
                       std::exp(0.2 * brand_price + 0.12 * quality + 0.2 * normal(random)));

  // Popularity follows Zipf's law with exponent 0.8: the k-th of n products has about (n / k)^0.8. Who is k-th is
  // decided half by quality, half by luck.
  double const standing = 0.5 * std::erfc((quality + luck) / 2);  // uniform in (0, 1): the fraction of products above
  bool const cold = chance(random, s.cold_products);
  p.popularity = cold ? 0 : static_cast<float>(std::pow((std::max)(standing, 1e-9), -0.8));

  // Three of four are there from the start, the others arrive evenly, each on a Monday morning at nine.
  double const launched = chance(random, 0.75) ? 0 : 1 + std::floor(unit(random) * 51);
  p.launched = world_begin + (launched > 0 ? static_cast<std::int64_t>(launched) * week + 9 * hour : 0);
  return p;
}

// All products. Where a name is taken by an earlier product, a number tells them apart: "Aurora desk lamp 2".
[[nodiscard]] inline std::vector<product> generate_products(world_settings const& s) {
  std::vector<product> products;
  products.reserve(s.products);
  std::unordered_map<std::string, unsigned> taken;
  for (index_t i = 0; i != s.products; ++i) {
    products.push_back(make_product(s, i));
    std::string& name = products.back().name;
    unsigned const before = taken[name]++;
    if (before != 0) name += ' ' + std::to_string(before + 1);
  }
  return products;
}

// The catalog as triples: what each product is, and what accessories fit. An accessory fits up to three products of its
// category that are of the noun it is made for.
[[nodiscard]] inline std::vector<triple> generate_triples(world const& shop) {
  auto const products = static_cast<index_t>(shop.products.size());
  index_t const category_0 = products, department_0 = category_0 + static_cast<index_t>(categories.size());
  index_t const brand_0 = department_0 + static_cast<index_t>(departments.size());
  index_t const style_0 = brand_0 + static_cast<index_t>(words::brands.size());
  enum : index_t { in_category, in_department, made_by, has_style, fits };

  std::vector<index_t> hosts[categories.size()][2];
  for (index_t i = 0; i != products; ++i)
    if (product const& p = shop.products[i]; p.noun < 2) hosts[p.category][p.noun].push_back(i);

  std::vector<triple> triples;
  for (index_t i = 0; i != products; ++i) {
    product const& p = shop.products[i];
    triples.push_back({i, in_category, category_0 + p.category});
    triples.push_back({i, made_by, brand_0 + p.brand});
    triples.push_back({i, has_style, style_0 + p.style});
    if (p.noun < first_accessory) continue;
    random_stream random = stream_of(shop.settings.seed, purpose::facts, i);
    std::vector<index_t> const& fitting = hosts[p.category][p.noun - first_accessory];
    std::size_t const first = triples.size();
    for (int k = 0; k != 3 && !fitting.empty(); ++k) {
      triple const t{i, fits, fitting[below(random, static_cast<std::uint32_t>(fitting.size()))]};
      if (std::find(triples.begin() + static_cast<std::ptrdiff_t>(first), triples.end(), t) == triples.end())
        triples.push_back(t);
    }
  }
  for (index_t c = 0; c != categories.size(); ++c)
    triples.push_back({category_0 + c, in_department, department_0 + static_cast<index_t>(categories[c].department)});
  return triples;
}

}  // namespace testing::detail

KINDRED_END
