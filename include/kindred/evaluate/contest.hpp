// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/recommender.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/bootstrap.hpp>
#include <kindred/evaluate/compare_paired.hpp>
#include <kindred/evaluate/estimate.hpp>
#include <kindred/evaluate/exposure.hpp>
#include <kindred/evaluate/group_figures.hpp>
#include <kindred/evaluate/item_shares.hpp>
#include <kindred/evaluate/liked_items.hpp>
#include <kindred/evaluate/measure_lists.hpp>
#include <kindred/evaluate/measure_set.hpp>
#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/evaluate/novelty.hpp>
#include <kindred/evaluate/offered_lists.hpp>
#include <kindred/evaluate/paired_test.hpp>
#include <kindred/evaluate/precision_at.hpp>
#include <kindred/evaluate/ranking_protocol.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

KINDRED_BEGIN

struct contest_settings {
  ranking_protocol protocol = {};
  bootstrap interval = {};
  permutation_settings permutation = {};
  double head = 0.8;  // the share of ratings that the short head has
};

// What a contest knows of one recommender.
struct contestant {
  std::string name;
  offered_lists lists;
  std::vector<std::vector<double>> columns;  // of the measures, in their order, one number a user
  std::vector<estimate> means;               // of the same
  catalog_use use = {};
  double lift = 0;          // popularity_lift
  group_means groups = {};  // of the first measure; empty without groups
};

// How one recommender differs from another in the first measure.
struct contest_difference {
  std::size_t other = 0;        // number of the recommender
  paired_comparison pair = {};  // other - best
  double p_value = 1;           // of the permutation test, by Holm's method for all of the contest
};

// Any number of recommenders, judged by the same users: accuracy with intervals, what else their lists are like, for whom, and
// which differences are more than luck. Measures come first, then recommenders. io/contest_page.hpp makes a page of it.
//
//   kindred::contest rivals(train, test, {.protocol = {.length = 10, .relevant_from = 4}});
//   rivals.measure("diversity", kindred::intra_list_diversity(alike));
//   rivals.enter("popularity", popular, pool).enter("EASE", taste, pool);
//
// The first measures are NDCG, recall, precision, novelty and the share of the long tail. Looks into `train`. Throws what the
// parts of the settings throw, and error{setting} for a measure that comes after a recommender.
template <real T>
class contest {
public:
  contest(ratings<T> const& train, ratings<T> const& test, contest_settings how = {})
      : train_(&train), how_(how), liked_(test, how.protocol.relevant_from), shares_(train, how.head) {
    how.protocol.check();
    how.interval.check();
    how.permutation.check();
    auto const k = how.protocol.length;
    auto const at = "@" + std::to_string(k);
    measure("NDCG" + at, judged_by(ndcg_at{k}, liked_));
    measure("recall" + at, judged_by(recall_at{k}, liked_));
    measure("precision" + at, judged_by(precision_at{k}, liked_));
    measure("novelty, bits", novelty(shares_));
    measure("long tail", tail_share(shares_));
  }
  contest(contest const&) = delete;  // the measures look into it
  contest& operator=(contest const&) = delete;

  // A further measure of lists. What it looks into must outlive the contest.
  template <list_measure M>
  contest& measure(std::string name, M said) {
    if (!rivals_.empty())
      raise((error(error_kind::setting) << "contest: the measure '").quote(name.data(), name.size())
            << "' comes after a recommender");
    names_.push_back(std::move(name));
    measures_.add(std::move(said));
    return *this;
  }

  // Takes the first measure apart by group of users: group[user] numbers each one's group, which `names` names. Throws
  // error{setting} after a recommender; enter() throws as means_by_group.
  contest& by_group(std::vector<index_t> group, std::vector<std::string> names) {
    if (!rivals_.empty()) raise(error(error_kind::setting) << "contest: the groups come after a recommender");
    group_ = std::move(group);
    groups_ = std::move(names);
    return *this;
  }

