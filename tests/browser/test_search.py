"""Finding: from a word to the paragraph, with the same answers served and from a disk."""

import pytest

TEXT = "texts/specimen-1921.html"


def found(page, words, kind=""):
    page.keyboard.press("/")
    page.locator("dialog input[type=search]").wait_for()
    if kind:
        page.locator(f"dialog input[value={kind}]").check()
    page.locator("dialog input[type=search]").fill(words)
    page.locator("dialog .hits li").first.wait_for()
    page.wait_for_timeout(300)
    return page.locator("dialog .hits a").all_inner_texts()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("coercive apparatus", "X 0.2"),
        ("Shlyapnikov", "X 0.4"),  # the text has Shliapnikoff
        ("Shliapnikov", "X 0.4"),
        ("dynarnics", "X 0.5"),  # the witness's reading
        ('"nothing more"', "A heading · Introduction"),
        ("“nothing more”", "A heading · Introduction"),
        ("metal-worker", "Shlyapnikov, Alexander"),
        ("who was Kollontai?", "Kollontai, Alexandra"),
    ],
)
def test_words_lead_to_the_passage(visit, small_url, words, first):
    page = visit(small_url + "index.html")
    assert any(hit.startswith(first) for hit in found(page, words)[:2])


def test_the_texts_are_told_from_the_commentary(visit, small_url):
    page = visit(small_url + "index.html")
    hits = found(page, "party", kind="text")
    assert hits
    assert all(hit.startswith("X ") for hit in hits)
    page.locator("dialog input[value=commentary]").check()
    page.locator("dialog .hits a").filter(has_text="Bodies").first.wait_for()
    page.wait_for_timeout(200)
    assert not any(hit.startswith("X ") for hit in page.locator("dialog .hits a").all_inner_texts())


def test_a_hit_leads_to_the_paragraph_and_marks_the_words(visit, small_url):
    page = visit(small_url + "index.html")
    found(page, "coercive")
    page.locator("dialog mark").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**#p0-2")
    page.wait_for_function("() => CSS.highlights.has('sought')")
    assert page.evaluate("""[...CSS.highlights.get('sought')].map(
        r => r.startContainer.data.slice(r.startOffset, r.endOffset))""") == ["coercive"]


def test_first_results_come_quickly(visit, small_url):
    page = visit(small_url + "index.html")
    found(page, "party")
    took = page.evaluate("""async () => {
        const q = document.querySelector('dialog input[type=search]'), hits = document.querySelector('dialog .hits');
        const times = [];
        for (const word of ['workers', 'congress', 'unions', 'class']) {
            const start = performance.now();
            const changed = new Promise(done => new MutationObserver(done).observe(hits, {childList: true}));
            q.value = word;
            q.dispatchEvent(new Event('input', {bubbles: true}));
            await changed;
            times.push(performance.now() - start);
        }
        return Math.min(...times);  // other work on the machine slows some
    }""")
    assert took < 150


def test_the_search_page(visit, small_url):
    page = visit(small_url + "search.html?q=coercive")
    page.locator("#search .hits a").first.wait_for()
    assert page.locator("#search .hits a").first.inner_text().startswith("X 0.2")


@pytest.mark.parametrize(
    ("words", "first"),
    [("coercive apparatus", "X 0.2"), ('"the class"', "X 1.2"), ("Shliapnikov", "X 0.4"), ("dynarnics", "X 0.5")],
)
def test_from_a_disk(visit, small, words, first):
    page = visit((small / TEXT).as_uri(), errors=True)
    assert any(hit.startswith(first) for hit in found(page, words)[:2])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => CSS.highlights.has('sought')")


def test_the_key_can_be_turned_off(visit, small_url):
    page = visit(small_url + "index.html")
    page.get_by_role("button", name="Settings").click()
    page.locator("#no-key").check()
    page.keyboard.press("Escape")
    page.locator("main").click()
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    assert not page.locator("dialog").is_visible()


def test_what_is_near_is_offered_and_not_mixed_in(visit, small_url):
    page = visit(small_url + "search.html")
    page.locator("#search input[type=search]").fill("coersive aparatus")
    page.get_by_text("Nothing found.").wait_for()
    assert page.locator("#search .hits li").count() == 0
    offer = page.locator("#search .offers .offer").first
    assert offer.inner_text() == "coercive apparatus"
    offer.click()
    page.get_by_text("1 passage", exact=True).wait_for()
    assert page.locator("#search input[type=search]").input_value() == "coercive apparatus"


def test_the_query_is_in_the_address_and_back_restores_the_list(visit, small_url):
    page = visit(small_url + "index.html")
    found(page, "party", kind="text")
    page.wait_for_url("**/index.html?q=party&in=text")
    hits = page.locator("dialog .hits a").all_inner_texts()
    page.locator("dialog .hits a").last.click()
    page.wait_for_url("**?highlight=party#*")
    page.go_back()
    page.locator("dialog .hits a").first.wait_for()
    assert page.locator("dialog .hits a").all_inner_texts() == hits
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.search")


def test_marks_are_on_whole_words(visit, small_url):
    page = visit(small_url + "search.html?q=party")
    page.locator("#search mark").first.wait_for()
    assert {mark.lower() for mark in page.locator("#search mark").all_inner_texts()} == {"party"}


def test_nothing_is_fetched_before_the_search_is_opened(visit, small_url):
    page = visit(small_url + "index.html")
    page.wait_for_load_state("networkidle")
    asked = page.evaluate("performance.getEntriesByType('resource').map(e => e.name.split('/').pop())")
    assert not any(name.startswith(("passages.js", "search.js")) for name in asked)
