# SPDX-License-Identifier: BSL-1.0
#
# check.py <site>: every link of every page leads to a file of the site, and to something that has that name in it.

import os
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.names = [], set()
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attributes):
        for key, value in attributes:
            if key == "id":
                self.names.add(value)
            elif key in ("href", "src") and value is not None:
                self.links.append((value, self.getpos()[0]))


root = sys.argv[1]
files = [os.path.normpath(os.path.join(folder, name)) for folder, _, names in os.walk(root) for name in names]
pages = {path: Page(path) for path in files if path.endswith(".html")}
dead = 0
for path, page in sorted(pages.items()):
    for link, line in page.links:
        target, name = urldefrag(link)
        if ":" in target.split("/")[0]:
            continue
        # What begins with a slash is meant from the root of the site: the page for what is not found.
        start = root if target.startswith("/") else os.path.dirname(path)
        to = os.path.normpath(os.path.join(start, unquote(target).lstrip("/"))) if target else path
        if os.path.isdir(to):
            to = os.path.join(to, "index.html")
        if to not in files or (name and to in pages and name not in pages[to].names):
            print(f"{path}:{line}: there is no {link}")
            dead += 1
sys.exit(dead != 0)
