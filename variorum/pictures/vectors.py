"""A sheet to draw on, written as SVG for a page and as PDF for the book.

In a page its words are text; in the PDF they are outlines of the book's face.

Lengths are points (72 to an inch), from the upper left. HarfBuzz shapes the words. The same strokes give the same
bytes.
"""

import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

import uharfbuzz as hb

from variorum.fonts import FONTS

PAPER = "#fffdf8"
INK = "#201d19"
GREY, LINE, RUBRIC, TINT = "#5f574c", "#cfc6b5", "#8a1f11", "#f1eadb"
#: Ground of a cell, for up to so many passages.
SHADES = ((1, TINT), (3, "#e0d2b4"), (8, "#c9ae80"), (9999, "#8a6a3c"))
#: What the style sheet of a page calls each colour, and sets in its own, light or dark.
COLOURS = {PAPER: "paper", INK: "ink", GREY: "grey", LINE: "line", RUBRIC: "rubric", TINT: "tint"}
COLOURS |= {colour: f"shade-{number}" for number, (_most, colour) in enumerate(SHADES) if colour not in COLOURS}
PIXELS = 4 / 3
"""To a point."""
EM = 1000
"""Units of the face."""

Step = tuple[str, tuple[float, ...]]
"""A command of an outline (M, L, C, Z) and its coordinates; or O, a whole circle: its centre and radius."""


@cache
def _font(style: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(FONTS / f"LibertinusSerif-{style}.otf")))


@cache
def _shaped(words: str, style: str) -> tuple[tuple[tuple[int, float], ...], float]:
    """Return each glyph with its place in units of the face, and the width of all."""
    buffer = hb.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    hb.shape(_font(style), buffer, {"kern": True, "liga": True})
    x, glyphs = 0.0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        glyphs.append((info.codepoint, x + position.x_offset))
        x += position.x_advance
    return tuple(glyphs), x


@cache
def _outline(glyph: int, style: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, _: steps.append(("M", (x, y))))
    pen.set_line_to_func(lambda x, y, _: steps.append(("L", (x, y))))
    pen.set_cubic_to_func(lambda a, b, c, d, x, y, _: steps.append(("C", (a, b, c, d, x, y))))
    pen.set_close_path_func(lambda _: steps.append(("Z", ())))
    _font(style).draw_glyph(glyph, pen, None)
    return tuple(steps)


def measured(words: str, size: float, style: str = "Regular") -> float:
    """Return the width of some words."""
    return _shaped(words, style)[1] / EM * size


def clipped(words: str, width: float, size: float) -> str:
    """Return as many of the words as fit."""
    if measured(words, size) <= width:
        return words
    while " " in words and measured(f"{words} …", size) > width:
        words = words.rpartition(" ")[0].rstrip(" ,;:–‘(")
    return f"{words} …"


