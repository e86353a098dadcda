// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/tensor_header.hpp>
#include <kindred/io/tensor_type.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The tensors of a file by name, and which of them were taken. Looks into the header, which must outlive it.
class tensor_index {
public:
  explicit tensor_index(tensor_header const& header) {
    for (tensor_entry const& one : header.tensors) by_name_.push_back(&one);
    std::sort(by_name_.begin(), by_name_.end(), [](auto const* a, auto const* b) { return a->name < b->name; });
    taken_.resize(by_name_.size());
  }

  [[nodiscard]] std::size_t size() const noexcept { return by_name_.size(); }

  // Throws error{format} when there is none of this name.
  [[nodiscard]] tensor_entry const& find(std::string const& name) const { return *by_name_[place_of(name)]; }

  // The same, of which the type and the number of extents are right.
  [[nodiscard]] tensor_entry const& take(std::string const& name, tensor_type type, std::size_t extents) {
    std::size_t const at = place_of(name);
    tensor_entry const& entry = *by_name_[at];
    if (entry.type != type)
      raise((error(error_kind::format) << "the tensor '").quote(name.data(), name.size())
            << "' holds " << entry.type.name.data() << "; " << type.name.data() << " is asked for");
    if (entry.shape.size() != extents) refuse_tensor(name, "has another number of extents than the model");
    if (static_cast<std::size_t>(entry.bytes()) != entry.bytes()) refuse_tensor(name, "exceeds the address space");
    taken_[at] = true;
    return entry;
  }

  void check_all_taken() const {
    for (std::size_t k = 0; k != taken_.size(); ++k)
      if (!taken_[k]) refuse_tensor(by_name_[k]->name, "is in the file, but no part of such a model");
  }

private:
  [[nodiscard]] std::size_t place_of(std::string const& name) const {
    auto const at = std::lower_bound(by_name_.begin(), by_name_.end(), name,
                                     [](auto const* one, std::string const& n) { return one->name < n; });
    if (at == by_name_.end() || (*at)->name != name) refuse_tensor(name, "is missing");
    return static_cast<std::size_t>(at - by_name_.begin());
  }

  std::vector<tensor_entry const*> by_name_;
  std::vector<bool> taken_;
};

}  // namespace detail

KINDRED_END
