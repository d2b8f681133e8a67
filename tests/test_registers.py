"""The registers: whoever the texts name with a capital letter is entered, or listed as what it is instead."""

import csv
import re
from dataclasses import replace
from pathlib import Path

from variorum.config import Register
from variorum.registers.entries import Entry, read_register
from variorum.registers.matcher import Matcher
from variorum.text.folders import Folders
from variorum.writing.lists import LONGEST

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
        for entry in read_register(Folders(ROOT), register, Register(dated=register == "events"), {*"CKOPS"})
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


def named(entries: list[Entry], words: str, siglum: str = "X") -> list[tuple[str, str]]:
    """Return key and words of each mention."""
    return [
        (mention.key[1], words[mention.start : mention.end]) for mention in Matcher(entries).mentions(words, siglum)
    ]


def test_an_exception_silences_its_own_entry_alone() -> None:
    street = Entry("persons", "street", 1, "Street", forms=("Shliapnikov Street",))
    man = Entry("persons", "man", 2, "Man", forms=("Shliapnikov",), exceptions=("Shliapnikov Street",))
    words = "He lived in Shliapnikov Street; Shliapnikov did."
    expected = [("street", "Shliapnikov Street"), ("man", "Shliapnikov")]
    assert named([street, man], words) == expected
    assert named([man, street], words) == expected


def test_an_exception_silences_a_form_within_it() -> None:
    committee = Entry("bodies", "committee", 1, "Committee", forms=("Committee",), exceptions=("the Moscow Committee",))
    assert named([committee], "the Moscow Committee and the Committee") == [("committee", "Committee")]


def test_a_form_of_another_text_does_not_hide_a_shorter_one() -> None:
    long = Entry("persons", "long", 1, "Long", forms=("S: Ivan Smirnov",))
    short = Entry("persons", "short", 2, "Short", forms=("Smirnov",))
    assert named([long, short], "said Ivan Smirnov.", "S") == [("long", "Ivan Smirnov")]
    assert named([long, short], "said Ivan Smirnov.", "K") == [("short", "Smirnov")]


def test_forms_are_whole_words_in_any_normal_form() -> None:
    entry = Entry("persons", "ruhle", 1, "Rühle", forms=("Rühle", "O’Brien"))
    assert named([entry], "Ru\u0308hle, O'Brien; Rühles, Bru\u0308hle") == [
        ("ruhle", "Ru\u0308hle"),
        ("ruhle", "O'Brien"),
    ]


def test_a_long_entry_of_the_index_is_parted_and_no_passage_is_listed_twice(domain) -> None:
    """Each passage stands below one heading or behind the entry; few are left behind an entry."""
    named = domain["derived"]["named"]
    plain, twice, left = [], {}, {}
    for key, entry in named.entries.items():
        places = [" ".join(place) for place in named.places[key]]
        listed = [place for part in entry.subentries for place in part.places]
        if len(places) > LONGEST and not listed:
            plain.append(entry.key)
        if len(set(listed)) < len(listed):
            twice[entry.key] = sorted(place for place in listed if listed.count(place) > 1)
        if listed and len(set(places) - set(listed)) > 3:
            left[entry.key] = sorted(set(places) - set(listed))
    assert (plain, twice, left) == ([], {}, {})


def test_no_two_entries_of_the_index_look_alike(site: Path) -> None:
    """Namesakes among the registers have their dates beside them."""
    page = (site / "commentary/general-index.html").read_text(encoding="utf-8")
    heads = re.findall(r'<li><p><a class="[^"]*" href="[^"]*#(?:persons|bodies|events|glossary)-[^"]*">(.*?)</a>', page)
    assert len(heads) > 400
    assert sorted(head for head in set(heads) if heads.count(head) > 1) == []


def test_subentries_stand_below_their_entry(specimen: Path, sphinx) -> None:
    persons = specimen / "commentary/persons.toml"
    told = persons.read_text(encoding="utf-8") + '\n[shlyapnikov.subentries]\n"at the congress" = ["X 0.4"]\n'
    persons.write_text(told, encoding="utf-8")
    assert sphinx(specimen, "html").returncode == 0
    page = (specimen.parent / "out/html/commentary/general-index.html").read_text(encoding="utf-8")
    index = re.sub(r"<[^>]+>", "", page.replace("<li>", "*"))
    assert re.search(r"\*\s*Shlyapnikov, Alexander\s*\*\s*at the congress, X\s0\.4\n", index)
