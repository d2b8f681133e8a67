"""Collate a text with its witness while it is read: mark the departures in place, set the source's page breaks."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import traverse_parent

from variorum.config import folders
from variorum.doctree import elements
from variorum.domain import edition
from variorum.nodes import annotation, call, pagebreak, variant
from variorum.problems import EditionError
from variorum.reading.locators import BLOCKS, is_numbered
from variorum.text.alignment import Block, Collation, collate
from variorum.text.apparatus import read_apparatus
from variorum.text.computed import computed_rows
from variorum.text.departures import UNDECIDED, Row
from variorum.text.tokens import tokens, with_unseen_named
from variorum.text.variants import Variant
from variorum.text.witness import Witness, read_witness


class Stretch(NamedTuple):
    """A node that brings words to a block: a piece of running text, or the call of a source's note."""

    start: int
    end: int
    node: nodes.Text | call


class Cut(NamedTuple):
    """Something to put into a stretch: it replaces the words from ``start`` to ``end``, offsets in the stretch."""

    start: int
    end: int
    node: nodes.Element


class CollateText(SphinxTransform):
    """Compare the document's blocks with its witness, mark every departure, and keep the record for the apparatus.

    Priority 280: after numbering (270), while the words still stand as the editor typed them.
    """

    default_priority = 280

    def apply(self) -> None:
        """Collate the document, if it is one of the edited texts."""
        self.here = edition(self.env).here()
        self.stretches: list[list[Stretch]] = []
        self.cuts: defaultdict[tuple[int, int], list[Cut]] = defaultdict(list)
        blocks = list(self._blocks())
        self.here.calls = [called._replace(place=self.places.get(called.anchor, "")) for called in self.here.calls]
        if not self.here.siglum:
            return
        name, where = self.here.witness, folders(self.env)
        for path in (where.map(name), where.witness(name), where.rows(name)):
            self.env.note_dependency(path)
        try:
            witness = read_witness(where, name)
            declared = {row.at: row for row in read_apparatus(where, name)}
        except EditionError as error:
            self.here.problems += error.problems
            self.here.unread = True
            return
        document = where.text_name(self.env.docname)
        order = witness.documents()
        self.here.order = order.index(document) if document in order else -1
        self.collation = collation = collate(blocks, witness.tokens(document))
        self.here.blocks, self.here.length = blocks, sum(token.written[0].isalnum() for token in collation.edited)
        for row, found in computed_rows(collation, [at for at, row in declared.items() if _same(row)]):
            known = declared.get(row.at, row)
            token = collation.edited[max(0, min(found.e0, len(collation.edited) - 1))]
            self.here.rows.append((blocks[token.block].line, row))
            is_draft = row.at not in declared or (known.lemma, known.reading) != (row.lemma, row.reading)
            decided = replace(row, kind=known.kind, certainty=known.certainty, note=known.note)
            self._mark(found, decided, draft=is_draft or known.kind == UNDECIDED)
        self._break_pages(witness, document)
        for (number, index), inside in self.cuts.items():
            _cut(self.stretches[number][index], inside)
        firsts = _first_places(collation)
        for number, block in enumerate(blocks):
            anchor, _ = self.here.places[block.place]
            self.here.places[block.place] = (anchor, firsts.get(number, ""))

    def _blocks(self) -> Iterator[Block]:
        """Yield the document's blocks; note on the way what each is made of, and where each call stands."""
        self.places: dict[str, str] = {}
        for node in filter(is_numbered, elements(self.document, *BLOCKS)):
            parts, calls = [], []
            text = f"{node.parent['printed']} " if _opens_note(node) else ""
            for child in elements(node, nodes.Text, call):
                words = child.astext()
                if isinstance(child, call):
                    words = child["printed"]
                    self.places[child["ids"][0]] = node["place"]
                    if child["series"] == "editors":
                        continue
                    calls.append((len(text), len(text) + len(words)))
                parts.append(Stretch(len(text), len(text) + len(words), child))
                text += words
            self.here.words[node["place"]] = "".join(part.node.astext() for part in parts)
            self.stretches.append(parts)
            is_heading = isinstance(node, nodes.title) and isinstance(node.parent, nodes.section)
            yield Block(node["place"], _line_of(node), is_heading, text, tuple(calls))

    def _mark(self, found: Variant, row: Row, *, draft: bool) -> None:
        """Let a departure be cut into the stretches that its lemma touches."""
        shown, shown_reading = _shown(self.collation, found, row)
        common = {name: getattr(row, name) for name in ("at", "lemma", "reading", "kind", "certainty")}
        common |= {"place": row.locator, "siglum": self.here.siglum, "reason": row.note, "draft": draft}
        for number, (stretch, start, end) in enumerate(self._lemma_parts(found)):
            node = variant(first=number == 0, shown=shown, shown_reading=shown_reading, **common)
            if number == 0:
                node["ids"] = ["v" + row.at.replace(":", "-").replace("^", "g")]
                self.here.variants.append(node.attributes)
            self.cuts[stretch].append(Cut(start, end, node))

    def _lemma_parts(self, found: Variant) -> Iterator[tuple[tuple[int, int], int, int]]:
        """Yield where a variant's lemma stands: block and stretch, offsets there. An empty lemma stands at a point."""
        if found.e0 == found.e1:
            before = self.collation.edited[max(0, found.e0 - 1)]
            point = before.end if found.e0 else before.start
            for index, part in enumerate(self.stretches[before.block]):
                if part.start <= point <= part.end:
                    yield (before.block, index), point - part.start, point - part.start
                    return
        for block, start, end in self.collation.lemma_spans(found):
            for index, part in enumerate(self.stretches[block]):
                if part.start < end and start < part.end:
                    yield (block, index), max(start, part.start) - part.start, min(end, part.end) - part.start

    def _break_pages(self, witness: Witness, document: str) -> None:
        """Let the page breaks be cut in before the words that follow them."""
        seen, pages, siglum = set(), witness.pages, witness.siglum
        for index, page in witness.breaks(document):
            if not page or self.collation.edited_at[index] >= len(self.collation.edited):
                continue
            token = self.collation.edited[self.collation.edited_at[index]]
            if ".n" in self.collation.blocks[token.block].place:
                continue
            node = pagebreak(page=page, source=pages.source, siglum=siglum, inferred=page not in pages.seen)
            if page not in seen:
                node["ids"] = [f"page-{siglum.lower()}-{page}"]
                seen.add(page)
            for number, part in enumerate(self.stretches[token.block]):
                if part.start <= token.start < part.end:
                    offset = token.start - part.start
                    self.cuts[token.block, number].append(Cut(offset, offset, node))


