"""A document that sends notes and readings to the page foot from every kind of box."""

import re

from docutils import nodes as base
from sphinx.transforms import SphinxTransform

from variorum import nodes

project, author, release, language = "Torture", "The editors", "0", "en_GB"
extensions = ["variorum"]
html_theme = "variorum"


class Fabricate(SphinxTransform):
    """Turn every ``@n`` into a call and its note, every ``@r`` into a variant, both with a serial number."""

    default_priority = 900

    def apply(self) -> None:
        """Go through the words; a note holds a reading and a second call to itself."""
        self.notes = nodes.annotations()
        self.count = 0
        for text in list(self.document.findall(base.Text)):
            parts = re.split("(@[nr])", text.astext())
            text.parent.replace(text, [made for part in parts if part for made in self.make(part)])
        self.document += self.notes
        for number, paragraph in enumerate(list(self.document.findall(base.paragraph)), start=1):
            if not isinstance(paragraph.parent, nodes.annotation):
                paragraph["ids"].append(f"p1-{number}")
                paragraph.insert(0, nodes.locator(siglum="T", place=f"1.{number}"))
                paragraph.append(nodes.locator_end())

    def make(self, part: str) -> list[base.Node]:
        """Return the nodes for a part of the words."""
        if part == "@n":
            return [self.call()]
        return [self.variant()] if part == "@r" else [base.Text(part)]

    def call(self) -> nodes.call:
        """Return a call, and put its note among the notes."""
        self.count += 1
        sign = str(self.count)
        words = base.Text(
            f"note{sign}x says what, when and where, and takes more than one line of the foot to say it. "
        )
        again = nodes.call(series="editors", sign=sign, refid=f"note-{sign}", ids=[])
        paragraph = base.paragraph("", "", words, self.variant(), again)
        made = {"series": "editors", "sign": sign, "ids": [f"note-{sign}"], "backrefs": [f"call-{sign}"]}
        self.notes += nodes.annotation("", paragraph, **made)
        return nodes.call(series="editors", sign=sign, refid=f"note-{sign}", ids=[f"call-{sign}"])

    def variant(self) -> nodes.variant:
        """Return a variant of a printed kind."""
        self.count += 1
        lemma, reading = f"lemma{self.count}x", f"reading{self.count}x"
        made = {"at": str(self.count), "place": "1.1", "siglum": "T", "ids": [f"v-{self.count}"], "first": True}
        made |= {"lemma": lemma, "reading": reading, "shown": lemma, "shown_reading": reading}
        made |= {"kind": ("print", "supplied", "doubtful")[self.count % 3], "certainty": "low", "reason": "so it seems"}
        return nodes.variant("", lemma, **made)


def setup(app) -> None:
    """Register the fabrication."""
    app.add_transform(Fabricate)
