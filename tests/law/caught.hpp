// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/laws/result.hpp>

#include <doctest/doctest.h>

#include <string>

// Whether a law holds; when not, the counterexample is shown.
inline bool holds(kindred::testing::law_result const& law) {
  if (!law.holds()) MESSAGE(std::string(law.message()));
  return law.holds();
}

// Whether a liar was caught, by a counterexample with these words in it.
inline bool caught(kindred::testing::law_result const& law, std::string const& words) {
  if (law.holds()) return false;
  bool const by_that = std::string(law.message()).find(words) != std::string::npos;
  if (!by_that) MESSAGE(std::string(law.message()));
  return by_that;
}
