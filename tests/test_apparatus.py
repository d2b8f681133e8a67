"""The declared rows: what happens to decided ones when the text changes, and what is wrong with bad ones."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from case_file import cases
from hypothesis import given
from hypothesis import strategies as st
from test_collation import collated

from variorum import atomic
from variorum.problems import EditionError
from variorum.text.apparatus import read_apparatus, written
from variorum.text.computed import computed_rows
from variorum.text.departures import Row, carried, form_problems, match_problems
from variorum.text.folders import Folders

WANTS_REASON = {"break": False, "scan": False, "form": False, "print": True, "supplied": True, "doubtful": True}
TOLD = ("apparatus/x.tsv", WANTS_REASON, ("high", "medium", "low"))


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


ROW_WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(ROW_WORDS, ROW_WORDS, ROW_WORDS), max_size=4))
def test_the_file_survives_any_content(cells: list[tuple[str, str, str]]) -> None:
    rows = [
        Row(f"{number}:1", "1.1", "1", lemma, reading, "print", "high", note, number)
        for number, (lemma, reading, note) in enumerate(cells, 2)
    ]
    with TemporaryDirectory() as folder:
        (Path(folder) / "apparatus").mkdir()
        atomic.write(Path(folder) / "apparatus/x.tsv", written(rows))
        assert read_apparatus(Folders(Path(folder)), "x") == rows


def test_what_cannot_be_seen_is_named_in_the_file() -> None:
    row = Row("1:1", "1.1", "1", "two\tparts", "two\u200bparts", "?", "", "see [U+0041]")
    assert written([row]).split("\n")[1] == "1:1\t1.1\t1\ttwo[U+0009]parts\ttwo[U+200B]parts\t?\t\tsee [U+005B]U+0041]"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("decided", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        atomic.write(path, "half \ud800")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("x.tsv", "decided")]


def test_a_rule_decides_what_it_covers_and_each_row_still_stands() -> None:
    rules = [
        Row("*", "", "capitals", "", "", "form", "", "the typescript sets in capitals what is stressed"),
        Row("*", "", "same", "tbe", "the", "scan"),
    ]
    computed = computed_rows(collated("Lenin spoke to tbe people of labour", "LENIN spoke to the people of capital"))
    rows, _ = carried(rules, [row for row, _ in computed])
    assert [(row.at, row.kind, row.note) for row in rows] == [
        ("*", "form", "the typescript sets in capitals what is stressed"),
        ("*", "scan", ""),
        ("1:1-5", "form", "the typescript sets in capitals what is stressed"),
        ("1:16-18", "scan", ""),
        ("1:30-36", "?", ""),
    ]
    idle = [replace(rule, line=number) for number, rule in enumerate(rules, 2)]
    assert [str(problem) for problem in match_problems(idle, [], "apparatus/x.tsv")] == [
        "apparatus/x.tsv:2: the rule covers no row; take it out, or mend it",
        "apparatus/x.tsv:3: the rule covers no row; take it out, or mend it",
    ]


def test_a_class_must_be_true_of_its_row() -> None:
    rows = [
        Row("1:1", "1.1", "1", "hands", "bands", "break", line=2),
        Row("1:2", "1.1", "2", "hands", "bands", "supplied", "high", "why", line=3),
        Row("1:3", "1.1", "3", "hands", "ands", "supplied", "high", "why", line=4),
        Row("1:4", "1.1", "4", "hands", "bands", "scan", "very", line=5),
    ]
    assert [str(problem) for problem in form_problems(rows, *TOLD)] == [
        (
            "apparatus/x.tsv:2: “hands” for “bands” is no word broken at a line’s end: the letters differ; "
            "give it another class"
        ),
        "apparatus/x.tsv:3: nothing is supplied at “hands”: the witness has “bands” there; give it another class",
        "apparatus/x.tsv:5: certainty “very” of “hands”; write high, medium, low",
    ]


def test_where_the_witness_stands_the_class_is_doubtful() -> None:
    ((stet, _),) = computed_rows(collated("the degrees of", "the degrees of"), ["1:5-11"])
    declared = [replace(stet, kind="scan", line=2)]
    assert [str(problem) for problem in match_problems(declared, [("texts/x.md", 5, stet)], "apparatus/x.tsv")] == [
        (
            "apparatus/x.tsv:2: the witness’s “degrees” stands unchanged, class scan; "
            "write doubtful, with certainty and reason, or take the row out"
        )
    ]


def test_letters_of_another_script_are_named_where_words_look_alike() -> None:
    ((row, _),) = computed_rows(collated("the t\u0430sk", "the task"))
    (problem,) = match_problems([], [("texts/x.md", 5, row)], "apparatus/x.tsv")
    assert problem.what == "“t\u0430 (U+0430)sk” stands where the witness has “task” (1:5-8), undeclared"


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
    assert [str(problem) for problem in form_problems(rows, *TOLD)] == [
        "apparatus/x.tsv:2: “a” for “b” is undecided; give it a class: break, scan, form, print, supplied, doubtful",
        "apparatus/x.tsv:3: the place 1:1 is declared twice; keep one of the rows",
        "apparatus/x.tsv:3: “misprint” is no class; write one of break, scan, form, print, supplied, doubtful",
        "apparatus/x.tsv:4: certainty “” of “c”; write high, medium, low",
        "apparatus/x.tsv:4: no reason for “c”, class print; say in the last column why",
    ]


def test_declared_and_computed_must_be_equal() -> None:
    row = Row("1:8-12", "1.1", "3", "hands", "bands", "scan", line=2)
    assert list(match_problems([row], [("texts/x.md", 5, row)], "apparatus/x.tsv")) == []
    moved = replace(row, word="4")
    assert [str(problem) for problem in match_problems([row], [("texts/x.md", 5, moved)], "apparatus/x.tsv")] == [
        "apparatus/x.tsv:2: “hands” has moved from 1.1, word 3, to 1.1, word 4; run `make collate`",
    ]
    declared = [row, replace(row, at="9:9", line=3)]
    computed = [("texts/x.md", 5, moved), ("texts/x.md", 6, replace(row, at="2:1"))]
    # that the words of a paragraph have moved follows from the departure that is undeclared there
    assert [str(problem) for problem in match_problems(declared, computed, "apparatus/x.tsv")] == [
        (
            "texts/x.md:6: “hands” stands where the witness has “bands” (2:1), undeclared; "
            "restore the reading, or run `make collate` and decide the row"
        ),
        "apparatus/x.tsv:3: “hands” for “bands” (9:9) no longer occurs; run `make collate`",
    ]
