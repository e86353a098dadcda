# SPDX-License-Identifier: BSL-1.0
#
# reference.py <include/kindred> <folder>: the headers as pages, a page a room: what every header says of what it declares, and the
# declarations without bodies, private parts and details. Nothing is written twice: the headers are the reference.

import os
import re
import sys


def skeleton(path):
    """A header without what is not for its readers. It relies on how sources are formatted: bodies are indented."""
    text = open(path, encoding="utf-8").read()
    text = re.sub(r"^(#|KINDRED_(BEGIN|END)|// SPDX).*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^namespace (\w+::)*detail \{\n(?s:.*?)^\}  // namespace[^\n]*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(namespace .*\{|\}  // namespace.*)\n", "", text, flags=re.MULTILINE)
    out, until = [], None  # lines are left out until one begins so
    statement = ""  # what a declaration said so far, and where it began
    for line in text.split("\n"):
        if until is not None:
            if line.startswith(until):
                if until == "};":
                    out.append(line)
                until = None
            continue
        code = line.split("  //")[0].rstrip().replace("= {}", "= \0")
        if re.match(r"(private|protected):$", line):
            until = "};"
            continue
        if not code or code.lstrip().startswith("//"):
            out.append(line)
            statement = ""
            continue
        statement = statement or code
        begin = " " * (len(statement) - len(statement.lstrip()))
        whole = statement if statement is code else statement + " " + code.strip()
        is_type = re.search(r"^\s*(template <.*> )?(struct|class|enum|union|concept)\b|\bconcept\b|= \{$|=$", whole)
        if "(" in whole and not is_type and not code.lstrip().startswith("{") and (found := re.match(r"(.*?\)?[^{]*?)(\s:\s\w+[({].*|\s*\{.*)$", code)):
            head = found.group(1).rstrip()
            if head.strip():
                out.append(head.replace("\0", "{}") + ";")
            elif out:
                out[-1] += ";"
            if not code.endswith("}"):
                until = begin + "}"
            statement = ""
            continue
        out.append(line)
        statement = "" if code.endswith((";", "{", "}", ":")) else whole
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


rooms, out = sys.argv[1:]
os.makedirs(out, exist_ok=True)
index = ["# Reference", "", "A room is a folder of `include/kindred/`; pages are made of the headers.", ""]
for room in sorted(os.listdir(rooms)):
    if not os.path.isdir(os.path.join(rooms, room)):
        continue
    page = [f"# {room}", ""]
    for name in sorted(os.listdir(os.path.join(rooms, room))):
        said = skeleton(os.path.join(rooms, room, name)) if name.endswith(".hpp") else ""
        if said:
            page += [f"## {name[:-4]}", "", f"`#include <kindred/{room}/{name}>`", "", "```cpp", said, "```", ""]
    index.append(f"- [{room}]({room}.md)")
    with open(os.path.join(out, room + ".md"), "w", encoding="utf-8") as file:
        file.write("\n".join(page))
with open(os.path.join(out, "README.md"), "w", encoding="utf-8") as file:
    file.write("\n".join(index) + "\n")
