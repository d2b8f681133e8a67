"""The bibliography's style, and round brackets for citations."""

from dataclasses import dataclass, field
from typing import Any

from pybtex.plugin import register_plugin as register_style
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.template import Node, field as bib_field, first_of, href, join, names, optional, sentence, tag, words
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")")


@dataclass
class RoundStyle(AuthorYearReferenceStyle):
    """Author and year in round brackets."""

    bracket_parenthetical: BracketStyle = field(default_factory=_round)
    bracket_textual: BracketStyle = field(default_factory=_round)
    bracket_author: BracketStyle = field(default_factory=_round)
    bracket_label: BracketStyle = field(default_factory=_round)
    bracket_year: BracketStyle = field(default_factory=_round)


def _persons(role: str, before: str = "", after: str = "") -> Node:
    return join[before, names(role, sep=", ", sep2=" and ", last_sep=" and "), after]


class HumanitiesStyle(Unsrt):
    """Author, *Title*, ed. X, trans. Y (Place: Publisher, year), pages, address; sorted by author and year."""

    default_sorting_style = "author_year_title"
    default_name_style = "lastfirst"

    def _responsible(self) -> Node:
        return first_of[
            optional[_persons("author")],
            optional[_persons("editor", after=" (ed.)")],
            optional[bib_field("organization")],
            "",
        ]

    def _others(self, entry: Any) -> list[Node]:  # noqa: ANN401 - pybtex has no types
        roles = [("editor", "ed. ")] if entry.persons.get("author") else []
        return [
            _persons(role, before) for role, before in [*roles, ("translator", "trans. ")] if entry.persons.get(role)
        ]

    def _imprint(self) -> Node:
        place = join(sep=": ")[optional[bib_field("address")], optional[bib_field("publisher")]]
        return join["(", join(sep=", ")[place, optional[bib_field("year")]], ")"]

    def _tail(self) -> list[Node]:
        return [
            optional[join["vol. ", bib_field("volume")]],
            optional[words[bib_field("pages")]],
            optional[bib_field("note")],
            optional[href[bib_field("url", raw=True), bib_field("url", raw=True)]],
        ]

    def _whole(self, entry: Any, title: Node, *container: Node) -> Node:  # noqa: ANN401
        return sentence(sep=", ")[
            self._responsible(), title, *container, *self._others(entry), self._imprint(), *self._tail()
        ]

    def get_book_template(self, e: Any) -> Node:  # noqa: ANN401
        """Format a book."""
        return self._whole(e, tag("em")[bib_field("title")], optional[bib_field("series")])

    def get_misc_template(self, e: Any) -> Node:  # noqa: ANN401
        """Format a web page, typescript or the like."""
        return self._whole(e, _quoted(), optional[bib_field("howpublished")])

    def get_article_template(self, e: Any) -> Node:  # noqa: ANN401
        """Format an article."""
        number = join["no. ", bib_field("number")]
        return self._whole(e, _quoted(), tag("em")[bib_field("journal")], optional[number])

    def get_incollection_template(self, e: Any) -> Node:  # noqa: ANN401
        """Format a chapter."""
        return self._whole(e, _quoted(), join["in ", tag("em")[bib_field("booktitle")]])

    get_inbook_template = get_inproceedings_template = get_incollection_template
    get_online_template = get_unpublished_template = get_techreport_template = get_misc_template
    get_phdthesis_template = get_mastersthesis_template = get_manual_template = get_booklet_template = get_book_template
    get_collection_template = get_proceedings_template = get_book_template


def _quoted() -> Node:
    return join["‘", bib_field("title"), "’"]


def register() -> None:
    """Make the two styles known to sphinxcontrib-bibtex and pybtex."""
    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", RoundStyle)
    register_style("pybtex.style.formatting", "humanities", HumanitiesStyle)
