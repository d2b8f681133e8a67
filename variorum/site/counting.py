"""What a text has in each format, counted in the files that were written and in nothing else."""

import re
import zipfile
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

from pypdf import PdfReader
from pypdf.errors import PdfReadError

from variorum.text.tokens import tokens

Figures = Counter[str]
"""Name of a figure -> how many there are."""
#: Id of a block on a page: that of its locator.
BLOCK = re.compile(r"p\d+-\w+(-\d+)?")
#: Classes of what stands in a block beside its words: on a page of the web, and on one of the ePub.
BESIDE = {"locator", "pagebreak", "reading", "headerlink", "back", "line-number", "mark", "bracket", "parallel"}
#: So many paragraphs stand before the words of a text in its plain file.
INTRODUCING = 3
#: Elements that have no end tag.
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
#: Classes and roles of links that a format makes for finding one's way: they lead to no other matter.
FURNITURE = {"locator", "headerlink", "parallel", "cite-note", "mark", "variant", "back"}
#: A class that is a figure by itself -> its name.
CLASSES = {"variant": "departures", "pagebreak": "pages"}


def words_in(words: str) -> int:
    """Return how many words there are, as the edition counts them: tokens that begin with a letter or figure."""
    return sum(token.written[0].isalnum() for token in tokens(words))


@dataclass
class Link:
    """A link within the words of a text or of its notes."""

    address: str
    section: int
    """Number of the section of its page that it stands in."""
    mention: bool
    """Whether it leads from a name to its entry."""
    departures: set[str]
    """Classes of departures in which it stands, or which stand in it."""


