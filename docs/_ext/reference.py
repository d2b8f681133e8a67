"""Directives that make the reference from the code: its table of values, its docstrings, its messages."""

from itertools import groupby

from docutils import nodes
from docutils.parsers.rst import directives, roles
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from told import Message, messages

from variorum.config import VALUES

ROOMS = {
    "": "Configuration, links and files",
    "reading": "Texts and notes",
    "text": "Witnesses, maps and the apparatus",
    "whole": "The edition as a whole",
    "registers": "Registers",
    "citations": "Bibliography and citations",
    "quotations": "Quotations",
    "pictures": "Data of pictures",
    "writing": "What a format changed",
    "book": "The book",
    "web": "The web edition",
}
"""The folders of the package that tell messages, in the order in which an editor meets them, each with its heading."""


class ValuesDirective(SphinxDirective):
    """``{variorum-values}`` prints every configuration value with its default and meaning."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        items = []
        for value in sorted(VALUES, key=lambda value: value.name):
            term = nodes.term("", "", nodes.literal("", value.name), nodes.Text(f" (default: {value.default!r})"))
            meaning = nodes.definition("", nodes.paragraph("", value.meaning))
            items.append(nodes.definition_list_item("", term, meaning))
        return [nodes.definition_list("", *items)]


class MarkupDirective(SphinxDirective):
    """``{variorum-markup}`` prints the first paragraph of the docstring of each directive and role of the package."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        found = {name: type(one) if not isinstance(one, type) else one for name, one in _registered()}
        items = []
        for name, one in sorted(found.items()):
            told = " ".join((one.__doc__ or "").partition("\n\n")[0].split())
            term = nodes.term("", "", nodes.literal("", f"{{{name}}}"))
            items.append(nodes.definition_list_item("", term, nodes.definition("", *self._parsed(told))))
        return [nodes.definition_list("", *items)]

    def _parsed(self, told: str) -> list[nodes.Node]:
        return self.parse_text_to_nodes(told)


class MessagesDirective(SphinxDirective):
    """``{variorum-messages}`` prints every message of the package and its remedy, by what they are about."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each folder of the package that tells messages."""
        found = messages()
        unknown = {message.room for message in found} - ROOMS.keys()
        if unknown:
            raise self.error(f"ROOMS in docs/_ext/reference.py has no heading for {', '.join(sorted(unknown))}")
        sections = []
        for room, heading in ROOMS.items():
            section = nodes.section("", nodes.title("", heading), ids=[nodes.make_id(heading)])
            section += self._table([message for message in found if message.room == room])
            sections.append(section)
        return sections

    def _table(self, found: list[Message]) -> nodes.Node:
        """Return the messages of a folder with what to do; one that is told in several cases has all its remedies."""
        items = []
        for what, told in groupby(found, key=lambda message: message.what):
            remedies = [nodes.paragraph("", message.remedy) for message in told]
            items.append(nodes.definition_list_item("", nodes.term("", what), nodes.definition("", *remedies)))
        return nodes.definition_list("", *items)


def _registered() -> list[tuple[str, object]]:
    known = [*directives._directives.items(), *roles._roles.items()]  # noqa: SLF001 - docutils has no other list
    return [(name, one) for name, one in known if _module(one).startswith("variorum")]


def _module(one: object) -> str:
    return one.__module__ if isinstance(one, type) else type(one).__module__


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("variorum-values", ValuesDirective)
    app.add_directive("variorum-markup", MarkupDirective)
    app.add_directive("variorum-messages", MessagesDirective)
