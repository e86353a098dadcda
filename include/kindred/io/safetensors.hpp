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

#include <kindred/core/error.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/core/version.hpp>
#include <kindred/io/byte_source.hpp>
#include <kindred/io/checksum.hpp>
#include <kindred/io/field_reader.hpp>
#include <kindred/io/field_writer.hpp>
#include <kindred/io/mapped_file.hpp>
#include <kindred/io/replace_file.hpp>
#include <kindred/io/tensor_header.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A checksum is of all bytes behind the length of the header, its own digits read as zeros.
inline constexpr std::string_view no_checksum = "0000000000000000";

[[nodiscard]] inline std::string digits_of(std::uint64_t value) {
  std::string digits(no_checksum);
  for (std::size_t k = 16; k-- != 0; value >>= 4) digits[k] = "0123456789abcdef"[value & 15];
  return digits;
}

[[nodiscard]] inline std::span<std::byte const> bytes_of(std::string_view text) noexcept {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// Writes an object by put(data, size).
template <storable M, class Put>
void write_fields(M const& object, Put const& put) {
  field_writer written;
  written.notes = {
      {"written by", "kindred " + std::to_string(KINDRED_VERSION_MAJOR) + "." + std::to_string(KINDRED_VERSION_MINOR) +
                         "." + std::to_string(KINDRED_VERSION_PATCH)},
      {"checksum", std::string(no_checksum)}};
  written.add(object);
  std::string header = write_tensor_header(laid_out(written));
  checksum sum;
  sum.add(bytes_of(header));
  for (kept_field const& field : written.fields) field.each_block([&](std::span<std::byte const> b) { sum.add(b); });
  header.replace(header.find(no_checksum), no_checksum.size(), digits_of(sum.value()));
  std::uint64_t const length = header.size();
  put(&length, sizeof length);
  put(header.data(), header.size());
  for (kept_field const& field : written.fields)
    field.each_block([&](std::span<std::byte const> b) { put(b.data(), b.size()); });
}

// The header of a source: as text, and read.
struct opened_header {
  std::string text;
  tensor_header header;
  std::uint64_t payload = 0;  // where it begins
};
template <byte_source Source>
[[nodiscard]] opened_header open_header(Source& source) {
  std::uint64_t const size = source.size();
  std::uint64_t length = 0;
  if (size < sizeof length) raise(error(error_kind::format) << "a file of " << size << " bytes is no safetensors file");
  source.read(0, std::as_writable_bytes(std::span(&length, 1)));
  if (length > longest_header || length > size - sizeof length)
    raise(error(error_kind::format) << "the header is said to have " << length << " bytes; the file has " << size);
  opened_header opened;
  opened.text.resize(static_cast<std::size_t>(length));
  source.read(sizeof length, std::as_writable_bytes(std::span(opened.text)));
  opened.payload = sizeof length + length;
  opened.header = read_tensor_header(opened.text, size - opened.payload);
  return opened;
}

// Throws unless the bytes are those that were written.
template <byte_source Source>
void check_sum(Source& source, opened_header const& opened) {
  std::string const* const said = opened.header.note("checksum");
  if (said == nullptr)
    raise(
        error(error_kind::format) << "there is no checksum; who wants to read it all the same says kindred::unchecked");
  std::string text = opened.text;
  std::size_t const at = text.find('"' + *said + '"');
  if (said->size() != no_checksum.size() || at == text.npos)
    raise(error(error_kind::format) << "the checksum has not 16 digits");
  text.replace(at + 1, no_checksum.size(), no_checksum);
  checksum sum;
  sum.add(bytes_of(text));
  std::vector<std::byte> block(std::size_t{1} << 18);
  for (std::uint64_t k = opened.payload; k != source.size();) {
    auto const next =
        std::span(block).first(static_cast<std::size_t>((std::min)(std::uint64_t{block.size()}, source.size() - k)));
    source.read(k, next);
    sum.add(next);
    k += next.size();
  }
  if (digits_of(sum.value()) != *said)
    raise(error(error_kind::format) << "the checksum of the bytes is " << digits_of(sum.value()).c_str()
                                    << ", but that of the bytes that were written " << said->c_str());
}

// What constructors find wrong with what was read is wrong with the file.
template <class Read>
void as_format(Read const& read) {
  try {
    read();
  } catch (error const& e) {
    if (e.kind() == error_kind::io || e.kind() == error_kind::format) throw;
    raise(error(error_kind::format).at(e.row(), e.column()) << e.what());
  }
}

template <storable M, byte_source Source>
[[nodiscard]] M read_fields(Source& source, bool summed) {
  opened_header const opened = open_header(source);
  if (summed) check_sum(source, opened);
  M object = storage::made<M>();
  as_format([&] { field_reader(source, opened.header, opened.payload).read(object); });
  return object;
}

// Puts the name of the file before what is wrong with it.
template <class Read>
auto naming(std::filesystem::path const& path, Read const& read) {
  try {
    return read();
  } catch (error const& e) {
    if (e.kind() == error_kind::io) throw;
    std::string const name = path.string();
    raise(error(e.kind()).at(e.row(), e.column()).quote(name.data(), name.size()) << ": " << e.what());
  }
}

}  // namespace detail

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
