"""A witness and its map: the tokens of a source in reading order, every line placed or left out for a reason."""

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from variorum.problems import EditionError, Problem, Report
from variorum.text.folders import Folders
from variorum.text.rights import Rights, read_rights
from variorum.text.tokens import tokens

REQUIRED = ("siglum", "title", "provenance", "date", "rights", "readings", "sha256", "map")
_RANGE = re.compile(r"(?P<first>\d+)(?::(?P<from>\d+)-(?P<to>\d*)|-(?P<last>\d+))?$")


@dataclass(frozen=True, slots=True)
class WitnessToken:
    """A token of the witness and its place."""

    written: str
    compared: str
    line: int
    """Line of the witness file, from 1."""
    column: int
    """Column of the first character, from 1, in code points."""
    last: int
    """Column of the last character."""
    page: str
    """Page of the source the line stands on; empty where the source has none."""


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
    """How a page is cited: ``Solidarity 1979``."""
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


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness with its map."""

    name: str
    siglum: str
    lines: tuple[str, ...]
    pieces: tuple[Piece, ...]
    pages: Pages
    about: dict[str, Any]
    """The description in the map file: title, provenance, date."""
    rights: Rights

    def documents(self) -> list[str]:
        """Return the names of the documents the witness goes to, in reading order."""
        return list(dict.fromkeys(piece.to for piece in self.pieces if piece.to))

    def tokens(self, document: str) -> list[WitnessToken]:
        """Return the tokens that go to ``document``, in the order of the map."""
        return [token for piece in self.pieces if piece.to == document for token in self._tokens(piece)]

    def breaks(self, document: str) -> list[tuple[int, str]]:
        """Return where pages begin in ``document``: the index of a token of ``tokens(document)``, the page's number."""
        placed = [(piece.to, token.page) for piece in self.pieces if piece.to for token in self._tokens(piece)]
        before = ["", *(page for _, page in placed)]
        here = [(page, last) for (to, page), last in zip(placed, before, strict=False) if to == document]
        return [(index, page) for index, (page, last) in enumerate(here) if page != last]

    def left_out(self) -> list[tuple[Piece, str]]:
        """Return the pieces left out, each with its words."""
        return [(piece, " ".join(t.written for t in self._tokens(piece))) for piece in self.pieces if piece.out]

    def _tokens(self, piece: Piece) -> list[WitnessToken]:
        """Return the tokens of a piece."""
        columns = slice(piece.start - 1, piece.end)
        found = [(n, t) for n in range(piece.first, piece.last + 1) for t in tokens(self.lines[n - 1][columns])]
        return [
            WitnessToken(t.written, t.compared, n, t.start + piece.start, t.end + columns.start, self.pages.label(n))
            for n, t in found
        ]


def read_witness(folders: Folders, name: str) -> Witness:
    """Read ``witnesses/NAME.toml`` and ``.txt``; raise EditionError with every fault of the two."""
    map_path, path = folders.map(name), folders.witness(name)
    source = Report(map_path, "map").text(folders.root)
    Report(path, "witness").text(folders.root)
    return _witness(name, map_path, source, path, (folders.root / path).read_bytes())


@lru_cache(maxsize=100)
def _witness(name: str, map_path: str, source: str, path: str, raw: bytes) -> Witness:
    """Return the witness that two files make; made once for the same contents, as every document of a text asks."""
    report = Report(map_path, "map")
    data = report.toml(source)
    if missing := [key for key in REQUIRED if key not in data]:
        raise EditionError(Problem(report.path, 0, "map", f"no {', '.join(missing)}", "describe the witness in full"))
    if hashlib.sha256(raw).hexdigest() != data["sha256"]:
        what = f"the sha256 of {path} is not the one recorded here"
        remedy = "restore the witness, which is never edited"
        report.append(Problem(report.path, _line_of(source, "sha256"), "witness", what, remedy))
    lines = tuple(raw.decode("utf-8").split("\n"))
    pieces = _pieces(data["map"], source, report)
    _check_cover(pieces, lines, path, report)
    told = data.get("pages", {})
    starts, seen = tuple(told.get("starts", ())), frozenset(map(str, told.get("seen", ())))
    pages = Pages(told.get("source", ""), starts, int(told.get("first", 1)), seen)
    if list(starts) != sorted({start for start in starts if 1 <= start <= len(lines)}):
        what = "the pages' first lines do not ascend, or are not in the witness"
        report.add(_line_of(source, "starts"), what, "mend them")
    rights = read_rights(data["rights"], report, _line_of(source, "rights"))
    report.close()
    return Witness(name, data["siglum"], lines, tuple(pieces), pages, data, rights)


def _line_of(source: str, key: str) -> int:
    return next((n for n, line in enumerate(source.splitlines(), 1) if line.startswith(key)), 0)


def _pieces(rows: list[dict[str, str]], source: str, report: Report) -> list[Piece]:
    written = [n for n, line in enumerate(source.splitlines(), 1) if re.match(r"\s*\{\s*lines\b", line)]
    pieces = []
    for row, line in zip(rows, written if len(written) == len(rows) else [0] * len(rows), strict=True):
        match = _RANGE.match(str(row.get("lines", "")))
        if match and set(row) in ({"lines", "to"}, {"lines", "out"}):
            first, last, start, end = (int(match[part] or 0) for part in ("first", "last", "from", "to"))
            to, out = row.get("to", ""), row.get("out", "")
            pieces.append(Piece(row["lines"], first, last or first, start or 1, end or None, to, out, line))
        else:
            remedy = 'write {lines = "3-7", to = "document"} or {lines = "9:1-10", out = "reason"}'
            report.add(line, f"{row} is no row of a map", remedy)
    return pieces


def _check_cover(pieces: list[Piece], lines: tuple[str, ...], path: str, report: Report) -> None:
    """Report lines of the witness that the map has twice or not at all, and ranges past its end."""
    covered = [bytearray(len(line)) for line in lines]
    for piece in pieces:
        width = len(lines[piece.first - 1]) if piece.first <= len(lines) else 0
        if not 1 <= piece.first <= piece.last <= len(lines) or (piece.end or 0) > width or piece.start > max(width, 1):
            what = f"the range {piece.lines} is not in {path}, which has {len(lines)} lines"
            report.add(piece.row, what, "mend the range")
            continue
        numbers, columns = range(piece.first, piece.last + 1), slice(piece.start - 1, piece.end)
        if twice := next((n for n in numbers if any(covered[n - 1][columns])), 0):
            what = f"line {twice} of {path} is placed twice (range {piece.lines})"
            report.add(piece.row, what, "let each line stand in one row")
        for placed in covered[piece.first - 1 : piece.last]:
            placed[columns] = b"\1" * len(placed[columns])
    for number, (line, placed) in enumerate(zip(lines, covered, strict=True), 1):
        if lost := "".join(char for char, once in zip(line, placed, strict=True) if not once).strip():
            what = f"line {number} of {path} is in no row: “{lost[:40]}”"
            report.add(0, what, "place it, or leave it out with a reason")


def sigla(folders: Folders) -> dict[str, str]:
    """Return the siglum of each text by its key in references.bib, which is its witness's name."""
    maps = {
        path.stem: path.read_text("utf-8", "replace")
        for path in sorted((folders.root / folders.witnesses).glob("*.toml"))
    }
    found = {name: re.search(r'^siglum\s*=\s*"(\w+)"', told, re.MULTILINE) for name, told in maps.items()}
    return {name: match[1] for name, match in found.items() if match}
