// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace testing {

// A scorer and no more: moved but not copied, without a default, an equality or a size. It knows the first users and
// items and gives them numbers without pattern, equal ones among them, so that ties are met; to all others it gives
// 0.5.
template <real T>
class scorer_archetype {
public:
  using value_type = T;

  scorer_archetype(index_t users, index_t items) noexcept : users_(users), items_(items) {}
  scorer_archetype(scorer_archetype&&) noexcept = default;
  scorer_archetype& operator=(scorer_archetype&&) noexcept = default;

  [[nodiscard]] bool knows(user_id u) const noexcept { return to_index(u) < users_; }
  [[nodiscard]] bool knows(item_id i) const noexcept { return to_index(i) < items_; }
  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = value(u, items[k]);
  }

protected:
  [[nodiscard]] T value(user_id u, item_id i) const noexcept {
    if (!knows(u) || !knows(i)) return T{0.5};
    return static_cast<T>(mix(to_index(u), to_index(i)) % 16) / 8 - 1;
  }

private:
  index_t users_;
  index_t items_;
};

// A predictor and no more.
template <real T>
class predictor_archetype : public scorer_archetype<T> {
public:
  static constexpr bool calibrated = true;

  using scorer_archetype<T>::scorer_archetype;
};

// An explainer and no more: of a known user and item there are two reasons, which pull in opposite directions.
template <real T>
class explainer_archetype : public scorer_archetype<T> {
public:
  using scorer_archetype<T>::scorer_archetype;

  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    T const score = this->value(u, i);
    if (!this->knows(u) || !this->knows(i)) return {score, 0};
    evidence<T> const all[] = {{evidence_kind::item, to_index(i), T{2}}, {evidence_kind::user, to_index(u), T{-1}}};
    std::size_t count = 0;
    for (; count != 2 && count != out.size(); ++count) out[count] = all[count];
    return {score - 1, count};
  }
};

// A recipe and no more: copied, without a default; what it gives has a model and a report, and is neither fitted<M> nor
// is the report a fit_report.
template <class M>
class recipe_archetype {
public:
  recipe_archetype(index_t users, index_t items) noexcept : users_(users), items_(items) {}

  struct report_of_its_own {
    operator fit_report() const noexcept { return {.epochs = 1}; }
  };
  struct result {
    M model;
    report_of_its_own report;
  };
  [[nodiscard]] result fit(auto const&, auto&, auto&) const { return {M(users_, items_), {}}; }

private:
  index_t users_;
  index_t items_;
};

}  // namespace testing

KINDRED_END
