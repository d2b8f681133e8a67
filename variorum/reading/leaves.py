"""The first net: in an edited text nothing prints or speaks but what is collated, or declared to be the editors'."""

from collections.abc import Iterator
from difflib import get_close_matches

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from variorum.domain import edition
from variorum.nodes import call, line_break, locator, locator_end, verse_line
from variorum.reading.locators import is_numbered, is_ours

#: What holds blocks and prints nothing itself. A rule says no word; it stands for an ornament or a space.
STRUCTURE = frozenset(
    (
        nodes.block_quote,
        nodes.bullet_list,
        nodes.colspec,
        nodes.container,
        nodes.admonition,
        nodes.definition,
        nodes.definition_list,
        nodes.definition_list_item,
        nodes.entry,
        nodes.figure,
        nodes.legend,
        nodes.list_item,
        nodes.row,
        nodes.section,
        nodes.table,
        nodes.target,
        nodes.tbody,
        nodes.tgroup,
        nodes.thead,
        nodes.transition,
        nodes.comment,
        nodes.substitution_definition,
        nodes.system_message,
    )
)
#: What stands within a block: its words are collated.
INLINE = frozenset(
    (
        nodes.emphasis,
        nodes.inline,
        nodes.literal,
        nodes.reference,
        nodes.strong,
        nodes.subscript,
        nodes.superscript,
        nodes.target,
        addnodes.pending_xref,
        call,
        line_break,
        locator,
        locator_end,
        verse_line,
    )
)
#: Attributes that no format prints or speaks. Any other might: a title, an explanation, an alternative text.
UNSEEN = frozenset(
    (
        *("ids", "names", "classes", "dupnames", "backrefs", "anonymous", "lang"),
        *("place", "siglum", "series", "sign", "printed", "label", "beside", "indent", "number", "bullet"),
        *("refid", "refuri", "refname", "refdoc", "refdomain", "reftarget", "reftype", "refwarn", "refexplicit"),
        *("internal", "id_link", "name", "py:module", "py:class", "cpp:parent_key", "heading_level"),
        *("cols", "colwidth", "stub", "morecols", "morerows", "align", "width", "xml:space", "source", "level", "type"),
    )
)
#: Classes that every format sets in a way of its own.
CLASSES = ("signature", "byline", "caption", "letter", "theses", "verse", "supplied", "editorial")
_SET_AS_PARAGRAPH = "set it as a paragraph, or mark it {.editorial}"
#: What to do about constructs that are often typed; all others are told to be a paragraph.
_REMEDIES = {
    nodes.enumerated_list: "type the numbers as words of the text (1848\\.), or mark it {.editorial}",
    nodes.raw: "write it without HTML, or mark it {.editorial}",
    nodes.image: "set it as a {figure}, whose alternative text is the editors’, or mark it {.editorial}",
    nodes.abbreviation: "write a note, which is the editors’",
    nodes.math: "write it as words, or mark it {.editorial}",
    nodes.attribution: "set it as a paragraph of the quotation",
    nodes.rubric: "write a heading",
}


class CheckLeaves(SphinxTransform):
    """Refuse whatever an edited text would print or speak that is not collated.

    The lists above say what may stand in a text; what is in none of them is refused, so that a construct nobody thought
    of stops the build.

    Priority 275: after paragraphs are numbered (270), before the collation (280).
    """

    default_priority = 275

    def apply(self) -> None:
        """Look at the document, if it is one of the edited texts."""
        domain = edition(self.env)
        if not domain.here().siglum:
            return
        for node, what, remedy in unproved(self.document):
            domain.report(node, "text", what, remedy)


def unproved(parent: nodes.Element) -> Iterator[tuple[nodes.Element, str, str]]:
    """Yield each node that prints or speaks outside the blocks: the node that has a line, what is wrong, what to do."""
    for child in parent.children:
        if isinstance(child, nodes.Text):
            if child.strip():
                yield parent, f"“{_clipped(child)}” stands in no paragraph, and so is not compared", _SET_AS_PARAGRAPH
        elif isinstance(child, nodes.Element) and not is_ours(child):
            if is_numbered(child):
                yield from _attributes(child)
                yield from _within_block(child)
            elif type(child) is nodes.image and isinstance(parent, nodes.figure):
                continue  # what a picture shows is no word, and its alternative text the editors' by declaration
            elif child.get("design_component"):
                yield child, _refusal(child), _SET_AS_PARAGRAPH
            elif type(child) in STRUCTURE or _is_note(child):
                yield from _attributes(child)
                yield from unproved(child) if type(child) not in _SILENT else ()
            else:
                yield child, _refusal(child), _REMEDIES.get(type(child), _SET_AS_PARAGRAPH)


_SILENT = (nodes.comment, nodes.substitution_definition, nodes.system_message)


def _is_note(node: nodes.Element) -> bool:
    """Tell whether a node is a note of the source, whose paragraphs are collated."""
    return node.get("series") == "source" and not isinstance(node, call)


def _within_block(block: nodes.Element) -> Iterator[tuple[nodes.Element, str, str]]:
    """Yield what prints or speaks within a block and is not its words."""
    for child in block.children:
        if not isinstance(child, nodes.Element):
            continue
        if "editorial" in child["classes"]:
            yield child, f"“{_clipped(child.astext())}” is the editors’, within a block of the source", "write a note"
        elif type(child) not in INLINE:
            yield child, _refusal(child), _REMEDIES.get(type(child), "write it as words of the text")
        elif _is_wordless_link(child):
            target = child.get("refuri") or child.get("reftarget")
            yield child, f"the link to “{target}” has no words of its own", "give it words of the text"
        else:
            yield from _attributes(child)
            yield from _within_block(child)


def _is_wordless_link(node: nodes.Element) -> bool:
    """Tell whether a link gets its words when it is resolved, or has none."""
    if isinstance(node, addnodes.pending_xref) and not node.get("refexplicit"):
        return True
    return isinstance(node, nodes.reference | addnodes.pending_xref) and not node.astext().strip()


def _attributes(node: nodes.Element) -> Iterator[tuple[nodes.Element, str, str]]:
    """Yield the attributes of a node that might be shown or spoken."""
    for name in sorted(node.attributes.keys() - UNSEEN):
        if node[name] not in ("", None, [], False):
            yield node, f"“{node[name]}”, {name} of {_name(node)}, is not compared", "take it out, or write a note"
    for name in node["classes"]:
        near = get_close_matches(name, CLASSES, 1, cutoff=0.8)
        if near and name not in CLASSES:  # an edition may have classes of its own, which its style sheet knows
            yield node, f"“{name}” is no class of the edition", f"write {near[0]}"


def _refusal(node: nodes.Element) -> str:
    said = nodes.Element.astext(node)  # that of a system message itself would begin with the path of the file
    words = _clipped(said or node.get("alt", "") or node.get("explanation", ""))
    return f"{_name(node)} in a text is not compared" + (f": “{words}”" if words else "")


def _name(node: nodes.Element) -> str:
    """Return what a node is called in messages: ``an enumerated list``."""
    name = str(node.get("design_component") or type(node).__name__.replace("_", " "))
    if isinstance(node, nodes.raw):
        name = "piece of raw HTML or LaTeX"
    article = "an" if name[0] in "aeiou" else "a"
    return f"{article} {name}"


def _clipped(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:39]}…"  # noqa: PLR2004 - enough to find it
