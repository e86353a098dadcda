// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/content/described_items.hpp>
#include <kindred/content/liking.hpp>
#include <kindred/content/profile.hpp>
#include <kindred/content/user_profiles.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/feature_table.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/strongest.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Scores an item by how well its features match the user's profile, which is what sets the things that they liked apart from
// all others:
//
//   score(u, j) = cosine(p(u), x(j))        p(u) = sum over i that u rated of w(u, i) (x(i) - contrast t)  +  wish(u)
//
// x(i) are the features of item i at length one, and t their mean: most films are dramas, and who has seen some dramas need
// not be after more. An item that nobody has rated yet is known as soon as it has features, a user who has rated nothing as
// soon as they say what they wish for. In [-1, 1]; 0 for users and items that are not known. Not a predictor: a cosine is not
// a rating.
//
// The model learns while it serves: rate(), prefer() and add() leave it as a fit to all of the data would, bit by bit -
// with the columns of the features and the mean of all ratings as they were fitted. They must not run beside anything else;
// score() and the rest are safe from any thread.
template <real T, liking<T> Liking = as_given>
class content_model {
public:
  using value_type = T;

  // A model that knows no user. 0 <= contrast <= 1; `overall` is what liking takes for the mean of everybody's ratings.
  explicit content_model(features<T, item_id> about, Liking liking = {}, double contrast = 1, T overall = 0)
      : items_(std::move(about)), liking_(std::move(liking)), contrast_(contrast), overall_(overall) {}

  // A model of what everybody said; weights of ratings count so many times. Throws error{numeric} for numbers beyond 2^-16 of
  // the largest there is. Parallel over users.
  template <executor E>
  content_model(features<T, item_id> about, Liking liking, double contrast, T overall, ratings<T> const& data, E& ex)
      : content_model(std::move(about), std::move(liking), contrast, overall) {
    users_.learn(data, this->about().columns(), ex, [this] { return writer(*this); });
    mark_rated();
  }

