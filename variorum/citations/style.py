"""How the bibliography prints an entry: author, date, title, where it is to be found (the author–date form).

Follows the author–date style of *The Chicago Manual of Style* (17th ed., ch. 15), in the editors' quotation marks.
"""

from collections.abc import Callable, Iterable

from pybtex.backends.plaintext import Backend as PlainText
from pybtex.database import Entry, Person
from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.sorting import BaseSortingStyle

from variorum.citations.fields import ROLES, TYPES, spoken
from variorum.citations.latex import plain, rich
from variorum.i18n import _
from variorum.sorting import sort_key

#: Types whose title stands in italics; that of any other stands in quotation marks.
ITALIC = {"book", "report"}
#: Roles that can stand in the author's place, in the order in which they are asked.
RESPONSIBLE = ("author", "editor", "compiler", "translator")


def name_of(person: Person, *, inverted: bool = False) -> Text:
    """Return a name; ``inverted`` puts the last name first, as a list is sorted by it."""
    given = " ".join(person.first_names + person.middle_names)
    last = " ".join(person.prelast_names + person.last_names)
    lineage = " ".join(person.lineage_names)
    if str(person) == "others":
        return Text("et al.")
    if not given:
        return rich(last)
    if inverted:
        return Text(", ").join(rich(part) for part in (last, given, lineage) if part)
    return Text(" ").join(rich(part) for part in (given, last, lineage) if part)


def names(persons: Iterable[Person], *, inverted: bool = False) -> Text:
    """Return names in a row; ``inverted`` puts the last name of the first before the given ones."""
    told = [name_of(person, inverted=inverted and not number) for number, person in enumerate(persons)]
    if len(told) == 1:
        return told[0]
    if str(told[-1]) == "et al.":
        return Text(Text(", ").join(told[:-1]), " ", told[-1])
    return Text(Text(", ").join(told[:-1]), f" {_('and')} ", told[-1])


def responsible_role(entry: Entry) -> str:
    """Return the role of those under whose name an entry is sorted; empty where there is none."""
    return next((role for role in RESPONSIBLE if entry.persons.get(role)), "")


def short_names(entry: Entry) -> str:
    """Return the names by which an entry is cited: last names, the body that is responsible, or the title in marks."""
    role = responsible_role(entry)
    if not role:
        body = entry.fields.get("organization", "")
        return plain(body) if body else f"‘{plain(entry.fields.get('title') or entry.fields['booktitle'])}’"
    last = [plain(" ".join(person.prelast_names + person.last_names)) for person in entry.persons[role]]
    if len(last) > 2 or last[-1] == "others":  # noqa: PLR2004 - two are both named
        return f"{last[0]} et al."
    return f" {_('and')} ".join(last)


class EditionSorting(BaseSortingStyle):  # type: ignore[misc]
    """By author, editor, body or else title, then by date and title, as people sort: no braces, É with E."""

    def sorting_key(self, entry: Entry) -> tuple[str, ...]:
        """Return what an entry is sorted by; ``sortname`` and ``sorttitle`` stand in for name and title."""
        fields = entry.fields
        title = plain(fields.get("sorttitle") or fields.get("title") or fields["booktitle"])
        role = responsible_role(entry)
        who = plain(fields.get("sortname") or fields.get("organization", "")) or title
        if role and "sortname" not in fields:
            who = "; ".join(str(name_of(person, inverted=True)) for person in entry.persons[role])
        parts = (who, fields["origdate"] if "origdate" in fields else fields["year"], title)
        name, year, title = (sort_key(part).lstrip("“[‘") for part in parts)
        return name, year[:4], title  # a letter after the year is that of the title


class EditionStyle(BaseStyle):  # type: ignore[misc]
    """The style of the bibliography."""

    default_name_style = "lastfirst"
    default_label_style = "number"
    default_sorting_style = "edition"

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:  # noqa: ARG002
        """Return an entry as it is printed."""
        return FormattedEntry(entry.key, formatted(entry), label)


def formatted(entry: Entry) -> Text:
    """Return an entry as it is printed; `reading.read_entries` has seen to it that every field can be."""
    kind = TYPES[entry.type]
    told = [_responsible(entry), Text(entry.fields["dated"])]
    title = _title(entry, kind)
    told = [*told, title] if told[0] else [title, told[1]]
    told += [_begun(part) for part in CONTAINERS[kind](entry)]
    told += [_published(entry, kind), _place_of_reading(entry), *_notes(entry)]
    return _sentences(told)


def _begun(part: Text) -> Text:
    """Return a part that begins a sentence; a title keeps its small letter."""
    first = str(part)[:1]
    words = {_(act) for act in ROLES.values() if act} | {_("in"), _("vol."), _("chap."), _("part"), _("no.")}
    ours = any(str(part).startswith(f"{word} ") for word in words)
    return part.capfirst() if ours and first.islower() else part


