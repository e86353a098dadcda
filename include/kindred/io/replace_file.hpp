// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>

#include <concepts>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#if __has_include(<unistd.h>)
#include <fcntl.h>
#include <unistd.h>
#endif

KINDRED_BEGIN

namespace detail {

// Asks the device to remember what a folder holds: a renamed file is otherwise not there after a power failure. Not every file
// system can; then there is nothing to be done about it.
inline void flush_folder([[maybe_unused]] std::filesystem::path const& folder) {
#if __has_include(<unistd.h>)
  int const at = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (at < 0) return;
  static_cast<void>(::fsync(at));
  ::close(at);
#endif
}

}  // namespace detail

// Writes a file whole or not at all: the bytes go to a sibling (the same name with ".partial" at its end), are flushed to
// the device, and the sibling is renamed over the old file. Whoever reads `path` meanwhile sees the old bytes or the new
// ones, and a crash leaves the old ones. Two that write the same path at once have to take turns. Throws kindred::error of kind
// io; then the old file is as it was.
//
// write(put) says what is written: put(data, size), as often as it takes. What it throws passes through.
template <class Write>
  requires(!std::convertible_to<Write, std::string_view>)
void replace_file(std::filesystem::path const& path, Write const& write) {
  std::filesystem::path sibling = path;
  sibling += ".partial";
  auto const refuse = [&](char const* what) {
    std::string const name = path.string();
    raise(error(error_kind::io).quote(name.data(), name.size()) << ": " << what);
  };
  struct half_written {
    std::FILE* file;
    std::filesystem::path const& path;
    ~half_written() {
      if (file != nullptr) static_cast<void>(std::fclose(file));
      std::error_code ignored;
      if (!kept) std::filesystem::remove(path, ignored);
    }
    bool kept = false;
  };
#if defined(_WIN32)
  std::FILE* const file = ::_wfopen(sibling.c_str(), L"wb");
#else
  std::FILE* const file = std::fopen(sibling.c_str(), "wb");
#endif
  if (file == nullptr) refuse("cannot be opened for writing");
  half_written now{file, sibling};
  bool written = true;
  write([&](void const* data, std::size_t size) {
    written = written && (size == 0 || std::fwrite(data, 1, size, file) == size);
  });
  written = written && std::fflush(file) == 0;
#if __has_include(<unistd.h>)
  written = written && ::fsync(::fileno(file)) == 0;
#endif
  now.file = nullptr;
  written = std::fclose(file) == 0 && written;
  if (!written) refuse("cannot be written; is there room on the device?");
  std::error_code fault;
  std::filesystem::rename(sibling, path, fault);
  if (fault) refuse("cannot be replaced");
  now.kept = true;
  detail::flush_folder(path.parent_path());
}

inline void replace_file(std::filesystem::path const& path, std::string_view bytes) {
  replace_file(path, [&](auto const& put) { put(bytes.data(), bytes.size()); });
}

KINDRED_END
