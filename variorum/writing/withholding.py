"""The build that may be published: the words of a text that is withheld go, and all that the editors say of it stays.

What a builder writes is made from the tree that this transform has been over: pages, search, book, ePub, TEI.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from variorum.config import folders
from variorum.doctree import elements
from variorum.domain import edition
from variorum.i18n import ngettext
from variorum.nodes import annotation, call, locator, locator_end, pagebreak, variant
from variorum.text.rights import Rights
from variorum.text.witness import read_witness
from variorum.writing.rights import notice

#: So many words of a text are shown where a note is called, and of a reading in the apparatus.
LEMMA = 4
#: What a block keeps besides its words.
KEPT = (locator, locator_end, call, pagebreak)


@dataclass(frozen=True)
class Withheld:
    """A text whose words are withheld."""

    witness: str
    rights: Rights


def withheld(env: BuildEnvironment) -> dict[str, Withheld]:
    """Return the texts whose words this build leaves out, by siglum; none unless ``variorum_rights`` is ``public``."""
    found = {}
    for _name, document in edition(env).texts():
        rights = read_witness(folders(env), document.witness).rights
        if rights.withhold_from(env.config.variorum_rights):
            found[document.siglum] = Withheld(document.witness, rights)
    return found


class WithholdText(SphinxPostTransform):
    """Leave out the words of the texts that are withheld.

    Headings, which are titles, stay whole; so do locators, pages of the source, calls and the editors' notes. Each note
    begins with its lemma, the last words before its call. In the place of the words stands how many they are.
    Priority 2: before references are resolved (10), and before the lists are filled (15).
    """

    default_priority = 2

    def run(self, **_options: object) -> None:
        """Go through the document, or through the whole book."""
        self.withheld = withheld(self.env)
        if not self.withheld:
            return
        lemmas: dict[str, str] = {}
        for block in elements(self.document, nodes.paragraph, nodes.title, nodes.term):
            if block.get("siglum") in self.withheld and "place" in block:
                lemmas |= _lemmas_of(block)
                if _is_heading(block):
                    _forget_readings(block)
                else:
                    _strip(block)
        for note in elements(self.document, annotation):
            if note["series"] == "editors":
                _give_lemma(note, lemmas)
        self._empty_tables({text.witness for text in self.withheld.values()})
        self._explain()

    def _empty_tables(self, names: set[str]) -> None:
        """Leave out the words of some witnesses that the editors left out of their texts."""
        for table in elements(self.document, nodes.table):
            if table.get("witness") in names:
                for body in elements(table, nodes.tbody):
                    for row in body:
                        row[-1][:] = [nodes.paragraph("", "…")]

    def _explain(self) -> None:
        """Say at the head of a text why its words are withheld, and where they can be read."""
        for section in elements(self.document, nodes.section):
            siglum = self._opening_of(section)
            if isinstance(section[0], nodes.title) and siglum in self.withheld:
                text = self.withheld[siglum]
                section.insert(1, notice(self.env, text.witness, text.rights))

    def _opening_of(self, section: nodes.Element) -> str:
        """Return the siglum of the text that a section opens; nothing of one within a text."""
        if isinstance(section.parent, nodes.section) and self._opening_of(section.parent):
            return ""
        for block in section.findall(nodes.TextElement):
            if "siglum" in block and "place" in block:
                return str(block["siglum"])
        return ""


def beginning(words: str) -> str:
    """Return so many words of a reading as may be shown."""
    parts = words.split()
    return " ".join(parts[:LEMMA]) + " …" if len(parts) > LEMMA else words


def _is_heading(block: nodes.Element) -> bool:
    return isinstance(block, nodes.title) and isinstance(block.parent, nodes.section)


def _lemmas_of(block: nodes.Element) -> dict[str, str]:
    """Return the last words before each editors' call of a block, by the id of the call."""
    lemmas: dict[str, str] = {}
    words: list[str] = []
    for part in elements(block, nodes.Text, call):
        if isinstance(part, nodes.Text):
            words += part.split()
        elif part["series"] == "editors":
            lemmas[part["ids"][0]] = " ".join(words[-LEMMA:]).rstrip(",;:")
    return lemmas


def _forget_readings(heading: nodes.Element) -> None:
    """Leave of a departure in a heading the edition's words."""
    for departure in elements(heading, variant):
        departure.parent.replace(departure, departure.children)


def _strip(block: nodes.Element) -> None:
    """Put in the place of a block's words how many they are."""
    count = sum(any(map(str.isalnum, word)) for word in block.astext().split())
    kept: list[Any] = elements(block, *KEPT)
    for before, part in pairwise(kept):
        if isinstance(part, call):  # a comma parts it from another that now stands before it
            part["beside"] = isinstance(before, call) and before["series"] == part["series"] == "editors"
    shown = ngettext("[{count} word withheld]", "[{count} words withheld]", count).format(count=count)
    first = 1 if kept and isinstance(kept[0], locator) else 0
    kept.insert(first, nodes.inline("", shown, classes=["withheld"], count=count))
    block[:] = kept


def _give_lemma(note: nodes.Element, lemmas: dict[str, str]) -> None:
    """Put the words that a note is called at before its own."""
    lemma = next((lemmas[anchor] for anchor in note["backrefs"] if anchor in lemmas), "")
    paragraph = next(iter(note.findall(nodes.paragraph)), None)
    if lemma and paragraph is not None:
        paragraph.insert(0, nodes.inline("", f"… {lemma}] ", classes=["lemma"]))
