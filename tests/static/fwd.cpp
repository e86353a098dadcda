// SPDX-License-Identifier: BSL-1.0
//
// What fwd.hpp declares is what the headers define: the same names, kinds and constraints.
#include <kindred/fwd.hpp>

// Enough for an interface: nothing is defined yet.
kindred::any_scorer<float> make_recommender(kindred::ratings<float> const& ratings, kindred::random_stream& random);
void describe(kindred::item_knn<kindred::cosine, kindred::bias_als, kindred::weighted_mean> const& how,
              kindred::error_kind kind);

#include <kindred/data/k_fold.hpp>
#include <kindred/data/leave_one_out.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/data/statistics.hpp>
#include <kindred/data/time_split.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/evaluate/threshold_accuracy.hpp>
#include <kindred/kindred.hpp>

// Now everything is: sizeof refuses a type that is declared only.
template <class... Type>
constexpr bool defined = ((sizeof(Type) != 0) && ...);

static_assert(defined<kindred::error_kind, kindred::error, kindred::buffer<double>>);
static_assert(defined<kindred::sense, kindred::comparison_traits, kindred::unchecked_t, kindred::sparse_row<float>,
                      kindred::csr_view<float>, kindred::matrix_view<double>>);
static_assert(defined<kindred::flow, kindred::progress, kindred::silent, kindred::sequential, kindred::chunk,
                      kindred::fit_report, kindred::fitted<int>, kindred::random_stream>);
static_assert(defined<kindred::evidence_kind, kindred::scored_item<float>, kindred::evidence<float>,
                      kindred::explanation<double>>);
static_assert(defined<kindred::on_duplicate, kindred::population, kindred::rating<float>, kindred::rating_table<double>,
                      kindred::ratings<float>, kindred::csr<float>, kindred::dictionary<kindred::user_id>,
                      kindred::rating_statistics, kindred::k_fold, kindred::leave_one_out, kindred::leave_last_out,
                      kindred::random_holdout, kindred::since, kindred::time_split, kindred::user_time_split,
                      kindred::rolling_windows, kindred::cold_users, kindred::cold_items>);
static_assert(defined<kindred::row_store<float>, kindred::term_weighting, kindred::term_counting,
                      kindred::number_settings, kindred::category_settings, kindred::tag_settings,
                      kindred::text_settings, kindred::vector_settings, kindred::feature_name,
                      kindred::feature_table<kindred::user_id>, kindred::features<float, kindred::item_id>>);
static_assert(defined<kindred::row_sums, kindred::product_sum, kindred::shared_count, kindred::contingency,
                      kindred::asymmetric_cosine, kindred::constrained_pearson, kindred::cosine, kindred::dice,
                      kindred::jaccard, kindred::lift, kindred::log_likelihood, kindred::mean_squared_difference,
                      kindred::mutual_information, kindred::normalized_mutual_information, kindred::overall_pearson,
                      kindred::overlap, kindred::pearson, kindred::random_walk, kindred::shared_cosine,
                      kindred::tanimoto, kindred::tversky, kindred::weighted_jaccard>);
static_assert(defined<kindred::bm25, kindred::centered_columns, kindred::column_degree, kindred::inverse_frequency,
                      kindred::powered, kindred::row_ranks, kindred::tf_idf, kindred::time_decay,
                      kindred::less_base<kindred::user_mean>>);
static_assert(defined<kindred::angle_unit, kindred::angular, kindred::bray_curtis, kindred::canberra,
                      kindred::chebyshev, kindred::correlation, kindred::cosine_distance, kindred::dot_product,
                      kindred::euclidean, kindred::hamming, kindred::hamming_bits, kindred::haversine,
                      kindred::hellinger, kindred::jensen_shannon, kindred::mahalanobis<float>, kindred::manhattan,
                      kindred::minkowski, kindred::product_bound<float>, kindred::squared_euclidean>);
static_assert(defined<kindred::squared_loss, kindred::l2, kindred::unregularized, kindred::constant_rate,
                      kindred::inverse_rate, kindred::normal_initializer, kindred::strata<float>>);
static_assert(
    defined<kindred::constant, kindred::user_mean, kindred::item_mean, kindred::popularity, kindred::bias_als,
            kindred::bias_sgd<>, kindred::constant_model<float>, kindred::mean_model<double, kindred::item_id>,
            kindred::popularity_model<float>, kindred::bias_model<float>>);
static_assert(defined<kindred::neighbor_limits, kindred::neighbor<float>, kindred::neighbor_lists<float>,
                      kindred::item_knn<>, kindred::user_knn<>>);
static_assert(defined<kindred::as_given, kindred::above_own_mean>);
static_assert(defined<kindred::sgd<>, kindred::factor_model<double>, kindred::factor_view<float>, kindred::als<>,
                      kindred::implicit_als<>>);
static_assert(defined<kindred::ease, kindred::item_weights<float>, kindred::live_als<>, kindred::constant_confidence,
                      kindred::linear_confidence, kindred::log_confidence>);
static_assert(
    defined<kindred::logistic_loss, kindred::hinge_loss, kindred::squared_hinge_loss, kindred::poisson_loss,
            kindred::linear_penalty, kindred::newton, kindred::proximal_newton, kindred::lbfgs, kindred::dual_descent,
            kindred::softmax_regression, kindred::adversarial_regression, kindred::hashing, kindred::ftrl_rates,
            kindred::example_table<float>, kindred::hashed_row<float>, kindred::softmax_model<double>>);
static_assert(defined<kindred::generalized_linear<kindred::logistic_loss, kindred::newton>,
                      kindred::ftrl<kindred::logistic_loss>, kindred::ftrl_learner<float, kindred::logistic_loss>,
                      kindred::linear_model<float, kindred::logistic_loss>>);
static_assert(defined<kindred::all_items, kindred::unseen, kindred::allowed, kindred::any_scorer<float>,
                      kindred::any_predictor<double>>);
static_assert(
    defined<kindred::rating_scale, kindred::rating_accuracy, kindred::threshold_accuracy, kindred::ranking_protocol,
            kindred::ranking_means<3>, kindred::precision_at, kindred::recall_at, kindred::hit_rate_at,
            kindred::ndcg_at, kindred::average_precision_at, kindred::reciprocal_rank_at, kindred::liked_items,
            kindred::offered_lists, kindred::estimate, kindred::bootstrap, kindred::test_outcome,
            kindred::paired_comparison, kindred::ranking_estimates, kindred::rating_estimates, kindred::errors_by_user,
            kindred::item_shares, kindred::novelty, kindred::popularity_complement, kindred::tail_share,
            kindred::serendipity, kindred::catalog_use, kindred::group_means, kindred::group_exposure,
            kindred::sampled_protocol, kindred::sampled_ranking, kindred::contest_settings, kindred::attention,
            kindred::gain, kindred::interval_kind, kindred::mix_divergence, kindred::spread, kindred::test_kind,
            kindred::permutation_settings, kindred::paired_settings, kindred::contestant, kindred::contest<float>,
            kindred::goal, kindred::search_space, kindred::search_point, kindred::search_trial, kindred::search_log,
            kindred::search_run, kindred::search_result, kindred::grid_search, kindred::random_search,
            kindred::successive_halving>);
