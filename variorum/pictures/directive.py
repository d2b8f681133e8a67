"""The pictures in the pages: a directive, drawings kept beside the environment, and a table that says the same."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from variorum.config import folders, registers
from variorum.doctree import Cell, table
from variorum.domain import edition
from variorum.i18n import _
from variorum.pictures import diagrams, drawing, vectors
from variorum.pictures.data import read_data
from variorum.pictures.drawing import FORMS, Event, Form, dense_years
from variorum.pictures.vectors import SHADES, Sheet
from variorum.problems import EditionError
from variorum.writing.lists import FillLists

PICTURES: dict[str, Callable[[Form, Any], list[Sheet]]] = {
    "timeline": drawing.timeline,
    "matrix": drawing.matrix,
    "groups": diagrams.groups,
    "transmission": diagrams.transmission,
}
#: Pictures with a data file of their own: what an entry is called in it, and the heads of its columns.
FILES = {
    "groups": ("group", ("Group", "Members named", "Came from")),
    "transmission": ("text", ("Text", "What it is", "Came from")),
}
#: The forms that a page of the web edition has: its style sheet shows the one that fits the window.
ON_SCREEN = ("wide", "narrow")


class picture(nodes.General, nodes.Element):  # noqa: N801 - docutils' way
    """Where a picture is to stand: ``name``, ``data``; children: its caption, and the table of one with a data file."""


class PictureDirective(SphinxDirective):
    """``{picture} timeline`` prints a drawing and its table; the content is its caption.

    The pictures: timeline, matrix, groups, transmission.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place to be filled; a data file's table is made here, so that what it cites counts as cited."""
        name = self.arguments[0]
        if name not in PICTURES:
            what = f"“{name}” is no picture"
            edition(self.env).report_line(self.lineno, "picture", what, f"use {', '.join(PICTURES)}")
            return []
        here = edition(self.env).here()
        here.lists |= name not in FILES  # written again when what the texts name has changed
        made = picture(name=name, data={})
        for paragraph in self.parse_content_to_nodes():
            made += nodes.caption("", "", *paragraph.children)
        if name in FILES:
            where = folders(self.env)
            self.env.note_dependency(where.data(name))
            try:
                made["data"] = read_data(where, name)
            except EditionError as error:
                here.problems += error.problems
                return []
            made += self._table(name, made["data"])
        return [made]

    def _table(self, name: str, data: dict[str, Any]) -> nodes.table:
        kind, head = FILES[name]
        first, second = ("years", "members") if kind == "group" else ("when", "what")
        rows = []
        for entry in data[kind].values():
            links = "; ".join(
                f"{data[kind][link[kind]]['name']}: {link['how']}{_doubt(link)} {link['source']}"
                for link in entry.get("from", ())
            )
            title = f"{entry['name']}, {entry[first]}" if entry[first] else entry["name"]
            rows.append([self._parsed(words) for words in (title, f"{entry[second]} {entry['source']}", links)])
        made = table(head, rows, (26, 36, 38))
        made["classes"].append("longtable")  # may break over pages
        body = next(made.findall(nodes.tbody))
        for key, row in zip(data[kind], body.findall(nodes.row), strict=True):
            row["ids"] = [f"picture-{name}-{key}"]
        next(made.findall(nodes.colspec))["stub"] = 1
        return made

    def _parsed(self, words: str) -> list[nodes.Node]:
        return [child for block in self.parse_text_to_nodes(words) for child in block.children] if words else []


def _doubt(link: dict[str, str]) -> str:
    return f" (doubtful: {link['doubtful']})" if "doubtful" in link else ""


def drawn(folder: Path, name: str, data: object) -> dict[str, list[tuple[str, float, float]]]:
    """Draw a picture unless its data are those of the last time; return each form's sheets: file, width, height."""
    modules = [Path(__file__), *(Path(str(module.__file__)) for module in (diagrams, drawing, vectors))]
    code = b"".join(path.read_bytes() for path in modules)
    key = hashlib.sha256(code + repr(data).encode()).hexdigest()
    record = folder / f"{name}.json"
    kept = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    if kept.get("key") == key:
        return dict(kept["sheets"])
    folder.mkdir(parents=True, exist_ok=True)
    sheets: dict[str, list[tuple[str, float, float]]] = {}
    for form, measures in FORMS.items():
        for number, sheet in enumerate(PICTURES[name](measures, data), 1):
            file = f"{name}-{number}-{form}"
            if form in ON_SCREEN:
                (folder / f"{file}.html").write_text(sheet.inline(form), encoding="utf-8")
            else:
                (folder / f"{file}.svg").write_text(sheet.svg(), encoding="utf-8")
                (folder / f"{file}.pdf").write_bytes(sheet.pdf())
            sheets.setdefault(form, []).append((file, sheet.width, sheet.height))
    record.write_text(json.dumps({"key": key, "sheets": sheets}), encoding="utf-8")
    return sheets


