"""Tables on the printed page: widths of columns by what stands in them, type that shrinks where there are many.

Sphinx would leave the widths to LaTeX, which measures each cell by setting it once more: that fails on cells with
locators, and from six columns on.
"""

from docutils import nodes

from variorum.doctree import elements

LONG = 40
"""A column of longer cells than this, in characters, asks for no more width: its lines break."""


def set_widths(document: nodes.document) -> None:
    """Give the columns of every table a width, and say how many there are."""
    for table in elements(document, nodes.table):
        columns = elements(table, nodes.colspec)
        if "colwidths-given" not in table["classes"]:
            for column, width in zip(columns, _widths(table, len(columns)), strict=True):
                column["colwidth"] = width
            table["classes"].append("colwidths-given")
        told = nodes.raw("", rf"\EdColumns{{{len(columns)}}}", format="latex")
        table.parent.insert(table.parent.index(table), told)


def _widths(table: nodes.table, count: int) -> list[int]:
    """Return a width for each column: its longest word has to fit, and its usual cell, unless that is long."""
    cells: list[list[str]] = [[] for _column in range(count)]
    for row in elements(table, nodes.row):
        for number, cell in enumerate(row.children[:count]):
            cells[number].append(cell.astext())
    made = []
    for column in cells:
        longest_word = max((len(word) for words in column for word in words.split()), default=1)
        usual = sum(map(len, column)) // max(len(column), 1)
        made.append(max(longest_word, min(usual, LONG), 1))
    return made
