// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/check_reach.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/factorization_machine.hpp>
#include <kindred/factor/two_sides.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Factorization of ratings that also knows what is said of users and items: a factorization machine with a column for every
// user, every item, and every feature of either.
//
//   kindred::feature_factorization<float> const how{.users = people, .items = films};
//   auto const model = kindred::fit(how, ratings).model;        // scores films that nobody has rated, too
//
// All pairs but those of a user's column with an item's collapse, so that the model is a factor_model: the vector of a user is
// the sum of those of their own column and of their features, the bias what these say among themselves, and so for items.
// It scores, stores and is searched like any other. It knows whoever is rated or has features. Who has no
// rating has no column of their own.
//
//   kindred::feature_factorization<float, kindred::field_aware_machine<>> const apart{.users = people, .items = films};
//
// learns each pair of fields with vectors of its own, where ages go with genres by other reasons than with decades: users are one
// field, items another, and so is each field of their features; those of the machine are set here. Its model is a factor_model as well,
// with as many factors as fields of users x fields of items x factors of the machine.
//
// One example a rating is made first: memory for every rating's features. Objective, report, observer, determinism and errors are
// those of the machine; error{shape} when there are more columns than can be numbered, error{setting} when vectors have more than
// 65536 numbers.
template <real T, class Machine = factorization_machine<>>
struct feature_factorization {
  user_features<T> users = {};
  item_features<T> items = {};
  Machine machine = {};

  template <executor E, observer O>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far. Examples are made anew
  // each time.
  [[nodiscard]] auto begin(ratings<T> const& data) const {
    using training = decltype(machine.begin(example_table<T>(0).view()));
    layout const at = layout_of(data);
    Machine const how = machine_of(at);
    if (data.empty()) return training{decltype(training::model)({}, 0, machine.loss)};
    return how.begin(examples_of(data, at).view());
  }
  template <class Training, executor E, class After>
  void advance(Training& training, ratings<T> const& data, std::uint32_t more, E& ex, After const& after) const {
    layout const at = layout_of(training, data);
    if (data.empty()) return;
    machine_of(at).advance(training, examples_of(data, at).view(), more, ex, after,
                           [&](std::uint32_t epoch, index_t row) { raise_at(data, epoch, row); });
  }
  template <class Training, executor E>
  [[nodiscard]] fitted<factor_model<T>> finish(Training const& training, ratings<T> const& data, E&) const {
    auto model = collapsed(data, layout_of(training, data), training.model);
    detail::check_reach(model, training.report.epochs);
    return {std::move(model), training.report};
  }

private:
  // Where the columns are: users, items, features of users, features of items.
  struct layout {
    index_t user_count, item_count, items, user_features, item_features, end;
    detail::two_sides sides;
  };

  [[nodiscard]] layout layout_of(ratings<T> const& data) const {
    index_t const user_count = (std::max)(data.user_count(), users.size());
    index_t const item_count = (std::max)(data.item_count(), items.size());
    std::uint64_t const end = std::uint64_t{user_count} + item_count + users.columns() + items.columns();
    if (end >= index_limit)
      raise(error(error_kind::shape) << "feature_factorization: more columns than can be numbered");
    index_t const after_items = user_count + item_count;
    layout out{
        user_count, item_count, user_count, after_items, after_items + users.columns(), static_cast<index_t>(end), {}};
    column_fields& fields = out.sides.fields;
    auto const add = [&](std::vector<index_t>& side, auto const& more) {
      index_t const first = fields.size();
      fields.add(more);
      for (index_t f = first; f != fields.size(); ++f) side.push_back(f);
    };
    add(out.sides.users, user_count);
    add(out.sides.items, item_count);
    add(out.sides.users, users);
    add(out.sides.items, items);
    return out;
  }

  // The same, when what was begun has it; else error{shape}.
  template <class Training>
  [[nodiscard]] layout layout_of(Training const& training, ratings<T> const& data) const {
    layout out = layout_of(data);
    bool right = training.model.columns() == (data.empty() ? 0 : out.end);
    if constexpr (requires { training.model.grouped(); })
      right = right && (data.empty() || training.model.grouped() == out.sides.fields);
    if (!right)
      raise(error(error_kind::shape) << "feature_factorization: what was begun is of other data, or of another recipe");
    return out;
  }

  [[nodiscard]] Machine machine_of(layout const& at) const {
    Machine out = machine;
    if constexpr (requires { out.fields = at.sides.fields; }) {
      std::uint64_t const pairs = at.sides.users.size() * at.sides.items.size();
      if (pairs * out.factors > 65536)
        raise(error(error_kind::setting)
              << "feature_factorization: factors = " << out.factors << " for " << pairs
              << " pairs of a field of users with one of items; vectors have at most 65536 numbers");
      out.fields = at.sides.fields;
    }
    return out;
  }

  // Columns and values of a row, in the order of the columns.
  struct columns {
    std::vector<index_t> index;
    std::vector<T> value;

    void add(index_t column, T x) {
      index.push_back(column);
      value.push_back(x);
    }
    void add(index_t from, sparse_row<T> row) {
      for (std::size_t k = 0; k != row.size(); ++k) add(from + row.index[k], row.value[k]);
    }
    [[nodiscard]] sparse_row<T> row() const noexcept { return {index, value}; }
  };

  [[nodiscard]] example_table<T> examples_of(ratings<T> const& data, layout const& at) const {
    example_table<T> out(at.end);
    columns example;
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      auto const weight = data.weights(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        item_id const i{row.index[k]};
        example.index.clear();
        example.value.clear();
        example.add(u, T{1});
        example.add(at.items + to_index(i), T{1});
        example.add(at.user_features, users.of(user_id{u}));
        example.add(at.item_features, items.of(i));
        out.add(row.value[k], example.row(), weight.empty() ? T{1} : weight[k]);
      }
    }
    return out;
  }

  // The examples are the ratings, user by user.
  [[noreturn]] static void raise_at(ratings<T> const& data, std::uint32_t epoch, index_t row) {
    index_t user = 0, before = 0;
    for (; row - before >= data.of(user_id{user}).size(); ++user)
      before += static_cast<index_t>(data.of(user_id{user}).size());
    raise_diverged(epoch, user, data.of(user_id{user}).index[row - before]);
  }

  template <class Model>
  [[nodiscard]] factor_model<T> collapsed(ratings<T> const& data, layout const& at, Model const& from) const {
    factor_model<T> model(at.user_count, at.item_count, static_cast<index_t>(at.sides.size(from)));
    model.set_mean(from.intercept());
    auto const collapse = [&](auto id, index_t count, auto const& known) {
      for (index_t k = 0; k != count; ++k) {
        auto const who = decltype(id){k};
        if (!known(who)) continue;
        model.set_known(who);
        if (from.columns() == 0) continue;
        columns side;
        if constexpr (std::same_as<decltype(id), user_id>) {
          side.add(k, T{1});
          side.add(at.user_features, users.of(who));
        } else {
          side.add(at.items + k, T{1});
          side.add(at.item_features, items.of(who));
        }
        auto const own = model.of(who);
        at.sides.add(from, id, side.row(), own.vector);
        own.bias = from.margin(side.row()) - from.intercept();  // what the columns say alone and among themselves
      }
    };
    collapse(user_id{}, at.user_count, [&](user_id u) {
      return !users.of(u).empty() || (to_index(u) < data.user_count() && !data.of(u).empty());
    });
    collapse(item_id{}, at.item_count, [&](item_id i) {
      return !items.of(i).empty() || (to_index(i) < data.item_count() && !data.of(i).empty());
    });
    return model;
  }
};

KINDRED_END
