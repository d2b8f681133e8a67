"""The tree made ready for the printed page: post-transforms for the LaTeX builder alone.

TeX silently loses what is sent to the page foot from within a box (a heading, a term, a table, another note): so notes
and readings first become nodes of their own, beside their calls, and then leave every box they stand in.
"""

import re
from collections.abc import Iterator

from docutils import nodes as base
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import texescape

from variorum import nodes

PRINTED = ("print", "supplied", "doubtful")
#: Class of a list or paragraph -> its LaTeX environment, ``sphinxclassed-`` and this.
STYLED = {
    "theses": "theses",
    "register": "register",
    "bibliography": "bibliography",
    "general-index": "general-index",
    "letter": "letter",
    "cited": "small",
    "mentions": "small",
    "facts": "small",
    "called": "small",
}


class foot_note(base.Inline, base.Element):  # noqa: N801
    """A note of the editors beside its first call: ``sign``, ``ids``, ``backref`` (id of the call), body elements."""


class foot_reading(base.Inline, base.Element):  # noqa: N801
    """A reading for the page foot, beside its lemma: attributes as ``variant``, no children."""


class hoisted(base.General, base.Element):  # noqa: N801
    """Notes and readings that left a box and found no paragraph to stand in."""


class destination(base.Inline, base.Element):  # noqa: N801
    """The locator of a heading or a term, as a name: ``siglum``, ``place``, ``ids``."""


FOOT = (foot_note, foot_reading)
BOXES = (
    *FOOT,
    base.Admonition,
    base.caption,
    base.figure,
    base.line_block,
    base.reference,
    base.sidebar,
    base.table,
    base.term,
    base.title,
    base.topic,
)
BLOCKS = (
    base.block_quote,
    base.container,
    base.definition,
    base.definition_list_item,
    base.document,
    base.list_item,
    base.section,
    addnodes.start_of_file,
    nodes.annotation,
)


def docname(node: base.Node) -> str:
    """Return the name of the document that a node of the joined tree came from."""
    while node.parent is not None and not isinstance(node, addnodes.start_of_file):
        node = node.parent
    return str(node["docname"]) if isinstance(node, base.Element) else ""


def elements(tree: base.Element, *classes: type[base.Node]) -> list[base.Element]:
    """Return the elements of some classes, in order, before the tree is changed."""
    return [node for node in tree.findall(base.Element) if isinstance(node, classes)]


class AdoptPieces(SphinxPostTransform):
    """Make each document of the joined tree the parent of its own top blocks, which Sphinx forgets to do.

    Priority 715: before whatever asks a node for its document.
    """

    default_priority = 715
    formats = ("latex",)

    def run(self, **_: object) -> None:
        """Set the parents."""
        for start in elements(self.document, addnodes.start_of_file):
            for child in start.children:
                child.parent = start


class JoinNotesToCalls(SphinxPostTransform):
    """Put each note of the editors beside its first call, each printed reading beside its lemma.

    Priority 720: after references and mentions have been resolved.
    """

    default_priority = 720
    formats = ("latex",)

    def run(self, **_: object) -> None:
        """Move the notes, add the readings, and open and close supplied words."""
        notes = {}
        for block in elements(self.document, nodes.annotations):
            notes.update({(docname(block), note["ids"][0]): note for note in elements(block, nodes.annotation)})
            block.parent.remove(block)
        for call in elements(self.document, nodes.call):
            note = notes.pop((docname(call), call.get("refid")), None)
            if note is not None:
                back = call["ids"][0] if call["ids"] else ""
                foot = foot_note("", *note.children, sign=note["sign"], ids=note["ids"], backref=back)
                call.parent.insert(call.parent.index(call) + 1, foot)
        for variant in elements(self.document, nodes.variant):
            if variant["kind"] == "supplied":
                pieces = _pieces(variant)
                variant["opens"], variant["closes"] = variant is pieces[0], variant is pieces[-1]
            if variant["first"] and variant["kind"] in PRINTED:
                attributes = {key: value for key, value in variant.attributes.items() if key not in {"ids", "classes"}}
                variant.parent.insert(variant.parent.index(variant) + 1, foot_reading("", **attributes))


def _pieces(variant: base.Element) -> list[base.Element]:
    """Return the nodes that one departure makes where its lemma crosses emphasis."""
    block = variant.parent
    while isinstance(block.parent, base.TextElement):
        block = block.parent
    return [piece for piece in elements(block, nodes.variant) if piece["at"] == variant["at"]]


class LeaveBoxes(SphinxPostTransform):
    """Move notes and readings out of boxes: behind them in the line, to the next paragraph, or by themselves.

    Priority 730: when each of them is a node.
    """

    default_priority = 730
    formats = ("latex",)

    def run(self, **_: object) -> None:
        """Find the outermost box of each."""
        for foot in elements(self.document, *FOOT):
            boxes = [ancestor for ancestor in _ancestors(foot) if isinstance(ancestor, BOXES)]
            if boxes:
                foot.parent.remove(foot)
                foot["left-box"] = True
                _land(foot, boxes[-1])


