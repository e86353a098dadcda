// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

KINDRED_BEGIN

// Writes a file whole or not at all: the bytes go to a sibling (the same name with ".partial" at its end), are flushed to
// the device, and the sibling is renamed over the old file. Whoever reads `path` meanwhile sees the old bytes or the new
// ones, and a crash leaves the old ones. Throws kindred::error of kind io; then the old file is as it was.
inline void replace_file(std::filesystem::path const& path, std::string_view bytes) {
  std::filesystem::path sibling = path;
  sibling += ".partial";
  auto const refuse = [&](char const* what) {
    std::string const name = path.string();
    raise(error(error_kind::io).quote(name.data(), name.size()) << ": " << what);
  };
#if defined(_WIN32)
  std::FILE* const file = ::_wfopen(sibling.c_str(), L"wb");
#else
  std::FILE* const file = std::fopen(sibling.c_str(), "wb");
#endif
  if (file == nullptr) refuse("cannot be opened for writing");
  bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && std::fflush(file) == 0;
#if __has_include(<unistd.h>)
  written = written && ::fsync(::fileno(file)) == 0;
#endif
  written = std::fclose(file) == 0 && written;
  std::error_code fault;
  if (written) std::filesystem::rename(sibling, path, fault);
  if (written && !fault) return;
  std::error_code ignored;
  std::filesystem::remove(sibling, ignored);
  refuse(written ? "cannot be replaced" : "cannot be written; is there room on the device?");
}

KINDRED_END
