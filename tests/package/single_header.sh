#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# single_header.sh <root>: kindred.hpp and all it includes as one file, on the standard output, for places that take one file.
# What is opt-in or needs Eigen is not in it; xsimd is included as ever. Kernels are those of the translation unit.
set -eu
cd "$1/include"
echo '// SPDX-License-Identifier: BSL-1.0'
echo '#pragma once'
echo "// kindred $(sed -n 's/^#define KINDRED_VERSION_[A-Z]* //p' kindred/core/version.hpp | paste -sd.), generated from its headers; see LICENSE."
awk '
  # Every header before the one that asks for it, and once.
  function inline(file,    line, text, k, lines) {
    if (file in done) return
    done[file] = 1
    lines = 0
    while ((getline line <file) > 0) {
      if (line ~ /^#include <kindred\//) {
        sub(/^#include </, "", line)
        sub(/>.*/, "", line)
        wanted[file, ++wants[file]] = line
      } else if (line !~ /^#pragma once|^\/\/ SPDX-/) {
        text[++lines] = line
      }
    }
    close(file)
    for (k = 1; k <= wants[file]; ++k) inline(wanted[file, k])
    print "\n// ---- " file
    for (k = 1; k <= lines; ++k) print text[k]
  }
  BEGIN { inline("kindred/kindred.hpp") }'
