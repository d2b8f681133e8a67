"""Pictures with a data file of their own: the groups and how they split and merged, and the descent of a text."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from variorum.pictures.drawing import Form, moment
from variorum.pictures.vectors import INK, LINE, PAPER, RUBRIC, SHADES, TINT, Sheet, folded, measured

#: Thickness of a group's bar, and the years by which a link leaves before it arrives.
BAR, RUN_UP = 0.72, 0.5
#: Dashes of a line whose link is doubtful.
DOUBTFUL = (2, 1.6)
Data = Mapping[str, Any]
"""A file of commentary/, as TOML has it; see the remarks at its head."""


def groups(form: Form, data: Data) -> list[Sheet]:
    """Draw a lane a group, its bar as long as its life, and lines from those its members came from."""
    size, margin, top = form.size, form.size * 0.6, form.size * 2.4
    lanes = {key: _Lane(group, form) for key, group in data["group"].items()}
    y = top
    for lane in lanes.values():
        lane.top = y
        y += lane.height + size * 1.5
    sheet = Sheet(form.width, y + size * 0.5)
    first, last = int(min(lane.first for lane in lanes.values())), math.ceil(max(lane.last for lane in lanes.values()))

    def place(time: float) -> float:
        return margin + (form.width - 2 * margin) * (time - first) / (last - first)

    for year in range(first, last + 1):
        sheet.line((place(year), top - size * 0.6), (place(year), y), stroke=LINE, width=0.35)
        if year < last:
            shown = str(year) if place(first + 1) - place(first) > measured("0000 ", size) else f"’{year % 100}"
            sheet.text(place(year + 0.5), top - size * 1.2, shown, size * 0.95, "Bold", align=0.5)
    for mark in data["mark"]:
        x = place(moment(mark["when"]))
        sheet.line((x, top - size * 0.6), (x, y), stroke=RUBRIC, width=0.8, dashes=(1.2, 1.6))
        sheet.text(x + size * 0.3, y + size * 0.2, mark["name"], size * 0.86, "Italic", fill=RUBRIC)
    for lane in lanes.values():
        for link in lane.group.get("from", ()):
            source = lanes[link["group"]]
            down = lane.top > source.top
            start = (place(min(max(lane.first - RUN_UP, source.first), source.last)), source.bar + BAR * size / 2)
            end = (place(lane.first) + size * 0.25, lane.bar + (0 if down else BAR * size))
            sheet.arrow(start, end, dashes=DOUBTFUL if "doubtful" in link else ())
    for key, lane in lanes.items():
        with sheet.linked(key):
            lane.draw(sheet, place)
    return [sheet]


class _Lane:
    """A group's place in the picture."""

    top = 0.0

    def __init__(self, group: Mapping[str, Any], form: Form) -> None:
        self.group, self.size = group, form.size
        self.first, self.end = moment(group["first"]), moment(group["last"], end=True)
        self.last = max(self.end, moment(group.get("traces", group["last"]), end=True))
        members = folded(group["members"], form.width * 0.5, form.size * 0.88, "Italic")
        self.lines = [(group["name"], form.size, "Bold"), *((line, form.size * 0.88, "Italic") for line in members)]
        words, bar = form.size * 1.02 * len(self.lines), form.size * BAR
        if "words" not in group:
            self.height, self._bar, self._words = words + bar + form.size * 0.3, words + form.size * 0.3, 0.0
        elif group["words"] == "after" and self.last > self.end:  # under the traces
            self.height, self._bar, self._words = words + bar, 0.0, bar * 0.8
        else:
            self.height, self._bar, self._words = words, (words - bar) / 2, 0.0

    @property
    def bar(self) -> float:
        """Return where the bar begins, from the top of the sheet."""
        return self.top + self._bar

    def draw(self, sheet: Sheet, place: Callable[[float], float]) -> None:
        """Draw bar, name and members over the lines."""
        size, group, middle = self.size, self.group, self.bar + BAR * self.size / 2
        x, end = place(self.first), place(self.end)
        sheet.line((end, middle), (place(self.last), middle), width=1.1, dashes=(1.1, 1.5))
        for number, line in enumerate(self.lines):
            y = self.top + self._words + size * (0.8 + 1.02 * number)
            before = place(self.first - RUN_UP) - size * 0.5 - measured(*line)
            above = x + size * ("from" in group)
            left = {"before": before, "after": end + size * 0.6}.get(group.get("words", ""), above)
            sheet.box(left - size * 0.1, y - size * 0.74, measured(*line) + size * 0.2, size * 0.96, fill=PAPER)
            sheet.text(left, y, *line)
        fill = PAPER if group.get("secret") else INK if group.get("trunk") else SHADES[2][1]
        sheet.box(x, self.bar, end - x, BAR * size, fill=fill, stroke=INK)
        if group.get("secret"):
            sheet.hatching(x, self.bar, end - x, BAR * size, size * 0.35)


def transmission(form: Form, data: Data) -> list[Sheet]:
    """Draw a box a text and lines down to those made from it."""
    size, third = form.size, form.width / 3
    rank: dict[str, int] = {}
    for key, text in data["text"].items():
        above = [rank[link["text"]] for link in text.get("from", ()) if "beside" not in link]
        rank[key] = max(above, default=-1) + 1
    boxes = {key: _lines(text, third - size * 1.7, size) for key, text in data["text"].items()}
    tops, y = [], size * 0.8
    for row in range(max(rank.values()) + 1):
        tops.append(y)
        y += size * (1.12 * max(len(boxes[key]) for key in boxes if rank[key] == row) + 0.8) + size * 1.8
    sheet = Sheet(form.width, y - size)
    for key, text in data["text"].items():
        for link in text.get("from", ()):
            source = link["text"]
            bottom = tops[rank[source]] + size * (1.12 * len(boxes[source]) + 0.8)
            start, end = ((data["text"][name]["column"] + 0.5) * third for name in (source, key))
            dashes = DOUBTFUL if "doubtful" in link else ()
            if "beside" in link:
                sheet.line(
                    (start, tops[rank[key]] + size * 1.6), (end, tops[rank[key]] + size * 1.6), width=0.7, dashes=dashes
                )
            else:
                sheet.arrow((start, bottom), (end, tops[rank[key]]), dashes=dashes)
    for key, text in data["text"].items():
        x, top = text["column"] * third + size * 0.4, tops[rank[key]]
        height = size * (1.12 * len(boxes[key]) + 0.8)
        fill = TINT if text["seen"] else PAPER
        border = () if text["seen"] else (2.4, 1.6)
        middle = x + third / 2 - size * 0.4
        with sheet.linked(key):
            sheet.box(x, top, third - size * 0.8, height, fill=fill, stroke=INK, dashes=border)
            for number, (words, style) in enumerate(boxes[key]):
                sheet.text(middle, top + size * (1.22 + 1.12 * number), words, size, style, align=0.5)
    return [sheet]


def _lines(text: Mapping[str, Any], width: float, size: float) -> list[tuple[str, str]]:
    """Return the lines of a box: name, date, remark."""
    parts = (("name", "Bold"), ("when", "Italic"), ("what", "Regular"))
    return [(line, style) for name, style in parts if text[name] for line in folded(text[name], width, size, style)]