def _ancestors(node: base.Node) -> Iterator[base.Element]:
    """Yield what a node stands in, from the inside out."""
    while node.parent is not None:
        yield node.parent
        node = node.parent


def _land(foot: base.Element, box: base.Element) -> None:
    """Put a note or reading behind a box."""
    if isinstance(box.parent, (base.TextElement, *FOOT)):
        _queue(box.parent, box.parent.index(box) + 1, foot)
        return
    while not isinstance(box.parent, BLOCKS):
        box = box.parent
    behind = place = box.parent.index(box) + 1
    siblings = [*box.parent.children, base.comment()]
    while isinstance(siblings[place], (base.term, base.classifier, base.target)):
        place += 1
    after = siblings[place]
    if isinstance(after, base.definition) and after.children:
        after = after[0]
    next_to_box = siblings[behind]
    if isinstance(after, base.paragraph):
        _queue(after, int(bool(after.children) and isinstance(after[0], nodes.locator)), foot)
    elif isinstance(next_to_box, hoisted):
        next_to_box.append(foot)
    else:
        # before any target: Sphinx wants to see the section that a target belongs to next to it
        box.parent.insert(behind, hoisted("", foot))


def _queue(parent: base.Element, place: int, foot: base.Element) -> None:
    """Insert a note or reading behind those that came here before it."""
    for sibling in parent.children[place:]:
        if not (isinstance(sibling, FOOT) and sibling.get("left-box")):
            break
        place += 1
    parent.insert(place, foot)


class StyleLists(SphinxPostTransform):
    """Give lists and paragraphs of our classes a LaTeX environment, and hang the typed numbers of theses.

    Priority 740: after all that fills registers and indexes.
    """

    default_priority = 740
    formats = ("latex",)

    def run(self, **_: object) -> None:
        """Wrap each in a container of its class: Sphinx writes that as an environment."""
        for block in elements(self.document, base.bullet_list, base.definition_list, base.paragraph):
            if "theses" in block["classes"]:
                for item in elements(block, base.list_item):
                    _hang(item)
            for name in STYLED.keys() & block["classes"]:
                wrapper = base.container("", classes=[f"ed-{STYLED[name]}"])
                block.parent.replace(block, wrapper)
                wrapper.append(block)


def _hang(item: base.Element) -> None:
    """Take the number at the head of a thesis out of its text, so that it can be hung."""
    text = next((text for text in item.findall(base.Text) if text.strip()), base.Text(""))
    match = re.match(r"\s*(\S{1,5})\s+(?=\S)", text)
    if match and isinstance(text.parent, base.paragraph):
        text.parent.replace(text, [base.inline("", match[1], classes=["ed-number"]), base.Text(text[match.end() :])])


class BreakAddresses(SphinxPostTransform):
    """Let addresses break behind its marks, and nowhere else.

    Priority 742: when no words come any more.
    """

    default_priority = 742
    formats = ("latex",)

    def run(self, **_: object) -> None:
        """Go through the words of the book."""
        for text in list(self.document.findall(base.Text)):
            made: list[base.Node] = []
            for number, words in enumerate(re.split(r"(https?://\S+)", text)):
                if number % 2:
                    pieces = re.findall(r"[^\W_]{1,16}[\W_]*|[\W_]+", words)
                    address = [node for piece in pieces for node in (base.Text(piece), _raw(r"\allowbreak{}"))]
                    made.append(base.inline("", "", *address, classes=["ed-address"]))
                else:
                    made.append(base.Text(words))
            if len(made) > 1:
                text.parent.replace(text, made)


class NameHeads(SphinxPostTransform):
    """Name headings and terms by their locators; give each text a right-hand page and its short title the running head.

    Priority 746: when the blocks behind titles have been looked at.
    """

    default_priority = 746
    formats = ("latex",)

    def run(self, **_: object) -> None:
        """Go through the titles and terms of the book."""
        for head in elements(self.document, base.title, base.term):
            if "place" in head:
                # Sphinx writes the other ids of a term, and none of a title
                ids = [head["ids"].pop()] if isinstance(head, base.term) else head["ids"]
                head.insert(0, destination("", siglum=head["siglum"], place=head["place"], ids=ids))
        for start in elements(self.document, addnodes.start_of_file):
            piece = start["docname"].count("/") > 1
            if start["docname"].startswith("texts/") and not piece:
                start.insert(0, _raw(r"\cleardoublepage"))
            short = self.env.metadata.get(start["docname"], {}).get("short-title")
            title = next(start.findall(base.title), None)
            if short and title is not None:
                command = rf"\EdShort{'Section' if piece else 'Title'}{{{texescape.escape(short, 'lualatex')}}}"
                title.parent.insert(title.parent.index(title) + 1, _raw(command))


def _raw(latex: str) -> base.raw:
    return base.raw("", latex, format="latex")


def setup_page(app: Sphinx) -> None:
    """Add the transforms of the printed page."""
    for transform in (AdoptPieces, JoinNotesToCalls, LeaveBoxes, StyleLists, BreakAddresses, NameHeads):
        app.add_post_transform(transform)
