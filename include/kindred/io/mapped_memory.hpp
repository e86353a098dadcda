// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstddef>
#include <utility>

// The headers of the system, for whoever opens a file to map it.
#if defined(_WIN32)
#if !defined(NOMINMAX)
#define NOMINMAX
#endif
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

KINDRED_BEGIN

namespace detail {

#if defined(_WIN32)
using open_file = HANDLE;
#else
using open_file = int;
#endif

// The first bytes of an open file as memory, until this is destroyed: the file may be closed before. Empty when the system refuses.
class mapped_memory {
public:
  mapped_memory() = default;
  // On Windows a file that is mapped to be written to is made that long.
  mapped_memory(open_file file, std::size_t size, bool writable) noexcept {
#if defined(_WIN32)
    auto const wide = static_cast<unsigned long long>(size);
    HANDLE const all = ::CreateFileMappingW(file, nullptr, writable ? PAGE_READWRITE : PAGE_READONLY,
                                            static_cast<DWORD>(wide >> 32), static_cast<DWORD>(wide), nullptr);
    if (all == nullptr) return;
    data_ = ::MapViewOfFile(all, writable ? FILE_MAP_ALL_ACCESS : FILE_MAP_READ, 0, 0, size);
    ::CloseHandle(all);
#else
    void* const at = ::mmap(nullptr, size, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, file, 0);
    data_ = at == MAP_FAILED ? nullptr : at;
#endif
    if (data_ != nullptr) size_ = size;
  }
  mapped_memory(mapped_memory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  mapped_memory& operator=(mapped_memory other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~mapped_memory() {
    if (data_ == nullptr) return;
#if defined(_WIN32)
    ::UnmapViewOfFile(data_);
#else
    ::munmap(data_, size_);
#endif
  }

  [[nodiscard]] void* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace detail

KINDRED_END
