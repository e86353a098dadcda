#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# docs.sh <root> [--update]: every C++ block of README.md and docs/ is code that is compiled and run. The line before it
# names the source,
#
#   <!-- file: examples/01_top_n.cpp region: recommend -->
#
# and the block equals what stands there between `// [recommend]` and `// [/recommend]`, indentation taken off; without a
# region, the whole file but its license line and its region marks. With --update the blocks are written anew.
set -eu
cd "$1"
status=0
new=$(mktemp)
trap 'rm -f "$new"' EXIT

for page in $(find README.md docs -name '*.md' 2>/dev/null | sort); do
  awk -v update="${2-}" '
    function fail(line, text) { print FILENAME ":" line ": " text >"/dev/stderr"; failed = 1 }

    # Reads the named region of a file into code[1 ... lines].
    function read_region(file, region,    line, inside, indent, found, status) {
      lines = 0
      inside = region == ""
      while ((status = (getline line <file)) > 0) {
        if (line ~ /^ *\/\/ \[\/?[a-z0-9_]+\]$/) {
          if (region == "") continue
          if (line ~ "^ *// \\[" region "\\]$") {
            inside = found = 1
            indent = index(line, "/") - 1
          } else if (line ~ "^ *// \\[/" region "\\]$") {
            inside = 0
          }
        } else if (inside && !(region == "" && line ~ /^\/\/ SPDX-/)) {
          code[++lines] = substr(line, 1, indent) ~ /^ *$/ ? substr(line, indent + 1) : line
        }
      }
      close(file)
      if (status < 0) fail(FNR, "there is no file " file)
      else if (region != "" && (!found || inside)) fail(FNR, file " has no region // [" region "] ... // [/" region "]")
    }

    fenced == "" && /^[ >]*```(cpp|c\+\+|cxx|cc)/ {
      fenced = "code"
      if ($0 !~ /^```cpp$/) fail(FNR, "a C++ block begins with ```cpp at the start of the line")
      if (previous !~ /^<!-- file: [^ ]+ (region: [a-z0-9_]+ )?-->$/) {
        fail(FNR, "a C++ block needs the line <!-- file: examples/name.cpp region: name --> before it")
        lines = -1
      } else {
        split(previous, word, " ")
        read_region(word[3], word[4] == "region:" ? word[5] : "")
      }
      at = 0
      print
      if (lines >= 0) for (k = 1; k <= lines; ++k) if (update) print code[k]
      next
    }
    fenced == "" && /^ *```/ { fenced = "other"; print; next }
    fenced != "" && /^[ >]*```$/ {
      if (fenced == "code" && !update && lines > at && !differs) fail(FNR, "the block ends; " word[3] " goes on with: " code[at + 1])
      fenced = differs = ""
    }
    fenced == "code" {
      ++at
      if (lines >= 0 && !update && !differs && (at > lines || $0 != code[at])) {
        fail(FNR, "differs from " word[3] ", which says: " (at > lines ? "(nothing more)" : code[at]))
        differs = 1
      }
      if (lines >= 0) next
    }
    { previous = $0; print }
    END { exit failed }' "$page" >"$new" || status=1
  if [ "${2-}" = --update ] && [ $status = 0 ] && ! cmp -s "$page" "$new"; then
    cat "$new" >"$page"
    echo "updated $page"
  fi
done
exit $status
