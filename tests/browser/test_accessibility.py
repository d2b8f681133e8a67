"""axe finds nothing on any kind of page, in any state, light or dark, wide or narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe

TEXT = "texts/specimen-1921.html"
PAGES = {
    "front": "index.html",
    "text": TEXT,
    "changes": TEXT + "?text=changes",
    "witness": TEXT + "?text=witness",
    "commentary": "commentary/introduction.html",
    "register": "commentary/persons.html",
    "apparatus": "commentary/apparatus/specimen-1921.html",
    "index": "commentary/general-index.html",
    "bibliography": "commentary/bibliography.html",
    "search": "search.html?q=party",
    "lost": "404.html",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page):
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]


def found_everywhere(page, widths=(1440, 390)):
    found = []
    for width in widths:
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme} {violation}" for violation in violations(page)]
    return found


@pytest.mark.parametrize("kind", PAGES)
def test_axe(visit, small_url, kind):
    page = visit(small_url + PAGES[kind], bypass_csp=True)
    if kind == "search":
        page.locator(".hits a").first.wait_for()
    assert found_everywhere(page) == []


@pytest.mark.parametrize(
    ("width", "act"),
    [
        (390, "document.querySelector('#call-1').click()"),
        (1440, "document.querySelector('#call-s1').click()"),
        (390, "document.querySelector('.locator').click()"),
        (390, "document.querySelector('.menu').click()"),
        (390, "document.querySelector('.view').click()"),
        (1440, "document.querySelector('.find').click()"),
        (1440, "document.querySelector('.mention').focus()"),
    ],
)
def test_axe_with_something_open(visit, small_url, width, act):
    page = visit(small_url + TEXT, width, bypass_csp=True)
    page.evaluate(act)
    page.wait_for_timeout(400)
    assert found_everywhere(page, [width]) == []
