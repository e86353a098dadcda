#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# vcpkg.sh <root> <empty folder>: installs the overlay port, with the system's xsimd and Eigen for dependencies and no
# binary cache, and builds the consumer with vcpkg's toolchain file. VCPKG_ROOT names the tree of ports.
set -eu
root=$1
if [ ! -x "${VCPKG_ROOT-}/vcpkg" ]; then
  echo 'skipped: VCPKG_ROOT names no folder with a vcpkg in it'
  exit 77
fi

rm -rf "$2"
mkdir -p "$2"
cd "$2"
"$VCPKG_ROOT/vcpkg" install kindred --classic --binarysource=clear \
  --overlay-ports="$root/tests/package/vcpkg/ports" --overlay-ports="$root/tests/package/vcpkg/system" \
  --x-install-root="$PWD/installed" --x-buildtrees-root="$PWD/buildtrees" --x-packages-root="$PWD/packages" \
  --downloads-root="$PWD/downloads"
cmake -S "$root/tests/package/consumer" -B build -DWAY=find_package -DVERSION=0.1 \
  -DCMAKE_TOOLCHAIN_FILE="$VCPKG_ROOT/scripts/buildsystems/vcpkg.cmake" \
  -DVCPKG_MANIFEST_MODE=OFF -DVCPKG_INSTALLED_DIR="$PWD/installed"
cmake --build build
build/consumer