class PageReader(HTMLParser):
    """Counts a page of a text, on the web or in the ePub: its blocks, and the notes beside them."""

    def __init__(self, html: str) -> None:
        """Read the page."""
        super().__init__()
        self.figures: Figures = Counter()
        self.links: list[Link] = []
        self.section = 0
        self.open: list[tuple[str, frozenset[str]]] = []
        """The elements that are open, each with what it is to its content: block, note, beside."""
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element, and remember what it is."""
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        state = set(self.open[-1][1]) if self.open else set()
        if BLOCK.fullmatch(given.get("id", "")):
            self._close_block()
            state |= {"block"}
            self.figures["locators"] += 1
            self.figures["headings"] += tag in {"h1", "h2", "h3", "h4", "h5", "h6"}
        if "annotation" in classes:
            self._close_block()
            state = {name for name in state if name.startswith("section ")} | {"note", *(classes & {"source"})}
            self.figures["notes"] += "editors" in classes
        if "sign" in classes and "source" in state:
            state |= {"block"}
        if "call" in classes and ("source" in classes or "orphan" in classes) and tag != "sup":
            self.figures["calls"] += 1
            self.handle_data(" ")  # the word before a sign ends there
            state |= {"call"}
        if classes & BESIDE or ("call" in classes and "editors" in classes) or "hidden" in given:
            state |= {"beside"}
        for name, figure in CLASSES.items():
            self.figures[figure] += name in classes and "id" in given
        self.figures["pictures"] += tag == "img"
        self._read_link(tag, given, classes, state)
        if tag == "br":
            self.handle_data(" ")
        if tag not in VOID:
            self.open.append((tag, frozenset(state)))

    def _read_link(self, tag: str, given: dict[str, str], classes: set[str], state: set[str]) -> None:
        """Take down a link with where it stands; ``state`` learns the section, the departure and the link."""
        if tag == "section":
            self.section += 1
            state.difference_update({name for name in state if name.startswith("section ")})
            state.add(f"section {self.section}")
        if "variant" in classes:
            state.update(f"departure {name}" for name in classes)
            if "link" in state:
                self.links[-1].departures |= classes
        role = given.get("role", "")
        if tag == "a" and {"block", "note"} & state and not classes & FURNITURE and not role.startswith("doc-"):
            section = next((int(name[8:]) for name in state if name.startswith("section ")), 0)
            around = {name.removeprefix("departure ") for name in state if name.startswith("departure ")}
            self.links.append(Link(given.get("href", ""), section, "mention" in classes, around))
            state.add("link")

    def handle_endtag(self, tag: str) -> None:
        """Close an element; with a block its words are complete."""
        if tag in VOID or all(name != tag for name, _ in self.open):
            return
        closed = ""
        while closed != tag:
            closed, state = self.open.pop()
        outer = self.open[-1][1] if self.open else frozenset()
        if "call" in state:
            self.handle_data(" ")
        if "block" in state and "block" not in outer:
            self._close_block()

    def handle_data(self, data: str) -> None:
        """Gather the words of a block."""
        if self.open and "block" in self.open[-1][1] and "beside" not in self.open[-1][1]:
            self.words += data

    def _close_block(self) -> None:
        self.figures["words"] += words_in(self.words)
        self.words = ""


def count_pages(pages: Iterable[tuple[str, str]]) -> tuple[Figures, list[Link]]:
    """Return the figures of a text's pages, given by name, and its links within the edition.

    Their addresses are those of documents, and their sections numbered through all pages.
    """
    figures: Figures = Counter()
    inward: list[Link] = []
    sections = 0
    for name, html in pages:
        page = PageReader(html)
        figures += page.figures
        folder = PurePosixPath(name).parent
        for link in page.links:
            if ":" in link.address:
                figures["outward"] += 1
            else:
                inward.append(
                    replace(link, address=_address(folder, name, link.address), section=link.section + sections)
                )
        sections += page.section
    figures["inward"] = len(inward)
    return figures, inward


def once_a_section(links: Iterable[Link], linked: Container[str]) -> int:
    """Return how many links are left where a name is linked once a section, and none in departures of some classes."""
    seen: set[tuple[int, str]] = set()
    left = 0
    for link in links:
        place = (link.section, link.address)
        again = link.mention and place in seen
        if link.mention:
            seen.add(place)
        left += not again and not any(name in linked for name in link.departures)
    return left


def _address(folder: PurePosixPath, name: str, link: str) -> str:
    """Return the document and the anchor that a link leads to, seen from a page in a folder."""
    path, sharp, anchor = link.partition("#")
    parts: list[str] = []
    for part in (folder / path).parts if path else PurePosixPath(name).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts).rpartition(".")[0] + sharp + anchor


def in_web(folder: Path, documents: Iterable[str]) -> tuple[Figures, list[Link]]:
    """Count a text in the web edition."""
    return count_pages((f"{name}.html", (folder / f"{name}.html").read_text(encoding="utf-8")) for name in documents)


def in_epub(path: Path, documents: Iterable[str]) -> tuple[Figures, list[Link]]:
    """Count a text in the ePub."""
    with zipfile.ZipFile(path) as archive:
        return count_pages((f"{name}.xhtml", archive.read(f"{name}.xhtml").decode()) for name in documents)


def in_pdf(path: Path, sigla: Iterable[str]) -> dict[str, Figures]:
    """Count the locators of each text in the book: its named places."""
    try:
        root: Any = PdfReader(path).root_object
        names = list(_named_places(root["/Names"]["/Dests"].get_object()))
    except (PdfReadError, KeyError):
        names = []  # what is no book has no locator, and the report says so
    return {siglum: Counter(locators=sum(is_locator(name, siglum) for name in names)) for siglum in sigla}


def _named_places(tree: Any) -> Iterator[str]:
    """Yield the names of a tree of names, without looking where they lead."""
    for branch in tree.get("/Kids", ()):
        yield from _named_places(branch.get_object())
    yield from map(str, tree.get("/Names", ())[::2])


def is_locator(name: str, siglum: str) -> bool:
    """Tell whether a named place is a locator of a text: ``K.3.14``."""
    return re.fullmatch(rf"{re.escape(siglum)}\.\d+\.[\w.]+", name) is not None


def in_plain(path: Path, siglum: str) -> Figures:
    """Count a text in its file of plain words, below the three paragraphs that introduce it."""
    figures: Figures = Counter()
    body = re.split(r"\n\n+", path.read_text(encoding="utf-8"), maxsplit=INTRODUCING)[INTRODUCING:]
    for line in "".join(body).splitlines():
        place = re.match(rf"{re.escape(siglum)} \d+\.[\w.]+  ", line)
        figures["locators"] += bool(line)
        figures["headings"] += bool(line) and not place
        figures["words"] += words_in(line[place.end() :] if place else line)
    return figures


# -- TEI

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def in_tei(path: Path, siglum: str) -> Figures:
    """Count a text in its TEI."""
    text = ET.parse(path).getroot().find(f"{_TEI}text")  # noqa: S314 - written by our own build
    if text is None:
        return Counter()
    figures: Figures = Counter()
    block = re.compile(rf"{re.escape(siglum)}\.\d+\..+")
    for node in text.iter():
        name = node.tag.removeprefix(_TEI)
        is_block = block.fullmatch(node.get(_ID, "")) is not None
        figures["locators"] += is_block
        figures["headings"] += name == "div" and _has_heading(node)
        if is_block or (name == "label" and node.get(_ID) is None):
            figures["words"] += words_in("".join(_words(node)))
        figures["notes"] += name == "note" and node.get("type") == "editors"
        figures["calls"] += name == "ref" and node.get("type") == "source"
        figures["departures"] += name == "app" and node.get("type") != "continued"
        figures["pages"] += name == "pb"
        figures["pictures"] += name == "graphic"
        target = node.get("ref" if name == "name" else "target", "")
        if name in {"name", "ref"} and node.get("type") != "source" and target:
            figures["outward" if ":" in target else "inward"] += 1
    return figures


def _has_heading(division: ET.Element) -> bool:
    """Tell whether a division has a heading of the text; those of the editors have no locator."""
    return any(head.get(_ID) for head in division.findall(f"{_TEI}head"))


def _words(node: ET.Element) -> Iterable[str]:
    """Yield the edition's words in an element: of a departure its lemma, of the notes nothing."""
    yield node.text or ""
    for child in node:
        name = child.tag.removeprefix(_TEI)
        parted = name == "lb" or child.get("type") == "source"  # the word before a sign ends there
        if parted:
            yield " "
        if name not in {"rdg", "note", "ptr", "pb"}:
            yield from _words(child)
        if parted:
            yield " "
        yield child.tail or ""
