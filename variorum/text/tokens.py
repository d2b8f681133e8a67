"""Text into tokens: as written, as compared, and where each stood; the silent rules live here and nowhere else."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

SILENT_RULES = tomllib.loads(Path(__file__).with_name("silent_rules.toml").read_text(encoding="utf-8"))
"""What never makes a departure, by name. Printed on the principles page by the build."""

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_][̀-ͯ]*(?:[^\W\d_][̀-ͯ]*)*)"
    r"|(?P<number>\d+)"
    r"|(?P<ellipsis>…|\.\s?\.\s?\.)"
    r"|(?P<dash>--+|[‒–—―−])"
    r"|(?P<mark>\*+|\S)"
)
_SHAPES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a line or of a block of the edition."""

    written: str
    """The characters as they stand."""
    compared: str
    """What the collation compares: NFC, shapes of quotation marks, dashes and ellipsis made one."""
    start: int
    """Offset of the first character in the string, in code points from 0."""
    end: int
    """Offset after the last character."""


def _is_dash(text: str, start: int, end: int) -> bool:
    """Tell whether the hyphen at ``start`` touches neither letter nor figure, and so was set as a dash."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def tokens(text: str) -> list[Token]:
    """Return the tokens of ``text`` in order; what is ``written`` and the white space between rejoin to ``text``."""
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        written = match.group()
        if match.lastgroup == "ellipsis":
            compared = "…"
        elif match.lastgroup == "dash" or (written == "-" and _is_dash(text, start, end)):
            compared = "–"
        else:
            compared = unicodedata.normalize("NFC", written).translate(_SHAPES)
        found.append(Token(written, compared, start, end))
    return found
