"""Every page of the real edition: nothing wider than the window, notes near their calls, nothing cut."""

from itertools import pairwise

import pytest

WIDTHS = (320, 390, 768, 1440)


@pytest.fixture(scope="module")
def addresses(site, site_url):
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts)
    return [site_url + name for name in names if name != "404.html"]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_window(chromium, addresses, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    wide = {}
    for address in addresses:
        page.goto(address)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            wide[address] = needed
    page.close()
    assert wide == {}


PLACES = """() => [...document.querySelectorAll('.annotation.editors')].map(note => {
    const call = document.getElementById(note.querySelector('.sign').hash.slice(1)).getBoundingClientRect();
    const {top, bottom} = note.getBoundingClientRect();
    return {top, bottom, away: Math.abs(top - call.top), folded: note.classList.contains('folded')};
})"""


def test_notes_stand_near_their_calls_and_do_not_overlap(chromium, addresses):
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    notes = []
    for address in (a for a in addresses if "/texts/" in a):
        page.goto(address)
        page.evaluate("document.fonts.ready")
        here = page.evaluate(PLACES)
        assert all(above["bottom"] <= below["top"] for above, below in pairwise(here)), address
        notes += here
    page.close()
    assert len(notes) > 500
    near = sum(note["away"] <= 250 for note in notes)
    assert near >= 0.98 * len(notes)
    assert sum(note["folded"] for note in notes) < 0.2 * len(notes)


def test_a_folded_note_unfolds_when_it_is_chosen(visit, site_url):
    page = visit(site_url + "texts/olivier-2010.html")
    note = page.locator(".annotation.folded").first
    name = note.get_attribute("id")
    folded = note.bounding_box()["height"]
    assert folded > 40  # two lines, and “more”
    page.locator(f"a[role=doc-noteref][href='#{name}']").first.click()
    page.wait_for_function("name => !document.getElementById(name).classList.contains('folded')", arg=name)
    assert page.locator(f"#{name}").bounding_box()["height"] > folded
    boxes = page.evaluate(PLACES)
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(boxes))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_words_of_a_source_are_cut(chromium, addresses, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    for address in (a for a in addresses if "/texts/" in a):
        page.goto(address)
        cut = page.evaluate("""() => [...document.querySelectorAll('article :is(p, aside.source)')]
            .filter(block => !block.closest('.editors') && getComputedStyle(block).overflow !== 'visible')
            .map(block => block.outerHTML.slice(0, 80))""")
        assert cut == [], address
    page.close()


def test_the_contents_say_which_page_is_shown(chromium, addresses):
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(next(address for address in addresses if address.endswith("/index.html")))
    listed = set(page.evaluate("[...document.querySelectorAll('#nav a')].map(a => a.href)"))
    assert len(listed) > 20
    for address in listed & set(addresses):
        page.goto(address)
        current = page.locator("#nav [aria-current=page]")
        assert current.count() == 1, address
        box = current.bounding_box()
        assert 0 <= box["y"] <= 900, address
    page.close()


def test_side_by_side_begins_where_the_reader_is(visit, site_url):
    page = visit(site_url + "texts/kollontai-1921/3-workers-opposition.html")
    page.evaluate("document.getElementById('p3-40').scrollIntoView({behavior: 'instant'})")
    before = page.locator("#p3-40").bounding_box()["y"]
    page.evaluate("document.getElementById('beside').click()")  # a pointer in the bar moves the page
    here, there = page.locator("#p3-40").bounding_box(), page.locator("#p3-40 > .witness-side").bounding_box()
    assert abs(here["y"] - before) < 2
    assert there["x"] >= here["x"] + here["width"]
    assert abs(there["y"] - here["y"]) < 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert page.evaluate(
        "document.querySelectorAll('[id]').length === new Set([...document.querySelectorAll('[id]')]"
        ".map(e => e.id)).size"
    )
    page.get_by_role("button", name="Next change").click()
    assert int(page.locator(".steps span").inner_text().split()[0]) > 10
    page.get_by_role("radio", name="Reading").check()
    assert page.locator(".witness-side").count() == 0


def test_a_long_register_has_letters_and_a_filter(visit, site_url):
    page = visit(site_url + "commentary/persons.html", 390, 844)
    page.get_by_role("link", name="Z", exact=True).click()
    first = page.locator(page.evaluate("location.hash"))
    assert first.inner_text().startswith("Z")
    assert 0 < first.bounding_box()["y"] < 844
    page.get_by_label("Only entries with these words").fill("metalworker")
    page.get_by_role("status").filter(has_text="/").wait_for()
    shown = page.locator("dl.register > dt:visible").all_inner_texts()
    assert 0 < len(shown) < 20
    assert any(name.startswith("Medvedev") for name in shown)


def test_the_first_page_leads_back_to_where_the_reader_was(visit, site_url):
    page = visit(site_url + "texts/stalin-1926/5-party-and-working-class.html")
    page.evaluate("document.getElementById('p5-25').scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(300)
    page.goto(site_url + "index.html")
    link = page.get_by_role("link", name="Continue at S 5.25")
    link.click()
    page.wait_for_url("**/5-party-and-working-class.html#p5-25")
