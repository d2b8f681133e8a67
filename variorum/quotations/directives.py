"""The directive that prints what is declared of shared words, and the places that are compared."""

from docutils import nodes
from docutils.statemachine import StringList

from variorum.config import folders
from variorum.nodes import comparison_list
from variorum.problems import EditionError
from variorum.quotations.declared import NAME, Entry, read_quotations
from variorum.reading.directives import ListDirective


class QuotationsDirective(ListDirective):
    """``{quotations}`` prints the entries of ``commentary/quotations.toml``, each with its passages compared."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list, one item an entry."""
        super().run()
        where = folders(self.env)
        path = where.data(NAME)
        self.env.note_dependency(path)
        try:
            entries = read_quotations(where)
        except EditionError:
            return []  # reported when the shared words are sought
        items = [self._item(entry, path) for entry in entries]
        return [nodes.definition_list("", *items, classes=["quotations"])] if items else []

    def _item(self, entry: Entry, path: str) -> nodes.definition_list_item:
        term = nodes.term("", entry.headword, ids=[entry.anchor])
        self.state.document.ids[entry.anchor] = term
        definition = nodes.definition()
        lines = entry.source.strip().splitlines()
        content = StringList(lines, items=[(path, entry.line)] * len(lines))
        self.state.nested_parse(content, self.content_offset, definition)
        definition += comparison_list(key=entry.key)
        return nodes.definition_list_item("", term, definition)
