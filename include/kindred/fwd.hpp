// SPDX-License-Identifier: BSL-1.0
#pragma once

// The types of the algorithm layers, declared: for headers of yours that mention them in signatures and pointers. Never
// declare them by hand: the namespace has a tag inside.
//
// Default template arguments stay at the definitions, so write sgd<squared_loss, l2, inverse_rate, normal_initializer>,
// or include <kindred/factor/sgd.hpp> and write sgd<>. Not here are functions, concepts, and templates that are
// constrained by a concept of an upper room (weighted, fallback, where, shrunk, the k-NN models, content, cross_validation): a
// constraint cannot be declared, and the headers of those concepts cost what this one saves. What is worth passing
// through an interface is any_scorer, which is here.

#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

KINDRED_BEGIN

// core
enum class error_kind : std::uint8_t;
class error;
template <class T>
  requires std::is_trivially_copyable_v<T>
class buffer;
class foreign_memory;
class scratch;
struct stored_format;
class blank;

// view
enum class sense : bool;
struct comparison_traits;
struct unchecked_t;
template <real T>
struct sparse_row;
template <real T>
class csr_view;
template <real T>
class matrix_view;

// run
enum class flow : bool;
struct progress;
struct silent;
struct sequential;
struct chunk;
struct fit_report;
template <class M>
struct fitted;
class random_stream;

// score
enum class evidence_kind : std::uint8_t;
template <real T>
struct scored_item;
template <real T>
struct evidence;
template <real T>
struct explanation;

// data
enum class on_duplicate : std::uint8_t;
struct population;
template <real T>
struct rating;
template <real T>
struct rating_table;
template <real T>
class ratings;
template <real T>
class csr;
template <real T>
class example_table;
template <entity_id Id, class Key>
class dictionary;
template <real T>
class row_store;
enum class term_weighting : std::uint8_t;
enum class term_counting : std::uint8_t;
struct number_settings;
struct category_settings;
struct tag_settings;
struct text_settings;
struct vector_settings;
struct feature_name;
template <entity_id Id>
class feature_table;
template <real T, entity_id Id>
class features;
class column_fields;
struct rating_statistics;
struct k_fold;
struct leave_one_out;
struct leave_last_out;
struct random_holdout;
template <real T>
struct scored_examples;
struct since;
struct time_split;
struct user_time_split;
struct rolling_windows;
struct cold_users;
struct cold_items;

// metric
enum class angle_unit : std::uint8_t;
struct angular;
struct bray_curtis;
struct canberra;
struct chebyshev;
struct correlation;
struct cosine_distance;
struct dot_product;
struct euclidean;
struct hamming;
struct hamming_bits;
struct haversine;
struct hellinger;
struct jensen_shannon;
template <real T>
class mahalanobis;
struct manhattan;
struct minkowski;
template <real T>
struct product_bound;
struct squared_euclidean;

// similarity
struct row_sums;
struct product_sum;
struct shared_count;
struct contingency;
struct asymmetric_cosine;
struct constrained_pearson;
struct cosine;
struct dice;
struct jaccard;
struct lift;
struct log_likelihood;
struct mean_squared_difference;
struct mutual_information;
struct normalized_mutual_information;
struct overall_pearson;
struct overlap;
struct pearson;
struct random_walk;
struct shared_cosine;
struct tanimoto;
struct tversky;
struct weighted_jaccard;
struct bm25;
struct centered_columns;
struct column_degree;
struct inverse_frequency;
struct powered;
struct row_ranks;
struct tf_idf;
struct time_decay;
template <class Base>
struct less_base;

// solve
struct squared_loss;
struct absolute_loss;
struct huber_loss;
struct logistic_loss;
struct hinge_loss;
struct squared_hinge_loss;
struct poisson_loss;
struct l2;
struct unregularized;
struct l1;
struct elastic_net;
struct group_penalty;
template <class Base>
struct frequency_scaled;
struct constant_rate;
struct inverse_rate;
struct bold_driver;
struct adagrad;
struct adam;
struct normal_initializer;
template <class Loss>
struct pairwise;
template <class Loss>
struct pointwise;
struct warp_loss;
struct sampled_softmax;
struct cosine_contrastive;
template <class Loss>
struct of_cosines;
struct uniform_negatives;
struct popular_negatives;
class alias_table;
template <real T>
class strata;
template <real T>
class user_batches;
template <real T>
class ranking_strata;

