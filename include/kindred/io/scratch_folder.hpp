// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scratch.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#if defined(_WIN32)
#if !defined(NOMINMAX)
#define NOMINMAX
#endif
#include <windows.h>
#else
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
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
    mapping(void* at, std::size_t bytes) noexcept : data(at), size(bytes) {}
    mapping(mapping const&) = delete;
    mapping& operator=(mapping const&) = delete;
    ~mapping() override {
#if defined(_WIN32)
      if (data != nullptr) ::UnmapViewOfFile(data);
      if (file != INVALID_HANDLE_VALUE) ::CloseHandle(file);
#else
      if (data != nullptr) ::munmap(data, size);
#endif
    }
    void* data;
    std::size_t size;
#if defined(_WIN32)
    HANDLE file = INVALID_HANDLE_VALUE;  // removed when it is closed
#endif
  };

  [[nodiscard]] claim take(std::size_t bytes) const override {
    auto owner = std::make_unique<mapping>(nullptr, bytes);
    char const* const fault = open(*owner);
    if (void* const at = owner->data; fault == nullptr) return {at, owner.release()};
    std::string const name = folder_.string();
    raise(error(error_kind::io).quote(name.data(), name.size()) << ": " << fault << " of " << bytes << " bytes");
  }

  // Says what was refused, or nullptr.
  [[nodiscard]] char const* open(mapping& into) const {
#if defined(_WIN32)
    wchar_t name[MAX_PATH];
    if (::GetTempFileNameW(folder_.c_str(), L"kdr", 0, name) == 0) return "cannot hold a file";
    into.file = ::CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS,
                              FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr);
    if (into.file == INVALID_HANDLE_VALUE) return "cannot hold a file";
    auto const size = static_cast<unsigned long long>(into.size);
    HANDLE const all = ::CreateFileMappingW(into.file, nullptr, PAGE_READWRITE, static_cast<DWORD>(size >> 32),
                                            static_cast<DWORD>(size), nullptr);
    if (all == nullptr) return "has no room for a file";
    into.data = ::MapViewOfFile(all, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    ::CloseHandle(all);
    return into.data == nullptr ? "cannot map a file" : nullptr;
#else
    std::string name = (folder_ / "kindred-XXXXXX").string();
    int const file = ::mkstemp(name.data());
    if (file < 0) return "cannot hold a file";
    ::unlink(name.c_str());
    auto const size = static_cast<off_t>(into.size);
    bool const claimed = claim_bytes(file, size);
    void* const at = claimed ? ::mmap(nullptr, into.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;
    ::close(file);
    if (!claimed) return "has no room for a file";
    if (at == MAP_FAILED) return "cannot map a file";
    into.data = at;
    return nullptr;
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
