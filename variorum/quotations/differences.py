"""How two wordings of the same words differ: who leaves out or changes what."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from variorum.text.tokens import Token, tokens, without_case

#: Marks that say nothing of the words: a quotation within a quotation has others, and a transcript may add asterisks.
_UNCOUNTED = frozenset("'\"«»‹›*")


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two wordings part; in one of the two nothing may stand."""

    first: tuple[int, int]
    """Where the words of the first stand: offsets, end excluded."""
    second: tuple[int, int]
    """Where those of the second stand."""


def differences(first: str, second: str) -> list[Difference]:
    """Return where two wordings differ, in order; letter case and quotation marks do not count."""
    ours, theirs = _counted(first), _counted(second)
    found = []
    for i, i_end, j, j_end in _gaps(_keys(ours), _keys(theirs)):
        found.append(Difference(_extent(ours, i, i_end), _extent(theirs, j, j_end)))
    return found


def is_of_marks(*wordings: str) -> bool:
    """Tell whether wordings have nothing but marks of punctuation."""
    return not any(char.isalnum() for wording in wordings for char in wording)


def _counted(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.compared not in _UNCOUNTED]


def _keys(found: list[Token]) -> list[str]:
    return [without_case(token.compared) for token in found]


def _gaps(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches between the words that two lists share: their bounds in each."""
    i = j = 0
    for block in LCSseq.opcodes(ours, theirs).as_matching_blocks():  # the last stands at both ends and is empty
        if block.a > i or block.b > j:
            yield i, block.a, j, block.b
        i, j = block.a + block.size, block.b + block.size


def _extent(found: list[Token], first: int, end: int) -> tuple[int, int]:
    """Return where some tokens stand in their text; of none, the gap before the next."""
    if first < end:
        return found[first].start, found[end - 1].end
    start = found[first - 1].end if first else 0
    return start, start
