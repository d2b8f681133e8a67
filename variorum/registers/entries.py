"""The registers: persons, bodies, events, terms from TOML, and the matcher that finds them in a text by their forms."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.problems import Problem, Report
from variorum.sorting import sort_key
from variorum.text.folders import Folders

#: Field -> name of the authority file, address of an identifier in it.
AUTHORITIES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "gnd": ("GND", "https://d-nb.info/gnd/{}"),
}
#: Fields of an entry's table; ``not`` is no name in Python.
_FIELDS = {
    name: name
    for name in ("headword", "dates", "when", "forms", "also", "at", "see", "subentries", "life", *AUTHORITIES)
}
_FIELDS["not"] = "exceptions"


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
    """As it is sorted and printed: ``Zinoviev, Grigorii Yevseyevich``."""
    dates: str = ""
    when: str = ""
    """First day, year first (``1921-03-08``): by it the entries of a chronology are sorted; empty elsewhere."""
    forms: tuple[str, ...] = ()
    """Surface forms in the texts; a form in one text only is written ``C: Zinoviev``."""
    also: tuple[str, ...] = ()
    """Spellings that stand in no text, and that readers search for."""
    exceptions: tuple[str, ...] = ()
    """Longer strings in which a form does not mean this entry."""
    at: tuple[str, ...] = ()
    """Locators of passages that allude to it without a form: ``K 3.14``."""
    see: tuple[str, ...] = ()
    """Keys of entries to compare."""
    subentries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For the index, headings with their locators, written as a table: ``"on the unions" = ["K 3.14", "S 5.22"]``."""
    life: str = ""
    """Markdown with citations."""
    wikidata: str = ""
    """Identifiers in authority files, where verified."""
    viaf: str = ""
    gnd: str = ""

    def other_names(self) -> list[str]:
        """Return the forms of one word by which an entry is not found near its headword."""
        forms = {form.rpartition(": ")[2] for form in self.forms}
        return sorted(form for form in forms if form.isalpha() and sort_key(form)[:5] not in sort_key(self.headword))


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry named in a stretch of text."""

    key: tuple[str, str]
    """Register and key."""
    start: int
    """Offset in the stretch, in code points from 0."""
    end: int


def read_register(folders: Folders, name: str) -> list[Entry]:
    """Read ``commentary/NAME.toml``, sorted by date or headword; raise EditionError with every faulty entry."""
    report = Report(folders.data(name), "register")
    source = report.text(folders.root)
    data = report.toml(source)
    lines = {m[1]: source.count("\n", 0, m.start()) + 1 for m in re.finditer(r"^\[([^\]]+)\]", source, re.MULTILINE)}
    entries = []
    for key, fields in data.items():
        if not isinstance(fields, dict):
            report.add(0, f"“{key}” stands outside an entry", "write [key] first")
            continue
        line = lines.get(key, 0)
        for wrong in sorted(fields.keys() - _FIELDS):
            report.add(line, f"“{wrong}” in [{key}] is no field", f"use {', '.join(sorted(_FIELDS))}")
        for missing in sorted({"headword", "life"} - fields.keys()):
            report.add(line, f"[{key}] has no {missing}", f"give it its {missing}")
        known = {field: fields[field] for field in _FIELDS.keys() & fields.keys()}
        for wrong in sorted(field for field, value in known.items() if not _is_fit(_FIELDS[field], value)):
            report.add(line, f"“{wrong}” in [{key}] is not of its kind", 'write "words", or ["several", "words"]')
        said: dict[str, Any] = {_FIELDS[f]: tuple(v) if isinstance(v, list) else v for f, v in known.items()}
        if isinstance(said.get("subentries"), dict):
            said["subentries"] = tuple((heading, tuple(places)) for heading, places in said["subentries"].items())
        entries.append(Entry(name, key, line, **said))
    report.close()
    for entry in entries:
        for key in entry.see:
            if key not in data:
                report.add(entry.line, f"[{entry.key}] sends to “{key}”, which is no entry", "mend the key")
    report.close()
    return sorted(entries, key=lambda entry: (entry.when, sort_key(entry.headword)))


def _is_fit(field: str, value: object) -> bool:
    """Tell whether a value is words, a list of words where a field has several, or a table of such lists."""
    if field == "subentries":
        return isinstance(value, dict) and all(_is_fit("at", places) for places in value.values())
    several = field in {"forms", "also", "exceptions", "at", "see"}
    return isinstance(value, list if several else str) and all(isinstance(v, str) and v for v in value)


def form_clashes(entries: Iterable[Entry], folders: Folders) -> list[Problem]:
    """Return a problem for every form that two entries claim in the same text."""
    owner: dict[str, Entry] = {}
    problems = []
    for entry in entries:
        for form in entry.forms:
            first = owner.setdefault(form, entry)
            if first is not entry:
                what = f"the form “{form}” is claimed by [{first.key}] and [{entry.key}]"
                remedy = "make it longer, or limit it to a text: “C: form”"
                problems.append(Problem(folders.data(entry.register), entry.line, "register", what, remedy))
    return problems


class Matcher:
    """Finds the entries that a text names: longest form first, whole words, exceptions left alone."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Prepare the forms of ``entries``."""
        self._forms: dict[tuple[str, str], tuple[str, str] | None] = {}
        for entry in entries:
            for exception in entry.exceptions:
                self._forms["", _plain(exception)] = None
            for form in entry.forms:
                siglum, _, limited = form.rpartition(": ")
                self._forms[siglum, _plain(limited)] = (entry.register, entry.key)
        forms = sorted({form for _, form in self._forms}, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)") if forms else None

    def mentions(self, text: str, siglum: str) -> Sequence[Mention]:
        """Return the mentions in a stretch of the text ``siglum``, in order; they do not overlap."""
        found = []
        for match in self._pattern.finditer(_plain(text)) if self._pattern else ():
            form = match.group()
            key = self._forms.get((siglum, form), self._forms.get(("", form)))
            if key:
                found.append(Mention(key, *match.span()))
        return found


def _plain(text: str) -> str:
    """Return ``text`` with one shape of apostrophe and of space; every offset stays."""
    return re.sub(r"\s", " ", text.replace("’", "'"))
