#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# links.sh <root>: every relative link of README.md and docs/ leads to a file.
set -eu
cd "$1"
status=0
for page in $(find README.md CHANGELOG.md docs -name '*.md' 2>/dev/null | sort); do
  awk '
    /^[ >]*```/ { fenced = !fenced }
    !fenced {
      gsub(/`[^`]*`/, "")
      while (match($0, /\]\([^) ]+/)) {
        print FNR, substr($0, RSTART + 2, RLENGTH - 2)
        $0 = substr($0, RSTART + RLENGTH)
      }
    }' "$page" | {
    while read -r line link; do
      case $link in *://* | mailto:* | '#'*) continue ;; esac
      if [ ! -e "$(dirname "$page")/${link%%#*}" ]; then
        echo "$page:$line: there is no $link"
        status=1
      fi
    done
    exit $status
  } || status=1
done
exit $status
