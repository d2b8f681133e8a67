"""Text, changes, witness: one switch."""

from pathlib import Path

import pytest

from variorum.text.folders import Folders
from variorum.text.tokens import tokens
from variorum.text.witness import read_witness

TEXT = "texts/specimen-1921.html"
SPECIMEN = Path(__file__).parent / "specimen"

# what stands on the page and is not the text: numbers, links, the editors' notes and titles
NO_WORDS = ".locator, .headerlink, .pagebreak, .byline, .call.editors, .annotations, .editorial, .back"
WORDS = f"""(() => {{
    document.querySelectorAll('{NO_WORDS}').forEach(x => x.hidden = true);
    return document.querySelector('article').innerText;
}})()"""


def plain(token):
    # the case of a heading is the edition's; a hyphen is a dash where white space, which is no token, stands round it
    return token.compared.casefold().replace("–", "-")


def compared(text):
    return [plain(token) for token in tokens(text)]


def witness(root, name):
    found = read_witness(Folders(root), name)
    return [plain(token) for document in found.documents() for token in found.tokens(document)]


def test_the_witness_shown_is_the_witness(visit, small_url):
    page = visit(small_url + TEXT + "?text=witness")
    assert compared(page.evaluate(WORDS)) == witness(SPECIMEN, "specimen-1921")


def test_the_reading_text_is_the_edited_text(visit, small_url):
    page = visit(small_url + TEXT)
    words = page.evaluate(WORDS)
    assert "hands of the workers" in words
    assert "bands" not in words
    assert "met in Moscow in March 1920" in words


def test_every_text_of_the_edition_shows_its_witness(visit, site, site_url):
    root = Path(__file__).parents[2]
    for toml in sorted((root / "witnesses").glob("*.toml")):
        found = read_witness(Folders(root), toml.stem)
        shown = []
        for document in found.documents():
            page = visit(f"{site_url}texts/{document}.html?text=witness")
            shown += compared(page.evaluate(WORDS))
        assert shown == witness(root, toml.stem), toml.stem
    assert site.is_dir()


def test_the_switch_is_kept_in_the_address_and_remembered(visit, small_url):
    page = visit(small_url + TEXT)
    page.get_by_role("radio", name="Changes").check()
    assert page.url.endswith("?text=changes")
    page.goto(small_url + TEXT)
    assert page.get_by_role("radio", name="Changes").is_checked()
    assert page.url.endswith("?text=changes")
    page.get_by_label("Reading").check()
    assert page.url.endswith(TEXT)
    page.goto(small_url + TEXT + "?text=witness")
    assert page.get_by_role("radio", name="Witness").is_checked()


def test_changes_are_marked_and_told_on_demand(visit, small_url):
    page = visit(small_url + TEXT + "?text=changes")
    page.get_by_role("button", name="Next change").click()
    assert "simp!y" in page.locator("#card").inner_text()
    assert page.locator(".steps").inner_text().split("\n")[1].strip() == "1 of 10 changes"
    page.keyboard.press("Escape")
    assert not page.locator("#card").is_visible()
    page.locator(".variant", has_text="hands").hover()
    page.locator("#card").get_by_text("bands", exact=True).wait_for()
    assert "bands" in page.locator("#card").inner_text()
    assert "bands makes no sense here" in page.locator("#card").inner_text()


def test_changes_by_touch(visit, small_url):
    page = visit(small_url + TEXT + "?text=changes", 390, 844, has_touch=True)
    page.locator(".variant", has_text="lack").tap()
    assert "Jack" in page.locator("#card").inner_text()


def test_broken_words_are_not_marked(visit, small_url):
    page = visit(small_url + TEXT + "?text=changes")
    broken = page.locator(".variant.break")
    assert broken.evaluate("n => getComputedStyle(n).textDecorationLine") == "none"


@pytest.mark.parametrize("state", ["changes", "witness"])
def test_the_switch_works_without_script(visit, small_url, state):
    page = visit(small_url + TEXT, java_script_enabled=False)
    page.locator(f"#{state}").check()
    assert page.get_by_text("bands", exact=True).is_visible()


