#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# figures.sh <root> [--update]: every table of figures in README.md and docs/ is made of what benchmarks printed.
# docs/figures/bench.txt holds their BENCH lines, below a line `# <date> | <machine> | <command>` that says where they are from. In a page, the line
#
#   <!-- bench: compile/ server/ -->
#
# is followed by the table of the figures whose names begin so. With --update tables are written anew.
set -eu
cd "$1"
status=0
new=$(mktemp)
trap 'rm -f "$new"' EXIT

for page in $(grep -rlE '^<!-- bench: ' README.md docs --include='*.md' 2>/dev/null | sort); do
  awk -v figures=docs/figures/bench.txt '
    function value(line, key) { return match(line, " " key "=[^ ]+") ? substr(line, RSTART + length(key) + 2, RLENGTH - length(key) - 2) : "" }
    function row(line,    k, name, more, peer, ratio, word, words) {
      words = split(line, word, " ")
      name = word[2]
      for (k = 3; k <= words; ++k)  # what is said besides, threads=2, tells figures of one name apart
        if (word[k] !~ /^(ours|peer|ratio|unit)=/ && sub(/=/, ": ", word[k])) more = more ", " word[k]
      for (k = 1; k <= prefixes; ++k)
        if (index(name, prefix[k]) == 1) {
          peer = value(line, "peer")
          ratio = value(line, "ratio")
          sub(/:/, ": ", peer)
          gsub(/_/, " ", peer)
          print "| " name more " | " value(line, "ours") " " value(line, "unit") " | " (peer == "absent" ? "" : peer) " | " ratio " | " origin " |"
          return
        }
    }
    table && /^\|/ { next }
    table && !/^\|/ { table = 0 }
    { print }
    /^<!-- bench: .*-->$/ {
      prefixes = split(substr($0, 13, length($0) - 16), prefix, " ")
      print "| figure | kindred | beside it | times better | measured |"
      print "|---|---|---|---|---|"
      while ((getline line <figures) > 0) {
        if (line ~ /^# / && split(substr(line, 3), part, / *[|] */) == 3) origin = part[1]
        if (line ~ /^BENCH /) row(line)
      }
      close(figures)
      table = 1
    }' "$page" >"$new"
  cmp -s "$page" "$new" && continue
  if [ "${2-}" = --update ]; then
    cat "$new" >"$page"
    echo "updated $page"
  else
    diff "$page" "$new" | sed "s|^|$page: |" | head -5
    echo "$page: its tables are not those of docs/figures/bench.txt; tests/gates/figures.sh . --update writes them anew"
    status=1
  fi
done
exit $status
