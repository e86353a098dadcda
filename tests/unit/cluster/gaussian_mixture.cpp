// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/gaussian_mixture.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

using kindred::covariance_shape;
using kindred::gaussian_mixture;
using kindred::index_t;
using kindred::matrix_view;

static_assert(kindred::recipe<gaussian_mixture, matrix_view<float>>);
static_assert(kindred::recipe<gaussian_mixture, kindred::weighted_rows<matrix_view<double>>>);

namespace {

// Three clouds that lean in directions of their own and overlap.
template <class T>
support::table<T> leaning(index_t rows) {
  support::table<T> t{rows, 3, {}};
  for (index_t r = 0; r != rows; ++r) {
    kindred::random_stream own(5, r);
    auto const cloud = kindred::below(own, 10) < 5 ? 0u : kindred::below(own, 2) + 1;
    double const a = kindred::normal(own), b = kindred::normal(own), e = kindred::normal(own);
    double const x[3][3] = {
        {a, 2 * a + 0.5 * b, e}, {4 + 0.7 * b, a - b, 3 + 0.3 * e + a}, {-3 + a, 5 + b + 0.5 * e, e * 2}};
    for (double const v : x[cloud]) t.value.push_back(static_cast<T>(v));
  }
  return t;
}

// Expectation-maximization, read literally, in long double: the log likelihood after `epochs` steps from the labels given.
template <class T>
class twin {
public:
  twin(support::table<T> const& t, std::vector<T> const& weight, std::span<index_t const> label, index_t clusters,
       bool full)
      : t_(t), weight_(weight), full_(full), r_(clusters, std::vector<long double>(t.rows)) {
    for (index_t i = 0; i != t.rows; ++i) r_[label[i]][i] = 1;
  }

  double after(int epochs) {
    long double likelihood = 0;
    for (int epoch = 0; epoch != epochs; ++epoch) {
      std::vector<std::vector<long double>> score;
      for (auto const& own : r_) score.push_back(log_density(own));
      likelihood = 0;
      for (index_t i = 0; i != t_.rows; ++i) {
        long double sum = 0;
        for (auto const& s : score) sum += std::exp(s[i]);
        for (std::size_t c = 0; c != r_.size(); ++c) r_[c][i] = std::exp(score[c][i]) / sum;
        likelihood += weight(i) * std::log(sum);
      }
    }
    return static_cast<double>(likelihood);
  }

private:
  long double weight(index_t i) const { return weight_.empty() ? 1 : static_cast<long double>(weight_[i]); }
  long double at(index_t i, std::size_t j) const { return static_cast<long double>(t_.value[i * t_.columns + j]); }

  // log(share x density) of every row, for the cluster that is responsible for them so.
  std::vector<long double> log_density(std::vector<long double> const& own) const {
    std::size_t const d = t_.columns;
    long double mass = 0, all = 0;
    std::vector<long double> mean(d);
    for (index_t i = 0; i != t_.rows; ++i) {
      mass += weight(i) * own[i];
      all += weight(i);
      for (std::size_t j = 0; j != d; ++j) mean[j] += weight(i) * own[i] * at(i, j);
    }
    for (auto& m : mean) m /= mass;
    std::vector<std::vector<long double>> a(d, std::vector<long double>(2 * d));  // covariance, identity
    for (std::size_t j = 0; j != d; ++j) {
      a[j][d + j] = 1;
      for (std::size_t k = 0; k != d; ++k)
        for (index_t i = 0; i != t_.rows && (full_ || j == k); ++i)
          a[j][k] += weight(i) * own[i] * (at(i, j) - mean[j]) * (at(i, k) - mean[k]) / mass;
    }
    long double determinant = 1;  // Gauss and Jordan
    for (std::size_t p = 0; p != d; ++p) {
      long double const pivot = a[p][p];
      determinant *= pivot;
      for (auto& x : a[p]) x /= pivot;
      for (std::size_t q = 0; q != d; ++q)
        if (long double const f = a[q][p]; q != p)
          for (std::size_t k = 0; k != 2 * d; ++k) a[q][k] -= f * a[p][k];
    }
    std::vector<long double> out;
    for (index_t i = 0; i != t_.rows; ++i) {
      long double squares = 0;
      for (std::size_t j = 0; j != d; ++j)
        for (std::size_t k = 0; k != d; ++k) squares += (at(i, j) - mean[j]) * a[j][d + k] * (at(i, k) - mean[k]);
      out.push_back(std::log(mass / all) -
                    (squares + std::log(determinant) +
                     static_cast<long double>(d) * std::log(2 * std::numbers::pi_v<long double>)) /
                        2);
    }
    return out;
  }

