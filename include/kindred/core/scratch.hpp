// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>

#include <cstddef>
#include <type_traits>

KINDRED_BEGIN

// Where arrays go that are as large as the data, when the data are larger than memory: io/scratch_folder.hpp makes them of files.
// Ratings that lie in a scratch (io/map_ratings.hpp) are trained on like any others, to the same bits; what is made of them - the
// other orientation, the strata of a descent - is put there, too, `block` bytes of it at a time or what a group of users has,
// so that it is written from end to end and not here and there. It must outlive what is put into it.
class scratch {
public:
  // The bytes of an array that are filled at once. Whatever is larger takes as many passes over the data as it has blocks.
  [[nodiscard]] std::size_t block() const noexcept { return block_; }

  // `size` numbers of unspecified value. Throws error{io} when there is no place for them.
  template <class T>
    requires std::is_trivially_copyable_v<T>
  [[nodiscard]] buffer<T> room(std::size_t size) const {
    if (size == 0) return {};
    if (size > static_cast<std::size_t>(-1) / 2 / sizeof(T))
      raise(error(error_kind::shape) << "a buffer of " << size << " numbers exceeds the address space");
    claim const got = take(size * sizeof(T));
    return {static_cast<T*>(got.data), size, got.owner};
  }

protected:
  struct claim {
    void* data;  // aligned as a page is
    foreign_memory* owner;
  };

  explicit scratch(std::size_t block_size) noexcept : block_(block_size) {}
  scratch(scratch const&) = default;
  scratch& operator=(scratch const&) = default;
  ~scratch() = default;

private:
  [[nodiscard]] virtual claim take(std::size_t bytes) const = 0;

  std::size_t block_;
};

namespace detail {

// Room in a scratch, or in memory where there is none.
template <class T>
[[nodiscard]] buffer<T> room_in(scratch const* where, std::size_t size) {
  return where != nullptr ? where->room<T>(size) : buffer<T>(size);
}

// Calls fill(first, last) for ranges of cells, one after another, that together fill an array: all at once in memory; in a scratch
// as many as a block holds, but at least one. Cell c holds the entries start(c) to start(c + 1), of so many bytes each.
template <class Start, class Fill>
void fill_in_blocks(scratch const* where, std::size_t cells, std::size_t bytes, Start const& start, Fill const& fill) {
  if (where == nullptr) return fill(std::size_t{0}, cells);
  for (std::size_t first = 0; first != cells;) {
    auto const from = start(first);
    std::size_t last = first + 1;
    while (last != cells && static_cast<std::size_t>(start(last + 1) - from) <= where->block() / bytes) ++last;
    fill(first, last);
    first = last;
  }
}

}  // namespace detail

KINDRED_END
