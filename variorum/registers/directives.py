"""Directives that print a register, and the index of all of them."""

from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList

from variorum.config import folders, registers
from variorum.doctree import elements
from variorum.domain import edition
from variorum.i18n import _
from variorum.nodes import general_index, mention_list
from variorum.problems import EditionError
from variorum.reading.directives import ListDirective
from variorum.reading.included import TELL_FILE
from variorum.registers.entries import Entry, addresses_of, read_register
from variorum.text.witness import sigla


class RegisterDirective(ListDirective):
    """``{register} persons`` prints the entries of its TOML file with the passages that name each."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a definition list, one item an entry."""
        (name,) = self.arguments
        where, known = folders(self.env), registers(self.config)
        if name not in known:
            what = f"“{name}” is no register"
            edition(self.env).report_line(self.lineno, "register", what, f"use {', '.join(known)}")
            return []
        path = where.data(name)
        self.env.note_dependency(path)
        try:
            entries = read_register(where, name, known[name], set(sigla(where).values()))
        except EditionError:
            entries = []  # reported when the mentions are sought
        items = [self._item(entry, path, {e.key: e for e in entries}) for entry in entries]
        return [*super().run(), *([nodes.definition_list("", *items, classes=["register"])] if items else [])]

    def _item(self, entry: Entry, path: str, others: dict[str, Entry]) -> nodes.definition_list_item:
        ident = entry.anchor
        term = nodes.term("", f"{entry.dates}: {entry.headword}" if entry.when else entry.headword, ids=[ident])
        self.state.document.ids[ident] = term
        if entry.dates and not entry.when:
            term += nodes.inline("", f" ({entry.dates})", classes=["dates"])
        definition = nodes.definition()
        lines = entry.life.strip().splitlines()
        content = StringList(lines, items=[(path, entry.life_line)] * len(lines))
        # MyST counts the lines of what it is given, from the directive on
        offset = entry.life_line - self.lineno - 1
        with TELL_FILE.within(path, offset):
            self.state.nested_parse(content, self.content_offset, definition)
        for node in elements(definition, nodes.Element):
            if node.line:  # what is wrong with a life is told of its own file
                node.source, node.line = str(Path(self.env.srcdir, path)), node.line + offset
        forms = dict.fromkeys(form.rpartition(": ")[2] for form in entry.forms)
        facts: list[nodes.Node] = [nodes.inline("", _("In the texts: %s. ") % ", ".join(forms))] if forms else []
        for other in entry.see:
            link = nodes.reference("", others[other].headword, internal=True, refid=others[other].anchor)
            facts += [nodes.Text(_("See also") + " "), link, nodes.Text(". ")]
        for name, address in addresses_of(entry).items():
            facts += [nodes.reference("", name, refuri=address), nodes.Text(". ")]
        if facts:
            definition += nodes.paragraph("", "", *facts, classes=["facts"])
        definition += mention_list(register=entry.register, key=entry.key)
        return nodes.definition_list_item("", term, definition)


class IndexDirective(ListDirective):
    """``{general-index}`` prints every entry of the registers with the locators of the passages that name it."""

    place = general_index
