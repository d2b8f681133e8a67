"""Collate a text with its witness while it is read: mark the departures in place, set the source's page breaks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from docutils import nodes
from sphinx.transforms import SphinxTransform

from variorum.apparatus import Row, computed_rows, read_apparatus
from variorum.collation import Block, Collation, Variant, collate
from variorum.domain import Document, edition
from variorum.nodes import annotation, call, locator, pagebreak, variant
from variorum.problems import EditionError
from variorum.tokens import tokens
from variorum.witness import Witness, read_witness


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
        here = edition(self.env).here()
        blocks, stretches = self._blocks(here)
        if not here.siglum:
            return
        name = here.witness
        for path in (f"witnesses/{name}.toml", f"witnesses/{name}.txt", f"apparatus/{name}.tsv"):
            self.env.note_dependency(path)
        try:
            witness = read_witness(self.env.srcdir, name)
            declared = {row.at: row for row in read_apparatus(self.env.srcdir, name)}
        except EditionError as error:
            here.problems += error.problems
            here.unread = True
            return
        document = self.env.docname.removeprefix("texts/")
        collation = collate(blocks, witness.tokens(document))
        stets = [at for at, row in declared.items() if _same(row)]
        cuts: dict[tuple[int, int], list[Cut]] = {}
        here.blocks = blocks
        for row, found in computed_rows(collation, stets):
            known = declared.get(row.at, row)
            here.rows.append(
                (blocks[collation.edited[max(0, min(found.e0, len(collation.edited) - 1))].block].line, row)
            )
            self._mark(
                collation,
                found,
                replace(row, kind=known.kind, certainty=known.certainty, note=known.note),
                stretches,
                cuts,
            )
        self._break_pages(collation, witness, document, stretches, cuts)
        for (block, index), inside in cuts.items():
            _cut(stretches[block][index], inside)
        for block, first in zip(blocks, _first_places(collation), strict=True):
            anchor, _ = here.places[block.place]
            here.places[block.place] = (anchor, first)

    def _blocks(self, here: Document) -> tuple[list[Block], list[list[Stretch]]]:
        """Return the document's blocks and what each is made of; note on the way where each call stands."""
        blocks, stretches, places = [], [], {}
        for node in self.document.findall(
            lambda n: isinstance(n, nodes.Element) and "place" in n and not isinstance(n, (annotation, locator))
        ):
            parts, text, calls = [], "", []
            if isinstance(node.parent, annotation) and node.parent.index(node) == 0:
                text = f"{node.parent['printed']} "
            for child in node.findall(lambda n: isinstance(n, (nodes.Text, call))):
                if isinstance(child, call):
                    places[child["ids"][0]] = node["place"]
                    if child["series"] == "editors":
                        continue
                    calls.append((len(text), len(text) + len(child["printed"])))
                words = child["printed"] if isinstance(child, call) else child.astext()
                parts.append(Stretch(len(text), len(text) + len(words), child))
                text += words
            here.words[node["place"]] = "".join(p.node.astext() for p in parts if isinstance(p.node, nodes.Text))
            blocks.append(Block(node["place"], node.line or 0, isinstance(node, nodes.title), text, tuple(calls)))
            stretches.append(parts)
        here.calls = [c._replace(place=places.get(c.anchor, "")) for c in here.calls]
        return blocks, stretches

    def _mark(
        self,
        collation: Collation,
        found: Variant,
        row: Row,
        stretches: list[list[Stretch]],
        cuts: dict[tuple[int, int], list[Cut]],
    ) -> None:
        siglum = edition(self.env).here().siglum
        shown, shown_reading = _shown(collation, found, row)
        parts = list(_lemma_parts(collation, found, stretches))
        for number, (block, index, start, end) in enumerate(parts):
            node = variant(
                at=row.at,
                place=row.locator,
                siglum=siglum,
                lemma=row.lemma,
                reading=row.reading,
                shown=shown,
                shown_reading=shown_reading,
                kind=row.kind,
                certainty=row.certainty,
                reason=row.note,
                first=number == 0,
            )
            if number == 0:
                node["ids"] = ["v" + row.at.replace(":", "-").replace("^", "g")]
                edition(self.env).here().variants.append(node.attributes)
            cuts.setdefault((block, index), []).append(Cut(start, end, node))

    def _break_pages(
        self,
        collation: Collation,
        witness: Witness,
        document: str,
        stretches: list[list[Stretch]],
        cuts: dict[tuple[int, int], list[Cut]],
    ) -> None:
        seen = set()
        for index, page in witness.breaks(document):
            if not page or collation.edited_at[index] >= len(collation.edited):
                continue
            token = collation.edited[collation.edited_at[index]]
            if ".n" in collation.blocks[token.block].place:
                continue
            node = pagebreak(
                page=page, source=witness.pages.source, siglum=witness.siglum, inferred=page not in witness.pages.seen
            )
            if page not in seen:
                node["ids"] = [f"page-{witness.siglum.lower()}-{page}"]
                seen.add(page)
            for number, part in enumerate(stretches[token.block]):
                if part.start <= token.start < part.end:
                    offset = token.start - part.start
                    cuts.setdefault((token.block, number), []).append(Cut(offset, offset, node))