  support::table<T> const& t_;
  std::vector<T> const& weight_;
  bool full_;
  std::vector<std::vector<long double>> r_;
};

}  // namespace

TEST_CASE_TEMPLATE("gaussian_mixture: one cluster by hand", T, float, double) {
  // 1, 3, 5, 7 have mean 4 and variance (9 + 1 + 1 + 9) / 4 = 5; the sum of (x - 4)^2 / 5 is 4, so that
  // the log likelihood is -4/2 (log(2 pi 5) + 1); bic adds 2 parameters: + 2 log 4, after doubling and turning its sign.
  support::table<T> const t{4, 1, {1, 3, 5, 7}};
  for (auto const shape : {covariance_shape::diagonal, covariance_shape::full}) {
    auto const done = kindred::fit(gaussian_mixture{.clusters = 1, .shape = shape, .floor = 0}, t.view());
    CHECK(done.model.center(0)[0] == doctest::Approx(4));
    CHECK(done.model.density(0).covariance(0, 0) == doctest::Approx(5));
    double const expected = -2 * (std::log(2 * std::numbers::pi * 5) + 1);
    CHECK(done.model.log_likelihood() == doctest::Approx(expected));
    CHECK(done.report.objective == done.model.log_likelihood());
    CHECK(done.model.bic() == doctest::Approx(-2 * expected + 2 * std::log(4.0)));
    CHECK(done.report.converged);
    CHECK(done.report.epochs == 2);  // the second sees that nothing is gained
  }
}

TEST_CASE_TEMPLATE("gaussian_mixture: expectation-maximization, read literally", T, float, double) {
  auto const t = leaning<T>(150);
  std::vector<T> weight;
  for (index_t i = 0; i != t.rows; ++i) weight.push_back(static_cast<T>(i % 4));
  for (auto const shape : {covariance_shape::diagonal, covariance_shape::full})
    for (bool const weighted : {false, true}) {
      std::vector<T> const own = weighted ? weight : std::vector<T>{};
      kindred::weighted_rows<matrix_view<T>> const data{t.view(), own};
      auto const start = kindred::fit(kindred::kmeans<>{.clusters = 3, .seed = 2}, data).model;
      twin<T> slow(t, own, start.labels(), 3, shape == covariance_shape::full);
      for (std::uint32_t const epochs : {1u, 4u}) {
        gaussian_mixture const how{
            .clusters = 3, .shape = shape, .epochs = epochs, .tolerance = 0, .floor = 0, .seed = 2};
        twin<T> again = slow;
        CHECK(kindred::fit(how, data).model.log_likelihood() ==
              doctest::Approx(again.after(static_cast<int>(epochs))).epsilon(1e-11));
      }
    }
}

