// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/content/liking.hpp>
#include <kindred/content/profile.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/feature_table.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/row_store.hpp>
#include <kindred/data/transposed.hpp>
#include <kindred/neighbor/row_lookup.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/strongest.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <array>
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
      : about_(std::move(about)), liking_(std::move(liking)), contrast_(contrast), overall_(overall) {
    make_room();
    for (index_t i = 0; i != about_.size(); ++i) measure(i);
    index_items();
  }

  // A model of what everybody said; weights of ratings count so many times. Throws error{numeric} for numbers beyond 2^-16 of
  // the largest there is. Parallel over users.
  template <executor E>
  content_model(features<T, item_id> about, Liking liking, double contrast, T overall, ratings<T> const& data, E& ex)
      : content_model(std::move(about), std::move(liking), contrast, overall) {
    learn(data, ex);
  }

  // Kept is what was said; the profiles are made of it again.
  static constexpr stored_format format{"content_model", 1};
  content_model(blank) {}
  static void fields(auto& self, auto& visit) {
    visit("about", self.about_);
    visit("liking", self.liking_);
    visit("contrast", self.contrast_);
    visit("overall", self.overall_);
    visit("rated", self.rated_);
    visit("said", self.said_);
    visit("times", self.times_);
    visit("wish", self.wish_);
  }
  void restore();

  [[nodiscard]] bool knows(user_id u) const noexcept { return !drawn_.row(to_index(u)).empty(); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return inverse_length_of(i) != 0; }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    match const how(*this, u, items.size());
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = how(items[k]);
  }
  // The same of items in a row, first, first + 1, ...: by walking the columns of the profile, so that what items do not share
  // with it costs nothing. out.size() <= range_block.
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    KINDRED_ASSERT(out.size() <= range_block);
    index_t const from = to_index(first);
    std::size_t const indexed =
        from < indexed_ ? (std::min)(out.size(), static_cast<std::size_t>(indexed_ - from)) : std::size_t{0};
    score_indexed(u, from, out.first(indexed));
    if (indexed == out.size()) return;
    match const how(*this, u, out.size() - indexed);
    for (std::size_t k = indexed; k != out.size(); ++k) out[k] = how(item_id{from + static_cast<index_t>(k)});
  }

  // The items that the user rated and that made the score, and by how much each moved it: an item speaks for another that is
  // more like it than items are on average, and against one that is less. What the user wishes for is the base.
  [[nodiscard]] explanation<T> explain(user_id u, item_id j, std::span<evidence<T>> out) const noexcept {
    if (!knows(u) || !knows(j)) return {T{0}, 0};
    auto const row = about_.of(j);
    auto const unit = static_cast<double>(inverse_length_of(j));
    double const expected = contrast_ * typical_of_[to_index(j)];
    auto const liked = liked_.row(to_index(u));
    std::size_t count = 0;
    for (std::size_t k = 0; k != liked.size(); ++k) {
      item_id const i{liked.index[k]};
      double const alike = product(about_.of(i), row) * unit * static_cast<double>(inverse_length_of(i)) - expected;
      T const share = static_cast<T>(static_cast<double>(liked.value[k]) * alike);
      count = keep_strongest(out, count, evidence<T>{evidence_kind::item, to_index(i), share});
    }
    return {static_cast<T>(product(wished_.row(to_index(u)), row) * unit), count};
  }

  // The features of the item, and what each adds to the score: evidence_kind::feature, whose ids are columns that about().name()
  // names. The base is 0.
  [[nodiscard]] explanation<T> explain_features(user_id u, item_id j, std::span<evidence<T>> out) const noexcept {
    if (!knows(u)) return {T{0}, 0};
    auto const row = about_.of(j);
    T const unit = inverse_length_of(j);
    std::size_t count = 0;
    for (std::size_t k = 0; k != row.size(); ++k) {
      T const share = affinity(u, row.index[k]) * row.value[k] * unit;
      count = keep_strongest(out, count, evidence<T>{evidence_kind::feature, row.index[k], share});
    }
    return {T{0}, count};
  }

  // How much the user is drawn to a feature: a column of the profile, which has length one. 0 for a user who is not known.
  [[nodiscard]] T affinity(user_id u, index_t column) const noexcept {
    KINDRED_ASSERT(column < about_.columns());
    auto const row = drawn_.row(to_index(u));
    if (row.empty()) return T{0};
    std::size_t const at = position_of(row.index, column);
    double const drawn = at == row.size() ? 0 : static_cast<double>(row.value[at]);
    return static_cast<T>(drawn - typical_[to_index(u)] * about_.typical()[column]);
  }
  [[nodiscard]] features<T, item_id> const& about() const noexcept { return about_; }

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
    return a.about_ == b.about_ && a.overall_ == b.overall_ && a.said_ == b.said_ && a.times_ == b.times_ &&
           a.wish_ == b.wish_ && a.drawn_ == b.drawn_ && a.liked_ == b.liked_ && a.wished_ == b.wished_;
  }

