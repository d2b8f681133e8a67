"""The tree made ready for the printed page: post-transforms for the LaTeX builder alone.

TeX silently loses what is sent to the page foot from within a box (a heading, a term, a table, another note): so notes
and readings first become nodes of their own, beside their calls, and then leave every box they stand in.
"""

import re

from docutils import nodes as base
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import texescape

from variorum import nodes

PRINTED = ("print", "supplied", "doubtful")
STYLED_LISTS = ("theses", "register", "general-index", "bibliography")
STYLED_PARAGRAPHS = {"cited": "small", "mentions": "small", "facts": "small", "called": "small", "letter": "letter"}
ADDRESS = re.compile(r"https?://\S+")


class foot_note(base.Inline, base.Element):
    """A note of the editors beside its first call: ``sign``, ``ids``, ``backref`` (id of the call), body elements."""


class foot_reading(base.Inline, base.Element):
    """A reading for the page foot, beside its lemma: attributes as ``variant``, no children."""


class hoisted(base.General, base.Element):
    """Notes and readings that left a box and found no paragraph to stand in."""


class destination(base.Inline, base.Element):
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
    return str(node["docname"])


class AdoptPieces(SphinxPostTransform):
    """Make each document of the joined tree the parent of its own top blocks, which Sphinx forgets to do."""

    default_priority = 715
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Set the parents, so that a node can be traced to its document."""
        for start in self.document.findall(addnodes.start_of_file):
            for child in start:
                child.parent = start


class JoinNotesToCalls(SphinxPostTransform):
    """Put each note of the editors beside its first call, each printed reading beside its lemma."""

    default_priority = 720  # after references and mentions have been resolved
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Move the notes, add the readings, and open and close supplied words."""
        notes = {}
        for block in list(self.document.findall(nodes.annotations)):
            notes.update({(docname(block), note_id): note for note in block for note_id in note["ids"]})
            block.parent.remove(block)
        for call in list(self.document.findall(nodes.call)):
            note = notes.get((docname(call), call.get("refid")))
            if note is not None and note.children:
                foot = foot_note(sign=note["sign"], ids=note["ids"], backref=(call["ids"] or [""])[0])
                foot.extend(note.children)
                note.children = []
                call.parent.insert(call.parent.index(call) + 1, foot)
        for variant in list(self.document.findall(nodes.variant)):
            if variant["kind"] == "supplied":
                pieces = self.pieces(variant)
                variant["opens"], variant["closes"] = variant is pieces[0], variant is pieces[-1]
            if variant["first"] and variant["kind"] in PRINTED:
                attributes = {key: value for key, value in variant.attributes.items() if key not in ("ids", "classes")}
                variant.parent.insert(variant.parent.index(variant) + 1, foot_reading(**attributes))

    def pieces(self, variant: nodes.variant) -> list[nodes.variant]:
        """Return the nodes that one departure makes where its lemma crosses emphasis."""
        paragraph = variant.parent
        while isinstance(paragraph, base.Inline):
            paragraph = paragraph.parent
        return [piece for piece in paragraph.findall(nodes.variant) if piece["at"] == variant["at"]]


