"""The page that looks a passage up: by locator and version, served and from a disk, in its address and in its form."""

from pathlib import Path

import pytest

from tests.browser.conftest import served
from tests.test_versions import change, decided, edition, joined, new_version, retire

__all__ = ["edition"]  # the fixture


@pytest.fixture
def built(edition: Path, sphinx) -> Path:
    """Return the German edition in its version 1.1: its first paragraph has taken up the second, and has a new word."""
    change(edition / "texts/erster-brief.md", "Der Küster sagt", "Der Küster sagte")
    joined(edition)
    retire(edition, "U 0.2\tU 0.1\tEin Absatz.")
    change(edition / "commentary/notes/erster-brief.md", "U 0.2", "U 0.1")
    new_version(edition, "1.1", "{loc}`U 0.1` hat auch die Wörter des zweiten Absatzes.")
    sphinx(edition, "collate")
    decided(edition)
    run = sphinx(edition, "publish", "-W", "-q")
    assert run.stderr == ""
    run = sphinx(edition, "html", "-W", "-q")
    assert run.stderr == ""
    return edition.parent / "out/html"


def found(page) -> str:
    return page.locator(".found").inner_text()


def test_a_version_is_shown_beside_that_of_today(visit, built) -> None:
    with served(built) as url:
        page = visit(f"{url}cite.html?U+0.1@1.0")
        assert page.locator(".found h2 a").get_attribute("href") == "texts/erster-brief.html#p0-1"
        assert "Version 1.0, 14. November 2023" in found(page)
        assert "".join(page.locator(".found del").all_inner_texts()) == ""
        assert "Der Küster sagte" in "".join(page.locator(".found ins").all_inner_texts())
        cited = f"U 0.1, in Briefe eines Uhrmachers, version 1.0 (Die Herausgeber, 2023), {url}cite.html?U+0.1@1.0"
        assert cited in found(page)


def test_the_words_of_today_and_the_versions_that_had_others(visit, built) -> None:
    page = visit((built / "cite.html").as_uri() + "#U+0.1", errors=True)  # a page from a disk may not preload its fonts
    assert "Frühere Versionen mit anderem Wortlaut: 1.0" in found(page)
    assert page.locator(".found ins").count() == 0
    assert "version 1.1 (Die Herausgeber, 2023), file://" in found(page)
    page.locator(".found a", has_text="1.0").click()
    assert "Version 1.0, 14. November 2023" in found(page)
    page.locator("[name=locator]").fill("u 0.n* @ 1.0")
    page.get_by_role("button", name="Nachschlagen").click()
    page.locator(".found h2", has_text="U 0.n*").wait_for()
    assert "Version 1.1 hat denselben Wortlaut." in found(page)


def test_a_retired_locator_leads_on(visit, built) -> None:
    with served(built) as url:
        page = visit(f"{url}cite.html#U+0.2")
        assert "Sie führt weiter zu U 0.1." in found(page)
        page = visit(f"{url}cite.html#U+0.2@1.0")
        assert "Schick mir die kleine Pinzette" in found(page)
        assert "version 1.0 (Die Herausgeber, 2023)" in found(page)
        page = visit(f"{url}cite.html#U+0.2@0.9")
        assert "Diese Version hat die Stelle nicht. Zu lesen ist sie in: 1.0" in found(page)
        page = visit(f"{url}cite.html#U+9.9")
        assert found(page).startswith("Keine Stelle hat diese Nummer")


def test_without_a_script_the_page_says_so(visit, built) -> None:
    with served(built) as url:
        page = visit(f"{url}cite.html", java_script_enabled=False)
        assert "Das Nachschlagen braucht ein Skript" in page.locator("main").inner_text()
        assert not page.locator("#look-up").is_visible()