  // Kept is what was said; the profiles are made of it again.
  static constexpr stored_format format{"content_model", 1};
  content_model(blank) {}
  static void fields(auto& self, auto& visit) {
    self.items_.fields(self.items_, visit);
    visit("liking", self.liking_);
    visit("contrast", self.contrast_);
    visit("overall", self.overall_);
    self.users_.fields(self.users_, visit);
  }
  void restore() {
    check_stored(is_finite(contrast_) && contrast_ >= 0 && contrast_ <= 1 && is_finite(overall_),
                 "content_model: contrast from 0 to 1, and a finite mean");
    users_.restore(about().columns());
    items_.restore();
    writer write(*this);
    for (index_t u = 0; u != users_.size(); ++u) renew(user_id{u}, write);
    mark_rated();
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return !users_.drawn(u).empty(); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return items_.knows(i); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    typename described::match const how(items_, users_.drawn(u), users_.typical(u), items.size());
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = how(items[k]);
  }
  // The same of items in a row, first, first + 1, ...: by walking the columns of the profile, so that what items do not share
  // with it costs nothing. out.size() <= range_block.
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    KINDRED_ASSERT(out.size() <= range_block);
    items_.match_range(users_.drawn(u), users_.typical(u), first, out);
  }

  // The items that the user rated and that made the score, and by how much each moved it: an item speaks for another that is
  // more like it than items are on average, and against one that is less. What the user wishes for is the base.
  [[nodiscard]] explanation<T> explain(user_id u, item_id j, std::span<evidence<T>> out) const noexcept {
    if (!knows(u) || !knows(j)) return {T{0}, 0};
    auto const row = about().of(j);
    auto const unit = static_cast<double>(items_.inverse_length(j));
    double const expected = contrast_ * items_.typical_of(j);
    auto const liked = users_.liked(u);
    std::size_t count = 0;
    for (std::size_t k = 0; k != liked.size(); ++k) {
      item_id const i{liked.index[k]};
      double const alike =
          product(about().of(i), row) * unit * static_cast<double>(items_.inverse_length(i)) - expected;
      T const share = static_cast<T>(static_cast<double>(liked.value[k]) * alike);
      count = keep_strongest(out, count, evidence<T>{evidence_kind::item, to_index(i), share});
    }
    return {static_cast<T>(product(users_.wished(u), row) * unit), count};
  }

  // The features of the item, and what each adds to the score: evidence_kind::feature, whose ids are columns that about().name()
  // names. The base is 0.
  [[nodiscard]] explanation<T> explain_features(user_id u, item_id j, std::span<evidence<T>> out) const noexcept {
    if (!knows(u)) return {T{0}, 0};
    auto const row = about().of(j);
    T const unit = items_.inverse_length(j);
    std::size_t count = 0;
    for (std::size_t k = 0; k != row.size(); ++k) {
      T const share = affinity(u, row.index[k]) * row.value[k] * unit;
      count = keep_strongest(out, count, evidence<T>{evidence_kind::feature, row.index[k], share});
    }
    return {T{0}, count};
  }

  // How much the user is drawn to a feature: a column of the profile, which has length one. 0 for a user who is not known.
  [[nodiscard]] T affinity(user_id u, index_t column) const noexcept {
    KINDRED_ASSERT(column < about().columns());
    auto const row = users_.drawn(u);
    if (row.empty()) return T{0};
    std::size_t const at = position_of(row.index, column);
    double const drawn = at == row.size() ? 0 : static_cast<double>(row.value[at]);
    return static_cast<T>(drawn - users_.typical(u) * about().typical()[column]);
  }
  [[nodiscard]] features<T, item_id> const& about() const noexcept { return items_.about(); }

  // A new rating, or another in place of an old one. Throws error: data for a value that is not finite and for a weight
  // that is not a positive number; numeric as a fit does; the model is as before then. O(features of what the user rated
  // + columns).
  void rate(user_id u, item_id i, T value, T weight = 1);

  // What users say that they look for, in a table of the fields of the items: tags that they name, a price, words. It counts
  // like an item with these features that weighs `weight`, and replaces what they said before. Throws error: data as
  // features::rows_of does, setting for a weight that is not a positive number.
  void prefer(feature_table<user_id> const& wishes, double weight = 1);

  // Items that are new, or of which something else is known now. Throws as features::add does; the model is as before then.
  // Amortized O(row) for ids beyond all others, O(features of all items) else; and O(ratings) if people have rated these items.
  void add(feature_table<item_id> const& more);

  friend bool operator==(content_model const& a, content_model const& b) noexcept {
    return a.about() == b.about() && a.overall_ == b.overall_ && a.users_ == b.users_;
  }

private:
  using described = detail::described_items<T>;

  // Writes the profiles of one user after the other.
  class writer {
  public:
    explicit writer(content_model const& model)
        : model_(model), make_(model.about(), model.items_.inverse_lengths(), model.contrast_) {}
    [[nodiscard]] detail::user_rows<T> const& operator()(user_id u, sparse_row<T> said, std::span<T const> times,
                                                         sparse_row<T> wish) {
      weight_.resize(said.size());
      if (!weight_.empty()) model_.liking_.weigh(said.value, model_.overall_, std::span<T>(weight_));
      for (std::size_t k = 0; k != times.size(); ++k) weight_[k] *= times[k];
      return make_(u, said.index, std::span<T const>(weight_), wish);
    }

  private:
    content_model const& model_;
    detail::profile_maker<T> make_;
    std::vector<T> weight_;
  };

  [[nodiscard]] static double product(sparse_row<T> a, sparse_row<T> b) noexcept {
    double sum = 0;
    for (std::size_t k = 0, j = 0; k != a.size() && j != b.size();) {
      if (a.index[k] == b.index[j]) sum += static_cast<double>(a.value[k]) * static_cast<double>(b.value[j]);
      if (a.index[k] <= b.index[j]) ++k;
      else ++j;
    }
    return sum;
  }

  void renew(user_id u, writer& write) { users_.put(u, write(u, users_.said(u), users_.times(u), users_.wish(u))); }

  void mark_rated(item_id i) {
    if (to_index(i) >= rated_.size()) rated_.resize(std::size_t{to_index(i)} + 1);
    rated_[to_index(i)] = 1;
  }
  void mark_rated() {
    for (index_t u = 0; u != users_.size(); ++u)
      for (index_t const i : users_.said(user_id{u}).index) mark_rated(item_id{i});
  }

  described items_;
  Liking liking_ = {};
  double contrast_ = 1;
  T overall_ = 0;
  detail::user_profiles<T> users_;
  std::vector<std::uint8_t> rated_;  // by item: whether anybody has
};

