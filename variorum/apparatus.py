"""The declared departures of a text: read, matched with the computed ones, carried over, written; and the way back."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from variorum.collation import Block, Collation, Variant, edited_tokens
from variorum.problems import EditionError, Problem
from variorum.tokens import tokens

HEADER = ("at", "locator", "word", "lemma", "reading", "class", "certainty", "note")
CLASSES = ("break", "scan", "print", "supplied", "doubtful")
CERTAINTIES = ("high", "medium", "low")
UNDECIDED = "?"
_STRAY = set("|•·■□~^*°_<>»«¬`´\\")


@dataclass(frozen=True, slots=True)
class Row:
    """One departure. ``at`` is its identity; locator and word are derived, and there to be read and to rebuild."""

    at: str
    """Place in the witness: ``45:12-16``, ``45:60-46:3``, ``45:16^`` (after column 16), ``^45:1`` (before it)."""
    locator: str
    """``1.12``"""
    word: str
    """Tokens of the lemma, numbered in their block: ``7``, ``7-9``; ``7^`` the gap after token 7."""
    lemma: str
    reading: str
    kind: str
    """One of CLASSES, or ``?``."""
    certainty: str = ""
    note: str = ""
    line: int = 0
    """Line in the file, from 1."""


def computed_rows(collation: Collation, stets: Iterable[str] = ()) -> list[tuple[Row, Variant]]:
    """Return the departures of a document as rows, undecided, in the order of the text.

    ``stets``: places (``at``) of declared rows whose lemma is their reading; those that do stand there are added.
    """
    standing = _standing(collation)
    rows = [(_row(collation, variant, standing), variant) for variant in collation.variants]
    place = {(t.line, t.column): n for n, t in enumerate(collation.witness)}
    end = {(t.line, t.last): n + 1 for n, t in enumerate(collation.witness)}
    for at in stets:
        first, last = _corners(at)
        variant = collation.stet(place.get(first, 0), end.get(last, 0))
        if variant:
            rows.append((replace(_row(collation, variant, standing), kind="doubtful"), variant))
    return sorted(rows, key=lambda pair: (pair[1].w0, pair[1].e0))


def _corners(at: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return line and column of the first and of the last character of a place that is no gap."""
    first, _, last = at.partition("-")
    line, _, column = first.partition(":")
    last_line, _, last_column = last.rpartition(":")
    try:
        return (int(line), int(column)), (int(last_line or line), int(last_column or column))
    except ValueError:
        return (0, 0), (0, 0)


def _row(collation: Collation, variant: Variant, standing: frozenset[str]) -> Row:
    edited = collation.edited[variant.e0 : variant.e1]
    witness = collation.witness[variant.w0 : variant.w1]
    if witness:
        first, last = witness[0], witness[-1]
        at = f"{first.line}:{first.column}"
        if last.line != first.line:
            at += f"-{last.line}:{last.last}"
        elif last.last != first.column:
            at += f"-{last.last}"
    elif variant.w0:
        before = collation.witness[variant.w0 - 1]
        at = f"{before.line}:{before.last}^"
    else:
        at = f"^{collation.witness[0].line}:{collation.witness[0].column}" if collation.witness else "^"
    here = edited[0] if edited else collation.edited[max(0, variant.e0 - 1)]
    if not edited:
        word = f"{here.word if variant.e0 else 0}^"
    elif edited[-1].block == here.block:
        word = f"{here.word}" if len(edited) == 1 else f"{here.word}-{edited[-1].word}"
    else:
        word = f"{here.word}-{collation.blocks[edited[-1].block].place}:{edited[-1].word}"
    lemma = " … ".join(
        collation.blocks[block].text[run[0].start : run[-1].end]
        for block in dict.fromkeys(t.block for t in edited)
        for run in [[t for t in edited if t.block == block]]
    )
    kind = _plain_kind(
        [t.compared for t in edited], _forms(collation, variant), standing, _one_line(collation, variant)
    )
    return Row(at, collation.blocks[here.block].place, word, lemma, _reading(collation, variant), kind)


def _reading(collation: Collation, variant: Variant) -> str:
    """Return the witness's words as written, one space for white space; a hyphen that is a dash is written as one."""
    parts, before = [], None
    for token in collation.witness[variant.w0 : variant.w1]:
        if before and (token.line != before.line or token.column != before.last + 1):
            parts.append(" ")
        parts.append("–" if token.compared == "–" else token.written)
        before = token
    return "".join(parts)


def _forms(collation: Collation, variant: Variant) -> list[str]:
    return [t.compared for t in collation.witness[variant.w0 : variant.w1]]


def _one_line(collation: Collation, variant: Variant) -> bool:
    return len({t.line for t in collation.witness[variant.w0 : variant.w1]}) <= 1


def _standing(collation: Collation) -> frozenset[str]:
    """Return the words of the witness that stand there unbroken."""
    return frozenset(token.compared.casefold() for token in collation.witness)


def _plain_kind(lemma: Sequence[str], reading: Sequence[str], standing: frozenset[str], one_line: bool) -> str:
    """Class a new row where the case is plain, else ``?``.

    ``break``: one word, parted at a line's end, that stands unbroken elsewhere. ``scan``: only a space lost or gained
    within a line, only an accent that English has not, or only marks that no printer sets.
    """
    ours, theirs = "".join(lemma), "".join(reading)
    if ours == theirs and not one_line:
        return "break" if len(lemma) == 1 and lemma[0].casefold() in standing else UNDECIDED
    if ours == theirs or (not lemma and set(theirs) <= _STRAY) or (ours == "I" and theirs == "|"):
        return "scan"
    bare = "".join(c for c in unicodedata.normalize("NFD", theirs) if not unicodedata.combining(c))
    return "scan" if bare == ours else UNDECIDED