class SetPictures(FillLists):
    """Put each picture in its place: within the pages of the web edition, as a file in the other editions.

    Priority 14: after references are resolved (10).
    """

    default_priority = 14

    def run(self, **_: object) -> None:
        """Fill what the document has."""
        self.domain = edition(self.env)
        self.named = self.domain.data["derived"].get("named")
        for node in list(self.document.findall(picture)):
            events = [] if node["data"] else list(self._events())
            if node["name"] == "matrix" and self.app.builder.name != "epub":
                caption = [child for words in node.findall(nodes.caption) for child in words.children]
                node.replace_self([nodes.paragraph("", "", *caption), self._counts(events)])
            elif node["data"] or any(event.places or node["name"] == "timeline" for event in events):
                node.replace_self([*self._sheets(node, node["data"] or events), *self._tables(node, events)])
            else:
                node.parent.remove(node)

    def _events(self) -> Iterator[Event]:
        """Yield the events of the chronology with the passages that name them."""
        kinds = registers(self.config)
        for key, entry in self.named.entries.items():
            if kinds[entry.register].dated:
                yield Event(entry, tuple(self.named.places[key]))

    def _sheets(self, node: picture, data: Any) -> Iterator[nodes.figure]:
        folder = Path(self.app.doctreedir) / "pictures"
        sheets = drawn(folder, node["name"], data)
        count = len(sheets["book"])
        alternative = ALTERNATIVES[node["name"]](data)
        for number in range(count):
            part = f" (part {number + 1} of {count})" if count > 1 else ""
            made = nodes.figure(ids=[f"picture-{node['name']}{f'-{number + 1}' if number else ''}"])
            if self.app.builder.name == "html":
                files = [folder / f"{sheets[form][number][0]}.html" for form in ON_SCREEN]
                made += self._within(node["name"], files, alternative + part)
            else:
                file = str(folder / sheets["book"][number][0])
                form = "application/pdf" if self.app.builder.format == "latex" else "image/svg+xml"
                candidates = {"image/svg+xml": f"{file}.svg", "application/pdf": f"{file}.pdf"}
                for path in candidates.values():
                    self.env.images.add_file(self.env.docname, path)
                made += nodes.image(uri=candidates[form], candidates=candidates, alt=alternative + part)
            words = [child.deepcopy() for caption in node.findall(nodes.caption) for child in caption.children]
            made += nodes.caption("", "", *([nodes.Text("The same, continued")] if number else words), nodes.Text(part))
            yield made

    def _within(self, name: str, files: Sequence[Path], alternative: str) -> nodes.raw:
        """Return the drawings of the web edition, of which the style sheet shows one, with their links."""
        drawings = "\n".join(path.read_text(encoding="utf-8") for path in files)
        linked = re.sub(r'href="link:([^"]+)"', lambda match: f'href="{self._linked(name, match[1])}"', drawings)
        group = f'<div class="picture" role="group" aria-label="{escape(alternative)}">\n{linked}\n</div>\n'
        return nodes.raw("", group, format="html")

    def _linked(self, name: str, key: str) -> str:
        """Return the address of what a part of a picture shows: an entry of a register, else its row in the table."""
        for register in registers(self.config):
            if (register, key) in self.named.entries and (name in FILES or registers(self.config)[register].dated):
                return escape(self.address(folders(self.env).page(register), f"{register}-{key}"))
        return f"#picture-{name}-{key}"

    def _tables(self, node: picture, events: Sequence[Event]) -> Iterator[nodes.Node]:
        """Yield the table; the book has none of the events, whose passages stand in its chronology."""
        if node["data"]:
            yield from node.findall(nodes.table)
        elif self.app.builder.format != "latex":
            everything = node["name"] == "timeline"
            rows = [
                (
                    event.entry.dates or event.date,
                    [self._entry(event)],
                    ", ".join(event.texts) if everything else self._by_text(event.places),
                )
                for event in events
                if everything or event.places
            ]
            yield table(("Date", "Event", "Texts" if everything else "Passages"), rows, (18, 52, 30))

    def _counts(self, events: Sequence[Event]) -> nodes.table:
        """Return the matrix: a number leads to the first of the passages, an event to all of them."""
        sigla = sorted({siglum for event in events for siglum in event.texts})
        rows: list[list[Cell]] = []
        for event in (event for event in events if event.places):
            numbers: list[Cell] = [self._count(event, siglum) for siglum in sigla]
            rows.append([event.date, [self._entry(event)], *numbers])
        made = table((_("Date"), _("Event"), *sigla), rows, (16, 84 - 5 * len(sigla), *[5] * len(sigla)))
        made["classes"] += ["longtable", "matrix"]
        for row in next(made.findall(nodes.tbody)).findall(nodes.row):
            for cell in list(row.findall(nodes.entry))[2:]:
                cell["classes"] += ["count", _shade(cell.astext())]
        return made

    def _count(self, event: Event, siglum: str) -> list[nodes.Node]:
        places = [place for text, place in event.places if text == siglum]
        passage = self.domain.find(siglum, places[0]) if places else None
        return [self.link(*passage, str(len(places)), classes=["loc"])] if passage else []

    def _entry(self, event: Event) -> nodes.TextElement:
        return self._head(event.entry)


