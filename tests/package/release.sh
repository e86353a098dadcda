#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# release.sh <root> <version>: makes a release of what is committed, and pushes nothing.
#
#   1. refuses a tree with changes, a version that version.hpp or vcpkg.json do not say, a tag that is there, and an empty
#      section [Unreleased] of the changelog;
#   2. gives that section the version and the day, and commits;
#   3. tags the commit v<version>, with the section as its message;
#   4. writes build/release-<version>/: kindred-<version>.tar.gz of the commit, the single header, compiled once, and the
#      checksums that vcpkg and ConanCenter ask for.
set -eu
cd "$1"
version=$2
refuse() { echo "release: $*" >&2 && exit 1; }

test -z "$(git status --porcelain)" || refuse 'there are changes that are not committed'
stated=$(sed -n 's/^#define KINDRED_VERSION_[A-Z]* //p' include/kindred/core/version.hpp | paste -sd.)
test "$version" = "$stated" || refuse "version.hpp says $stated"
for manifest in vcpkg.json tests/package/vcpkg/ports/kindred/vcpkg.json; do
  grep -q "\"version-semver\": \"$version\"" "$manifest" || refuse "$manifest says another version"
done
! git rev-parse -q --verify "refs/tags/v$version" >/dev/null || refuse "there is a tag v$version"
section=$(awk '/^## \[/ { inside = $2 == "[Unreleased]"; next } inside' CHANGELOG.md)
test -n "$(printf '%s' "$section" | tr -d '[:space:]')" || refuse 'the changelog has nothing unreleased'

out=build/release-$version
rm -rf "$out"
mkdir -p "$out/kindred"
tests/package/single_header.sh . >"$out/kindred/kindred.hpp"
for compiler in g++ clang++; do
  command -v "$compiler" >/dev/null || continue
  "$compiler" -std=c++20 -fsyntax-only -I"$out" tests/package/consumer/one.cpp || refuse "$compiler does not take the single header"
done

sed -i "s/^## \[Unreleased\]\$/## [Unreleased]\n\n## [$version] - $(date -u +%Y-%m-%d)/" CHANGELOG.md
git commit -q -m "Release $version" CHANGELOG.md
printf 'kindred %s\n%s\n' "$version" "$section" | git tag -a "v$version" --cleanup=verbatim -F -
git archive --prefix="kindred-$version/" -o "$out/kindred-$version.tar.gz" "v$version"
cp "$out/kindred/kindred.hpp" "$out/kindred-$version.hpp"
(cd "$out" && rm -r kindred && sha512sum ./*.tar.gz ./*.hpp >SHA512SUMS && sha256sum ./*.tar.gz ./*.hpp >SHA256SUMS)
echo "v$version is tagged; $out holds"
ls "$out"
