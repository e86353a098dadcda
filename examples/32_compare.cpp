// SPDX-License-Identifier: BSL-1.0

// Is the new recommender better than the old one, or was it luck? And what else does it change: how new, how varied, for whom?

#include <kindred/interop/thread_pool.hpp>
#include <kindred/kindred.hpp>
#include <kindred/testing/generate.hpp>

#include <cstddef>
#include <iomanip>
#include <iostream>
#include <vector>

using kindred::index_t;

namespace {

// [print]
std::ostream& operator<<(std::ostream& out, kindred::estimate const& e) {
  return out << std::setw(5) << e.value << " [" << e.low << ", " << e.high << "]";
}
// [/print]

}  // namespace

int main() {
  auto const shop = kindred::testing::generate({.users = 1200, .products = 300, .seed = 7});
  auto const bought = kindred::ratings<float>::from(shop.ratings<float>(), kindred::on_duplicate::last, shop.size());
  auto const [train, test] = kindred::random_holdout{.fraction = 0.25, .seed = 1}.split(bought);
  auto const before = kindred::fit(kindred::popularity{}, train).model;
  auto const after = kindred::fit(kindred::ease{.regularization = 200}, train).model;
  std::cout << std::fixed << std::setprecision(2);

  // [lists]
  // The lists are what costs. Everything else is asked of them.
  kindred::thread_pool pool(4);
  kindred::liked_items const liked(test, 4);  // four stars and more
  auto const old_lists = kindred::offered_by(before, train, liked.users(), 10, pool);
  auto const new_lists = kindred::offered_by(after, train, liked.users(), 10, pool);
  // [/lists]

  // [measure]
  kindred::item_shares const shares(train);
  kindred::alike_by_rows const alike{train.by_item(), kindred::cosine{}};
  auto const measured = [&](kindred::offered_lists const& lists) {
    return kindred::measure_lists(lists, pool, kindred::judged_by(kindred::ndcg_at{10}, liked),
                                  kindred::novelty(shares), kindred::tail_share(shares),
                                  kindred::intra_list_diversity(alike));
  };
  auto const old_values = measured(old_lists), new_values = measured(new_lists);
  auto const old_means = kindred::bootstrap_means(old_values, {.seed = 1}, pool);
  auto const new_means = kindred::bootstrap_means(new_values, {.seed = 1}, pool);
  // [/measure]
  constexpr char const* name[] = {"NDCG@10       ", "novelty, bits ", "long tail     ", "diversity     "};
  std::cout << "               popularity           EASE\n";
  for (std::size_t m = 0; m != 4; ++m) std::cout << name[m] << old_means[m] << "  " << new_means[m] << '\n';

  // [catalog]
  auto const use = kindred::use_of_catalog(new_lists, shares);
  double const lift = kindred::popularity_lift(new_lists, train, shares);
  // [/catalog]
  std::cout << "EASE offers " << 100 * use.coverage << " % of the catalog (Gini " << use.gini << "): " << lift
            << " more popular than what people chose\n\n";

  // [compare]
  auto const contest = kindred::compare_paired(old_values[0], new_values[0], {}, pool);
  std::cout << "NDCG changes by " << contest.difference << ": better for " << contest.better << " people, worse for "
            << contest.worse << ", equal for " << contest.equal << '\n'
            << (contest.differs() ? "that is more than luck" : "that may be luck") << '\n';
  // [/compare]

  // [groups]
  // Users who rated little and much: is one half served worse?
  std::vector<index_t> group(train.user_count());
  for (index_t u = 0; u != group.size(); ++u) group[u] = train.of(kindred::user_id{u}).size() < 12 ? 0 : 1;
  auto const by = kindred::means_by_group(new_values[0], new_lists.users(), group, 2, {.seed = 1}, pool);
  std::cout << "new here " << by.groups[0] << ", regulars " << by.groups[1] << ", gap " << by.gap << '\n';
  // [/groups]
}
