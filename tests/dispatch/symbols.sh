#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# symbols.sh <nm> <object file>...: of the object files that kindred_add_kernels brought, prints every symbol that they
# define for the linker to see and whose name does not say which instruction set it is compiled for. There must be none: the
# linker might take it in place of another file's function of that name, and give it to a processor that cannot run it.
set -eu
nm=$1
shift
objects=$(printf '%s\n' "$@" | grep /kindred_kernels/ | grep -v /dispatch\\.cpp)
test "$(echo "$objects" | wc -l)" -ge 1

# shellcheck disable=SC2086
found=$("$nm" -C -g --defined-only $objects |
  grep -E ' [A-Zuvw] ' |
  grep -vE ' (kindred::v[0-9_]+_kernels_[a-z0-9_]+::|(void )?kindred::v[0-9_]+_kernels_|kindred::simd::v[0-9_]+::kernels<)' |
  grep -vE ' V DW\.ref\.' || true)
# shellcheck disable=SC2086
tagged=$("$nm" -C -g --defined-only $objects | grep -cE 'kindred::v[0-9_]+_kernels_' || true)
if [ "$tagged" -eq 0 ]; then
  echo 'no kernels found'
  exit 1
fi
if [ -n "$found" ]; then
  printf '%s\nthese symbols could be taken for those of other files\n' "$found"
  exit 1
fi
