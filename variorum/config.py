"""The configuration values of the extension: what each means, its default, and when a change of it matters.

`VALUES` is the table. Values that are tables themselves have a dataclass here, which says what a row may hold; they
stay plain dictionaries in conf.py, and are read through `registers`, `classes` and `folders`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from variorum.problems import Problem
from variorum.reporting import tell
from variorum.text.folders import Folders

Shown = Literal["list", "screen", "page"]
Often = Literal["paragraph", "document"]
Holds = Literal["person", "body", "event", "term"]


@dataclass(frozen=True, slots=True)
class DepartureClass:
    """A class of departure: a row of ``variorum_classes``."""

    meaning: str
    """What a reader is told of such a departure: ``an error of printing``."""
    shown: Shown = "page"
    """``list``: in the list of the apparatus alone. ``screen``: marked on the web too. ``page``: marked in every
    format, and printed at the page foot of the book."""
    reason: bool = True
    """Whether a row of the apparatus wants a certainty and a reason."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register: a row of ``variorum_registers``; its name is that of its TOML file and its page in the commentary."""

    holds: Holds = "term"
    """What its entries are, for those who use them as data: in TEI a person, an organisation, an event, a term."""
    unnamed: bool = False
    """Whether it may have entries that no text names."""
    dated: bool = False
    """Whether its entries are events, each with its day in ``when``: a chronology, which the pictures draw."""
    linked: Often = "paragraph"
    """Where the first mention of an entry is linked: in each ``paragraph``, or once in each ``document``."""
    other_names: bool = False
    """Whether the index also lists the forms that are far from the headword, and leads on from them."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the edition says of itself beside its title, authors and version: the fields of ``variorum_imprint``."""

    subtitle: str = ""
    """``A critical edition``."""
    licence: str = ""
    """Under which the editors' own words stand; what is known of the rights in a text stands in its witness's map."""
    publisher: str = ""
    place: str = ""
    """Where it is published."""
    doi: str = ""
    isbn_book: str = ""
    isbn_epub: str = ""
    conforms_to: str = ""
    """The level of accessibility that the ePub was checked for: ``EPUB Accessibility 1.1 - WCAG 2.1 Level AA``."""


#: What a departure may be, where conf.py says nothing. The collation itself gives ``break``, ``scan``,
#: ``form`` and ``doubtful``; the formats put words that are ``supplied`` between angle brackets.
CLASSES: dict[str, DepartureClass] = {
    "break": DepartureClass("a word broken at the end of a line", shown="list", reason=False),
    "scan": DepartureClass("an error of scanning", shown="screen", reason=False),
    "form": DepartureClass("another form of the same letters", shown="list", reason=False),
    "print": DepartureClass("an error of printing"),
    "supplied": DepartureClass("words supplied"),
    "doubtful": DepartureClass("doubtful"),
}


class Value(NamedTuple):
    """A configuration value."""

    name: str
    default: Any
    rebuild: Literal["", "env", "html", "epub"]
    """What a change of it throws away: nothing, all that was read, the pages of the web edition, or the ePub."""
    types: type
    meaning: str


VALUES = (
    Value(
        "variorum_folders",
        {},
        "env",
        dict,
        "Names of the folders “texts”, “commentary”, “witnesses” and “apparatus”, where they differ from these words.",
    ),
    Value(
        "variorum_registers",
        {},
        "env",
        dict,
        "The registers, by name, in the order of their rights to a form: a table of fields of `Register` each.",
    ),
    Value(
        "variorum_classes",
        {},
        "env",
        dict,
        "Classes of departure beside the usual ones, and changes of those: a table of fields of `DepartureClass` each.",
    ),
    Value(
        "variorum_certainties",
        ("high", "medium", "low"),
        "env",
        tuple,
        "What an editor may say of the certainty of a departure.",
    ),
    Value(
        "variorum_signs",
        {"star": "*", "star2": "**", "dagger": "†"},
        "env",
        dict,
        "Signs of a source's notes that are no numbers: the word in the label (`[^s-star]`) and the sign.",
    ),
    Value(
        "variorum_report",
        "",
        "html",
        str,
        "Where readers report errors: “mailto:name@host?body={text}” or “https://host/issues/new?body={text}”.",
    ),
    Value(
        "variorum_imprint",
        {},
        "epub",
        dict,
        "What title pages, imprint and colophon say beside title, authors and version: a table of fields of `Imprint`.",
    ),
    Value(
        "variorum_subjects",
        {},
        "epub",
        dict,
        "Subject headings of the Library of Congress: heading and identifier, as “sh85029128”.",
    ),
    Value(
        "variorum_drafts",
        False,  # noqa: FBT003
        "",
        bool,
        "Whether a live preview shows a text while its departures are undeclared or undecided.",
    ),
    Value(
        "variorum_bibliographies",
        (),
        "env",
        tuple,
        "Keywords that part the bibliography: each entry has to carry one of them. Without any, none is asked for.",
    ),
    Value(
        "variorum_sources",
        "",
        "env",
        str,
        "A TOML file of rules for the bibliography: hosts, years, places, shares; without one, none are kept.",
    ),
    Value(
        "variorum_rights",
        "everything",
        "html",
        str,
        "Which words a build may have: “everything”, or “public”, without those of the texts that are withheld.",
    ),
    Value(
        "variorum_faces",
        {},
        "",
        dict,
        "Faces of the book for texts in other languages: a language and the name of a font that is installed.",
    ),
    Value("variorum_paper", "a5", "", str, "The size of the book's paper: a5, a4 or letter."),
    Value("variorum_for_printer", False, "", bool, "Whether the book is for a printer: grey, no links."),  # noqa: FBT003
)
#: What a row may be called: it names files, anchors and styles.
_NAME = re.compile(r"[a-z][a-z0-9-]*")
#: The values that are tables, and what a row of each may hold.
ROWS = {"variorum_registers": Register, "variorum_classes": DepartureClass}


