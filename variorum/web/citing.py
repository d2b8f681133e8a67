"""How a place of the edition is cited: whose words it has, and in which forms a reader or a programme takes them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from docutils import nodes
from pybtex.database import Person
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex.domain import BibtexDomain

from variorum.archive import NO_DATE, build_time
from variorum.citations.latex import plain
from variorum.config import folders
from variorum.i18n import tag
from variorum.web.translator import TEMPLATES

FORMS = {
    "Citation": "citing.txt",
    "BibTeX": "citing-bibtex.bib",
    "BibLaTeX": "citing-biblatex.bib",
    "RIS": "citing.ris",
    "CSL-JSON": "citing.json",
}
"""Form of a citation -> its template."""
EDITORS = "editors"
"""The hand of whatever the editors wrote, in a page of a text too."""

Name = dict[str, str]
"""A name as CSL has it: ``family`` and ``given``, or ``literal``."""


@dataclass(frozen=True)
class Hand:
    """Whose words a stretch of a page has."""

    authors: tuple[Name, ...]
    title: str
    date: str = ""
    """In the words of the source: ``early 1820``."""

    @property
    def year(self) -> str:
        """Return the year that the date names."""
        return year_in(self.date)


def year_in(date: str) -> str:
    """Return the first year that a date in words names."""
    found = re.search(r"\b\d{4}\b", date)
    return found[0] if found else ""


def year_of_edition(config: Config) -> str:
    """Return the year in which the edition is published: that of its copyright, else that of the build."""
    notice = config.copyright if isinstance(config.copyright, str) else " ".join(config.copyright or ())
    years = re.findall(r"\b\d{4}\b", notice)
    if years:
        return str(years[-1])
    return str(1970 + build_time() // 31_556_952) if build_time() != NO_DATE else ""


def spoken(name: Name) -> str:
    """Return a name as it is spoken: Ada Lovelace."""
    return name.get("literal") or f"{name['given']} {name['family']}"


def sorted_name(name: Name) -> str:
    """Return a name as a list sorts it: Lovelace, Ada."""
    return name.get("literal") or f"{name['family']}, {name['given']}"


def known_names(app: Sphinx) -> dict[str, Name]:
    """Return every name in the bibliography, by how it is spoken; it tells a person from a body or a pseudonym."""
    entries = cast("BibtexDomain", app.env.get_domain("cite")).bibdata.data.entries
    persons = [person for entry in entries.values() for role in entry.persons.values() for person in role]
    return {spoken(name): name for name in map(_name_of, persons)}


def _name_of(person: Person) -> Name:
    given = " ".join(person.first_names + person.middle_names)
    family = " ".join(person.prelast_names + person.last_names)
    family, given = (plain(part) for part in (family, given))
    return {"family": family, "given": given} if given else {"literal": family}


def _names(written: str, known: dict[str, Name]) -> tuple[Name, ...]:
    """Return the names of a front matter, parted by semicolons.

    ``Lovelace, Ada`` is a person; of other names the bibliography tells, and one that it lacks stands as it is.
    """
    found = []
    for name in filter(None, written.split("; ")):
        family, comma, given = name.partition(", ")
        found.append({"family": family, "given": given} if comma else known.get(name, {"literal": name}))
    return tuple(found)


def hands_of(app: Sphinx, docname: str, doctree: nodes.document | None) -> dict[str, Hand]:
    """Return the hands of a page by number of section, ``""`` for all others, ``editors`` for the editors' words.

    A text says whose it is in its front matter (``author``, ``date``); a piece that names no author is cited as the
    whole. Where sections of one file have hands of their own, ``hands`` lists them by number:
    ``hands: {"1": {author: "Lovelace, Ada", date: "1843"}}``; their titles are their headings.
    """
    meta = app.env.metadata.get(docname, {})
    title = str(app.env.titles[docname].astext()) if docname in app.env.titles else app.config.project
    editors = Hand(({"literal": app.config.author},), title)
    if "siglum" not in meta:
        return {"": editors, EDITORS: editors}
    sections = {number: _names(hand.get("author", ""), {}) for number, hand in sections_of(meta).items()}
    known = known_names(app) | {spoken(name): name for names in sections.values() for name in names}
    whole = app.env.metadata.get(folders(app.env).document(meta["witness"]), meta)
    cited = meta if meta.get("author") else whole
    hands = {
        "": Hand(_names(cited.get("author", ""), known), cited.get("title", title), cited.get("date", "")),
        EDITORS: editors,
    }
    headings = dict(_headings(doctree)) if doctree else {}
    for number, hand in sections_of(meta).items():
        heading = hand.get("title") or headings.get(number, title)
        hands[number] = Hand(sections[number], heading, str(hand.get("date", "")))
    return hands


def sections_of(meta: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the field ``hands`` of a front matter, which MyST keeps as JSON."""
    return dict(json.loads(meta["hands"])) if "hands" in meta else {}


def _headings(doctree: nodes.document) -> Iterable[tuple[str, str]]:
    """Yield the number of each section of a text with its first heading."""
    for title in reversed(list(doctree.findall(nodes.title))):
        if "place" in title:
            yield title["place"].partition(".")[0], " ".join(title.astext().split())


def forms_of(app: Sphinx, docname: str, hand: Hand, *, titled: bool, version: str = "") -> dict[str, str]:
    """Return a citation in every form; ``{place}``, ``{anchor}``, ``{url}`` and ``{title}`` are for the script.

    ``titled``: the place has a title of its own, such as an entry of a register. ``version``: what stands for the
    number of a version that the script chooses, its ``{year}`` with it; else both are those of this version.
    """
    year = year_of_edition(app.config)
    meta = app.env.metadata.get(docname, {})
    told = {
        "config": app.config,
        "language": tag(app.config.language),
        "key": f"{meta.get('witness') or docname.rpartition('/')[2]}-{{anchor}}",
        "hand": hand,
        # the locator is in the title: some styles print no pages of a part of a book
        "title": "{title}" if titled else f"{hand.title}, {{place}}",
        "names": [spoken(name) for name in hand.authors],
        "sorted_names": [sorted_name(name) for name in hand.authors],
        "bibtex_names": " and ".join(_in_bibtex(name) for name in hand.authors),
        "version": version or app.config.version,
        "year": "{year}" if version and year else year,
        "untitled": hand.title,
        "titled": titled,
    }
    return {form: TEMPLATES.get_template(name).render(told) for form, name in FORMS.items()}


def _in_bibtex(name: Name) -> str:
    return f"{{{name['literal']}}}" if "literal" in name else sorted_name(name)


def citing(app: Sphinx, docname: str, url: str, hands: dict[str, Hand]) -> str:
    """Return what the page's script needs for citing, as JSON."""
    forms = {number: forms_of(app, docname, hand, titled=number == EDITORS) for number, hand in hands.items()}
    if forms[""] == forms[EDITORS]:
        del forms[""]
    return json.dumps({"url": url, "hands": forms}, ensure_ascii=False).replace("<", "\\u003c")
