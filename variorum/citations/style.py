"""The bibliography's style, and round brackets for citations."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pybtex.backends.plaintext import Backend as PlainText
from pybtex.plugin import register_plugin as register_style
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.sorting.author_year_title import SortingStyle
from pybtex.style.template import field as bib_field
from pybtex.style.template import first_of, href, join, names, optional, sentence, tag
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from variorum.sorting import sort_key


@dataclass
class RoundStyle(AuthorYearReferenceStyle):
    """Author and year in round brackets."""

    def __post_init__(self) -> None:
        """Make every bracket a round one."""
        for bracket in [value for value in vars(self).values() if isinstance(value, BracketStyle)]:
            bracket.left, bracket.right = "(", ")"
        AuthorYearReferenceStyle.__post_init__(self)


def _persons(role: str, before: str = "", after: str = "") -> Any:
    return join[before, names(role, sep=", ", sep2=" and ", last_sep=" and "), after]


def _maybe(name: str) -> Any:
    return optional[bib_field(name)]


QUOTED = join["‘", bib_field("title"), "’"]
RESPONSIBLE = (optional[_persons("author")], optional[_persons("editor", after=" (ed.)")], _maybe("organization"), "")
PUBLISHED = join(sep=", ")[join(sep=": ")[_maybe("address"), _maybe("publisher")], _maybe("dated")]
ADDRESS = optional[href[bib_field("url", raw=True), bib_field("url", raw=True)]]


def _curled(latex: str) -> str:
    """Return words of references.bib with the marks that print: a quotation within a title, apostrophes; no accents."""
    return re.sub(r"(?<!\\)'", "’", re.sub(r"(?<!\\)`([^`]*?)'(?!\w)", r"“\1”", latex))


def tell_apart(entries: Mapping[str, Any]) -> None:
    """Let a citation name one work, on paper too: a letter after a year, the title in place of a missing one.

    ``dated`` is what the bibliography prints for the year. Marks of quotation become those that print.
    """
    alike = defaultdict(list)
    for entry in entries.values():
        for field in entry.fields.keys() - {"url"}:
            entry.fields[field] = _curled(entry.fields[field])
        for person in (person for role in entry.persons.values() for person in role):
            person.last_names = [_curled(name) for name in person.last_names]
        persons = entry.persons.get("author") or entry.persons.get("editor") or ()
        names = [str(Text.from_latex(" ".join(person.last_names))) for person in persons]
        alike[(*(names or [entry.fields["title"]]), entry.fields.get("year", "n.d."))].append(entry)
    for (*_, year), works in alike.items():
        works.sort(key=lambda entry: sort_key(str(Text.from_latex(entry.fields["title"])).lstrip("“[")))
        for number, entry in enumerate(works):
            letter = f"{'a' * (number // 26)}{chr(ord('a') + number % 26)}" if len(works) > 1 and year != "n.d." else ""
            entry.fields["dated"] = entry.fields["year"] = year + letter
            if len(works) > 1 and not letter:
                entry.fields["year"] = f"‘{entry.fields['title']}’"


class PeoplesOrder(SortingStyle):
    """By author, editor, body or else title, then by year and title, as people sort: no braces, É with E."""

    def sorting_key(self, entry: Any) -> tuple[str, ...]:
        """Return what an entry is sorted by."""
        fields = entry.fields
        persons = self.persons_key(entry.persons.get("author") or entry.persons.get("editor") or ())  # type: ignore[no-untyped-call]
        parts = (persons or fields.get("organization", fields["title"]), fields.get("year", ""), fields["title"])
        name, year, title = (sort_key(str(Text.from_latex(part)).lstrip("“[")) for part in parts)
        return name, year[:4], title  # the letter is that of the title


class HumanitiesStyle(Unsrt):
    """Author, *Title*, ed. X, trans. Y (Place: Publisher, year), pages, address; sorted by author and year."""

    default_sorting_style: Any = "people"
    default_name_style: Any = "lastfirst"

    def _whole(self, entry: Any, title: Any, *container: Any) -> Any:
        roles = [("editor", "ed. ")] if entry.persons.get("author") else []
        others = [_persons(*role) for role in [*roles, ("translator", "trans. ")] if entry.persons.get(role[0])]
        tail = (optional[join["vol. ", bib_field("volume")]], _maybe("pages"), _maybe("note"), ADDRESS)
        published = join["(", PUBLISHED, ")"]
        return sentence(sep=", ")[first_of[RESPONSIBLE], title, *container, *others, published, *tail]

    def get_book_template(self, e: Any) -> Any:
        """Format a book."""
        return self._whole(e, tag("em")[bib_field("title")], _maybe("series"))

    def get_misc_template(self, e: Any) -> Any:
        """Format a web page, typescript or the like."""
        return self._whole(e, QUOTED, _maybe("howpublished"))

    def get_article_template(self, e: Any) -> Any:
        """Format an article."""
        number = optional[join["no. ", bib_field("number")]]
        return self._whole(e, QUOTED, tag("em")[bib_field("journal")], number)

    def get_incollection_template(self, e: Any) -> Any:
        """Format a chapter."""
        return self._whole(e, QUOTED, join["in ", tag("em")[bib_field("booktitle")]])


def register() -> None:
    """Make the two styles known to sphinxcontrib-bibtex and pybtex."""
    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", RoundStyle)
    register_style("pybtex.style.formatting", "humanities", HumanitiesStyle)
    register_style("pybtex.style.sorting", "people", PeoplesOrder)
    # every citation asks for this one, which else is sought in all that is installed
    register_style("pybtex.backends", "plaintext", PlainText, force=True)
