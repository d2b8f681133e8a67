"""The registers: their entries, read from TOML."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from variorum.config import Register
from variorum.problems import Problem, Report
from variorum.sorting import sort_key
from variorum.text.folders import Folders
from variorum.text.toml_file import Field, TomlLines, check_value, read_entries

#: Field -> name of the authority file, address of an identifier in it.
AUTHORITIES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "gnd": ("GND", "https://d-nb.info/gnd/{}"),
}
#: What would not stand in a definition: a heading, a rule.
_NO_PARAGRAPH = re.compile(r"^ {0,3}(?:#{1,6} .*|(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)$", re.MULTILINE)
#: What an entry may hold.
FIELDS = {
    "headword": Field(str, required=True),
    "life": Field(str, required=True, example='one to four sentences: """…"""'),
    "dates": Field(str, empty=True),
    "when": Field(
        str, form=r"\d{4}(-\d\d(-\d\d)?)?", example='the first day, year first: "1848-03-08", "1848-03", "1848"'
    ),
    "forms": Field(list),
    "also": Field(list),
    "not": Field(list),
    "at": Field(list, example='locators: ["A 3.14"]'),
    "see": Field(list, example='keys of entries: ["key"]'),
    "subentries": Field(dict, example='headings with locators: {"on the unions" = ["A 3.14"]}'),
    "wikidata": Field(str, form=r"Q\d+", example='Q and figures: "Q42"'),
    "viaf": Field(str, form=r"\d+", example='figures: "12345"'),
    "gnd": Field(str, form=r"\d[\dX-]*", example='figures: "118571370"'),
}


@dataclass(frozen=True, slots=True)
class Subentry:
    """A part of an entry of the index: some of its passages, under a heading."""

    heading: str
    places: tuple[str, ...]
    """Locators: ``A 3.14``."""
    line: int
    """Line in the file of the register, from 1."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, body, event or term."""

    register: str
    """Name of the register: ``persons``."""
    key: str
    """Its name in the file, and its anchor."""
    line: int
    """Line of the entry in its file, from 1."""
    headword: str = ""
    """As it is sorted and printed: ``Lovelace, Ada``."""
    dates: str = ""
    when: str = ""
    """First day, year first (``1848-03-08``): by it the entries of a chronology are sorted; empty elsewhere."""
    forms: tuple[str, ...] = ()
    """Surface forms in the texts; a form in one text only is written ``A: Lovelace``."""
    also: tuple[str, ...] = ()
    """Spellings that stand in no text, and that readers search for."""
    exceptions: tuple[str, ...] = ()
    """Longer strings in which a form does not mean this entry."""
    at: tuple[str, ...] = ()
    """Locators of passages that allude to it without a form: ``A 3.14``."""
    see: tuple[str, ...] = ()
    """Keys of entries to compare."""
    subentries: tuple[Subentry, ...] = ()
    """For the index, headings with their locators, written as a table: ``"on the unions" = ["A 3.14", "B 5.22"]``."""
    life: str = ""
    """Markdown with citations."""
    life_line: int = 0
    """Line in its file on which it begins."""
    wikidata: str = ""
    """Identifiers in authority files, where verified."""
    viaf: str = ""
    gnd: str = ""

    @property
    def anchor(self) -> str:
        """Return the anchor of the entry on the page of its register."""
        return f"{self.register}-{self.key}"

    def names(self) -> list[str]:
        """Return the names of the entry beside its headword; a form that one text alone may use is none."""
        forms = [form for form in self.forms if ": " not in form]
        return [name for name in dict.fromkeys((*forms, *self.also)) if name != self.headword]

    def other_names(self) -> list[str]:
        """Return the forms of one word by which an entry is not found near its headword."""
        forms = {form.rpartition(": ")[2] for form in self.forms}
        return sorted(form for form in forms if form.isalpha() and sort_key(form)[:5] not in sort_key(self.headword))


def addresses_of(entry: Entry) -> dict[str, str]:
    """Return where authority files identify an entry, by the name that a reader knows each file by."""
    return {
        f"{name} {identifier}": address.format(identifier)
        for key, (name, address) in AUTHORITIES.items()
        if (identifier := getattr(entry, key))
    }


