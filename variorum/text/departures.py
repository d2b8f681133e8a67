"""The declared departures of a text: read, matched with the computed ones, carried over, written."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from textwrap import shorten

from variorum.problems import Problem, Report
from variorum.text.alignment import Collation, EditedToken, Variant
from variorum.text.folders import Folders
from variorum.text.witness import WitnessToken

HEADER = ("at", "locator", "word", "lemma", "reading", "class", "certainty", "note")
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
    """Name of its class, or ``?``."""
    certainty: str = ""
    note: str = ""
    line: int = 0
    """Line in the file, from 1."""


def computed_rows(collation: Collation, stets: Iterable[str] = ()) -> list[tuple[Row, Variant]]:
    """Return the departures of a document as rows, undecided, in the order of the text.

    ``stets``: places (``at``) of declared rows whose lemma is their reading; those that do stand there are added.
    """
    standing = frozenset(token.compared.casefold() for token in collation.witness)
    rows = [(_row(collation, variant, standing), variant) for variant in collation.variants]
    place = {(t.line, t.column): n for n, t in enumerate(collation.witness)}
    end = {(t.line, t.last): n + 1 for n, t in enumerate(collation.witness)}
    for at in stets:
        first, last = _corners(at)
        if variant := collation.stet(place.get(first, 0), end.get(last, 0)):
            rows.append((replace(_row(collation, variant, standing), kind="doubtful"), variant))
    return sorted(rows, key=lambda pair: (pair[1].w0, pair[1].e0))


def _corners(at: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return line and column of the first and of the last character of a place that is no gap."""
    match = re.fullmatch(r"(\d+):(\d+)(?:-(?:(\d+):)?(\d+))?", at)
    line, column, last_line, last = match.groups() if match else ("0", "0", None, None)
    return (int(line), int(column)), (int(last_line or line), int(last or column))


def _row(collation: Collation, variant: Variant, standing: frozenset[str]) -> Row:
    """Return a departure as a row, classed where the case is plain."""
    lemma, reading = collation.lemma(variant), collation.reading(variant)
    here = lemma[0] if lemma else collation.edited[max(0, variant.e0 - 1)]
    spans = collation.lemma_spans(variant)
    texts = (" ".join(collation.blocks[block].text[start:end].split()) for block, start, end in spans)
    place, kind = collation.blocks[here.block].place, _plain_kind(lemma, reading, standing)
    return Row(_at(collation, variant), place, _word(collation, variant), " … ".join(texts), _as_written(reading), kind)


def _at(collation: Collation, variant: Variant) -> str:
    """Return the place of a variant in the witness, as `Row` has it."""
    run = collation.reading(variant)
    if not run:
        befores, firsts = collation.witness[: variant.w0][-1:], collation.witness[:1]
        return "".join(f"{t.line}:{t.last}^" for t in befores) or "^" + "".join(f"{t.line}:{t.column}" for t in firsts)
    first, last = run[0], run[-1]
    if last.line != first.line:
        return f"{first.line}:{first.column}-{last.line}:{last.last}"
    return f"{first.line}:{first.column}" + (f"-{last.last}" if last.last != first.column else "")


def _word(collation: Collation, variant: Variant) -> str:
    """Return the place of a variant's lemma in its block, as `Row` has it."""
    run = collation.lemma(variant)
    if not run:
        return f"{collation.edited[variant.e0 - 1].word if variant.e0 else 0}^"
    first, last = run[0], run[-1]
    if last.block != first.block:
        return f"{first.word}-{collation.blocks[last.block].place}:{last.word}"
    return f"{first.word}" if len(run) == 1 else f"{first.word}-{last.word}"


def _as_written(reading: Sequence[WitnessToken]) -> str:
    """Return the witness's words as written, one space for white space; a hyphen that is a dash is written as one.

    So is an ellipsis with spaces in it: points that stand apart are always points.
    """
    words = ""
    for before, token in zip([None, *reading], reading, strict=False):
        apart = before and (token.line, token.column) != (before.line, before.last + 1)
        regular = token.compared == "–" or " " in token.written
        words += (" " if apart else "") + (token.compared if regular else token.written)
    return words


def _plain_kind(lemma: Sequence[EditedToken], reading: Sequence[WitnessToken], standing: frozenset[str]) -> str:
    """Class a new row where the case is plain, else ``?``.

    ``break``: one word, parted at a line's end, that stands unbroken elsewhere. ``scan``: only a space lost or gained
    within a line, only an accent that English has not, or only marks that no printer sets.
    """
    ours, theirs = ("".join(token.compared for token in run) for run in (lemma, reading))
    if ours == theirs and len({token.line for token in reading}) > 1:
        return "break" if len(lemma) == 1 and ours.casefold() in standing else UNDECIDED
    if ours == theirs or (not lemma and set(theirs) <= _STRAY) or (ours == "I" and theirs == "|"):
        return "scan"
    bare = "".join(c for c in unicodedata.normalize("NFD", theirs) if not unicodedata.combining(c))
    return "scan" if bare == ours else UNDECIDED


