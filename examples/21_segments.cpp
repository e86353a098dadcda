// SPDX-License-Identifier: BSL-1.0
//
// Customers in segments: how many there should be, who is in each, where a newcomer belongs, and a page with pictures.
#include <kindred/cluster/choose_clusters.hpp>
#include <kindred/cluster/kmeans.hpp>
#include <kindred/cluster/segment_profile.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/segment_page.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

using kindred::index_t;

std::vector<std::string> const columns{"visits a month", "spent a month, EUR", "share on offer, %", "night visits, %"};

// Four kinds of customers, 300 of each: visits, spending, share of bargains, share of visits at night.
std::vector<float> customers() {
  constexpr std::array<std::array<double, 4>, 4> kind{
      {{4, 60, 15, 10}, {14, 320, 10, 12}, {9, 70, 75, 15}, {5, 110, 20, 80}}};
  std::vector<float> out;
  for (index_t i = 0; i != 1200; ++i) {
    kindred::random_stream random(11, i);
    for (double const typical : kind[i % 4])
      out.push_back(static_cast<float>(typical * (1 + 0.2 * kindred::normal(random))));
  }
  return out;
}

int main() {
  auto table = customers();
  // [scale]
  // Euros are no more than percents: every column is divided by its standard deviation, taken from a profile of one segment.
  kindred::matrix_view<float> const raw(kindred::unchecked, table.data(), 1200, 4, 4);
  auto const everybody = kindred::describe_segments(raw, std::vector<index_t>(1200, 0), 1)[0];
  auto scaled = table;
  for (auto const& trait : everybody.traits)
    for (index_t i = 0; i != 1200; ++i) scaled[i * 4 + trait.column] /= static_cast<float>(trait.deviation);
  kindred::matrix_view<float> const rows(kindred::unchecked, scaled.data(), 1200, 4, 4);
  // [/scale]

  kindred::thread_pool pool;
  // [count]
  std::array<index_t, 6> const counts{2, 3, 4, 5, 6, 7};
  auto const tried = kindred::try_cluster_counts(kindred::kmeans<>{.seed = 7}, rows, counts, {}, pool);
  for (auto const& t : tried)
    std::printf("%u segments: inertia %4.0f, silhouette %.2f\n", t.clusters, t.inertia, t.silhouette);
  index_t const count = kindred::highest_silhouette_of(tried);
  // [/count]

  // [fit]
  auto const segments = kindred::fit(kindred::kmeans<>{.clusters = count, .seed = 7}, rows, pool).model;
  // [/fit]

  // [explain]
  for (auto const& profile : kindred::describe_segments(raw, segments.labels(), segments.size())) {
    auto const& most = profile.traits[0];
    std::printf("segment %u, %2.0f %% of all: %s %.0f, others %.0f (%+.1f deviations)\n", profile.segment,
                100 * profile.share, columns[most.column].c_str(), most.mean, most.others, most.effect);
  }
  // [/explain]

  // [assign]
  std::array<float, 4> newcomer{8, 75, 80, 10};
  for (auto const& trait : everybody.traits) newcomer[trait.column] /= static_cast<float>(trait.deviation);
  std::printf("a newcomer belongs to segment %u\n", segments.assign(kindred::dense_row<float>(newcomer)));
  // [/assign]

  // [page]
  kindred::report page("Our customers", "Who they are, in four segments.");
  kindred::add_segments(page, raw, segments.labels(), segments.size(), {.columns = columns}, pool);
  page.save("segments.html");
  // [/page]
}
