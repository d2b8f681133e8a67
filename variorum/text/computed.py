"""The departures of a document from its witness as rows of the apparatus, classed where the case is plain."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from variorum.text.alignment import Collation, EditedToken
from variorum.text.departures import UNDECIDED, Row
from variorum.text.tokens import is_unseen, without_case
from variorum.text.variants import Variant
from variorum.text.witness import WitnessToken

_STRAY = frozenset("|•·■□~^*°_<>»«¬`´\\")
"""Marks that no printer sets by themselves: what a scanner makes of dust."""
_HYPHENS = frozenset("-¬\u00ad")
"""What stands at a line's end where a word goes on in the next."""
_PLACE = re.compile(r"(?P<line>\d+):(?P<column>\d+)(?:-(?:(?P<last_line>\d+):)?(?P<last>\d+))?")


def computed_rows(collation: Collation, stets: Iterable[str] = ()) -> list[tuple[Row, Variant]]:
    """Return the departures of a document as rows, in the order of the text.

    ``stets``: places (``at``) of declared rows whose lemma is their reading; those that do stand there are added, with
    the class ``doubtful``, the only one they can have.
    """
    evidence = Evidence(collation)
    rows = [(_row(collation, variant, evidence), variant) for variant in collation.variants]
    first_at = {(token.line, token.column): number for number, token in enumerate(collation.witness)}
    end_at = {(token.line, token.last): number + 1 for number, token in enumerate(collation.witness)}
    for at in stets:
        first, last = _corners(at)
        if variant := collation.stet(first_at.get(first, 0), end_at.get(last, 0)):
            rows.append((replace(_row(collation, variant, evidence), kind="doubtful"), variant))
    return sorted(rows, key=lambda pair: (pair[1].w0, pair[1].e0))


def _corners(at: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return line and column of the first and of the last character of a place that is no gap."""
    match = _PLACE.fullmatch(at)
    if not match:
        return (0, 0), (0, 0)
    first = int(match["line"]), int(match["column"])
    last = int(match["last_line"] or match["line"]), int(match["last"] or match["column"])
    return first, last


def _row(collation: Collation, variant: Variant, evidence: "Evidence") -> Row:
    """Return a departure as a row."""
    lemma, reading = collation.lemma(variant), collation.reading(variant)
    beside = lemma[0] if lemma else collation.edited[max(0, variant.e0 - 1)]
    texts = [
        " ".join(collation.blocks[block].text[start:end].split())
        for block, start, end in collation.lemma_spans(variant)
    ]
    return Row(
        at=_at(collation, variant),
        locator=collation.blocks[beside.block].place,
        word=_word(collation, variant),
        lemma=" … ".join(texts),
        reading=_as_written(reading),
        kind=_plain_kind(lemma, reading, evidence),
    )


def _at(collation: Collation, variant: Variant) -> str:
    """Return the place of a variant in the witness, as `Row` has it."""
    run = collation.reading(variant)
    if not run and variant.w0:
        before = collation.witness[variant.w0 - 1]
        return f"{before.line}:{before.last}^"
    if not run:
        first_of_all = collation.witness[:1]
        return "^" + "".join(f"{token.line}:{token.column}" for token in first_of_all)
    first, last = run[0], run[-1]
    if last.line != first.line:
        return f"{first.line}:{first.column}-{last.line}:{last.last}"
    if last.last != first.column:
        return f"{first.line}:{first.column}-{last.last}"
    return f"{first.line}:{first.column}"


def _word(collation: Collation, variant: Variant) -> str:
    """Return the place of a variant's lemma in its block, as `Row` has it."""
    run = collation.lemma(variant)
    if not run:
        before = collation.edited[variant.e0 - 1].word if variant.e0 else 0
        return f"{before}^"
    first, last = run[0], run[-1]
    if last.block != first.block:
        return f"{first.word}-{collation.blocks[last.block].place}:{last.word}"
    return f"{first.word}" if len(run) == 1 else f"{first.word}-{last.word}"


def _as_written(reading: Sequence[WitnessToken]) -> str:
    """Return the witness's words as written, one space for white space; a hyphen that is a dash is written as one.

    So is an ellipsis with spaces in it: points that stand apart are always points.
    """
    words = ""
    before = None
    for token in reading:
        if before and (token.line, token.column) != (before.line, before.last + 1):
            words += " "
        is_regular = token.compared == "–" or " " in token.written
        words += token.compared if is_regular else token.written
        before = token
    return words


class Evidence:
    """What the text itself says of a doubtful place: the words and letters that stand elsewhere."""

    def __init__(self, collation: Collation) -> None:
        """Look at an aligned document."""
        self.collation = collation

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the witness, without their letter case."""
        return frozenset(_bare(token.compared) for token in self.collation.witness)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters of the edited text."""
        return frozenset(char for token in self.collation.edited for char in token.compared)


def _form(text: str) -> str:
    """Return a word with ligatures, long s, superior figures and the like in the common form of their letters."""
    return unicodedata.normalize("NFKC", text)


def _bare(text: str) -> str:
    """Return a word as evidence is sought for it: letters in their common form, without their case."""
    return without_case(_form(text))


def _plain_kind(lemma: Sequence[EditedToken], reading: Sequence[WitnessToken], evidence: Evidence) -> str:
    """Class a new row where the case is plain, else ``?``.

    ``break``: one word, parted at a line's end, with a hyphen there or without, that stands unbroken elsewhere.
    ``form``: the letters are the same, and one has another form: a ligature, a long s, a superior figure.
    ``scan``: only a space lost or gained within a line, only characters that cannot be seen, only an accent on a letter
    that the edition has nowhere, or only marks that no printer sets.
    """
    ours = "".join(token.compared for token in lemma)
    theirs = "".join(token.compared for token in reading)
    is_over_lines = len({token.line for token in reading}) > 1
    if lemma and _form(_joined(reading)) == _form(ours) and (is_over_lines or "\u00ad" in theirs):
        return "break" if len(lemma) == 1 and _bare(ours) in evidence.words else UNDECIDED
    seen = "".join(char for char in theirs if not is_unseen(char))
    if ours == seen or (not lemma and _STRAY.issuperset(seen)) or (ours == "I" and theirs == "|"):
        return "scan"
    if _form(ours) == _form(theirs):
        return "form"
    return "scan" if _has_stray_accent(ours, theirs, evidence) else UNDECIDED


def _joined(reading: Sequence[WitnessToken]) -> str:
    """Return a reading joined over line ends: without soft hyphens, and without the hyphen at a line's end."""
    words = ""
    for number, token in enumerate(reading):
        after = reading[number + 1] if number + 1 < len(reading) else None
        is_last_in_line = after is not None and after.line > token.line
        if not (is_last_in_line and token.compared in _HYPHENS):
            words += token.compared.replace("\u00ad", "")
    return words


def _has_stray_accent(ours: str, theirs: str, evidence: Evidence) -> bool:
    """Tell whether a reading is the lemma with accents on letters that the edited text never has with them."""
    bare = "".join(char for char in unicodedata.normalize("NFD", theirs) if not unicodedata.combining(char))
    return bare == ours and not any(char in evidence.letters for char in theirs if char not in ours)
