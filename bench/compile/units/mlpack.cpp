// SPDX-License-Identifier: BSL-1.0

// The same program as pipeline.cpp by mlpack 4: regularized SVD of ratings that are at hand, and what it recommends.
#include <mlpack/methods/cf/cf.hpp>

#include <cstdio>

int main() {
  arma::mat ratings(3, 1000);
  for (arma::uword k = 0; k != 1000; ++k) {
    ratings(0, k) = double(k % 37);
    ratings(1, k) = double(k % 41);
    ratings(2, k) = double(k % 5 + 1);
  }
  mlpack::CFType<mlpack::RegSVDPolicy> model(ratings, mlpack::RegSVDPolicy(20), 5, 10);
  arma::Mat<size_t> best;
  model.GetRecommendations(10, best);
  for (arma::uword k = 0; k != 10; ++k) std::printf("%zu\n", best(k, 0));
}
