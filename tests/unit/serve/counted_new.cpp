// SPDX-License-Identifier: BSL-1.0
#include "counted_new.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

// In a file of its own: g++ 12 warns of the pair aligned_alloc and free where it inlines one of these and not the other.

namespace {

std::atomic<std::uint64_t> count{0}, left{support::without_end};

void* counted(std::size_t size, std::size_t alignment) {
  ++count;
  if (left == 0) throw std::bad_alloc();
  if (left != support::without_end) --left;
  size = (size + alignment - 1) / alignment * alignment;  // as std::aligned_alloc asks
  void* const got = std::aligned_alloc(alignment, size == 0 ? alignment : size);
  if (got == nullptr) throw std::bad_alloc();
  return got;
}

}  // namespace

std::uint64_t support::allocations() noexcept { return count; }
void support::allow_allocations(std::uint64_t more) noexcept { left = more; }

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* what) noexcept { std::free(what); }
void operator delete(void* what, std::size_t) noexcept { std::free(what); }
void operator delete(void* what, std::align_val_t) noexcept { std::free(what); }
void operator delete(void* what, std::size_t, std::align_val_t) noexcept { std::free(what); }
