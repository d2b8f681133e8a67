"""Fill the lists that are derived from the whole edition, when a format is written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from variorum.apparatus import CLASSES
from variorum.domain import EditionDomain, edition
from variorum.lists import table
from variorum.nodes import apparatus_entry, apparatus_list, call, figures, general_index, mention_list
from variorum.registers import Entry, sort_key
from variorum.tokens import tokens
from variorum.witness import read_witness


_FIGURES = (
    "Measure",
    "Words",
    "Paragraphs",
    "Lines of the witness placed",
    "Lines left out",
    *(f"Departures: {kind}" for kind in CLASSES),
    "Editors’ notes",
)


class FillLists(SphinxPostTransform):
    """Fill registers, apparatus, index and figures, and link a source's notes both ways.

    Priority 15: after references are resolved (10), before a format's own transforms.
    """

    default_priority = 15

    def run(self, **_: object) -> None:
        """Fill what the document has."""
        self.domain: EditionDomain = edition(self.env)
        self.named = self.domain.data["derived"].get("named")
        for node in list(self.document.findall(mention_list)):
            places = self.named.places((node["register"], node["key"]))
            named = [nodes.paragraph("", "Named: ", *self._by_text(places), classes=["mentions"])] if places else []
            node.parent.replace(node, named)
        for node in list(self.document.findall(general_index)):
            node.replace_self(self._index())
        for node in list(self.document.findall(apparatus_list)):
            node.extend(self._apparatus(node["witness"]))
        for node in list(self.document.findall(figures)):
            node.replace_self(self._figures())
        self._link_notes()

    def _locator(self, siglum: str, place: str, words: str) -> nodes.Node:
        found = self.domain.find(siglum, place)
        return self._link(*found, words) if found else nodes.Text(words)

    def _link(self, docname: str, anchor: str, words: str) -> nodes.reference:
        uri = f"{self.app.builder.get_relative_uri(self.env.docname, docname)}#{anchor}"
        return nodes.reference("", words, internal=True, refuri=uri, classes=["loc"])

    def _by_text(self, places: Iterable[tuple[str, str]]) -> list[nodes.Node]:
        """Return links ``C 1.2–4, 1.9; K 3.14``: a siglum once, neighbours joined."""
        made: list[nodes.Node] = []
        for siglum, group in groupby(places, key=lambda place: place[0]):
            for number, (first, last) in enumerate(_ranges([place for _, place in group])):
                made.append(nodes.Text(", " if number else "; " if made else ""))
                words = first if first == last else f"{first}–{last.rpartition('.')[2]}"
                made.append(self._locator(siglum, first, words if number else f"{siglum}\u00a0{words}"))
        return made

    def _index(self) -> nodes.bullet_list:
        """Return the general index: letters, and under each its entries."""
        named = (entry for key, entry in self.named.entries.items() if self.named.places(key))
        entries = sorted(named, key=lambda entry: sort_key(entry.headword))
        listing = nodes.bullet_list(classes=["general-index"])
        for letter, group in groupby(entries, key=lambda entry: sort_key(entry.headword)[:1].upper()):
            items = nodes.bullet_list("", *map(self._indexed, group))
            listing += nodes.list_item("", nodes.paragraph("", letter, classes=["letter"]), items)
        return listing

    def _indexed(self, entry: Entry) -> nodes.list_item:
        key = (entry.register, entry.key)
        head = self._link(f"commentary/{entry.register}", f"{entry.register}-{entry.key}", entry.headword)
        return nodes.list_item(
            "", nodes.paragraph("", "", head, nodes.Text(", "), *self._by_text(self.named.places(key)))
        )

    def _apparatus(self, witness: str) -> Iterator[apparatus_entry]:
        for docname, doc in self.domain.texts():
            if doc.witness == witness:
                for attributes in doc.variants:
                    uri = self.app.builder.get_relative_uri(self.env.docname, docname)
                    made = {
                        k: v
                        for k, v in attributes.items()
                        if k not in {"ids", "classes", "names", "dupnames", "backrefs"}
                    }
                    yield apparatus_entry(refuri=f"{uri}#{attributes['ids'][0]}", target=attributes["ids"][0], **made)

    def _figures(self) -> nodes.table:
        by_witness: dict[str, list[tuple[str, str]]] = {}
        for docname, doc in self.domain.texts():
            by_witness.setdefault(doc.witness, []).append((doc.siglum, docname))
        columns = [self._figures_of(name, documents) for name, documents in sorted(by_witness.items())]
        head, *rows = zip(_FIGURES, *columns, strict=True)
        return table(head, rows, [40, *[60 // len(columns)] * len(columns)])

    def _figures_of(self, name: str, documents: Sequence[tuple[str, str]]) -> list[str]:
        docs = [self.domain.documents[docname] for _, docname in documents]
        witness = read_witness(Path(self.env.srcdir), name)
        words = sum(t.written[0].isalnum() for doc in docs for b in doc.blocks for t in tokens(b.text))
        paragraphs = sum(
            block.place.rpartition(".")[2].isdigit() and not block.heading for doc in docs for block in doc.blocks
        )
        lines = [
            Counter(n for p in witness.pieces if bool(p.to) is placed for n in range(p.first, p.last + 1))
            for placed in (True, False)
        ]
        counted = [sum(1 for n in found if witness.lines[n - 1].strip()) for found in lines]
        kinds = Counter(v["kind"] for doc in docs for v in doc.variants)
        notes = sum(c.series == "editors" for doc in docs for c in doc.calls)
        figures_ = [words, paragraphs, *counted, *(kinds[k] for k in CLASSES), notes]
        return [documents[0][0], *(f"{n:,}" for n in figures_)]

    def _link_notes(self) -> None:
        """Link a source's call to a note in another document, and that note back to its calls."""
        for node in self.document.findall(call):
            paragraph = node.parent
            while paragraph is not None and "siglum" not in paragraph:
                paragraph = paragraph.parent
            if node["series"] == "source" and "refid" not in node and paragraph is not None:
                found = self.domain.note_section(paragraph["siglum"], node["sign"])
                if found:
                    uri = self.app.builder.get_relative_uri(self.env.docname, found[0])
                    node["refuri"] = f"{uri}#{found[1]}"
        for docname, doc in self.domain.texts():
            for sign, anchor in doc.note_targets.items():
                for section in self.document.findall(nodes.section):
                    if anchor in section["ids"]:
                        section[1:1] = self._called(doc.siglum, sign, docname)

    def _called(self, siglum: str, sign: str, notes: str) -> list[nodes.Node]:
        calls = [
            (docname, c)
            for docname, doc in self.domain.texts()
            if doc.siglum == siglum and docname != notes and not any(p.endswith(f".n{sign}") for p in doc.places)
            for c in doc.calls
            if c.series == "source" and c.sign == sign
        ]
        if not calls:
            return []
        made: list[nodes.Node] = [nodes.Text("Called at ")]
        for number, (docname, c) in enumerate(calls):
            made += [nodes.Text(", " if number else ""), self._link(docname, c.anchor, f"{siglum}\u00a0{c.place}")]
        return [nodes.paragraph("", "", *made, classes=["called", "editorial"])]


