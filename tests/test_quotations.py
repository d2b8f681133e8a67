"""Words that two passages share: found, compared, declared."""

import hashlib
from pathlib import Path

import pytest
from case_file import cases

from variorum.quotations.differences import differences, is_of_marks
from variorum.quotations.matching import Passage, shared

CONF = """
project, author, copyright, version = "Two texts", "The editors", "The editors", "1"
extensions = ["variorum"]
html_theme = "variorum"
"""
INDEX = """# Two texts

```{toctree}
texts/one
texts/two
commentary/quotations
```
"""
TEXT = """---
siglum: {siglum}
witness: {name}
title: {title}
author: Somebody
---

{words}
"""
ONE = "Title one\n\nThe miller ground the yellow corn slowly between two heavy stones, all night."
TWO = "Title two\n\nShe wrote: the miller ground yellow corn quickly between two heavy stones all night."
ENTRY = """[miller]
headword = "The miller"
kind = "quotation"
passages = ["A 0.1", "B 0.1"]
source = "No source of both is known."
"""


@pytest.mark.parametrize(("title", "given", "expected"), cases("quotations.txt"))
def test_shared_words_are_found(title: str, given: str, expected: str) -> None:
    lines = [line.partition(": ") for line in given.splitlines()]
    passages = tuple(Passage(*place.split(" "), words) for place, _colon, words in lines)
    found = []
    for match in shared(passages):
        for stretch in (match.first, match.second):
            passage = passages[stretch.passage]
            found.append(f"{passage.siglum} {passage.place}: {passage.text[stretch.start : stretch.end]}")
    assert "\n".join(found) == expected, title


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("the same words", "The “same” words", []),
        ("the early principles", "the previously stated principles", [("early", "previously stated")]),
        ("heavy stones", "stones", [("heavy", "")]),
        ("stones", "stones of old", [("", "of old")]),
        ("themselves, but", "themselves but", [(",", "")]),
    ],
)
def test_differences_are_told(first: str, second: str, expected: list[tuple[str, str]]) -> None:
    found = [(first[slice(*one.first)], second[slice(*one.second)]) for one in differences(first, second)]
    assert found == expected


def test_marks_are_told_from_words() -> None:
    assert is_of_marks(",", "")
    assert not is_of_marks(",", "a")


@pytest.fixture
def two_texts(tmp_path: Path, sphinx) -> Path:
    """Return an edition of two texts of which the second quotes the first; nothing is declared yet."""
    folder = tmp_path / "two"
    for name in ("texts", "witnesses", "commentary", "apparatus"):
        (folder / name).mkdir(parents=True)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text(INDEX, encoding="utf-8")
    page = "# Quotations\n\n```{quotations}\n```\n"
    (folder / "commentary/quotations.md").write_text(page, encoding="utf-8")
    for siglum, name, words in (("A", "one", ONE), ("B", "two", TWO)):
        head = {"siglum": siglum, "name": name, "title": words.partition("\n")[0]}
        (folder / f"texts/{name}.md").write_text(TEXT.format(**head, words=f"# {words}"), encoding="utf-8")
        (folder / f"witnesses/{name}.txt").write_text(words, encoding="utf-8")
        described = {
            "siglum": f'"{siglum}"',
            "title": '"T"',
            "provenance": '"P"',
            "date": '"1921"',
            "rights": '{status = "free", reason = "R.", date = "2026-12-01"}',
            "readings": "1",
            "sha256": f'"{hashlib.sha256(words.encode()).hexdigest()}"',
            "map": f'[{{lines = "1-3", to = "{name}"}}]',
        }
        written = "".join(f"{key} = {value}\n" for key, value in described.items())
        (folder / f"witnesses/{name}.toml").write_text(written, encoding="utf-8")
    run = sphinx(folder, "collate", "-q")
    assert (run.returncode, run.stderr) == (0, "")
    return folder


def declare(folder: Path, words: str) -> None:
    (folder / "commentary/quotations.toml").write_text(words, encoding="utf-8")


