// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/cluster_agreement.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::index_t;

namespace {

using labels = std::vector<index_t>;

// As in the test of cluster_quality.
labels const three_of_twelve{0, 1, 1, 2, 2, 1, 1, 0, 1, 1, 2, 2};
labels const four_of_twelve{0, 0, 1, 1, 2, 2, 0, 1, 2, 3, 3, 0};

}  // namespace

TEST_CASE("cluster agreement: by hand, the figures of scikit-learn 1.2, and corners") {
  // Pairs: {0, 1} against {0} {1}: of six, first 2, second 1, both 1; chance 1/3, most 3/2.
  CHECK(kindred::adjusted_rand(labels{0, 0, 1, 1}, labels{7, 7, 2, 9}) ==
        doctest::Approx((1 - 1 / 3.0) / (1.5 - 1 / 3.0)));
  CHECK(std::abs(kindred::adjusted_rand(three_of_twelve, four_of_twelve) - -0.17721518987341772) < 1e-9);
  CHECK(std::abs(kindred::label_information(three_of_twelve, four_of_twelve) - 0.09751447783206117) < 1e-9);
  CHECK(kindred::adjusted_rand(labels{1, 1, 0}, labels{4, 4, 9}) == 1);
  CHECK(kindred::label_information(labels{1, 1, 0}, labels{4, 4, 9}) == doctest::Approx(1));
  CHECK(kindred::adjusted_rand(labels{1}, labels{4}) == 1);
  CHECK(kindred::adjusted_rand(labels{}, labels{}) == 1);
  CHECK(kindred::label_information(labels{1, 1}, labels{2, 2}) == 1);
  CHECK(kindred::label_information(labels{1, 1}, labels{2, 3}) == 0);
  CHECK(support::says(support::error_of([] { static_cast<void>(kindred::adjusted_rand(labels{1}, labels{})); }),
                      "1 and of 0 rows"));
}
