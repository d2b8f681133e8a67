"""Find the stretches that two passages share, word for word or nearly so."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import regex
from rapidfuzz.distance import LCSseq

from variorum.text.tokens import Token, tokens, without_case

#: A word counts 1 towards what two stretches share; a common one counts little, and one that differs counts against it.
COMMON_WORD, OTHER_WORD = 0.4, -0.5
#: A word is common that stands in so great a part of all sentences, and in more than so many; so is a single letter.
COMMON_PART, COMMON_LEAST = 0.01, 5
#: What two stretches have to share at least: five rare words in a row, or more words with some that differ.
LEAST = 5.0
#: So many rare words two sentences share before they are aligned: fewer cannot reach `LEAST` but in common words.
SEEDS = 3

_SENTENCE = regex.compile(r".+?(?:[.!?;:…][’”\"')\]]*(?=\s)|$)", regex.DOTALL)
_WORD = regex.compile(r"[\p{L}\p{N}]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a text."""

    siglum: str
    place: str
    """Its locator without the siglum: ``3.14``."""
    text: str

    @property
    def section(self) -> tuple[str, str]:
        """Return the section it stands in; what an author repeats within one is no quotation."""
        return self.siglum, self.place.partition(".")[0]


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Some words of a passage."""

    passage: int
    """Index of the passage."""
    start: int
    """Offset of the first character in the passage's text."""
    end: int
    """Offset after the last character."""


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """Two stretches that share their words, in the order of the passages."""

    first: Stretch
    second: Stretch


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage."""

    passage: int
    words: tuple[Token, ...]
    """Its words and numbers; offsets are those in the passage."""
    compared: tuple[str, ...]
    """The words as they are compared: letter case does not count."""


def words_of(text: str) -> list[Token]:
    """Return the words and numbers of a text, without its marks."""
    return [token for token in tokens(text) if _WORD.match(token.written)]


def sentences(passages: Sequence[Passage]) -> list[Sentence]:
    """Return the sentences of all passages, in order."""
    found = []
    for index, passage in enumerate(passages):
        ends = [match.end() for match in _SENTENCE.finditer(passage.text)]
        words = words_of(passage.text)
        start = 0
        for end in ends:
            inside = tuple(word for word in words if start <= word.start < end)
            if inside:
                found.append(Sentence(index, inside, tuple(without_case(word.compared) for word in inside)))
            start = end
    return found


@lru_cache(maxsize=4)
def shared(passages: tuple[Passage, ...]) -> list[Shared]:
    """Return every two stretches of different sections that share enough words; made once for the same passages."""
    known = sentences(passages)
    standing_in = Counter(word for sentence in known for word in set(sentence.compared))
    limit = max(COMMON_PART * len(known), COMMON_LEAST)
    rare = {word for word, count in standing_in.items() if 1 < count <= limit}
    common = {word for word, count in standing_in.items() if count > limit}
    spans: dict[tuple[int, int], list[Shared]] = defaultdict(list)
    for one, other in sorted(_alike(passages, known, rare)):
        match = _best(_widened(known, one), _widened(known, other), common)
        if match:
            spans[match.first.passage, match.second.passage].append(match)
    return [match for pair in sorted(spans) for match in _joined(spans[pair])]


def _alike(passages: Sequence[Passage], known: Sequence[Sentence], rare: set[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of sentences of different sections that share some rare words."""
    standing: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(known):
        for word in rare.intersection(sentence.compared):
            standing[word].append(number)
    counts: Counter[tuple[int, int]] = Counter()
    for numbers in standing.values():
        counts.update(combinations(numbers, 2))
    for (one, other), count in counts.items():
        sections = passages[known[one].passage].section, passages[known[other].passage].section
        if count >= SEEDS and sections[0] != sections[1]:
            yield one, other


def _widened(known: Sequence[Sentence], number: int) -> Sentence:
    """Return a sentence with its neighbours in the passage: what is shared may go on in them."""
    passage = known[number].passage
    near = [sentence for sentence in known[max(number - 1, 0) : number + 2] if sentence.passage == passage]
    words = tuple(word for sentence in near for word in sentence.words)
    compared = tuple(word for sentence in near for word in sentence.compared)
    return Sentence(passage, words, compared)


def _best(one: Sentence, other: Sentence, common: set[str]) -> Shared | None:
    """Return the stretches of two sentences that share most; None where they share too little.

    The words are aligned, and of all parts of the alignment the one with the greatest sum is taken.
    """
    ours, theirs = one.compared, other.compared
    best, total = 0.0, 0.0
    found: tuple[int, int, int, int] | None = None
    begun: tuple[int, int] | None = None
    for code in LCSseq.opcodes(ours, theirs):
        if code.tag != "equal":
            differing = max(code.src_end - code.src_start, code.dest_end - code.dest_start)
            total += OTHER_WORD * differing
            continue
        if begun is None or total <= 0:
            total, begun = 0.0, (code.src_start, code.dest_start)
        for word in ours[code.src_start : code.src_end]:
            total += COMMON_WORD if word in common or len(word) == 1 else 1.0
        if total > best:
            best, found = total, (begun[0], code.src_end, begun[1], code.dest_end)
    if found is None or best < LEAST:
        return None
    first, after_first, second, after_second = found
    return Shared(
        Stretch(one.passage, one.words[first].start, one.words[after_first - 1].end),
        Stretch(other.passage, other.words[second].start, other.words[after_second - 1].end),
    )


def _joined(matches: Sequence[Shared]) -> list[Shared]:
    """Return the matches of two passages, those that overlap made one."""
    joined: list[Shared] = []
    for match in sorted(set(matches)):
        last = joined[-1] if joined else None
        if last and match.first.start <= last.first.end and match.second.start <= last.second.end:
            joined[-1] = Shared(_union(last.first, match.first), _union(last.second, match.second))
        else:
            joined.append(match)
    return joined


def _union(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(one.passage, min(one.start, other.start), max(one.end, other.end))