def read_register(folders: Folders, name: str, register: Register, sigla: Collection[str]) -> list[Entry]:
    """Read ``commentary/NAME.toml``, sorted by date or headword; raise EditionError with every faulty entry.

    ``sigla`` are those of the texts, to which a form may be limited.
    """
    report = Report(folders.data(name), "register")
    source = report.text(folders.root)
    data = report.toml(source)
    lines = TomlLines(source)
    entries = []
    for key, said in read_entries(data, _fields(register), report, lines):
        _report_values(key, said, sigla, report, lines)
        if not report:
            entries.append(_entry(name, key, lines, said))
    report.close()
    for entry in entries:
        for key in entry.see:
            line = lines.key(entry.key, "see")
            if key == entry.key:
                report.add(line, f"[{entry.key}] sends to itself", "name another entry, or remove it")
            elif key not in data:
                report.add(line, f"[{entry.key}] sends to “{key}”, which is no entry", "mend the key")
    report.close()
    return sorted(entries, key=lambda entry: (entry.when, sort_key(entry.headword)))


def _fields(register: Register) -> dict[str, Field]:
    """Return what an entry of a register may hold; only a chronology has days."""
    if register.dated:
        return FIELDS
    return {key: field for key, field in FIELDS.items() if key != "when"}


def _entry(name: str, key: str, lines: TomlLines, said: Mapping[str, Any]) -> Entry:
    values: dict[str, Any] = {}
    for field, value in said.items():
        values[field] = tuple(value) if isinstance(value, list) else value
    values["exceptions"] = values.pop("not", ())
    values["subentries"] = tuple(
        Subentry(heading, tuple(places), _line_of_subentry(lines, key, heading))
        for heading, places in said.get("subentries", {}).items()
    )
    values["life_line"] = lines.key(key, "life")
    return Entry(name, key, lines.table(key), **values)


def _line_of_subentry(lines: TomlLines, key: str, heading: str) -> int:
    """Return the line of a heading in the table ``[key.subentries]``, or that of the field."""
    return lines.key(f"{key}.subentries", heading) or lines.key(key, "subentries")


def _report_values(key: str, said: Mapping[str, Any], sigla: Collection[str], report: Report, lines: TomlLines) -> None:
    """Report forms that can never be found, subentries without locators, and a day that no calendar has."""
    line = lines.key(key, "forms")
    for form in said.get("forms", ()):
        limit, colon, words = form.rpartition(": ")
        if not words.strip() or words != words.strip():
            report.add(
                line, f"the form “{form}” of [{key}] is empty, or begins or ends with a space", "write whole words"
            )
        elif colon and limit not in sigla:
            remedy = f"“{limit}” is no siglum; use {', '.join(sorted(sigla)) or 'that of a text'}"
            report.add(line, f"the form “{form}” of [{key}] is limited to no text", remedy)
    for heading, places in said.get("subentries", {}).items():
        field = Field(list, example='locators: ["A 3.14"]')
        check_value(f"“{heading}” in [{key}]", places, field, report, _line_of_subentry(lines, key, heading))
    block = _NO_PARAGRAPH.search(said["life"])
    if block:
        line = lines.key(key, "life")
        report.add(line, f"the life of [{key}] has a heading or a rule: “{block[0].strip()}”", "write paragraphs")
    when = said.get("when", "")
    if when and not _is_day(when):
        report.add(lines.key(key, "when"), f"the day “{when}” of [{key}] is in no calendar", "mend it")


def _is_day(when: str) -> bool:
    """Tell whether a date of the form 1848, 1848-03 or 1848-03-08 is one of the calendar."""
    year, month, day = (int(part) for part in f"{when}-01-01".split("-")[:3])
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def form_clashes(entries: Iterable[Entry], folders: Folders) -> list[tuple[Problem, tuple[Entry, Entry]]]:
    """Return a problem, and the two entries, for every form that two entries claim in the same text."""
    owner: dict[str, Entry] = {}
    clashes = []
    for entry in entries:
        for form in entry.forms:
            first = owner.setdefault(form, entry)
            if first is not entry:
                what = f"the form “{form}” is claimed by [{first.key}] and [{entry.key}]"
                remedy = "make it longer, or limit it to a text: “SIGLUM: form”"
                problem = Problem(folders.data(entry.register), entry.line, "register", what, remedy)
                clashes.append((problem, (first, entry)))
    return clashes
