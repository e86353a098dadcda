// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

KINDRED_BEGIN

// What numbers lie in that are not in the memory of the program, a mapped file for example: given back when it is destroyed.
class foreign_memory {
public:
  virtual ~foreign_memory() = default;
};

// An array of numbers, aligned to a cache line, that a solver fills itself: the owner of every dense block of the library.
//
// Unlike std::vector it does not write zeros that are overwritten at once (touching a gigabyte twice costs as much as an
// epoch), and its 64-byte alignment keeps a row of 16 floats inside one cache line. Alignment is a hint for speed and
// never a contract: whatever reads a buffer reads a std::span, and spans may start anywhere.
template <class T>
  requires std::is_trivially_copyable_v<T>
class buffer {
public:
  using value_type = T;
  static constexpr std::size_t alignment = 64;

  buffer() noexcept = default;
  // `size` numbers of unspecified value. Throws std::bad_alloc when there is no memory for them.
  explicit buffer(std::size_t size) : data_(allocate(size)), size_(size) {}
  buffer(std::size_t size, T value) : buffer(size) {
    for (std::size_t k = 0; k != size; ++k) data_[k] = value;
  }
  // Numbers that are there, in memory of another kind, which is taken over (made by new). What they may not be is written to where
  // that memory is only for reading. A copy lies in the memory of the program.
  buffer(T* data, std::size_t size, foreign_memory* owner) noexcept : data_(data), size_(size), owner_(owner) {}
  buffer(buffer const& other) : buffer(other.size_) {
    if (size_ != 0) std::memcpy(data_, other.data_, size_ * sizeof(T));
  }
  buffer(buffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        owner_(std::exchange(other.owner_, nullptr)) {}
  buffer& operator=(buffer other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(owner_, other.owner_);
    return *this;
  }
  ~buffer() {
    if (owner_ != nullptr) delete owner_;
    else if (data_ != nullptr) ::operator delete(data_, std::align_val_t{alignment});
  }

  // Keeps the first `size` numbers, of those that there are, and all of the memory.
  void shrink(std::size_t size) noexcept {
    KINDRED_ASSERT(size <= size_);
    size_ = size;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] T* data() noexcept { return data_; }
  [[nodiscard]] T const* data() const noexcept { return data_; }
  [[nodiscard]] T& operator[](std::size_t k) noexcept { return data_[k]; }
  [[nodiscard]] T const& operator[](std::size_t k) const noexcept { return data_[k]; }
  [[nodiscard]] T* begin() noexcept { return data_; }
  [[nodiscard]] T* end() noexcept { return data_ + size_; }
  [[nodiscard]] T const* begin() const noexcept { return data_; }
  [[nodiscard]] T const* end() const noexcept { return data_ + size_; }
  [[nodiscard]] std::span<T> span() noexcept { return {data_, size_}; }
  [[nodiscard]] std::span<T const> span() const noexcept { return {data_, size_}; }

  // Equal sizes and equal numbers.
  friend bool operator==(buffer const& a, buffer const& b) noexcept {
    if (a.size_ != b.size_) return false;
    for (std::size_t k = 0; k != a.size_; ++k)
      if (!(a.data_[k] == b.data_[k])) return false;
    return true;
  }

private:
  static T* allocate(std::size_t size) {
    if (size == 0) return nullptr;
    if (size > static_cast<std::size_t>(-1) / 2 / sizeof(T))
      raise(error(error_kind::shape) << "a buffer of " << size << " numbers exceeds the address space");
    return static_cast<T*>(::operator new(size * sizeof(T), std::align_val_t{alignment}));
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  foreign_memory* owner_ = nullptr;  // of what is not from the heap
};

// The numbers of a row that make whole cache lines: what rows of a buffer are padded to, with zeros.
template <class T>
[[nodiscard]] constexpr std::size_t padded_size(std::size_t size) noexcept {
  constexpr std::size_t line = buffer<T>::alignment / sizeof(T);
  return (size + line - 1) / line * line;
}

KINDRED_END