def _same(row: Row) -> bool:
    """Tell whether a declared row keeps the witness's words: a stet."""
    lemma, reading = ([t.compared.casefold() for t in tokens(words)] for words in (row.lemma, row.reading))
    return lemma == reading


def _lemma_parts(
    collation: Collation, found: Variant, stretches: list[list[Stretch]]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield where a variant's lemma stands: block, stretch, offsets in the stretch. An empty lemma stands at a point."""
    run = collation.edited[found.e0 : found.e1]
    if not run:
        before = collation.edited[max(0, found.e0 - 1)]
        point = before.end if found.e0 else before.start
        for index, part in enumerate(stretches[before.block]):
            if part.start <= point <= part.end:
                yield before.block, index, point - part.start, point - part.start
                return
    for block in dict.fromkeys(token.block for token in run):
        inside = [token for token in run if token.block == block]
        start, end = inside[0].start, inside[-1].end
        for index, part in enumerate(stretches[block]):
            if part.start < end and start < part.end:
                yield block, index, max(start, part.start) - part.start, min(end, part.end) - part.start


def _cut(stretch: Stretch, cuts: list[Cut]) -> None:
    """Put variants and page breaks into a stretch."""
    parent, node = stretch.node.parent, stretch.node
    text = node.astext() if isinstance(node, nodes.Text) else ""
    made: list[nodes.Node] = []
    offset = 0
    for cut in sorted(cuts, key=lambda c: (c.start, c.end, isinstance(c.node, variant))):
        if cut.start > offset and text:
            made.append(nodes.Text(text[offset : cut.start]))
        if cut.end > cut.start:
            cut.node.append(nodes.Text(text[cut.start : cut.end]) if text else node.deepcopy())
        made.append(cut.node)
        offset = max(offset, cut.end)
    if text:
        if offset < len(text):
            made.append(nodes.Text(text[offset:]))
    elif not any(cut.end > cut.start for cut in cuts):
        made.insert(sum(1 for cut in cuts if cut.start == 0), node)
    parent.replace(node, made)


def _shown(collation: Collation, found: Variant, row: Row) -> tuple[str, str]:
    """Return lemma and reading as an apparatus prints them: a mere mark, or nothing, comes with the word before it."""
    if any(c.isalnum() for c in row.lemma):
        return row.lemma, row.reading
    start = max(0, found.e0 - 1)
    while start > 0 and not any(c.isalnum() for c in collation.edited[start].written):
        start -= 1
    if found.e0 == 0 or not any(c.isalnum() for c in collation.edited[start].written):
        return row.lemma, row.reading
    first = collation.edited[start]
    last = collation.edited[max(found.e1 - 1, found.e0 - 1)]
    if last.block != first.block:
        return row.lemma, row.reading
    text = collation.blocks[first.block].text
    before = text[first.start : collation.edited[found.e0 - 1].end]
    gap = " " if row.reading[:1].isalnum() else ""
    return text[first.start : last.end], f"{before}{gap}{row.reading}"


def _first_places(collation: Collation) -> list[str]:
    """Return for each block the place in the witness of its first token."""
    places = [""] * len(collation.blocks)
    for index, token in reversed(list(enumerate(collation.witness))):
        at = collation.edited_at[index]
        if at < len(collation.edited):
            places[collation.edited[at].block] = f"{token.line}:{token.column}"
    return places
