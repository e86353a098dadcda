// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/triple.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

KINDRED_BEGIN

// A way through a graph, as the relations to follow: likes, then brand, then brand backwards leads to other products of the
// brands that somebody likes. One to four steps.
//
//   kindred::along(likes) / kindred::along(brand) / kindred::against(brand)
//   kindred::parse_path("likes / brand / ^brand", relations)
class meta_path {
public:
  static constexpr std::size_t longest = 4;

  constexpr meta_path(step_id only) noexcept : step_{only}, size_(1) {}

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr step_id operator[](std::size_t k) const noexcept { return step_[k]; }
  [[nodiscard]] constexpr step_id last() const noexcept { return step_[size_ - 1]; }

  // One step more. Throws error{setting} when there are four already.
  friend constexpr meta_path operator/(meta_path path, step_id next) {
    if (path.size_ == longest) raise(error(error_kind::setting) << "a path has more than " << longest << " steps");
    path.step_[path.size_++] = next;
    return path;
  }

  // The way back.
  [[nodiscard]] constexpr meta_path reversed() const noexcept {
    meta_path back = *this;
    for (std::size_t k = 0; k != size_; ++k) back.step_[k] = kindred::reversed(step_[size_ - 1 - k]);
    return back;
  }
  // Whether it is its own way back: what it leads to is of the kind that it starts from.
  [[nodiscard]] constexpr bool symmetric() const noexcept { return reversed() == *this; }

  friend constexpr bool operator==(meta_path const&, meta_path const&) = default;

private:
  std::array<step_id, longest> step_{};
  std::size_t size_;
};

// Makes along(a) / along(b) a path.
[[nodiscard]] constexpr meta_path operator/(step_id first, step_id second) { return meta_path(first) / second; }

// Reads a path from text: names of relations between slashes, ^ before one that is walked from tail to head. Spaces around
// names do not count. Throws error{setting} for an unknown name, an empty one, and more than four.
[[nodiscard]] inline meta_path parse_path(std::string_view text, dictionary<relation_id> const& relations) {
  auto const trimmed = [](std::string_view t) {
    while (!t.empty() && (t.front() == ' ' || t.front() == '\t')) t.remove_prefix(1);
    while (!t.empty() && (t.back() == ' ' || t.back() == '\t')) t.remove_suffix(1);
    return t;
  };
  auto const step_of = [&](std::string_view name, std::size_t number) {
    name = trimmed(name);
    bool const back = !name.empty() && name.front() == '^';
    if (back) name = trimmed(name.substr(1));
    auto const known = relations.find(name);
    if (!known)
      raise((error(error_kind::setting).at(0, number) << "step " << number << " of the path is '")
                .quote(name.data(), name.size())
            << "', which is no relation of the graph");
    return back ? against(*known) : along(*known);
  };
  std::size_t number = 1;
  std::size_t end = text.find('/');
  meta_path path = step_of(text.substr(0, end), number);
  while (end != text.npos) {
    text.remove_prefix(end + 1);
    end = text.find('/');
    path = path / step_of(text.substr(0, end), ++number);
  }
  return path;
}

// Throws error{setting} when a step is of a relation that the graph does not have, or when no node at all can take a step after
// the one before: a path that leads nowhere was most likely written in the wrong direction. O(facts of the relations).
inline void check_path(meta_path const& path, knowledge_graph const& graph) {
  for (std::size_t k = 0; k != path.size(); ++k)
    if (to_index(relation_of(path[k])) >= graph.relation_count())
      raise(error(error_kind::setting).at(0, k + 1)
            << "step " << k + 1 << " of the path is of relation " << to_index(relation_of(path[k]))
            << ", but the graph has " << graph.relation_count());
  for (std::size_t k = 1; k < path.size(); ++k) {
    bool joined = false;
    for (index_t x = 0; x != graph.node_count() && !joined; ++x)
      joined = !graph.of(node_id{x}, reversed(path[k - 1])).empty() && !graph.of(node_id{x}, path[k]).empty();
    if (!joined)
      raise(error(error_kind::setting).at(0, k + 1)
            << "step " << k + 1 << " of the path leads nowhere from where step " << k << " arrives; is it to be walked "
            << (is_against(path[k]) ? "along" : "against") << " its relation?");
  }
}

KINDRED_END
