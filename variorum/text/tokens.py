"""Text into tokens: as written, as compared, and where each stood; the silent rules live here and nowhere else."""

import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import regex

SILENT_RULES = tomllib.loads(Path(__file__).with_name("silent_rules.toml").read_text(encoding="utf-8"))
"""What never makes a departure, by name. Printed on the principles page by the build."""

# A letter is a grapheme cluster of Unicode (UAX #29): the base, and every mark and joiner that belongs to it.
# A soft hyphen or a word joiner between two letters parts no word.
_TOKEN = regex.compile(
    r"""
      (?P<word>      (?=[\p{L}\p{Nl}])\X  (?: [\u00AD\u2060\uFEFF]* (?=[\p{L}\p{Nl}])\X )* )
    | (?P<number>    (?: (?=\p{Nd})\X )+ | (?: (?=\p{No})\X )+ )
    | (?P<ellipsis>  … | \.\s?\.\s?\. )
    | (?P<dash>      --+ | [‒–—―−] )
    | (?P<mark>      \*+ | (?=\S)\X )
    """,
    regex.VERBOSE,
)
_LETTER_OR_FIGURE = regex.compile(r"[\p{L}\p{M}\p{N}]")
_SHAPES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-"})
# What leaves no trace on paper by itself.
_UNSEEN = regex.compile(r"[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]")


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


def _is_dash(text: str, start: int, end: int) -> bool:
    """Tell whether the hyphen at ``start`` touches neither letter nor figure, and so was set as a dash."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_LETTER_OR_FIGURE.match(before) or _LETTER_OR_FIGURE.match(after))


def without_case(compared: str) -> str:
    """Return a token as it is compared where letter case does not count (Unicode's canonical caseless matching)."""
    folded = unicodedata.normalize("NFD", compared).casefold()
    return unicodedata.normalize("NFC", folded)


def is_unseen(char: str) -> bool:
    """Tell whether a character leaves no trace on paper: a soft hyphen, a zero-width space, a control character."""
    return bool(_UNSEEN.match(char))


def with_unseen_named(text: str) -> str:
    """Return ``text`` with every character that cannot be seen named: ``[U+200B]``.

    A joiner within a word is named too: what it joins looks the same without it.
    """
    return _UNSEEN.sub(lambda match: "".join(f"[U+{ord(char):04X}]" for char in match.group()), text)