def read_apparatus(folders: Folders, name: str) -> list[Row]:
    """Read ``apparatus/NAME.tsv``; raise EditionError with every row that is not of the form."""
    report, root = Report(folders.rows(name), "apparatus"), folders.root
    lines = report.text(root).splitlines() if (root / report.path).exists() else ["\t".join(HEADER)]
    if lines[:1] != ["\t".join(HEADER)]:
        report.add(1, "the first line does not name the columns", f"write {' '.join(HEADER)}")
        report.close()
    rows = []
    for number, cells in enumerate((line.split("\t") for line in lines[1:]), 2):
        if len(cells) == len(HEADER):
            rows.append(replace(Row(*cells), line=number))  # type: ignore[arg-type]  # eight, and line is the ninth
        else:
            report.add(number, f"{len(cells)} columns where {len(HEADER)} are wanted", "part them with tabs")
    report.close()
    return rows


def written(rows: Iterable[Row]) -> str:
    """Return the file of ``rows``."""
    return "".join("\t".join(cells) + "\n" for cells in (HEADER, *(astuple(row)[:-1] for row in rows)))


def form_problems(
    rows: Iterable[Row], path: str, classes: Mapping[str, bool], certainties: Collection[str]
) -> list[Problem]:
    """Return what is wrong with declared rows in themselves: class, certainty, reason, a place declared twice.

    ``path``: their file. ``classes``: name -> whether a row of the class wants a certainty and a reason.
    """
    report, seen = Report(path, "apparatus"), set()
    for row in rows:
        if row.at in seen:
            report.add(row.line, f"the place {row.at} is declared twice", "keep one of the rows")
        seen.add(row.at)
        if row.kind == UNDECIDED:
            remedy = f"give it a class: {', '.join(classes)}"
            report.add(row.line, f"“{row.lemma}” for “{row.reading}” is undecided", remedy)
        elif row.kind not in classes:
            report.add(row.line, f"“{row.kind}” is no class", f"write one of {', '.join(classes)}")
        elif classes[row.kind]:
            if row.certainty not in certainties:
                report.add(row.line, f"certainty “{row.certainty}” of “{row.lemma}”", f"write {', '.join(certainties)}")
            if not row.note:
                report.add(row.line, f"no reason for “{row.lemma}”, class {row.kind}", "say in the last column why")
    return report


def match_problems(declared: Sequence[Row], computed: Iterable[tuple[str, int, Row]], path: str) -> list[Problem]:
    """Return each difference between declared and computed rows.

    ``computed`` are (text's path, line, row); ``path`` is the file of the declared.
    """
    report = Report(path, "apparatus")
    by_place = {row.at: row for row in declared}
    for text_path, line, row in computed:
        ours = by_place.pop(row.at, None)
        if ours is None:
            remedy = "restore the reading, or run `make collate` and decide the row"
            report.append(Problem(text_path, line, "apparatus", f"{_instead(row)} ({row.at}), undeclared", remedy))
        elif (ours.lemma, ours.reading) != (row.lemma, row.reading):
            what = f"declared “{ours.lemma}” for “{ours.reading}”, collated “{row.lemma}” for “{row.reading}”"
            report.add(ours.line, what, "run `make collate` and decide the row again")
        elif (ours.locator, ours.word) != (row.locator, row.word):
            what = f"“{row.lemma}” has moved from {ours.locator}, word {ours.word}, to {row.locator}, word {row.word}"
            report.add(ours.line, what, "run `make collate`")
    for row in by_place.values():
        report.add(row.line, f"“{row.lemma}” for “{row.reading}” ({row.at}) no longer occurs", "run `make collate`")
    return report


def _instead(row: Row) -> str:
    if not row.lemma:
        return f"the witness’s “{_clipped(row.reading)}” is lacking"
    reading = f"“{_clipped(row.reading)}”" if row.reading else "nothing"
    return f"“{_clipped(row.lemma)}” stands where the witness has {reading}"


def _clipped(words: str) -> str:
    return shorten(words, 60, placeholder=" …")


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
            continue
        same = (ours.lemma, ours.reading) == (row.lemma, row.reading)
        rows.append(replace(row, kind=ours.kind if same else UNDECIDED, certainty=ours.certainty, note=ours.note))
        if not same:
            changes.append(f"changed: {_said(row)}; was “{ours.lemma}” for “{ours.reading}”, class {ours.kind}")
    changes += [f"gone: {_said(row)}, class {row.kind}" for row in by_place.values()]
    return rows, changes


def _said(row: Row) -> str:
    return f"{row.at} ({row.locator}) “{row.lemma}” for “{row.reading}”"
