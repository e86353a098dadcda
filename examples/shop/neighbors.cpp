// SPDX-License-Identifier: BSL-1.0

#include "contestants.hpp"

#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/user_knn.hpp>

contestant user_neighbors() { return entrant("user k-NN", kindred::user_knn<>{}); }

contestant item_neighbors() { return entrant("item k-NN", kindred::item_knn<>{}); }
