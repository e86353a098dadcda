// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

KINDRED_BEGIN

// What a file says of what it holds: the name of the type, and a number that grows by one whenever fields() changes. Files from
// `oldest` on can still be read; a field that came later is asked for only if (visit.format() >= its number).
struct stored_format {
  char const* name;
  std::uint32_t number;
  std::uint32_t oldest = 1;
};

namespace detail {

struct storage;

}  // namespace detail

// What a reader of files gives to the constructor of an object that it is about to fill. Nobody else can make one, so a model
// that has such a constructor still has no state in which it is not trained.
class blank {
private:
  blank() = default;
  friend struct detail::storage;
};

namespace detail {

// Makes the objects that a reader fills: from a blank, or else by default.
struct storage {
  template <class M>
  [[nodiscard]] static M made() {
    if constexpr (std::is_aggregate_v<M> && requires(blank b) { M{{b}}; }) return M{{blank{}}};  // its first member
    else if constexpr (requires(blank b) { M{b}; }) return M{blank{}};
    else return M{};
  }
};

// Stands for what goes through the fields of an object, in order to save, load, count or compare them.
struct any_visit {
  template <class Field>
  void operator()(char const* name, Field& field) const;
  template <class Get, class Set>
  void through(char const* name, Get const& get, Set const& set) const;
  template <class Count>
  void columns(char const* name, Count& count) const;
  template <class Numbers>
  void operator()(char const* name, Numbers& numbers, std::size_t columns) const;
  template <class Numbers>
  void operator()(char const* name, Numbers& numbers, std::size_t columns, std::size_t stride) const;
  [[nodiscard]] std::uint32_t format() const noexcept;
};

}  // namespace detail

// What can be kept in a file and read back: it names its fields, once, for both ways.
//
//   static constexpr stored_format format{"shop.bestseller", 1};
//   static void fields(auto& self, auto& visit) {
//     visit("counts", self.count_);           // numbers: one, a std::optional, a std::vector or a buffer of them
//     visit("fallback", self.fallback_);      // anything storable, or a std::vector of them
//     visit.columns("vectors", self.factors_);         // how many columns that matrix has: read, not written
//     visit("vectors", self.vector_, self.factors_);   // a matrix; its rows may lie a `stride`, a fourth argument, apart
//     visit.through("counts", get, set);    // what get() gives is written; what is read goes to set(value), a generic lambda
//   }
//   void restore();                           // if need be: checks what was read, rebuilds what is not kept
//
// A field is in a file what it is in memory, so saving and loading give back the same bits. restore() is called when all fields
// are read, before anybody sees the object; whatever in a file can be wrong has to be found there and raised as error{format},
// for the bytes may come from anybody. A type without a default constructor takes a `blank` instead.
template <class M>
concept storable = requires(M& read, M const& kept, detail::any_visit& visit) {
  { M::format } -> std::convertible_to<stored_format const&>;
  M::fields(read, visit);
  M::fields(kept, visit);
};

// For restore(): raises error{format} unless what was read is as `what` says.
inline void check_stored(bool right, char const* what) {
  if (!right) raise(error(error_kind::format) << "what was read is wrong: " << what);
}
template <class Numbers>
void check_stored_numbers(Numbers const& numbers, char const* what) {
  for (auto const& x : numbers)
    if (!is_finite(x)) raise(error(error_kind::format) << what << ": the number " << x << " is not finite");
}
// Positions of the rows among `entries`: from zero, ascending, to the end.
template <class Offsets>
void check_stored_offsets(Offsets const& offset, std::size_t entries, char const* what) {
  bool right = offset.size() != 0 ? offset[0] == 0 && offset[offset.size() - 1] == entries : entries == 0;
  for (std::size_t k = 1; k < offset.size(); ++k) right = right && offset[k - 1] <= offset[k];
  if (!right || offset.size() > 0xffff'ffffu)
    raise(error(error_kind::format) << what << ": the positions of the rows do not ascend to the number of entries");
}

KINDRED_END
