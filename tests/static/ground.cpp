// SPDX-License-Identifier: BSL-1.0
//
// What the types of the ground floors are, and what they are not.
#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <type_traits>

using namespace kindred;

static_assert(real<float> && real<double>);
static_assert(!real<long double> && !real<int> && !real<float const>);

// Ids cost what an index costs, and neither stand for each other nor count.
static_assert(sizeof(user_id) == sizeof(index_t) && std::is_trivially_copyable_v<user_id>);
static_assert(!std::is_convertible_v<user_id, item_id> && !std::is_constructible_v<item_id, user_id>);
static_assert(!std::is_convertible_v<index_t, user_id> && !std::is_convertible_v<user_id, index_t>);

// Vectors of buffers move them, and an error can be thrown while memory is short.
static_assert(std::is_nothrow_move_constructible_v<buffer<float>> &&
              std::is_nothrow_default_constructible_v<buffer<float>>);
static_assert(std::is_nothrow_copy_constructible_v<error> && std::is_nothrow_copy_assignable_v<error>);

// Views are passed by value.
static_assert(std::is_trivially_copyable_v<sparse_row<float>> && std::is_trivially_copyable_v<csr_view<float>> &&
              std::is_trivially_copyable_v<matrix_view<double>>);
static_assert(!std::is_constructible_v<matrix_view<float>, float const*, index_t, index_t, std::size_t>);

static_assert(executor<sequential>);
static_assert(!executor<silent> && !executor<int>);
static_assert(observer<silent> && stopping_rule<silent>);
static_assert(!observer<sequential>);
static_assert(random_source<random_stream> && std::is_trivially_copyable_v<random_stream>);
static_assert(!random_source<std::uint64_t (*)()>);
static_assert(random_stream(1, 2)() == random_stream(1, 2)());

struct half_a_scorer {
  using value_type = float;
  bool knows(user_id) const noexcept;
  void score(user_id, std::span<item_id const>, std::span<float>) const noexcept;
};
struct whole_scorer : half_a_scorer {
  using half_a_scorer::knows;
  bool knows(item_id) const noexcept;
};
static_assert(scorer<whole_scorer> && !scorer<half_a_scorer>);
static_assert(!predictor<whole_scorer>);  // nothing says that its values are ratings
