"""A witness and its map: the tokens of a source in reading order, every line placed or left out for a reason."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from variorum.problems import Report
from variorum.text.folders import Folders
from variorum.text.map import Pages, Piece, check_cover, check_map, read_pages, read_pieces
from variorum.text.rights import Rights, read_rights
from variorum.text.tokens import tokens
from variorum.text.toml_file import TomlLines


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
    places = TomlLines(source)
    if check_map(data, report, places) and hashlib.sha256(raw).hexdigest() != data["sha256"]:
        what = f"the sha256 of {path} is not the one recorded here"
        report.add(places.key("", "sha256"), what, "restore the witness, which is never edited")
    report.close()
    lines = tuple(raw.decode("utf-8").split("\n"))
    pieces = read_pieces(data["map"], places.rows("", "map"), report)
    if not report:
        check_cover(pieces, lines, path, report)
    pages = read_pages(data.get("pages", {}), len(lines), report, places)
    rights = read_rights(data["rights"], report, places.key("", "rights"))
    report.close()
    return Witness(name, data["siglum"], lines, tuple(pieces), pages, data, rights)


def sigla(folders: Folders) -> dict[str, str]:
    """Return the siglum of each text by its key in references.bib, which is its witness's name."""
    maps = {
        path.stem: path.read_text("utf-8", "replace")
        for path in sorted((folders.root / folders.witnesses).glob("*.toml"))
    }
    found = {name: re.search(r'^siglum\s*=\s*"(\w+)"', told, re.MULTILINE) for name, told in maps.items()}
    return {name: match[1] for name, match in found.items() if match}