// scikit-learn 1.2.1: GaussianMixture(3, reg_covar=0, tol=1e-14, max_iter=20000) on the same 400 rows. Clusters ordered by share.
TEST_CASE("gaussian_mixture: ends where scikit-learn's ends") {
  struct cluster {
    double share, mean[3], variance[2], covariance, probability;  // of columns 0, 2; of 0 with 1; of row 7
  };
  struct golden {
    covariance_shape shape;
    double log_likelihood, bic, aic, log_density;
    cluster of[3];
  };
  golden const goldens[] = {
      {covariance_shape::diagonal,
       -2320.2062470431674,
       4760.241785028495,
       4680.412494086335,
       -5.56440183,
       {{0.2138761485, {-3.054778276, 4.948099972, -0.004791293318}, {0.8536382196, 3.611606372}, 0, 1.1886941e-05},
        {0.2556490627, {4.074449438, 0.005600139695, 3.141489572}, {0.4564024913, 1.221617992}, 0, 1.6977373e-07},
        {0.5304747888, {-0.07999988061, -0.03941701626, 0.01860140646}, {0.9612394855, 1.072090205}, 0, 0.99998794}}},
      {covariance_shape::full,
       -1859.7365597091361,
       3893.225591284404,
       3777.4731194182723,
       -3.82285991,
       {{0.2225011103,
         {-2.996847311, 4.912079335, -0.03036284059},
         {0.9154964486, 3.508005577},
         0.09639906623,
         1.7441640e-06},
        {0.2574545395,
         {4.06222305, 0.01714807987, 3.135868607},
         {0.4752303489, 1.222554287},
         -0.6584879903,
         4.2358252e-09},
        {0.5200443502,
         {-0.06381929217, -0.1125970422, 0.02187093472},
         {0.9182876474, 1.056010196},
         1.899913704,
         0.99999825}}}};
  auto const t = leaning<double>(400);
  for (golden const& expected : goldens) {
    gaussian_mixture const how{
        .clusters = 3, .shape = expected.shape, .epochs = 1000, .tolerance = 1e-13, .floor = 0, .seed = 1};
    auto const model = kindred::fit(how, t.view()).model;
    CHECK(model.log_likelihood() == doctest::Approx(expected.log_likelihood).epsilon(1e-11));
    CHECK(model.bic() == doctest::Approx(expected.bic).epsilon(1e-11));
    CHECK(model.aic() == doctest::Approx(expected.aic).epsilon(1e-11));
    CHECK(model.log_density(t.view().row(7)) == doctest::Approx(expected.log_density).epsilon(1e-7));
    std::vector<double> probability(3);
    model.responsibilities(t.view().row(7), probability);
    for (cluster const& is : expected.of) {
      index_t c = 0;
      while (c != 2 && std::abs(model.share(c) - is.share) > 1e-4) ++c;
      auto const close = [](double a, double b) { return std::abs(a - b) < 2e-6; };
      CHECK(close(model.share(c), is.share));
      for (std::size_t j = 0; j != 3; ++j) CHECK(close(model.center(c)[j], is.mean[j]));
      CHECK(close(model.density(c).covariance(0, 0), is.variance[0]));
      CHECK(close(model.density(c).covariance(2, 2), is.variance[1]));
      CHECK(close(model.density(c).covariance(1, 0), is.covariance));
      CHECK(close(probability[c], is.probability));
    }
  }
}

TEST_CASE_TEMPLATE("gaussian_mixture: the likelihood rises, and labels are those of assign", T, float, double) {
  auto const t = leaning<T>(500);
  std::vector<double> heard;
  auto const done = kindred::fit(gaussian_mixture{.clusters = 5, .epochs = 12, .tolerance = 0, .floor = 0}, t.view(),
                                 kindred::sequential{}, [&](kindred::progress const& p) {
                                   heard.push_back(p.objective);
                                   return kindred::flow::proceed;
                                 });
  CHECK(heard.size() == 12);
  for (std::size_t k = 1; k < heard.size(); ++k) CHECK(heard[k] > heard[k - 1] - 1e-9);
  CHECK_FALSE(done.report.converged);
  std::vector<index_t> again(500);
  done.model.assign(t.view(), std::span<index_t>(again));
  CHECK(again == std::vector<index_t>(done.model.labels().begin(), done.model.labels().end()));
  CHECK(done.model.occupied() == 5);
}

