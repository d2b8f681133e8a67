"""The commentary: every note called, checked, sourced, of a bearable length, in words of its own."""

import csv
import hashlib
import re
import tomllib
import warnings
from collections import Counter
from pathlib import Path

import pytest

from variorum.citations.reading import read_entries

ROOT = Path(__file__).parent.parent
NOTES = sorted((ROOT / "commentary/notes").rglob("*.md"))
PASSED = {"confirmed", "internal", "mended", "hedged", "cut"}
REWORDED = "reworded"  # the wording compared with the one checked before; no source opened again
NOTE = re.compile(r"^\[\^([^\]]+)\]:((?:.*\n?)(?:(?:[ \t]+\S.*|[ \t]*)\n?)*)", re.MULTILINE)


def notes(path: Path) -> dict[str, str]:
    """Return the notes of a file by label, white space made one."""
    return {m[1]: " ".join(m[2].split()) for m in NOTE.finditer(path.read_text(encoding="utf-8"))}


def document(path: Path) -> str:
    return str(path.relative_to(ROOT / "commentary/notes").with_suffix(""))


def plain(note: str) -> str:
    """Return the words that are printed, citations and links aside."""
    return re.sub(r"\{[\w:]+\}`[^`]*`|\[([^\]]*)\](?:\{[^}]*\}|\([^)]*\))", r"\1", note)


def statements() -> dict[tuple[str, str], str]:
    """Return what the registers and the data of the pictures say, by file and entry, as it was put to the checker."""
    said = {}
    for name, table in {"persons": "", "bodies": "", "events": "", "glossary": "", **TABLES}.items():
        data = tomllib.loads((ROOT / f"commentary/{name}.toml").read_text(encoding="utf-8"))
        for key, entry in (data[table] if table else data).items():
            words = str(entry) if table else " ".join(entry.get(field, "") for field in ("headword", "dates", "life"))
            said[f"registers/{name}", key] = " ".join(words.split())
    return said


ORDINALS = "First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth|Thirteenth|Fourteenth"
TABLES = {"groups": "group", "transmission": "text"}
ALL = {(document(path), label): note for path in NOTES for label, note in notes(path).items()}


