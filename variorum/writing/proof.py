"""The second and the third net: what is resolved, and what is written, says the characters that were collated.

A format reads its own output into `Written`; what belongs to the editors (locators, signs, page numbers, notes,
navigation) is taken out there, by a list of what the format itself puts in. All that is left is compared here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from variorum.doctree import elements
from variorum.domain import Document, edition
from variorum.problems import Problem
from variorum.reading.locators import BLOCKS, is_numbered
from variorum.reporting import tell
from variorum.text.tokens import with_unseen_named
from variorum.writing.withholding import withheld

_REMEDY = "find the setting, extension or style that brings or changes words, and take it away"
_SHOWN = 30
"""How many characters a message quotes from where words part."""


@dataclass
class Written:
    """What a format says of a document, place by place."""

    blocks: dict[str, str] = field(default_factory=dict)
    """Locator (without siglum) -> its characters."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """What stands in no block: the locator it comes after (empty at the beginning), the characters."""

    def add(self, place: str, characters: str) -> None:
        """Add characters to a block."""
        self.blocks[place] = self.blocks.get(place, "") + characters

    def add_beside(self, after: str, characters: str) -> None:
        """Add characters that stand in no block."""
        if self.beside and self.beside[-1][0] == after:
            characters = self.beside.pop()[1] + characters
        self.beside.append((after, characters))


def proved_texts(env: BuildEnvironment) -> Iterator[tuple[str, Document]]:
    """Yield the texts whose words the build writes: those that it withholds have none."""
    without_words = withheld(env)
    yield from ((name, doc) for name, doc in edition(env).texts() if doc.siglum not in without_words)


def written_problems(name: str, doc: Document, path: str, written: Written) -> Iterator[Problem]:
    """Yield where what is written departs from what was collated.

    ``name``: what the format is called in messages. ``path``: the file of the document.
    """
    lines = {block.place: block.line for block in doc.blocks}
    for place, words in doc.words.items():
        ours, theirs = _even(words), _even(written.blocks.get(place, ""))
        if place not in written.blocks:
            yield Problem(path, lines.get(place, 0), "proof", f"{doc.siglum} {place} is not in {name}", _REMEDY)
        elif ours != theirs:
            here, there = _from_where_they_part(ours, theirs)
            what = f"{doc.siglum} {place} was collated as “{here}”, and {name} has “{there}”"
            yield Problem(path, lines.get(place, 0), "proof", what, _REMEDY)
    for after, characters in written.beside:
        if words := _even(characters):
            where = f"after {doc.siglum} {after}" if after else "at the beginning"
            what = f"{name} has “{_clipped(words)}” {where}, which stands in no paragraph"
            yield Problem(path, lines.get(after, 0), "proof", what, _REMEDY)


def _even(text: str) -> str:
    """Return a text with one space for any white space."""
    return " ".join(text.split())


def _from_where_they_part(ours: str, theirs: str) -> tuple[str, str]:
    """Return the two from the word before the first character that differs."""
    pairs = zip(ours, theirs, strict=False)
    parts = next((index for index, (mine, other) in enumerate(pairs) if mine != other), min(len(ours), len(theirs)))
    start = ours.rfind(" ", 0, max(parts - 1, 0)) + 1
    return _clipped(ours[start:]), _clipped(theirs[start:])


def _clipped(text: str) -> str:
    clipped = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return with_unseen_named(clipped)


class CheckResolved(SphinxPostTransform):
    """Stop where a block no longer has the words that were collated, once all links are resolved.

    Priority 712: after references, lists and mentions, before the tree is made ready for the page of a book (715),
    which moves notes and marks; what a format makes of it is read from what it writes.
    """

    default_priority = 712

    def run(self, **_options: object) -> None:
        """Compare every block of the tree with its record."""
        docs = {(doc.siglum, place): (name, doc) for name, doc in proved_texts(self.env) for place in doc.words}
        problems: list[Problem] = []
        for block in filter(is_numbered, elements(self.document, *BLOCKS)):
            name, doc = docs.get((block["siglum"], block["place"]), ("", None))
            if doc is not None:
                place = block["place"]
                only = Document(siglum=doc.siglum, words={place: doc.words[place]}, blocks=doc.blocks)
                resolved = Written({place: _words_of(block)})
                problems += written_problems("the resolved text", only, f"{name}.md", resolved)
        tell(problems)


def _words_of(block: nodes.Element) -> str:
    """Return the words of a block: the text in it, calls of notes and all that is marked for one format aside."""
    words = ""
    for child in block.children:
        if isinstance(child, nodes.Text):
            words += child.astext()
        elif isinstance(child, nodes.Element) and not isinstance(child, nodes.raw):
            words += _words_of(child)
    return words
