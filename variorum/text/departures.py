"""The declared departures of a text: what is wrong with them, how they are matched and carried over."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

import regex

from variorum.problems import Problem, Report
from variorum.text.tokens import with_unseen_named

UNDECIDED = "?"
RULE = "*"
"""What stands for the place in a row that decides many like rows."""
RULES = ("same", "capitals")
"""What makes rows like: the same lemma and reading; a reading that is its lemma in capitals."""


@dataclass(frozen=True, slots=True)
class Row:
    """One departure. ``at`` is its identity; locator and word are derived, and there to be read and to rebuild.

    A row at ``*`` is a rule: `make collate` gives its class, certainty and note to every undecided row it covers. Its
    ``word`` is one of RULES; a rule of the ``same`` has the lemma and the reading that it is for.
    """

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


def covers(rule: Row, row: Row) -> bool:
    """Tell whether a row is of the sort that a rule decides."""
    if rule.word == "same":
        return (row.lemma, row.reading) == (rule.lemma, rule.reading)
    return row.reading not in {"", row.lemma} and row.reading == row.lemma.upper()


def form_problems(
    rows: Iterable[Row], path: str, classes: Mapping[str, bool], certainties: Collection[str]
) -> list[Problem]:
    """Return what is wrong with declared rows in themselves: class, certainty, reason, a place declared twice.

    ``path``: their file. ``classes``: name -> whether a row of the class wants a certainty and a reason.
    """
    report = Report(path, "apparatus")
    seen = set()
    for row in rows:
        if row.at == RULE and row.word not in RULES:
            report.add(row.line, f"“{row.word}” is no rule", f"write one of {', '.join(RULES)} in the third column")
        if row.at in seen:
            report.add(row.line, f"the place {row.at} is declared twice", "keep one of the rows")
        if row.at != RULE:
            seen.add(row.at)
        _check_class(row, report, classes, certainties)
    return report


def _check_class(row: Row, report: Report, classes: Mapping[str, bool], certainties: Collection[str]) -> None:
    """Report a class, certainty or reason that a row cannot have."""
    lemma, reading = with_unseen_named(row.lemma), with_unseen_named(row.reading)
    if row.kind == UNDECIDED:
        remedy = f"give it a class: {', '.join(classes)}"
        report.add(row.line, f"“{lemma}” for “{reading}” is undecided", remedy)
        return
    if row.kind not in classes:
        report.add(row.line, f"“{row.kind}” is no class", f"write one of {', '.join(classes)}")
        return
    wants_reason = classes[row.kind]
    if row.certainty not in certainties and (row.certainty or wants_reason):
        report.add(row.line, f"certainty “{row.certainty}” of “{lemma}”", f"write {', '.join(certainties)}")
    if wants_reason and not row.note.strip():
        report.add(row.line, f"no reason for “{lemma}”, class {row.kind}", "say in the last column why")
    if row.kind == "break" and row.at != RULE and _letters(row.lemma) != _letters(row.reading):
        what = f"“{lemma}” for “{reading}” is no word broken at a line’s end: the letters differ"
        report.add(row.line, what, "give it another class")
    if row.kind == "supplied" and not _is_part(_letters(row.reading), _letters(row.lemma)):
        what = f"nothing is supplied at “{lemma}”: the witness has “{reading}” there"
        report.add(row.line, what, "give it another class")


def _letters(text: str) -> str:
    """Return the letters and figures of some words alone, each in its common form."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def _is_part(fewer: str, more: str) -> bool:
    """Tell whether letters become others when some are put in between or at the ends."""
    rest = iter(more)
    return len(fewer) < len(more) and all(letter in rest for letter in fewer)


def match_problems(declared: Sequence[Row], computed: Iterable[tuple[str, int, Row]], path: str) -> list[Problem]:
    """Return each difference between declared and computed rows.

    ``computed`` are (text's path, line, row); ``path`` is the file of the declared.
    """
    report = Report(path, "apparatus")
    rules = [row for row in declared if row.at == RULE]
    by_place = {row.at: row for row in declared if row.at != RULE}
    found = list(computed)
    changed = {row.locator for _, _, row in found if row.at not in by_place}
    for text_path, line, row in found:
        ours = by_place.pop(row.at, None)
        if ours is None:
            remedy = "restore the reading, or run `make collate` and decide the row"
            report.append(Problem(text_path, line, "apparatus", f"{_instead(row)} ({row.at}), undeclared", remedy))
        else:
            _compare(ours, row, changed, report)
    for row in by_place.values():
        report.add(row.line, f"{_for(row)} ({row.at}) no longer occurs", "run `make collate`")
    for rule in rules:
        if rule.word in RULES and not any(covers(rule, row) for _, _, row in found):
            report.add(rule.line, "the rule covers no row", "take it out, or mend it")
    return report