class LeaveBoxes(SphinxPostTransform):
    """Move notes and readings out of boxes, just behind them."""

    default_priority = 730  # when each of them is a node
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Find the outermost box of each and move it to the nearest place that TeX can see."""
        for foot in list(self.document.findall(lambda node: isinstance(node, FOOT))):
            box, ancestor = None, foot.parent
            while ancestor is not None:
                box = ancestor if isinstance(ancestor, BOXES) else box
                ancestor = ancestor.parent
            if box is not None:
                foot.parent.remove(foot)
                self.land(foot, box)

    def land(self, foot: base.Element, box: base.Element) -> None:
        """Put a note or reading behind the box: in its line, in the next paragraph, or by itself."""
        foot["left-box"] = True
        if isinstance(box.parent, (base.TextElement, *FOOT)):
            self.insert(box.parent, box.parent.index(box) + 1, foot)
            return
        while not isinstance(box.parent, BLOCKS):
            box = box.parent
        siblings = box.parent.children
        behind = place = siblings.index(box) + 1
        while place < len(siblings) and isinstance(siblings[place], (base.term, base.classifier, base.Invisible)):
            place += 1
        after = siblings[place] if place < len(siblings) else None
        if isinstance(after, base.definition) and after.children:
            after = after[0]
        if isinstance(after, base.paragraph):
            self.insert(after, int(bool(after.children) and isinstance(after[0], nodes.locator)), foot)
        elif behind < len(siblings) and isinstance(siblings[behind], hoisted):
            siblings[behind].append(foot)
        else:
            # before any target: Sphinx wants to see the section that a target belongs to next to it
            box.parent.insert(behind, hoisted("", foot))

    def insert(self, parent: base.Element, place: int, foot: base.Element) -> None:
        """Insert a node behind those that came here before it."""
        while place < len(parent) and isinstance(parent[place], FOOT) and parent[place].get("left-box"):
            place += 1
        parent.insert(place, foot)


class StyleLists(SphinxPostTransform):
    """Give lists of our classes a LaTeX environment of their own, and hang the typed numbers of theses."""

    default_priority = 740  # after all that fills registers and indexes
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Wrap each list in a container of its class: Sphinx writes that as an environment."""
        for found in list(self.document.findall(lambda n: isinstance(n, (base.bullet_list, base.definition_list)))):
            for name in STYLED_LISTS:
                if name in found["classes"]:
                    self.wrap(found, f"ed-{name}")
            if "theses" in found["classes"]:
                for item in found:
                    self.hang(item)
        for paragraph in list(self.document.findall(base.paragraph)):
            for name in paragraph["classes"]:
                if name in STYLED_PARAGRAPHS:
                    self.wrap(paragraph, f"ed-{STYLED_PARAGRAPHS[name]}")

    def wrap(self, node: base.Element, name: str) -> None:
        """Put a block into a container of a class."""
        wrapper = base.container(classes=[name])
        node.replace_self(wrapper)
        wrapper += node

    def hang(self, item: base.Element) -> None:
        """Take the number at the head of a thesis out of its text, so that it can be hung."""
        text = next((t for t in item.findall(base.Text) if t.strip()), None)
        match = re.match(r"\s*(\S{1,5})\s+(?=\S)", text) if text is not None else None
        if text is None or match is None or not isinstance(text.parent, base.paragraph):
            return
        number = base.inline("", match[1], classes=["ed-number"])
        text.parent.replace(text, [number, base.Text(text[match.end() :])])


class BreakAddresses(SphinxPostTransform):
    """Let addresses break after a slash, a full stop or a hyphen, and nowhere else."""

    default_priority = 742
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Go through the words of the book."""
        for text in list(self.document.findall(base.Text)):
            words = text.astext()
            made: list[base.Node] = []
            end = 0
            for match in ADDRESS.finditer(words):
                made += [base.Text(words[end : match.start()]), base.inline(classes=["ed-address"])]
                end = match.end()
                for piece in re.findall(r"[^/.-]+[/.-]*|[/.-]+", match[0]):
                    made[-1] += [base.Text(piece), base.raw("", r"\allowbreak{}", format="latex")]
            if made:
                text.parent.replace(text, [*made, base.Text(words[end:])])


class NameHeads(SphinxPostTransform):
    """Give the running heads the short titles of the texts, the texts a right-hand page, and headings and terms their locators as names."""

    default_priority = 746
    formats = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Go through the titles and terms of the book."""
        for head in list(self.document.findall(lambda node: isinstance(node, (base.title, base.term)))):
            if "place" in head:
                ids = [head["ids"].pop()] if isinstance(head, base.term) else head["ids"]
                head.insert(0, destination(siglum=head["siglum"], place=head["place"], ids=ids))
        for start in self.document.findall(addnodes.start_of_file):
            if re.fullmatch("texts/[^/]+", start["docname"]):
                start.insert(0, base.raw("", r"\cleardoublepage", format="latex"))
            short = self.env.metadata.get(start["docname"], {}).get("short-title")
            title = next(start.findall(base.title), None)
            if short and title is not None:
                command = f"\\EdShortTitle{{{texescape.escape(short, 'lualatex')}}}"
                title.parent.insert(title.parent.index(title) + 1, base.raw("", command, format="latex"))


TRANSFORMS = (AdoptPieces, JoinNotesToCalls, LeaveBoxes, StyleLists, BreakAddresses, NameHeads)


def setup_page(app: Sphinx) -> None:
    """Add the transforms of the printed page."""
    for transform in TRANSFORMS:
        app.add_post_transform(transform)
