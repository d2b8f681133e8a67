"""Edited text against witness: the departures of the one from the other, as small as shared characters allow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, pairwise

from rapidfuzz.distance import Levenshtein

from variorum.text.tokens import tokens
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


@dataclass(frozen=True, slots=True)
class Variant:
    """A departure: tokens ``e0`` to ``e1`` of the edition stand for ``w0`` to ``w1`` of the witness (ends excluded)."""

    e0: int
    e1: int
    w0: int
    w1: int


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
        w = e = 0
        for variant in [*self.variants, Variant(len(self.edited), 0, len(self.witness), 0)]:
            answer += range(e, e + variant.w0 - w)
            answer += [variant.e0, *[variant.e1] * (variant.w1 - variant.w0 - 1)][: max(0, variant.w1 - variant.w0)]
            w, e = variant.w1, variant.e1
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
    return Collation(blocks, edited, witness, _whole_calls(blocks, edited, list(_variants(edited, witness))))


def _whole_calls(blocks: Sequence[Block], edited: Sequence[EditedToken], variants: list[Variant]) -> list[Variant]:
    """Let a departure within the sign of a note's call take the whole sign, as it is one thing to print and to link."""
    signs = [
        [n for n, t in enumerate(edited) if t.block == index and start <= t.start < end]
        for index, block in enumerate(blocks)
        for start, end in block.calls
    ]
    for sign in signs:
        hit = [v for v in variants if v.e0 <= sign[-1] and sign[0] < v.e1]
        if hit:
            e0, e1 = min(sign[0], hit[0].e0), max(sign[-1] + 1, hit[-1].e1)
            whole = Variant(e0, e1, hit[0].w0 - (hit[0].e0 - e0), hit[-1].w1 + e1 - hit[-1].e1)
            variants = sorted([v for v in variants if v.e1 <= e0 or e1 <= v.e0] + [whole], key=lambda v: (v.w0, v.e0))
    return variants


def _variants(edited: Sequence[EditedToken], witness: Sequence[WitnessToken]) -> Iterator[Variant]:
    ours = [token.compared.casefold() for token in edited]
    theirs = [token.compared.casefold() for token in witness]
    e = w = 0
    for region in [*_regions(ours, theirs), Variant(len(ours), len(ours), len(theirs), len(theirs))]:
        for step in range(region.e0 - e):  # aligned but for letter case
            if not edited[e + step].heading and edited[e + step].compared != witness[w + step].compared:
                yield Variant(e + step, e + step + 1, w + step, w + step + 1)
        for cut in _split(ours, theirs, region):
            alike = [t.compared for t in edited[cut.e0 : cut.e1]] == [t.compared for t in witness[cut.w0 : cut.w1]]
            same_heading = cut.e1 > cut.e0 and all(t.heading for t in edited[cut.e0 : cut.e1])
            folded = ours[cut.e0 : cut.e1] == theirs[cut.w0 : cut.w1]
            if not alike and not (folded and same_heading):
                yield cut
        e, w = region.e1, region.w1


def _regions(ours: Sequence[str], theirs: Sequence[str]) -> list[Variant]:
    """Return the unlike regions of two token runs, touching ones joined.

    Ties: what only one side has joins the region before it if it can, else the one after it; else it stands as early
    as it can.
    """
    ops = [op for op in Levenshtein.opcodes(ours, theirs) if op.tag != "equal"]
    found = [Variant(op.src_start, op.src_end, op.dest_start, op.dest_end) for op in ops]
    regions: list[Variant] = []
    for region, after in zip(found, [*found[1:], None], strict=False):
        before = regions[-1] if regions else None
        early, late = (_slid(ours, theirs, region, step) for step in (-1, 1))
        if before and early.w0 <= before.w1:
            early = _moved(region, before.w1 - region.w0)
        elif after and after.w0 <= late.w1:
            early = _moved(region, after.w0 - region.w1)
        if before and (before.e1, before.w1) == (early.e0, early.w0):
            regions.pop()
            early = Variant(before.e0, early.e1, before.w0, early.w1)
        regions.append(early)
    return regions


def _moved(region: Variant, by: int) -> Variant:
    return Variant(region.e0 + by, region.e1 + by, region.w0 + by, region.w1 + by)


def _slid(ours: Sequence[str], theirs: Sequence[str], region: Variant, step: int) -> Variant:
    """Return a one-sided region moved as far as it stays true, backwards (-1) or forwards (1)."""
    run, first, last = (theirs, region.w0, region.w1) if region.e0 == region.e1 else (ours, region.e0, region.e1)
    other, edge = (ours, region.e0) if run is theirs else (theirs, region.w0)
    if region.e0 != region.e1 and region.w0 != region.w1:
        return region
    by = 0
    while True:
        out, inn = (first + by - 1, last + by - 1) if step < 0 else (last + by, first + by)
        beside = edge + by - 1 if step < 0 else edge + by
        if not (0 <= out < len(run) and 0 <= beside < len(other)) or not run[out] == run[inn] == other[beside]:
            return _moved(region, by)
        by += step


def _split(ours: Sequence[str], theirs: Sequence[str], region: Variant) -> list[Variant]:
    """Cut a region where a token ends on both sides of its character alignment and one neighbour shares characters.

    Neighbours of which neither shares a character stay one.
    """
    left, right = ours[region.e0 : region.e1], theirs[region.w0 : region.w1]
    if len(left) + len(right) < 3:  # noqa: PLR2004 - one token against one, or against none: nothing to cut
        return [region]
    left_ends, right_ends = _ends(left), _ends(right)
    pieces: list[Variant] = []
    e0, w0 = region.e0, region.w0
    for i, j in _path("".join(left), "".join(right)):
        if i in left_ends and j in right_ends:
            piece = Variant(e0, region.e0 + left_ends[i], w0, region.w0 + right_ends[j])
            e0, w0 = piece.e1, piece.w1
            if pieces and not _share(ours, theirs, piece) and not _share(ours, theirs, pieces[-1]):
                last = pieces.pop()
                piece = Variant(last.e0, piece.e1, last.w0, piece.w1)
            pieces.append(piece)
    return pieces


def _share(ours: Sequence[str], theirs: Sequence[str], piece: Variant) -> bool:
    return bool(set("".join(ours[piece.e0 : piece.e1])) & set("".join(theirs[piece.w0 : piece.w1])))


def _ends(run: Sequence[str]) -> dict[int, int]:
    """Return, by character offset, how many tokens of ``run`` end there or before."""
    return {offset: count for count, offset in enumerate(accumulate(map(len, run), initial=0))}


def _path(left: str, right: str) -> Iterator[tuple[int, int]]:
    """Yield the points of the character alignment after each step."""
    for op in Levenshtein.opcodes(left, right):
        i, j = op.src_start, op.dest_start
        for step in range(1, max(op.src_end - i, op.dest_end - j) + 1):
            yield min(i + step, op.src_end), min(j + step, op.dest_end)