private:
  using maker = detail::profile_maker<T>;

  // The score of one item after the other, for one user.
  class match {
  public:
    match(content_model const& model, user_id u, std::size_t items) noexcept
        : model_(model),
          drawn_(model.drawn_.row(to_index(u))),
          typical_(drawn_.empty() ? 0 : model.typical_[to_index(u)]),
          column_(drawn_.index, items * 16) {}
    [[nodiscard]] T operator()(item_id i) const noexcept {
      if (drawn_.empty() || !model_.knows(i)) return T{0};
      auto const row = model_.about_.of(i);
      double sum = 0;
      for (std::size_t k = 0; k != row.size(); ++k) {
        std::size_t const at = column_.find(row.index[k]);
        if (at != drawn_.size()) sum += static_cast<double>(drawn_.value[at]) * static_cast<double>(row.value[k]);
      }
      return static_cast<T>(sum * static_cast<double>(model_.inverse_length_of(i)) -
                            typical_ * model_.typical_of_[to_index(i)]);
    }

  private:
    content_model const& model_;
    sparse_row<T> drawn_;
    double typical_;
    row_lookup column_;
  };

  [[nodiscard]] T inverse_length_of(item_id i) const noexcept {
    return to_index(i) < inverse_length_.size() ? inverse_length_[to_index(i)] : T{0};
  }
  [[nodiscard]] static double product(sparse_row<T> a, sparse_row<T> b) noexcept {
    double sum = 0;
    for (std::size_t k = 0, j = 0; k != a.size() && j != b.size();) {
      if (a.index[k] == b.index[j]) sum += static_cast<double>(a.value[k]) * static_cast<double>(b.value[j]);
      if (a.index[k] <= b.index[j]) ++k;
      else ++j;
    }
    return sum;
  }

  void score_indexed(user_id u, index_t from, std::span<T> out) const noexcept {
    auto const drawn = drawn_.row(to_index(u));
    double const typical = drawn.empty() ? 0 : typical_[to_index(u)];
    std::array<double, range_block> sum;
    std::fill_n(sum.begin(), out.size(), 0.0);
    for (std::size_t k = 0; k != drawn.size(); ++k) {
      auto const column = by_column_.row(drawn.index[k]);
      auto const* at = std::lower_bound(column.index.data(), column.index.data() + column.size(), from);
      auto j = static_cast<std::size_t>(at - column.index.data());
      auto const strength = static_cast<double>(drawn.value[k]);
      for (; j != column.size() && column.index[j] - from < out.size(); ++j)
        sum[column.index[j] - from] += strength * static_cast<double>(column.value[j]);
    }
    for (std::size_t k = 0; k != out.size(); ++k) {
      index_t const i = from + static_cast<index_t>(k);
      bool const known = !drawn.empty() && inverse_length_[i] != 0;
      out[k] =
          known ? static_cast<T>(sum[k] * static_cast<double>(inverse_length_[i]) - typical * typical_of_[i]) : T{0};
    }
  }

  // Lists the items by column; those that come later are matched one by one until they are many.
  void index_items() {
    by_column_ = transposed(about_.rows());
    indexed_ = about_.size();
  }

  // What is needed of the features of an item, again and again.
  void measure(index_t i) {
    auto const row = about_.of(item_id{i});
    double sum = 0;
    for (std::size_t k = 0; k != row.size(); ++k)
      sum += static_cast<double>(row.value[k]) * about_.typical()[row.index[k]];
    inverse_length_[i] = detail::inverse_length(row);
    typical_of_[i] = sum * static_cast<double>(inverse_length_[i]);
  }
  void make_room() {
    inverse_length_.resize(about_.size());
    typical_of_.resize(about_.size());
  }
  [[nodiscard]] bool is_rated(index_t item) const noexcept { return item < rated_.size() && rated_[item] != 0; }

  [[nodiscard]] detail::user_rows<T> const& rows_of(user_id u, maker& make, sparse_row<T> said,
                                                    std::span<T const> times, sparse_row<T> wish,
                                                    std::vector<T>& weight) const {
    weight.resize(said.size());
    if (!weight.empty()) liking_.weigh(said.value, overall_, std::span<T>(weight));
    for (std::size_t k = 0; k != times.size(); ++k) weight[k] *= times[k];
    return make(u, said.index, std::span<T const>(weight), wish);
  }

  // Replaces the rows of a user.
  void put(user_id u, detail::user_rows<T> const& rows) {
    drawn_.assign(to_index(u), {rows.column, rows.drawn});
    if (typical_.size() <= to_index(u)) typical_.resize(std::size_t{to_index(u)} + 1);
    typical_[to_index(u)] = rows.typical;
    liked_.assign(to_index(u), {rows.item, rows.liked});
    if (!rows.wished.empty() || to_index(u) < wished_.rows())
      wished_.assign(to_index(u), {wish_.row(to_index(u)).index.first(rows.wished.size()), rows.wished});
  }
  void renew(user_id u, maker& make, std::vector<T>& weight) {
    index_t const r = to_index(u);
    put(u, rows_of(u, make, said_.row(r), times_.row(r).value, wish_.row(r), weight));
  }

  template <executor E>
  void learn(ratings<T> const& data, E& ex);

  features<T, item_id> about_;
  csr<T> by_column_;  // items 0 ... indexed_ - 1
  index_t indexed_ = 0;
  std::vector<T> inverse_length_;   // by item: of its features
  std::vector<double> typical_of_;  // by item: the product of its features, at length one, and what is typical
  Liking liking_ = {};
  double contrast_ = 1;
  T overall_ = 0;
  std::vector<std::uint8_t> rated_;  // by item: whether anybody has
  // By user: what was given, and what was made of it.
  row_store<T> said_;
  row_store<T> times_;  // the weights of ratings, where there are any
  row_store<T> wish_;
  row_store<T> drawn_;
  std::vector<double> typical_;
  row_store<T> liked_;
  row_store<T> wished_;
};

