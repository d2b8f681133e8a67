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
    "groups": diagrams.groups,
    "transmission": diagrams.transmission,
}
MATRIX = "matrix"
"""The picture that is a table: an event a row, a text a column, a cell darker for more passages."""
#: Pictures with a data file of their own: what an entry is called in it, and the heads of its columns.
FILES = {
    "groups": ("group", (_("Group"), _("Members named"), _("Came from"))),
    "transmission": ("text", (_("Text"), _("What it is"), _("Came from"))),
}
WITHIN_PAGES = {"html": ("wide", "narrow"), "epub": ("book",)}
"""The forms that a page has, by the name of the builder; the web edition's style sheet shows the one that fits."""


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
        if name not in (*PICTURES, MATRIX):
            what = f"“{name}” is no picture"
            edition(self.env).report_line(self.lineno, "picture", what, f"use {', '.join([*PICTURES, MATRIX])}")
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
        made = table([str(words) for words in head], rows, (26, 36, 38))
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
            paged = form in WITHIN_PAGES["epub"]
            (folder / f"{file}.html").write_text(sheet.inline(form, paged=paged), encoding="utf-8")
            if paged:
                (folder / f"{file}.pdf").write_bytes(sheet.pdf())
            sheets.setdefault(form, []).append((file, sheet.width, sheet.height))
    record.write_text(json.dumps({"key": key, "sheets": sheets}), encoding="utf-8")
    return sheets


class SetPictures(FillLists):
    """Put each picture in its place: within the pages of the web edition and the ePub, as a file in the book.

    Priority 14: after references are resolved (10).
    """

    default_priority = 14

    def run(self, **_: object) -> None:
        """Fill what the document has."""
        self.domain = edition(self.env)
        self.named = self.domain.data["derived"].get("named")
        for node in list(self.document.findall(picture)):
            events = [] if node["data"] else list(self._events())
            if node["name"] == MATRIX:
                node.replace_self(self._matrix(node, [event for event in events if event.places]))
            elif node["data"]:
                node.replace_self([*self._sheets(node, node["data"]), *node.findall(nodes.table)])
            elif events:
                node.replace_self([*self._sheets(node, events), *self._timeline_table(events)])
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
            part = " " + _("(part {number} of {count})").format(number=number + 1, count=count) if count > 1 else ""
            made = nodes.figure(ids=[f"picture-{node['name']}{f'-{number + 1}' if number else ''}"])
            if self.app.builder.name in WITHIN_PAGES:
                forms = WITHIN_PAGES[self.app.builder.name]
                files = [folder / f"{sheets[form][number][0]}.html" for form in forms]
                made += self._within(node["name"], files, alternative + part)
            else:
                file = str(folder / f"{sheets['book'][number][0]}.pdf")
                self.env.images.add_file(self.env.docname, file)
                made += nodes.image(uri=file, candidates={"application/pdf": file}, alt=alternative + part)
            words = [child.deepcopy() for caption in node.findall(nodes.caption) for child in caption.children]
            made += nodes.caption(
                "", "", *([nodes.Text(_("The same, continued"))] if number else words), nodes.Text(part)
            )
            yield made

    def _within(self, name: str, files: Sequence[Path], alternative: str) -> nodes.raw:
        """Return the drawings as parts of the page, with their links."""
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

    def _timeline_table(self, events: Sequence[Event]) -> Iterator[nodes.table]:
        """Yield the table of the timeline; the book and the ePub have the entries of the chronology instead."""
        if self.app.builder.name == "html":
            rows = [(self._dates(event), [self._entry(event)], ", ".join(event.texts)) for event in events]
            yield table((_("Date"), _("Event"), _("Texts")), rows, (18, 52, 30))

    def _matrix(self, node: picture, events: Sequence[Event]) -> list[nodes.Node]:
        """Return caption and table of the matrix; on the narrow pages of an ePub the passages stand one by one."""
        if not events:
            return []
        caption = [child for words in node.findall(nodes.caption) for child in words.children]
        if self.app.builder.name == "epub":
            rows = [(self._dates(event), [self._entry(event)], self._by_text(event.places)) for event in events]
            made = table((_("Date"), _("Event"), _("Passages")), rows, (18, 52, 30))
        else:
            made = self._counts(events)
        return [nodes.paragraph("", "", *caption), made]

    def _dates(self, event: Event) -> str:
        return event.entry.dates or event.date

    def _counts(self, events: Sequence[Event]) -> nodes.table:
        """Return the matrix with numbers: one leads to the first of the passages, an event to all of them."""
        sigla = sorted({siglum for event in events for siglum in event.texts})
        rows: list[list[Cell]] = []
        for event in events:
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
    words = _(
        "Timeline of {count} events from {start} to {end}, {dense} of them in {years}; the most, {most}, in {year}. "
        "The texts speak of {spoken}. The list below has them all."
    )
    return words.format(
        count=len(events),
        start=events[0].entry.when[:4],
        end=events[-1].entry.when[:4],
        dense=dense,
        years=f"{first}–{end - 1}",
        most=most,
        year=year,
        spoken=spoken,
    )


def groups_words(data: dict[str, Any]) -> str:
    """Say what the picture of the groups shows."""
    words = _("The groups as bars along the years: {groups}. The table below says the same with sources.")
    return words.format(groups=_told(data["group"], "group", "years"))


def transmission_words(data: dict[str, Any]) -> str:
    """Say what the picture of the transmission shows."""
    words = _("Family tree of the text: {texts}. The table below says the same with sources.")
    return words.format(texts=_told(data["text"], "text", "when"))


def _told(entries: dict[str, dict[str, Any]], kind: str, date: str) -> str:
    """Return each entry with its date and those it came from."""
    told = []
    for entry in entries.values():
        words = entry["name"] + (f" ({entry[date]})" if entry[date] else "")
        origins = []
        for link in entry.get("from", ()):
            name = entries[link[kind]]["name"]
            origins.append(_("perhaps {name}").format(name=name) if "doubtful" in link else name)
        if origins:
            words = _("{name}, from {origins}").format(name=words, origins=_(" and ").join(origins))
        told.append(words)
    return "; ".join(told)


ALTERNATIVES: dict[str, Callable[[Any], str]] = {
    "timeline": timeline_words,
    "groups": groups_words,
    "transmission": transmission_words,
}


def setup(app: Sphinx) -> None:
    """Register directive, node and transform."""
    app.add_node(picture)
    app.add_directive("picture", PictureDirective)
    app.add_post_transform(SetPictures)
