// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/io/byte_source.hpp>
#include <kindred/io/field_writer.hpp>
#include <kindred/io/parse_number.hpp>
#include <kindred/io/tensor_header.hpp>
#include <kindred/io/tensor_index.hpp>
#include <kindred/io/tensor_type.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

KINDRED_BEGIN

namespace detail {

// Fills the fields of an object from the tensors of a file. What a field allocates was found to be in the file before.
template <byte_source Source>
class field_reader {
public:
  // `payload` is where the first tensor begins in the source.
  field_reader(Source& source, tensor_header const& header, std::uint64_t payload)
      : source_(source), header_(header), payload_(payload), tensors_(header) {}

  // Reads the object that the file is about: there has to be nothing else in it.
  template <storable M>
  void read(M& object) {
    fill(object);
    tensors_.check_all_taken();
  }

  [[nodiscard]] std::uint32_t format() const noexcept { return format_; }

  template <class Field>
  void operator()(char const* name, Field& field) {
    if constexpr (tensor_number<Field>) {
      get(take(name, tensor_type_of<Field>(), 0), &field);
    } else if constexpr (storable<Field>) {
      within(name, [&] { fill(field); });
    } else if constexpr (requires { field.has_value(); }) {
      using value = typename Field::value_type;
      auto const& entry = take(name, tensor_type_of<value>(), 1);
      if (entry.shape[0] > 1) refuse_tensor(entry.name, "has several numbers for one that may be missing");
      field.reset();
      if (entry.shape[0] == 1) get(entry, &field.emplace());
    } else if constexpr (record<Field>) {
      within(name, [&] { Field::fields(field, *this); });
    } else if constexpr (requires { field.rows(), field.stride(); }) {
      using value = typename Field::value_type;
      auto const& entry = take(name, tensor_type_of<value>(), 2);
      if (entry.shape[0] >= index_limit || entry.shape[1] >= index_limit)
        refuse_tensor(entry.name, "has too many rows or columns");
      field = {unchecked, seen<value>(entry), static_cast<index_t>(entry.shape[0]),
               static_cast<index_t>(entry.shape[1]), static_cast<std::size_t>(entry.shape[1])};
    } else {
      using value = std::remove_cv_t<typename Field::value_type>;
      if constexpr (std::same_as<Field, std::span<value const>>) {
        auto const& entry = take(name, tensor_type_of<value>(), 1);
        field = Field(seen<value>(entry), static_cast<std::size_t>(entry.shape[0]));
      } else if constexpr (tensor_number<value>) {
        auto const& entry = take(name, tensor_type_of<value>(), 1);
        if constexpr (std::same_as<Field, buffer<value>> && requires(value* at) { source_.lend(at, 0); }) {
          field = source_.lend(seen<value>(entry), static_cast<std::size_t>(entry.shape[0]));
          return;
        } else if constexpr (requires { std::tuple_size<Field>::value; }) {
          if (entry.shape[0] != field.size()) refuse_tensor(entry.name, "has another number of numbers than the model");
        } else {
          field = Field(static_cast<std::size_t>(entry.shape[0]));
        }
        get(entry, field.data());
      } else if constexpr (number_array<value>) {
        auto const& entry = take(name, tensor_type_of<typename value::value_type>(), 2);
        if (entry.shape[1] != std::tuple_size_v<value>)
          refuse_tensor(entry.name, "has another number of columns than the model");
        field = Field(static_cast<std::size_t>(entry.shape[0]));
        if (!field.empty()) get(entry, field.front().data());
      } else if constexpr (record<value>) {
        within(name, [&] { get_columns(name, field); });
      } else {
        within(name, [&] { get_each(field); });
      }
    }
  }

  template <class Get, class Set>
  void through(char const* name, Get const& get, Set const& set) {
    auto read = storage::made<decltype(get())>();
    (*this)(name, read);
    set(std::move(read));
  }
  template <class Count>
  void columns(char const* name, Count& count) {
    auto const& entry = tensors_.find(prefix_ + name);
    if (entry.shape.size() != 2 || entry.shape[1] >= index_limit)
      refuse_tensor(entry.name, "is no matrix of the model");
    count = static_cast<Count>(entry.shape[1]);
  }
  template <class Numbers>
  void operator()(char const* name, Numbers& numbers, std::size_t columns) {
    (*this)(name, numbers, columns, columns);
  }
  template <class Numbers>
  void operator()(char const* name, Numbers& numbers, std::size_t columns, std::size_t stride) {
    using value = typename Numbers::value_type;
    auto const& entry = take(name, tensor_type_of<value>(), 2);
    if (entry.shape[1] != columns) refuse_tensor(entry.name, "has another number of columns than the model");
    std::size_t const rows = columns == 0 ? 0 : static_cast<std::size_t>(entry.shape[0]);
    if (columns == stride) {  // without zeros that are overwritten at once
      numbers = Numbers(rows * stride);
      return get(entry, numbers.data());
    }
    numbers = Numbers(rows * stride, value{});
    for (std::size_t r = 0; r != rows; ++r)
      read_bytes(entry, r * columns, std::span(numbers.data() + r * stride, columns));
  }

private:
  template <class Inside>
  void within(std::string const& name, Inside const& inside) {
    std::size_t const outer = prefix_.size();
    prefix_ += name + ".";
    inside();
    prefix_.resize(outer);
  }