template <real T, liking<T> Liking>
template <executor E>
void content_model<T, Liking>::learn(ratings<T> const& data, E& ex) {
  struct rows {  // of the users of one chunk, end to end
    std::vector<index_t> column, item;
    std::vector<T> drawn, liked;
  };
  // Each task clears a number a column once, so there are few tasks, and enough of them for many threads.
  index_t const users = data.user_count();
  std::size_t const grain = users / 128 + 1;
  std::vector<rows> part(chunk_count(users, grain));
  std::vector<offset_t> drawn_end(std::size_t{users} + 1), liked_end(std::size_t{users} + 1);
  typical_.resize(users);
  for_chunks(ex, users, grain, [&](std::size_t first, std::size_t last) {
    maker make(about_, inverse_length_, contrast_);
    std::vector<T> weight;
    rows& into = part[first / grain];
    for (std::size_t u = first; u != last; ++u) {
      user_id const user{static_cast<index_t>(u)};
      auto const& made = rows_of(user, make, data.of(user), data.weights(user), {}, weight);
      into.column.insert(into.column.end(), made.column.begin(), made.column.end());
      into.drawn.insert(into.drawn.end(), made.drawn.begin(), made.drawn.end());
      into.item.insert(into.item.end(), made.item.begin(), made.item.end());
      into.liked.insert(into.liked.end(), made.liked.begin(), made.liked.end());
      typical_[u] = made.typical;
      drawn_end[u + 1] = made.column.size();
      liked_end[u + 1] = made.item.size();
    }
  });
  rows all;
  for (rows& one : part) {
    all.column.insert(all.column.end(), one.column.begin(), one.column.end());
    all.drawn.insert(all.drawn.end(), one.drawn.begin(), one.drawn.end());
    all.item.insert(all.item.end(), one.item.begin(), one.item.end());
    all.liked.insert(all.liked.end(), one.liked.begin(), one.liked.end());
    one = {};
  }
  for (index_t u = 0; u != users; ++u) {
    drawn_end[u + 1] += drawn_end[u];
    liked_end[u + 1] += liked_end[u];
  }
  rated_.resize(data.item_count());
  for (index_t i = 0; i != data.item_count(); ++i) rated_[i] = !data.of(item_id{i}).empty();
  said_ = row_store<T>(data.by_user());
  for (index_t u = 0; data.weighted() && u != users; ++u)
    times_.assign(u, {data.of(user_id{u}).index, data.weights(user_id{u})});
  drawn_ = row_store<T>(csr_view<T>(unchecked, drawn_end, all.column, all.drawn, about_.columns()));
  liked_ = row_store<T>(csr_view<T>(unchecked, liked_end, all.item, all.liked, data.item_count()));
}