def test_supplied_words_stand_in_angle_brackets(visit, small_url):
    page = visit(small_url + TEXT)
    lemma = page.locator(".supplied > .lemma")
    assert lemma.evaluate("n => getComputedStyle(n, '::before').content") == '"⟨"'


def test_the_apparatus_is_a_table_filtered_by_class(visit, small_url):
    page = visit(small_url + "commentary/apparatus/specimen-1921.html", java_script_enabled=False)
    scans = page.locator(".apparatus tr.scan")
    assert scans.count() == 7
    assert scans.first.is_visible()
    page.locator("#show-scan").uncheck()
    assert not scans.first.is_visible()
    assert page.locator(".apparatus tr.doubtful").is_visible()
    page.locator(".apparatus tr.doubtful a").click()
    assert page.url.split("/")[-1].startswith("specimen-1921.html#v")


def test_departures_are_joined_side_by_side(visit, small_url):
    page = visit(small_url + TEXT + "?text=beside")
    page.wait_for_function("document.querySelectorAll('.lines path').length > 5")
    ends = page.evaluate("""() => [...document.querySelectorAll('.variant')].filter(v => v.line).map(v => {
        const {left, right} = v.line.getBoundingClientRect();
        const last = [...v.getClientRects()].at(-1), [first] = v.beside.getClientRects();
        return [Math.abs(left - last.right), Math.abs(right - first.left)];
    })""")
    assert len(ends) > 5
    assert all(gap < 2 for pair in ends for gap in pair)
    page.locator(".variant", has_text="hands").first.hover()
    assert page.locator(".lines path.joined").count() == 1
    assert page.locator(".variant.joined").count() == 2
    page.get_by_role("radio", name="Reading").check()
    assert page.locator(".lines").count() == 0


@pytest.fixture
def miscellany(forms: Path, sphinx) -> str:
    """Return the address of a text with stanzas, and with notes of its own."""
    assert sphinx(forms, "html", "-W", "-q").stderr == ""
    return (forms.parent / "out/html/texts/forms.html").as_uri()


def test_the_witness_beside_a_stanza_has_all_its_lines(visit, miscellany):
    page = visit(miscellany, errors=True)  # a page from a disk may not preload its fonts
    page.get_by_role("radio", name="Side by side").check()
    assert page.locator(".verse .witness-side").count() == page.locator("article .verse").count() == 4
    beside = page.locator(".verse .witness-side").first.inner_text()
    assert beside.split("\n")[:4] == [
        "The mill wheel turns, the mill wheel",
        "stands and turns again,",
        "and he who fed it yesterday",
        "is fed to it in rain.",
    ]
    boxes = "(s => [...document.querySelectorAll(s)].map(e => e.getBoundingClientRect()))"
    signs, locators = (page.evaluate(f"{boxes}('{kind}')") for kind in (".source > .sign", ".source > p > .locator"))
    assert signs
    assert locators[0]["right"] <= signs[0]["left"]  # the locator stands beyond the sign of the note


def test_the_locator_of_a_stanza_is_seen_on_a_telephone(visit, miscellany):
    page = visit(miscellany, 390, 844, errors=True)
    found = page.evaluate("""() => [...document.querySelectorAll('.verse .locator')].map(locator => {
        locator.scrollIntoView({block: 'center'});
        const now = locator.getBoundingClientRect();
        return document.elementFromPoint(now.left + 2, (now.top + now.bottom) / 2) === locator;
    })""")
    assert len(found) == 4
    assert all(found)


def test_rows_that_are_blocks_say_that_they_are_a_table(visit, small_url):
    page = visit(small_url + "commentary/apparatus/specimen-1921.html", 390, 844)
    roles = "[...document.querySelectorAll('.apparatus, .apparatus :is(thead, tr, th, td)')].map(e => e.role)"
    assert set(page.evaluate(roles)) == {"table", "rowgroup", "row", "columnheader", "cell"}
    page.set_viewport_size({"width": 1440, "height": 900})
    assert set(page.evaluate(roles)) == {None}
