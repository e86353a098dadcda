// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/io/byte_source.hpp>
#include <kindred/io/mapped_file.hpp>
#include <kindred/io/tensor_file.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>

KINDRED_BEGIN

namespace detail {

// A mapped file whose numbers are lent to buffers, which keep it mapped.
class lending_source : public memory_source {
public:
  explicit lending_source(mapped_file file) : lending_source(std::make_shared<mapped_file const>(std::move(file))) {}

  template <class V>
  [[nodiscard]] buffer<V> lend(V const* at, std::size_t size) const {
    struct loan final : foreign_memory {
      explicit loan(std::shared_ptr<mapped_file const> of) noexcept : file(std::move(of)) {}
      std::shared_ptr<mapped_file const> file;
    };
    // Nobody writes to what is lent: what is read from a file is not changed, but made anew.
    return {const_cast<V*>(at), size, new loan(file_)};
  }

private:
  explicit lending_source(std::shared_ptr<mapped_file const> file)
      : memory_source(file->bytes()), file_(std::move(file)) {}

  std::shared_ptr<mapped_file const> file_;
};

template <real T>
[[nodiscard]] ratings<T> mapped_ratings(std::filesystem::path const& path, scratch const& place, bool summed) {
  return naming(path, [&] {
    lending_source source{mapped_file(path)};
    ratings<T> data(place);
    read_into(data, source, summed);
    return data;
  });
}

}  // namespace detail

// Ratings that were saved, for training on more of them than memory holds: their columns are the bytes of the file, read where they
// are touched and forgotten when memory is short, and what is made of them - here the orientation by item - lies in `place`. They are
// equal to those that load() gives, and every fit is the same bits. sgd, als, implicit_als, bpr and the others that learn to rank
// hold nothing in memory that is as large as the ratings: about the model, and a block while strata are written.
//
// Everything is checked as by load(), and throws as it does; error{io} when `place` has no room. The file is read from end to end
// two times, its items once more, and once for each block of the orientation by item. It must not be written to or cut while the
// ratings are there: nothing is checked again, and bytes that were cut off, or that a disk cannot give, end the program (SIGBUS).
// `place` has to outlive the ratings, their copies too; the numbers of a copy lie in memory, those of selected() in `place`.
template <real T>
[[nodiscard]] ratings<T> map_ratings(std::filesystem::path const& path, scratch const& place) {
  return detail::mapped_ratings<T>(path, place, true);
}
template <real T>
ratings<T> map_ratings(std::filesystem::path const& path, scratch const&& place) = delete;  // it would be gone
// The same of a file without a checksum, or with a wrong one.
template <real T>
[[nodiscard]] ratings<T> map_ratings(std::filesystem::path const& path, scratch const& place, unchecked_t) {
  return detail::mapped_ratings<T>(path, place, false);
}
template <real T>
ratings<T> map_ratings(std::filesystem::path const& path, scratch const&& place, unchecked_t) = delete;

KINDRED_END
