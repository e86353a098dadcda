// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/path_reason.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

KINDRED_BEGIN

// Puts a path into words: {0} in the sentence stands for the name of its first node, the user, {1} for the next, and so on.
//
//   reason_text(reason, "{0} likes {1}, which makes {2}", name_of)   // "Ann likes Acme, which makes the kettle"
//
// name_of(node) gives what is to be said for a node. Braces that hold no number of a node of the path stay as they are. The
// text is not escaped for any markup.
template <class NameOf>
  requires std::convertible_to<std::invoke_result_t<NameOf const&, index_t>, std::string_view>
[[nodiscard]] std::string reason_text(path_reason const& reason, std::string_view sentence, NameOf const& name_of) {
  std::string text;
  for (std::size_t k = 0; k != sentence.size(); ++k) {
    bool const numbered = sentence[k] == '{' && sentence.size() - k > 2 && sentence[k + 2] == '}' &&
                          sentence[k + 1] >= '0' && static_cast<std::size_t>(sentence[k + 1] - '0') <= reason.length;
    if (!numbered) {
      text.push_back(sentence[k]);
      continue;
    }
    text.append(std::string_view(name_of(reason.nodes[static_cast<std::size_t>(sentence[k + 1] - '0')])));
    k += 2;
  }
  return text;
}

KINDRED_END
