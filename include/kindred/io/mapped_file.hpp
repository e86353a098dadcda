// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/mapped_memory.hpp>

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#if !defined(_WIN32)
#include <sys/stat.h>
#endif

KINDRED_BEGIN

// What somebody is going to do with the bytes of a file: as usual, the system reads some more wherever one is touched, from
// kilobytes to megabytes; a place here and there, and it reads no more than that; or a part from end to end and soon, and it
// begins at once.
enum class expected_reading : unsigned char { usual, here_and_there, whole };

// The bytes of a file as memory: read when they are first touched, shared by all programs that map the same file, and given back by
// the system when memory is short.
//
// The file must not be written to or cut while it is mapped; `save` never does that, it puts a new file in the place of the old one,
// and who has the old one mapped keeps it. Throws kindred::error of kind io, naming the file.
class mapped_file {
public:
  explicit mapped_file(std::filesystem::path const& path) {
    std::string const name = path.string();
    auto const refuse = [&](char const* what) {
      raise(error(error_kind::io).quote(name.data(), name.size()) << ": " << what);
    };
#if defined(_WIN32)
    HANDLE const file = ::CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
                                      OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE) refuse("cannot be opened");
    LARGE_INTEGER size;
    if (::GetFileSizeEx(file, &size) != 0 && size.QuadPart != 0)
      memory_ = detail::mapped_memory(file, static_cast<std::size_t>(size.QuadPart), false);
    ::CloseHandle(file);
#else
    int const file =
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // NONBLOCK: a pipe must not be waited for
    if (file < 0) refuse("cannot be opened");
    struct stat about = {};
    if (::fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0)
      memory_ = detail::mapped_memory(file, static_cast<std::size_t>(about.st_size), false);
    ::close(file);
#endif
    if (memory_.data() == nullptr) refuse("is empty, no file, or cannot be mapped");
  }

  [[nodiscard]] std::span<std::byte const> bytes() const noexcept {
    return {static_cast<std::byte const*>(memory_.data()), memory_.size()};
  }

  // Tells the system how a part of bytes() will be read, which changes nothing but the time that it takes.
  void expect([[maybe_unused]] expected_reading how, [[maybe_unused]] std::span<std::byte const> part) const noexcept {
#if !defined(_WIN32)
    if (part.empty()) return;
    auto const page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    std::size_t const first = static_cast<std::size_t>(part.data() - bytes().data()), from = first - first % page;
    auto const say = [&](int advice) {
      static_cast<void>(
          ::posix_madvise(static_cast<std::byte*>(memory_.data()) + from, first + part.size() - from, advice));
    };
    say(how == expected_reading::here_and_there ? POSIX_MADV_RANDOM : POSIX_MADV_NORMAL);
    if (how == expected_reading::whole) say(POSIX_MADV_WILLNEED);
#endif
  }

private:
  detail::mapped_memory memory_;
};

KINDRED_END