def _sentences(parts: Iterable[Text]) -> Text:
    """Join parts to sentences; one that ends in a mark of its own gets no point."""
    text = Text()
    for part in parts:
        if not part:
            continue
        if text:
            ended = str(text).rstrip("’”").endswith((".", "?", "!"))
            text += " " if ended else ". "
        text += part
    return text if str(text).endswith((".", "?", "!", ".’", "?’", "!’")) else Text(text, ".")


def _joined(parts: Iterable[Text | str], by: str = ", ") -> Text:
    return Text(by).join(part for part in parts if part)


def _field(entry: Entry, name: str, before: str = "", after: str = "") -> Text:
    """Return a field with words before and after it, or nothing where the entry has none."""
    if name not in entry.fields:
        return Text()
    return Text(before, rich(entry.fields[name]), after)


def _responsible(entry: Entry) -> Text:
    role = responsible_role(entry)
    if not role:
        return _field(entry, "organization")
    persons = entry.persons[role]
    who = names(persons, inverted=True)
    if role == "author":
        return who
    abbreviations = {"editor": (_("ed."), _("eds.")), "compiler": (_("comp."), _("comps."))}
    one, several = abbreviations.get(role, (_("trans."), _("trans.")))
    return Text(who, f", {one if len(persons) == 1 else several}")


def _whole_title(entry: Entry, prefix: str = "") -> Text:
    """Return title and subtitle; ``prefix`` is ``book``, ``main`` or nothing."""
    return _joined([_field(entry, f"{prefix}title"), _field(entry, f"{prefix}subtitle")], ": ")


def _title(entry: Entry, kind: str) -> Text:
    whole = _whole_title(entry)
    if not whole:
        return Text()
    set_off = Tag("em", whole) if kind in ITALIC else Text("‘", whole, "’")
    return _joined([set_off, _field(entry, "titleaddon")], " ")


def _others(entry: Entry, *, but: Iterable[str] = ("author", "bookauthor")) -> list[Text]:
    """Return what editors, translators and others did, those aside who stand in the author's place."""
    told = []
    for role, act in ROLES.items():
        if entry.persons.get(role) and role not in {*but, responsible_role(entry)}:
            told.append(Text(f"{_(act)} ", names(entry.persons[role])))
    return told


def _edition(entry: Entry) -> Text:
    """Return the edition: a number becomes an ordinal, words stay as they are."""
    number = entry.fields.get("edition", "")
    if not number.isdecimal():
        said = any(word in number.casefold() for word in ("ed.", "edition", "edn", "aufl", "изд", "izd"))
        return _field(entry, "edition", after="" if said else f" {_('ed.')}")
    endings = {1: "st", 2: "nd", 3: "rd"}
    teen = int(number) % 100 in {11, 12, 13}
    ending = "th" if teen else endings.get(int(number) % 10, "th")
    return Text(str(_("{number}{ending} ed.")).format(number=number, ending=ending))


def _series(entry: Entry) -> Text:
    return _joined([_field(entry, "series"), _field(entry, "number")], " ")


def _volume(entry: Entry) -> Text:
    volume = _joined([_field(entry, "volume", f"{_('vol.')} "), _field(entry, "part", f"{_('part')} ")])
    main = _whole_title(entry, "main")
    if not main:
        return volume
    return Text(volume, f" {_('of')} " if volume else "", Tag("em", main))


def _book(entry: Entry) -> list[Text]:
    count = _field(entry, "volumes", after=f" {_('vols.')}")
    within = _joined(
        [_field(entry, "chapter", f"{_('chap.')} "), _pages(entry), _field(entry, "pagetotal", after=" pp.")]
    )
    return [*_others(entry), _edition(entry), _joined([_volume(entry), within]), count, _series(entry)]


def _pages(entry: Entry) -> Text:
    pages = entry.fields.get("pages", "").replace("--", "–").replace("-", "–")
    return Text(pages.replace("––", "–"))


def _chapter(entry: Entry) -> list[Text]:
    book = Tag("em", _whole_title(entry, "book"))
    writer = names(entry.persons["bookauthor"]) if entry.persons.get("bookauthor") else Text()
    where = [
        writer,
        _joined([book, _field(entry, "booktitleaddon")], " "),
        *_others(entry),
        _edition(entry),
        _volume(entry),
    ]
    where += [_field(entry, "chapter", f"{_('chap.')} "), _pages(entry)]
    told = [Text(f"{_('in')} ", _joined(where))]
    event = _joined([_field(entry, "venue"), _when(entry, "eventdate")])
    return [*told, event, _series(entry)]


