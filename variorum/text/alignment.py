"""Edited text against witness: the departures of the one from the other, as small as shared characters allow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from variorum.text.tokens import tokens, without_case
from variorum.text.variants import Variant, cut, regions
from variorum.text.witness import WitnessToken


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the edited text with a locator of its own: a paragraph, heading, term or note."""

    place: str
    """The locator without its siglum: ``1.12``."""
    line: int
    """Line in the text's file, from 1."""
    heading: bool
    """Whether letter case is left out of the comparison."""
    text: str
    """The words, with the printed signs of the source's note calls where they stand."""
    calls: tuple[tuple[int, int], ...]
    """Where in ``text`` those signs stand: offsets, end excluded."""


@dataclass(frozen=True, slots=True)
class EditedToken:
    """A token of the edited text and its place."""

    written: str
    compared: str
    block: int
    """Index of its block in the document."""
    word: int
    """Its number in the block, from 1."""
    start: int
    """Offset in the block's text."""
    end: int
    heading: bool


def edited_tokens(blocks: Sequence[Block]) -> list[EditedToken]:
    """Return the tokens of a document's blocks, in order; a call's sign is never one token with what is beside it."""
    found = []
    for index, block in enumerate(blocks):
        edges = sorted({0, len(block.text), *(offset for call in block.calls for offset in call)})
        inside = [(start, token) for start, end in pairwise(edges) for token in tokens(block.text[start:end])]
        for word, (start, token) in enumerate(inside, 1):
            place = (index, word, token.start + start, token.end + start)
            found.append(EditedToken(token.written, token.compared, *place, block.heading))
    return found


@dataclass(frozen=True)
class Collation:
    """A document and its witness, aligned."""

    blocks: Sequence[Block]
    edited: Sequence[EditedToken]
    witness: Sequence[WitnessToken]
    variants: Sequence[Variant]
    """In the order of the text."""

    @cached_property
    def edited_at(self) -> list[int]:
        """For each token of the witness, the index of the edited token that stands for it or, in a variant, follows it.

        The first token of a variant's reading answers to the first of its lemma.
        """
        answer: list[int] = []
        e = 0
        for variant in self.variants:
            alike = variant.w0 - len(answer)
            answer.extend(range(e, e + alike))
            if variant.w1 > variant.w0:
                answer.append(variant.e0)
                answer.extend([variant.e1] * (variant.w1 - variant.w0 - 1))
            e = variant.e1
        rest = len(self.witness) - len(answer)
        answer.extend(range(e, e + rest))
        return answer

    def lemma(self, variant: Variant) -> Sequence[EditedToken]:
        """Return the edition's tokens of a variant."""
        return self.edited[variant.e0 : variant.e1]

    def reading(self, variant: Variant) -> Sequence[WitnessToken]:
        """Return the witness's tokens of a variant."""
        return self.witness[variant.w0 : variant.w1]

    def lemma_spans(self, variant: Variant) -> Iterator[tuple[int, int, int]]:
        """Yield where the lemma of a variant stands: each block, with offsets in its text."""
        for block, run in groupby(self.lemma(variant), key=lambda token: token.block):
            offsets = [offset for token in run for offset in (token.start, token.end)]
            yield block, offsets[0], offsets[-1]

    def stet(self, w0: int, w1: int) -> Variant | None:
        """Return the place where witness tokens ``w0`` to ``w1`` stand unchanged; None if any departs."""
        if w1 <= w0 or any(v.w0 < w1 and w0 < v.w1 for v in self.variants):
            return None
        e0 = self.edited_at[w0]
        return Variant(e0, e0 + w1 - w0, w0, w1)


def collate(blocks: Sequence[Block], witness: Sequence[WitnessToken]) -> Collation:
    """Align the blocks of a document with the tokens of its witness."""
    edited = edited_tokens(blocks)
    variants = list(_variants(edited, witness))
    for first, end in _signs(blocks, edited):
        variants = _with_whole_sign(variants, first, end)
    return Collation(blocks, edited, witness, variants)


def _variants(edited: Sequence[EditedToken], witness: Sequence[WitnessToken]) -> Iterator[Variant]:
    """Yield the departures: tokens are first aligned without their letter case, which then counts."""
    ours = [without_case(token.compared) for token in edited]
    theirs = [without_case(token.compared) for token in witness]
    e = w = 0
    for region in regions(ours, theirs):
        yield from _unlike_in_case(edited, witness, e, w, region.e0 - e)
        for piece in cut(ours, theirs, region):
            if not _is_silent(edited[piece.e0 : piece.e1], witness[piece.w0 : piece.w1]):
                yield piece
        e, w = region.e1, region.w1
    yield from _unlike_in_case(edited, witness, e, w, len(edited) - e)


def _unlike_in_case(
    edited: Sequence[EditedToken], witness: Sequence[WitnessToken], e: int, w: int, length: int
) -> Iterator[Variant]:
    """Yield a departure for each of so many aligned tokens from ``e`` and ``w`` on that differs, headings aside."""
    for step in range(length):
        ours, theirs = edited[e + step], witness[w + step]
        if ours.compared != theirs.compared and not ours.heading:
            yield Variant(e + step, e + step + 1, w + step, w + step + 1)


def _is_silent(lemma: Sequence[EditedToken], reading: Sequence[WitnessToken]) -> bool:
    """Tell whether a piece of an unlike region is alike in itself; in a heading, letter case aside."""
    ours = [token.compared for token in lemma]
    theirs = [token.compared for token in reading]
    if ours == theirs:
        return True
    in_heading = bool(lemma) and all(token.heading for token in lemma)
    return in_heading and [without_case(word) for word in ours] == [without_case(word) for word in theirs]


def _signs(blocks: Sequence[Block], edited: Sequence[EditedToken]) -> list[tuple[int, int]]:
    """Return the tokens of each call's sign in the text: index of the first, index after the last."""
    signs: dict[tuple[int, int], tuple[int, int]] = {}
    for index, token in enumerate(edited):
        for start, end in blocks[token.block].calls:
            if start <= token.start < end:
                first, _ = signs.get((token.block, start), (index, index))
                signs[token.block, start] = (first, index + 1)
    return list(signs.values())


def _with_whole_sign(variants: list[Variant], first: int, end: int) -> list[Variant]:
    """Let departures within the sign of a note's call be one that takes the whole sign: it is printed as one thing."""
    within = [variant for variant in variants if variant.e0 < end and first < variant.e1]
    if not within:
        return variants
    # Between the sign's edge and the departure nearest to it, tokens of edition and witness stand one to one.
    e0, e1 = min(first, within[0].e0), max(end, within[-1].e1)
    w0 = within[0].w0 - (within[0].e0 - e0)
    w1 = within[-1].w1 + (e1 - within[-1].e1)
    others = [variant for variant in variants if variant.e1 <= e0 or e1 <= variant.e0]
    return sorted([*others, Variant(e0, e1, w0, w1)], key=lambda variant: (variant.w0, variant.e0))
