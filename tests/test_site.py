"""The web edition as files: links, words, notes, locators, nothing from elsewhere."""

import re
import time
import warnings
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from variorum.text.tokens import tokens


class Page(HTMLParser):
    """Ids, links, resources, and the words of a text's blocks."""

    VOID = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    )

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.resources: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        for name in ("src", "srcset", "poster", "data"):
            if given.get(name) and tag != "a":
                self.resources.append(given[name] or "")
        if tag == "link" and given.get("rel") not in {"canonical", "next", "prev", "license"}:  # no browser loads these
            self.resources.append(given.get("href") or "")


def test_every_page_has_a_description_of_its_own(site: Path) -> None:
    told = {}
    for path in sorted(site.rglob("*.html")):
        (description,) = re.findall(r'<meta name="description" content="([^"]*)">', path.read_text(encoding="utf-8"))
        if not 70 <= len(unescape(description)) <= 160:
            warnings.warn(f"a matter of taste: {path} has a description of {len(unescape(description))}", stacklevel=1)
        assert told.setdefault(description, path) == path


def test_the_list_of_changes_begins_with_this_version(root: Path) -> None:
    told = (root / "commentary/changes.md").read_text(encoding="utf-8")
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    version, date = re.findall(r"^(?:version|date-released): (.+)$", citation, re.MULTILINE)
    first = re.search(r"^## Version (\S+), (.+)$", told, re.MULTILINE)
    assert first
    assert (first[1], time.strftime("%Y-%m-%d", time.strptime(first[2], "%d %B %Y"))) == (version, date)
    assert re.search(rf'version = release = "{version}"', (root / "conf.py").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    return {str(p.relative_to(site)): Page(p.read_text(encoding="utf-8")) for p in sorted(site.rglob("*.html"))}


def test_every_link_and_fragment_resolves(pages: dict[str, Page], site: Path) -> None:
    broken = []
    for name, page in pages.items():
        if name == "404.html":  # its addresses start at the site's root
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            target = target.resolve()
            if not target.is_file():
                broken.append(f"{name}: {link}")
            elif parts.fragment and target.suffix == ".html":
                there = pages[str(target.relative_to(site.resolve()))]
                if unquote(parts.fragment) not in there.ids:
                    broken.append(f"{name}: {link}")
    assert broken == []


def test_no_id_stands_twice(pages: dict[str, Page]) -> None:
    twice = {name: sorted({i for i in page.ids if page.ids.count(i) > 1}) for name, page in pages.items()}
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_no_page_names_a_remote_resource(pages: dict[str, Page], site: Path) -> None:
    remote = [f"{name}: {r}" for name, page in pages.items() for r in page.resources if re.match(r"(https?:)?//", r)]
    assert remote == []
    for css in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//|@import", css.read_text(encoding="utf-8")), css


def test_notes_and_locators_are_those_of_the_texts(pages: dict[str, Page], domain) -> None:
    for docname, doc in domain["documents"].items():
        if doc.siglum:
            ids = pages[f"{docname}.html"].ids
            assert {anchor for anchor, _ in doc.places.values()} <= set(ids), docname
            assert {call.anchor for call in doc.calls} <= set(ids), docname
            notes = sorted(int(i.removeprefix("note-")) for i in ids if re.fullmatch(r"note-\d+", i))
            assert notes == list(range(1, sum(c.series == "editors" for c in doc.calls) + 1)), docname


def test_every_apparatus_row_is_listed_once(pages: dict[str, Page], domain) -> None:
    for docname, doc in domain["documents"].items():
        ids = {v["ids"][0] for v in doc.variants}
        if ids:
            listed = pages[f"commentary/apparatus/{doc.witness}.html"]
            links = [
                link for link in listed.links if urlsplit(link).path.endswith(f"{docname.rpartition('/')[2]}.html")
            ]
            assert sorted(urlsplit(link).fragment for link in links if urlsplit(link).fragment in ids) == sorted(ids), (
                docname
            )


def test_the_words_of_a_page_are_the_edited_text(site: Path, domain) -> None:
    for docname, doc in domain["documents"].items():
        if not doc.siglum:
            continue
        html = (site / f"{docname}.html").read_text(encoding="utf-8")
        for block in doc.blocks:
            found = words_of(html, doc.places[block.place][0])
            # the sign of a source's note is a link of its own
            words = block.text.partition(" ")[2] if re.search(r"\.n\w+$", block.place) else block.text
            editable = [t.compared for t in tokens(words)]
            assert [t.compared for t in tokens(found)] == editable, f"{doc.siglum} {block.place}"


class Words(HTMLParser):
    """The words of one block: its element's text without locators, editors' calls, page breaks and hidden readings."""

    HIDDEN = frozenset({"locator", "pagebreak", "reading", "headerlink", "back"})

    def __init__(self, anchor: str) -> None:
        super().__init__()
        self.anchor, self.depth, self.hidden, self.words = anchor, 0, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in Page.VOID:
            return
        if not self.depth and given.get("id") == self.anchor:
            self.depth = 1
        elif self.depth:
            self.depth += 1
            classes = set((given.get("class") or "").split())
            if self.hidden or classes & self.HIDDEN or {"call", "editors"} <= classes or "hidden" in given:
                self.hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if tag not in Page.VOID and self.depth:
            self.depth -= 1
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data: str) -> None:
        if self.depth and not self.hidden:
            self.words += data


def words_of(html: str, anchor: str) -> str:
    parser = Words(anchor)
    parser.feed(html)
    return parser.words


def test_no_mention_is_longer_than_its_form(site: Path, domain) -> None:
    longest = max(len(form) for entry in domain["derived"]["named"].entries.values() for form in entry.forms)
    for docname, doc in domain["documents"].items():
        if doc.siglum:
            html = (site / f"{docname}.html").read_text(encoding="utf-8")
            words = re.findall(r'<a class="[^"]*mention[^"]*"[^>]*>(.*?)</a>', html)
            assert [w for w in words if len(re.sub(r"<[^>]+>", "", w)) > longest] == [], docname
