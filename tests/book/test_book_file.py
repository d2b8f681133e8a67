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


def headings(
    environment: BuildEnvironment, tree: nodes.Element, name: str, depth: int = 0
) -> Iterator[tuple[int, str]]:
    """Yield the headings of the documents below a table of contents, each with its depth, as far as a book has them."""
    for child in tree.children:
        if isinstance(child, toctree):
            for page in child["includefiles"]:
                if name in {WHOLE, page.split("/")[-1]} or page.startswith(f"texts/{name}/") or page in WORKS_CITED:
                    yield from headings(environment, environment.tocs[page], name, depth)
        elif isinstance(child, compact_paragraph):
            yield depth, child.astext()
        else:
            yield from headings(environment, child, name, depth + isinstance(child, nodes.bullet_list))


def test_bookmarks_are_the_headings(reader: PdfReader, environment: BuildEnvironment, name: str) -> None:
    wanted = headings(environment, environment.tocs["index"], name, -1)
    assert list(outline(reader.outline)) == [pair for pair in wanted if pair[0] >= 0]


def test_metadata(reader: PdfReader, environment: BuildEnvironment, name: str, *, whole: bool) -> None:
    of_text = {} if whole else environment.metadata[f"texts/{name}"]
    assert reader.metadata.title == of_text.get("title", "Party and Class in Power, 1917–1927")
    assert reader.metadata.author == of_text.get("author", "The editors")
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


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
