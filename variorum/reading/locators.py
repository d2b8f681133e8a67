"""Locators: every paragraph, heading, term and note of a source gets its address."""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import traverse_parent

from variorum.config import folders
from variorum.doctree import elements, front_matter
from variorum.domain import Document, edition
from variorum.nodes import annotation, annotations, locator, locator_end

#: What is not the source's: front matter, the editors' notes and whatever carries the class ``editorial``.
_OURS = (nodes.field_list, annotations, nodes.system_message, nodes.comment, nodes.substitution_definition)


def is_ours(node: nodes.Element) -> bool:
    """Tell whether a node stands in what the editors supply."""
    around = traverse_parent(node)
    return any(isinstance(parent, _OURS) or "editorial" in parent.get("classes", ()) for parent in around)


class NumberParagraphs(SphinxTransform):
    """Give each block of a source its locator: ``3.14`` a paragraph, ``3.0`` a heading, ``3.n12`` a note.

    Section numbers stand in the file, as a target ``(k-3)=`` before a heading; what comes before the first is section
    0 or, in a piece of a longer text, belongs to the section that its file opens with. A section's further headings are
    ``3.0b``, ``3.0c``; a term has the number of the paragraph that explains it and a ``t``.

    Priority 270: after docutils has moved explicit targets to their sections (260), before references are resolved.
    """

    default_priority = 270

    def apply(self) -> None:
        """Give the document its locators, if it is one of the edited texts."""
        meta, here = front_matter(self.document), edition(self.env).here()
        if not folders(self.env).is_text(self.env.docname):
            return
        if missing := sorted({"siglum", "title", "witness"} - meta.keys()):
            remedy = "write it between the lines --- at the head of the file"
            edition(self.env).report(self.document, "text", f"no {', '.join(missing)}", remedy)
            here.unread = True
            return
        here.siglum, here.witness = meta["siglum"], meta["witness"]
        self.section, self.count, self.headings = "0", 0, 0
        for node in elements(self.document, nodes.section, nodes.paragraph, nodes.title, nodes.term):
            if isinstance(node, nodes.section):
                self._enter(node, here)
            elif not is_ours(node):
                self._number(node, here.siglum, here.places)

    def _enter(self, section: nodes.section, here: Document) -> None:
        """Begin a section that has a number; note one that is a note of the source."""
        for name in section["names"]:
            match = re.match(rf"{here.siglum.lower()}-(?:(\d+)|n(\w+))$", name)
            if match and match[1]:
                self.section, self.count, self.headings = match[1], 0, 0
            elif match:
                here.note_targets[match[2]] = section["ids"][0]

    def _number(self, node: nodes.TextElement, siglum: str, places: dict[str, tuple[str, str]]) -> None:
        if isinstance(node, nodes.title):
            place = f"{self.section}.0{chr(ord('a') + self.headings) if self.headings else ''}"
            self.headings += 1
        elif isinstance(node, nodes.term):
            place = f"{self.section}.{self.count + 1}t"
        elif isinstance(node.parent, annotation):
            sign = node.parent["label"].removeprefix("s").removeprefix("-")  # 12, star
            index = node.parent.index(node)
            place = f"{self.section}.n{sign}" + (f".{index + 1}" if index else "")
        else:
            self.count += 1
            place = f"{self.section}.{self.count}"
        anchor = "p" + place.replace(".", "-")
        node["ids"].append(anchor)
        self.document.ids[anchor] = node
        node["place"], node["siglum"] = place, siglum
        places[place] = (anchor, "")
        if isinstance(node, nodes.paragraph):
            node.insert(0, locator(siglum=siglum, place=place))
            node.append(locator_end())
