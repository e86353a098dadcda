#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# conan.sh <root> <empty folder>: `conan create` of the source tree, with the system's xsimd and Eigen for dependencies and a
# cache of its own, so that neither the network nor what the user has in theirs decides. CONAN names the command.
set -eu
root=$1
conan=${CONAN:-conan}
pkg_config=${PKG_CONFIG:-pkg-config}
for tool in "$conan" "$pkg_config"; do
  if ! command -v "$tool" >/dev/null; then
    echo "skipped: $tool is not installed"
    exit 77
  fi
done

rm -rf "$2"
mkdir -p "$2"
cd "$2"
CONAN_HOME=$PWD/home
export CONAN_HOME
"$conan" profile detect
"$conan" remote remove conancenter
set -- "$conan" create --settings compiler.cppstd=20 --no-remote --conf tools.cmake.cmake_layout:test_folder="$PWD/test"
"$@" "$root/tests/package/conan/system" --name eigen --version "$("$pkg_config" --modversion eigen3)" --test-folder=
"$@" "$root/tests/package/conan/system" --name xsimd --version "$("$pkg_config" --modversion xsimd)" --test-folder=
"$@" "$root"
