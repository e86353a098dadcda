#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# budget.sh <root> [compiler command]: counts the lines of every header after preprocessing against budget.txt, and makes
# sure that kindred.hpp brings no streams but those of xsimd, which includes <complex>.
set -eu
budgets=$(cd "$(dirname "$0")" && pwd)/budget.txt
cd "$1"
shift
test $# != 0 || set -- g++
eigen=$(pkg-config --cflags eigen3 2>/dev/null || echo -I/usr/include/eigen3)
# shellcheck disable=SC2086
set -- "$@" $eigen
status=0

preprocess() {
  header=$1
  shift
  echo "#include <kindred/$header>" | "$@" -std=c++20 -Iinclude -x c++ -E -P -
}

for file in $(find include/kindred -name '*.hpp' | sort); do
  header=${file#include/kindred/}
  budget=
  while read -r pattern lines; do
    # shellcheck disable=SC2254
    case $header in $pattern) budget=$lines && break ;; esac
  done <"$budgets"
  test -n "$budget" || continue
  lines=$(preprocess "$header" "$@" | wc -l)
  if [ "$lines" -gt $((budget + budget / 20)) ]; then
    echo "$file: $lines lines after preprocessing; the budget is $budget"
    status=1
  fi
done

empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
mkdir "$empty/xsimd"
: >"$empty/xsimd/xsimd.hpp"
streams=$("$@" -std=c++20 -I"$empty" -Iinclude -M include/kindred/kindred.hpp | tr ' ' '\n' |
  grep -E '/(ios|istream|ostream|iostream|sstream|fstream)$' || true)
if [ -n "$streams" ]; then
  echo 'include/kindred/kindred.hpp: brings streams:' $streams
  status=1
fi
exit $status
