"""Verse and hard breaks: one tree for every way in which an editor types them."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.transforms import SphinxTransform

from variorum.doctree import elements
from variorum.nodes import line_break, verse_line

Line = tuple[int, list[nodes.Node]]
"""How many steps a line is set in, and what stands in it."""
#: One of these at the beginning of a line sets it in by a step: Markdown drops plain spaces there.
_STEP = "\u2003"
#: Every which line has its number printed, where numbers are asked for.
_NUMBERED = 5


class SetVerse(SphinxTransform):
    """Make stanzas of lines, and breaks of hard breaks.

    Verse is a paragraph of the class ``verse`` with a hard break (a backslash) after each line but the last, and
    ``&emsp;`` before a line for each step that it is set in; or ``{line-block}``, with spaces before such a line and an
    empty line between stanzas; or reStructuredText's line block. With the class ``numbered`` each fifth line has its
    number; numbers go on from stanza to stanza until something else comes between.

    Priority 267: before paragraphs are numbered (270), as each stanza is one.
    """

    default_priority = 267

    def apply(self) -> None:
        """Go through the document, whatever it is: notes and pages of the commentary quote verse too."""
        for raw in elements(self.document, nodes.raw):
            if _is_hard_break(raw):
                latex = raw.next_node(descend=False, siblings=True)
                raw.parent.remove(latex)
                raw.parent.replace(raw, [line_break(), nodes.Text("\n")])
        for paragraph in elements(self.document, nodes.paragraph):
            if "verse" in paragraph["classes"]:
                paragraph[:] = _stanza(list(_lines_of(paragraph)))
        for block in elements(self.document, nodes.line_block):
            if not isinstance(block.parent, nodes.line_block):
                block.parent.replace(block, list(_stanzas(block)))
        self._number()

    def _number(self) -> None:
        """Give its number to each fifth line of the stanzas that ask for numbers."""
        before = None
        count = 0
        for paragraph in elements(self.document, nodes.paragraph):
            if not {"verse", "numbered"} <= set(paragraph["classes"]):
                continue
            if before is None or before.next_node(descend=False, siblings=True) is not paragraph:
                count = 0
            for line in elements(paragraph, verse_line):
                count += 1
                line["number"] = 0 if count % _NUMBERED else count
            before = paragraph


def _is_hard_break(raw: nodes.raw) -> bool:
    """Tell whether a node is the first of the two that MyST makes of a hard break, one for HTML and one for LaTeX."""
    if raw["format"] != "html" or raw.astext().strip() != "<br />":
        return False
    after = raw.next_node(descend=False, siblings=True)
    return isinstance(after, nodes.raw) and after["format"] == "latex" and after.astext().strip() == r"\\"


def _lines_of(paragraph: nodes.Element) -> Iterator[Line]:
    """Yield the lines of a paragraph; the step marks before a line become its indent."""
    for children in _parted(paragraph):
        indent = 0
        first = next((text for child in children for text in child.findall(nodes.Text)), None)
        if first is not None:
            words = first.lstrip(" ")
            indent = len(words) - len(words.lstrip(_STEP))
            trimmed = nodes.Text(words.lstrip(_STEP))
            if first in children:
                children[children.index(first)] = trimmed
            else:
                first.parent.replace(first, trimmed)
        yield indent, children


def _parted(node: nodes.Element) -> list[list[nodes.Node]]:
    """Return the children of a node by line; emphasis that goes over a break is closed before it and opened after."""
    lines: list[list[nodes.Node]] = [[]]
    before = None
    for child in node.children:
        is_line_end = isinstance(before, line_break)
        before = child
        if is_line_end:
            continue  # the text that follows a break
        if isinstance(child, line_break):
            lines.append([])
        elif isinstance(child, nodes.Element) and elements(child, line_break):
            for number, children in enumerate(_parted(child)):
                piece = child.copy()
                if number:
                    piece["ids"] = []
                    lines.append([])
                piece.extend(children)
                lines[-1].append(piece)
        else:
            lines[-1].append(child)
    return lines


def _stanzas(block: nodes.line_block) -> Iterator[nodes.paragraph]:
    """Yield the stanzas of a line block: an empty line parts them."""
    lines: list[Line] = []
    for indent, line in [*_lines_in(block, 0), (0, None)]:
        if line is not None and line.children:
            lines.append((indent, line.children))
        elif lines:
            paragraph = nodes.paragraph("", "", *_stanza(lines), classes=[*dict.fromkeys(["verse", *block["classes"]])])
            paragraph.source, paragraph.line = block.source, _line_number(block)
            yield paragraph
            lines = []


def _line_number(block: nodes.line_block) -> int | None:
    """Return the line of a block in its file; where it has none, that of the first thing in it that has."""
    return next((node.line for node in block.findall(nodes.Element) if node.line), None)


def _lines_in(block: nodes.line_block, depth: int) -> Iterator[tuple[int, nodes.line | None]]:
    """Yield the lines of a block, each with how deep it is nested."""
    for child in block.children:
        if isinstance(child, nodes.line_block):
            yield from _lines_in(child, depth + 1)
        elif isinstance(child, nodes.line):
            yield depth, child


def _stanza(lines: list[Line]) -> list[nodes.Node]:
    """Return the children of a stanza."""
    made: list[nodes.Node] = []
    for indent, children in lines:
        if made:
            made.append(nodes.Text("\n"))
        made.append(verse_line("", "", *children, indent=indent, number=0))
    return made
