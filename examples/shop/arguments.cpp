// SPDX-License-Identifier: BSL-1.0

#include "arguments.hpp"

#include <kindred/core/error.hpp>

#include <charconv>
#include <concepts>
#include <string_view>

namespace {

template <std::unsigned_integral V>
void parse_number(std::string_view option, std::string_view text, V lowest, V highest, V& out) {
  V value{};
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value < lowest || value > highest)
    kindred::raise((kindred::error(kindred::error_kind::setting)
                    << option.data() << " takes a whole number from " << lowest << " to " << highest << ", not '")
                       .quote(text.data(), text.size())
                   << "'");
  out = value;
}

}  // namespace

arguments parse_arguments(int argc, char const* const* argv) {
  arguments asked;
  for (int k = 1; k < argc; ++k) {
    std::string_view const option = argv[k];
    if (option == "--help" || option == "-h") {
      asked.help = true;
      return asked;
    }
    auto const is_one_of = [&](auto... names) { return ((option == names) || ...); };
    if (!is_one_of("--ratings", "--items", "--users", "--products", "--seed", "--folds", "--threads", "--report"))
      kindred::raise((kindred::error(kindred::error_kind::setting) << "unknown option '").quote(argv[k], option.size())
                     << "'; --help lists them");
    if (k + 1 == argc || argv[k + 1][0] == '\0')
      kindred::raise(kindred::error(kindred::error_kind::setting) << argv[k] << " needs a value");
    std::string_view const value = argv[++k];
    if (option == "--ratings") asked.ratings = value;
    if (option == "--items") asked.items = value;
    if (option == "--report") asked.report = value;
    if (option == "--users") parse_number(option, value, 2u, 1'000'000u, asked.users);
    if (option == "--products") parse_number(option, value, 20u, 1'000'000u, asked.products);
    if (option == "--folds") parse_number(option, value, 2u, 100u, asked.folds);
    if (option == "--threads") parse_number(option, value, std::size_t{1}, std::size_t{1024}, asked.threads);
    if (option == "--seed") parse_number(option, value, std::uint64_t{0}, ~std::uint64_t{0}, asked.seed);
  }
  return asked;
}
