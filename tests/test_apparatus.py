"""The declared rows: what happens to decided ones when the text changes, and what is wrong with bad ones."""

from dataclasses import replace
from pathlib import Path

import pytest
from case_file import cases
from test_collation import collated

from variorum.problems import EditionError
from variorum.text.departures import Row, carried, computed_rows, form_problems, match_problems, read_apparatus, written
from variorum.text.folders import Folders

WANTS_REASON = {"break": False, "scan": False, "print": True, "supplied": True, "doubtful": True}


@pytest.mark.parametrize(("title", "given_", "expected"), cases("carried.txt"))
def test_decided_rows(title: str, given_: str, expected: str) -> None:
    before, source, after = given_.split("\n--\n")
    decided = [replace(row, kind="scan") for row, _ in computed_rows(collated(before, source))]
    rows, changes = carried(decided, [row for row, _ in computed_rows(collated(after, source))])
    assert [f"{row.at} {row.kind}" for row in rows] + changes == expected.split("\n"), title


def test_written_rows_are_read_again(tmp_path: Path) -> None:
    (tmp_path / "apparatus").mkdir()
    rows = [
        Row("1:8-12", "1.1", "3", '"hands"', "'bands", "print", "high", "says “so”", 2),
        Row("1:9^", "1.1", "3^", "", "|", "scan", line=3),
    ]
    (tmp_path / "apparatus/x.tsv").write_text(written(rows), encoding="utf-8")
    assert read_apparatus(Folders(tmp_path), "x") == rows


def test_a_row_with_too_few_columns_is_named(tmp_path: Path) -> None:
    (tmp_path / "apparatus").mkdir()
    (tmp_path / "apparatus/x.tsv").write_text(written([]) + "1:1\t1.1\n", encoding="utf-8")
    with pytest.raises(EditionError) as error:
        read_apparatus(Folders(tmp_path), "x")
    assert str(error.value) == "apparatus/x.tsv:2: 2 columns where 8 are wanted; part them with tabs"


def test_bad_rows_are_named_all_at_once() -> None:
    rows = [
        Row("1:1", "1.1", "1", "a", "b", "?", line=2),
        Row("1:1", "1.1", "1", "a", "b", "misprint", line=3),
        Row("1:3", "1.1", "2", "c", "d", "print", line=4),
    ]
    assert [
        str(problem) for problem in form_problems(rows, "apparatus/x.tsv", WANTS_REASON, ("high", "medium", "low"))
    ] == [
        "apparatus/x.tsv:2: “a” for “b” is undecided; give it a class: break, scan, print, supplied, doubtful",
        "apparatus/x.tsv:3: the place 1:1 is declared twice; keep one of the rows",
        "apparatus/x.tsv:3: “misprint” is no class; write one of break, scan, print, supplied, doubtful",
        "apparatus/x.tsv:4: certainty “” of “c”; write high, medium, low",
        "apparatus/x.tsv:4: no reason for “c”, class print; say in the last column why",
    ]


def test_declared_and_computed_must_be_equal() -> None:
    row = Row("1:8-12", "1.1", "3", "hands", "bands", "scan", line=2)
    assert list(match_problems([row], [("texts/x.md", 5, row)], "apparatus/x.tsv")) == []
    moved = replace(row, word="4")
    declared = [row, replace(row, at="9:9", line=3)]
    computed = [("texts/x.md", 5, moved), ("texts/x.md", 6, replace(row, at="2:1"))]
    assert [str(problem) for problem in match_problems(declared, computed, "apparatus/x.tsv")] == [
        "apparatus/x.tsv:2: “hands” has moved from 1.1, word 3, to 1.1, word 4; run `make collate`",
        (
            "texts/x.md:6: “hands” stands where the witness has “bands” (2:1), undeclared; "
            "restore the reading, or run `make collate` and decide the row"
        ),
        "apparatus/x.tsv:3: “hands” for “bands” (9:9) no longer occurs; run `make collate`",
    ]
