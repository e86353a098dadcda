// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/observations.hpp>
#include <kindred/data/rating_table.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// What a customer is to a shop, told from when they last bought and how often they do.
enum class rfm_segment : std::uint8_t {
  none,         // has never bought
  champion,     // bought just now, and often
  loyal,        // buys often
  promising,    // bought lately, and more than once
  newcomer,     // bought just now, for the first or second time
  wavering,     // in the middle, and could go either way
  falling_off,  // seldom bought, and not lately
  at_risk,      // used to buy often
  to_win_back,  // used to be among those who bought most
  asleep        // seldom bought, and long ago
};

// The segment of scores of 1 (worst fifth) to 5 (best fifth):
//
//                 frequency 1     2            3            4         5
//   recency 5     newcomer        promising    promising    champion  champion
//           4     newcomer        promising    promising    loyal     loyal
//           3     falling_off     falling_off  wavering     loyal     loyal
//           1, 2  asleep          asleep       at_risk      at_risk   to_win_back
[[nodiscard]] constexpr rfm_segment rfm_segment_of(std::uint32_t recency, std::uint32_t frequency) noexcept {
  using enum rfm_segment;
  if (recency == 0 || frequency == 0) return none;
  if (recency <= 2) return frequency <= 2 ? asleep : frequency <= 4 ? at_risk : to_win_back;
  if (frequency >= 4) return recency >= 5 ? champion : loyal;
  if (recency == 3) return frequency == 3 ? wavering : falling_off;
  return frequency == 1 ? newcomer : promising;
}

// One customer: recency is the time since they last bought, in the unit of the transactions, frequency how many times they
// bought, monetary the sum of what they paid. The scores go from 1 to 5, and are 0 for who has never bought.
struct rfm {
  double recency = 0;
  double frequency = 0;
  double monetary = 0;
  std::uint8_t recency_score = 0;
  std::uint8_t frequency_score = 0;
  std::uint8_t monetary_score = 0;
  rfm_segment segment = rfm_segment::none;

  static void fields(auto& self, auto& visit) {
    visit("recency", self.recency);
    visit("frequency", self.frequency);
    visit("monetary", self.monetary);
    visit("recency_score", self.recency_score);
    visit("frequency_score", self.frequency_score);
    visit("monetary_score", self.monetary_score);
    visit("segment", self.segment);
  }
  friend bool operator==(rfm const&, rfm const&) = default;
};

// Recency, frequency and monetary value of customers (Hughes, "Strategic database marketing", 1994): the oldest way to tell who
// is who from transactions alone, and features for what is newer.
//
// A score is 1 + floor(5 x the share of customers who are strictly worse): about fifths, and who is equal scores equally.
// Customers without a transaction are not counted among those.
class rfm_profile {
public:
  // Every row of the table is a transaction of a user: what was paid (value) and when (time), as often as it was weighted.
  // `now` is the time that recency counts from. Throws error: shape when columns differ in length or there are no times;
  // data for a value that is not finite, a weight that is not positive, or a transaction later than now, with its row.
  template <real T>
  [[nodiscard]] static rfm_profile of(rating_table<T> const& transactions, std::int64_t now, index_t users = 0) {
    auto const reached = detail::validate(transactions);
    if (!transactions.empty() && !transactions.timed())
      raise(error(error_kind::shape) << "rfm_profile: transactions have to have times");
    rfm_profile out;
    out.customers_.resize((std::max)(users, reached.users));
    for (std::size_t k = 0; k != transactions.size(); ++k) {
      if (transactions.time[k] > now)
        raise(error(error_kind::data).at(k)
              << "transaction " << k << " is of the time " << transactions.time[k] << ", later than now, " << now);
      rfm& who = out.customers_[to_index(transactions.user[k])];
      double const since = static_cast<double>(now) - static_cast<double>(transactions.time[k]);
      double const times = transactions.weighted() ? static_cast<double>(transactions.weight[k]) : 1.0;
      who.recency = who.frequency == 0 ? since : (std::min)(who.recency, since);
      who.frequency += times;
      who.monetary += times * static_cast<double>(transactions.value[k]);
    }
    out.score();
    return out;
  }

  static constexpr stored_format format{"rfm_profile", 1};
  static void fields(auto& self, auto& visit) { visit("customers", self.customers_); }
  void restore() const {
    for (rfm const& who : customers_)
      check_stored(is_finite(who.recency) && is_finite(who.frequency) && is_finite(who.monetary) &&
                       who.segment <= rfm_segment::asleep,
                   "rfm_profile: finite numbers, and segments that there are");
  }

  [[nodiscard]] std::span<rfm const> customers() const noexcept { return customers_; }
  [[nodiscard]] rfm of(user_id u) const noexcept {
    return to_index(u) < customers_.size() ? customers_[to_index(u)] : rfm{};
  }

  // Features for clustering, a row a customer, owned by the caller: -log(1 + recency), log(1 + frequency) and the signed
  // logarithm of 1 + |monetary|, each with mean 0 and spread 1 over those who have bought; zeros for who has not. Logarithms,
  // because a few customers buy a hundred times as much as the others and would be clusters of their own.
  template <real T>
  [[nodiscard]] buffer<T> features() const {
    buffer<T> out(customers_.size() * 3, T{0});
    auto const log_of = [](double x) { return x < 0 ? -std::log1p(-x) : std::log1p(x); };
    standardize<T>(out, 0, [&](rfm const& c) { return -log_of(c.recency); });
    standardize<T>(out, 1, [&](rfm const& c) { return log_of(c.frequency); });
    standardize<T>(out, 2, [&](rfm const& c) { return log_of(c.monetary); });
    return out;
  }

private:
  void score() {
    std::vector<index_t> buyers;
    for (index_t u = 0; u != customers_.size(); ++u)
      if (customers_[u].frequency > 0) buyers.push_back(u);
    auto const rank = [&](auto const& value, std::uint8_t rfm::* score) {
      std::sort(buyers.begin(), buyers.end(), [&](index_t a, index_t b) {
        double const x = value(customers_[a]), y = value(customers_[b]);
        return x != y ? x < y : a < b;
      });
      std::size_t worse = 0;
      for (std::size_t k = 0; k != buyers.size(); ++k) {
        if (k != 0 && value(customers_[buyers[k]]) != value(customers_[buyers[k - 1]])) worse = k;
        customers_[buyers[k]].*score = static_cast<std::uint8_t>(1 + 5 * worse / buyers.size());
      }
    };
    rank([](rfm const& c) { return -c.recency; }, &rfm::recency_score);
    rank([](rfm const& c) { return c.frequency; }, &rfm::frequency_score);
    rank([](rfm const& c) { return c.monetary; }, &rfm::monetary_score);
    for (index_t const u : buyers)
      customers_[u].segment = rfm_segment_of(customers_[u].recency_score, customers_[u].frequency_score);
  }

  template <real T, class Value>
  void standardize(buffer<T>& out, std::size_t column, Value const& value) const {
    double count = 0, mean = 0, squares = 0;  // Welford, 1962
    for (rfm const& c : customers_) {
      if (!(c.frequency > 0)) continue;
      double const off = value(c) - mean;
      mean += off / ++count;
      squares += off * (value(c) - mean);
    }
    double const spread = count > 0 ? std::sqrt(squares / count) : 0;
    for (std::size_t u = 0; u != customers_.size(); ++u)
      if (customers_[u].frequency > 0 && spread > 0)
        out[u * 3 + column] = static_cast<T>((value(customers_[u]) - mean) / spread);
  }

  std::vector<rfm> customers_;
};

KINDRED_END
