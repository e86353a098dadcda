// SPDX-License-Identifier: BSL-1.0
#pragma once

// Keeps models, data and half-finished fits in files: whatever is `storable` (core/storable.hpp).
//
//   kindred::save(model, "taste.safetensors");
//   auto model = kindred::load<kindred::factor_model<float>>("taste.safetensors");
//
// A file is a safetensors file (https://github.com/huggingface/safetensors, "Format"): eight bytes of length, a header in JSON, and
// numbers as they lie in memory, little-endian. It opens wherever that format does, for a field is a tensor of the same name. The
// notes of the header (`__metadata__`) say what type is in it and in which format, who wrote it, and a checksum.
//
// Needs nlohmann/json 3.9 or newer.

#include <kindred/core/storable.hpp>
#include <kindred/io/byte_source.hpp>
#include <kindred/io/mapped_file.hpp>
#include <kindred/io/replace_file.hpp>
#include <kindred/io/tensor_file.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

KINDRED_BEGIN

// Writes an object to a file, whole or not at all: whoever opens `path` at any moment, after a crash too, finds the old file or the
// new one (io/replace_file.hpp). Throws error{io} when the system refuses. The same object gives the same bytes.
template <storable M>
void save(M const& object, std::filesystem::path const& path) {
  replace_file(path, [&](auto const& put) { detail::write_fields(object, put); });
}

// Reads back what was saved. Throws error{io} when the file cannot be read; error{format}, saying what is wrong with it, when it
// holds something else, in a newer format, or anything but what was written. No more memory is asked for than the file has bytes,
// times a small number. O(bytes of the file).
template <storable M>
[[nodiscard]] M load(std::filesystem::path const& path) {
  return detail::naming(path, [&] {
    file_source source(path);
    return detail::read_fields<M>(source, true);
  });
}

// The same of a file that others have written, or changed, and that has no checksum or a wrong one: all else is checked.
template <storable M>
[[nodiscard]] M load(std::filesystem::path const& path, unchecked_t) {
  return detail::naming(path, [&] {
    file_source source(path);
    return detail::read_fields<M>(source, false);
  });
}

// The same bytes in memory: for a database, a network, an app's bundle.
template <storable M>
[[nodiscard]] std::string to_bytes(M const& object) {
  std::string bytes;
  detail::write_fields(object,
                       [&](void const* data, std::size_t size) { bytes.append(static_cast<char const*>(data), size); });
  return bytes;
}
template <storable M>
[[nodiscard]] M from_bytes(std::span<std::byte const> bytes) {
  memory_source source(bytes);
  return detail::read_fields<M>(source, true);
}
template <storable M>
[[nodiscard]] M from_bytes(std::span<std::byte const> bytes, unchecked_t) {
  memory_source source(bytes);
  return detail::read_fields<M>(source, false);
}
// From a source of yours.
template <storable M, byte_source Source>
[[nodiscard]] M load_from(Source& source) {
  return detail::read_fields<M>(source, true);
}

// A view of what a mapped file holds, such as a factor_view: no number is copied or looked at, so that the first recommendation of a
// gigabyte comes in milliseconds. The view lives as long as the file is mapped.
//
// From a disk is read what a recommendation needs: the system is told to fetch the items at once and of the users no more than
// is touched.
//
// The header is checked in full, the numbers are not: check_bytes(file) reads them all against the checksum, and is for files from
// where you do not trust. Without it a damaged file can give wrong scores and scores that are not finite, but reads no memory
// that is not its own.
template <storable V>
[[nodiscard]] V load_view(mapped_file const& file) {
  memory_source source(file.bytes());
  if constexpr (requires(V const& v) { v.read_whole([](auto) {}); }) {
    file.expect(expected_reading::here_and_there, file.bytes());
    V view = detail::read_fields<V>(source, false);
    view.read_whole([&](auto part) { file.expect(expected_reading::whole, std::as_bytes(part)); });
    return view;
  } else {
    return detail::read_fields<V>(source, false);
  }
}
inline void check_bytes(mapped_file const& file) {
  memory_source source(file.bytes());
  file.expect(expected_reading::usual, file.bytes());
  detail::check_sum(source, detail::open_header(source));
}

KINDRED_END
