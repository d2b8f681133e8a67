"""Measure every page of a book: how full it is, how much of it is notes, what stands at its foot.

``python tests/book/measure.py BOOK.pdf …`` lists the pages that a reader would stop at. See `Measured`.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pypdf import PdfReader
from runs import PAPERS, Page, Paper, lines, pages

#: No page but an opening or a leaf has fewer lines of text than this.
FEWEST_LINES = 5
#: White above the notes, or at the foot of a page that has none, in points.
MOST_WHITE = 70.0


class Measured(NamedTuple):
    """What a page holds; heights in points."""

    number: int
    """From 1, as a reader of the file counts."""
    lines: int
    """Lines of text above the notes."""
    text: float
    """From the top of the measure to the last line of text."""
    notes: float
    """From the rule above the notes to the foot; 0 where there are none."""
    white: float
    """Between the last line of text and the notes, or the foot."""
    opens: bool
    """It begins a chapter, a part or a text: its first line stands low."""
    ends: bool
    """The next page opens something, or is blank, or is none."""
    stranded: str
    """The heading that is its last line; empty elsewhere."""

    def faults(self) -> list[str]:
        """Return what a reader would stop at."""
        if not self.lines:
            return []
        found = []
        if self.lines < FEWEST_LINES and not self.opens:
            found.append("few lines")
        if self.white > MOST_WHITE and not self.ends:
            found.append("white")
        if self.notes > self.text:
            found.append("notes")
        if self.stranded:
            found.append("heading")
        return found


def measured(path: Path) -> list[Measured]:
    """Return the measures of every page of a book."""
    paper = PAPERS[paper_of(path)]
    return measured_pages(pages(path, paper), paper)


def measured_pages(printed: list[Page], paper: Paper) -> list[Measured]:
    """Return the measures of pages that were told apart."""
    openings = [_opens(page, paper) for page in printed]
    made = []
    for number, page in enumerate(printed):
        below = openings[number + 1] if number + 1 < len(printed) else True
        made.append(_measure(number, page, paper, openings[number], below))
    return made


def paper_of(path: Path) -> str:
    """Return the name of the paper of a book."""
    width = float(PdfReader(path).pages[0].mediabox.width)
    return min(PAPERS, key=lambda name: abs(PAPERS[name].width - width))


def _opens(page: Page, paper: Paper) -> bool:
    """Tell whether a page begins something: it is blank, or its first line stands lower than on other pages."""
    if not page.body:
        return True
    return max(run.y for run in page.body) < paper.top - 2.5 * paper.line


def _measure(number: int, page: Page, paper: Paper, opens: bool, ends: bool) -> Measured:  # noqa: FBT001 - found above
    count = len(lines(page.body))
    lowest = min((run.y for run in page.body), default=paper.top)
    foot = page.rule or paper.bottom
    notes = page.rule - paper.bottom if page.rule else 0.0
    return Measured(
        number + 1,
        count,
        paper.top - lowest,
        notes,
        lowest - foot if page.body else 0.0,
        opens,
        ends,
        "" if ends else _heading_at_foot(page, paper),
    )


def _heading_at_foot(page: Page, paper: Paper) -> str:
    """Return the last line of a page's text where it is a heading: in italics of the text's size, or larger."""
    if not page.body:
        return ""
    lowest = min(run.y for run in page.body)
    last = [run for run in page.body if abs(run.y - lowest) < 1 and run.text.strip()]
    is_italic = all(run.face.endswith("Italic") for run in last)
    larger = all(run.size > paper.size + 0.5 for run in last)
    short = "".join(run.text for run in last)
    is_alone = len(short) < 60 and not short.rstrip().endswith((".", "-", ",", ";", ":"))
    return short if last and (larger or (is_italic and is_alone and last[0].size > paper.size - 0.5)) else ""


def main(paths: list[str]) -> None:
    """List the pages of some books that a reader would stop at."""
    for path in map(Path, paths):
        found = measured(path)
        kinds = Counter(fault for page in found for fault in page.faults())
        sys.stdout.write(f"{path.name}: {len(found)} pages; {dict(kinds)}\n")
        for page in found:
            if faults := page.faults():
                told = f"{page.lines} lines, text {page.text:.0f}, white {page.white:.0f}, notes {page.notes:.0f} pt"
                sys.stdout.write(f"  {page.number}: {', '.join(faults)}: {told} {page.stranded}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
