"""Two runs of tokens: where they are unlike, in pieces as small as shared characters allow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

#: The largest product of characters for which a region is still cut up. Beyond some ten thousand words without a
#: word in common on either side the cuts would say nothing, and finding them would take minutes.
_LARGEST = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Variant:
    """A departure: tokens ``e0`` to ``e1`` of the edition stand for ``w0`` to ``w1`` of the witness (ends excluded)."""

    e0: int
    e1: int
    w0: int
    w1: int

    def moved(self, by: int) -> "Variant":
        """Return the same stretch, so many tokens further on."""
        return Variant(self.e0 + by, self.e1 + by, self.w0 + by, self.w1 + by)


def regions(ours: Sequence[str], theirs: Sequence[str]) -> list[Variant]:
    """Return the unlike regions of two token runs, touching ones joined.

    A region that only one side has can often stand in several places (*that that*). It joins the region before it if
    it can, else the one after it; else it stands as early as it can.
    """
    unlike = [
        Variant(op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in Levenshtein.opcodes(ours, theirs)
        if op.tag != "equal"
    ]
    found: list[Variant] = []
    for number, region in enumerate(unlike):
        before = found[-1] if found else None
        after = unlike[number + 1] if number + 1 < len(unlike) else None
        back, forth = _room(ours, theirs, region)
        if before and region.w0 - back <= before.w1:
            placed = region.moved(before.w1 - region.w0)
        elif after and after.w0 <= region.w1 + forth:
            placed = region.moved(after.w0 - region.w1)
        else:
            placed = region.moved(-back)
        if before and (before.e1, before.w1) == (placed.e0, placed.w0):
            found[-1] = Variant(before.e0, placed.e1, before.w0, placed.w1)
        else:
            found.append(placed)
    return found


def _room(ours: Sequence[str], theirs: Sequence[str], region: Variant) -> tuple[int, int]:
    """Return how many tokens a region can be moved back, and how many forth, and say the same."""
    if region.e0 == region.e1:
        run, first, end, other, gap = theirs, region.w0, region.w1, ours, region.e0
    elif region.w0 == region.w1:
        run, first, end, other, gap = ours, region.e0, region.e1, theirs, region.w0
    else:
        return 0, 0
    back = 0
    while back < min(first, gap) and run[first - back - 1] == run[end - back - 1] == other[gap - back - 1]:
        back += 1
    forth = 0
    most = min(len(run) - end, len(other) - gap)
    while forth < most and run[end + forth] == run[first + forth] == other[gap + forth]:
        forth += 1
    return back, forth


@dataclass(slots=True)
class _Piece:
    """A piece of a region, and the characters that stand on either side."""

    variant: Variant
    ours: set[str] = field(default_factory=set)
    theirs: set[str] = field(default_factory=set)

    def shares(self) -> bool:
        """Tell whether a character stands on both sides."""
        return not self.ours.isdisjoint(self.theirs)

    def take(self, other: "_Piece") -> None:
        """Take in the piece that follows."""
        self.variant = Variant(self.variant.e0, other.variant.e1, self.variant.w0, other.variant.w1)
        self.ours |= other.ours
        self.theirs |= other.theirs


def cut(ours: Sequence[str], theirs: Sequence[str], region: Variant) -> list[Variant]:
    """Cut a region where a token ends on both sides of its character alignment and one neighbour shares characters.

    Neighbours of which neither shares a character stay one.
    """
    left, right = ours[region.e0 : region.e1], theirs[region.w0 : region.w1]
    if len(left) + len(right) <= 2:  # noqa: PLR2004 - one token against one, or against none: nothing to cut
        return [region]
    left_text, right_text = "".join(left), "".join(right)
    if len(left_text) * len(right_text) > _LARGEST:
        return [region]
    left_ends, right_ends = _ends(left), _ends(right)
    pieces: list[_Piece] = []
    e0, w0 = region.e0, region.w0
    for i, j in _path(left_text, right_text):
        if i not in left_ends or j not in right_ends:
            continue
        e1, w1 = region.e0 + left_ends[i], region.w0 + right_ends[j]
        piece = _Piece(Variant(e0, e1, w0, w1), set("".join(ours[e0:e1])), set("".join(theirs[w0:w1])))
        e0, w0 = e1, w1
        if pieces and not pieces[-1].shares() and not piece.shares():
            pieces[-1].take(piece)
        else:
            pieces.append(piece)
    return [piece.variant for piece in pieces]


def _ends(run: Sequence[str]) -> dict[int, int]:
    """Return, by the offset in the joined tokens at which a token ends, how many tokens end there or before."""
    offsets = accumulate(map(len, run), initial=0)
    return {offset: count for count, offset in enumerate(offsets)}


def _path(left: str, right: str) -> Iterator[tuple[int, int]]:
    """Yield the points of the character alignment of two strings, after each step: an offset in either."""
    for op in Levenshtein.opcodes(left, right):
        steps = max(op.src_end - op.src_start, op.dest_end - op.dest_start)
        for step in range(1, steps + 1):
            yield min(op.src_start + step, op.src_end), min(op.dest_start + step, op.dest_end)
