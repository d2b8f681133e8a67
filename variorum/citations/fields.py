"""What an entry of the bibliography may hold: types, fields, and what becomes of each.

BibTeX and BibLaTeX entries are both read, as Zotero, Better BibTeX and JabRef export them: `normalise` turns BibLaTeX's
names into BibTeX's. Every field is printed by the style, used by the build, or named here as ignored; any other is a
problem.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pybtex.database import Entry

#: Type -> the type that it is printed as.
TYPES = {
    "article": "article",
    "suppperiodical": "article",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "booklet": "book",
    "manual": "book",
    "periodical": "book",
    "incollection": "incollection",
    "inbook": "incollection",
    "bookinbook": "incollection",
    "suppbook": "incollection",
    "suppcollection": "incollection",
    "inproceedings": "incollection",
    "conference": "incollection",
    "inreference": "incollection",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "online": "misc",
    "electronic": "misc",
    "www": "misc",
    "misc": "misc",
    "unpublished": "misc",
    "letter": "misc",
    "dataset": "misc",
    "software": "misc",
    "audio": "misc",
    "video": "misc",
}
#: BibLaTeX's name of a field -> the name that is used here.
ALIASES = {
    "journaltitle": "journal",
    "location": "address",
    "institution": "publisher",
    "school": "publisher",
    "eventtitle": "titleaddon",
    "archivelocation": "archive_location",
    "archiveprefix": "eprinttype",
    "accessed": "urldate",
}
#: Fields that hold persons, in the order in which the bibliography prints them, with what it says of each.
ROLES = {
    "author": "",
    "bookauthor": "",
    "editor": "edited by",
    "editora": "edited by",
    "compiler": "compiled by",
    "translator": "translated by",
    "annotator": "annotated by",
    "commentator": "with a commentary by",
    "introduction": "with an introduction by",
    "foreword": "with a foreword by",
    "afterword": "with an afterword by",
}
#: Fields that the style prints, persons aside.
PRINTED = {
    "title", "subtitle", "titleaddon", "maintitle", "mainsubtitle", "booktitle", "booksubtitle", "booktitleaddon",
    "journal", "journalsubtitle", "series", "volume", "volumes", "part", "number", "issue", "edition", "version",
    "chapter", "pages", "pagetotal", "publisher", "address", "organization", "howpublished", "type", "year", "month",
    "day", "origdate", "doi", "url", "urldate", "eprint", "eprinttype", "archive", "archive_location", "library",
    "note", "addendum", "pubstate", "venue", "eventdate",
}  # fmt: skip
#: Fields that the build uses without printing them.
USED = {"keywords", "shorthand", "sorttitle", "sortname", "crossref", "xdata", "date", "editortype", "editoratype"}
#: Fields that reference managers write and that no reader of a bibliography needs.
IGNORED = {
    "abstract", "annotation", "annote", "copyright", "comment", "creationdate", "eprintclass", "file", "groups", "ids",
    "isbn", "issn", "lang", "langid", "langidopts", "language", "lccn", "modificationdate", "nationality", "options",
    "owner", "pmcid", "pmid", "primaryclass", "ranking", "readstatus", "rights", "shortjournal", "shorttitle",
    "shortauthor", "timestamp", "urlyear", "priority", "qualityassured", "relevance", "printed", "collaborator",
    "citation-key", "call-number", "issuetitle", "nameaddon", "entrysubtype", "usera", "related", "relatedtype",
}  # fmt: skip
#: What a chapter takes over from the book that its ``crossref`` names, beyond fields of the same name.
INHERITED = {"booktitle": "title", "booksubtitle": "subtitle", "booktitleaddon": "titleaddon", "bookauthor": "author"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<doubt>[?~%]?)")
_ADDRESS = re.compile(r"(?:https?|mailto):\S+")


class Fault(NamedTuple):
    """What is wrong with an entry."""

    field: str
    """Name of the field as it is written, empty where the entry as a whole is meant."""
    what: str
    remedy: str


def known_fields() -> set[str]:
    """Return the name of every field that an entry may have."""
    return {*ROLES, *PRINTED, *USED, *IGNORED, *ALIASES}


def normalise(entry: Entry) -> Iterator[Fault]:
    """Give an entry BibTeX's names for what BibLaTeX's say; yield what is wrong with it.

    ``date`` becomes ``year``, ``month`` and ``day``; ``journaltitle`` becomes ``journal``, and so on with `ALIASES`.
    """
    if entry.type not in TYPES:
        yield Fault("", f"“{entry.key}” has the type “{entry.original_type}”", f"use one of {', '.join(TYPES)}")
    for name in list(entry.fields):
        if name.lower() not in known_fields():
            yield Fault(name, f"“{entry.key}” has the field “{name}”, which is not known", "rename or remove it")
        elif not entry.fields[name].strip():
            yield Fault(name, f"the field “{name}” of “{entry.key}” is empty", "fill or remove it")
    for alias, name in ALIASES.items():
        if alias in entry.fields and name not in entry.fields:
            entry.fields[name] = entry.fields[alias]
    yield from _dates(entry)
    yield from _addresses(entry)
    if not entry.fields.get("title") and not entry.fields.get("booktitle"):
        yield Fault("", f"“{entry.key}” has no title", "write it")
    yield from _names(entry)


def _names(entry: Entry) -> Iterator[Fault]:
    for role, persons in entry.persons.items():
        if any("=" in str(person) for person in persons):
            yield Fault(role, f"the {role} of “{entry.key}” is written “family=…, given=…”", "write “Family, Given”")
        elif any(";" in str(person) for person in persons):
            yield Fault(role, f"the {role} of “{entry.key}” has a semicolon", "part several names by “and”")


def _dates(entry: Entry) -> Iterator[Fault]:
    fields = entry.fields
    remedy = "write a year, year-month or year-month-day (1848, 1848-03, 1848-03-08), or two of them with / between"
    for name in ("date", "origdate", "urldate"):
        if name in fields and not all(map(_is_date, fields[name].split("/"))):
            yield Fault(name, f"the {name} “{fields[name]}” of “{entry.key}” is no date", remedy)
    if "date" in fields and "year" not in fields:
        first, _, last = fields["date"].partition("/")
        fields["year"] = "–".join(filter(None, (_year(first), _year(last))))
        match = _DATE.fullmatch(first)
        if match and match["month"] and not last:
            fields["month"] = _MONTHS[int(match["month"]) - 1]
            if match["day"]:
                fields["day"] = str(int(match["day"]))
    month = fields.get("month", "")
    if month.isdecimal():
        if not 1 <= int(month) <= len(_MONTHS):
            yield Fault("month", f"the month “{month}” of “{entry.key}” is none", "write 1 to 12, or its name")
        else:
            fields["month"] = _MONTHS[int(month) - 1]


def _is_date(date: str) -> bool:
    """Return whether a date is one of the calendar; an open end of a range is."""
    match = _DATE.fullmatch(date)
    if not match:
        return not date
    month, day = int(match["month"] or 1), int(match["day"] or 1)
    return 1 <= month <= len(_MONTHS) and 1 <= day <= (31 if month != 2 else 29)  # noqa: PLR2004 - the calendar


def _year(date: str) -> str:
    match = _DATE.fullmatch(date)
    if not match:
        return date
    return f"c. {match['year']}" if match["doubt"] else match["year"]


def spoken(date: str) -> str:
    """Return a date of the form 1848-03-08 in words: 8 March 1848."""
    match = _DATE.fullmatch(date)
    if not match or not match["month"]:
        return date
    month = _MONTHS[int(match["month"]) - 1]
    day = f"{int(match['day'])} " if match["day"] else ""
    return f"{day}{month} {match['year']}"


def _addresses(entry: Entry) -> Iterator[Fault]:
    address = entry.fields.get("url", "")
    if address and not _ADDRESS.fullmatch(address.replace("\\", "")):
        what = f"the url “{address}” of “{entry.key}” is no address of the web"
        yield Fault("url", what, "write https://…, or remove it")
    doi = entry.fields.get("doi", "")
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi)
    if doi and not re.fullmatch(r"10\.\S+/\S+", bare):
        yield Fault("doi", f"the doi “{doi}” of “{entry.key}” is none", "write 10.…/…")
    elif doi:
        entry.fields["doi"] = bare


def inherit(entry: Entry, parent: Entry) -> None:
    """Give an entry what it takes from the one that its ``crossref`` names, where it has nothing of its own."""
    chapter = TYPES.get(entry.type) in {"incollection", "article"}
    for name in list(parent.fields):
        if name not in {"title", "subtitle", "titleaddon", "keywords", "shorthand", "crossref", "sorttitle"}:
            entry.fields.setdefault(name, parent.fields[name])
    for role in parent.persons:
        if role != "author" or not chapter:
            entry.persons.setdefault(role, parent.persons[role])
    if not chapter:
        return
    for name, source in INHERITED.items():
        if source in parent.fields:
            entry.fields.setdefault(name, parent.fields[source])
    if "author" in parent.persons:
        entry.persons.setdefault("bookauthor", parent.persons["author"])
