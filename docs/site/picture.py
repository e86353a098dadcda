# SPDX-License-Identifier: BSL-1.0
#
# picture.py <report.html> <number>: one chart of a report as an SVG file of its own, in the light, on the standard output.

import re
import sys

page = open(sys.argv[1], encoding="utf-8").read()
style = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
style = re.sub(r"@media screen and \(prefers-color-scheme:dark\)\{.*?\}\}", "", style, flags=re.DOTALL)
chart = re.findall(r"<svg class='chart'.*?</svg>", page, re.DOTALL)[int(sys.argv[2])]
chart = chart.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
x, y, width, height = (float(n) for n in re.search(r"viewBox='([^']+)'", chart).group(1).split())
# Labels reach over the edge, where a page has room for them.
x, y, width, height = x - 10, y - 14, width + 20, height + 28
chart = re.sub(r"viewBox='[^']+'", f"viewBox='{x:g} {y:g} {width:g} {height:g}' width='{1.5 * width:g}'", chart)
ground = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="#fff"/>'
font = 'svg{font-family:system-ui,"Segoe UI",Helvetica,Arial,sans-serif}'
head, rest = chart.split(">", 1)
print(f"{head}><style>{style}{font}</style>{ground}{rest}")
