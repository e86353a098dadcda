// SPDX-License-Identifier: BSL-1.0

#include "answers.hpp"

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/testing/categories.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

using kindred::item_id;
using kindred::user_id;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 8> code{};
      std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(c));
      out += code.data();
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return text.data();
}

// ["a","b"] of whatever `each` makes of the elements.
template <class Range, class Each>
std::string list(Range const& range, Each const& each) {
  std::string out = "[";
  for (auto const& one : range) {
    if (out.size() != 1) out += ',';
    out += each(one);
  }
  return out + ']';
}

std::string product(catalog const& shop, item_id item, std::string const& more) {
  auto const& p = shop.world.products[to_index(item)];
  return "{\"item\":" + std::to_string(to_index(item)) + ",\"name\":" + quoted(p.name) +
         ",\"about\":" + quoted(p.description) + ",\"price\":" + number(p.price) + more + '}';
}

bool has(bought const& all, user_id user, item_id item) {
  auto const row = all.of(user);
  return kindred::position_of(row.index, to_index(item)) != row.size();
}

// Friends who have it, two at most.
std::vector<user_id> friends_with(catalog const& shop, bought const& all, user_id user, item_id item) {
  std::vector<user_id> found;
  for (user_id const f : shop.friends.of(user)) {
    if (found.size() == 2) break;
    if (has(all, f, item)) found.push_back(f);
  }
  return found;
}

// The strongest reason of what is bought, the friends, or that everybody buys it.
std::vector<std::string> reasons(catalog const& shop, shop_model const& model, user_id user, item_id item,
                                 std::span<item_id const> more) {
  std::vector<std::string> out;
  std::array<kindred::evidence<float>, 1> strongest;
  for (item_id const extra : more) {
    auto const word = model.similar().words().row(to_index(extra));
    if (out.empty() && kindred::position_of(word.index, to_index(item)) != word.size())
      out.push_back("if you buy " + std::string(shop.world.product_name(extra)));
  }
  if (model.similar().explain(user, item, strongest).count != 0 && strongest[0].share > 0)
    out.push_back("because you bought " + std::string(shop.world.product_name(item_id{strongest[0].id})));
  for (user_id const f : friends_with(shop, model.have, user, item))
    out.push_back("because your friend " + std::string(shop.world.person_name(f)) + " has it");
  if (out.empty()) out.push_back("because many people buy it");
  return out;
}

}  // namespace

std::string recommend(catalog const& shop, shop_model const& model, std::uint64_t version, user_id user,
                      std::span<item_id const> more) {
  std::array<kindred::scored_item<float>, 10> best;
  auto const fresh = [&](item_id i) { return std::find(more.begin(), more.end(), i) == more.end(); };
  auto const shelf = kindred::where(kindred::unseen(model.have, user), fresh);
  std::size_t const count = more.empty() ? kindred::top_n(model.recommender, user, shelf, best)
                                         : kindred::top_n(what_if(model, more), user, shelf, best);
  return "{\"version\":" + std::to_string(version) + ",\"name\":" + quoted(shop.world.person_name(user)) +
         ",\"bought\":" + std::to_string(model.have.of(user).size()) + ",\"items\":" +
         list(std::span(best).first(count),
              [&](auto const& one) {
                return product(shop, one.item,
                               ",\"score\":" + number(static_cast<double>(one.value)) +
                                   ",\"reasons\":" + list(reasons(shop, model, user, one.item, more), quoted));
              }) +
         '}';
}

std::string similar(catalog const& shop, shop_model const& model, item_id item) {
  auto const word = model.similar().words().row(to_index(item));
  std::vector<kindred::scored_item<float>> all;
  for (std::size_t k = 0; k != word.size(); ++k) all.push_back({item_id{word.index[k]}, word.value[k]});
  std::stable_sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.value > b.value; });
  all.resize((std::min)(all.size(), std::size_t{6}));
  return "{\"name\":" + quoted(shop.world.product_name(item)) + ",\"items\":" +
         list(all,
              [&](auto const& one) {
                return product(shop, one.item, ",\"similarity\":" + number(static_cast<double>(one.value)));
              }) +
         '}';
}

std::string explain(catalog const& shop, shop_model const& model, user_id user, item_id item) {
  std::array<kindred::evidence<float>, 5> strongest;
  auto const why = model.similar().explain(user, item, strongest);
  return "{\"name\":" + quoted(shop.world.product_name(item)) + ",\"bought\":" +
         list(std::span(strongest).first(why.count),
              [&](auto const& one) {
                return product(shop, item_id{one.id}, ",\"share\":" + number(static_cast<double>(one.share)));
              }) +
         ",\"friends\":" +
         list(friends_with(shop, model.have, user, item),
              [&](user_id f) { return quoted(shop.world.person_name(f)); }) +
         '}';
}

std::string people(catalog const& shop) {
  auto const first = std::span(shop.world.people).first((std::min)(shop.world.people.size(), std::size_t{100}));
  return list(first, [](auto const& p) { return quoted(p.name); });
}

std::string status(catalog const& shop, std::size_t events, std::uint64_t version) {
  return "{\"events\":" + std::to_string(events) + ",\"version\":" + std::to_string(version) +
         ",\"people\":" + std::to_string(shop.size().users) + ",\"products\":" + std::to_string(shop.size().items) +
         '}';
}
