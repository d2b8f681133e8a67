"""Fill the lists that are derived from the whole edition, when a format is written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from docutils import nodes
from sphinx.util.nodes import traverse_parent

from variorum.citations.domain import citations
from variorum.config import classes, folders, registers
from variorum.doctree import elements, table
from variorum.domain import EditionDomain, edition
from variorum.i18n import _, figure
from variorum.links import LinkingTransform, is_paragraph, shown
from variorum.nodes import apparatus_entry, apparatus_list, call, figures, general_index, mention_list
from variorum.registers.entries import Entry, Subentry
from variorum.sorting import sort_key
from variorum.text.witness import read_witness
from variorum.writing.withholding import beginning, withheld

LONGEST = 30
"""An entry of the index with more passages is parted: by the editors' subentries, or else by texts."""


class FillLists(LinkingTransform):
    """Fill registers, apparatus, index and figures, and link a source's notes both ways.

    Priority 15: after references are resolved (10), before a format's own transforms.
    """

    default_priority = 15

    def run(self, **_options: object) -> None:
        """Fill what the document has."""
        self.domain: EditionDomain = edition(self.env)
        self.named = self.domain.data["derived"].get("named")
        for node in elements(self.document, mention_list):
            places = self.named.places[node["register"], node["key"]]
            named = [nodes.Text(_("Named") + ": "), *self._by_text(places)]
            made = [nodes.paragraph("", "", *named, classes=["mentions"])] if places else []
            node.parent.replace(node, made)
        for node in elements(self.document, general_index):
            node.replace_self(self._index())
        for node in elements(self.document, apparatus_list):
            node.extend(self._apparatus(node["witness"]))
        for node in elements(self.document, figures):
            name = node["witness"]
            node.replace_self(nodes.Text(self._figures_of(name)[_("Words")]) if name else self._figures())
        self._leave_out_classes()
        self._link_calls()
        self._link_notes()

    def _by_text(self, places: Iterable[tuple[str, str]]) -> list[nodes.Node]:
        """Return links ``A 1.2–4, 1.9; B 3.14``: a siglum once, neighbours joined."""
        made: list[nodes.Node] = []
        for siglum, group in groupby(places, key=lambda place: place[0]):
            for number, (first, last) in enumerate(_ranges([place for _siglum, place in group])):
                made.append(nodes.Text(", " if number else "; " if made else ""))
                words = shown(first, self.config)
                if first != last:
                    words += f"–{last.rpartition('.')[2]}"
                words = words if number else f"{siglum}\u00a0{words}"
                found = self.domain.find(siglum, first)
                made.append(self.link(*found, words, classes=["loc"]) if found else nodes.Text(words))
        return made

    def _index(self) -> nodes.Element:
        """Return the general index: letters, and under each its entries; a sentence where nothing is named yet."""
        named = [entry for key, entry in self.named.entries.items() if self.named.places[key]]
        leading = {name for name, register in registers(self.config).items() if register.other_names}
        rows = [(entry.headword, entry) for entry in named]
        rows += [(name, entry) for entry in named if entry.register in leading for name in entry.other_names()]
        listing = nodes.bullet_list(classes=["general-index"])
        for letter, group in groupby(sorted(rows, key=_sorted_by), key=lambda row: _sorted_by(row)[0][:1].upper()):
            items = nodes.bullet_list("", *(self._indexed(*row) for row in group))
            listing += nodes.list_item("", nodes.paragraph("", letter, classes=["letter"]), items)
        return listing if rows else nodes.paragraph("", _("No entry of the registers is named in the texts yet."))

    def _indexed(self, name: str, entry: Entry) -> nodes.list_item:
        if name != entry.headword:
            return nodes.list_item("", nodes.paragraph("", name + ", " + _("see") + " ", self._head(entry)))
        places = self.named.places[entry.register, entry.key]
        told, below = list(places), list(entry.subentries)
        if below:
            parted = {tuple(place.split(" ", 1)) for part in below for place in part.places}
            told = [place for place in places if place not in parted]
        elif len(places) > LONGEST:
            told = []
        made: list[nodes.Node] = [self._head(entry)]
        made += [nodes.Text(", "), *self._by_text(told)] if told else []
        for number, other in enumerate(self.named.entries[entry.register, key] for key in entry.see):
            made += [nodes.Text("; " if number else "; " + _("see also") + " "), self._head(other)]
        item = nodes.list_item("", nodes.paragraph("", "", *made))
        lines = [self._subentry(part) for part in below]
        if not below and not told:
            lines = [self._line(self._by_text(group)) for _siglum, group in groupby(places, key=lambda place: place[0])]
        if lines:
            item += nodes.bullet_list("", *lines)
        return item

    def _subentry(self, part: Subentry) -> nodes.list_item:
        places = [(siglum, place) for siglum, _space, place in (locator.partition(" ") for locator in part.places)]
        return self._line([nodes.Text(f"{part.heading}, "), *self._by_text(places)])

    @staticmethod
    def _line(words: list[nodes.Node]) -> nodes.list_item:
        return nodes.list_item("", nodes.paragraph("", "", *words))

    def _head(self, entry: Entry) -> nodes.TextElement:
        """Return a link to an entry; where two have one headword, an event has its date, two others have theirs."""
        register, anchor = folders(self.env).page(entry.register), f"{entry.register}-{entry.key}"
        alike = [other for other in self.named.entries.values() if other.headword == entry.headword]
        rivals = len(alike) if entry.when else sum(not other.when for other in alike)
        name = f"{entry.headword} ({entry.dates})" if rivals > 1 and entry.dates else entry.headword
        return self.link(register, anchor, name, classes=["loc"])

    def _apparatus(self, witness: str) -> Iterator[apparatus_entry]:
        """Yield the rows of an apparatus; of a text that is withheld, the first words of each reading."""
        without_words = withheld(self.env)
        for docname, doc in self.domain.texts():
            for variant in doc.variants if doc.witness == witness else ():
                (target,) = variant["ids"]
                said = {name: value for name, value in variant.items() if name not in nodes.Element.list_attributes}
                if doc.siglum in without_words:
                    target = doc.places[variant["place"]][0]  # the departure itself is marked nowhere
                    said |= {name: beginning(said[name]) for name in ("lemma", "reading", "shown", "shown_reading")}
                yield apparatus_entry(refuri=self.address(docname, target), target=target, **said)

    def _figures(self) -> nodes.table:
        names = sorted({doc.witness for _name, doc in self.domain.texts()})
        columns = [self._figures_of(name) for name in names]
        head, *rows = [(measure, *(column[measure] for column in columns)) for measure in columns[0]]
        return table(head, rows, [40, *[60 // len(columns)] * len(columns)])

    def _figures_of(self, name: str) -> dict[str, str]:
        """Return the figures of a witness and its text, each with its name."""
        docs = [doc for _name, doc in self.domain.texts() if doc.witness == name]
        witness = read_witness(folders(self.env), name)
        lines = {(n, bool(piece.to)) for piece in witness.pieces for n in range(piece.first, piece.last + 1)}
        placed = Counter(is_placed for n, is_placed in lines if witness.lines[n - 1].strip())
        blocks = [block for doc in docs for block in doc.blocks]
        kinds = Counter(variant["kind"] for doc in docs for variant in doc.variants)
        used = self._used()
        counted = {
            _("Readings against the witness"): witness.about["readings"],
            _("Words"): sum(doc.length for doc in docs),
            _("Paragraphs"): sum(map(is_paragraph, blocks)),
            _("Lines of the witness placed"): placed[True],
            _("Lines left out"): placed[False],
            **{_("Departures: %s") % kind: kinds[kind] for kind in classes(self.config) if kind in used},
            _("Editors’ notes"): sum(called.series == "editors" for doc in docs for called in doc.calls),
        }
        figures_of = {_("Measure"): docs[0].siglum}
        for measure, count in counted.items():
            figures_of[measure] = figure(count, self.config.language)
        return figures_of

    def _used(self) -> set[str]:
        """Return the names of the classes of departure that the texts have."""
        return {variant["kind"] for _name, doc in self.domain.texts() for variant in doc.variants}

    def _leave_out_classes(self) -> None:
        """Leave the classes that no text has out of the list of classes."""
        for item in elements(self.document, nodes.definition_list_item):
            if item.get("departure_class", "") and item["departure_class"] not in self._used():
                item.parent.remove(item)

    def _link_calls(self) -> None:
        """Link the source's calls to notes in another document."""
        for node in elements(self.document, call):
            siglum = next((parent["siglum"] for parent in traverse_parent(node.parent) if "siglum" in parent), "")
            found = self.domain.note_section(siglum, node["sign"])
            if found and node["series"] == "source" and "refid" not in node:
                node["refuri"] = self.address(*found)

    def _link_notes(self) -> None:
        """Link the source's notes that are sections back to their calls in other documents."""
        sections = elements(self.document, nodes.section)
        for docname, doc in self.domain.texts():
            for sign, anchor in doc.note_targets.items():
                for section in sections:
                    if anchor in section["ids"]:
                        section[1:1] = self._called(doc.siglum, sign, docname)

    def _called(self, siglum: str, sign: str, notes: str) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        words = {printed: word for word, printed in self.config.variorum_signs.items()}
        own_note = f".n{words.get(sign, sign)}"
        for docname, doc in self.domain.texts(siglum):
            # a document with a note of this sign calls its own
            if docname != notes and not any(place.endswith(own_note) for place in doc.places):
                for c in (c for c in doc.calls if (c.series, c.sign) == ("source", sign)):
                    link = self.link(docname, c.anchor, f"{siglum}\u00a0{c.place}", classes=["loc"])
                    made += [nodes.Text(", " if made else _("Called at") + " "), link]
        return [nodes.paragraph("", "", *made, classes=["called", "editorial"])] if made else []


def _sorted_by(row: tuple[str, Entry]) -> tuple[str, str]:
    return sort_key(row[0]), row[1].key


def _ranges(places: Sequence[str]) -> list[tuple[str, str]]:
    """Return first and last of each run of neighbouring paragraphs."""
    runs: list[list[str]] = []
    for place in places:
        section, _point, last = place.rpartition(".")
        if runs and last.isdigit() and runs[-1][-1] == f"{section}.{int(last) - 1}":
            runs[-1].append(place)
        else:
            runs.append([place])
    return [(run[0], run[-1]) for run in runs]


class ListCitations(LinkingTransform):
    """Print bibliographies as plain lists, each entry with the passages that cite it.

    An entry that no passage of the book cites is not printed: so the book of one text has the works it cites.
    Priority 6: just after sphinxcontrib-bibtex has put its entries in (5), before references are resolved (10).
    """

    default_priority = 6

    def run(self, **_options: object) -> None:
        """Turn each container of citations into a list."""
        self.keys = {citation.citation_id: citation.key for citation in citations(self.env).citations}
        for container in elements(self.document, nodes.container):
            if container.children and all(isinstance(child, nodes.citation) for child in container.children):
                items = filter(None, map(self._item, container.children))
                container.parent.replace(container, nodes.bullet_list("", *items, classes=["bibliography"]))

    def _item(self, entry: nodes.citation) -> nodes.list_item | None:
        paragraph = next(child for child in entry.children if isinstance(child, nodes.paragraph))
        target = nodes.target("", "", ids=entry["ids"])
        key = self.keys[entry["ids"][0]]
        item = nodes.list_item("", nodes.paragraph("", "", target, *paragraph.children))
        passages: dict[str, tuple[str, str]] = {}
        for docname, doc in sorted(edition(self.env).documents.items()):
            for passage in (passage for passage in doc.citing if passage.key == key):
                passages.setdefault(passage.label, (docname, passage.anchor))
        made: list[nodes.Node] = []
        for label, place in passages.items():
            link = self.link(*place, label)
            if isinstance(link, nodes.reference):
                made += [nodes.Text("; " if made else _("Cited") + ": "), link]
        item += nodes.paragraph("", "", *made, nodes.Text("."), classes=["cited"])
        return item if made else None
