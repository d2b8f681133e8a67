"""Locators: every paragraph, heading, term and note of a source gets its address."""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import traverse_parent

from variorum.config import folders
from variorum.doctree import elements, front_matter
from variorum.domain import Document, edition
from variorum.nodes import annotation, annotations, locator, locator_end, verse_line
from variorum.reading.front import front_faults, line_of_field

LAST_SUFFIX = "s"
"""The last letter of a paragraph that was put in: ``3.14t`` is a term."""
BLOCKS = (nodes.paragraph, nodes.title, nodes.term)
"""What has a locator of its own."""
#: What is not the source's: the editors' notes, whatever carries the class ``editorial``, and what prints nothing.
_OURS = (annotations, nodes.system_message, nodes.comment, nodes.substitution_definition)


#: What may have a title in a text.
_HEADED = (nodes.section, nodes.table, nodes.admonition)


def is_ours(node: nodes.Element) -> bool:
    """Tell whether a node stands in what the editors supply: front matter, notes, contents, ``{.editorial}``."""
    for parent in traverse_parent(node):
        if isinstance(parent, _OURS) or "editorial" in parent.get("classes", ()):
            return True
        if isinstance(parent, nodes.field_list) and parent.parent.index(parent) == 0:
            return isinstance(parent.parent, nodes.document)
        if isinstance(parent, nodes.compound) and all(isinstance(child, addnodes.toctree) for child in parent.children):
            return True
    return False


def is_numbered(node: nodes.Node) -> bool:
    """Tell whether a node is a block of the source, whose words are collated."""
    return isinstance(node, BLOCKS) and "place" in node


