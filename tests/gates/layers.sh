#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# layers.sh <root>: holds the includes of include/kindred to layers.txt.
set -eu
law=$(cd "$(dirname "$0")" && pwd)/layers.txt
cd "$1"
# shellcheck disable=SC2046
exec awk '
  function fail(text) { print FILENAME ":" FNR ": " text; failed = 1 }
  function folder_of(path) {                        # core/id.hpp -> core; fwd.hpp declares, and counts as core
    return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : path == "fwd.hpp" ? "core" : path
  }

  FNR == 1 { ++file; own = folder_of(substr(FILENAME, length("include/kindred/") + 1)) }

  file == 1 && $1 == "only" {
    colon = index($0, ":")
    folders = " " substr($0, 6, colon - 6) " "
    count = split(substr($0, colon + 1), headers, " ")
    for (k = 1; k <= count; ++k) reserved[headers[k]] = folders
    next
  }
  file == 1 {
    if (NF != 0 && $1 !~ /^#/) for (++layers; NF != 0; --NF) layer[$NF] = layers
    next
  }

  FNR == 1 {
    if (own != "kindred.hpp" && !(own in layer)) fail("the folder " own " has no place in layers.txt")
    if (layer[own] < layers && own != "kindred.hpp" && FILENAME !~ /\/fwd\.hpp$/) public[FILENAME]
  }

  /^ *# *include *"/ { fail("write #include <kindred/...>, without quotes") }
  /^ *# *include *</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    if (header ~ /^kindred\//) {
      includes[FILENAME] = includes[FILENAME] " include/" header
      other = folder_of(substr(header, length("kindred/") + 1))
      if (own == "kindred.hpp") {
        if (layer[other] == layers) fail(header " is opt-in and does not belong into kindred.hpp")
      } else if (other == "kindred.hpp") {
        fail("include what you use: kindred.hpp is for users")
      } else if (other != own && !(other in layer && layer[other] < layer[own])) {
        fail(own " may not include " other " (see layers.txt)")
      }
    } else {
      top = header
      sub(/\/.*/, "/", top)
      if (top == "Eigen/") { delete public[FILENAME]; apart[FILENAME] }
      if (top in reserved && index(reserved[top], " " own " ") == 0) fail(own " may not include <" header "> (see layers.txt)")
    }
  }

  END {
    queue[last = 1] = "include/kindred/kindred.hpp"
    for (k = 1; k <= last; ++k) {
      count = split(includes[queue[k]], headers, " ")
      while (count != 0) {
        header = headers[count--]
        if (!(header in brought)) { brought[header]; queue[++last] = header }
      }
    }
    for (header in public)
      if (!(header in brought)) { print queue[1] ": does not bring " header; failed = 1 }
    for (header in apart)
      if (header in brought) { print queue[1] ": brings " header ", and Eigen with it"; failed = 1 }
    exit failed
  }' "$law" $(find include/kindred -name '*.hpp' | sort)