def folded(words: str, width: float, size: float, style: str = "Regular") -> list[str]:
    """Return the words in lines that fit."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measured(longer, size, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Sheet:
    """A drawing under way. In the book it lies on light paper; within a page it takes the page's colours and face."""

    def __init__(self, width: float, height: float) -> None:
        """Take an empty sheet."""
        self.width, self.height = width, height
        self._shapes: list[tuple[tuple[Step, ...], str, str, float, tuple[float, ...]]] = []
        self._words: list[tuple[float, float, str, str, float, str]] = []
        self._links: dict[int, str] = {}
        self._link = ""
        self.box(0, 0, width, height, fill=PAPER)

    def shape(
        self, *steps: Step, fill: str = "", stroke: str = "", width: float = 0.5, dashes: tuple[float, ...] = ()
    ) -> None:
        """Draw an outline, filled or stroked or both."""
        if self._link:
            self._links[-1 - len(self._shapes)] = self._link
        self._shapes.append((steps, fill, stroke, width, dashes))

    def line(
        self, *points: tuple[float, float], stroke: str = INK, width: float = 0.5, dashes: tuple[float, ...] = ()
    ) -> None:
        """Draw a line through some points."""
        self.shape(("M", points[0]), *(("L", point) for point in points[1:]), stroke=stroke, width=width, dashes=dashes)

    def arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        width: float = 0.7,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw an arrow that leaves its start and reaches its end upright."""
        middle, back = (start[1] + end[1]) / 2, math.copysign(4.5, start[1] - end[1])
        self.shape(
            ("M", start),
            ("C", (start[0], middle, end[0], middle, end[0], end[1] + back)),
            stroke=INK,
            width=width,
            dashes=dashes,
        )
        self.shape(
            ("M", end), ("L", (end[0] - 1.8, end[1] + back)), ("L", (end[0] + 1.8, end[1] + back)), ("Z", ()), fill=INK
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a rectangle from its upper left corner."""
        corners = ((x + width, y), (x + width, y + height), (x, y + height))
        self.shape(
            ("M", (x, y)), *(("L", corner) for corner in corners), ("Z", ()), fill=fill, stroke=stroke, dashes=dashes
        )

    def hatching(self, x: float, y: float, width: float, height: float, gap: float) -> None:
        """Fill a rectangle with slanting lines."""
        for number in range(1, math.ceil((width + height) / gap)):
            far = number * gap
            start = (x + far, y) if far <= width else (x + width, y + far - width)
            end = (x, y + far) if far <= height else (x + far - height, y + height)
            self.line(start, end, width=0.4)

    def dot(self, x: float, y: float, radius: float, *, fill: str = PAPER) -> None:
        """Draw a disc."""
        self.shape(("O", (x, y, radius)), fill=fill, stroke=INK, width=radius * 0.25)

    def text(
        self, x: float, y: float, words: str, size: float, style: str = "Regular", *, align: float = 0, fill: str = INK
    ) -> float:
        """Write words on the line ``y``, and return where they end; ``align`` is the share of them left of ``x``."""
        width = measured(words, size, style)
        if self._link:
            self._links[len(self._words)] = self._link
        self._words.append((x - align * width, y, words, style, size, fill))
        return x + (1 - align) * width

    @contextmanager
    def linked(self, key: str) -> Iterator[None]:
        """Link what is drawn meanwhile to what ``key`` names, where the drawing stands within a page."""
        self._link = key
        yield
        self._link = ""

    def inline(self, name: str, *, paged: bool = False) -> str:
        """Return the drawing as a part of a page: words as text, classes for colours, ``href="link:KEY"`` for links.

        A shape's link is for pointers; that of its words serves keys and screen readers too. On the pages of an ePub
        (``paged``) only words are linked, and the drawing has no size but that of the page.
        """
        body = []
        for number, (steps, fill, stroke, width, dashes) in enumerate(self._shapes[1:], 1):  # without the paper
            look = f' stroke-width="{_figure(width)}"' if stroke else ""
            look += f' stroke-dasharray="{_figures(dashes)}"' if dashes else ""
            names = f"fill-{COLOURS[fill] if fill else 'none'} stroke-{COLOURS[stroke] if stroke else 'none'}"
            drawn = f'<{_drawn(steps)} class="{names}"{look}/>'
            key = None if paged else self._links.get(-1 - number)
            body.append(f'<a href="link:{key}" tabindex="-1" aria-hidden="true">{drawn}</a>' if key else drawn)
        for key, numbers in groupby(range(len(self._words)), key=lambda number: self._links.get(number, "")):
            words = " ".join(_text(*self._words[number]) for number in numbers)
            body.append(f'<a href="link:{key}">{words}</a>' if key else words)
        box = f'viewBox="0 0 {_figures((self.width, self.height))}"'
        if not paged:
            box += f' width="{_figure(self.width * PIXELS)}" height="{_figure(self.height * PIXELS)}"'
        space = 'xmlns="http://www.w3.org/2000/svg"'
        return "\n".join([f'<svg {space} class="{name}" {box} focusable="false">', *body, "</svg>"])

    def pdf(self) -> bytes:
        """Return the drawing for the book: one page, each glyph a form of its own."""
        names: dict[tuple[int, str], str] = {}
        body = [f"1 0 0 -1 0 {_figure(self.height)} cm"]
        for steps, fill, stroke, width, dashes in self._shapes:
            look = [_grey(fill, "g")] if fill else []
            look += [_grey(stroke, "G"), f"{_figure(width)} w", f"[{_figures(dashes)}] 0 d"] if stroke else []
            body += ["q", *look, _path(steps), "B" if fill and stroke else "f" if fill else "S", "Q"]
        for x, y, words, style, size, fill in self._words:
            scale = size / EM
            body.append(f"q {_grey(fill, 'g')} {_figures((scale, 0, 0, -scale, x, y), 5)} cm")
            for glyph, at in _shaped(words, style)[0]:
                if _outline(glyph, style):
                    name = names.setdefault((glyph, style), f"G{len(names)}")
                    body.append(f"q 1 0 0 1 {_figure(at)} 0 cm /{name} Do Q")
            body.append("Q")
        forms = [f"{_path(_outline(*key))} f" for key in names]
        resources = " ".join(f"/{name} {number} 0 R" for number, name in enumerate(names.values(), 5))
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_figures((self.width, self.height))}]/Contents 4 0 R"
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            f"{page}/Resources<</XObject<<{resources}>>>>>>".encode(),
            _stream("\n".join(body)),
            *(_stream(form, "/Type/XObject/Subtype/Form/BBox[-999 -999 2999 1999]") for form in forms),
        ]
        return _file(objects)