def _compare(ours: Row, row: Row, changed: Collection[str], report: Report) -> None:
    """Report where a declared row is no longer the computed one, or has a class that the computed one cannot have.

    ``changed`` are the locators of paragraphs with departures that are not declared.
    """
    if (ours.lemma, ours.reading) != (row.lemma, row.reading):
        what = f"declared {_for(ours)}, collated {_for(row)}"
        report.add(ours.line, what, "run `make collate` and decide the row again")
    elif (ours.locator, ours.word) != (row.locator, row.word):
        if row.locator in changed:
            return  # what was changed in the paragraph moved it
        lemma = with_unseen_named(row.lemma)
        what = f"“{lemma}” has moved from {ours.locator}, word {ours.word}, to {row.locator}, word {row.word}"
        report.add(ours.line, what, "run `make collate`")
    elif row.kind == "doubtful" != ours.kind:
        what = f"the witness’s “{with_unseen_named(row.reading)}” stands unchanged, class {ours.kind}"
        report.add(ours.line, what, "write doubtful, with certainty and reason, or take the row out")


def _for(row: Row) -> str:
    return f"“{with_unseen_named(row.lemma)}” for “{with_unseen_named(row.reading)}”"


def _instead(row: Row) -> str:
    if not row.lemma:
        return f"the witness’s “{_clipped(row.reading)}” is lacking"
    lemma, reading = _told_apart(row.lemma, row.reading), _told_apart(row.reading, row.lemma)
    return f"“{_clipped(lemma)}” stands where the witness has " + (f"“{_clipped(reading)}”" if reading else "nothing")


def _told_apart(words: str, others: str) -> str:
    """Return words in which each letter of another script than its counterpart is named: a Cyrillic а for an a."""
    if len(words) != len(others):
        return words
    told = ""
    for char, other in zip(words, others, strict=True):
        is_latin = [bool(regex.match(r"\p{Latin}", letter)) for letter in (char, other)]
        is_letter = [letter.isalpha() for letter in (char, other)]
        told += char
        if all(is_letter) and is_latin == [False, True]:
            told += f" (U+{ord(char):04X})"
    return told


def _clipped(words: str) -> str:
    return shorten(with_unseen_named(words), 60, placeholder=" …")


def carried(declared: Sequence[Row], computed: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Return the rules, then the computed rows with what the editors decided, and one line a change.

    Class, certainty and note go over by place; where lemma or reading changed the class is asked again. What is
    undecided then takes the class, certainty and note of the first rule that covers it.
    """
    rules = [row for row in declared if row.at == RULE]
    by_place = {row.at: row for row in declared if row.at != RULE}
    rows, changes = [], []
    for row in computed:
        ours = by_place.pop(row.at, None)
        if ours is None:
            rows.append(_ruled(row, rules))
            changes.append(f"new: {_said(row)}")
            continue
        is_same = (ours.lemma, ours.reading) == (row.lemma, row.reading)
        kept = replace(row, kind=ours.kind if is_same else UNDECIDED, certainty=ours.certainty, note=ours.note)
        rows.append(_ruled(kept, rules))
        if not is_same:
            changes.append(f"changed: {_said(row)}; was {_for(ours)}, {_decision(ours)}")
    changes += [f"gone: {_said(row)}, {_decision(row)}" for row in by_place.values()]
    return rules + rows, changes


def _decision(row: Row) -> str:
    """Return what the editors decided of a row, in full: whoever moves a passage can type it again."""
    certainty = f", {row.certainty}" if row.certainty else ""
    reason = f": {row.note}" if row.note else ""
    return f"class {row.kind}{certainty}{reason}"


def _ruled(row: Row, rules: Sequence[Row]) -> Row:
    """Return a row with what the first rule that covers it decides, if it is undecided."""
    if row.kind != UNDECIDED:
        return row
    for rule in rules:
        if covers(rule, row):
            return replace(row, kind=rule.kind, certainty=rule.certainty, note=rule.note)
    return row


def _said(row: Row) -> str:
    return f"{row.at} ({row.locator}) {_for(row)}"
