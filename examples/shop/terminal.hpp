// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/run/observer.hpp>

#include <cstdint>
#include <string>

// One line on the terminal that says how far long work has come. Silent where errors go to a file or a pipe.
class progress_line {
public:
  explicit progress_line(std::string what, std::uint32_t steps);
  ~progress_line();  // wipes the line
  progress_line(progress_line const&) = delete;
  progress_line& operator=(progress_line const&) = delete;

  void show(std::uint32_t step, std::string const& detail = {}) const;

  // As the observer of a fit.
  kindred::flow operator()(kindred::progress const& now) const;

private:
  std::string what_;
  std::uint32_t steps_;
};
