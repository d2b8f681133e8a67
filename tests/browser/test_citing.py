"""Locators: citing a paragraph, going to one, copying a passage."""

import json
import re

import pytest

TEXT = "texts/specimen-1921.html"
URL = "https://specimen.example/texts/specimen-1921.html#p1-1"


def copied(page):
    return page.evaluate("navigator.clipboard.readText()")


@pytest.fixture
def page(visit, small_url):
    return visit(small_url + TEXT, permissions=["clipboard-read", "clipboard-write"])


def test_a_locator_offers_link_citation_bibtex_and_csl(page):
    page.locator("#p1-1 > .locator").click()
    page.get_by_role("button", name="Copy link").click()
    assert copied(page) == URL
    page.get_by_role("button", name="Copy citation").click()
    assert copied(page) == (
        "Alexandra Kollontai, ‘The Workers’ Opposition’ (1921), X 1.1, "
        f"in Specimen, version 0.1.0 (The editors, 2026), {URL}"
    )
    page.get_by_role("button", name="Copy BibTeX").click()
    assert copied(page).startswith("@incollection{specimen-1921-p1-1,")
    assert re.search(r"title = \{The Workers’ Opposition, X 1\.1\}", copied(page))
    assert re.search(r"year = \{2026\}", copied(page))
    page.get_by_role("button", name="Copy BibLaTeX").click()
    assert re.search(r"origdate = \{1921\}", copied(page))
    assert re.search(r"version = \{0\.1\.0\}", copied(page))
    page.get_by_role("button", name="Copy RIS").click()
    assert "TI  - The Workers’ Opposition, X 1.1\n" in copied(page)
    assert "OP  - 1921\n" in copied(page)
    page.get_by_role("button", name="Copy CSL-JSON").click()
    csl = json.loads(copied(page))[0]
    assert csl["author"] == [{"family": "Kollontai", "given": "Alexandra"}]
    assert (csl["title"], csl["version"], csl["URL"]) == ("The Workers’ Opposition, X 1.1", "0.1.0", URL)
    assert (csl["issued"], csl["original-date"]) == ({"date-parts": [[2026]]}, {"date-parts": [[1921]]})
    assert page.get_by_text("CSL-JSON of X 1.1 copied").is_visible()


def test_citing_by_key_and_back(page):
    page.set_viewport_size({"width": 1440, "height": 300})
    page.evaluate("document.getElementById('p1-1').scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(200)
    here = page.get_by_role("button", name="Cite X 1.1")
    here.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "here"


def test_one_locator_is_in_the_tab_order_and_the_arrows_lead_to_the_others(page):
    stops = page.locator(".locator:not([tabindex='-1'])")
    assert page.locator(".locator").count() > 8
    assert stops.count() == 1
    stops.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.locator") == "X 0.2"
    assert stops.count() == 1
    page.keyboard.press("Enter")
    assert page.locator("#cite h2").inner_text() == "X 0.2"
    assert page.locator(".headerlink:not([tabindex='-1'])").count() == 0


def test_notes_entries_and_pages_can_be_cited(visit, small_url):
    page = visit(small_url + TEXT, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#note-1").hover()
    page.locator("#note-1 .cite-note").click()
    page.get_by_role("button", name="Copy citation").click()
    assert copied(page).startswith("The editors, ‘Note 1 to X 0.2’, in Specimen")
    page = visit(small_url + "commentary/persons.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Cite", exact=True).click()
    page.get_by_role("button", name="Copy RIS").click()
    assert "TI  - Persons\n" in copied(page)
    page.get_by_role("button", name="Copy BibTeX").click()
    assert copied(page).startswith("@incollection{persons,\n")  # no anchor, and no hyphen before it
    page.keyboard.press("Escape")
    page.locator("#persons-kollontai").hover()
    page.locator("#persons-kollontai .headerlink").click()
    page.get_by_role("button", name="Copy CSL-JSON").click()
    assert json.loads(copied(page))[0]["title"] == "Kollontai, Alexandra (1872–1952)"


def test_a_copied_passage_is_clean_words(page):
    page.evaluate("""() => {
        const range = document.createRange();
        range.setStartBefore(document.getElementById('p0-2'));
        range.setEndAfter(document.getElementById('p1-1'));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }""")
    page.keyboard.press("Control+c")
    words = " ".join(copied(page).split())
    assert words.startswith("unions simply as one more")
    assert "tenets of Bolshevik Marxism (the workers" in words
    assert "indisputable. Kollontai's" in words
    assert not re.search(r"0\.2|0\.3|¶|\|2|produc tion", words)
    assert words.endswith("the resolution speaks of degrees.")


def test_going_to_a_locator(page):
    page.keyboard.press("/")
    page.locator("dialog input[type=search]").fill("x 1.2")
    page.get_by_role("link", name="Go to X 1.2").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/specimen-1921.html#p1-2")


def test_where_the_reader_is_can_be_seen(page):
    page.set_viewport_size({"width": 1440, "height": 300})
    assert page.locator("#here").text_content() == "X 0.1"
    page.evaluate("document.getElementById('p1-2').scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(200)
    assert page.locator("#here").text_content() == "X 1.2"
    assert page.locator("#section").text_content() == "The Second Part"
    assert page.locator("#nav [aria-current=location]").text_content() == "The Second Part"


def test_an_error_is_reported_with_version_and_place(page):
    page.locator("#p1-2 > .locator").click()
    page.get_by_role("link", name="Report an error here").click()
    page.wait_for_url("**/report.html?place=X+1.2")
    page.get_by_label("The words as they stand").fill("rests on")
    page.get_by_label("What they ought to be").fill("rests upon: see page 3")
    page.get_by_role("button", name="Copy the report").click()
    page.get_by_text("Copied").wait_for()
    assert copied(page) == "Specimen, version 0.1.0\nPlace: X 1.2\nWords: rests on\n\nrests upon: see page 3"
    assert page.get_by_role("link", name="Send it").get_attribute("href") == (
        "mailto:errors@specimen.example?body=Specimen%2C%20version%200.1.0%0APlace%3A%20X%201.2%0A"
        "Words%3A%20rests%20on%0A%0Arests%20upon%3A%20see%20page%203"
    )


def test_every_page_leads_to_the_report_without_script(visit, small_url):
    page = visit(small_url + "commentary/persons.html", java_script_enabled=False)
    page.get_by_role("link", name="Report an error").click()
    assert page.url.endswith("report.html?place=Persons")
    assert page.get_by_role("link", name="errors@specimen.example").get_attribute("href") == (
        "mailto:errors@specimen.example"
    )
    assert not page.get_by_label("The words as they stand").is_visible()
