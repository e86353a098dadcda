// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/core/version.hpp>
#include <kindred/io/byte_source.hpp>
#include <kindred/io/checksum.hpp>
#include <kindred/io/field_reader.hpp>
#include <kindred/io/field_writer.hpp>
#include <kindred/io/header_text.hpp>
#include <kindred/io/tensor_header.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
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
void read_into(M& object, Source& source, bool summed) {
  opened_header const opened = open_header(source);
  if (summed) check_sum(source, opened);
  as_format([&] { field_reader(source, opened.header, opened.payload).read(object); });
}
template <storable M, byte_source Source>
[[nodiscard]] M read_fields(Source& source, bool summed) {
  M object = storage::made<M>();
  read_into(object, source, summed);
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

KINDRED_END
