"""The build that may be published: no run of the words of a withheld text is left in any file of it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = 8
"""So many words of a text in a row are no longer a lemma or a heading."""


def files_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the words of every file of a folder, those in archives included; markup is taken out."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name).decode("utf-8", "ignore")
        else:
            yield path.name, path.read_bytes().decode("utf-8", "ignore")


def words_of(text: str) -> list[str]:
    """Return the words of a file or text in small letters; tags, and signs that part no words, aside."""
    return re.findall(r"[a-z]+", re.sub(r"<[^<>]*>", "", text).lower())


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


@pytest.fixture
def public(specimen: Path, sphinx) -> Path:
    """Build the small edition with its one text withheld; return the folder of all formats."""
    path = specimen / "witnesses/specimen-1921.toml"
    told = path.read_text(encoding="utf-8").replace('"free"', '"withheld"')
    path.write_text(told, encoding="utf-8")
    for builder in ("html", "latex", "tei"):
        run = sphinx(specimen, builder, "-W", "-q", "-D", "variorum_rights=public")
        assert (run.returncode, run.stderr) == (0, "")
    return specimen.parent / "out"


def test_no_words_of_a_withheld_text_are_left(public: Path, specimen: Path) -> None:
    witness = (specimen / "witnesses/specimen-1921.txt").read_text(encoding="utf-8")
    text = (specimen / "texts/specimen-1921.md").read_text(encoding="utf-8")
    forbidden = runs(words_of(witness)) | runs(words_of(text.rpartition("---\n")[2]))
    left = {name: found for name, words in files_of(public) if (found := runs(words_of(words)) & forbidden)}
    assert left == {}


def test_what_the_editors_say_of_it_stays(public: Path) -> None:
    page = (public / "html/texts/specimen-1921.html").read_text(encoding="utf-8")
    assert "The words of this text are withheld from this edition. Our own. (As of 2026-12-01.)" in page
    assert 'id="p1-1"' in page
    assert "Moscow, 29 March – 5 April 1920." in page
    assert "… Moscow in March 1920] " in page


def test_without_the_setting_nothing_is_withheld(specimen: Path, sphinx) -> None:
    path = specimen / "witnesses/specimen-1921.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"free"', '"withheld"'), encoding="utf-8")
    sphinx(specimen, "html", "-W", "-q")
    page = (specimen.parent / "out/html/texts/specimen-1921.html").read_text(encoding="utf-8")
    assert "What is to be done?" in page


def test_the_checker_has_no_words_of_a_withheld_text(public: Path) -> None:
    data = (public / "html/_static/wordings.js").read_text(encoding="utf-8")
    assert '"pieces":[]' in data
    assert '"pieces":["' not in data
