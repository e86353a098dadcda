// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/evaluate/measure_lists.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Measures of any type, owned, which <functional> would have for ten thousand lines more.
class measure_set {
public:
  measure_set() = default;
  measure_set(measure_set const&) = delete;
  measure_set& operator=(measure_set const&) = delete;
  ~measure_set() {
    for (any* const said : all_) delete said;
  }

  template <list_measure M>
  void add(M said) {
    all_.reserve(all_.size() + 1);
    all_.push_back(new one<M>(std::move(said)));
  }
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
  [[nodiscard]] double say(std::size_t m, user_id user, std::span<item_id const> list) const {
    return all_[m]->say(user, list);
  }

private:
  struct any {
    virtual ~any() = default;
    virtual double say(user_id user, std::span<item_id const> list) const = 0;
  };
  template <class M>
  struct one final : any {
    explicit one(M m) : said(std::move(m)) {}
    double say(user_id user, std::span<item_id const> list) const override { return said(user, list); }
    M said;
  };

  std::vector<any*> all_;
};

}  // namespace detail

KINDRED_END
