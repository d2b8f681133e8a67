"""The page itself: widths, colours, motion, disk, weight."""

import gzip
from urllib.parse import urlsplit

import pytest

TEXT = "texts/specimen-1921.html"
PAGES = [
    "index.html",
    TEXT,
    "commentary/introduction.html",
    "commentary/persons.html",
    "commentary/apparatus/specimen-1921.html",
    "commentary/general-index.html",
    "commentary/bibliography.html",
    "search.html",
]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_sideways(visit, small_url, path):
    page = visit(small_url + path)
    for width in (320, 390, 820, 1247, 1248, 1440, 2560):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_text_set_to_twice_its_size(chromium_large, small_url):
    page = chromium_large.new_page(viewport={"width": 1280, "height": 900})
    page.goto(small_url + TEXT)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.close()


def test_the_measure(visit, small_url):
    page = visit(small_url + TEXT)
    letters = page.evaluate("""() => {
        const text = [...document.getElementById('p0-2').childNodes].find(n => n.data?.length > 60), lines = {};
        for (let i = 0; i < text.length; i++) {
            const r = new Range(); r.setStart(text, i); r.setEnd(text, i + 1);
            const y = Math.round(r.getBoundingClientRect().bottom);
            lines[y] = (lines[y] || 0) + 1;
        }
        const p = document.getElementById('p0-2'), style = getComputedStyle(p), box = p.getBoundingClientRect();
        const canvas = document.createElement('canvas').getContext('2d');
        canvas.font = `${style.fontSize} ${style.fontFamily}`;
        return box.width / (canvas.measureText(p.innerText).width / p.innerText.length);
    }""")
    assert 60 <= letters <= 75


def test_the_size_of_the_type_is_kept(visit, small_url):
    page = visit(small_url + TEXT, 390, 844)
    size = "parseFloat(getComputedStyle(document.getElementById('p0-2')).fontSize)"
    normal = page.evaluate(size)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Larger").check()
    page.goto(small_url + "index.html")
    page.goto(small_url + TEXT)
    assert page.evaluate(size) > 1.25 * normal
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_by_the_system_and_by_choice(visit, small_url):
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = visit(small_url + TEXT, color_scheme="dark").evaluate(ground)
    page = visit(small_url + TEXT, color_scheme="light")
    assert page.evaluate(ground) != dark
    page.get_by_role("button", name="Settings").click()
    page.locator("#dark").check()
    assert page.evaluate(ground) == dark
    page.reload()
    assert page.evaluate(ground) == dark


def test_one_arrives_at_a_paragraph_at_once(visit, small_url):
    page = visit(small_url + TEXT)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_nothing_moves_while_the_page_loads(visit, small_url):
    page = visit("about:blank")
    page.add_init_script("""new PerformanceObserver(list => {
        for (const e of list.getEntries()) window.moved = (window.moved || 0) + e.value;
    }).observe({type: 'layout-shift', buffered: true})""")
    page.goto(small_url + TEXT)
    page.wait_for_timeout(800)
    assert (page.evaluate("window.moved") or 0) < 0.05


def test_from_a_disk(visit, small):
    page = visit((small / TEXT).as_uri(), errors=True)  # a browser reports the font it may not load beforehand
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "sticky"
    page.locator("#call-1").click()
    assert page.evaluate("document.activeElement.id") == "note-1"
    page.get_by_role("radio", name="Witness").check()
    assert page.get_by_text("bands", exact=True).is_visible()


def test_the_menu_by_key(visit, small_url):
    page = visit(small_url + TEXT, 390, 844)
    button = page.get_by_role("button", name="Contents")
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#nav").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#nav").is_visible()
    assert button.evaluate("b => b === document.activeElement")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_tab_key_meets_nothing_unseen(visit, small_url, width):
    page = visit(small_url + TEXT, width)
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate("""(() => {
            const e = document.activeElement, r = e.getBoundingClientRect();
            return e === document.body || r.width > 0 && r.right > 0 && r.left < innerWidth;
        })()""")
        assert seen, page.evaluate("document.activeElement.outerHTML")


