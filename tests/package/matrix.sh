#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# matrix.sh <root> <folder> <target> ...: what works with the compilers and dependencies of this system, as lines of the table in
# docs/guide/install.md. For each compiler, configures the tree in the folder without optimization and with its warnings as
# errors, builds the targets (unit_core, say, or odr_twice, or examples/all), and runs them and the consumers of
# tests/package. COMPILERS names others than g++ and clang++, MORE what else to tell cmake: -DEigen3_DIR=... of another Eigen.
set -eu
root=$1
folder=$2
shift 2
status=0

# passed <folder> <what ctest is told>: how many passed, and what did not.
passed() {
  build=$1
  shift
  (cd "$build" && ctest "$@") >"$build/matrix.log" 2>&1 || true
  awk '/Test +#[0-9]+: .*Passed/ { ++good } /Test +#[0-9]+: .*(Failed|Exception|Timeout|Not Run)/ { bad = bad " " $4 }
       /Test +#[0-9]+: .*Skipped/ { ++skipped }
       END { print good + 0 (bad ? ", failed:" bad : "") (skipped ? ", skipped " skipped : "") }' "$build/matrix.log"
}

mkdir -p "$folder"
for compiler in ${COMPILERS:-g++ clang++}; do
  command -v "$compiler" >/dev/null || continue
  build=$folder/$compiler
  # The preset names warnings of g++ that clang does not know.
  # shellcheck disable=SC2086
  KINDRED_FLAGS=-Wno-unknown-warning-option cmake --fresh -S "$root" --preset release -B "$build" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE= -DKINDRED_BUILD_BENCH=OFF \
    --log-level=VERBOSE ${MORE-} >"$build.log" 2>&1 || {
    echo "$compiler: cmake fails; see $build.log"
    status=1
    continue
  }
  version() { sed -n "s/^-- kindred takes $1 \([^ ]*\) from.*/\1/p" "$build.log"; }
  cmake --build "$build" --target "$@" -- -k 0 >>"$build.log" 2>&1 || {
    grep -E 'error:|FAILED' "$build.log" | head
    status=1
  }
  suites=$(printf '%s|' "$@")
  line="| $compiler $("$compiler" --version | sed -n '1s/.* \([0-9]*\.[0-9.]*\).*/\1/p') | $(cmake --version | sed -n '1s/.* //p')"
  line="$line | $(version Eigen3) | $(version xsimd) | $(passed "$build" -L package) | $(passed "$build" -R "^(${suites%|})\$")"
  case " $* " in
    *' examples/all '*) line="$line | $(passed "$build" -L example) |" ;;
    *) line="$line | |" ;;
  esac
  printf '%s\n' "$line"
  case $line in *failed:*) status=1 ;; esac
done
exit $status
