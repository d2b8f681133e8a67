"""The registers: whoever the texts name with a capital letter is entered, or listed as what it is instead."""

import csv
import re
from dataclasses import replace
from pathlib import Path

from variorum.registers.entries import Entry, Matcher, read_register
from variorum.text.folders import Folders

ROOT = Path(__file__).parent.parent
EXCEPTIONS = ROOT / "tests/not_persons.tsv"
LIST = Path("/usr/share/dict/british-english-huge")
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


def ordinary() -> frozenset[str]:
    """Return the words that the list has in lower case; a name among them (Mike, Peters, Reds) wants an eye."""
    return frozenset(word for word in LIST.read_text(encoding="utf-8").split() if word == word.lower())


def unexplained(domain) -> dict[str, list[str]]:
    """Return the capitalised words outside headings that no form covers, unless ordinary, with their places."""
    entries = [
        entry
        for register in ("persons", "bodies", "events", "glossary")
        for entry in read_register(Folders(ROOT), register)
    ]
    # What a register sets aside (“not”) is decided too
    matcher = Matcher(replace(entry, forms=entry.forms + entry.exceptions, exceptions=()) for entry in entries)
    common = ordinary()
    found: dict[str, list[str]] = {}
    for name, doc in domain["documents"].items():
        for block in doc.blocks if name.startswith("texts/") else ():
            words = doc.words[block.place]
            covered = {place for m in matcher.mentions(words, doc.siglum) for place in range(m.start, m.end)}
            for match in WORD.finditer(words):
                word = re.sub(r"'s?$", "", match[0].replace("’", "'"))
                named = word[0].isupper() and word.lower() not in common
                if named and not block.heading and match.start() not in covered:
                    found.setdefault(word, []).append(f"{doc.siglum} {block.place}")
    return found


def test_every_name_is_in_a_register(domain) -> None:
    with EXCEPTIONS.open(encoding="utf-8") as file:
        known = dict(list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:])
    found = unexplained(domain)
    new = {word: places for word, places in found.items() if word not in known}
    assert new == {}, "enter each in a register, give an entry its form, or say in tests/not_persons.tsv what it is"
    assert sorted(known.keys() - found.keys()) == [], "these no longer occur: take them out of tests/not_persons.tsv"
    assert [word for word, reason in known.items() if not reason.strip()] == []


def test_a_form_that_begins_with_other_letters_sends_to_its_headword() -> None:
    forms = ("Shliapnikoff", "Shlyapnikov", "C: Zarupa", "the metal-worker")
    person = Entry("persons", "shlyapnikov", 1, "Shlyapnikov, Alexander", forms=forms)
    assert person.other_names() == ["Shliapnikoff", "Zarupa"]
    assert Entry("events", "rising", 1, "Kronstadt rising", forms=("Kronshtadt",)).other_names() == []