def test_a_name_shows_its_entry(visit, small_url):
    page = visit(small_url + TEXT)
    name, card = page.locator(".mention", has_text="Shliapnikoff"), page.locator("#card")
    name.hover()
    card.get_by_text("A metal-worker.").wait_for()
    assert card.get_by_role("heading").inner_text() == "Shlyapnikov, Alexander (1885–1937)"
    page.mouse.move(5, 500)
    card.wait_for(state="hidden")
    page.locator("#p0-4").click(position={"x": 2, "y": 2})
    page.keyboard.press("Tab")
    while not name.evaluate("n => n === document.activeElement"):
        page.keyboard.press("Tab")
    card.get_by_text("A metal-worker.").wait_for()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/persons.html#persons-shlyapnikov")


def test_the_first_touch_shows_and_the_second_goes(visit, small_url):
    page = visit(small_url + TEXT, 390, 844, has_touch=True)
    name = page.locator(".mention", has_text="Shliapnikoff")
    name.tap()
    page.locator("#card").get_by_text("A metal-worker.").wait_for()
    assert page.url.endswith(TEXT)
    name.tap()
    page.wait_for_url("**/persons.html#persons-shlyapnikov")


@pytest.mark.parametrize(
    ("path", "link", "words"),
    [
        ("commentary/persons.html", ".reference[href*='#cite-']", "Cambridge, MA"),
        ("commentary/persons.html", ".mentions .loc", "unions simply as one more coercive apparatus"),
        ("commentary/general-index.html", ".loc >> nth=0", "The party."),
    ],
)
def test_whatever_refers_has_a_preview(visit, small_url, path, link, words):
    page = visit(small_url + path)
    page.locator(link).first.hover()
    page.locator("#card").get_by_text(words).wait_for()


def test_no_title_is_content(small):
    for path in small.rglob("*.html"):
        assert ' title="' not in path.read_text(encoding="utf-8"), path


def packed(path):
    return len(path.read_bytes() if path.suffix == ".woff2" else gzip.compress(path.read_bytes()))


def test_a_text_is_light(visit, site, site_url):
    page = visit("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in sorted((site / "texts").rglob("*.html")):
        asked.clear()
        page.goto(f"{site_url}{path.relative_to(site)}")
        page.wait_for_load_state("networkidle")
        files = {site / urlsplit(url).path.lstrip("/") for url in asked}
        assert sum(map(packed, files)) < 250_000, path
        assert len(files) <= 10


def test_no_inline_script_and_a_policy_on_every_page(small):
    for path in small.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "Content-Security-Policy" in text, path
        assert "<script>" not in text, path
        assert ' style="' not in text, path


def test_a_server_s_page_for_lost_readers(visit, small_url):
    page = visit(small_url + "404.html")
    assert page.locator("base").get_attribute("href") == "/"
    assert page.get_by_role("heading", name="No such page").is_visible()


def test_the_site_map_lists_every_page(small):
    text = (small / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://specimen.example/texts/specimen-1921.html</loc>" in text


def test_what_machines_are_told(visit, small_url):
    page = visit(small_url + TEXT)
    named = """[...document.querySelectorAll('meta[name],meta[property]')]
        .map(m => [m.name || m.getAttribute('property'), m.content])"""
    meta = dict(page.evaluate(named))
    assert meta["description"] == "A specimen of a text with all that a page can show."
    assert meta["citation_author"] == "Kollontai, Alexandra"
    assert meta["citation_editor"] == "The editors,"  # the comma keeps Zotero from taking a body for a person
    assert meta["citation_publication_date"] == "2026"
    assert meta["DC.date.created"] == "1921"
    assert meta["citation_inbook_title"] == "Specimen"
    assert meta["og:url"] == "https://specimen.example/texts/specimen-1921.html"
    assert page.locator("link[rel=canonical]").get_attribute("href") == meta["og:url"]


def test_paper_says_what_it_shows(visit, small_url):
    page = visit(small_url + TEXT, color_scheme="dark")
    page.emulate_media(media="print")
    head = page.locator(".colophon")
    assert head.is_visible()
    assert head.inner_text() == (
        "Specimen, version 0.1.0 · X: The Workers’ Opposition · https://specimen.example/texts/specimen-1921.html"
    )
    white = "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == white
    assert not page.locator(".bar").is_visible()
    page.goto(small_url + "commentary/apparatus/specimen-1921.html")
    page.emulate_media(media="print")
    assert page.locator("tr >> nth=1").evaluate("row => getComputedStyle(row).breakInside") == "avoid"
    assert page.locator("thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"
