"""Words as LaTeX: escaped, translated, and put into the templates of the front matter."""

import re
from itertools import cycle
from typing import Any

import jinja2
from sphinx.util import texescape

from variorum.book.settings import STYLE
from variorum.i18n import translate


class Latex(str):
    """Words that are LaTeX already."""

    __slots__ = ()


def escaped(value: object) -> Latex:
    """Return a value as LaTeX."""
    return value if isinstance(value, Latex) else Latex(texescape.escape(str(value), "lualatex"))


def say(message: str, **values: object) -> Latex:
    """Return a translated sentence as LaTeX, its names in braces filled in: ``See figure {number}``."""
    pieces = re.split(r"\{(\w+)\}", message)
    return Latex("".join(escaped(values[piece] if odd else piece) for odd, piece in zip(cycle((0, 1)), pieces)))


def emphasised(words: str) -> Latex:
    """Return words in italics."""
    return Latex(rf"\emph{{{escaped(words)}}}")


def described_file(words: dict[str, Any]) -> str:
    """Return what the file says of itself in XMP, the XML of Adobe's."""
    loader = jinja2.FileSystemLoader(STYLE)
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return made.get_template("metadata.xmp.jinja").render(words)


def templates() -> jinja2.Environment:
    """Return the environment of our LaTeX templates; marked as Sphinx’s own are; values are escaped."""
    marks: dict[str, Any] = {
        "variable_start_string": "<%=",
        "variable_end_string": "%>",
        "block_start_string": "<%",
        "block_end_string": "%>",
        "comment_start_string": "<#",
        "comment_end_string": "#>",
    }
    loader = jinja2.FileSystemLoader(STYLE)
    strict: dict[str, Any] = {"undefined": jinja2.StrictUndefined, "finalize": escaped, "trim_blocks": True}
    made = jinja2.Environment(loader=loader, **strict, **marks)  # noqa: S701 - LaTeX, no HTML
    made.globals |= {"say": say, "latex": Latex}
    translate(made)
    return made
