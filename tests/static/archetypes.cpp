// SPDX-License-Identifier: BSL-1.0
//
// Archetypes model their concept and nothing beyond it.
#include <kindred/compose/candidates.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/metric/products.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/testing/archetypes.hpp>
#include <kindred/view/comparison.hpp>

#include <concepts>
#include <type_traits>

using namespace kindred;
using namespace kindred::testing;

namespace {

// No more than movable, or copyable, or neither.
template <class A>
constexpr bool pinned = !std::move_constructible<A> && !std::default_initializable<A>;
template <class A>
constexpr bool move_only = std::movable<A> && !std::copy_constructible<A> && !std::default_initializable<A>;
template <class A>
constexpr bool copied_only = std::copyable<A> && !std::default_initializable<A> && !std::equality_comparable<A>;

static_assert(executor<executor_archetype> && pinned<executor_archetype>);
static_assert(!executor<executor_archetype const>);
static_assert(observer<observer_archetype> && pinned<observer_archetype>);
static_assert(!observer<observer_archetype const> && !stopping_rule<observer_archetype>);
static_assert(random_source<random_source_archetype> && pinned<random_source_archetype>);
static_assert(candidates<candidates_archetype> && pinned<candidates_archetype>);

template <class T>
constexpr bool scorers_are_scorers =
    scorer<scorer_archetype<T>> && !predictor<scorer_archetype<T>> && !explainer<scorer_archetype<T>> &&
    move_only<scorer_archetype<T>> &&  //
    predictor<predictor_archetype<T>> && !explainer<predictor_archetype<T>> && move_only<predictor_archetype<T>> &&
    explainer<explainer_archetype<T>> && !predictor<explainer_archetype<T>> && move_only<explainer_archetype<T>>;
static_assert(scorers_are_scorers<float> && scorers_are_scorers<double>);

using a_recipe = recipe_archetype<scorer_archetype<float>>;
static_assert(recipe<a_recipe, int> && copied_only<a_recipe>);

template <class T, class Other>
constexpr bool policies_are_policies =
    loss<loss_archetype<T>, T> && copied_only<loss_archetype<T>> && !loss<loss_archetype<T>, Other> &&
    regularizer<regularizer_archetype<T>, T> && copied_only<regularizer_archetype<T>> &&
    !regularizer<regularizer_archetype<T>, Other> &&  //
    initializer<initializer_archetype<T>, T> && copied_only<initializer_archetype<T>> &&
    !initializer<initializer_archetype<T>, Other>;
static_assert(policies_are_policies<float, double> && policies_are_policies<double, float>);
static_assert(schedule<schedule_archetype> && copied_only<schedule_archetype>);

template <class T>
constexpr bool comparisons_are_comparisons =
    similarity<similarity_archetype<T>, sparse_row<T>> && !distance<similarity_archetype<T>, sparse_row<T>> &&
    !comparison<similarity_archetype<T>, dense_row<T>> && !co_rated<similarity_archetype<T>> &&
    copied_only<similarity_archetype<T>> &&  //
    metric<metric_archetype<T>, dense_row<T>> && !similarity<metric_archetype<T>, dense_row<T>> &&
    !comparison<metric_archetype<T>, sparse_row<T>> && copied_only<metric_archetype<T>>;
static_assert(comparisons_are_comparisons<float> && comparisons_are_comparisons<double>);
static_assert(co_rated<co_rated_archetype> && copied_only<co_rated_archetype>);

template <class T, class Other>
constexpr bool searches_are_searches =
    elementwise<elementwise_archetype<T>, T> && !elementwise<elementwise_archetype<T>, Other> &&
    !monotone_elementwise<elementwise_archetype<T>, T> && !of_products<elementwise_archetype<T>, T> &&
    !comparison<elementwise_archetype<T>, dense_row<T>> && copied_only<elementwise_archetype<T>> &&  //
    neighbor_search<neighbor_search_archetype<T>, dense_row<T>> &&
    !neighbor_search<neighbor_search_archetype<T>, dense_row<Other>> && move_only<neighbor_search_archetype<T>>;
static_assert(searches_are_searches<float, double> && searches_are_searches<double, float>);

}  // namespace
