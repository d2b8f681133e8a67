"""The file of the declared departures, ``apparatus/NAME.tsv``: whatever is written can be read again."""

import re
import sys
from collections.abc import Iterable

from variorum.problems import Report
from variorum.text.departures import Row
from variorum.text.folders import Folders
from variorum.text.tokens import with_unseen_named

HEADER = ("at", "locator", "word", "lemma", "reading", "class", "certainty", "note")
_NAMED = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


def read_apparatus(folders: Folders, name: str) -> list[Row]:
    """Read ``apparatus/NAME.tsv``; raise EditionError with every row that is not of the form."""
    report = Report(folders.rows(name), "apparatus")
    if not (folders.root / report.path).exists():
        return []
    # no splitlines: it parts lines at characters that may stand within one
    head, *lines = report.text(folders.root).removesuffix("\n").split("\n")
    if head != "\t".join(HEADER):
        report.add(1, "the first line does not name the columns", f"write {' '.join(HEADER)}")
        report.close()
    rows = []
    for number, line in enumerate(lines, 2):
        cells = [restored(cell) for cell in line.split("\t")]
        if len(cells) == len(HEADER):
            at, locator, word, lemma, reading, kind, certainty, note = cells
            rows.append(Row(at, locator, word, lemma, reading, kind, certainty, note, number))
        else:
            report.add(number, f"{len(cells)} columns where {len(HEADER)} are wanted", "part them with tabs")
    report.close()
    return rows


def written(rows: Iterable[Row]) -> str:
    """Return the file of ``rows``."""
    lines = ["\t".join(HEADER)]
    for row in rows:
        cells = (row.at, row.locator, row.word, row.lemma, row.reading, row.kind, row.certainty, row.note)
        lines.append("\t".join(named(cell) for cell in cells))
    return "\n".join(lines) + "\n"


def named(cell: str) -> str:
    """Return a cell in which what cannot be seen, tabs and line ends among it, is named: ``[U+200B]``.

    A bracket before ``U+`` in the words themselves is named too, so that the way back is sure.
    """
    return with_unseen_named(cell.replace("[U+", "[U+005B]U+"))


def restored(cell: str) -> str:
    """Return the characters that a cell stands for."""
    return _NAMED.sub(_character, cell)


def _character(match: re.Match[str]) -> str:
    """Return a character by its number; what is no number of a character stands for itself."""
    code = int(match[1], 16)
    is_character = code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - surrogates are halves
    return chr(code) if is_character else match[0]
