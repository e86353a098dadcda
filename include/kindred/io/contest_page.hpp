// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/evaluate/contest.hpp>
#include <kindred/io/chart/interval_chart.hpp>
#include <kindred/io/number_text.hpp>
#include <kindred/io/report.hpp>
#include <kindred/run/executor.hpp>

#include <cstddef>
#include <string>

KINDRED_BEGIN

namespace detail {

// "0.21 (0.19 to 0.23)"
[[nodiscard]] inline std::string estimate_text(estimate const& e) {
  auto const three = [](double x) { return number_text(x, 3); };
  return three(e.value) + " (" + three(e.low) + " to " + three(e.high) + ")";
}

template <real T>
[[nodiscard]] interval_chart chart_of_measure(contest<T> const& rivals, std::size_t measure) {
  interval_chart chart{.title = rivals.measures()[measure], .series = {{}}, .decimals = 3};
  for (contestant const& r : rivals.rivals()) {
    chart.categories.push_back(r.name);
    chart.series[0].values.push_back(r.means[measure]);
  }
  return chart;
}

}  // namespace detail

// Adds what a contest found to a report: every measure with its intervals; whether differences are more than luck; how the lists
// of each use the catalog; and, where the contest has groups, for whom they are good. Recommenders stand in the order in which they
// entered.
template <real T, executor E = sequential>
void add_contest(report& page, contest<T> const& rivals, E&& ex = {}) {
  auto const& all = rivals.rivals();
  contest_settings const& how = rivals.settings();
  page.heading("How good the lists are");
  page.paragraph("Each user of the test part who liked something was offered " + std::to_string(how.protocol.length) +
                 " items that they did not know: " + std::to_string(rivals.users().size()) +
                 " users. Lines are intervals that hold the figure with " + number_text(100 * how.interval.level) +
                 " % confidence, were other users asked.");
  for (std::size_t m = 0; m != rivals.measures().size(); ++m) page.interval(detail::chart_of_measure(rivals, m));

  data_table use{.caption = "All lists together",
                 .columns = {{"recommender"},
                             {.name = "coverage, %", .decimals = 1, .best = best_is::highest},
                             {.name = "Gini", .decimals = 3, .best = best_is::lowest},
                             {.name = "entropy, bits", .decimals = 2, .best = best_is::highest},
                             {.name = "long tail, %", .decimals = 1},
                             {.name = "popularity lift, %", .decimals = 0}}};
  for (contestant const& r : all)
    use.rows.push_back({r.name, 100 * r.use.coverage, r.use.gini, r.use.entropy, 100 * r.use.tail, 100 * r.lift});
  page.table(use);

  if (all.size() > 1) {
    std::string const best = all[rivals.best()].name;
    page.heading("Whether it is luck");
    page.paragraph(
        "Beside " + best + ", the best by " + rivals.measures()[0] +
        ", user by user. A chance below 0.05 says that the two differ; it is that of a permutation test, made "
        "larger by Holm's method because several are asked about.");
    data_table pairs{.caption = rivals.measures()[0] + " less that of " + best,
                     .columns = {{"recommender"},
                                 {"difference, interval"},
                                 {.name = "better for", .decimals = 0},
                                 {.name = "worse for", .decimals = 0},
                                 {.name = "equal for", .decimals = 0},
                                 {.name = "chance", .decimals = 4},
                                 {"says"}}};
    interval_chart apart{.title = pairs.caption,
                         .note = "Each line is by itself; the chances above count in that several are asked about.",
                         .series = {{}},
                         .decimals = 3};
    for (contest_difference const& d : rivals.differences(ex)) {
      pairs.rows.push_back({all[d.other].name, detail::estimate_text(d.pair.difference), d.pair.better, d.pair.worse,
                            d.pair.equal, d.p_value, d.p_value <= 0.05 ? "they differ" : "may be luck"});
      apart.categories.push_back(all[d.other].name);
      apart.series[0].values.push_back(d.pair.difference);
    }
    page.table(pairs);
    page.interval(apart);
  }

  if (!rivals.groups().empty() && !all.empty()) {
    page.heading("For whom");
    interval_chart by{
        .title = rivals.measures()[0] + " by group of users", .categories = {}, .series = {}, .decimals = 3};
    for (contestant const& r : all) by.series.push_back({r.name, {}});
    data_table gaps{
        .caption = "Between the groups that are served best and worst",
        .columns = {{"recommender"}, {"best"}, {"worst"}, {.name = "gap", .decimals = 3, .best = best_is::lowest}}};
    for (std::size_t g = 0; g != rivals.groups().size(); ++g) {
      std::size_t const count = all[0].groups.groups[g].count;
      if (count == 0) continue;
      by.categories.push_back(rivals.groups()[g] + " (" + std::to_string(count) + ")");
      for (std::size_t r = 0; r != all.size(); ++r) by.series[r].values.push_back(all[r].groups.groups[g]);
    }
    for (contestant const& r : all)
      gaps.rows.push_back({r.name, rivals.groups()[r.groups.best], rivals.groups()[r.groups.worst], r.groups.gap});
    page.interval(by);
    page.table(gaps);
  }
}

KINDRED_END
