"""The map of a witness: where each of its lines goes, in reading order, and which are left out, and why."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.problems import Report
from variorum.text.toml_file import Field, TomlLines, check_value, report_unknown

#: What a map may say of its witness.
FIELDS = {
    "siglum": Field(str, required=True, form=r"\w+", example='the siglum, letters or figures: "K"'),
    "title": Field(str, required=True),
    "provenance": Field(str, required=True),
    "date": Field(str, required=True),
    "rights": Field(dict, required=True, example='{status = "withheld", reason = "…", date = "2026-12-01"}'),
    "readings": Field(int, required=True, example="the number of complete readings"),
    "sha256": Field(
        str, required=True, form="[0-9a-f]{64}", example="the sha256 of the witness, 64 figures and letters"
    ),
    "pages": Field(dict),
    "map": Field(list, required=True, example='[{lines = "1-9", to = "document"}]'),
}
PAGES = {
    "source": Field(str, required=True, example='how a page is cited: "Ainsworth 1848"'),
    "starts": Field(list, required=True, example="the lines on which the pages begin: [1, 17]"),
    "first": Field(int, example="the number of the first page"),
    "seen": Field(list, example='the numbers that the witness shows: ["7", "8"]'),
}
ROW = 'write {lines = "3-7", to = "document"} or {lines = "9:1-10", out = "reason"}'
_RANGE = re.compile(r"(?P<first>\d+)(?::(?P<from>\d+)-(?P<to>\d*)|-(?P<last>\d+))?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of a map: a range of lines, or of columns in one line, and where it goes."""

    lines: str
    """The range as it stands in the map."""
    first: int
    last: int
    start: int
    """First column, from 1."""
    end: int | None
    """Last column; None: to the line's end."""
    to: str
    """Document name below texts/; empty when the piece is left out."""
    out: str
    """Reason for leaving it out; empty when it is placed."""
    row: int
    """Line of the map file, for messages."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of the printed source: where each begins and which numbers the witness itself shows."""

    source: str
    """How a page is cited: ``Ainsworth 1848``."""
    starts: tuple[int, ...]
    """Witness lines on which the pages begin, ascending."""
    first: int
    """Number of the first of them; the others count on."""
    seen: frozenset[str]
    """The numbers that the witness shows; the others are inferred by counting."""

    def label(self, line: int) -> str:
        """Return the page of a witness line, empty before the first start."""
        at = bisect_right(self.starts, line)
        return str(self.first + at - 1) if at else ""


def check_map(data: Mapping[str, Any], report: Report, places: TomlLines) -> bool:
    """Report what is wrong with the description of a witness; return whether nothing is."""
    before = len(report)
    rows = data.get("map")
    report_unknown(data, FIELDS, report, places)
    for key, field in FIELDS.items():
        line = places.key("", key)
        if key not in data:
            if field.required:
                report.add(0, f"no {key}", "describe the witness in full")
        elif key == "map":
            if not isinstance(rows, list) or not rows:
                report.add(line, f"“map” is {rows!r}", f"write map = {field.example}")
        else:
            check_value(f"“{key}”", data[key], field, report, line)
    readings = data.get("readings")
    if type(readings) is int and readings < 0:
        report.add(
            places.key("", "readings"), f"“readings” is {readings}", "write how many complete readings there were"
        )
    return len(report) == before


def read_pieces(rows: Sequence[Any], lines: Sequence[int], report: Report) -> list[Piece]:
    """Return the rows of a map; report those that are none. ``lines`` are theirs in the file."""
    pieces = []
    for number, row in enumerate(rows):
        line = lines[number] if number < len(lines) else 0
        piece = _piece(row, line)
        if piece is None:
            report.add(line, f"{_shown(row)} is no row of a map", ROW)
        else:
            pieces.append(piece)
    return pieces


def _piece(row: object, line: int) -> Piece | None:
    """Return a row of a map, or nothing where it is not of the form."""
    if not isinstance(row, dict) or set(row) not in ({"lines", "to"}, {"lines", "out"}):
        return None
    if not all(isinstance(value, str) and value.strip() for value in row.values()):
        return None
    match = _RANGE.fullmatch(row["lines"])
    if match is None:
        return None
    first, last, start, end = (int(match[part] or 0) for part in ("first", "last", "from", "to"))
    return Piece(
        row["lines"], first, last or first, start or 1, end or None, row.get("to", ""), row.get("out", ""), line
    )


