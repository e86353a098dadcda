// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/io/chart/axis.hpp>
#include <kindred/io/markup.hpp>
#include <kindred/io/report_table.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What all charts share. They are drawn on a sheet of fixed width in units of about a pixel; the page scales it.
inline constexpr double sheet_width = 420;
inline constexpr double sheet_height = 250;  // of charts with two axes
inline constexpr double line_height = 17;

inline constexpr char undrawable[] = " is not a finite number of at most 1e300";

// About how wide a label is, rather too much than too little: the fonts are the reader's. Letters of East Asian scripts
// and pictures are twice as wide as others.
[[nodiscard]] inline double label_width(std::string_view label) noexcept {
  double width = 0;
  for (std::size_t at = 0; at < label.size();) {
    code_point const c = decode_utf8(label, at);
    width += c.value >= 0x1100 && !(c.value >= 0x2000 && c.value < 0x2E80) ? 14 : 7.4;
    at += c.bytes;
  }
  return width;
}

// The label, cut and marked as cut where it would be wider than `width`.
[[nodiscard]] inline std::string fitted_label(std::string_view label, double width) {
  if (label_width(label) <= width) return std::string(label);
  std::size_t end = 0;
  for (std::size_t next = 0; next < label.size() && label_width(label.substr(0, next)) + 8 <= width;) {
    end = next;
    next += decode_utf8(label, next).bytes;
  }
  return std::string(label.substr(0, end)) + "\xE2\x80\xA6";
}

// Which of the colors, and which of the dashes, series k has; the pair repeats after 24 series.
[[nodiscard]] constexpr std::size_t color_of(std::size_t series) noexcept { return series % 6; }
[[nodiscard]] constexpr std::size_t dash_of(std::size_t series) noexcept { return (series + series / 6) % 4; }

enum class legend_mark : std::uint8_t { bar, curve };

// The names of the series beside what they look like. HTML, not SVG: it wraps where the page is narrow.
[[nodiscard]] inline markup legend(std::vector<std::string> const& names, legend_mark mark) {
  markup out;
  out.add("<ul class='legend'>");
  for (std::size_t k = 0; k != names.size(); ++k) {
    out.add("<li><svg viewBox='0 0 26 12' aria-hidden='true'>");
    if (mark == legend_mark::curve) out.add("<path class='curve s", color_of(k), " d", dash_of(k), "' d='M1 6H25'/>");
    else out.add("<rect class='bar s", color_of(k), "' x='7' width='12' height='12' rx='3'/>");
    out.add("</svg>", names[k], "</li>");
  }
  return out.add("</ul>");
}

// The plane between two axes, with the places of its corners on the sheet.
struct plane {
  axis x;
  axis y;
  double left;
  double top;
  double right;
  double bottom;

  [[nodiscard]] double x_at(double value) const noexcept { return left + x.at(value) * (right - left); }
  [[nodiscard]] double y_at(double value) const noexcept { return bottom - y.at(value) * (bottom - top); }
};

[[nodiscard]] inline plane make_plane(axis x, axis y, std::string_view y_title) {
  double widest = 0;
  for (tick const& t : y.ticks) widest = (std::max)(widest, label_width(t.label));
  double const first = x.ticks.empty() ? 0 : label_width(x.ticks.front().label) / 2;
  double const last = x.ticks.empty() ? 0 : label_width(x.ticks.back().label) / 2;
  return {.x = std::move(x),
          .y = std::move(y),
          .left = (std::max)(widest + 10, first),
          .top = y_title.empty() ? 12.0 : 30.0,
          .right = sheet_width - (std::max)(last, 8.0),
          .bottom = sheet_height - 2 * line_height - 6};
}

// Which labels of a horizontal axis of this length to show so that none touch: all, or every second, third ... of them,
// counted from the shortest label, which is the roundest number.
struct label_choice {
  std::size_t first;
  std::size_t stride;
};

[[nodiscard]] inline label_choice choose_labels(std::vector<tick> const& ticks, double length_of_axis) {
  std::size_t roundest = 0;
  for (std::size_t k = 1; k < ticks.size(); ++k)
    if (ticks[k].label.size() < ticks[roundest].label.size()) roundest = k;
  for (std::size_t stride = 1;; ++stride) {
    label_choice const choice{roundest % stride, stride};
    bool touch = false;
    double free_from = -1e9;
    for (std::size_t k = choice.first; k < ticks.size(); k += stride) {
      double const middle = ticks[k].at * length_of_axis;
      double const half = label_width(ticks[k].label) / 2;
      touch = touch || middle - half < free_from;
      free_from = middle + half + 6;
    }
    if (!touch) return choice;
  }
}

// Grid, labels and titles. The title of the vertical axis stands above it, where it needs no turning of the head.
[[nodiscard]] inline markup draw_axes(plane const& p, std::string_view x_title, std::string_view y_title) {
  markup out;
  for (tick const& t : p.y.ticks) {
    double const y = p.bottom - t.at * (p.bottom - p.top);
    out.add("<path class='grid' d='M", p.left, " ", y, "H", p.right, "'/>");
    out.add("<text class='end' x='", p.left - 7, "' y='", y + 4, "'>", t.label, "</text>");
  }
  out.add("<path class='base' d='M", p.left, " ", p.bottom, "H", p.right, "'/>");
  label_choice const labels = choose_labels(p.x.ticks, p.right - p.left);
  for (std::size_t k = labels.first; k < p.x.ticks.size(); k += labels.stride) {
    double const x = p.left + p.x.ticks[k].at * (p.right - p.left);
    out.add("<path class='base' d='M", x, " ", p.bottom, "v4'/>");
    out.add("<text class='mid' x='", x, "' y='", p.bottom + line_height, "'>", p.x.ticks[k].label, "</text>");
  }
  if (!y_title.empty()) out.add("<text class='axis' x='0' y='12'>", fitted_label(y_title, sheet_width), "</text>");
  if (!x_title.empty())
    out.add("<text class='axis end' x='", p.right, "' y='", p.bottom + 2 * line_height + 2, "'>",
            fitted_label(x_title, p.right), "</text>");
  return out;
}

// A figure of the page: title, a sentence about it, legend, picture, and the numbers behind the picture as a table. `id`
// tells the figures of a page apart. For whom the picture is no help, `summary` says what it shows.
struct figure_parts {
  std::size_t id;
  std::string_view title;
  std::string_view note;
  std::string summary = {};
  markup key = {};  // may be empty
  markup drawing = {};
  double height = sheet_height;
  data_table numbers = {};
};

[[nodiscard]] inline markup draw_figure(figure_parts const& f) {
  markup out;
  out.add("<figure class='card'><figcaption><h3 id='f", f.id, "'>", f.title, "</h3>");
  if (!f.note.empty()) out.add("<p>", f.note, "</p>");
  out.add("</figcaption>");
  if (f.drawing.empty()) return out.add("<p class='nothing'>No data.</p></figure>");
  out.add(f.key, "<svg class='chart' viewBox='0 0 ", sheet_width, " ", f.height, "' role='img' aria-labelledby='f",
          f.id, "' aria-describedby='g", f.id, "'><desc id='g", f.id, "'>", f.summary, "</desc>", f.drawing, "</svg>");
  return out.add("<details><summary>Numbers</summary>", draw_table(f.numbers), "</details></figure>");
}

}  // namespace detail

KINDRED_END