// baseline
struct constant;
struct user_mean;
struct item_mean;
struct overall_mean;
struct user_z_score;
struct item_z_score;
struct popularity;
struct bias_als;
template <class Loss, class Regularizer, class Schedule>
struct bias_sgd;
template <real T>
class constant_model;
template <real T, entity_id Side>
class mean_model;
template <real T>
class popularity_model;
template <real T>
class bias_model;

// neighbor
struct neighbor_limits;
struct weighted_mean;
struct weighted_median;
struct weighted_sum;
template <real T>
struct neighbor;
template <real T>
class neighbor_lists;
template <class Similarity, class Base, class Aggregate>
struct item_knn;
template <class Similarity, class Base, class Aggregate>
struct user_knn;
template <class Similarity>
struct implicit_item_knn;
template <class Similarity>
struct implicit_user_knn;
struct ridge_neighbors;
struct rp3_beta;
struct user_walk;
template <class Knn>
struct live_knn;
template <class Base>
struct slope_one;

// content
struct as_given;
struct above_own_mean;

// factor
template <class Loss, class Regularizer, class Schedule, class Initializer>
struct sgd;
template <class Loss, class Regularizer, class Schedule, class Initializer>
struct svdpp;
template <class Loss, class Regularizer, class Schedule, class Initializer>
struct asymmetric_svd;
template <real T>
struct sgd_checkpoint;
template <real T, class Terms>
struct composed_checkpoint;
template <real T, class Model>
struct descent_checkpoint;
template <real T, class Loss, class Model>
struct machine_checkpoint;
template <class Training>
struct early_stop_checkpoint;
struct co_clustering_checkpoint;
template <class How>
struct hogwild_sgd;
template <class Recipe, class Split>
struct early_stop;
template <class Loss, class Sampler, class Regularizer, class Schedule, class Initializer>
struct ranking_sgd;
template <class Solver, class Initializer>
struct als;
template <class Solver, class Confidence, class Initializer>
struct implicit_als;
struct ease;
struct slim;
template <real T>
class sparse_item_weights;
template <real T>
class item_weights;
template <class How>
struct live_als;
template <real T, class How>
class live_factor_model;
template <class How>
struct live_factors;
template <real T>
class live_rating_model;
struct constant_confidence;
struct linear_confidence;
struct log_confidence;
struct of_ratings;
struct of_preferences;
template <class Regularizer, class Initializer>
struct ccd;
struct nmf;
template <real T>
class nmf_model;
template <class Base>
struct time_aware;
template <real T>
class timed_factor_model;
enum class taste : bool;
struct trust;
template <class Base>
struct with_friends;
class trust_links;
struct social_mf;
struct so_rec;
template <class Term, class How>
struct social_sgd;
template <real T, class Scale>
class factor_model;
template <real T, class Scale>
class factor_view;
struct co_clustering;
template <real T>
class co_cluster_model;
template <class Loss, class Regularizer, class Schedule, class Initializer>
struct factorization_machine;
template <class Loss, class Regularizer, class Schedule, class Initializer>
struct field_aware_machine;
template <real T, class Loss>
class interaction_model;
template <real T, class Loss>
class field_interaction_model;
template <real T>
struct interaction_effect;
template <real T, class Machine>
struct feature_factorization;

// cluster
enum class closeness : std::uint8_t;
enum class covariance_shape : std::uint8_t;
enum class empty_cluster : std::uint8_t;
enum class medoid_start : std::uint8_t;
enum class medoid_swaps : std::uint8_t;
enum class update_rule : std::uint8_t;
struct average_linkage;
struct cluster_count_figures;
struct cluster_count_settings;
struct cluster_merge;
struct complete_linkage;
struct gaussian_mixture;
struct greedy_kmeans_plus_plus;
struct kmeans_parallel;
struct kmeans_plus_plus;
struct kmedians;
struct mini_batch_kmeans;
struct random_rows;
struct rehearsal;
struct segment_profile;
struct segment_trait;
struct single_linkage;
struct ward_linkage;
template <class Initial>
struct kmeans;
template <class Initial>
struct spherical_kmeans;
template <class Linkage, class Distance>
struct agglomerative;
template <class Distance>
struct kmedoids;
template <class Rows, class Distance>
class medoid_clustering;
template <real T>
class clustering;
template <real T>
class cluster_stream;
template <real T>
class soft_clustering;
class normal_density;
class dendrogram;
enum class rfm_segment : std::uint8_t;
struct rfm;
class rfm_profile;