def folders(env: BuildEnvironment) -> Folders:
    """Return where the files of the edition lie."""
    return Folders(Path(env.srcdir), **env.config.variorum_folders)


def registers(config: Config) -> dict[str, Register]:
    """Return the registers by name, in the order of conf.py."""
    return {name: Register(**row) for name, row in config.variorum_registers.items()}


def imprint(config: Config) -> Imprint:
    """Return what the edition says of itself."""
    return Imprint(**config.variorum_imprint)


def classes(config: Config) -> dict[str, DepartureClass]:
    """Return the classes of departure by name: the usual ones as conf.py alters them, then those that it adds."""
    found = dict(CLASSES)
    for name, row in config.variorum_classes.items():
        found[name] = replace(found[name], **row) if name in found else DepartureClass(**row)
    return found


def shown_in(config: Config, *places: Shown) -> frozenset[str]:
    """Return the names of the classes that are shown in one of some places."""
    return frozenset(name for name, said in classes(config).items() if said.shown in places)


# -- what may be wrong with them


def config_problems(config: Config) -> Iterator[Problem]:
    """Yield each value of conf.py that is not what it ought to be."""
    yield from _name_problems(config)
    wrong_types = list(_type_problems(config))
    yield from wrong_types
    if wrong_types:
        return
    for name, row_class in ROWS.items():
        for key, row in getattr(config, name).items():
            if not _NAME.fullmatch(key):
                yield _problem(f"{name} has a row “{key}”", "name it in lower-case letters, figures and hyphens")
            yield from _row_problems(f"{name}[{key!r}]", row, row_class, complete=key in CLASSES)
    folder_names = {field.name for field in fields(Folders)} - {"root"}
    for name in sorted(config.variorum_folders.keys() - folder_names):
        yield _problem(f"variorum_folders has “{name}”, which is no folder", f"use {', '.join(sorted(folder_names))}")
    yield from _setting_problems(config)
    yield from _row_problems("variorum_imprint", config.variorum_imprint, Imprint, complete=True)
    for name in ("variorum_folders", "variorum_signs", "variorum_subjects", "variorum_faces"):
        for key, word in getattr(config, name).items():
            if not isinstance(word, str) or not word:
                yield _problem(f"{name}[{key!r}] is {word!r}", "write words")


def _setting_problems(config: Config) -> Iterator[Problem]:
    """Yield single values that the edition cannot be built with."""
    if config.smartquotes:
        yield _problem("smartquotes changes marks after the texts are compared", "write smartquotes = False")
    if config.variorum_rights not in {"everything", "public"}:
        yield _problem(f"variorum_rights is “{config.variorum_rights}”", "write everything or public")


def _problem(what: str, remedy: str) -> Problem:
    return Problem("conf.py", 0, "config", what, remedy)


def _name_problems(config: Config) -> Iterator[Problem]:
    """Yield the names that are meant for this extension, and are none of its values."""
    known = [value.name for value in VALUES]
    for name in config._raw_config:  # noqa: SLF001 - a misspelt name is nowhere else
        if name.startswith("variorum_") and name not in known:
            near = get_close_matches(name, known, 1)
            yield _problem(f"“{name}” is no value", f"write {near[0]}" if near else "remove it")


def _type_problems(config: Config) -> Iterator[Problem]:
    """Yield the values that are of another type than their default; a list will do for a tuple."""
    for value in VALUES:
        said = config[value.name]
        types = (tuple, list) if value.types is tuple else value.types
        if not isinstance(said, types):
            yield _problem(f"{value.name} is {said!r}", f"write {_NAMES[value.types]}")


_NAMES = {dict: "a table: {…}", tuple: "a list: (…, …)", str: "words: “…”", bool: "True or False"}


def _row_problems(place: str, row: object, row_class: type, *, complete: bool) -> Iterator[Problem]:
    """Yield what is wrong with a row of a value that is a table; ``complete``: what it leaves out is known already."""
    if not isinstance(row, Mapping):
        yield _problem(f"{place} is {row!r}", "write a table: {…}")
        return
    known = {field.name: field for field in fields(row_class)}
    for name in sorted(row.keys() - known.keys()):
        yield _problem(f"{place} has “{name}”, which is no field", f"use {', '.join(sorted(known))}")
    for name, field in known.items():
        if name not in row:
            if field.default is MISSING and not complete:
                yield _problem(f"{place} has no “{name}”", "write it")
            continue
        said, choices, kind = row[name], get_args(field.type), cast("type", field.type)
        if choices and said not in choices:
            yield _problem(f"{place} has {said!r} for “{name}”", f"write one of {', '.join(choices)}")
        elif not choices and (not isinstance(said, kind) or said == ""):
            yield _problem(f"{place} has {said!r} for “{name}”", f"write {_NAMES[kind]}")


def check_config(_app: Sphinx, config: Config) -> None:
    """Report every wrong value of conf.py (event config-inited)."""
    tell(config_problems(config))


def setup(app: Sphinx) -> None:
    """Register every configuration value of the extension."""
    for value in VALUES:
        app.add_config_value(*value)
    app.connect("config-inited", check_config, priority=400)  # before the book's settings are made of them
