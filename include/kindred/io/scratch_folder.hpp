// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/io/mapped_memory.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#if !defined(_WIN32)
#include <errno.h>
#include <stdlib.h>
#endif

KINDRED_BEGIN

// A scratch of files without a name: each array is the bytes of a file in a folder, which the system writes out and gives memory
// back for whenever that is short, and removes when the array is destroyed, or the program is.
//
//   kindred::scratch_folder const place("/var/tmp");
//   auto const ratings = kindred::map_ratings<float>("ratings.safetensors", place);
//
// The folder should be on a disk, not on a file system that itself is memory, as /tmp often is. Throws error{io}, naming the
// folder, when it has no room: that is known at once where bytes can be claimed before they are written. Where they cannot - on
// macOS, on ZFS - a disk that is full by the time ends the program (SIGBUS), as one does that cannot be read or written.
class scratch_folder final : public scratch {
public:
  explicit scratch_folder(std::filesystem::path folder, std::size_t block_size = std::size_t{1} << 28)
      : scratch(block_size), folder_(std::move(folder)) {}

private:
  struct mapping final : foreign_memory {
#if defined(_WIN32)
    struct removed_file {
      ~removed_file() {
        if (handle != INVALID_HANDLE_VALUE) ::CloseHandle(handle);
      }
      HANDLE handle = INVALID_HANDLE_VALUE;
    } file;  // removed when it is closed, which is after it was unmapped
#endif
    detail::mapped_memory memory;
  };

  [[nodiscard]] claim take(std::size_t bytes) const override {
    auto owner = std::make_unique<mapping>();
    char const* const fault = open(*owner, bytes);
    if (void* const at = owner->memory.data(); fault == nullptr) return {at, owner.release()};
    std::string const name = folder_.string();
    raise(error(error_kind::io).quote(name.data(), name.size()) << ": " << fault << " of " << bytes << " bytes");
  }

  // Says what was refused, or nullptr.
  [[nodiscard]] char const* open(mapping& into, std::size_t bytes) const {
#if defined(_WIN32)
    wchar_t name[MAX_PATH];
    if (::GetTempFileNameW(folder_.c_str(), L"kdr", 0, name) == 0) return "cannot hold a file";
    HANDLE const file = ::CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS,
                                      FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr);
    if (file == INVALID_HANDLE_VALUE) return "cannot hold a file";
    into.file.handle = file;
    into.memory = detail::mapped_memory(file, bytes, true);
    return into.memory.data() == nullptr ? "has no room for a file, or cannot map one" : nullptr;
#else
    std::string name = (folder_ / "kindred-XXXXXX").string();
    int const file = ::mkstemp(name.data());
    if (file < 0) return "cannot hold a file";
    ::unlink(name.c_str());
    bool const claimed = claim_bytes(file, static_cast<off_t>(bytes));
    if (claimed) into.memory = detail::mapped_memory(file, bytes, true);
    ::close(file);
    if (!claimed) return "has no room for a file";
    return into.memory.data() == nullptr ? "cannot map a file" : nullptr;
#endif
  }

#if !defined(_WIN32)
  [[nodiscard]] static bool claim_bytes(int file, off_t size) noexcept {
#if defined(__linux__) || defined(__FreeBSD__)
    int fault = EINTR;  // by a signal, of a timer for example, that is no want of room
    while (fault == EINTR) fault = ::posix_fallocate(file, 0, size);
    if (fault != EINVAL && fault != EOPNOTSUPP) return fault == 0;
#endif
    return ::ftruncate(file, size) == 0;
  }
#endif

  std::filesystem::path folder_;
};

KINDRED_END
