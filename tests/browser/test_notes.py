"""Notes: read without losing the place, by mouse, key and touch."""

from itertools import pairwise

import pytest

TEXT = "texts/specimen-1921.html"
NARROW = {"width": 390, "height": 844}


def test_wide_notes_stand_beside_their_calls_and_do_not_overlap(visit, small_url):
    page = visit(small_url + TEXT)
    boxes = [note.bounding_box() for note in page.locator(".annotation.editors").all()]
    text = page.locator("#p0-2").bounding_box()
    assert all(box["x"] > text["x"] + text["width"] for box in boxes)
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes))
    call = page.locator("#call-1").bounding_box()
    assert abs(boxes[0]["y"] - call["y"]) < 12


def test_a_long_note_with_room_below_is_whole(visit, small_url):
    page = visit(small_url + TEXT)
    assert len(page.locator("#note-4").inner_text()) > 420
    assert page.locator(".annotation.folded").count() == 0


def test_a_plain_link_where_there_is_no_popover(visit, small_url):
    page = visit("about:blank", **NARROW)
    methods = ["showPopover", "hidePopover", "togglePopover"]
    page.add_init_script(f"for (const method of {methods}) delete HTMLElement.prototype[method]")
    page.goto(small_url + TEXT)
    page.locator("#call-1").click()
    assert page.url.endswith("#note-1")


def test_the_sheet_never_covers_its_call(visit, small_url):
    page = visit(small_url + TEXT, **NARROW)
    for number in (1, 2, 3, 4):
        call = page.locator(f"#call-{number}")
        call.evaluate("c => scrollTo(0, scrollY + c.getBoundingClientRect().top - innerHeight + 60)")
        call.click()
        page.wait_for_timeout(100)
        below = page.locator(f"#note-{number}").bounding_box()["y"]
        assert call.bounding_box()["y"] + call.bounding_box()["height"] <= below, number
        page.keyboard.press("Escape")


def test_wide_by_key_to_the_note_and_back(visit, small_url):
    page = visit(small_url + TEXT)
    page.locator("#call-2").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "note-2"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "call-2"


@pytest.mark.parametrize("touch", [False, True])
def test_narrow_a_note_opens_over_the_text_and_closes_again(visit, small_url, touch):
    page = visit(small_url + TEXT, **NARROW, has_touch=touch)
    call, note = page.locator("#call-1"), page.locator("#note-1")
    before = page.evaluate("scrollY")
    call.tap() if touch else call.click()
    assert note.evaluate("n => n.matches(':popover-open')")
    assert abs(page.evaluate("scrollY") - before) < 5
    page.touchscreen.tap(200, 60) if touch else page.keyboard.press("Escape")
    assert not note.evaluate("n => n.matches(':popover-open')")
    if not touch:
        assert page.evaluate("document.activeElement.id") == "call-1"


@pytest.mark.parametrize("width", [390, 1440])
def test_a_note_of_the_source_opens_in_place(visit, small_url, width):
    page = visit(small_url + TEXT, width)
    page.locator("#call-s1").focus()
    page.keyboard.press("Enter")
    note = page.locator("#note-s1")
    assert note.evaluate("n => n.matches(':popover-open')")
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "call-s1"


def test_the_two_series_differ_in_form_and_in_name(visit, small_url):
    page = visit(small_url + TEXT)
    assert page.locator("#call-1").text_content() == "1"
    assert page.locator("#call-s1").text_content() == "(1)"
    assert page.locator("#call-1").get_attribute("aria-label") == "Note 1"
    assert page.locator("#call-s1").get_attribute("aria-label") == "The source’s note (1)"
    assert page.locator(".orphan").evaluate("n => !n.closest('a')")
    assert page.locator(".orphan").get_attribute("aria-label") == "(3): the witness has lost this note"


@pytest.mark.parametrize("width", [390, 1440])
def test_without_script_notes_are_links_there_and_back(visit, small_url, width):
    page = visit(small_url + TEXT, width, java_script_enabled=False)
    page.locator("#call-2").click()
    assert page.url.endswith("#note-2")
    assert page.locator("#note-2").is_visible()
    page.locator("#note-2 [role=doc-backlink]").click()
    assert page.url.endswith("#call-2")


def test_every_note_is_called_and_called_back(visit, small_url):
    page = visit(small_url + TEXT)
    lost = page.evaluate("""[...document.querySelectorAll('[role=doc-noteref],[role=doc-backlink]')]
        .filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.href)""")
    assert lost == []
