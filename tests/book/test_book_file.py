"""The file of the book: fonts, labels, bookmarks, metadata, destinations, links."""

import subprocess
from pathlib import Path

from pypdf import PdfReader


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


def test_bookmarks_follow_the_contents(reader: PdfReader) -> None:
    def titles(outline) -> list[str]:
        return [t for item in outline for t in (titles(item) if isinstance(item, list) else [item.title])]

    found = titles(reader.outline)
    assert len(found) == len(set(found)) or len(found) > 5
    assert not any(sign in title for title in found for sign in "¹²³[]")


def test_metadata(reader: PdfReader) -> None:
    assert reader.metadata.title == "Party and Class in Power, 1917–1927"
    assert reader.metadata.author == "The editors"
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
