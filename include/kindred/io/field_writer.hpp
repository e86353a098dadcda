// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/storable.hpp>
#include <kindred/io/tensor_header.hpp>
#include <kindred/io/tensor_type.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A part of an object as it lies in memory: `rows` pieces of `bytes`, `stride` bytes apart.
struct kept_field {
  tensor_entry entry;
  std::byte const* data = nullptr;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  std::uint64_t stride = 0;

  // Hands out the bytes in blocks, joined where they lie apart.
  template <class Put>
  void each_block(Put const& put) const {
    if (bytes == 0 || rows == 0) return;
    if (bytes == stride) return put(std::span(data, static_cast<std::size_t>(rows * bytes)));
    constexpr std::size_t most = std::size_t{1} << 16;
    std::vector<std::byte> block;
    block.reserve(most + static_cast<std::size_t>(bytes));
    for (std::uint64_t r = 0; r != rows; ++r) {
      block.insert(block.end(), data + r * stride, data + r * stride + bytes);
      if (block.size() >= most || r + 1 == rows) {
        put(std::span<std::byte const>(block));
        block.clear();
      }
    }
  }
};

// Parts of a record: the numbers of a small struct that lies in vectors, each of which becomes a tensor of its own.
template <class R>
concept record = !storable<R> && requires(R& r, any_visit& visit) { R::fields(r, visit); };

// A few numbers, always as many.
template <class A>
concept number_array = requires { std::tuple_size<A>::value; } && tensor_number<typename A::value_type>;

// Goes through the fields of an object and notes where they lie. The object must outlive the list.
class field_writer {
public:
  std::vector<kept_field> fields;
  std::vector<std::pair<std::string, std::string>> notes;

  template <storable M>
  void add(M const& object) {
    stored_format const& format = M::format;
    notes.emplace_back(prefix_.empty() ? "type" : "type of " + prefix_.substr(0, prefix_.size() - 1),
                       std::string(format.name) + " " + std::to_string(format.number));
    std::uint32_t const outer = std::exchange(format_, format.number);
    M::fields(object, *this);
    format_ = outer;
  }

  [[nodiscard]] std::uint32_t format() const noexcept { return format_; }

  template <class Field>
  void operator()(char const* name, Field const& field) {
    if constexpr (tensor_number<Field>) {
      put(name, tensor_type_of<Field>(), {}, &field, 1, sizeof field, sizeof field);
    } else if constexpr (storable<Field>) {
      within(name, [&] { add(field); });
    } else if constexpr (requires { field.has_value(); }) {  // as a list of one, or none
      using value = typename Field::value_type;
      std::uint64_t const count = field.has_value() ? 1 : 0;
      put(name, tensor_type_of<value>(), {count}, count == 0 ? nullptr : &*field, count, sizeof(value), sizeof(value));
    } else if constexpr (record<Field>) {
      within(name, [&] { Field::fields(field, *this); });
    } else if constexpr (requires { field.rows(), field.stride(); }) {
      (*this)(name, std::span(field.data(), field.rows() * field.stride()), field.columns(), field.stride());
    } else if constexpr (requires { field.size(), field.data(); }) {
      put_list(name, field);
    } else {
      static_assert(
          requires { field.size(); }, "not storable: it has no format and no fields(), see core/storable.hpp");
    }
  }

  // What is made in order to be written is kept until it is.
  template <class Get, class Set>
  void through(char const* name, Get const& get, Set const&) {
    auto const made = std::make_shared<decltype(get())>(get());
    kept_.push_back(made);
    (*this)(name, std::as_const(*made));
  }
  void columns(char const*, auto const&) const noexcept {}
  template <class Numbers>
  void operator()(char const* name, Numbers const& numbers, std::size_t columns) {
    (*this)(name, numbers, columns, columns);
  }
  template <class Numbers>
  void operator()(char const* name, Numbers const& numbers, std::size_t columns, std::size_t stride) {
    using value = std::remove_cv_t<typename Numbers::value_type>;
    std::uint64_t const rows = stride == 0 ? 0 : numbers.size() / stride;
    put(name, tensor_type_of<value>(), {rows, columns}, numbers.data(), rows, columns * sizeof(value),
        stride * sizeof(value));
  }

private:
  template <class Inside>
  void within(char const* name, Inside const& inside) {
    std::size_t const outer = prefix_.size();
    prefix_ += std::string(name) + ".";
    inside();
    prefix_.resize(outer);
  }

  template <class List>
  void put_list(char const* name, List const& list) {
    using value = std::remove_cv_t<typename List::value_type>;
    if constexpr (tensor_number<value>) {
      std::uint64_t const bytes = list.size() * sizeof(value);
      put(name, tensor_type_of<value>(), {list.size()}, list.data(), 1, bytes, bytes);
    } else if constexpr (number_array<value>) {
      (*this)(name, std::span(list.empty() ? nullptr : list.front().data(), list.size() * std::tuple_size_v<value>),
              std::tuple_size_v<value>);
    } else if constexpr (record<value>) {
      within(name, [&] { put_columns(list); });
    } else {
      within(name, [&] {
        through("size", [&] { return std::uint64_t{list.size()}; }, nullptr);
        for (std::size_t k = 0; k != list.size(); ++k) (*this)(std::to_string(k).c_str(), list[k]);
      });
    }
  }

  void put(char const* name, tensor_type type, std::vector<std::uint64_t> shape, void const* data, std::uint64_t rows,
           std::uint64_t bytes, std::uint64_t stride) {
    fields.push_back(
        {{prefix_ + name, type, std::move(shape)}, static_cast<std::byte const*>(data), rows, bytes, stride});
  }

  // Where the parts of a record lie is asked of one.
  template <class Records>
  void put_columns(Records const& records) {
    using value = typename Records::value_type;
    value const sample{};
    auto const* const first = reinterpret_cast<std::byte const*>(&sample);
    auto const visit = [&]<class Part>(char const* name, Part const& part) {
      auto const at = reinterpret_cast<std::byte const*>(&part) - first;
      auto const* const data = records.empty() ? nullptr : reinterpret_cast<std::byte const*>(records.data()) + at;
      if constexpr (number_array<Part>)
        put(name, tensor_type_of<typename Part::value_type>(), {records.size(), part.size()}, data, records.size(),
            sizeof part, sizeof(value));
      else put(name, tensor_type_of<Part>(), {records.size()}, data, records.size(), sizeof part, sizeof(value));
    };
    value::fields(sample, visit);
  }

  std::string prefix_;
  std::uint32_t format_ = 0;
  std::vector<std::shared_ptr<void const>> kept_;
};

// Gives every field its place in the payload: those of wide numbers first, so that each begins at a multiple of its width, and
// of these the largest first, so that the vectors of a model begin with a cache line.
[[nodiscard]] inline tensor_header laid_out(field_writer& written) {
  auto& fields = written.fields;
  std::stable_sort(fields.begin(), fields.end(), [](kept_field const& a, kept_field const& b) {
    std::uint64_t const x = a.rows * a.bytes, y = b.rows * b.bytes;
    return a.entry.type.bits != b.entry.type.bits ? a.entry.type.bits > b.entry.type.bits : x > y;
  });
  tensor_header header{written.notes, {}};
  std::uint64_t at = 0;
  for (kept_field& field : fields) {
    field.entry.begin = at;
    field.entry.end = at += field.rows * field.bytes;
    header.tensors.push_back(field.entry);
  }
  return header;
}

}  // namespace detail

KINDRED_END
