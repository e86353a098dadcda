// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/version.hpp>
#include <kindred/io/chart/bar_chart.hpp>
#include <kindred/io/chart/dendrogram_chart.hpp>
#include <kindred/io/chart/histogram_chart.hpp>
#include <kindred/io/chart/interval_chart.hpp>
#include <kindred/io/chart/line_chart.hpp>
#include <kindred/io/chart/scatter_chart.hpp>
#include <kindred/io/markup.hpp>
#include <kindred/io/replace_file.hpp>
#include <kindred/io/report_list.hpp>
#include <kindred/io/report_style.hpp>
#include <kindred/io/report_table.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

// A number worth knowing before anything else, and what it is: {"ratings", 100'000}.
struct key_number {
  std::string label = {};
  table_cell value = {};
};

// A page about an experiment: one HTML file that needs nothing else, no script, no network, no font.
//
//   kindred::report page("A social shop", "What people who trust each other buy.");
//   page.key_numbers({{"ratings", 100'000}, {"users", 943}});
//   page.heading("Accuracy");
//   page.table({.columns = {{"model"}, {.name = "RMSE", .best = kindred::best_is::lowest}}, .rows = {{"svd++", 0.9062}}});
//   page.line({.title = "Learning", .x_label = "epoch", .series = {{.name = "train", .y = objective}}});
//   page.save("report.html");
//
// The page is built from top to bottom; each call adds one thing. Charts and lists that follow each other stand side by
// side where the window is wide. All text is shown as it is, whatever it holds: markup in it is not markup, and bytes that
// are no UTF-8 show as U+FFFD. Numbers that are not finite are refused with kindred::error, and nothing is added. The same
// calls give the same bytes. Works for eyes of all kinds: light and dark, on a phone, on paper, read aloud, color-blind.
class report {
public:
  explicit report(std::string_view title, std::string_view lead = {}) : title_(title), lead_(lead) {}

  report& heading(std::string_view text) {
    headings_.emplace_back(text);
    return add(kind::text, markup().add("<h2 id='h", headings_.size(), "'>", text, "</h2>"));
  }

  report& paragraph(std::string_view text) { return add(kind::text, markup().add("<p>", text, "</p>")); }

  report& key_numbers(std::vector<key_number> const& numbers) {
    markup tiles;
    tiles.add("<dl class='tiles'>");
    for (key_number const& number : numbers) {
      if (!is_finite(number.value.value()))
        raise(detail::report_error(error_kind::data, "key number", number.label) << "not a finite number");
      tiles.add("<div><dt>", number.label, "</dt><dd>", number.value.text(), "</dd></div>");
    }
    return add(kind::text, tiles.add("</dl>"));
  }

  report& table(data_table const& table) {
    detail::check_table(table);
    return add(kind::text, detail::draw_table(table));
  }

  report& bars(bar_chart const& chart) { return add(kind::card, detail::draw(chart, blocks_.size())); }
  report& interval(interval_chart const& chart) { return add(kind::card, detail::draw(chart, blocks_.size())); }
  report& line(line_chart const& chart) { return add(kind::card, detail::draw(chart, blocks_.size())); }
  report& histogram(histogram_chart const& chart) { return add(kind::card, detail::draw(chart, blocks_.size())); }
  report& scatter(scatter_chart const& chart) { return add(kind::card, detail::draw(chart, blocks_.size())); }
  report& tree(dendrogram_chart const& chart) { return add(kind::card, detail::draw(chart, blocks_.size())); }
  report& list(recommendation_list const& offers) { return add(kind::card, detail::draw(offers)); }

  [[nodiscard]] std::string html() const {
    markup page;
    page.add(
        "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        // Nothing may be loaded and nothing may run: a promise that the browser keeps.
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'\">\n<title>",
        title_, "</title>\n<style>", detail::report_style,
        "</style>\n</head>\n<body>\n<main>\n<header>\n"
        "<svg class='sign' viewBox='0 0 34 22' aria-hidden='true'><circle class='s0' cx='11' cy='11' r='11'/>"
        "<circle class='s1' cx='23' cy='11' r='11'/><path d='M17 1.8A11 11 0 0 1 17 20.2A11 11 0 0 1 17 "
        "1.8'/></svg>\n<h1>",
        title_, "</h1>\n");
    if (!lead_.empty()) page.add("<p class='lead'>", lead_, "</p>\n");
    if (headings_.size() > 2) {
      page.add("<nav aria-label='Contents'>");
      for (std::size_t k = 0; k != headings_.size(); ++k) page.add("<a href='#h", k + 1, "'>", headings_[k], "</a>");
      page.add("</nav>\n");
    }
    page.add("</header>\n");
    for (std::size_t k = 0; k != blocks_.size(); ++k) {
      bool const card = blocks_[k].what == kind::card;
      if (card && (k == 0 || blocks_[k - 1].what != kind::card)) page.add("<div class='cards'>\n");
      page.add(blocks_[k].html, "\n");
      if (card && (k + 1 == blocks_.size() || blocks_[k + 1].what != kind::card)) page.add("</div>\n");
    }
    page.add("</main>\n<footer>Made with kindred ", KINDRED_VERSION_MAJOR, ".", KINDRED_VERSION_MINOR, ".",
             KINDRED_VERSION_PATCH, "</footer>\n</body>\n</html>\n");
    return page.str();
  }

  // Writes the page whole or not at all (see replace_file). Throws kindred::error of kind io, with the path in it.
  void save(std::filesystem::path const& path) const { replace_file(path, html()); }

private:
  enum class kind : std::uint8_t { text, card };  // cards stand side by side

  struct block {
    kind what;
    markup html;
  };

  report& add(kind what, markup const& html) {
    blocks_.push_back({what, html});
    return *this;
  }

  std::string title_;
  std::string lead_;
  std::vector<std::string> headings_;
  std::vector<block> blocks_;
};

KINDRED_END