def _ranges(places: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield first and last of each run of neighbouring paragraphs."""
    first = last = ""
    for place in places:
        section, _, number = place.rpartition(".")
        before, _, count = last.rpartition(".")
        if last and section == before and number.isdigit() and count.isdigit() and int(number) == int(count) + 1:
            last = place
            continue
        if first:
            yield first, last
        first = last = place
    if first:
        yield first, last


class ListCitations(SphinxPostTransform):
    """Print bibliographies as plain lists, each entry with the passages that cite it.

    Priority 6: just after sphinxcontrib-bibtex has put its entries in (5), before references are resolved (10).
    """

    default_priority = 6

    def run(self, **_: object) -> None:
        """Turn each container of citations into a list."""
        domain = edition(self.env)
        for container in list(self.document.findall(nodes.container)):
            if container.children and all(isinstance(child, nodes.citation) for child in container.children):
                listing = nodes.bullet_list(classes=["bibliography"])
                for entry in container.children:
                    listing += self._item(entry, domain)
                container.parent.replace(container, listing)

    def _item(self, entry: nodes.citation, domain: EditionDomain) -> nodes.list_item:
        paragraph = next(child for child in entry.children if isinstance(child, nodes.paragraph))
        target = nodes.target("", "", ids=entry["ids"])
        key = re.sub(r"^cite-(\d+-)?", "", entry["ids"][0])
        item = nodes.list_item("", nodes.paragraph("", "", target, *paragraph.children))
        made: list[nodes.Node] = []
        seen = set()
        for docname, doc in sorted(domain.documents.items()):
            for citing in doc.citing:
                if citing.key == key and citing not in seen:
                    seen.add(citing)
                    uri = f"{self.app.builder.get_relative_uri(self.env.docname, docname)}#{citing.anchor}"
                    made += [
                        nodes.Text("; " if made else "Cited: "),
                        nodes.reference("", citing.label, internal=True, refuri=uri),
                    ]
        if made:
            item += nodes.paragraph("", "", *made, nodes.Text("."), classes=["cited"])
        return item
