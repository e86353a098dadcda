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
#include <kindred/factor/interaction_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
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
// One example a rating is made first: memory for every rating's features. Objective, report, observer, determinism and errors are
// those of the machine; error{shape} when there are more columns than can be numbered.
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
    if (!data.empty()) return machine.begin(examples_of(data, layout_of(data)).view());
    return decltype(machine.begin(example_table<T>(0).view())){
        interaction_model<T, decltype(machine.loss)>(0, 0, machine.loss)};
  }
  template <class Training, executor E, class After>
  void advance(Training& training, ratings<T> const& data, std::uint32_t more, E& ex, After const& after) const {
    check_training(training, data);
    if (data.empty()) return;
    machine.advance(training, examples_of(data, layout_of(data)).view(), more, ex, after,
                    [&](std::uint32_t epoch, index_t row) { raise_at(data, epoch, row); });
  }
  template <class Training, executor E>
  [[nodiscard]] fitted<factor_model<T>> finish(Training const& training, ratings<T> const& data, E&) const {
    check_training(training, data);
    auto model = collapsed(data, layout_of(data), training.model);
    detail::check_reach(model, training.report.epochs);
    return {std::move(model), training.report};
  }

private:
  // Where the columns are: users, items, features of users, features of items.
  struct layout {
    index_t user_count, item_count, items, user_features, item_features, end;
  };

  [[nodiscard]] layout layout_of(ratings<T> const& data) const {
    index_t const user_count = (std::max)(data.user_count(), users.size());
    index_t const item_count = (std::max)(data.item_count(), items.size());
    std::uint64_t const end = std::uint64_t{user_count} + item_count + users.columns() + items.columns();
    if (end >= index_limit)
      raise(error(error_kind::shape) << "feature_factorization: more columns than can be numbered");
    index_t const after_items = user_count + item_count;
    return {user_count, item_count, user_count, after_items, after_items + users.columns(), static_cast<index_t>(end)};
  }

  template <class Training>
  void check_training(Training const& training, ratings<T> const& data) const {
    if (training.model.columns() != (data.empty() ? 0 : layout_of(data).end))
      raise(error(error_kind::shape) << "feature_factorization: what was begun is of other data, or of another recipe");
  }

  // Calls visit(column, value) for what is said of a user, of an item: their own column, then their features.
  template <class Visit>
  void each(layout const& at, user_id u, Visit const& visit) const {
    visit(to_index(u), T{1});
    each_feature(users.of(u), at.user_features, visit);
  }
  template <class Visit>
  void each(layout const& at, item_id i, Visit const& visit) const {
    visit(at.items + to_index(i), T{1});
    each_feature(items.of(i), at.item_features, visit);
  }
  template <class Visit>
  static void each_feature(sparse_row<T> row, index_t from, Visit const& visit) {
    for (std::size_t k = 0; k != row.size(); ++k) visit(from + row.index[k], row.value[k]);
  }

  [[nodiscard]] example_table<T> examples_of(ratings<T> const& data, layout const& at) const {
    example_table<T> out(at.end);
    std::vector<index_t> index;
    std::vector<T> value;
    auto const add = [&](index_t column, T x) {
      index.push_back(column);
      value.push_back(x);
    };
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      auto const weight = data.weights(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        item_id const i{row.index[k]};
        index.clear();
        value.clear();
        add(u, T{1});  // in the order of the columns
        add(at.items + to_index(i), T{1});
        each_feature(users.of(user_id{u}), at.user_features, add);
        each_feature(items.of(i), at.item_features, add);
        out.add(row.value[k], {index, value}, weight.empty() ? T{1} : weight[k]);
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
    factor_model<T> model(at.user_count, at.item_count, from.factors());
    model.set_mean(from.intercept());
    auto const collapse = [&](auto id, index_t count, auto const& known) {
      for (index_t k = 0; k != count; ++k) {
        auto const who = decltype(id){k};
        if (!known(who)) continue;
        model.set_known(who);
        if (from.columns() == 0) continue;
        auto const own = model.of(who);
        double bias = 0, alone = 0, together = 0;
        each(at, who, [&](index_t j, T x) {
          bias += static_cast<double>(from.weights()[j] * x);
          auto const v = from.vectors().row(j);
          for (std::size_t f = 0; f != v.size(); ++f) {
            own.vector[f] += x * v[f];
            alone += static_cast<double>(x * v[f]) * static_cast<double>(x * v[f]);
          }
        });
        for (T const s : own.vector) together += static_cast<double>(s) * static_cast<double>(s);
        own.bias = static_cast<T>(bias + (together - alone) / 2);
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
