"""Directives for what the build itself knows: registers, apparatus, index, figures, silent rules, what a map leaves out."""

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from variorum.domain import edition
from variorum.nodes import apparatus_list, figures, general_index, mention_list
from variorum.problems import EditionError
from variorum.registers import AUTHORITIES, Entry, read_register
from variorum.tokens import SILENT_RULES
from variorum.witness import read_witness


class RegisterDirective(SphinxDirective):
    """``{register} persons`` prints the entries of commentary/persons.toml with the passages that name each."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a definition list, one item an entry."""
        name = self.arguments[0]
        path = f"commentary/{name}.toml"
        self.env.note_dependency(path)
        here = edition(self.env).here()
        here.lists = True
        try:
            entries = read_register(Path(self.env.srcdir), name)
        except EditionError:
            return []  # reported when the mentions are sought
        listing = nodes.definition_list(classes=["register"])
        for entry in entries:
            listing += self._item(entry, path, {e.key: e for e in entries})
        return [listing] if entries else []

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
        facts = []
        if variants := [form.rpartition(": ")[2] for form in entry.forms]:
            facts.append(nodes.inline("", f"In the texts: {', '.join(dict.fromkeys(variants))}. "))
        for other in entry.see:
            facts += [
                nodes.Text("See also "),
                _anchor(others[other].headword, f"#{entry.register}-{other}"),
                nodes.Text(". "),
            ]
        for key, (name, address) in AUTHORITIES.items():
            if identifier := getattr(entry, key):
                facts += [_anchor(f"{name} {identifier}", address.format(identifier)), nodes.Text(". ")]
        if facts:
            definition += nodes.paragraph("", "", *facts, classes=["facts"])
        definition += mention_list(register=entry.register, key=entry.key)
        return nodes.definition_list_item("", term, definition)


def _anchor(words: str, uri: str) -> nodes.reference:
    if uri.startswith("#"):
        return nodes.reference("", words, internal=True, refid=uri[1:])
    return nodes.reference("", words, refuri=uri)


class ApparatusDirective(SphinxDirective):
    """``{apparatus} stalin-1926`` prints every declared departure of a text from its witness."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place to be filled."""
        edition(self.env).here().lists = True
        return [apparatus_list(witness=self.arguments[0])]


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
            (
                f"{piece.first}–{piece.last}" if piece.last > piece.first else str(piece.first),
                piece.out,
                _clipped(words),
            )
            for piece, words in witness.left_out()
        ]
        return [table(("Lines", "Reason", "Words"), rows, (16, 36, 48))]


def _clipped(words: str, most: int = 120) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


class SilentRulesDirective(SphinxDirective):
    """``{silent-rules}`` prints the differences from a witness that are no departures."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list."""
        items = [
            nodes.definition_list_item(
                "", nodes.term("", name.capitalize()), nodes.definition("", nodes.paragraph("", rule))
            )
            for name, rule in SILENT_RULES
        ]
        return [nodes.definition_list("", *items)]


class FiguresDirective(SphinxDirective):
    """``{figures}`` prints a row a text: words, paragraphs, lines of the witness, departures by class, notes."""

    def run(self) -> list[nodes.Node]:
        """Return the place to be filled."""
        edition(self.env).here().lists = True
        return [figures()]


class IndexDirective(SphinxDirective):
    """``{general-index}`` prints every entry of the registers with the locators of the passages that name it."""

    def run(self) -> list[nodes.Node]:
        """Return the place to be filled."""
        edition(self.env).here().lists = True
        return [general_index()]


class BibliographyMark(SphinxDirective):
    """``{cited-by}`` says that this page's bibliographies list the passages that cite each entry."""

    def run(self) -> list[nodes.Node]:
        """Return nothing; the page is written again when a citation changes."""
        edition(self.env).here().lists = True
        return []


def table(head: Iterable[str], rows: Iterable[Iterable[str]], widths: Iterable[int]) -> nodes.table:
    """Return a table of plain cells; ``widths`` in hundredths of the measure."""
    widths = list(widths)
    group = nodes.tgroup("", *(nodes.colspec(colwidth=w) for w in widths), cols=len(widths))
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=["colwidths-given"])


def _row(cells: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", cell)) for cell in cells))
