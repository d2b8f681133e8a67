"""The deliberately wrong edition: each mistake an editor can make, and the whole of what she is told."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

TEXT, MAP, WITNESS = "texts/specimen-1921.md", "witnesses/specimen-1921.toml", "witnesses/specimen-1921.txt"
ROWS, NOTES, PERSONS = "apparatus/specimen-1921.tsv", "commentary/notes/specimen-1921.md", "commentary/persons.toml"
INTRO, LEDGER, BIB = "commentary/introduction.md", "texts/locators.tsv", "references.bib"


class Mistake(NamedTuple):
    name: str
    path: str
    old: str
    new: str
    expected: tuple[str, ...]
    """Every line of the report, in order."""


MISTAKES = (
    Mistake("a word of the text changed", TEXT, "the will to it", "the wish to it", ()),
    Mistake("a word of the text lost", TEXT, "speaks of degrees", "speaks degrees", ()),
    Mistake("a paragraph split", TEXT, "is to be done? The party", "is to be done?\n\nThe party", ()),
    Mistake("a witness tampered with", WITNESS, "class", "clasp", ()),
    Mistake("a line of the witness in no row", MAP, '{lines = "17", out = "page number"},', "", ()),
    Mistake("a line of the witness in two rows", MAP, '"1-16"', '"1-18"', ()),
    Mistake("a range past the end", MAP, '"18-23"', '"18-99"', ()),
    Mistake("a row without place or reason", MAP, 'out = "page number"', 'why = "page number"', ()),
    Mistake("a range that is none", MAP, '"1-16"', '"1 to 16"', ()),
    Mistake("a map to a document that is not there", MAP, '{lines = "18-23", to = "specimen-1921"}', '{lines = "18-23", to = "specimen-1922"}', ()),
    Mistake("a map without rights", MAP, 'rights = "Our own."', "", ()),
    Mistake("a map that is not TOML", MAP, 'siglum = "X"', 'siglum = "X', ()),
    Mistake("an undecided row", ROWS, "\thands\tbands\tscan\t", "\thands\tbands\t?\t", ()),
    Mistake("a class that is none", ROWS, "\thands\tbands\tscan\t", "\thands\tbands\tocr\t", ()),
    Mistake("a row without certainty", ROWS, "\tsupplied\tmedium\t", "\tsupplied\t\t", ()),
    Mistake("a row without its reason", ROWS, "the word is printed twice", "", ()),
    Mistake("a row that occurs nowhere", ROWS, "19:8-12\t", "18:8-12\t", ()),
    Mistake("a row with another reading", ROWS, "\thands\tbands\t", "\thands\tbonds\t", ()),
    Mistake("a row short of a column", ROWS, "\tscan\t\tbands makes no sense here", "\tscan", ()),
    Mistake("a file without its head", ROWS, "at\tlocator\t", "at\tplace\t", ()),
    Mistake("a note called twice", TEXT, "rests on the class.", "rests on the class.[^moscow]", ()),
    Mistake("a note called nowhere", TEXT, "Marxism[^marxism]", "Marxism", ()),
    Mistake("a call without its note", TEXT, "Marxism[^marxism]", "Marxism[^marxsim]", ()),
    Mistake("a note defined twice", NOTES, "[^tenets]:", "[^marxism]:", ()),
    Mistake("a note of the source that nothing calls", TEXT, "said more.[^s2]", "said more.", ()),
    Mistake("a misspelt citation key", INTRO, "{cite:p}`daniels-1960{p. 107}`", "{cite:p}`daniels-1961{p. 107}`", ()),
    Mistake("a citation of a paragraph that is not there", INTRO, "specimen-1921{1.2}", "specimen-1921{1.9}", ()),
    Mistake("a text cited beside another work", INTRO, "specimen-1921{1.2}", "specimen-1921{1.2},daniels-1960", ()),
    Mistake("a locator that is not there", INTRO, "{loc}`X 1.1`", "{loc}`X 7.1`", ()),
    Mistake("an entry that nothing cites", BIB, "@book{daniels-1960,", "@book{avrich-1970,\n  title = {Kronstadt 1921},\n  year = {1970}\n}\n@book{daniels-1960,", ()),
    Mistake("a register's entry without its life", PERSONS, 'life = "A metal-worker."', "", ()),
    Mistake("a field that no register has", PERSONS, 'dates = "1885–1937"', 'date = "1885–1937"', ()),
    Mistake("an entry that is named nowhere", PERSONS, '"Shliapnikoff", "Shliapnikov", "Shlyapnikov"', '"Shlyapnikov"', ()),
    Mistake("a form claimed twice", PERSONS, 'forms = ["Kollontai"]', 'forms = ["Kollontai", "Shliapnikoff"]', ()),
    Mistake("a register that is not TOML", PERSONS, "[shlyapnikov]", "[shlyapnikov", ()),
    Mistake("a paragraph whose words the ledger has otherwise", LEDGER, "What is to be done? The", "What was to be done? The", ()),
    Mistake("a locator that no text has", LEDGER, "X 2.n2\t", "X 2.n3\t", ()),
    Mistake("a link to a page that is not there", INTRO, "## A heading", "[lost](texts/lost.md)\n\n## A heading", ()),
)


def report(output: str, folder: Path) -> list[str]:
    """Return the messages of a run without Sphinx's tags and the folder's name."""
    lines = [re.sub(r" \[[\w.]+\]$", "", line) for line in output.splitlines()]
    return [line.replace(f"{folder}/", "") for line in lines if "ERROR" in line or "WARNING" in line]


def spoilt(folder: Path, mistake: Mistake) -> None:
    path = folder / mistake.path
    text = path.read_text(encoding="utf-8")
    assert mistake.old in text, mistake.name
    path.write_text(text.replace(mistake.old, mistake.new, 1), encoding="utf-8")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_each_mistake_is_told(mistake: Mistake, specimen: Path, sphinx) -> None:
    spoilt(specimen, mistake)
    run = sphinx(specimen, "html", "-W", "--keep-going", "-q")
    assert "Traceback" not in run.stderr
    assert run.returncode != 0
    assert report(run.stderr, specimen) == list(mistake.expected)
