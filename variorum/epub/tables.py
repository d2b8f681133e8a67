"""Tables of the editors for narrow pages: a list of rows, because a page of an e-book cannot be scrolled sideways.

A table of one or two columns stays as it is, and so does any table of a source, whose cells are collated.
"""

from docutils import nodes

from variorum.doctree import elements

NARROW = 2
"""So many columns fit on any page."""


def list_rows(document: nodes.document) -> None:
    """Make a list of every wide table of the editors: a row an item, its first cell the term, the others lines."""
    for table in elements(document, nodes.table):
        is_of_source = any("place" in element for element in table.findall(nodes.Element))
        columns = len(elements(table, nodes.colspec))
        if columns > NARROW and not is_of_source:
            titles = [nodes.paragraph("", "", *title.children) for title in elements(table, nodes.title)]
            table.parent.replace(table, [*titles, _listed(table)])


def _listed(table: nodes.table) -> nodes.definition_list:
    heads = [
        _words(cell) for row in elements(next(table.findall(nodes.thead), nodes.thead()), nodes.row) for cell in row
    ]
    listing = nodes.definition_list(classes=["rows"], ids=table["ids"])
    for row in elements(next(table.findall(nodes.tbody)), nodes.row):
        first, *others = row.children
        definition = nodes.definition()
        for number, cell in enumerate(others, start=1):
            if not cell.astext().strip():
                continue
            head = heads[number] if number < len(heads) else []
            label = [nodes.emphasis("", "", *[child.deepcopy() for child in head]), nodes.Text(": ")] if head else []
            definition += nodes.paragraph("", "", *label, *_words(cell))
        listing += nodes.definition_list_item("", nodes.term("", "", *_words(first)), definition, ids=row["ids"])
    return listing


def _words(cell: nodes.Element) -> list[nodes.Node]:
    """Return the inline contents of a cell; its paragraphs run on."""
    words: list[nodes.Node] = []
    for block in cell.children:
        inside = block.children if isinstance(block, nodes.TextElement) else [nodes.Text(block.astext())]
        words += [*([nodes.Text(" ")] if words else []), *inside]
    return words