// graph
enum class node_id : index_t;
enum class relation_id : index_t;
enum class step_id : index_t;
enum class linked_pairs : std::uint8_t;
struct triple;
class knowledge_graph;
struct relation_statistics;
class meta_path;
class entity_links;
class personalized_pagerank;
class whole_pagerank;
class free_walk;
enum class hidden : std::uint8_t;
struct weighted_path;
struct path_reason;
struct path_reasons;
struct walked_fact;
struct uniform_steps;
struct random_steps;
struct rp3_beta_steps;
struct inverse_frequency_steps;
struct confident_steps;
struct fading_steps;
struct path_rule;
struct rule_counts;
struct rule_limits;
struct rule_sampling;
class rule_set;
enum class rule_family : std::uint8_t;
struct rule_evidence;
class rule_features;
struct laplace;
struct wilson_lower;
template <std::size_t Count>
struct noisy_or_top;
template <std::size_t Path, std::size_t OwnFacts, std::size_t AlikeAnswers, std::size_t LongPath>
struct noisy_or_by_family;
struct max_plus;
struct noisy_or;

// linear
struct linear_penalty;
struct newton;
struct proximal_newton;
struct lbfgs;
struct dual_descent;
struct owlqn;
struct saga;
struct group_lasso;
struct softmax_regression;
struct adversarial_regression;
template <real T>
struct pair_features;
template <real T, class Loss>
class feature_model;
template <real T, class Linear>
struct feature_regression;
template <real T>
class softmax_model;
struct hashing;
template <real T>
class hashed_row;
struct ftrl_rates;
template <class Loss, class Solver>
struct generalized_linear;
template <class Loss>
struct ftrl;
template <real T, class Loss>
class ftrl_learner;
template <real T, class Loss>
class linear_model;
struct platt;
struct temperature;
struct isotonic;
struct beta_calibration;
struct undersampled;
struct sigmoid_curve;
struct beta_curve;
class rising_curve;

// compose
struct all_items;
class unseen;
struct allowed;
template <real T>
class any_scorer;
template <real T>
class any_predictor;
template <real T>
class recommendation_lists;
template <real T>
struct min_max_scale;
template <real T>
struct z_scale;
template <real T>
struct rank_scale;
struct score_sample;
class history_levels;
template <real T>
class item_worth;
template <real T>
class seen_in;
template <real T>
struct alike_by_vectors;
struct mmr;
struct dpp;
template <class Blend, class... Recipes>
class stacking;

// evaluate
struct rating_scale;
struct rating_accuracy;
struct threshold_accuracy;
struct probability_accuracy;
struct reliability_bin;
struct confusion;
struct link_accuracy;
struct ranking_protocol;
struct ranking_accuracy;
template <std::size_t Count>
struct ranking_means;
struct precision_at;
struct recall_at;
struct hit_rate_at;
struct ndcg_at;
struct average_precision_at;
struct reciprocal_rank_at;
class liked_items;
class offered_lists;
enum class attention : std::uint8_t;
enum class gain : std::uint8_t;
enum class interval_kind : std::uint8_t;
enum class mix_divergence : std::uint8_t;
enum class spread : std::uint8_t;
enum class test_kind : std::uint8_t;
struct estimate;
struct bootstrap;
struct permutation_settings;
struct paired_settings;
struct test_outcome;
struct paired_comparison;
struct ranking_estimates;
struct rating_estimates;
struct errors_by_user;
class item_shares;
class novelty;
class popularity_complement;
class tail_share;
class serendipity;
struct catalog_use;
struct group_means;
struct group_exposure;
struct sampled_protocol;
struct sampled_ranking;
struct contest_settings;
struct contestant;
template <real T>
class contest;
enum class goal : std::uint8_t;
class search_space;
class search_point;
struct search_trial;
struct search_log;
struct search_run;
struct search_result;
struct grid_search;
struct random_search;
struct successive_halving;

KINDRED_END