def _shade(number: str) -> str:
    """Return the class of a cell: darker for more passages."""
    count = int(number or 0)
    return f"shade-{next(n for n, (most, _colour) in enumerate(SHADES) if count <= most)}" if count else "shade-none"


def timeline_words(events: Sequence[Event]) -> str:
    """Say what the timeline shows."""
    years = Counter(event.entry.when[:4] for event in events)
    first, end = dense_years(events)
    dense = sum(count for year, count in years.items() if first <= int(year) < end)
    year, most = max(years.items(), key=lambda item: (item[1], item[0]))
    spoken = sum(bool(event.places) for event in events)
    span = f"{events[0].entry.when[:4]} to {events[-1].entry.when[:4]}"
    return (
        f"Timeline of {len(events)} events from {span}, {dense} of them in {first}–{end - 1}; "
        f"the most, {most}, in {year}. The texts speak of {spoken}. The table below has them all."
    )


def matrix_words(events: Sequence[Event]) -> str:
    """Say what the matrix shows."""
    texts = Counter(siglum for event in events for siglum in event.texts)
    each = ", ".join(f"{siglum} of {texts[siglum]}" for siglum in sorted(texts))
    shared = sum(len(event.texts) > 1 for event in events)
    spoken = sum(bool(event.places) for event in events)
    return f"Matrix of {spoken} events by text: {each}; {shared} in more than one. The table below has the passages."


def groups_words(data: dict[str, Any]) -> str:
    """Say what the picture of the groups shows."""
    return f"The groups as bars along the years: {_told(data['group'], 'group', 'years')}. {SOURCES_BELOW}"


def transmission_words(data: dict[str, Any]) -> str:
    """Say what the picture of the transmission shows."""
    return f"Family tree of the text: {_told(data['text'], 'text', 'when')}. {SOURCES_BELOW}"


def _told(entries: dict[str, dict[str, Any]], kind: str, date: str) -> str:
    """Return each entry with its date and those it came from."""
    told = []
    for entry in entries.values():
        words = entry["name"] + (f" ({entry[date]})" if entry[date] else "")
        links = [
            ("perhaps " if "doubtful" in link else "") + entries[link[kind]]["name"] for link in entry.get("from", ())
        ]
        told.append(f"{words}, from {' and '.join(links)}" if links else words)
    return "; ".join(told)


SOURCES_BELOW = "The table below says the same with sources."
ALTERNATIVES: dict[str, Callable[[Any], str]] = {
    "timeline": timeline_words,
    "matrix": matrix_words,
    "groups": groups_words,
    "transmission": transmission_words,
}


def setup(app: Sphinx) -> None:
    """Register directive, node and transform."""
    app.add_node(picture)
    app.add_directive("picture", PictureDirective)
    app.add_post_transform(SetPictures)
