"""The ePub as a Kindle reads it: calibre's AZW3 keeps words, contents, calls of notes, links and pictures.

The AZW3 is turned back into an ePub, in which they are counted again: calibre divides the pages anew.
"""

import posixpath
import re
import subprocess
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

Pages = dict[str, str]
"""Name of each page, and its markup."""


def pages_of(path: Path) -> Pages:
    """Return the pages of an ePub; not its contents and covers, which calibre makes anew."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.search(r"\.x?html$", name)]
        return {name: archive.read(name).decode() for name in names if not re.search("nav|cover|titlepage", name)}


@pytest.fixture(scope="module")
def ours(epub: Path) -> Pages:
    return pages_of(epub)


@pytest.fixture(scope="module")
def converted(epub: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kindle")
    azw3, back = folder / "edition.azw3", folder / "back.epub"
    for source, target in ((epub, azw3), (azw3, back)):
        subprocess.run(["ebook-convert", source, target], check=True, capture_output=True)
    return back


@pytest.fixture(scope="module")
def kindle(converted: Path) -> Pages:
    return pages_of(converted)


def words(pages: Pages) -> Counter[str]:
    """Count the words of all pages; those of the pictures lie in files of their own afterwards."""
    found: Counter[str] = Counter()
    for page in pages.values():
        body = re.sub(r"<svg.*?</svg>", " ", page[page.index("<body") :], flags=re.DOTALL)
        found.update(unescape(re.sub(r"<[^>]+>", " ", body)).split())
    return found


def links(pages: Pages) -> list[str]:
    """Return where each link within the book leads: page and fragment."""
    found = []
    for name, page in pages.items():
        for address in re.findall(r'<a\b[^>]*?href="([^"]+)"', page):
            if re.match(r"\w+:", address):
                continue
            path, _, fragment = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            found.append(f"{target}#{fragment}")
    return found


def test_no_word_is_lost(ours: Pages, kindle: Pages) -> None:
    assert sum(words(ours).values()) > 1000
    assert words(ours) - words(kindle) == Counter()


def test_every_link_is_kept_and_leads_somewhere(ours: Pages, kindle: Pages) -> None:
    assert len(links(kindle)) >= len(links(ours)) > 1000
    places = {f"{name}#" for name in kindle}
    for name, page in kindle.items():
        places.update(f"{name}#{anchor}" for anchor in re.findall(r'\bid="([^"]+)"', page))
    assert [link for link in links(kindle) if link not in places] == []


def test_contents_and_pictures_are_kept(epub: Path, ours: Pages, converted: Path, kindle: Pages) -> None:
    entries = [zipfile.ZipFile(path).read("toc.ncx").count(b"<navPoint") for path in (epub, converted)]
    assert entries[0] == entries[1] > 1
    drawings = sum(page.count("<svg") for page in ours.values())
    kept = [name for page in kindle.values() for name in re.findall(r'<img src="[^"]*/(svgimg\w+\.svg)"', page)]
    assert len(set(kept)) == drawings > 0


def test_calls_of_notes_are_kept(ours: Pages, kindle: Pages) -> None:
    calls = [sum(page.count('role="doc-noteref"') for page in pages.values()) for pages in (ours, kindle)]
    assert calls[0] == calls[1] > 0
