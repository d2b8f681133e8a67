"""TeX loses what a box sends to the page foot: nothing of it is lost in the book."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from runs import Page, pages, stream


@pytest.fixture(scope="module")
def tortured(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Return the pages of a book with a note and a reading in every kind of box."""
    folder = tmp_path_factory.mktemp("torture")
    environment = {**os.environ, "PYTHONPATH": str(root), "SOURCE_DATE_EPOCH": "1700000000"}
    command = ["variorum", "build", "--source", Path(__file__).parent / "torture", "--out", folder, "pdf"]
    made = subprocess.run(
        [sys.executable, "-m", *command], env=environment, cwd=root, check=False, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
    (book,) = (folder / "pdf").glob("*.pdf")
    return pages(book)


def where(found: list[Page], part: str, pattern: str) -> dict[str, list[int]]:
    """Return the pages on which each match of a pattern stands in a part of the page."""
    places: dict[str, list[int]] = {}
    for number, page in enumerate(found):
        for match in re.findall(pattern, stream("".join(run.text for run in getattr(page, part)))):
            places.setdefault(match, []).append(number)
    return places


def test_every_note_stands_once_at_the_foot(tortured: list[Page]) -> None:
    source = (Path(__file__).parent / "torture/text.md").read_text(encoding="utf-8")
    found = where(tortured, "notes", r"note\d+x")
    assert len(found) == source.count("@n")
    assert {note: places for note, places in found.items() if len(places) != 1} == {}


def test_every_reading_stands_once_at_the_foot_of_its_page(tortured: list[Page]) -> None:
    source = (Path(__file__).parent / "torture/text.md").read_text(encoding="utf-8")
    readings = where(tortured, "apparatus", r"lemma(\d+x)\]reading\1")
    lemmas = where(tortured, "body", r"lemma(\d+x)") | where(tortured, "notes", r"lemma(\d+x)")
    assert len(readings) == source.count("@r") + source.count("@n")
    assert {n: places for n, places in readings.items() if len(places) != 1} == {}
    assert {n: (places, lemmas[n]) for n, places in readings.items() if not 0 <= places[0] - lemmas[n][-1] <= 1} == {}


def test_a_row_of_a_table_has_one_locator(tortured: list[Page]) -> None:
    rows = [run for page in tortured for run in page.body if "thou" in run.text]  # one is broken
    assert sum(run.text.count("thou") for run in rows) == 10
    (number,) = {run.page for run in rows}
    beside = [run for run in tortured[number].margin if abs(run.y - rows[0].y) < 4]
    assert len(beside) == 1