  // Judges a recommender. Parallel over users; the same on any number of threads.
  template <list_source M, executor E = sequential>
  contest& enter(std::string name, M const& model, E&& ex = {}) {
    return enter(std::move(name), offered_by(model, *train_, liked_.users(), how_.protocol.length, ex), ex);
  }
  // The same of lists from elsewhere, for users(). Throws error{shape} when they are for other users, or another catalog, or may be
  // longer than those of the contest: novelty and variety would be of other lists than accuracy.
  template <executor E = sequential>
  contest& enter(std::string name, offered_lists lists, E&& ex = {}) {
    if (lists.item_count() != train_->item_count() || lists.size() != liked_.users().size() ||
        !std::equal(lists.users().begin(), lists.users().end(), liked_.users().begin()))
      raise((error(error_kind::shape) << "contest: the lists of '").quote(name.data(), name.size())
            << "' are for other users or another catalog");
    if (lists.length() > how_.protocol.length)
      raise((error(error_kind::shape) << "contest: the lists of '").quote(name.data(), name.size())
            << "' have up to " << lists.length() << " items; those of the contest have " << how_.protocol.length);
    contestant made{.name = std::move(name), .lists = std::move(lists), .columns = {}, .means = {}};
    for (std::size_t m = 0; m != measures_.size(); ++m) {
      auto const said = [&](user_id u, std::span<item_id const> list) { return measures_.say(m, u, list); };
      made.columns.push_back(measure_lists(made.lists, ex, said)[0]);
    }
    made.means = bootstrap_means(made.columns, how_.interval, ex);
    made.use = use_of_catalog(made.lists, shares_);
    made.lift = popularity_lift(made.lists, *train_, shares_);
    if (!groups_.empty())
      made.groups = means_by_group(made.columns[0], made.lists.users(), group_, static_cast<index_t>(groups_.size()),
                                   how_.interval, ex);
    rivals_.push_back(std::move(made));
    return *this;
  }

  // The number of the recommender with the highest mean of the first measure, of equal ones the first; 0 when there is none.
  [[nodiscard]] std::size_t best() const noexcept {
    std::size_t best = 0;
    for (std::size_t r = 1; r < rivals_.size(); ++r)
      if (rivals_[r].means[0].value > rivals_[best].means[0].value) best = r;
    return best;
  }
  // How every other recommender differs from the best.
  template <executor E = sequential>
  [[nodiscard]] std::vector<contest_difference> differences(E&& ex = {}) const {
    std::vector<contest_difference> out;
    std::vector<double> p;
    for (std::size_t r = 0; r != rivals_.size(); ++r) {
      if (r == best()) continue;
      out.push_back({r, compare_paired(rivals_[best()].columns[0], rivals_[r].columns[0],
                                       {how_.interval, how_.permutation}, ex)});
      p.push_back(out.back().pair.permutation.p_value);
    }
    p = holm(p);
    for (std::size_t k = 0; k != out.size(); ++k) out[k].p_value = p[k];
    return out;
  }

  [[nodiscard]] std::vector<contestant> const& rivals() const noexcept { return rivals_; }
  [[nodiscard]] std::vector<std::string> const& measures() const noexcept { return names_; }
  [[nodiscard]] std::vector<std::string> const& groups() const noexcept { return groups_; }
  [[nodiscard]] std::span<user_id const> users() const noexcept { return liked_.users(); }  // who judges
  [[nodiscard]] liked_items const& liked() const noexcept { return liked_; }
  [[nodiscard]] item_shares const& shares() const noexcept { return shares_; }
  [[nodiscard]] contest_settings const& settings() const noexcept { return how_; }

private:
  ratings<T> const* train_;
  contest_settings how_;
  liked_items liked_;
  item_shares shares_;
  std::vector<std::string> names_;
  detail::measure_set measures_;
  std::vector<index_t> group_;
  std::vector<std::string> groups_;
  std::vector<contestant> rivals_;
};

KINDRED_END
