// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "event_store.hpp"
#include "shop_model.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

// What the service says, as JSON. Each answer is made by one model from its first byte to its last.

// Ten products for a user - if they had bought `more` as well - each with its reasons.
[[nodiscard]] std::string recommend(catalog const& shop, shop_model const& model, std::uint64_t version,
                                    kindred::user_id user, std::span<kindred::item_id const> more);

// Products that the same people buy.
[[nodiscard]] std::string similar(catalog const& shop, shop_model const& model, kindred::item_id item);

// Why a product would be recommended to a user: what of theirs speaks for it and how much, and which friends have it.
[[nodiscard]] std::string explain(catalog const& shop, shop_model const& model, kindred::user_id user,
                                  kindred::item_id item);

// The first hundred people, to choose from, and what the service is at.
[[nodiscard]] std::string people(catalog const& shop);
[[nodiscard]] std::string status(catalog const& shop, std::size_t events, std::uint64_t version);
