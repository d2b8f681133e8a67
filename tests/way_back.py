"""The way back: the witness's tokens from the edited text and its apparatus alone, the witness closed."""

from collections.abc import Iterable, Sequence

from variorum.text.alignment import Block, edited_tokens
from variorum.text.departures import Row
from variorum.text.tokens import tokens


def rebuilt(blocks: Sequence[Block], rows: Iterable[Row]) -> list[tuple[str, bool]]:
    """Return the witness's tokens as compared, from the edited text and its apparatus alone.

    The flag says that the token stands unchanged in a heading, where letter case is silent.
    """
    found = [[token.compared for token in edited_tokens([block])] for block in blocks]
    index = {block.place: n for n, block in enumerate(blocks)}
    gaps: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        words = (token for word in row.reading.split(" ") for token in tokens(word))  # points apart are points
        reading = ["-" if t.written == "-" else t.compared for t in words]
        here = index[row.locator]
        first, _, last = row.word.rstrip("^").partition("-")
        if row.word.endswith("^"):
            gaps[here, int(first)] = reading
            continue
        there, _, last_word = last.rpartition(":")
        end = index[there] if there else here
        for block in range(here, end + 1):
            low = int(first) if block == here else 1
            high = int(last_word or first) if block == end else len(found[block])
            for word in range(low, high + 1):
                found[block][word - 1] = ""
        found[here][int(first) - 1] = "\0".join(reading)
    answer: list[tuple[str, bool]] = []
    for block, words in enumerate(found):
        for number, word in enumerate(["", *words]):
            own = word.split("\0") if word else []
            answer += [(token, blocks[block].heading) for token in own]
            answer += [(token, False) for token in gaps.get((block, number), [])]
    return answer
