#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# build.sh <root>: the documentation as a site, in build/docs/site, without a network. It fails where a link leads nowhere:
# mkdocs knows pages and files, check.py the rest, among them the headings that links end in.
set -eu
cd "$1"
if ! command -v mkdocs >/dev/null; then
  echo 'skipped: mkdocs is not installed'
  exit 77
fi
out=build/docs
rm -rf "$out"
mkdir -p "$out/pages"
(cd docs && find . -type f ! -path './site/*') | while read -r file; do
  mkdir -p "$out/pages/$(dirname "$file")"
  cp "docs/$file" "$out/pages/$file"
done

# Pages link to source files beside docs/. In the site these lie in source/, as text, which every browser shows.
up='\(\(\.\./\)*\)\.\./\(\(examples\|tests\|bench\|include\)/[^)#]*\)'
find "$out/pages" -name '*.md' | while read -r page; do
  grep -o "]($up)" "$page" | sed "s@]($up)@\3@"
  sed -i "s@]($up)@](\1source/\3.txt)@g" "$page"
done | sort -u | while read -r source; do
  mkdir -p "$out/pages/source/$(dirname "$source")"
  cp "$source" "$out/pages/source/$source.txt"
done

python3 docs/site/reference.py include/kindred "$out/pages/reference"
mkdocs build --config-file docs/site/mkdocs.yml >"$out/log" 2>&1 || { grep -v '^INFO' "$out/log" && exit 1; }
python3 docs/site/check.py "$out/site"
echo "the documentation is $out/site/index.html"