def _article(entry: Entry) -> list[Text]:
    journal = Tag("em", _whole_title(entry, "journal") or _field(entry, "journal"))
    number = _field(entry, "number", f"{_('no.')} ") or _field(entry, "issue", f"{_('no.')} ")
    day = _day(entry)
    if "volume" in entry.fields:
        run = _joined([Text(journal, " ", _field(entry, "volume")), number])
    else:
        run = _joined([journal, number])
    run = Text(run, " (", day, ")") if day else run
    pages = _pages(entry)
    where = Text(run, ": ", pages) if pages else run
    return [*_others(entry), where, _series_of_journal(entry)]


def _series_of_journal(entry: Entry) -> Text:
    return _field(entry, "series")


def _thesis(entry: Entry) -> list[Text]:
    kinds = {"phdthesis": str(_("PhD thesis")), "mastersthesis": str(_("master’s thesis"))}
    told = {"phdthesis": kinds["phdthesis"], "mathesis": kinds["mastersthesis"]}.get(entry.fields.get("type", ""), "")
    kind = Text(told) if told else _field(entry, "type") or Text(kinds.get(entry.type, str(_("thesis"))))
    return [*_others(entry), kind, _pages(entry)]


def _report(entry: Entry) -> list[Text]:
    kind = _joined([_field(entry, "type"), _field(entry, "number")], " ")
    return [*_others(entry), kind, _edition(entry), _joined([_volume(entry), _pages(entry)])]


def _other(entry: Entry) -> list[Text]:
    where = _joined([_field(entry, "type"), _field(entry, "howpublished"), _field(entry, "number"), _volume(entry)])
    body = _field(entry, "organization") if responsible_role(entry) else Text()
    container = _joined([_whole_title(entry, "book"), _pages(entry)]) if entry.fields.get("title") else _pages(entry)
    return [
        *_others(entry),
        _edition(entry),
        where,
        container,
        body,
        _series(entry) if "series" in entry.fields else Text(),
    ]


#: Form of an entry -> what stands between its title and its publisher.
CONTAINERS: dict[str, Callable[[Entry], list[Text]]] = {
    "article": _article,
    "book": _book,
    "incollection": _chapter,
    "thesis": _thesis,
    "report": _report,
    "misc": _other,
}


def _day(entry: Entry) -> Text:
    """Return day and month of publication; the year stands after the author."""
    return _joined([_field(entry, "day"), _field(entry, "month")], " ")


def _when(entry: Entry, name: str) -> Text:
    first, slash, last = entry.fields.get(name, "").partition("/")
    return Text(spoken(first) + (f"–{spoken(last)}" if slash and last else ""))


def _published(entry: Entry, kind: str) -> Text:
    """Return place and publisher, and the day where it is known of something that is no article."""
    where = _joined([_field(entry, "address"), _field(entry, "publisher")], ": ")
    day = Text() if kind == "article" else _day(entry)
    body = _field(entry, "organization") if kind in ITALIC and responsible_role(entry) else Text()
    return _joined([where, body, day, _field(entry, "pubstate"), _field(entry, "version", f"{_('version')} ")])


def _place_of_reading(entry: Entry) -> Text:
    """Return where an entry is read: archive, identifier, address with the day on which it was opened."""
    fields = entry.fields
    archive = _joined([_field(entry, "library"), _field(entry, "archive"), _field(entry, "archive_location")])
    doi = HRef(f"https://doi.org/{fields['doi']}", f"doi:{fields['doi']}") if "doi" in fields else Text()
    eprint = _joined([_field(entry, "eprinttype"), Text(fields.get("eprint", ""))], ":")
    address = fields.get("url", "").replace("\\", "")
    shown = address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    link = HRef(address, shown) if address and "doi.org/" not in address else Text()
    opened = Text(str(_("accessed {date}")).format(date=spoken(fields["urldate"]))) if "urldate" in fields else Text()
    return _joined([archive, doi, eprint, link, opened])


def _notes(entry: Entry) -> list[Text]:
    cited = (
        Text(str(_("Cited as {short}")).format(short=plain(entry.fields["shorthand"])))
        if "shorthand" in entry.fields
        else Text()
    )
    return [_field(entry, "note"), _field(entry, "addendum"), cited]


def register() -> None:
    """Make the style and its order known to pybtex."""
    register_plugin("pybtex.style.formatting", "humanities", EditionStyle)
    register_plugin("pybtex.style.sorting", "edition", EditionSorting)
    # every citation asks for this one, which pybtex otherwise seeks in all packages that are installed
    register_plugin("pybtex.backends", "plaintext", PlainText, force=True)


__all__ = ["EditionSorting", "EditionStyle", "formatted", "name_of", "names", "register", "short_names"]
