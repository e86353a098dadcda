#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sources.sh <root>: every source file names its license first, every header is guarded, examples have fewer than 80 lines, and no
# file knows the machine it was written on.
set -eu
cd "$1"
status=0

# Tests that must fail say in their first line how.
find include tests examples bench -name '*.hpp' -o -name '*.cpp' | sort | xargs awk '
  function fail(text) { print FILENAME ":" FNR ": " text; failed = 1 }
  FNR == 1 { license = FILENAME ~ /^tests\/fail\// ? 2 : 1 }
  FNR == license && $0 != "// SPDX-License-Identifier: BSL-1.0" { fail("expected the line // SPDX-License-Identifier: BSL-1.0") }
  FNR == 2 && FILENAME ~ /\.hpp$/ && $0 != "#pragma once" { fail("expected the line #pragma once") }
  FNR == 80 && FILENAME ~ /^examples\/[^\/]*\.cpp$/ { fail("an example shows one idea in fewer than 80 lines") }
  END { exit failed }' || status=1

paths=$(grep -rnE '/(work|home|root|Users)/[a-z]|/tmp/[a-z]+/' --exclude-dir=.git --exclude=.git --exclude-dir=build --exclude-dir=.cache . || true)
if [ -n "$paths" ]; then
  printf '%s\nthese lines name a path of one machine\n' "$paths"
  status=1
fi
exit $status