def _shown(row: object) -> str:
    if not isinstance(row, dict):
        return f"“{row}”"
    return "{" + ", ".join(f'{key} = "{value}"' for key, value in row.items()) + "}"


def read_pages(told: Any, length: int, report: Report, places: TomlLines) -> Pages:
    """Return the pages of a witness of ``length`` lines; report what is wrong with them."""
    nothing = Pages("", (), 1, frozenset())
    if not told or not _has_form_of_pages(told, report, places):
        return nothing
    starts, first = told["starts"], told.get("first", 1)
    line = _line_of(places, "starts")
    if starts != sorted({start for start in starts if 1 <= start <= length}):
        report.add(line, "the pages’ first lines do not ascend, or are not in the witness", "put them in order")
        return nothing
    pages = Pages(told["source"], tuple(starts), first, frozenset(map(str, told.get("seen", []))))
    for number in sorted(pages.seen - {pages.label(start) for start in starts}):
        line = _line_of(places, "seen")
        report.add(line, f"“seen” in pages names “{number}”, and there is no such page", "remove it, or mend “starts”")
    return pages


def _line_of(places: TomlLines, key: str) -> int:
    """Return the line of a key of ``[pages]``, or of ``pages = {…}``."""
    return places.key("pages", key) or places.key("", "pages")


def _has_form_of_pages(told: Mapping[str, Any], report: Report, places: TomlLines) -> bool:
    """Report keys and values of ``pages`` that are not of the form; return whether all are."""
    before = len(report)
    for key in told:
        if key not in PAGES:
            report.add(_line_of(places, key), f"“{key}” in pages is no field", f"use {', '.join(PAGES)}")
    for key, field in PAGES.items():
        label, line = f"“{key}” in pages", _line_of(places, key)
        if key not in told:
            if field.required:
                report.add(line, f"no {key} in pages", f"write {field.example}")
        elif field.kind is list:
            wanted = {int} if key == "starts" else {int, str}
            if not isinstance(told[key], list) or {type(one) for one in told[key]} - wanted:
                report.add(line, f"{label} is no list of numbers", f"write {field.example}")
        else:
            check_value(label, told[key], field, report, line)
    if type(told.get("first")) is int and told["first"] < 1:
        report.add(
            _line_of(places, "first"),
            f"“first” in pages is {told['first']}",
            "write the number of the first page, from 1",
        )
    return len(report) == before


def check_cover(pieces: list[Piece], lines: tuple[str, ...], path: str, report: Report) -> None:
    """Report lines of the witness that the map has twice or not at all, and ranges past its end.

    While a range is wrong, the lines that no row has are not told: they are its own.
    """
    covered = [bytearray(len(line)) for line in lines]
    before = len(report)
    for piece in pieces:
        if not _is_in(piece, lines):
            what = f"the range {piece.lines} is not in {path}, which has {len(lines)} lines"
            report.add(piece.row, what, "mend the range")
            continue
        columns = slice(piece.start - 1, piece.end)
        numbers = range(piece.first, piece.last + 1)
        twice = next((number for number in numbers if any(covered[number - 1][columns])), 0)
        if twice:
            what = f"line {twice} of {path} is placed twice (range {piece.lines})"
            report.add(piece.row, what, "let each line stand in one row")
        for placed in covered[piece.first - 1 : piece.last]:
            placed[columns] = b"\1" * len(placed[columns])
    if len(report) > before:
        return
    for number, (line, placed) in enumerate(zip(lines, covered, strict=True), 1):
        lost = "".join(char for char, once in zip(line, placed, strict=True) if not once).strip()
        if lost:
            what = f"line {number} of {path} is in no row: “{lost[:40]}”"
            report.add(0, what, "place it, or leave it out with a reason")


def _is_in(piece: Piece, lines: tuple[str, ...]) -> bool:
    """Tell whether a range is one of the witness."""
    if not 1 <= piece.first <= piece.last <= len(lines):
        return False
    width = len(lines[piece.first - 1])
    if piece.end is None:
        return piece.start <= max(width, 1)
    return piece.start <= piece.end <= width
