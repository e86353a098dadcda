// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>

#include <cstdint>
#include <cstring>
#include <type_traits>

KINDRED_BEGIN

namespace testing {

// What a law test found: that the law holds as far as it was tried, or a counterexample in a sentence. For any
// framework:
//
//   auto const law = kindred::testing::check_scorer(my_model, users, items);
//   CHECK_MESSAGE(law.holds(), law.message());   // doctest
//   EXPECT_TRUE(law.holds()) << law.message();   // GoogleTest
//   law.demand();                                // none: throws the counterexample
class [[nodiscard]] law_result {
public:
  law_result() = default;
  law_result(error const& counterexample) noexcept : counterexample_(counterexample), holds_(false) {}

  [[nodiscard]] bool holds() const noexcept { return holds_; }
  [[nodiscard]] char const* message() const noexcept { return holds_ ? "the law holds" : counterexample_.what(); }

  // Throws the counterexample as error{data} when the law does not hold.
  void demand() const {
    if (!holds_) raise(counterexample_);
  }

private:
  error counterexample_{error_kind::data};
  bool holds_ = true;
};

namespace detail {

// The beginning of a counterexample.
[[nodiscard]] inline error broken(char const* law) noexcept { return error(error_kind::data) << law << ": "; }

// Whether two numbers are the same bits, which NaN can be and +0 and -0 are not.
template <real T>
[[nodiscard]] bool same_bits(T const& a, T const& b) noexcept {
  std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t> of_a, of_b;
  std::memcpy(&of_a, &a, sizeof a);
  std::memcpy(&of_b, &b, sizeof b);
  return of_a == of_b;
}

}  // namespace detail

}  // namespace testing

KINDRED_END
