"""Directives for what the build itself knows: registers, apparatus, index, figures, rules, what a map leaves out."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from textwrap import shorten

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective, SphinxRole

from variorum.domain import edition
from variorum.nodes import apparatus_list, figures, general_index, mention_list
from variorum.problems import EditionError
from variorum.registers import AUTHORITIES, Entry, read_register
from variorum.tokens import SILENT_RULES
from variorum.witness import read_witness


class ListDirective(SphinxDirective):
    """A list that is derived from the whole edition: its page is written again when the list changes."""

    place: type[nodes.Element] | None = None
    """Node that the list is filled in for when a format is written; its ``witness`` is the directive's argument."""

    def run(self) -> list[nodes.Node]:
        """Return the place to be filled."""
        edition(self.env).here().lists = True
        return [self.place(witness="".join(self.arguments))] if self.place else []


class ApparatusDirective(ListDirective):
    """``{apparatus} stalin-1926`` prints every declared departure of a text from its witness."""

    required_arguments = 1
    place = apparatus_list


class FiguresDirective(ListDirective):
    """``{figures}`` prints a row a text: words, paragraphs, lines of the witness, departures by class, notes."""

    place = figures


class WordsRole(SphinxRole):
    """``{words}`stalin-1926` `` is the length of a text in words, as counted."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the place to be filled."""
        edition(self.env).here().lists = True
        return [figures(witness=self.text)], []


class IndexDirective(ListDirective):
    """``{general-index}`` prints every entry of the registers with the locators of the passages that name it."""

    place = general_index


class RegisterDirective(ListDirective):
    """``{register} persons`` prints the entries of commentary/persons.toml with the passages that name each."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a definition list, one item an entry."""
        (name,) = self.arguments
        path = f"commentary/{name}.toml"
        self.env.note_dependency(path)
        try:
            entries = read_register(Path(self.env.srcdir), name)
        except EditionError:
            entries = []  # reported when the mentions are sought
        items = [self._item(entry, path, {e.key: e for e in entries}) for entry in entries]
        return [*super().run(), *([nodes.definition_list("", *items, classes=["register"])] if items else [])]

    def _item(self, entry: Entry, path: str, others: dict[str, Entry]) -> nodes.definition_list_item:
        ident = f"{entry.register}-{entry.key}"
        term = nodes.term("", f"{entry.dates}: {entry.headword}" if entry.when else entry.headword, ids=[ident])
        self.state.document.ids[ident] = term
        if entry.dates and not entry.when:
            term += nodes.inline("", f" ({entry.dates})", classes=["dates"])
        definition = nodes.definition()
        lines = entry.life.strip().splitlines()
        content = StringList(lines, items=[(path, entry.line)] * len(lines))
        self.state.nested_parse(content, self.content_offset, definition)
        forms = dict.fromkeys(form.rpartition(": ")[2] for form in entry.forms)
        facts: list[nodes.Node] = [nodes.inline("", f"In the texts: {', '.join(forms)}. ")] if forms else []
        for other in entry.see:
            link = nodes.reference("", others[other].headword, internal=True, refid=f"{entry.register}-{other}")
            facts += [nodes.Text("See also "), link, nodes.Text(". ")]
        for key, (name, address) in AUTHORITIES.items():
            if identifier := getattr(entry, key):
                link = nodes.reference("", f"{name} {identifier}", refuri=address.format(identifier))
                facts += [link, nodes.Text(". ")]
        if facts:
            definition += nodes.paragraph("", "", *facts, classes=["facts"])
        definition += mention_list(register=entry.register, key=entry.key)
        return nodes.definition_list_item("", term, definition)


class LeftOutDirective(SphinxDirective):
    """``{left-out} stalin-1926`` prints what the map of a witness leaves out, with the reason."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a table: lines, reason, words."""
        name = self.arguments[0]
        for suffix in ("toml", "txt"):
            self.env.note_dependency(f"witnesses/{name}.{suffix}")
        try:
            witness = read_witness(Path(self.env.srcdir), name)
        except EditionError:
            return []  # the text reports it
        rows = [
            (f"{p.first}–{p.last}" if p.last > p.first else f"{p.first}", p.out, shorten(words, 120, placeholder=" …"))
            for p, words in witness.left_out()
        ]
        return [table(("Lines", "Reason", "Words"), rows, (16, 36, 48)) if rows else nodes.paragraph("", "None.")]


class SilentRulesDirective(SphinxDirective):
    """``{silent-rules}`` prints the differences from a witness that are no departures."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        rules = [(nodes.term("", name.capitalize()), nodes.paragraph("", rule)) for name, rule in SILENT_RULES.items()]
        items = [nodes.definition_list_item("", term, nodes.definition("", rule)) for term, rule in rules]
        return [nodes.definition_list("", *items)]


Cell = str | Sequence[nodes.Node]


def table(head: Iterable[str], rows: Iterable[Iterable[Cell]], widths: Sequence[int]) -> nodes.table:
    """Return a table; ``widths`` in hundredths of the measure."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=w) for w in widths), cols=len(widths))
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=["colwidths-given"])


def _row(cells: Iterable[Cell]) -> nodes.row:
    contents = ([nodes.Text(cell)] if isinstance(cell, str) else cell for cell in cells)
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *content)) for content in contents))