@pytest.fixture(scope="session")
def checks() -> list[dict[str, str]]:
    with (ROOT / "commentary/checks.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_note_and_entry_was_checked_by_another_and_not_changed_since(checks: list[dict[str, str]]) -> None:
    recorded = {(row["document"], row["label"]): row["hash"] for row in checks if row["label"] != "introduction"}
    now = {key: hashlib.sha256(said.encode()).hexdigest()[:8] for key, said in (ALL | statements()).items()}
    unchecked = sorted((*key, digest) for key, digest in now.items() if recorded.get(key) != digest)
    rows = "\n".join("\t".join(row) for row in unchecked)
    assert not rows, f"no check, or changed since: document, label and hash for commentary/checks.tsv\n{rows}"
    assert sorted(recorded.keys() - now.keys()) == [], "checks of what is gone"


def test_every_check_says_what_and_where(checks: list[dict[str, str]]) -> None:
    assert {row["verdict"].partition(":")[0] for row in checks} <= {*PASSED, REWORDED}
    assert [row for row in checks if not row["claim"].strip()] == []
    assert [row for row in checks if row["verdict"].startswith("confirmed") and not row["source"].strip()] == []


def test_what_was_only_reworded_was_checked_before_and_is_counted(checks: list[dict[str, str]]) -> None:
    passed: set[tuple[str, str]] = set()
    reworded: set[tuple[str, str]] = set()
    for row in checks:
        key, verdict = (row["document"], row["label"]), row["verdict"].partition(":")[0]
        if verdict == REWORDED:
            assert key in passed, f"{key} is reworded, but was never checked"
            reworded.add(key)
        else:
            passed.add(key)
    told = f"{len(reworded)} of the {len(ALL | statements()):,} notes and entries"
    assert told in (ROOT / "commentary/principles.md").read_text(encoding="utf-8")


def test_notes_say_something_and_one_that_is_an_essay_is_told() -> None:
    lengths = {key: len(plain(note).split()) for key, note in ALL.items()}
    assert {key for key, words in lengths.items() if not words} == set()
    for key, words in lengths.items():
        if not 8 <= words <= 110:
            warnings.warn(f"a matter of taste: the note {key} has {words} words", stacklevel=1)


def test_no_note_leans_on_another_page() -> None:
    leaning = re.compile(r"\b(ibid|op\. ?cit|loc\. ?cit)\b", re.IGNORECASE)
    assert {key for key, note in ALL.items() if leaning.search(plain(note)) and "‘" not in note} == set()


def test_every_text_is_annotated() -> None:
    counted = Counter(name.partition("/")[0] for name, _ in ALL)
    wanted = {"comintern-1923": 45, "kollontai-1921": 200, "stalin-1926": 120, "olivier-2010": 100, "pirani-2006": 70}
    assert {name: counted[name] for name, least in wanted.items() if counted[name] < least} == {}


def test_every_entry_of_the_chronology_and_glossary_has_a_source() -> None:
    for name in ("events", "glossary"):
        data = tomllib.loads((ROOT / f"commentary/{name}.toml").read_text(encoding="utf-8"))
        assert [key for key, entry in data.items() if "{cite:" not in entry["life"]] == [], name
    events = tomllib.loads((ROOT / "commentary/events.toml").read_text(encoding="utf-8"))
    assert [key for key, entry in events.items() if not re.fullmatch(r"\d{4}(-\d\d){0,2}", entry.get("when", ""))] == []


def test_wikipedia_is_at_most_three_in_a_hundred_citations_and_marked() -> None:
    data, _, _ = read_entries(ROOT, "references.bib")
    texts = {"comintern-1923", "kollontai-1921", "stalin-1926", "olivier-2010", "pirani-2006"}
    cited = Counter[str]()
    for path in [*(ROOT / "commentary").rglob("*.md"), *(ROOT / "commentary").glob("*.toml")]:
        for words in re.findall(r"\{cite:\w+\}`([^`]+)`", path.read_text(encoding="utf-8")):
            cited.update(key.strip() for key in re.sub(r"\{[^{}]*\}", "", words).split(",") if key.strip() not in texts)
    assert cited.keys() <= data.entries.keys()
    wikipedia = {key: entry for key, entry in data.entries.items() if "wikipedia" in entry.fields.get("url", "")}
    assert 0 < sum(cited[key] for key in wikipedia) <= 0.03 * cited.total()
    assert [key for key, entry in wikipedia.items() if "nothing better" not in entry.fields.get("addendum", "")] == []


def test_life_dates_in_notes_and_essays_are_those_of_the_register() -> None:
    persons = tomllib.loads((ROOT / "commentary/persons.toml").read_text(encoding="utf-8"))
    prose = {path: plain(path.read_text(encoding="utf-8")) for path in (ROOT / "commentary").rglob("*.md")}
    compared = 0
    for entry in persons.values():
        surname = re.split(r"[,( ]", entry["headword"])[0]
        said = rf"\b{re.escape(surname)}\b[^.;()\n]{{0,20}}?,? \(?(\d{{4}}–\d{{4}})\b"
        if not re.fullmatch(r"\d{4}–\d{4}", entry.get("dates", "")):
            continue
        for path, words in prose.items():
            for match in re.finditer(said, words):
                compared += 1
                assert match[1] == entry["dates"], f"{path.name}: {match[0]}; register: {entry['dates']}"
    assert compared > 10


def test_congresses_have_the_same_days_in_notes_essays_and_chronology() -> None:
    events = tomllib.loads((ROOT / "commentary/events.toml").read_text(encoding="utf-8"))
    named = rf"\b({ORDINALS})\b[^.;,\n]{{0,60}}?\b(Congress|Conference|Plenum)"
    days = r"\d{1,2}(?: [A-Z][a-z]+)?–\d{1,2} [A-Z][a-z]+ \d{4}"
    chronology: dict[tuple[str, str], set[str]] = {}
    for entry in events.values():
        if match := re.match(named, entry["headword"]):
            chronology.setdefault((match[1], match[2]), set()).add(entry["dates"])
    compared = 0
    for path in (ROOT / "commentary").rglob("*.md"):
        for match in re.finditer(rf"{named}[^.;\n]{{0,30}}?({days})", plain(path.read_text(encoding="utf-8"))):
            if known := chronology.get((match[1], match[2])):
                compared += 1
                assert match[3] in known, f"{path.name}: {match[0]}; chronology: {sorted(known)}"
    assert compared > 5
