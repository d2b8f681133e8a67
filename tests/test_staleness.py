"""An incremental build equals a clean one, byte for byte, whatever was edited and whatever came between.

`SHOWN` lists what a page shows of other documents; each row is an edit of that thing. The edits are made one after
another in one small edition, so that each meets the leavings of those before.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest


class Edit(NamedTuple):
    """Words in a file, and what they become; ``collate``: whether the records have to be written anew."""

    path: str
    old: str
    new: str
    collate: bool = False


TEXT, NOTES = "texts/specimen-1921.md", "commentary/notes/specimen-1921.md"
#: What is edited, by what a page shows of it.
SHOWN = {
    "title of a page, in the menu and the pager": Edit("commentary/introduction.md", "# Introduction", "# Beginning"),
    "order of the contents": Edit(
        "index.md", "commentary/persons\ncommentary/bodies", "commentary/bodies\ncommentary/persons"
    ),
    "caption of the contents": Edit("index.md", ":caption: Commentary", ":caption: About the texts"),
    "heading in a page, in the menu": Edit("commentary/introduction.md", "## A heading", "## Another heading"),
    "date in front matter": Edit(TEXT, "date: 1921", "date: March 1921"),
    "short title in front matter": Edit(TEXT, "short-title: The Workers’ Opposition", "short-title: The Opposition"),
    "author in front matter": Edit(TEXT, "author: Alexandra Kollontai", "author: A. Kollontai"),
    "title in front matter": Edit(TEXT, "title: The Workers’ Opposition\nauthor", "title: Opposition\nauthor"),
    "words of a note": Edit(NOTES, "A note of the editors, short", "A note, short"),
    "a new mention in a note": Edit(NOTES, "Moscow, 29 March", "Moscow and Petrograd, 29 March"),
    "headword of a register": Edit("commentary/persons.toml", "Kollontai, Alexandra", "Kollontai, Alexandra M."),
    "dates in a register": Edit("commentary/persons.toml", "1885–1937", "1884–1937"),
    "form in a register": Edit("commentary/persons.toml", '"Shliapnikoff", ', '"Comrade Shliapnikoff", '),
    "sends on to another entry": Edit("commentary/persons.toml", 'dates = "1884', 'see = ["kollontai"]\ndates = "1884'),
    "key of an entry": Edit("commentary/bodies.toml", "[party]", "[bolsheviks]"),
    "a new entry": Edit(
        "commentary/bodies.toml",
        "[bolsheviks]",
        '[class]\nheadword = "Class"\nforms = ["class"]\nlife = "A class."\n\n[bolsheviks]',
    ),
    "a citation": Edit("commentary/introduction.md", "Nothing more", "Nothing more {cite:p}`daniels-1960`"),
    "year in the bibliography": Edit("references.bib", "{1960}", "{1961}"),
    "title in the bibliography": Edit("references.bib", "Conscience", "conscience"),
    "reason in the apparatus": Edit("apparatus/specimen-1921.tsv", "bands makes no sense here", "no sense"),
    "class in the apparatus": Edit("apparatus/specimen-1921.tsv", "\tscan\t\tno sense", "\tprint\thigh\tno sense"),
    "reason in the map": Edit("witnesses/specimen-1921.toml", "page number", "number of a page"),
    "title of the source's pages": Edit("witnesses/specimen-1921.toml", "Specimen 1921", "Specimen, 1921"),
    "a page that is new": Edit("index.md", "commentary/introduction", "commentary/help\ncommentary/introduction"),
    "division into paragraphs": Edit(TEXT, "is to be done? The party", "is to be done?\n\nThe party", collate=True),
    "number of a section": Edit(TEXT, "(x-2)=", "(x-3)=", collate=True),
    "title of the edition": Edit("conf.py", 'project = "Specimen"', 'project = "Example"'),
    "address for errors": Edit("conf.py", "errors@", "reports@"),
    "meaning of a class": Edit(
        "conf.py", "html_theme =", 'variorum_classes = {"scan": {"meaning": "ocr"}}\nhtml_theme ='
    ),
    "a page that is gone": Edit("index.md", "commentary/help\n", ""),
}
STRICTLY = ("-q", "-W")


def digests(folder: Path) -> dict[str, str]:
    """Return a digest of each file that is published."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def make(folder: Path, edit: Edit) -> None:
    """Make an edit; the file gets an older date than it had, as if it came out of an archive."""
    path = folder / edit.path
    date = path.stat()
    text = path.read_text(encoding="utf-8")
    assert edit.old in text, edit
    path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")
    os.utime(path, times=(date.st_atime, date.st_mtime - 3600))


