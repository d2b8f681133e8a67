"""The build that may be published: the words of a text that is withheld go, and all that the editors say of it stays.

What a builder writes is made from the tree that this transform has been over: pages, search, book, ePub, TEI.
"""

from dataclasses import dataclass

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from variorum.citations.domain import citations
from variorum.citations.style import formatted
from variorum.config import folders
from variorum.doctree import elements
from variorum.domain import edition
from variorum.i18n import _
from variorum.nodes import annotation, apparatus_list, call, locator, locator_end, pagebreak
from variorum.text.rights import Rights
from variorum.text.witness import read_witness

#: So many words of a text may be shown: a heading, and the lemma of a note.
HEADING, LEMMA = 7, 4
#: What a block keeps besides its words.
KEPT = (locator, locator_end, call, pagebreak)


@dataclass(frozen=True)
class Withheld:
    """A text whose words are withheld."""

    witness: str
    rights: Rights


def withheld(env: BuildEnvironment) -> dict[str, Withheld]:
    """Return the texts whose words this build leaves out, by siglum; none unless ``variorum_rights`` is ``public``."""
    if env.config.variorum_rights != "public":
        return {}
    found = {}
    for _name, document in edition(env).texts():
        rights = read_witness(folders(env), document.witness).rights
        if rights.status == "withheld":
            found[document.siglum] = Withheld(document.witness, rights)
    return found


class WithholdText(SphinxPostTransform):
    """Leave out the words of the texts that are withheld.

    Locators, pages of the source, calls and the editors' notes stay; each note begins with its lemma, the last words
    before its call. Priority 2: before references are resolved (10), and before the lists are filled (15).
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
                lemmas |= self._strip(block)
        for note in elements(self.document, annotation):
            if note["series"] == "editors":
                _give_lemma(note, lemmas)
        self._empty_lists({text.witness for text in self.withheld.values()})
        self._explain()

    def _empty_lists(self, names: set[str]) -> None:
        """Leave out what apparatus and map tell of the words of some witnesses."""
        for node in elements(self.document, apparatus_list):
            if node["witness"] in names:
                words = _("The words of the apparatus are withheld with those of the text.")
                node.replace_self(nodes.paragraph("", str(words)))
        for table in elements(self.document, nodes.table):
            if table.get("witness") in names:
                for row in table.findall(nodes.row):
                    row[-1][:] = [nodes.paragraph("", "…")]

    def _strip(self, block: nodes.Element) -> dict[str, str]:
        """Leave out the words of a block; return the lemma of each editors' call in it."""
        lemmas: dict[str, str] = {}
        words: list[str] = []
        kept: list[nodes.Node] = []
        for part in block.findall(lambda part: isinstance(part, (nodes.Text, *KEPT))):
            if isinstance(part, nodes.Text):
                words += part.split()
            else:
                kept.append(part)
            if isinstance(part, call) and part["series"] == "editors":
                lemmas[part["ids"][0]] = " ".join(words[-LEMMA:]).rstrip(",;:")
        if isinstance(block, nodes.title):
            shown = " ".join(words[:HEADING]) + (" …" if len(words) > HEADING else "")
        else:
            shown = f"[{_('withheld')}]"
        first = 1 if kept and isinstance(kept[0], locator) else 0
        kept.insert(first, nodes.inline("", shown, classes=["withheld"]))
        block[:] = kept
        return lemmas

    def _explain(self) -> None:
        """Say at the head of a text why its words are withheld, and where they can be read."""
        for section in elements(self.document, nodes.section):
            title = section[0]
            siglum = self._opening_of(section)
            if not isinstance(title, nodes.title) or siglum not in self.withheld:
                continue
            said = self.withheld[siglum]
            words = _("The words of this text are withheld from this edition. {reason} (As of {date}.)")
            told = str(words).format(reason=said.rights.reason, date=said.rights.date)
            notice = nodes.paragraph("", told, classes=["editorial", "withheld-notice"])
            work = citations(self.env).bibdata.data.entries.get(said.witness)
            if work is not None:
                where = str(_("It can be read in: {work}")).format(work=str(formatted(work)))
                notice += nodes.Text(f" {where}")
            section.insert(1, notice)

    def _opening_of(self, section: nodes.Element) -> str:
        """Return the siglum of the text that a section opens; nothing of one within a text."""
        if isinstance(section.parent, nodes.section) and self._opening_of(section.parent):
            return ""
        for block in section.findall(nodes.TextElement):
            if "siglum" in block and "place" in block:
                return str(block["siglum"])
        return ""


def _give_lemma(note: nodes.Element, lemmas: dict[str, str]) -> None:
    """Put the words that a note is called at before its own."""
    lemma = next((lemmas[anchor] for anchor in note["backrefs"] if anchor in lemmas), "")
    paragraph = next(iter(note.findall(nodes.paragraph)), None)
    if lemma and paragraph is not None:
        paragraph.insert(0, nodes.inline("", f"… {lemma}] ", classes=["lemma"]))