def _opens_note(node: nodes.Element) -> bool:
    """Tell whether a block is the first of a note, before which the note's sign stands."""
    return isinstance(node.parent, annotation) and node.parent.index(node) == 0


def _same(row: Row) -> bool:
    """Tell whether a declared row keeps the witness's words: a stet."""
    lemma, reading = ([t.compared.casefold() for t in tokens(words)] for words in (row.lemma, row.reading))
    return lemma == reading


def _line_of(node: nodes.Element) -> int:
    """Return the line of a block in its file; where it has none, that of what it stands in."""
    return next((parent.line for parent in traverse_parent(node) if parent.line), 0)


def _cut(stretch: Stretch, cuts: list[Cut]) -> None:
    """Put variants and page breaks into a stretch."""
    ordered = sorted(cuts, key=lambda cut: (cut.start, cut.end, isinstance(cut.node, variant)))
    made = (
        _cut_text(stretch.node, ordered) if isinstance(stretch.node, nodes.Text) else _cut_call(stretch.node, ordered)
    )
    stretch.node.parent.replace(stretch.node, made)


def _cut_text(text: nodes.Text, cuts: list[Cut]) -> list[nodes.Node]:
    """Return the pieces of a text and what is put between them; a cut with words takes them in."""
    made: list[nodes.Node] = []
    offset = 0
    for cut in cuts:
        made.append(nodes.Text(text[offset : cut.start]))
        if cut.end > cut.start:
            cut.node.append(nodes.Text(text[cut.start : cut.end]))
        made.append(cut.node)
        offset = max(offset, cut.end)
    made.append(nodes.Text(text[offset:]))
    return [part for part in made if not isinstance(part, nodes.Text) or part]


def _cut_call(sign: call, cuts: list[Cut]) -> list[nodes.Node]:
    """Return a call and what is put before and behind it; a departure in its sign takes in the whole of it."""
    before = [cut.node for cut in cuts if cut.start == cut.end == 0]
    behind = [cut.node for cut in cuts if cut.start == cut.end > 0]
    around = [cut.node for cut in cuts if cut.end > cut.start]
    for node in around:
        node.append(sign.deepcopy())
    return [*before, *(around or [sign]), *behind]


def _shown(collation: Collation, found: Variant, row: Row) -> tuple[str, str]:
    """Return lemma and reading as an apparatus prints them.

    A word stands by itself. A mark, nothing, or what follows an apostrophe or a hyphen within a word would tell a
    reader little: such a lemma is printed from the last word before it, if that stands in the same block.
    """
    edited = collation.edited
    start = next((index for index in reversed(range(found.e0)) if _is_word(edited[index].written)), None)
    if start is None or edited[found.e1 - 1].block != edited[start].block:
        return with_unseen_named(row.lemma), with_unseen_named(row.reading)
    text = collation.blocks[edited[start].block].text
    has_lemma = found.e1 > found.e0
    goes_on_a_word = has_lemma and re.search(r"\w[’'-]$", text[: edited[found.e0].start])
    if _is_word(row.lemma) and not goes_on_a_word:
        return with_unseen_named(row.lemma), with_unseen_named(row.reading)
    word_before = text[edited[start].start : edited[found.e0 - 1].end]
    lemma = text[edited[start].start : edited[found.e1 - 1].end]
    gap = " " if row.reading[:1].isalnum() else ""
    return with_unseen_named(lemma), with_unseen_named(f"{word_before}{gap}{row.reading}")


def _first_places(collation: Collation) -> dict[int, str]:
    """Return for each block of which the witness has a word the place of the first of them."""
    places: dict[int, str] = {}
    for index, token in zip(collation.edited_at, collation.witness, strict=True):
        if index < len(collation.edited):
            places.setdefault(collation.edited[index].block, f"{token.line}:{token.column}")
    return places


def _is_word(text: str) -> bool:
    return any(char.isalnum() for char in text)
