// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/rating_table.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/draw.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

// A matrix of ratings for measurements at scale.
struct long_tail_settings {
  index_t users = 10000;
  index_t items = 2000;
  std::size_t ratings = 500000;
  std::uint32_t rank = 8;  // of what is learnable, beside the biases
  double noise = 0.7;      // standard deviation about it, in stars
  std::uint64_t seed = 1;
};

namespace detail {

inline void validate(long_tail_settings const& s) {
  if (s.users == 0 || s.items == 0 || s.users == index_limit || s.items == index_limit)
    raise(error(error_kind::setting) << "ratings of " << s.users << " users and " << s.items
                                     << " items were asked for; each goes from 1 to " << index_limit - 1);
  if (s.ratings > std::uint64_t{s.users} * s.items)
    raise(error(error_kind::setting) << s.ratings << " ratings do not fit " << s.users << " users and " << s.items
                                     << " items, for pairs are distinct");
  if (s.rank > 1024)
    raise(error(error_kind::setting) << "long_tail_settings.rank is " << s.rank << "; it goes from 0 to 1024");
  if (!(is_finite(s.noise) && s.noise >= 0 && s.noise <= 10))
    raise(error(error_kind::setting) << "long_tail_settings.noise is " << s.noise << "; it goes from 0 to 10");
}

// Splits `total` in proportion to the weights, at most `most` each; total <= most * weight.size(). Exact: the sum is
// total.
[[nodiscard]] inline std::vector<index_t> split_by(std::span<double const> weight, std::size_t total, index_t most) {
  double sum = 0;
  for (double const w : weight) sum += w;
  std::vector<index_t> share(weight.size());
  std::size_t left = total;
  for (std::size_t k = 0; k != weight.size(); ++k) {
    double const fair = weight[k] / sum * static_cast<double>(total);
    share[k] = static_cast<index_t>((std::min)(fair, static_cast<double>(most)));
    left -= share[k];
  }
  while (left != 0) {  // what rounding and the limit left over goes to all alike
    std::size_t const each = left / weight.size() + 1;
    for (std::size_t k = 0; k != weight.size() && left != 0; ++k) {
      auto const more = static_cast<index_t>((std::min)({each, left, std::size_t{most} - share[k]}));
      share[k] += more;
      left -= more;
    }
  }
  return share;
}

// Biases and factors of one user or item: [0] is the bias, the rest standard normal numbers divided by `length`.
inline void draw_factors(random_stream& random, std::span<float> row, double bias, double length) noexcept {
  row[0] = static_cast<float>(bias * normal(random));
  for (float& f : row.subspan(1)) f = static_cast<float>(normal(random) / length);
}

}  // namespace detail

// Long-tailed ratings of low rank and noise: round(3.6 + user bias + item bias + 0.6 p.q + noise), kept in 1 ... 5.
//
// Exactly settings.ratings of them, no pair twice, by user. Activity is log-normal, popularity follows Zipf's law with
// exponent 0.8. Noise is the sum of four uniform numbers, close to normal and quick. Throws error{setting} when a
// setting is out of range. O(ratings * rank + users + items) time; ten million ratings of rank 8 take about a second.
template <real T = float>
[[nodiscard]] rating_table<T> generate_ratings(long_tail_settings const& settings = {}) {
  using namespace detail;
  validate(settings);
  std::size_t const width = settings.rank + 1;
  double const length = std::sqrt((std::max)(1.0, static_cast<double>(settings.rank)));

  std::vector<float> taste(width), appeal(width * settings.items);
  std::vector<double> activity(settings.users), popularity(settings.items);
  for (index_t i = 0; i != settings.items; ++i) {
    random_stream random = stream_of(settings.seed, purpose::item, i);
    popularity[i] = std::pow(1 - unit(random), -0.8);
    draw_factors(random, std::span(appeal).subspan(i * width, width), 0.4, length);
  }
  for (index_t u = 0; u != settings.users; ++u) {
    random_stream random = stream_of(settings.seed, purpose::user, u);
    activity[u] = std::exp(normal(random));
  }
  std::vector<index_t> const count = split_by(activity, settings.ratings, settings.items);
  alias_table const popular(popularity);

  rating_table<T> table;
  table.user.reserve(settings.ratings);
  table.item.reserve(settings.ratings);
  table.value.reserve(settings.ratings);
  std::vector<index_t> last_user(settings.items, index_limit);  // who took the item last
  for (index_t u = 0; u != settings.users; ++u) {
    random_stream random = stream_of(settings.seed, purpose::rating, u);
    draw_factors(random, taste, 0.35, 1);
    for (index_t k = 0; k != count[u]; ++k) {
      index_t i = popular.draw(random);
      for (int again = 0; last_user[i] == u && again != 8; ++again) i = popular.draw(random);
      while (last_user[i] == u) i = i + 1 != settings.items ? i + 1 : 0;  // the popular ones are taken: any other
      last_user[i] = u;

      float const* const q = appeal.data() + i * width;
      float match = 0;
      for (std::size_t f = 1; f != width; ++f) match += taste[f] * q[f];
      std::uint64_t const bits = random();
      std::uint64_t const four = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
      double const z = (static_cast<double>(four) / 0x1p16 - 2) * 1.7320508;
      double const opinion =
          3.6 + static_cast<double>(taste[0]) + static_cast<double>(q[0]) + 0.6 * static_cast<double>(match);
      double const stars = std::clamp(std::floor(opinion + settings.noise * z + 0.5), 1.0, 5.0);
      table.add(user_id{u}, item_id{i}, static_cast<T>(stars));
    }
  }
  return table;
}

}  // namespace testing

KINDRED_END