TEST_CASE_TEMPLATE("gaussian_mixture: the same bits on any number of threads, far from zero as near it", T, float,
                   double) {
  auto const t = support::clouds<T>(3500, 2, 4, 1, 5);
  gaussian_mixture const how{.clusters = 4, .epochs = 3, .tolerance = 0, .seed = 1};
  auto const expected = kindred::fit(how, t.view()).model;
  CHECK(kindred::fit(how, t.view(), support::reversed{}).model == expected);
  for (std::size_t const threads : {2u, 3u}) {
    kindred::thread_pool pool(threads);
    CHECK(kindred::fit(how, t.view(), pool).model == expected);
  }
  auto far = support::clouds<T>(300, 2, 3, 1, 9);
  auto const near_by = kindred::fit(how, far.view()).model.log_likelihood();
  for (T& x : far.value) x = x + T{4096};
  CHECK(kindred::fit(how, far.view()).model.log_likelihood() == doctest::Approx(near_by).epsilon(1e-4));
}

TEST_CASE_TEMPLATE("gaussian_mixture: data that nobody wishes for", T, float, double) {
  // Two different rows, four clusters: two stay without rows and without a share, nothing is NaN.
  support::table<T> const twins{6, 2, {1, 2, 1, 2, 3, 3, 1, 2, 3, 3, 1, 2}};
  auto const two = kindred::fit(gaussian_mixture{.clusters = 4}, twins.view()).model;
  CHECK(two.occupied() == 2);
  CHECK(two.labels()[0] != two.labels()[2]);
  double shares = 0;
  for (index_t c = 0; c != 4; ++c) shares += two.share(c);
  CHECK(shares == doctest::Approx(1));
  CHECK(kindred::is_finite(two.log_likelihood()));
  std::vector<double> probability(4);
  std::vector<T> const far{T{1e30f}, T{-1e30f}};
  two.responsibilities(far, probability);
  CHECK(probability[0] + probability[1] + probability[2] + probability[3] == doctest::Approx(1));
  // One row only; rows that are all alike; a constant column.
  support::table<T> const one{1, 2, {5, 6}};
  CHECK(kindred::fit(gaussian_mixture{.clusters = 1}, one.view()).model.center(0)[1] == doctest::Approx(6));
  support::table<T> constant = support::clouds<T>(60, 2, 2, 1, 3);
  for (std::size_t i = 0; i != 60; ++i) constant.value[2 * i] = T{7};
  for (auto const shape : {covariance_shape::diagonal, covariance_shape::full}) {
    auto const model = kindred::fit(gaussian_mixture{.clusters = 2, .shape = shape}, constant.view()).model;
    CHECK(model.density(0).covariance(0, 0) == doctest::Approx(1e-6));
    CHECK(kindred::is_finite(model.log_likelihood()));
    using support::error_of;
    auto const e = error_of([&] {
      static_cast<void>(kindred::fit(gaussian_mixture{.clusters = 2, .shape = shape, .floor = 0}, constant.view()));
    });
    CHECK(e.kind() == kindred::error_kind::numeric);
    CHECK(support::says(e, "column 0"));
  }
  auto const refused = [](gaussian_mixture const& how, support::table<T> const& t, char const* what) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, t.view())); });
    CHECK(support::says(e, what));
  };
  support::table<T> broken = twins;
  broken.value[3] = std::numeric_limits<T>::quiet_NaN();
  refused({.clusters = 2}, broken, "number 1 of row 1");
  refused({.clusters = 7}, twins, "clusters = 7 for 6 rows");
  refused({}, support::table<T>{0, 2, {}}, "no rows");
  refused({.clusters = 0}, twins, "clusters = 0");
  refused({.epochs = 0}, twins, "epochs = 0");
  refused({.tolerance = -1}, twins, "tolerance");
  refused({.floor = -1}, twins, "floor");
}