def _letters(number: int) -> str:
    """Return the letters of a number, which begins at 0: a to z, then aa, ab and so on."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


class NumberParagraphs(SphinxTransform):
    """Give each block of a source its locator: ``3.14`` a paragraph, ``3.0`` a heading, ``3.n12`` a note.

    Section numbers stand in the file, as a target ``(k-3)=`` before a heading; what comes before the first is section
    0 or, in a piece of a longer text, belongs to the section that its file opens with. A section's further headings are
    ``3.0b``, ``3.0c``; a term has the number of the paragraph that explains it and a ``t``.

    What was published keeps its number: a paragraph that is put in after 3.14 is 3.14a, by the target ``(k-3-14a)=``
    before it; where 3.15 was taken out, ``(k-3-16)=`` stands before what follows.

    Priority 270: after docutils has moved explicit targets to their sections (260), before references are resolved.
    """

    default_priority = 270

    def apply(self) -> None:
        """Give the document its locators, if it is one of the edited texts."""
        meta, here = front_matter(self.document), edition(self.env).here()
        if not folders(self.env).is_text(self.env.docname):
            return
        faults = list(front_faults(self.env, meta))
        for name, what, remedy in faults:
            line = line_of_field(self.env.doc2path(self.env.docname), name)
            edition(self.env).report_line(line, "front", what, remedy)
        if faults:
            here.unread = True
            return
        here.siglum, here.witness = meta["siglum"], meta["witness"]
        self.section, self.count, self.suffix, self.headings = "0", 0, "", 0
        self.target = re.compile(rf"{re.escape(here.siglum.lower())}-(\d+)-(\d+)([a-z]*)")
        for figure in elements(self.document, nodes.figure):
            _free_caption(figure)
        self._report_stray_targets(here)
        for node in elements(self.document, nodes.section, *BLOCKS):
            if isinstance(node, nodes.section):
                self._enter(node, here)
            elif not is_ours(node) and (not isinstance(node, nodes.title) or isinstance(node.parent, _HEADED)):
                self._number(node, here)

    def _enter(self, section: nodes.section, here: Document) -> None:
        """Begin a section that has a number; note one that is a note of the source."""
        for name in section["names"]:
            match = re.match(rf"{re.escape(here.siglum.lower())}-(?:(\d+)|n(\w+))$", name)
            if match and match[1]:
                self.section, self.count, self.suffix, self.headings = match[1], 0, "", 0
            elif match:
                sign = self.config.variorum_signs.get(match[2], match[2])
                here.note_targets[sign] = section["ids"][0]

    def _report_stray_targets(self, here: Document) -> None:
        """Report targets of sections that stand before no heading."""
        for node in elements(self.document, nodes.Element):
            if isinstance(node, nodes.section):
                continue
            for name in node.get("names", ()):
                if self.target.fullmatch(name) and (not isinstance(node, nodes.paragraph) or is_ours(node)):
                    what = f"the target ({name})= stands before no paragraph of the source"
                    edition(self.env).report(node, "text", what, "write the paragraph after it, or take it out")
                if re.fullmatch(rf"{re.escape(here.siglum.lower())}-\d+", name):
                    what = f"the target ({name})= stands before no heading"
                    edition(self.env).report(node, "text", what, "write the heading after it, or take it out")

    def _number(self, node: nodes.TextElement, here: Document) -> None:
        """Give a block its locator and its anchor."""
        place = self._place(node)
        while place in here.places:
            place += "b"  # a second term that the same paragraph explains
        anchor = "p" + place.replace(".", "-")
        node["ids"].insert(0, anchor)  # before the name of a target
        self.document.ids[anchor] = node
        node["place"], node["siglum"] = place, here.siglum
        here.places[place] = (anchor, "")
        if isinstance(node, nodes.paragraph):
            lines = elements(node, verse_line)
            first, last = (lines[0], lines[-1]) if lines else (node, node)
            first.insert(0, locator(siglum=here.siglum, place=place))
            last.append(locator_end())

    def _place(self, node: nodes.TextElement) -> str:
        """Return the locator of the block that comes next."""
        if isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
            further = _letters(self.headings) if self.headings else ""
            self.headings += 1
            return f"{self.section}.0{further}"
        if isinstance(node, nodes.term):
            return f"{self.section}.{self.count + 1}t"
        note = next(iter(traverse_parent(node, annotation)), None)
        if note is None:
            return self._paragraph(node)
        sign = note["label"].removeprefix("s").removeprefix("-")  # 12, star
        blocks = elements(note, *BLOCKS)
        number = next(index for index, block in enumerate(blocks, 1) if block is node)
        return f"{self.section}.n{sign}" + (f".{number}" if number > 1 else "")

    def _paragraph(self, node: nodes.TextElement) -> str:
        """Return the locator of a paragraph: the next number, or what the target before it says."""
        said = next(filter(None, map(self.target.fullmatch, node["names"])), None)
        if said is None:
            self.count, self.suffix = self.count + 1, ""
        elif said[1] != self.section:
            self._report_target(node, said, f"stands in section {self.section}")
        elif said[3]:
            following = _letters(ord(self.suffix) - ord("a") + 1) if self.suffix else "a"
            if (int(said[2]), said[3]) != (self.count, following) or said[3] > LAST_SUFFIX:
                self._report_target(node, said, f"stands after {self.section}.{self.count}{self.suffix}")
            self.suffix = following
        else:
            if int(said[2]) <= self.count:
                self._report_target(node, said, f"stands after {self.section}.{self.count}{self.suffix}")
            self.count, self.suffix = max(int(said[2]), self.count + 1), ""
        return f"{self.section}.{self.count}{self.suffix}"

    def _report_target(self, node: nodes.TextElement, said: re.Match[str], where: str) -> None:
        """Report a target that gives a paragraph a locator which it cannot have."""
        what = f"the target ({said[0]})= {where}"
        remedy = f"write the number of the paragraph before it and a letter, a to {LAST_SUFFIX}, or a higher number"
        edition(self.env).report(node, "text", what, remedy)


def _free_caption(figure: nodes.figure) -> None:
    """Make the caption of a picture the first paragraph of its legend: a block like any other."""
    for caption in elements(figure, nodes.caption):
        paragraph = nodes.paragraph("", "", *caption.children, classes=["caption"])
        paragraph.source, paragraph.line = caption.source, caption.line or figure.line
        figure.remove(caption)
        legends = elements(figure, nodes.legend)
        if legends:
            legends[0].insert(0, paragraph)
        else:
            figure.append(nodes.legend("", paragraph))
