"""The picture of the chronology: the timeline.

A picture has a form for wide windows, one for narrow ones and one for the book.
Lengths are multiples of the type's size, so that one plan serves the three forms.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from variorum.pictures.vectors import GREY, INK, PAPER, RUBRIC, TINT, Sheet, clipped, folded
from variorum.registers.entries import Entry

#: The share of a timeline's length that a year outside the dense ones has.
OUTSIDE = 0.011
DASHED = (2, 2)
#: Events on a sheet: as many as a page of the book has lines for.
LINES = 40
NAMES = "January February March April May June July August September October November December"
MONTHS = ("", *NAMES.split())  # the calendar's own would be those of the user's language
SHORT = {name: name if len(name) < 5 else f"{name[:3]}." for name in MONTHS}  # noqa: PLR2004 - June and July are short


class Form(NamedTuple):
    """Where a drawing is to be seen."""

    width: float
    size: float
    """Of the type, in points."""
    stacked: bool = False
    """Whether an event on the timeline has a line for its date and one for its name."""


FORMS = {"wide": Form(560, 10), "narrow": Form(265, 9, stacked=True), "book": Form(286, 7.8)}


@dataclass(frozen=True, slots=True)
class Event:
    """An event and the passages that speak of it."""

    entry: Entry
    places: tuple[tuple[str, str], ...]
    """Siglum and locator of each."""

    @property
    def texts(self) -> list[str]:
        """Return the sigla, each once."""
        return sorted({siglum for siglum, _ in self.places})

    @property
    def date(self) -> str:
        """Return ``8 Mar. 1848`` of ``1848-03-08``, without day or month where the words of the date have none."""
        year, month, day = (int(part) for part in f"{self.entry.when}-0-0".split("-")[:3])
        parts = (str(day), day), (MONTHS[month], month)
        known = [part for part, number in parts if number and re.search(rf"\b{part}\b", self.entry.dates)]
        return " ".join([*(SHORT.get(part, part) for part in known), str(year)])

    @property
    def name(self) -> str:
        """Return the headword without what it has in brackets."""
        return re.sub(r"\s*\([^)]*\)", "", self.entry.headword)


def moment(day: str, *, end: bool = False) -> float:
    """Return a day (``1848-03-08``), month or year as a number; with ``end``, where it ends."""
    year, month, date = (int(part) for part in f"{day}-0-0".split("-")[:3])
    if not month:
        return year + end
    return year + (month - 1 + ((date - 1 + end) / 31 if date else end)) / 12


def spread(wanted: Sequence[float], gap: float, first: float, last: float) -> list[float]:
    """Return places at least ``gap`` apart, in order and within bounds, as near to those wanted as may be."""
    runs: list[tuple[float, int]] = []
    for number, place in enumerate(wanted):
        runs.append((place - number * gap, 1))
        while len(runs) > 1 and runs[-2][0] > runs[-1][0]:  # neighbours that would change places move as one
            (other, many), (one, few) = runs.pop(), runs.pop()
            runs.append(((one * few + other * many) / (few + many), few + many))
    room = max(first, last - gap * (len(wanted) - 1))
    starts = [min(max(start, first), room) for start, count in runs for _ in range(count)]
    return [start + number * gap for number, start in enumerate(starts)]


def dense_years(events: Sequence[Event]) -> tuple[int, int]:
    """Return the years to which a timeline gives most of its length; the last is excluded.

    They are the fullest year and its neighbours, as far as each has a tenth of the fullest's events.
    """
    count = Counter(int(event.entry.when[:4]) for event in events)
    fullest = max(count, key=lambda year: (count[year], -year))
    first, end = fullest, fullest + 1
    while count[first - 1] * 10 >= count[fullest]:
        first -= 1
    while count[end] * 10 >= count[fullest]:
        end += 1
    return first, end


def timeline(form: Form, events: Sequence[Event]) -> list[Sheet]:
    """Draw every event as a point on one axis, and name those of which the most texts speak."""
    size, leading = form.size, form.size * (3.4 if form.stacked else 1.22)
    named = sorted(events, key=lambda e: (-len(e.texts), -len(e.places), e.entry.when))[:LINES]
    named.sort(key=lambda e: e.entry.when)
    top, length = size * 2.6, leading * LINES
    sheet = Sheet(form.width, top + length + size * 0.6)
    years = (int(events[0].entry.when[:4]), int(events[-1].entry.when[:4]) + 1)
    dense_span = dense_years(events)
    marks = sorted({min(years[0], dense_span[0]), *dense_span, max(years[1], dense_span[1])})
    outside = [OUTSIDE * max(0, years) for years in (dense_span[0] - marks[0], marks[-1] - dense_span[1])]
    shares = {marks[0]: 0.0, dense_span[0]: outside[0], dense_span[1]: 1 - outside[1], marks[-1]: 1.0}

    def height(time: float) -> float:
        start, end = next(pair for pair in pairwise(marks) if time <= pair[1])
        return top + length * (shares[start] + (shares[end] - shares[start]) * (time - start) / (end - start))

    axis = size * 5.8
    for year in range(marks[0], marks[-1]):
        dense = dense_span[0] <= year < dense_span[1]
        if dense and year % 2:
            sheet.box(0, height(year), axis, height(year + 1) - height(year), fill=TINT)
        if dense or year % 5 == 0:
            middle = height(year + 0.5) + size * 0.33
            sheet.text(size * 0.3, middle, str(year), size * (0.95 if dense else 0.85), "Bold" if dense else "Regular")
    for start, end in pairwise(marks):
        sheet.line(
            (axis, height(start)), (axis, height(end)), width=0.9, dashes=() if start == dense_span[0] else DASHED
        )
    sigla = _sigla(sheet, form, events, size * 1.5)
    left, right = axis + form.width * 0.1, min(sigla.values(), default=form.width) - size
    exact_ones = [height(moment(event.entry.when)) for event in named]
    baselines = spread(exact_ones, leading, top + size * 0.4, top + length - leading + size)
    for event, exact, y in zip(named, exact_ones, baselines, strict=True):
        sheet.line(
            (axis, exact),
            (axis + size * 0.5, exact),
            (left - size * 0.7, y),
            (left - size * 0.3, y),
            stroke=GREY,
            width=0.35,
        )
        with sheet.linked(event.entry.key):
            _label(sheet, event, (left, y + size * 0.32), left if form.stacked else right, size)
            if form.stacked:
                for number, line in enumerate(folded(event.name, form.width - left - size * 0.4, size)[:2]):
                    sheet.text(left, y + size * (1.32 + number), line, size)
        for siglum in event.texts:
            sheet.text(sigla[siglum], y + size * 0.32, siglum, size * 0.9, align=0.5)
    ordered = [*named, *(event for event in events if event not in named)]
    _points(sheet, [(height(moment(event.entry.when)), event) for event in ordered], axis, size)
    return [sheet]


def _points(sheet: Sheet, heights: Iterable[tuple[float, Event]], axis: float, size: float) -> None:
    """Draw points at their heights, the first that come on the axis, others beside them; filled ones are spoken of."""
    step = size * 0.46
    taken: list[tuple[float, float]] = []
    for y, event in heights:
        x = axis
        while any(abs(x - other) < step * 0.9 and abs(y - height) < step * 0.9 for other, height in taken):
            x -= step
        taken.append((x, y))
        with sheet.linked(event.entry.key):
            sheet.dot(x, y, step * 0.42, fill=INK if event.places else PAPER)


def _sigla(sheet: Sheet, form: Form, events: Iterable[Event], y: float, step: float = 1.05) -> dict[str, float]:
    """Write the heads of the texts' columns, and return where these stand."""
    names = sorted({siglum for event in events for siglum in event.texts})
    places = {name: form.width - form.size * (0.4 + step * (len(names) - n - 0.5)) for n, name in enumerate(names)}
    for name, x in places.items():
        sheet.text(x, y, name, form.size, "Bold", align=0.5, fill=RUBRIC)
    return places


def _label(sheet: Sheet, event: Event, at: tuple[float, float], right: float, size: float) -> None:
    """Write an event's date and, where there is room before ``right``, as much of its name as fits."""
    x = sheet.text(*at, event.date, size * 0.88, "Italic", fill=GREY) + size * 0.5
    if x < right:
        sheet.text(x, at[1], clipped(event.name, right - x, size), size)
