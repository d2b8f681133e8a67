"""Directives for what the build itself knows: registers, apparatus, index, figures, rules, what a map leaves out."""

from difflib import get_close_matches
from textwrap import shorten
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole

from variorum.config import DepartureClass, classes, folders
from variorum.doctree import elements, table
from variorum.domain import edition
from variorum.i18n import _
from variorum.nodes import apparatus_list, figures
from variorum.problems import EditionError, Problem
from variorum.text.tokens import SILENT_RULES
from variorum.text.witness import read_witness


def is_witness(env: BuildEnvironment, name: str, place: tuple[str, int]) -> bool:
    """Tell whether there is a witness of a name; report it at a place, file and line, where there is none."""
    where = folders(env)
    known = sorted(path.stem for path in (where.root / where.witnesses).glob("*.toml"))
    if name in known:
        return True
    near = get_close_matches(name, known, 1)
    remedy = f"write {near[0]}" if near else f"use {', '.join(known)}"
    path, line = place
    path = path.removeprefix(f"{env.srcdir}/")
    edition(env).here().problems.append(Problem(path, line, "text", f"“{name}” is no witness", remedy))
    return False


class ListDirective(SphinxDirective):
    """A list that is derived from the whole edition: its page is written again when the list changes."""

    place: type[nodes.Element] | None = None
    """Node that the list is filled in for when a format is written; its ``witness`` is the directive's argument."""

    def run(self) -> list[nodes.Node]:
        """Return the place to be filled."""
        edition(self.env).here().lists = True
        witness = self.arguments[0] if self.arguments else ""
        if self.place is None or (witness and not is_witness(self.env, witness, self.get_source_info())):
            return []
        return [self.place(witness=witness)]


class ApparatusDirective(ListDirective):
    """``{apparatus} first-letter`` prints every declared departure of a text from its witness."""

    required_arguments = 1
    place = apparatus_list


class FiguresDirective(ListDirective):
    """``{figures}`` prints a row a text: words, paragraphs, lines of the witness, departures by class, notes."""

    place = figures


class WordsRole(SphinxRole):
    """``{words}`first-letter` `` is the length of a text in words, as counted."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the place to be filled."""
        edition(self.env).here().lists = True
        known = is_witness(self.env, self.text.strip(), self.get_source_info())
        return [figures(witness=self.text.strip())] if known else [], []


def _where_shown(said: DepartureClass) -> str:
    """Return what a reader is told of where the departures of a class are shown."""
    if said.shown == "list":
        return _("Listed in the apparatus only.")
    if said.shown == "screen":
        return _("Marked in the web edition, and listed in the apparatus.")
    return _("Marked in the text, printed at the foot of the book’s page, and listed in the apparatus.")


class ClassesDirective(SphinxDirective):
    """``{classes}`` prints the classes of departure that the texts have, with their meaning and where they are shown.

    Its content may tell more of a class than conf.py does: a list of definitions whose terms are names of classes.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return a definition list; classes that no text has are taken out of it when a format is written."""
        edition(self.env).here().lists = True
        known, told = classes(self.config), self._told()
        for name, item in told.items():
            if name not in known:
                near = get_close_matches(name, known, 1)
                remedy = f"write {near[0]}" if near else f"use {', '.join(known)}"
                edition(self.env).report(item[0], "text", f"“{name}” is no class of departure", remedy)
        listing = nodes.definition_list()
        for name, said in known.items():
            meaning = nodes.definition("", nodes.paragraph("", _sentence(_(said.meaning))))
            if name in told:
                meaning = elements(told[name], nodes.definition)[0]
            last = (elements(meaning, nodes.paragraph) or [meaning])[-1]
            last += nodes.Text(f" {_where_shown(said)}")
            listing += nodes.definition_list_item("", nodes.term("", _(name)), meaning, departure_class=name)
        return [listing]

    def _told(self) -> dict[str, Any]:
        """Return the items of the content's list, each by the class of which it tells."""
        parsed = nodes.container("", *self.parse_content_to_nodes())
        return {item[0].astext(): item for item in elements(parsed, nodes.definition_list_item)}


def _sentence(words: str) -> str:
    """Return some words as a sentence."""
    return f"{words[:1].upper()}{words[1:]}."


class LeftOutDirective(SphinxDirective):
    """``{left-out} first-letter`` prints what the map of a witness leaves out, with the reason."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a table: lines, reason, words."""
        name, where = self.arguments[0], folders(self.env)
        if not is_witness(self.env, name, self.get_source_info()):
            return []
        self.env.note_dependency(where.map(name))
        self.env.note_dependency(where.witness(name))
        try:
            witness = read_witness(where, name)
        except EditionError:
            return []  # the text reports it
        rows = [
            (f"{p.first}–{p.last}" if p.last > p.first else f"{p.first}", p.out, shorten(words, 120, placeholder=" …"))
            for p, words in witness.left_out()
        ]
        heads = (_("Lines"), _("Reason"), _("Words"))
        if not rows:
            return [nodes.paragraph("", _("None."))]
        made = table(heads, rows, (16, 36, 48))
        made["witness"] = name  # whose words a build that is published may have to leave out
        return [made]


class SilentRulesDirective(SphinxDirective):
    """``{silent-rules}`` prints the differences from a witness that are no departures."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        items = []
        for name, rule in SILENT_RULES.items():
            definition = nodes.definition("", nodes.paragraph("", _(rule)))
            items.append(nodes.definition_list_item("", nodes.term("", _(name).capitalize()), definition))
        return [nodes.definition_list("", *items)]
