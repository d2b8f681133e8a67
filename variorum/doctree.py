"""Ways through a docutils tree, and small changes to it."""

from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes


def elements(tree: nodes.Node, *classes: type[nodes.Node]) -> list[Any]:
    """Return the nodes of some classes, in order, before the tree is changed."""
    return [node for node in tree.findall() if isinstance(node, classes)]


def put_after(node: nodes.Element, made: nodes.Node) -> None:
    """Insert a node behind another."""
    node.parent.insert(node.parent.index(node) + 1, made)


def front_matter(document: nodes.document) -> dict[str, str]:
    """Return the fields of a document's front matter; before priority 340 they are still the list that MyST made."""
    first = next(iter(document.children), None)
    fields = first.findall(nodes.field) if isinstance(first, nodes.field_list) else ()
    return {field[0].astext(): field[1].astext() for field in fields}


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
