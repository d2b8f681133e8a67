"""The file of the book: fonts, labels, bookmarks, metadata, destinations, links."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from pypdf import PdfReader
from runs import WHOLE
from sphinx.addnodes import compact_paragraph, toctree
from sphinx.environment import BuildEnvironment

WORKS_CITED = {"commentary/bibliography", "commentary/literature"}


def test_all_fonts_are_embedded(pdf: Path) -> None:
    lines = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert lines
    assert {line.split()[0].partition("+")[2].partition("-")[0] for line in lines} == {"LibertinusSerif"}
    assert all(line.split()[-5] == "yes" for line in lines)


def test_page_labels_are_roman_then_arabic(reader: PdfReader) -> None:
    labels = reader.page_labels
    start = labels.index("1")
    assert labels[0] == "i"
    assert labels[start:] == [str(n) for n in range(1, len(labels) - start + 1)]
    assert start % 2 == 0, "page 1 is a right-hand page"


def outline(items: list, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the bookmarks of a file, each with its depth."""
    for item in items:
        if isinstance(item, list):
            yield from outline(item, depth + 1)
        else:
            yield depth, item.title


def headings(environment: BuildEnvironment, page: str, depth: int) -> Iterator[tuple[int, str]]:
    """Yield the headings of a page as the bookmarks have them: its title, its sections, the pages below it."""
    is_first = True

    def walk(tree: nodes.Element, below: int) -> Iterator[tuple[int, str]]:
        nonlocal is_first
        for child in tree.children:
            if isinstance(child, toctree):
                for piece in child["includefiles"]:
                    yield from piece_headings(environment, page, piece, below)
            elif isinstance(child, compact_paragraph):
                yield below, title_of(environment, page, child.astext()) if is_first else child.astext()
                is_first = False
            else:
                yield from walk(child, below + isinstance(child, nodes.bullet_list))

    yield from walk(environment.tocs[page], depth)


def piece_headings(environment: BuildEnvironment, text: str, piece: str, depth: int) -> Iterator[tuple[int, str]]:
    """Yield the headings of a piece of a text; the first names its author, where not all of the text is his."""
    (level, title), *others = headings(environment, piece, depth)
    author = environment.metadata[piece].get("author", environment.metadata[text]["author"])
    yield level, title if author == environment.metadata[text]["author"] else f"{title} ({author})"
    yield from others


def title_of(environment: BuildEnvironment, page: str, title: str) -> str:
    """Return what the bookmarks call a page: a text and its introduction stand below the text's name."""
    folder, _, name = page.rpartition("/")
    if folder == "texts":
        return "Text"
    return "Introduction" if folder == "commentary" and f"texts/{name}" in environment.metadata else title


def bookmarks(environment: BuildEnvironment, name: str) -> Iterator[tuple[int, str]]:
    """Yield the bookmarks of a book, each with its depth."""
    for part in environment.get_doctree("index").findall(toctree):
        pages = [page.replace("commentary/help", "commentary/help-book") for page in part["includefiles"]]
        if name != WHOLE:
            for page in pages:
                if page.endswith(f"/{name}") or page in WORKS_CITED:
                    yield from headings(environment, page, 0)
            continue
        yield 0, part["caption"]
        for page in pages:
            text = f"texts/{page.rpartition('/')[2]}"
            is_of_text = page in {text, text.replace("texts", "commentary")} and text in environment.metadata
            if is_of_text and page != text:
                told = environment.metadata[text]
                yield 1, f"{told['siglum']} {told['short-title']}"
            yield from headings(environment, page, 1 + is_of_text)


def test_bookmarks_are_the_headings(reader: PdfReader, environment: BuildEnvironment, name: str) -> None:
    found = [(depth, " ".join(title.split())) for depth, title in outline(reader.outline)]
    assert found == list(bookmarks(environment, name))


def test_metadata(reader: PdfReader, environment: BuildEnvironment, name: str, *, whole: bool) -> None:
    of_text = {} if whole else environment.metadata[f"texts/{name}"]
    assert reader.metadata.title == of_text.get("title", "Party and Class in Power, 1917–1927")
    assert reader.metadata.author == of_text.get("author", "The editors")
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    described = reader.xmp_metadata
    assert described.dc_title == {"x-default": reader.metadata.title}
    assert described.dc_creator == reader.metadata.author.split("; ")
    assert described.dc_language == ["en-GB"]
    assert "Creative Commons" in described.dc_rights["x-default"]


def test_every_locator_is_a_destination(page_of: dict[str, int], texts: dict) -> None:
    wanted = {f"{doc.siglum}.{place}" for doc in texts.values() for place in doc.places}
    assert wanted
    assert wanted - set(page_of) == set()


def test_every_link_arrives(reader: PdfReader, page_of: dict[str, int]) -> None:
    lost = set()
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get_object().get("/A", {})
            if action.get("/S") == "/GoTo" and action["/D"] not in page_of:
                lost.add(str(action["/D"]))
    assert lost == set()
