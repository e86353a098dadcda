// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/io/markup.hpp>
#include <kindred/io/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What a place in a table, a tile or a list shows: a text, a number, or nothing. Made from either without ceremony.
class table_cell {
public:
  table_cell() = default;
  table_cell(std::string text) : text_(std::move(text)) {}
  table_cell(std::string_view text) : text_(text) {}
  table_cell(char const* text) : text_(text) {}
  table_cell(std::integral auto value) : value_(static_cast<double>(value)), kind_(kind::whole) {
    markup digits;
    text_ = detail::typeset(digits.add(value).str());
  }
  table_cell(real auto value) : value_(static_cast<double>(value)), kind_(kind::real) {}

  [[nodiscard]] bool is_number() const noexcept { return kind_ != kind::text; }
  [[nodiscard]] bool is_real() const noexcept { return kind_ == kind::real; }
  [[nodiscard]] double value() const noexcept { return value_; }  // of a number

  // As it is shown; a real number with that many decimals, or with four digits when there are fewer than zero of them.
  [[nodiscard]] std::string text(int decimals = -1) const {
    if (kind_ != kind::real) return text_;
    return decimals < 0 ? number_text(value_) : number_text(value_, decimals);
  }

private:
  enum class kind : std::uint8_t { text, whole, real };

  std::string text_;
  double value_ = 0;
  kind kind_ = kind::text;
};

// Which number of a group deserves a mark.
enum class best_is : std::uint8_t { unmarked, lowest, highest };

struct table_column {
  std::string name = {};
  int decimals = -1;  // of real numbers; -1 shows four digits of the largest
  best_is best = best_is::unmarked;
};

// Rows of text and numbers. Columns of numbers are aligned to the right; the first column names the row. A row may be
// shorter than the columns, never longer.
struct data_table {
  std::string caption = {};
  std::vector<table_column> columns = {};
  std::vector<std::vector<table_cell>> rows = {};
};

namespace detail {

// The start of an error about a part of a report: "table 'Accuracy': ".
[[nodiscard]] inline error report_error(error_kind kind, char const* part, std::string_view title) {
  error e(kind);
  e << part << " '";
  e.quote(title.data(), title.size()) << "': ";
  return e;
}

inline void check_table(data_table const& table) {
  auto const fault = [&](error_kind kind) { return report_error(kind, "table", table.caption); };
  for (std::size_t r = 0; r != table.rows.size(); ++r) {
    std::vector<table_cell> const& row = table.rows[r];
    if (row.size() > table.columns.size())
      raise(fault(error_kind::shape).at(r + 1)
            << "row " << r + 1 << " has " << row.size() << " cells for " << table.columns.size() << " columns");
    for (std::size_t c = 0; c != row.size(); ++c)
      if (!is_finite(row[c].value()))
        raise(fault(error_kind::data).at(r + 1, c + 1)
              << "row " << r + 1 << ", column " << c + 1 << " is not a finite number");
  }
}

// How a column is shown, from what is in it.
struct column_style {
  bool numeric = false;  // nothing but numbers
  int decimals = -1;
  std::string best = {};  // as it is shown: what reads the same is equally good
};

// Four digits of the largest number, less the zeros that all would end in.
[[nodiscard]] inline int common_decimals(std::vector<double> const& numbers) {
  double largest = 0;
  for (double const x : numbers) largest = (std::max)(largest, std::fabs(x));
  int const exponent = largest > 0 ? decimal_exponent(largest, 4) : 0;
  if (exponent < -4 || exponent >= 15) return -1;
  int decimals = exponent < 3 ? 3 - exponent : 0;
  auto const ends_in_zero = [&](double x) { return number_text(x, decimals).ends_with('0'); };
  while (decimals != 0 && std::all_of(numbers.begin(), numbers.end(), ends_in_zero)) --decimals;
  return decimals;
}

[[nodiscard]] inline column_style style_of(data_table const& table, std::size_t c) {
  table_column const& column = table.columns[c];
  column_style style{.decimals = column.decimals};
  std::vector<double> reals;
  table_cell const* best = nullptr;
  bool text = false;
  for (std::vector<table_cell> const& row : table.rows) {
    if (c >= row.size()) continue;
    table_cell const& cell = row[c];
    if (!cell.is_number()) {
      text = text || !cell.text().empty();
      continue;
    }
    style.numeric = true;
    if (cell.is_real()) reals.push_back(cell.value());
    bool const better = best == nullptr ||
                        (column.best == best_is::lowest ? cell.value() < best->value() : cell.value() > best->value());
    if (better) best = &cell;
  }
  style.numeric = style.numeric && !text;
  if (style.decimals < 0) style.decimals = common_decimals(reals);
  if (column.best != best_is::unmarked && best != nullptr) style.best = best->text(style.decimals);
  return style;
}

[[nodiscard]] inline markup draw_table(data_table const& table) {
  std::vector<column_style> styles;
  for (std::size_t c = 0; c != table.columns.size(); ++c) styles.push_back(style_of(table, c));
  markup out;
  out.add("<div class='scroll' role='region' tabindex='0' aria-label='",
          table.caption.empty() ? "Table" : table.caption, "'><table>");
  if (!table.caption.empty()) out.add("<caption>", table.caption, "</caption>");
  out.add("<thead><tr>");
  for (std::size_t c = 0; c != styles.size(); ++c)
    out.add("<th scope='col' class='", styles[c].numeric ? "n" : "t", "'>", table.columns[c].name, "</th>");
  out.add("</tr></thead><tbody>");
  for (std::vector<table_cell> const& row : table.rows) {
    out.add("<tr>");
    for (std::size_t c = 0; c != styles.size(); ++c) {
      table_cell const cell = c < row.size() ? row[c] : table_cell();
      std::string const text = cell.text(styles[c].decimals);
      bool const best = cell.is_number() && !styles[c].best.empty() && text == styles[c].best;
      if (c == 0) out.add("<th scope='row' class='");
      else out.add("<td class='");
      out.add(styles[c].numeric ? "n" : "t", "'>");
      if (best) out.add("<strong>", text, "<span class='unseen'> (best)</span></strong>");
      else out.add(text);
      if (c == 0) out.add("</th>");
      else out.add("</td>");
    }
    out.add("</tr>");
  }
  return out.add("</tbody></table></div>");
}

}  // namespace detail

KINDRED_END
