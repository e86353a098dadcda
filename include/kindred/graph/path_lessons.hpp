// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/graph/entity_links.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/path_walk.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// What is held out in order to learn from it: single ratings, or all those of an item, which then is as new ones are.
enum class hidden : std::uint8_t { ratings, items };

namespace detail {

// Which pairs a fold holds out.
struct fold_of_pairs {
  std::uint64_t seed;
  std::uint32_t fold, folds;
  hidden hide;

  [[nodiscard]] bool holds(index_t u, index_t i) const noexcept {
    return mix(seed, hide == hidden::items ? 0 : u, i) % folds == fold;
  }
};

struct lesson_limits {
  std::uint32_t users, lessons, negatives;
  double liked_from;
};

// What to learn the weights of paths from: liked pairs, each with some drawn ones, and what the walks of every kind bring to them.
class path_lessons {
public:
  explicit path_lessons(std::size_t kinds) : kinds_(kinds), mean_(kinds) {}

  // Adds the pairs that a fold holds out, as a graph without them sees them.
  template <real T, step_weight W, executor E>
  void ask(ratings<T> const& data, knowledge_graph const& seen, entity_links const& links,
           std::vector<meta_path> const& kinds, W const& steps, fold_of_pairs const& out, lesson_limits const& limits,
           E& ex) {
    std::vector<index_t> users;
    double const share = static_cast<double>(limits.users) / (static_cast<double>(data.user_count()) + 1e-9);
    for (index_t u = 0; u != data.user_count(); ++u)
      if (to_unit(mix(out.seed, 1, u)) < share) users.push_back(u);
    // The items that a lesson may be about.
    std::vector<index_t> items;
    for (index_t i = 0; i != data.item_count(); ++i)
      if (!data.of(item_id{i}).empty() && (out.hide == hidden::ratings || out.holds(0, i))) items.push_back(i);
    if (items.size() < 2) return;
    constexpr std::size_t grain = 64;
    std::vector<std::vector<float>> part(chunk_count(users.size(), grain));
    ex.bulk(part.size(), [&](std::size_t c) {
      chunk const of = chunk_at(users.size(), grain, c);
      path_walk<W> walk(seen, steps);
      std::vector<index_t> asked;
      for (std::size_t k = of.first; k != of.last; ++k) {
        index_t const u = users[k];
        draw(data, u, items, out, limits, asked);
        std::size_t const begin = part[c].size();
        part[c].resize(begin + asked.size() * kinds_);
        for (std::size_t p = 0; p != kinds_ && !asked.empty(); ++p) {
          walk(node_id{links.node_of(user_id{u})}, kinds[p]);
          for (std::size_t a = 0; a != asked.size(); ++a)
            part[c][begin + a * kinds_ + p] = static_cast<float>(walk.value(node_id{links.node_of(item_id{asked[a]})}));
        }
      }
    });
    for (auto& p : part) value_.insert(value_.end(), p.begin(), p.end());
    per_lesson_ = limits.negatives + 1;
  }

  // Kinds of path are told apart by their weights only when what they bring is of one size.
  void divide_by_means() {
    std::size_t const rows = value_.size() / kinds_;
    for (std::size_t r = 0; r != rows; ++r)
      for (std::size_t p = 0; p != kinds_; ++p) mean_[p] += static_cast<double>(value_[r * kinds_ + p]);
    for (double& m : mean_) m /= rows == 0 ? 1 : static_cast<double>(rows);
    for (std::size_t r = 0; r != rows; ++r)
      for (std::size_t p = 0; p != kinds_; ++p)
        if (mean_[p] > 0) value_[r * kinds_ + p] /= static_cast<float>(mean_[p]);
    squares_.assign(kinds_, 1.0);
  }
  [[nodiscard]] double mean(std::size_t kind) const noexcept { return mean_[kind]; }

  // Once over all lessons by AdaGrad, lesson by lesson; returns the mean loss.
  double descend(double rate, double l2, std::vector<double>& weight) {
    std::size_t const lessons = per_lesson_ == 0 ? 0 : value_.size() / kinds_ / per_lesson_;
    double loss = 0;
    std::vector<double> score(per_lesson_), slope(kinds_);
    for (std::size_t n = 0; n != lessons; ++n) {
      float const* const rows = value_.data() + n * per_lesson_ * kinds_;
      double largest = 0, total = 0;
      for (std::size_t a = 0; a != per_lesson_; ++a) {
        score[a] = 0;
        for (std::size_t p = 0; p != kinds_; ++p) score[a] += weight[p] * static_cast<double>(rows[a * kinds_ + p]);
        largest = a == 0 || score[a] > largest ? score[a] : largest;
      }
      for (double& s : score) {
        s = std::exp(s - largest);
        total += s;
      }
      loss -= std::log(score[0] / total + 1e-300);
      for (std::size_t p = 0; p != kinds_; ++p) slope[p] = l2 * weight[p];
      for (std::size_t a = 0; a != per_lesson_; ++a) {
        double const push = score[a] / total - (a == 0 ? 1.0 : 0.0);
        for (std::size_t p = 0; p != kinds_; ++p) slope[p] += push * static_cast<double>(rows[a * kinds_ + p]);
      }
      for (std::size_t p = 0; p != kinds_; ++p) {
        squares_[p] += slope[p] * slope[p];
        weight[p] -= rate * slope[p] / std::sqrt(squares_[p]);
        if (weight[p] < 0) weight[p] = 0;
      }
    }
    return lessons == 0 ? 0 : loss / static_cast<double>(lessons);
  }

private:
  // The items of a user's lessons: a liked one, then drawn ones that the user does not have, and so on.
  template <real T>
  static void draw(ratings<T> const& data, index_t u, std::vector<index_t> const& items, fold_of_pairs const& out,
                   lesson_limits const& limits, std::vector<index_t>& asked) {
    asked.clear();
    auto const row = data.of(user_id{u});
    random_stream random(out.seed, std::uint64_t{u} * out.folds + out.fold);
    std::size_t missing = 0;
    for (index_t const i : items) missing += !data.contains(user_id{u}, item_id{i});
    if (missing * 4 < items.size()) return;  // drawing would take long
    std::vector<index_t> liked;
    for (std::size_t k = 0; k != row.size(); ++k)
      if (out.holds(u, row.index[k]) && static_cast<double>(row.value[k]) >= limits.liked_from)
        liked.push_back(row.index[k]);
    shuffle(random, std::span<index_t>(liked));
    for (std::size_t k = 0; k != liked.size() && k != limits.lessons; ++k) {
      asked.push_back(liked[k]);
      for (std::uint32_t n = 0; n != limits.negatives;) {
        index_t const other = items[below(random, static_cast<std::uint32_t>(items.size()))];
        if (data.contains(user_id{u}, item_id{other})) continue;
        asked.push_back(other);
        ++n;
      }
    }
  }

  std::size_t kinds_;
  std::size_t per_lesson_ = 0;
  std::vector<float> value_;  // by lesson, item and kind
  std::vector<double> mean_;
  std::vector<double> squares_;
};

}  // namespace detail

KINDRED_END