@pytest.fixture
def stale(specimen: Path, sphinx) -> Callable[[str], list[str]]:
    """Return a function that builds in part and from nothing, and returns the files that differ."""

    def differing(builder: str) -> list[str]:
        run = sphinx(specimen, builder, *STRICTLY)
        assert run.stderr == ""
        assert run.returncode == 0
        clean = specimen.parent / "clean"
        shutil.copytree(specimen, clean / "specimen")
        run = sphinx(clean / "specimen", builder, *STRICTLY)
        assert run.stderr == ""
        assert run.returncode == 0
        partly, wholly = (digests(folder / "out" / builder) for folder in (specimen.parent, clean))
        shutil.rmtree(clean)
        return [name for name in sorted(partly | wholly) if partly.get(name) != wholly.get(name)]

    assert sphinx(specimen, "html", *STRICTLY).returncode == 0
    return differing


def test_no_edit_leaves_a_page_stale(specimen: Path, sphinx, stale) -> None:
    found = {}
    for name, edit in SHOWN.items():
        help_page = specimen / "commentary/help.md"
        if name == "a page that is new":
            help_page.write_text("# Help\n", encoding="utf-8")
        if name == "a page that is gone":
            help_page.unlink()
        make(specimen, edit)
        if edit.collate:
            assert sphinx(specimen, "collate", "-q").returncode == 0
        if differing := stale("html"):
            found[name] = differing
    assert found == {}


def test_what_another_builder_read_first_is_still_written(specimen: Path, sphinx, stale) -> None:
    make(specimen, SHOWN["date in front matter"])
    make(specimen, SHOWN["headword of a register"])
    assert sphinx(specimen, "dummy", "-q").returncode == 0
    assert stale("html") == []


def test_what_was_read_before_a_failed_check_is_still_written(specimen: Path, sphinx, stale) -> None:
    make(specimen, SHOWN["title of a page, in the menu and the pager"])
    wrong = Edit(TEXT, "the will to it", "the wish to it")
    make(specimen, wrong)
    before = digests(specimen.parent / "out/html")
    first, second = (sphinx(specimen, "html", *STRICTLY) for _ in range(2))
    assert (first.returncode, second.returncode) == (2, 2)
    assert "“wish” stands where the witness has “will”" in first.stderr
    assert second.stderr == first.stderr
    assert digests(specimen.parent / "out/html") == before
    make(specimen, wrong._replace(old=wrong.new, new=wrong.old))
    assert stale("html") == []


def test_a_warning_is_told_until_it_is_mended(specimen: Path, sphinx) -> None:
    wrong = Edit("commentary/introduction.md", "Nothing more", "{unknown}`word` Nothing more")
    make(specimen, wrong)
    first, second = (sphinx(specimen, "html", *STRICTLY) for _ in range(2))
    assert (first.returncode, second.returncode) == (1, 1)
    assert 'Unknown interpreted text role "unknown"' in first.stderr
    assert second.stderr == first.stderr
    make(specimen, wrong._replace(old=wrong.new, new=wrong.old))
    assert sphinx(specimen, "html", *STRICTLY).returncode == 0


@pytest.mark.parametrize("builder", ["latex", "epub"])
def test_a_book_is_written_when_it_has_changed_and_only_then(specimen: Path, sphinx, builder: str, stale) -> None:
    def dates() -> list[int]:
        written = specimen.parent / "out" / builder
        return [path.stat().st_mtime_ns for path in sorted(written.glob("*.*")) if path.suffix in {".tex", ".epub"}]

    def writes() -> bool:
        before = dates()
        run = sphinx(specimen, builder, "-q", "-W")
        assert (run.returncode, run.stderr) == (0, "")
        return dates() != before

    assert [writes(), writes()] == [True, False]
    make(specimen, SHOWN["reason in the apparatus"])
    assert sphinx(specimen, "html", *STRICTLY).returncode == 0  # has read the change
    assert [writes(), writes()] == [True, False]
    make(specimen, SHOWN["dates in a register"])
    assert stale(builder) == []


@pytest.mark.parametrize("builder", ["html", "latex", "epub"])
def test_what_was_removed_is_written_again(specimen: Path, sphinx, builder: str) -> None:
    assert sphinx(specimen, builder, *STRICTLY).returncode == 0
    before = digests(specimen.parent / "out" / builder)
    shutil.rmtree(specimen.parent / "out" / builder)
    assert sphinx(specimen, builder, *STRICTLY).returncode == 0
    assert digests(specimen.parent / "out" / builder) == before