def _text(x: float, y: float, words: str, *look: Any) -> str:
    """Return words as text: their style, size and colour are ``look``. In another face they keep their width."""
    style, size, fill = look
    at = f'x="{_figure(x)}" y="{_figure(y)}" font-size="{_figure(size)}"'
    at += f' textLength="{_figure(measured(words, size, style))}" lengthAdjust="spacingAndGlyphs"'
    return f'<text class="fill-{COLOURS[fill]} {style.lower()}" {at}>{escape(words, quote=False)}</text>'


def _figure(number: float, digits: int = 2) -> str:
    """Return a number without needless figures; zero has no sign."""
    return f"{round(number, digits) or 0:.{digits}f}".rstrip("0").rstrip(".")


def _figures(numbers: Iterable[float], digits: int = 2) -> str:
    return " ".join(_figure(number, digits) for number in numbers)


def _drawn(steps: Sequence[Step]) -> str:
    """Return an outline as an element of SVG, without its look."""
    if steps[0][0] == "O":
        x, y, radius = map(_figure, steps[0][1])
        return f'circle cx="{x}" cy="{y}" r="{radius}"'
    return f'path d="{"".join(f"{name}{_figures(at)}" for name, at in steps)}"'


def _path(steps: Sequence[Step]) -> str:
    """Return an outline as PDF draws it, a circle as four curves."""
    names = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    curves = [curve for step in steps for curve in (_circle(*step[1]) if step[0] == "O" else [step])]
    return " ".join(f"{_figures(at)} {names[name]}".strip() for name, at in curves)


def _circle(x: float, y: float, radius: float) -> list[Step]:
    bow = radius * 0.5523
    rounds = [
        (x + radius, y + bow, x + bow, y + radius, x, y + radius),
        (x - bow, y + radius, x - radius, y + bow, x - radius, y),
        (x - radius, y - bow, x - bow, y - radius, x, y - radius),
        (x + bow, y - radius, x + radius, y - bow, x + radius, y),
    ]
    return [("M", (x + radius, y)), *(("C", bend) for bend in rounds), ("Z", ())]


def _grey(name: str, operator: str) -> str:
    """Return a colour as the book prints it: a grey as light as it is, and the paper's own white."""
    red, green, blue = (int(name[n : n + 2], 16) / 255 for n in (1, 3, 5))
    light = 1 if name == PAPER else 0.299 * red + 0.587 * green + 0.114 * blue
    return f"{_figure(light, 3)} {operator}"


def _stream(content: str, entries: str = "") -> bytes:
    packed = zlib.compress(content.encode(), 9)
    return f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    """Return a PDF file of some objects, the first of them the catalogue."""
    made, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj".encode() + content + b"\nendobj\n"
    count = len(objects) + 1
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + f"xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}".encode()