template <real T, liking<T> Liking>
void content_model<T, Liking>::rate(user_id u, item_id i, T value, T weight) {
  if (to_index(u) == index_limit || to_index(i) == index_limit)
    raise(error(error_kind::data) << "a rating has the id " << index_limit << ", which is reserved");
  if (!is_finite(value) || !(is_finite(weight) && weight > 0))
    raise(error(error_kind::data) << "user " << to_index(u) << " rates item " << to_index(i) << " with " << value
                                  << ", of weight " << weight << "; both are finite, and the weight is positive");
  auto const old = users_.said(u);
  auto const old_times = users_.times(u);
  bool const weighted = weight != 1 || users_.weighted();
  std::vector<index_t> index;
  std::vector<T> said, times;
  auto const append = [&](index_t item, T what, T count) {
    index.push_back(item);
    said.push_back(what);
    if (weighted) times.push_back(count);
  };
  std::size_t k = 0;
  auto const copy_old = [&] {
    append(old.index[k], old.value[k], old_times.empty() ? T{1} : old_times[k]);
    ++k;
  };
  while (k != old.size() && old.index[k] < to_index(i)) copy_old();
  if (k != old.size() && old.index[k] == to_index(i)) ++k;
  append(to_index(i), value, weight);
  while (k != old.size()) copy_old();

  // Nothing has changed yet if this throws.
  writer write(*this);
  auto const& rows = write(u, {index, said}, times, users_.wish(u));
  mark_rated(i);
  users_.set_said(u, {index, said}, times);
  users_.put(u, rows);
}

template <real T, liking<T> Liking>
void content_model<T, Liking>::prefer(feature_table<user_id> const& wishes, double weight) {
  if (!(is_finite(weight) && weight > 0 && weight <= 1e6))
    raise(error(error_kind::setting) << "a wish has the weight " << weight << "; weights go from above 0 to a million");
  auto const rows = about().rows_of(wishes);
  writer write(*this);
  std::vector<T> scaled;
  for (std::size_t k = 0; k != rows.size(); ++k) {
    auto const row = rows.row(k);
    double const scale = weight * static_cast<double>(detail::inverse_length(row));
    scaled.clear();
    for (T const v : row.value) scaled.push_back(static_cast<T>(static_cast<double>(v) * scale));
    users_.set_wish(user_id{rows.entity[k]}, {row.index, scaled});
    renew(user_id{rows.entity[k]}, write);
  }
}

template <real T, liking<T> Liking>
void content_model<T, Liking>::add(feature_table<item_id> const& more) {
  auto const added = items_.add(more);
  std::vector<bool> changed(about().size());
  bool matters = false;
  for (index_t const i : added) {
    changed[i] = true;
    matters = matters || (i < rated_.size() && rated_[i] != 0);
  }
  if (!matters) return;
  writer write(*this);
  for (index_t u = 0; u != users_.size(); ++u) {
    bool affected = false;
    for (index_t const i : users_.said(user_id{u}).index) affected = affected || (i < changed.size() && changed[i]);
    if (affected) renew(user_id{u}, write);
  }
}

KINDRED_END
