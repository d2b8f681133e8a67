"""A witness and its map: the tokens of a source in reading order, every line placed or left out for a reason."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
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


@dataclass(frozen=True)
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

    @cached_property
    def _tokens(self) -> list[list[WitnessToken]]:
        """Return the tokens of each piece; made once, as every document of a text asks for them."""
        return [list(self._tokens_of(piece)) for piece in self.pieces]

    def _tokens_of(self, piece: Piece) -> Iterator[WitnessToken]:
        """Yield the tokens of a piece."""
        columns = slice(piece.start - 1, piece.end)
        for line in range(piece.first, piece.last + 1):
            page = self.pages.label(line)
            for token in tokens(self.lines[line - 1][columns]):
                first, last = token.start + piece.start, token.end + columns.start
                yield WitnessToken(token.written, token.compared, line, first, last, page)

    def tokens(self, document: str) -> list[WitnessToken]:
        """Return the tokens that go to ``document``, in the order of the map."""
        placed = zip(self.pieces, self._tokens, strict=True)
        return [token for piece, found in placed if piece.to == document for token in found]

    @cached_property
    def _breaks(self) -> dict[str, list[tuple[int, str]]]:
        """Return where pages begin in each document."""
        found: dict[str, list[tuple[int, str]]] = {name: [] for name in self.documents()}
        lengths = dict.fromkeys(found, 0)
        page_before = ""
        for piece, made in zip(self.pieces, self._tokens, strict=True):
            for token in made if piece.to else ():
                if token.page != page_before:
                    found[piece.to].append((lengths[piece.to], token.page))
                    page_before = token.page
                lengths[piece.to] += 1
        return found

    def breaks(self, document: str) -> list[tuple[int, str]]:
        """Return where pages begin in ``document``: the index of a token of ``tokens(document)``, the page's number."""
        return self._breaks.get(document, [])

    def left_out(self) -> list[tuple[Piece, str]]:
        """Return the pieces left out, each with its words."""
        placed = zip(self.pieces, self._tokens, strict=True)
        return [(piece, " ".join(token.written for token in found)) for piece, found in placed if piece.out]


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
