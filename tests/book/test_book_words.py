"""Programs find the words of the book, also those that are broken at the end of a line."""

import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from runs import Page, lines

#: So many broken words, and so many with a hyphen of their own, does the whole edition have at least.
ENOUGH = 200
SUPERIORS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def parted(printed: list[Page]) -> Iterator[tuple[int, str, str, str]]:
    """Yield page, the word before a broken word, its head and its tail, for lines that end in a hyphen."""
    for number, page in enumerate(printed):
        for upper, lower in pairwise(lines(page.body)):
            head = re.search(r"(\w+) ([^\W\d_]+)-$", upper)
            tail = re.match(r"[^\W\d_]+", lower)
            if head and tail:
                yield number, head[1], head[2], tail[0]


@pytest.fixture(scope="module")
def broken(printed: list[Page], texts: dict) -> list[tuple[int, str]]:
    """Return page and words, as the edited texts have them, where a line ends in a hyphen of ours."""
    return [(page, words) for page, words, own in as_edited(printed, texts) if not own]


@pytest.fixture(scope="module")
def hyphened(printed: list[Page], texts: dict) -> list[tuple[int, str]]:
    """Return page and words where a word has a hyphen of its own, at the end of a line or within it."""
    within = [
        (number, words)
        for number, page in enumerate(printed)
        for run in page.body
        for words in re.findall(r"[^\W\d_]+ [^\W\d_]+-[^\W\d_]+(?= )", run.text)
    ]
    parted_ones = [(page, words) for page, words, own in as_edited(printed, texts) if own]
    return parted_ones + [(number, plain(words)) for number, words in within]


def as_edited(printed: list[Page], texts: dict) -> Iterator[tuple[int, str, bool]]:
    """Yield page, words, and whether the hyphen is the word's own, of the breaks whose words stand in one text."""
    words = "\n".join(" ".join(block.text.split()) for doc in texts.values() for block in doc.blocks)
    for page, before, head, tail in parted(printed):
        joined, kept = f"{before} {head}{tail}", f"{before} {head}-{tail}"
        if (joined in words) != (kept in words):
            yield (page, kept, True) if kept in words else (page, joined, False)


def by_poppler(pdf: Path) -> list[str]:
    """Return the text of each page as pdftotext gives it, and with it every viewer that is made with Poppler."""
    made = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return [plain(page) for page in made.split("\f")]


def by_pdfium(pdf: Path) -> list[str]:
    """Return the pages as Chromium’s viewer searches them: PDFium marks a break, and the search ignores it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [plain(page.get_textpage().get_text_range().replace("\ufffe", "")) for page in document]


def plain(text: str) -> str:
    """Return text without calls, and with single spaces."""
    return " ".join(SUPERIORS.sub("", text).split())


@pytest.mark.parametrize("program", [by_poppler, by_pdfium])
@pytest.mark.parametrize("kind", ["broken", "hyphened"])
def test_parted_words_are_found(kind: str, program, pdf: Path, request: pytest.FixtureRequest, *, whole: bool) -> None:
    wanted = request.getfixturevalue(kind)
    pages = program(pdf)
    lost = [(page, words) for page, words in wanted if words not in pages[page]]
    assert lost == []
    assert len(wanted) >= (ENOUGH if whole else 1)
