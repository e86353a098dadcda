#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# selftest.sh: shows every gate a small tree that is right, and then trees with one flaw each.
set -eu
gates=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
status=0

# put <file>: writes the standard input there; `header <file>` puts the two lines of every header first.
put() { mkdir -p "$tree/$(dirname "$1")" && cat >"$tree/$1"; }
header() { { printf '// SPDX-License-Identifier: BSL-1.0\n#pragma once\n' && cat; } | put "$1"; }

plant() {
  rm -rf "$tree"
  header include/kindred/core/id.hpp </dev/null
  header include/kindred/view/row.hpp <<'END'
#include <kindred/core/id.hpp>
#include <vector>
END
  header include/kindred/io/csv.hpp <<'END'
#include <kindred/view/row.hpp>
#include <fstream>
END
  header include/kindred/kindred.hpp <<'END'
#include <kindred/core/id.hpp>
#include <kindred/view/row.hpp>
END
  put examples/a.cpp <<'END'
// SPDX-License-Identifier: BSL-1.0
int main() {
  // [answer]
  int const a[] = {42};
  return a[0];
  // [/answer]
}
END
  mkdir -p "$tree/tests" "$tree/bench"
  put docs/page.md <<'END'
A [link](page.md), and code:
<!-- file: examples/a.cpp region: answer -->
```cpp
int const a[] = {42};
return a[0];
```
<!-- file: examples/a.cpp -->
```cpp
int main() {
  int const a[] = {42};
  return a[0];
}
```
<!-- bench: a/ -->
| figure | kindred | beside it | times better | measured |
|---|---|---|---|---|
| a/b | 2 s | other: 4 | 2 | today |
END
  put docs/figures/bench.txt <<'END'
# today | a machine | ./dev bench a
BENCH a/b ours=2 peer=other:4 ratio=2 unit=s
BENCH c/d ours=1 peer=absent unit=s
END
}

# passes <gate> and fails <gate> <words of the message>
passes() {
  gate=$1
  shift
  if ! message=$("$gates/$gate.sh" "$tree" "$@" 2>&1); then
    printf '%s refuses a tree that is right:\n%s\n' "$gate" "$message"
    status=1
  fi
}
fails() {
  if message=$("$gates/$1.sh" "$tree" 2>&1); then
    echo "$1 passes a tree in which: $2"
    status=1
  elif ! printf '%s' "$message" | grep -qF -- "$2"; then
    printf '%s says, instead of "%s":\n%s\n' "$1" "$2" "$message"
    status=1
  fi
  plant
}

plant
for gate in layers sources budget docs links figures; do passes $gate; done

echo '#include <kindred/view/row.hpp>' | header include/kindred/core/id.hpp
fails layers 'core may not include view'
echo '#include <kindred/run/executor.hpp>' | header include/kindred/view/row.hpp
fails layers 'view may not include run'
echo '#include <fstream>' | header include/kindred/view/row.hpp
fails layers 'view may not include <fstream>'
echo '#include <Eigen/Core>' | header include/kindred/view/row.hpp
fails layers 'view may not include <Eigen/Core>'
echo '#include "row.hpp"' | header include/kindred/view/csr.hpp
fails layers 'without quotes'
echo '#include <kindred/kindred.hpp>' | header include/kindred/io/csv.hpp
fails layers 'kindred.hpp is for users'
header include/kindred/attic/old.hpp </dev/null
fails layers 'the folder attic has no place'
header include/kindred/view/csr.hpp </dev/null
fails layers 'does not bring include/kindred/view/csr.hpp'
echo '#include <kindred/io/csv.hpp>' >>"$tree/include/kindred/kindred.hpp"
fails layers 'kindred/io/csv.hpp is opt-in'
echo '#include <Eigen/Core>' | header include/kindred/linalg/apart.hpp
passes layers
echo '#include <kindred/linalg/apart.hpp>' >>"$tree/include/kindred/kindred.hpp"
fails layers 'brings include/kindred/linalg/apart.hpp, and Eigen with it'

echo '#pragma once' | put include/kindred/core/id.hpp
fails sources 'expected the line // SPDX'
echo '// SPDX-License-Identifier: BSL-1.0' | put include/kindred/view/row.hpp
echo >>"$tree/include/kindred/view/row.hpp"
fails sources 'expected the line #pragma once'
printf '// SPDX-License-Identifier: BSL-1.0\n// see /%s/me\n' home | put examples/a.cpp
fails sources 'a path of one machine'
{ echo '// SPDX-License-Identifier: BSL-1.0' && seq -f '// %g' 79; } | put examples/a.cpp
fails sources 'examples/a.cpp:80: an example shows one idea'

echo '#include <algorithm>' | header include/kindred/core/id.hpp
fails budget 'the budget is 14000'
echo '#include <ios>' | header include/kindred/view/row.hpp
fails budget 'brings streams'

sed 's/42/43/' "$tree/examples/a.cpp" | put examples/b.cpp
mv "$tree/examples/b.cpp" "$tree/examples/a.cpp"
fails docs 'docs/page.md:4: differs from examples/a.cpp, which says: int const a[] = {43};'
sed 's/42/43/' "$tree/examples/a.cpp" | put examples/b.cpp
mv "$tree/examples/b.cpp" "$tree/examples/a.cpp"
passes docs --update
passes docs
plant
sed '5d' "$tree/docs/page.md" | put docs/short.md
fails docs 'docs/short.md:5: the block ends; examples/a.cpp goes on with: return a[0];'
sed '5s/$/\nmore/' "$tree/docs/page.md" | put docs/long.md
fails docs 'docs/long.md:6: differs from examples/a.cpp, which says: (nothing more)'
sed '2d' "$tree/docs/page.md" | put docs/bare.md
fails docs 'docs/bare.md:2: a C++ block needs the line'
sed 's/answer/question/' "$tree/docs/page.md" | put docs/lost.md
fails docs 'has no region // [question]'
sed 's/a.cpp/b.cpp/' "$tree/docs/page.md" | put docs/lost.md
fails docs 'there is no file examples/b.cpp'

echo '[nowhere](nothing.md#at-all)' >>"$tree/docs/page.md"
fails links 'docs/page.md:18: there is no nothing.md#at-all'

sed -i 's/ours=2/ours=3/' "$tree/docs/figures/bench.txt"
fails figures 'its tables are not those of docs/figures/bench.txt'
sed 's/2 s/3 s/' "$tree/docs/page.md" | put README.md
fails figures 'README.md: its tables are not those of docs/figures/bench.txt'

exit $status
