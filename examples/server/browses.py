# SPDX-License-Identifier: BSL-1.0
#
# browses.py <server> <folder>: opens the storefront in a headless Chromium and uses it as somebody would who has a keyboard and no
# mouse. Leaves pictures of it in the folder, at the widths of a desk and of a hand, in the light and in the dark.

import json
import os
import signal
import subprocess
import sys

import chromium

# Color and ground of every text, as contrast: 4.5 is what WCAG asks for.
PALE = """(() => {
  const light = text => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/^rgba.*, 0\\)$/.test(c)) return c; } };
  return [...document.querySelectorAll('h1,h2,h3,p,li,label,select,button')].filter(e => e.offsetParent && e.textContent.trim()).filter(e => {
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5;
  }).map(e => e.tagName + ' ' + e.textContent);
})()"""

# What has the focus: its words for those who do not see it, and whether those who do see where it is.
FOCUS = """(() => {
  const e = document.activeElement, outline = getComputedStyle(e);
  return {tag: e.tagName, id: e.id, name: e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent,
          seen: outline.outlineStyle !== 'none' && parseFloat(outline.outlineWidth) >= 2};
})()"""

NAMES = "[...document.querySelectorAll('#best h3')].map(e => e.textContent)"
REASONS = "[...document.querySelectorAll('#best .why')].map(e => [...e.children].map(one => one.textContent))"


def tab_to(page, begins, limit=40):
    """Presses Tab until the control whose words begin so has the focus; says what was passed."""
    passed = []
    for _ in range(limit):
        page.press("Tab")
        at = page.value(FOCUS)
        assert at["seen"], f"one does not see that {at} has the focus"
        passed.append(at["name"])
        if at["name"].startswith(begins):
            return passed
    raise AssertionError(f"Tab does not reach '{begins}', but {passed}")


def use(page, address, folder):
    page.call("Page.navigate", url=address)
    page.wait_for("document.querySelectorAll('#best>li').length === 10")
    names = page.value(NAMES)
    assert all(names) and len(set(names)) == 10, names
    assert all(page.value(REASONS)), "a product without a reason"

    # Tab meets every control once, in the order in which they are read.
    order = tab_to(page, "What if you bought " + names[-1])
    expected = [form + name for name in names for form in ("Buy ", "What is like ", "What if you bought ")]
    assert order == ["Who are you?"] + expected, order

    # Asking what if: other advice, a way back, and the focus is not lost.
    page.press("Enter")
    page.wait_for("document.getElementById('note').textContent.startsWith('If you had ')")
    page.wait_for("document.activeElement.id === 'for'")
    assert names[-1] not in page.value(NAMES) and page.value(NAMES) != names, "what if changes nothing"
    assert any("if you buy " + names[-1] in reasons for reasons in page.value(REASONS)), page.value(REASONS)
    assert tab_to(page, "Back to what is") == ["Back to what is"]
    page.press("Enter")
    page.wait_for(f"{NAMES}.join() === {json.dumps(names)}.join()")

    tab_to(page, "What is like ")
    page.press("Enter")
    page.wait_for("document.activeElement.id === 'alike'")
    assert page.value("document.querySelectorAll('#near>li').length") > 0

    # Somebody whose friends have what is recommended.
    page.value("document.getElementById('who').focus()")
    for _ in range(30):
        if any(one.startswith("because your friend ") for reasons in page.value(REASONS) for one in reasons):
            break
        before = page.value(NAMES)
        page.press("ArrowDown")
        page.wait_for(f"{NAMES}.length === 10 && {NAMES}.join() !== {json.dumps(before)}.join()")
    else:
        raise AssertionError("no reason names a friend")

    # Buying: said, counted, and gone from the shelf once the model has learned of it.
    names, note = page.value(NAMES), "parseInt(document.getElementById('note').textContent.match(/\\d+/))"
    count = page.value(note)
    tab_to(page, "Buy ")
    page.press(" ")
    page.wait_for("document.getElementById('said').textContent.startsWith('You bought ')")
    page.wait_for(f"{note} === {count + 1}")
    page.wait_for("document.getElementById('said').textContent.endsWith('Here is the new advice.')")
    assert names[0] not in page.value(NAMES), "what was bought is recommended again"

    page.value("document.activeElement.blur(), scrollTo(0, 0)")
    for width, height in ((1280, 900), (390, 844)):
        for scheme in ("light", "dark"):
            page.show(width, height, scheme)
            page.picture(os.path.join(folder, f"storefront-{width}-{scheme}.png"))
            assert not page.value(PALE), f"hard to read, {scheme}: {page.value(PALE)}"
            assert page.value("document.documentElement.scrollWidth") <= width, f"wider than {width}"
    assert not page.complaints, page.complaints


def main():
    server, folder = sys.argv[1:]
    program = chromium.find()
    if not program:
        print("skipped: there is no chromium, and CHROMIUM names none")
        return 77
    file = os.path.join(folder, "browses.db")
    for end in ("", "-wal", "-shm"):
        if os.path.exists(file + end):
            os.remove(file + end)
    # Below the ports that the system gives to clients, and not where the test of kill -9 listens.
    port = 8000 + os.getpid() % 12000
    with subprocess.Popen([server, file, str(port)], stdout=subprocess.PIPE, text=True) as service:
        try:
            address = service.stdout.readline().split()[0]
            with chromium.Page(program) as page:
                use(page, address, folder)
        finally:
            service.send_signal(signal.SIGTERM)
    print("the storefront works")
    return 0


sys.exit(main())
