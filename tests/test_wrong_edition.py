"""The deliberately wrong edition: each mistake an editor can make, and the whole of what she is told.

``cases/wrong.txt``, ``cases/mistakes.txt`` and ``cases/by-file.txt`` have a mistake a case: the file, the words there,
``--``, the words that spoil it, ``.``, the report; ``++`` parts what is spoilt in several files.
``pytest --regen`` writes the reports anew; read the difference before you commit it.
"""

import re
from pathlib import Path

import pytest
from case_file import CASES, cases

FILES = ("wrong.txt", "mistakes.txt", "by-file.txt")
MISTAKES = [case for file in FILES for case in cases(file)]


def report(output: str, folder: Path) -> str:
    """Return the messages of a run without Sphinx's tags and the folder's name."""
    lines = [re.sub(r" \[[\w.]+\]$", "", line) for line in output.splitlines()]
    return "\n".join(line.replace(f"{folder}/", "") for line in lines if "ERROR" in line or "WARNING" in line)


def spoilt(folder: Path, mistake: str) -> None:
    for part in mistake.split("\n++\n"):
        name, _, change = part.partition("\n")
        old, _, new = change.partition("\n--")
        path = folder / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new.removeprefix("\n"), 1), encoding="utf-8")


@pytest.mark.parametrize(("name", "mistake", "expected"), MISTAKES, ids=[name for name, *_ in MISTAKES])
def test_each_mistake_is_told(name: str, mistake: str, expected: str, specimen: Path, sphinx, request) -> None:
    spoilt(specimen, mistake)
    run = sphinx(specimen, "html", "-W", "--keep-going", "-q")
    assert "Traceback" not in run.stderr
    assert run.returncode != 0
    found = report(run.stderr, specimen)
    if request.config.getoption("--regen"):
        for path in (CASES / file for file in FILES):
            old = f"# {name}\n{mistake}\n.\n{expected}".rstrip("\n")
            told = path.read_text(encoding="utf-8").replace(old, f"# {name}\n{mistake}\n.\n{found}".rstrip("\n"))
            path.write_text(told, encoding="utf-8")
    else:
        assert found == expected


def test_there_are_enough_mistakes() -> None:
    assert len({name for name, *_ in MISTAKES}) >= 25


def test_the_small_edition_itself_is_right(specimen: Path, sphinx) -> None:
    run = sphinx(specimen, "html", "-W", "--keep-going", "-q")
    assert (run.returncode, run.stderr) == (0, "")


def test_all_problems_are_told_in_one_run(specimen: Path, sphinx) -> None:
    chosen = (
        "a word of the text changed",
        "an undecided row",
        "a note called nowhere",
        "an entry that is named nowhere",
        "an entry that nothing cites",
    )
    told = {name: expected.splitlines()[0] for name, _, expected in MISTAKES if name in chosen}
    assert told.keys() == set(chosen)
    for name, mistake, _ in MISTAKES:
        if name in chosen:
            spoilt(specimen, mistake)
    found = report(sphinx(specimen, "dummy", "-q").stderr, specimen).splitlines()
    assert set(told.values()) <= set(found)


def test_a_problem_is_told_again_until_it_is_mended(specimen: Path, sphinx) -> None:
    spoilt(specimen, f"{'texts/specimen-1921.md'}\nthe will to it\n--\nthe wish to it")
    first, second = (sphinx(specimen, "dummy", "-q") for _ in range(2))
    assert first.returncode != 0
    assert (second.returncode, second.stderr) == (first.returncode, first.stderr)


def test_code_and_comments_are_no_markup(specimen: Path, sphinx) -> None:
    page = specimen / "commentary/introduction.md"
    more = "\n``{cite:p}`nobody` ``\n\n% {cite:p}`nobody`\n\n<!-- {cite:p}`nobody -->\n"
    page.write_text(page.read_text(encoding="utf-8") + more, encoding="utf-8")
    run = sphinx(specimen, "html", "-W", "--keep-going", "-q")
    assert (run.returncode, run.stderr) == (0, "")
