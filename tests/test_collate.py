"""`make collate`: what it writes into each column, and that no decision of the editors is lost on the way."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from test_staleness import TEXT, Edit, make

RECORDS = "apparatus/specimen-1921.tsv"
COLUMNS = ("at", "locator", "word", "lemma", "reading", "class", "certainty", "note")
#: A row a class; the reason of each is the editors' words.
SCAN = "4:8-13\t0.2\t2\tsimply\tsimp!y\tscan\t\t"
BREAK = "9:53-10:4\t0.2\t59\tproduction\tproduc tion\tbreak\t\t"
PRINT = "12:16-18\t0.3\t4^\t\tthe\tprint\thigh\tthe word is printed twice"
SUPPLIED = "19:105^\t1.1\t26\tMarch\t\tsupplied\tmedium\tthe congress met from 29 March"
STET = "19:142-148\t1.1\t34\tdegrees\tdegrees\tdoubtful\tlow\tperhaps “decrees”"


@pytest.fixture
def collated(specimen: Path, sphinx) -> Callable[[], tuple[list[str], str]]:
    """Return a function that collates the small edition, and returns its rows and what was said."""

    def run() -> tuple[list[str], str]:
        done = sphinx(specimen, "collate")
        assert done.returncode == 0, done.stderr
        return (specimen / RECORDS).read_text(encoding="utf-8").splitlines()[1:], done.stdout

    return run


def test_an_unchanged_edition_is_written_as_it_stands(specimen: Path, collated) -> None:
    files = (specimen / RECORDS, specimen / "texts/locators.tsv")
    before = [file.read_bytes() for file in files]
    _rows, said = collated()
    assert [file.read_bytes() for file in files] == before
    assert "specimen-1921.tsv: 11 rows, 0 changes, 0 undecided" in said


@pytest.mark.parametrize(
    ("column", "typed", "written"),
    [
        ("locator", "9.9", "1.1"),
        ("word", "99", "26"),
        ("class", "scan", "scan"),
        ("certainty", "low", "low"),
        ("note", "the editors’ own “words”", "the editors’ own “words”"),
    ],
)
def test_each_column_is_computed_or_the_editors_own(specimen: Path, collated, column, typed, written) -> None:
    cells = SUPPLIED.split("\t")
    number = COLUMNS.index(column)
    cells[number] = typed
    make(specimen, Edit(RECORDS, SUPPLIED, "\t".join(cells)))
    cells[number] = written
    rows, _said = collated()
    assert "\t".join(cells) in rows
    assert {BREAK, PRINT, SCAN, STET} <= set(rows)


@pytest.mark.parametrize("column", ["lemma", "reading"])
def test_other_words_are_decided_again_and_keep_their_reason(specimen: Path, collated, column) -> None:
    cells = PRINT.split("\t")
    cells[COLUMNS.index(column)] = "another"
    make(specimen, Edit(RECORDS, PRINT, "\t".join(cells)))
    rows, said = collated()
    assert PRINT.replace("\tprint\t", "\t?\t") in rows
    assert "changed: 12:16-18 (0.3) “” for “the”; was " in said
    assert "class print" in said


def test_a_row_at_another_place_is_told_with_its_whole_decision(specimen: Path, collated) -> None:
    make(specimen, Edit(RECORDS, SUPPLIED, SUPPLIED.replace("19:105^", "19:104^")))
    rows, said = collated()
    assert "19:105^\t1.1\t26\tMarch\t\t?\t\t" in rows
    assert "new: 19:105^ (1.1) “March” for “”" in said
    assert "gone: 19:104^ (1.1) “March” for “”, class supplied, medium: the congress met from 29 March" in said


def test_every_kind_of_decision_survives_another_division(specimen: Path, collated) -> None:
    rule = "*\t\tcapitals\t\t\tform\t\tthe witness stresses in capitals"
    make(specimen, Edit(RECORDS, "note\n", f"note\n{rule}\n"))
    before = {row.split("\t")[0]: row.split("\t")[5:] for row in (specimen / RECORDS).read_text("utf-8").splitlines()}
    make(specimen, Edit(TEXT, "to it. They had met", "to it.\n\nThey had met"))
    rows, _said = collated()
    assert {row.split("\t")[0]: row.split("\t")[5:] for row in rows} == {k: v for k, v in before.items() if k != "at"}
    assert SUPPLIED.replace("\t1.1\t26\t", "\t1.2\t7\t") in rows
    assert STET.replace("\t1.1\t34\t", "\t1.2\t15\t") in rows
    assert (specimen / "texts/locators.tsv").read_text(encoding="utf-8").count("X 1.2\t") == 1


def test_a_write_that_breaks_off_leaves_the_decisions(specimen: Path, sphinx, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (specimen / RECORDS).read_bytes()
    make(specimen, Edit(TEXT, "the will to it", "the wish to it"))

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert sphinx(specimen, "collate", "-q").returncode != 0
    assert (specimen / RECORDS).read_bytes() == before
    assert [file.name for file in (specimen / "apparatus").iterdir()] == ["specimen-1921.tsv"]


def test_a_map_that_cannot_be_read_costs_no_row(specimen: Path, sphinx) -> None:
    before = (specimen / RECORDS).read_bytes()
    make(specimen, Edit("witnesses/specimen-1921.toml", "map = [", "map = ["[:-1] + '"1-23", '))
    run = sphinx(specimen, "collate", "-q")
    assert run.returncode != 0
    assert "witnesses/specimen-1921.toml:" in run.stderr
    assert (specimen / RECORDS).read_bytes() == before
