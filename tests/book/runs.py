"""Read a PDF of LuaTeX's as runs of glyphs: each with page, place, size and text.

LuaTeX writes one ``TJ`` for each line of a face and size, after a ``Tm`` with its place; no more is needed here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pypdf import PdfReader

WHOLE = "party-and-class-in-power"
#: The book, and the book of each text by itself.
BOOKS = (WHOLE, "comintern-1923", "kollontai-1921", "olivier-2010", "pirani-2006", "stalin-1926")
MM = 72 / 25.4
#: A point of TeX's, in points.
TEX = 72 / 72.27


class Paper(NamedTuple):
    """The geometry of a book in points, upwards from the lower edge: `variorum/book/tex/edition.sty`."""

    width: float
    top: float
    """Upper edge of the text."""
    bottom: float
    """Lower edge of the text and of the notes."""
    inner: float
    measure: float
    size: float
    """Of the type of the text."""
    line: float
    """From one line of the text to the next."""


PAPERS = {
    "a5": Paper(148 * MM, 190 * MM, 190 * MM - 480.64 * TEX, 22 * MM, 101 * MM, 10 * TEX, 12.72 * TEX),
    "a4": Paper(210 * MM, 265 * MM, 265 * MM - 659.72 * TEX, 32 * MM, 128 * MM, 10.95 * TEX, 14.42 * TEX),
    "letter": Paper(612, 792 - 29 * MM, 792 - 29 * MM - 616.47 * TEX, 34 * MM, 128 * MM, 10.95 * TEX, 14.42 * TEX),
}
A5 = PAPERS["a5"]
WIDTH, INNER, MEASURE = A5.width, A5.inner, A5.measure
INDENT = 12.45
MARGIN_SIZE, APPARATUS_SIZE = 7.47, 7.57
#: How far a sign is raised at most, in points.
RAISED = 4.0
_TOKEN = re.compile(
    r"/(F\d+) ([\d.]+) Tf"  # face, size
    r"|(?:[\d.-]+ ){4}([\d.-]+) ([\d.-]+) Tm"  # place
    r"|\[(.*?)\]TJ"
    r"|([\d.-]+) ([\d.-]+) cm\n\[\] 0 d 0 J [\d.]+ w 0 [\d.]+ m ([\d.]+) [\d.]+ l"  # a rule: place, length
)


class Run(NamedTuple):
    """Some glyphs of one line, in one face and size."""

    page: int
    """From 0."""
    x: float
    """Points from the left edge, where the run begins."""
    y: float
    """Points from the lower edge to the base line."""
    size: float
    face: str
    text: str


class Page(NamedTuple):
    """A page told apart by place and size."""

    body: list[Run]
    margin: list[Run]
    notes: list[Run]
    apparatus: list[Run]
    head: list[Run]
    folio: list[Run]
    rule: float
    """Height of the rule above the notes; 0 where there are none."""


def _unicode(font) -> dict[str, str]:
    """Return the text of each glyph of a font, by its code in four hexadecimal digits."""
    table = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", font["/ToUnicode"].get_data().decode(), re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            table[code.upper()] = bytes.fromhex(text).decode("utf-16-be")
    return table


def runs(reader: PdfReader, number: int) -> Iterator[Run]:
    """Yield the runs of a page in the order of its stream; a rule of the page foot is a run without text."""
    page = reader.pages[number]
    fonts = page["/Resources"].get("/Font", {})
    tables = {name[1:]: _unicode(font) for name, font in fonts.items()}
    font, size, x, y = "", 0.0, 0.0, 0.0
    for match in _TOKEN.finditer(page.get_contents().get_data().decode("latin-1")):
        if match[1]:
            font, size = match[1], float(match[2])
        elif match[3]:
            x, y = float(match[3]), float(match[4])
        elif match[5] is not None:
            text = ""
            for code, kern in re.findall(r"<(\w+)>|(-?[\d.]+)", match[5]):
                if code:
                    text += "".join(tables[font][code[i : i + 4]] for i in range(0, len(code), 4))
                elif float(kern) < -160:
                    text += " "
            yield Run(number, x, y, size, fonts[f"/{font}"]["/BaseFont"], text)
        elif 35 < float(match[8]) < 37:
            yield Run(number, float(match[6]), float(match[7]), 0, "rule", "")


def pages(path: Path, paper: Paper = A5) -> list[Page]:
    """Return the pages of a book."""
    reader = PdfReader(path)
    made = []
    for number in range(len(reader.pages)):
        found = list(runs(reader, number))
        foot = max((run.y for run in found if run.face == "rule" and run.y < paper.top - 60), default=0.0)
        page = Page([], [], [], [], [], [], foot)
        left = left_edge(number, paper)
        for run in found:
            if not run.text:
                continue
            if run.y > paper.top:
                part = page.head
            elif run.y < paper.bottom - 7:
                part = page.folio
            elif run.x < left - 2 or run.x > left + paper.measure + 2:
                part = page.margin
            elif run.y > foot:
                part = page.body
            else:
                part = page.apparatus if abs(run.size - APPARATUS_SIZE) < 0.1 else page.notes
            part.append(run)
        made.append(page)
    return made


def left_edge(number: int, paper: Paper = A5) -> float:
    """Return where the measure begins on a page, counted from 0: the first is a right-hand one."""
    return paper.inner if number % 2 == 0 else paper.width - paper.inner - paper.measure


def lines(runs: list[Run]) -> list[str]:
    """Return the lines of a page from the top: raised signs belong to the line that they stand in."""
    made: dict[float, list[Run]] = {}
    for run in runs:
        near = next((y for y in made if abs(y - run.y) < RAISED), run.y)
        made.setdefault(near, []).append(run)
    ordered = [sorted(made[y], key=lambda run: run.x) for y in sorted(made, reverse=True)]
    return ["".join(run.text for run in line) for line in ordered]


def characters(text: str) -> str:
    """Return a text's characters, without white space and what the book adds: calls, angle brackets."""
    return re.sub(r"[\s⁰¹²³⁴⁵⁶⁷⁸⁹⟨⟩]", "", text)


def stream(text: str) -> str:
    """Return a text's characters without hyphens: whether one at the end of a line is the word's own, no run says."""
    return characters(text).replace("-", "")
