"""How a citation names a work in running text: (Carr, 1952, p. 20), Carr (1952), (PSS 42, p. 202)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pybtex.richtext import Text
from pybtex.style.template import Node
from pybtex.style.template import node as template
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BaseReferenceStyle
from sphinxcontrib.bibtex.style.template import join, reference

#: Role -> whether it puts brackets round the whole.
ROLES = {"p": True, "alp": False, "t": False, "author": False, "year": False}


@template  # type: ignore[untyped-decorator]
def short(_children: Any, data: Any, field: str) -> Text:
    """Return a short form of the entry, as `telling_apart` has made it."""
    return Text(data["entry"].fields[field])


@template  # type: ignore[untyped-decorator]
def beside(_children: Any, data: Any, which: str, before: str = "", after: str = "") -> Text:
    """Return the words that the editor gives before or after the key, if any."""
    words = getattr(data["reference_info"], which)
    return Text(before, words, after) if words else Text()


@dataclass
class EditionReferences(BaseReferenceStyle):
    """Names and year, or the shorthand, in round brackets; several works are parted by semicolons."""

    def role_names(self) -> Iterable[str]:
        """Return the names of the roles: ``{cite:p}`` and so on."""
        return ROLES

    def outer(self, role_name: str, children: list[Any]) -> Node:
        """Return all works of one citation, in brackets if the role has them."""
        works = join(sep="; ")[children]
        return join["(", works, ")"] if ROLES[role_name] else join[works]

    def inner(self, role_name: str) -> Node:
        """Return one work of a citation: a link to its entry, with the words before and after it."""
        who, year = short(field="cited-by"), short(field="cited-year")
        before = beside(which="pre_text", after=" ")
        if role_name == "author":
            return reference[who]
        if role_name == "year":
            return reference[year]
        if role_name == "t":
            after = beside(which="post_text", before=", ")
            return join[reference[who], " (", before, year, after, ")"]
        return join[before, reference[join(sep=", ")[who, year]], beside(which="post_text", before=", ")]


def register() -> None:
    """Make the style known to sphinxcontrib-bibtex."""
    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", EditionReferences)