  template <storable M>
  void fill(M& object) {
    stored_format const& format = M::format;
    std::string const key = prefix_.empty() ? "type" : "type of " + prefix_.substr(0, prefix_.size() - 1);
    std::string const* const note = header_.note(key);
    std::string const type = note == nullptr ? "" : *note;
    std::size_t const space = type.rfind(' ');
    if (type.substr(0, space) != format.name) {
      auto fault = (error(error_kind::format) << "the note '").quote(key.data(), key.size());
      raise((fault << (note == nullptr ? "' is missing" : "' says '")).quote(type.data(), type.size())
            << (note == nullptr ? "" : "'") << "; '" << format.name << "' is asked for");
    }
    std::int64_t number = 0;  // also where there is none that can be read
    if (space != type.npos) static_cast<void>(parse_integer(std::string_view(type).substr(space + 1), number));
    if (number < format.oldest || number > format.number)
      raise((error(error_kind::format) << "a ").quote(type.data(), type.size())
            << " cannot be read: this version knows the formats " << format.oldest << " to " << format.number);
    std::uint32_t const outer = std::exchange(format_, static_cast<std::uint32_t>(number));
    M::fields(object, *this);
    format_ = outer;
    if constexpr (requires { object.restore(); }) object.restore();
  }

  [[nodiscard]] tensor_entry const& take(char const* name, tensor_type type, std::size_t extents) {
    return tensors_.take(prefix_ + name, type, extents);
  }

  template <class V>
  void read_bytes(tensor_entry const& entry, std::size_t first, std::span<V> into) {
    source_.read(payload_ + entry.begin + first * sizeof(V), std::as_writable_bytes(into));
    if constexpr (std::same_as<V, bool>)
      for (V const& b : into)
        if (reinterpret_cast<unsigned char const&>(b) > 1)
          refuse_tensor(entry.name, "holds a truth value that is neither 0 nor 1");
  }
  template <class V>
  void get(tensor_entry const& entry, V* into) {
    std::uint64_t const count = entry.bytes() / sizeof(V);
    if (count != 0) read_bytes(entry, 0, std::span(into, static_cast<std::size_t>(count)));
  }

  // The numbers of a tensor where they lie, in a source that is memory.
  template <class V>
  [[nodiscard]] V const* seen(tensor_entry const& entry) const {
    static_assert(
        requires { source_.data(); }, "a view of a model is opened over a mapped_file or over bytes in memory");
    std::byte const* const at = source_.data() + payload_ + entry.begin;
    if (entry.bytes() != 0 && reinterpret_cast<std::uintptr_t>(at) % alignof(V) != 0)
      refuse_tensor(entry.name, "does not begin at a multiple of its width; load a copy instead of a view");
    return reinterpret_cast<V const*>(at);
  }

  template <class Records>
  void get_columns(char const* name, Records& records) {
    using value = typename Records::value_type;
    value sample{};
    auto* const first = reinterpret_cast<std::byte*>(&sample);
    bool sized = false;
    auto const visit = [&]<class Part>(char const* part_name, Part& part) {
      auto const at = reinterpret_cast<std::byte*>(&part) - first;
      constexpr bool several = number_array<Part>;
      constexpr auto type = [] {
        if constexpr (several) return tensor_type_of<typename Part::value_type>();
        else return tensor_type_of<Part>();
      }();
      auto const& entry = take(part_name, type, several ? 2 : 1);
      if (several && entry.shape[1] * type.bits != 8 * sizeof(Part))
        refuse_tensor(entry.name, "has another number of columns than the model");
      auto const count = static_cast<std::size_t>(entry.shape[0]);
      if (!std::exchange(sized, true)) records.resize(count);
      if (records.size() != count) refuse_tensor(name, "has parts of different lengths");
      constexpr std::size_t most = 4096;
      buffer<Part> some((std::min)(most, count));
      for (std::size_t k = 0, taken = 0; k != count; k += taken) {
        taken = (std::min)(most, count - k);
        read_bytes(entry, k, some.span().first(taken));
        for (std::size_t n = 0; n != taken; ++n)
          *reinterpret_cast<Part*>(reinterpret_cast<std::byte*>(records.data() + k + n) + at) = some[n];
      }
    };
    value::fields(sample, visit);
  }

  template <class Objects>
  void get_each(Objects& objects) {
    std::uint64_t size = 0;
    (*this)("size", size);
    if (size > tensors_.size()) refuse_tensor(prefix_ + "size", "promises more than is in the file");
    objects.clear();
    objects.reserve(static_cast<std::size_t>(size));
    for (std::uint64_t k = 0; k != size; ++k) {
      objects.push_back(storage::made<typename Objects::value_type>());
      (*this)(std::to_string(k).c_str(), objects.back());
    }
  }

  Source& source_;
  tensor_header const& header_;
  std::uint64_t payload_;
  tensor_index tensors_;
  std::string prefix_;
  std::uint32_t format_ = 0;
};

}  // namespace detail

KINDRED_END