def test_what_is_found_and_undeclared_is_told(two_texts: Path, sphinx) -> None:
    run = sphinx(two_texts, "html", "-q")
    assert run.returncode == 2
    said = "texts/two.md:10: B 0.1 shares “the miller ground yellow corn quickly between two …” with A 0.1, undeclared"
    assert f"{said}; declare the passages in commentary/quotations.toml" in run.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ENTRY.replace('"B 0.1"', '"B 0.1", "B 0.0"'),
            "commentary/quotations.toml:1: [miller] names B 0.0, which shares no words with its other passages; ",
        ),
        (
            ENTRY.replace('"quotation"', '"theft"'),
            "commentary/quotations.toml:3: “kind” in [miller] is “theft”; write",
        ),
        (ENTRY.replace(', "B 0.1"', ""), "commentary/quotations.toml:4: [miller] has one passage; "),
        ("x = 1\n" + ENTRY, "commentary/quotations.toml:1: “x” stands outside an entry; write [key] first"),
        ("[miller\n", "commentary/quotations.toml:1: not TOML"),
    ],
)
def test_a_wrong_declaration_is_told(two_texts: Path, sphinx, words: str, message: str) -> None:
    declare(two_texts, words)
    run = sphinx(two_texts, "html", "-q")
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_a_page_that_is_missing_is_told(two_texts: Path, sphinx) -> None:
    declare(two_texts, ENTRY)
    (two_texts / "commentary/quotations.md").unlink()
    index = (two_texts / "index.md").read_text(encoding="utf-8").replace("commentary/quotations\n", "")
    (two_texts / "index.md").write_text(index, encoding="utf-8")
    run = sphinx(two_texts, "html", "-q")
    assert "links lead to commentary/quotations.md; write the page, with {quotations}" in run.stderr


def test_both_places_are_marked_and_compared(two_texts: Path, sphinx) -> None:
    declare(two_texts, ENTRY)
    run = sphinx(two_texts, "html", "-q", "-W")
    assert (run.returncode, run.stderr) == (0, "")
    out = two_texts.parent / "out/html"
    for name, other in (("one", "B 0.1"), ("two", "A 0.1")):
        page = (out / f"texts/{name}.html").read_text(encoding="utf-8")
        assert (
            f'href="../commentary/quotations.html#quotation-miller" aria-label="the same words stand at {other}' in page
        )
    compared = (out / "commentary/quotations.html").read_text(encoding="utf-8")
    assert 'id="quotation-miller"' in compared
    assert "No source of both is known." in compared
    assert "corn <strong>slowly</strong> between" in compared
    assert "corn <strong>quickly</strong> between" in compared
    said = "leaves out “the”; “quickly” for “slowly”; punctuation differs at 1 place."
    assert said in compared


def test_a_formula_is_neither_marked_nor_compared(two_texts: Path, sphinx) -> None:
    declare(two_texts, ENTRY.replace('"quotation"', '"formula"'))
    run = sphinx(two_texts, "html", "-q", "-W")
    assert (run.returncode, run.stderr) == (0, "")
    out = two_texts.parent / "out/html"
    assert "parallel" not in (out / "texts/two.html").read_text(encoding="utf-8").partition("<article>")[2]
    compared = (out / "commentary/quotations.html").read_text(encoding="utf-8")
    assert "<strong>" not in compared
    assert ">B\u00a00.1</a>" in compared


def test_a_withheld_text_keeps_its_words_to_itself(two_texts: Path, sphinx) -> None:
    declare(two_texts, ENTRY)
    path = two_texts / "witnesses/two.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"free"', '"withheld"'), encoding="utf-8")
    run = sphinx(two_texts, "html", "-q", "-W", "-D", "variorum_rights=public")
    assert (run.returncode, run.stderr) == (0, "")
    compared = (two_texts.parent / "out/html/commentary/quotations.html").read_text(encoding="utf-8")
    assert "yellow corn" in compared
    assert "quickly" not in compared
    assert "[withheld]" in compared


def test_the_mark_follows_what_is_declared(two_texts: Path, sphinx) -> None:
    declare(two_texts, ENTRY)
    sphinx(two_texts, "html", "-q", "-W")
    declare(two_texts, ENTRY.replace("[miller]", "[corn]"))
    sphinx(two_texts, "html", "-q", "-W")
    page = (two_texts.parent / "out/html/texts/one.html").read_text(encoding="utf-8")
    assert "#quotation-corn" in page
    assert "#quotation-miller" not in page
