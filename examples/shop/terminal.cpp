// SPDX-License-Identifier: BSL-1.0

#include "terminal.hpp"

#include <cstdio>
#include <utility>

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace {

bool on_terminal() {
#if defined(_WIN32)
  return _isatty(_fileno(stderr)) != 0;
#else
  return isatty(fileno(stderr)) != 0;
#endif
}

}  // namespace

progress_line::progress_line(std::string what, std::uint32_t steps) : what_(std::move(what)), steps_(steps) { show(0); }

progress_line::~progress_line() {
  if (on_terminal()) std::fputs("\r\033[K", stderr);
}

void progress_line::show(std::uint32_t step, std::string const& detail) const {
  if (!on_terminal()) return;
  constexpr std::uint32_t width = 24;
  std::uint32_t const done = steps_ == 0 ? width : step * width / steps_;
  std::string bar(width, '.');
  for (std::uint32_t k = 0; k != done && k != width; ++k) bar[k] = '#';
  std::fprintf(stderr, "\r\033[K  [%s] %s %u/%u %s", bar.c_str(), what_.c_str(), step, steps_, detail.c_str());
  std::fflush(stderr);
}

kindred::flow progress_line::operator()(kindred::progress const& now) const {
  char text[48];
  std::snprintf(text, sizeof text, "objective %.4f", now.objective);
  show(now.epoch, text);
  return kindred::flow::proceed;
}
