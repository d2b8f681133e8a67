"""What keeps together at the end of a document, a list or a table, so that no page has a few lines alone."""

from docutils import nodes as base
from sphinx import addnodes
from sphinx.util.nodes import traverse_parent

from variorum.doctree import elements

LIST_ITEMS = (base.definition_list_item, base.list_item)
WHOLE = 30
"""A table of no more rows is kept on one page by Sphinx."""
LAST_ROWS = 3
"""So many rows at the end of a table are held to the row before them."""


def keep_ends(document: base.document, boxes: tuple[type, ...]) -> None:
    """Hold the last paragraph of a document together, and to what precedes it: no page has fewer than five lines.

    So is the last item of a list held to the one before it. A paragraph in one of ``boxes`` is none of the flow.
    """
    for start in elements(document, addnodes.start_of_file):
        blocks = [block for block in elements(start, base.paragraph) if not list(traverse_parent(block.parent, boxes))]
        last = blocks[-1] if blocks else None
        if last is not None and isinstance(last.parent, (base.section, base.block_quote, base.list_item)):
            last.append(raw(r"\EdLast{}"))
            if isinstance(last.parent, base.section) and not isinstance(last.previous_sibling(), base.title):
                last.parent.insert(last.parent.index(last), raw(r"\nopagebreak"))
        items = list(traverse_parent(last, LIST_ITEMS)) if last is not None else []
        if items and items[-1].parent.index(items[-1]):
            items[-1].parent.insert(items[-1].parent.index(items[-1]), raw(r"\EdKeep{}"))


def keep_last_rows(document: base.document) -> None:
    """Hold the last rows of every table that may go over a page together, so that none begins a page alone."""
    for body in elements(document, base.tbody):
        rows = elements(body, base.row)
        if len(rows) > WHOLE:
            for row in rows[-LAST_ROWS:]:
                body.insert(body.index(row), raw(r"\nopagebreak"))


def raw(latex: str) -> base.raw:
    """Return LaTeX as it stands."""
    return base.raw("", latex, format="latex")