template <real T, liking<T> Liking>
void content_model<T, Liking>::restore() {
  check_stored(is_finite(contrast_) && contrast_ >= 0 && contrast_ <= 1 && is_finite(overall_),
               "content_model: contrast from 0 to 1, and a finite mean");
  for (index_t u = 0; u != times_.rows(); ++u)
    check_stored(times_.row(u).empty() || times_.row(u).size() == said_.row(u).size(),
                 "content_model: a weight for everything that was said");
  for (index_t u = 0; u != wish_.rows(); ++u)
    check_stored(wish_.row(u).empty() || wish_.row(u).index.back() < about_.columns(),
                 "content_model: wishes for features that there are");
  make_room();
  for (index_t i = 0; i != about_.size(); ++i) measure(i);
  index_items();
  maker make(about_, inverse_length_, contrast_);
  std::vector<T> scratch;
  typical_.resize(said_.rows());
  for (index_t u = 0; u != (std::max)(said_.rows(), wish_.rows()); ++u) renew(user_id{u}, make, scratch);
}

template <real T, liking<T> Liking>
void content_model<T, Liking>::rate(user_id u, item_id i, T value, T weight) {
  if (to_index(u) == index_limit || to_index(i) == index_limit)
    raise(error(error_kind::data) << "a rating has the id " << index_limit << ", which is reserved");
  if (!is_finite(value) || !(is_finite(weight) && weight > 0))
    raise(error(error_kind::data) << "user " << to_index(u) << " rates item " << to_index(i) << " with " << value
                                  << ", of weight " << weight << "; both are finite, and the weight is positive");
  auto const old = said_.row(to_index(u));
  auto const old_times = times_.row(to_index(u)).value;
  bool const weighted = weight != 1 || times_.rows() != 0;
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

  maker make(about_, inverse_length_, contrast_);
  std::vector<T> scratch;
  auto const& rows = rows_of(u, make, {index, said}, times, wish_.row(to_index(u)), scratch);
  if (to_index(i) >= rated_.size()) rated_.resize(std::size_t{to_index(i)} + 1);
  rated_[to_index(i)] = 1;
  said_.assign(to_index(u), {index, said});
  if (weighted) times_.assign(to_index(u), {index, times});
  put(u, rows);
}

template <real T, liking<T> Liking>
void content_model<T, Liking>::prefer(feature_table<user_id> const& wishes, double weight) {
  if (!(is_finite(weight) && weight > 0 && weight <= 1e6))
    raise(error(error_kind::setting) << "a wish has the weight " << weight << "; weights go from above 0 to a million");
  auto const rows = about_.rows_of(wishes);
  maker make(about_, inverse_length_, contrast_);
  std::vector<T> scaled, scratch;
  for (std::size_t k = 0; k != rows.size(); ++k) {
    auto const row = rows.row(k);
    double const scale = weight * static_cast<double>(detail::inverse_length(row));
    scaled.clear();
    for (T const v : row.value) scaled.push_back(static_cast<T>(static_cast<double>(v) * scale));
    wish_.assign(rows.entity[k], {row.index, scaled});
    renew(user_id{rows.entity[k]}, make, scratch);
  }
}

template <real T, liking<T> Liking>
void content_model<T, Liking>::add(feature_table<item_id> const& more) {
  auto const rows = about_.rows_of(more);
  about_.add(rows);
  make_room();
  if ((rows.size() != 0 && rows.entity[0] < indexed_) || about_.size() - indexed_ > indexed_ / 8 + 1024) index_items();
  std::vector<bool> changed(about_.size());
  bool matters = false;
  for (index_t const i : rows.entity) {
    measure(i);
    changed[i] = true;
    matters = matters || is_rated(i);
  }
  if (!matters) return;
  maker make(about_, inverse_length_, contrast_);
  std::vector<T> scratch;
  for (index_t u = 0; u != said_.rows(); ++u) {
    bool affected = false;
    for (index_t const i : said_.row(u).index) affected = affected || (i < changed.size() && changed[i]);
    if (affected) renew(user_id{u}, make, scratch);
  }
}

KINDRED_END