def read_apparatus(root: Path, name: str) -> list[Row]:
    """Read ``apparatus/NAME.tsv``; raise EditionError with every row that is not of the form."""
    path = f"apparatus/{name}.tsv"
    file = root / path
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else ["\t".join(HEADER)]
    if tuple(lines[0].split("\t")) != HEADER:
        raise EditionError(
            Problem(path, 1, "apparatus", "the first line does not name the columns", "write " + " ".join(HEADER))
        )
    rows, problems = [], []
    for number, cells in enumerate(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE), 2):
        if len(cells) != len(HEADER):
            what = f"{len(cells)} columns where {len(HEADER)} are wanted"
            problems.append(Problem(path, number, "apparatus", what, "part them with tabs"))
        else:
            rows.append(Row(*cells, number))
    if problems:
        raise EditionError(*problems)
    return rows


def written(rows: Iterable[Row]) -> str:
    """Return the file of ``rows``."""
    out = io.StringIO()
    table = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n", quotechar=None)
    table.writerow(HEADER)
    table.writerows([r.at, r.locator, r.word, r.lemma, r.reading, r.kind, r.certainty, r.note] for r in rows)
    return out.getvalue()


def form_problems(rows: Iterable[Row], name: str) -> Iterator[Problem]:
    """Yield what is wrong with declared rows in themselves: class, certainty, reason, a place declared twice."""
    path, seen = f"apparatus/{name}.tsv", set()
    for row in rows:
        if row.at in seen:
            yield Problem(path, row.line, "apparatus", f"the place {row.at} is declared twice", "keep one of the rows")
        seen.add(row.at)
        if row.kind == UNDECIDED:
            what = f"“{row.lemma}” for “{row.reading}” is undecided"
            yield Problem(path, row.line, "apparatus", what, f"give it a class: {', '.join(CLASSES)}")
        elif row.kind not in CLASSES:
            yield Problem(
                path, row.line, "apparatus", f"“{row.kind}” is no class", f"write one of {', '.join(CLASSES)}"
            )
        elif row.kind not in CLASSES[:2]:
            if row.certainty not in CERTAINTIES:
                what = f"certainty “{row.certainty}” of “{row.lemma}”"
                yield Problem(path, row.line, "apparatus", what, f"write {', '.join(CERTAINTIES)}")
            if not row.note:
                what = f"no reason for “{row.lemma}”, class {row.kind}"
                yield Problem(path, row.line, "apparatus", what, "say in the last column why")


def match_problems(declared: Sequence[Row], computed: Sequence[tuple[str, int, Row]], name: str) -> Iterator[Problem]:
    """Yield each difference between declared and computed rows; ``computed`` are (text's path, line, row)."""
    path = f"apparatus/{name}.tsv"
    by_place = {row.at: row for row in declared}
    for text_path, line, row in computed:
        ours = by_place.pop(row.at, None)
        if ours is None:
            what = f"{_instead(row)} ({row.at}), undeclared"
            yield Problem(
                text_path, line, "apparatus", what, "restore the reading, or run `make collate` and decide the row"
            )
        elif (ours.lemma, ours.reading) != (row.lemma, row.reading):
            what = f"declared “{ours.lemma}” for “{ours.reading}”, collated “{row.lemma}” for “{row.reading}”"
            yield Problem(path, ours.line, "apparatus", what, "run `make collate` and decide the row again")
        elif (ours.locator, ours.word) != (row.locator, row.word):
            what = f"“{row.lemma}” has moved from {ours.locator}, word {ours.word}, to {row.locator}, word {row.word}"
            yield Problem(path, ours.line, "apparatus", what, "run `make collate`")
    for row in by_place.values():
        what = f"“{row.lemma}” for “{row.reading}” ({row.at}) no longer occurs"
        yield Problem(path, row.line, "apparatus", what, "run `make collate`")


def _instead(row: Row) -> str:
    if not row.lemma:
        return f"the witness’s “{_clipped(row.reading)}” is lacking"
    reading = f"“{_clipped(row.reading)}”" if row.reading else "nothing"
    return f"“{_clipped(row.lemma)}” stands where the witness has {reading}"


def _clipped(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[:most]} …"


def carried(declared: Sequence[Row], computed: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Return the computed rows with what the editors decided, and one line a change.

    Class, certainty and note go over by place; where lemma or reading changed the class is asked again.
    """
    by_place = {row.at: row for row in declared}
    rows, changes = [], []
    for row in computed:
        ours = by_place.pop(row.at, None)
        if ours is None:
            rows.append(row)
            changes.append(f"new: {_said(row)}")
        elif (ours.lemma, ours.reading) == (row.lemma, row.reading):
            rows.append(replace(row, kind=ours.kind, certainty=ours.certainty, note=ours.note))
        else:
            rows.append(replace(row, kind=UNDECIDED, certainty=ours.certainty, note=ours.note))
            changes.append(f"changed: {_said(row)}; was “{ours.lemma}” for “{ours.reading}”, class {ours.kind}")
    changes += [f"gone: {_said(row)}, class {row.kind}" for row in by_place.values()]
    return rows, changes


def _said(row: Row) -> str:
    return f"{row.at} ({row.locator}) “{row.lemma}” for “{row.reading}”"


def rebuilt(blocks: Sequence[Block], rows: Iterable[Row]) -> list[tuple[str, bool]]:
    """Return the witness's tokens as compared, from the edited text and its apparatus alone.

    The flag says that the token stands unchanged in a heading, where letter case is silent.
    """
    found = [[token.compared for token in edited_tokens([block])] for block in blocks]
    index = {block.place: n for n, block in enumerate(blocks)}
    gaps: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        reading = ["-" if t.written == "-" else t.compared for t in tokens(row.reading)]
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
