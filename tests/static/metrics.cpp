// SPDX-License-Identifier: BSL-1.0
//
// Every distance models what it claims, for float and double, and nothing more.
#include <kindred/metric/angular.hpp>
#include <kindred/metric/bray_curtis.hpp>
#include <kindred/metric/canberra.hpp>
#include <kindred/metric/chebyshev.hpp>
#include <kindred/metric/column_weighted.hpp>
#include <kindred/metric/correlation.hpp>
#include <kindred/metric/cosine_distance.hpp>
#include <kindred/metric/dot_product.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/metric/hamming.hpp>
#include <kindred/metric/hamming_bits.hpp>
#include <kindred/metric/haversine.hpp>
#include <kindred/metric/hellinger.hpp>
#include <kindred/metric/jensen_shannon.hpp>
#include <kindred/metric/mahalanobis.hpp>
#include <kindred/metric/manhattan.hpp>
#include <kindred/metric/minkowski.hpp>
#include <kindred/metric/squared_euclidean.hpp>
#include <kindred/view/row.hpp>

#include <type_traits>

using namespace kindred;

namespace {

template <class M>
constexpr bool compares_dense_rows = comparison<M, dense_row<float>> && comparison<M, dense_row<double>> &&
                                     !comparison<M, sparse_row<float>> && !comparison<M, int>;
template <class M>
constexpr bool is_metric = compares_dense_rows<M> && metric<M, dense_row<float>> && metric<M, dense_row<double>>;
template <class M>
constexpr bool is_distance = compares_dense_rows<M> && distance<M, dense_row<float>> && !metric<M, dense_row<float>> &&
                             !metric<M, dense_row<double>>;

static_assert(is_metric<euclidean> && is_metric<manhattan> && is_metric<chebyshev> && is_metric<minkowski>);
static_assert(is_metric<canberra> && is_metric<hamming> && is_metric<hellinger> && is_metric<jensen_shannon>);
static_assert(is_metric<angular> && is_metric<haversine>);
static_assert(is_distance<squared_euclidean> && is_distance<bray_curtis> && is_distance<cosine_distance>);
static_assert(is_distance<correlation>);
static_assert(compares_dense_rows<dot_product> && similarity<dot_product, dense_row<float>>);
static_assert(metric<hamming_bits, bit_row> && !comparison<hamming_bits, dense_row<double>>);

template <class M>
constexpr bool is_elementwise = elementwise<M, float> && elementwise<M, double> && !elementwise<M, int>;
template <class M>
constexpr bool is_monotone = is_elementwise<M> && monotone_elementwise<M, float> && monotone_elementwise<M, double>;
template <class M>
constexpr bool is_of_products = of_products<M, float> && of_products<M, double>;

static_assert(is_monotone<euclidean> && is_monotone<squared_euclidean> && is_monotone<manhattan>);
static_assert(is_monotone<chebyshev> && is_monotone<minkowski> && is_monotone<canberra> && is_monotone<hamming>);
static_assert(is_monotone<hellinger> && is_monotone<jensen_shannon>);
static_assert(is_elementwise<bray_curtis> && !is_monotone<bray_curtis>);
static_assert(is_elementwise<cosine_distance> && !is_monotone<cosine_distance>);
static_assert(is_elementwise<dot_product> && !is_monotone<dot_product>);
static_assert(!elementwise<angular, float> && !elementwise<correlation, float> && !elementwise<haversine, float>);

static_assert(is_of_products<euclidean> && is_of_products<squared_euclidean> && is_of_products<cosine_distance>);
static_assert(is_of_products<angular> && is_of_products<dot_product>);
static_assert(!of_products<manhattan, float> && !of_products<correlation, float>);

static_assert(metric<mahalanobis<float>, dense_row<float>> && !comparison<mahalanobis<float>, dense_row<double>>);
static_assert(metric<column_weighted<euclidean, float>, dense_row<float>>);
static_assert(distance<column_weighted<bray_curtis, double>, dense_row<double>> &&
              !metric<column_weighted<bray_curtis, double>, dense_row<double>>);
static_assert(!std::is_convertible_v<dense_row<float>, column_weighted<euclidean, float>>);

// Without settings they weigh nothing, and with some they are still values.
static_assert(std::is_empty_v<euclidean> && std::is_empty_v<angular> && std::is_empty_v<correlation>);
static_assert(std::is_trivially_copyable_v<minkowski> && std::is_trivially_copyable_v<haversine>);

}  // namespace
