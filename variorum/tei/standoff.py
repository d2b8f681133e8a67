"""What the texts speak of, beside them: the entries of the registers, and the works that the notes cite."""

from collections.abc import Callable, Iterable, Iterator
from xml.etree import ElementTree as ET

from docutils import nodes
from pybtex.database import Entry as Work

from variorum.citations.style import formatted
from variorum.config import Register
from variorum.quotations.finding import Quotations
from variorum.registers.entries import AUTHORITIES, Entry
from variorum.tei.body import BodyWriter
from variorum.tei.xml import Content, element, from_rich

#: What a register holds -> the list, its items, and the name of an item (TEI P5, 13.3 and 16.10).
LISTS = {
    "person": ("listPerson", "person", "persName"),
    "body": ("listOrg", "org", "orgName"),
    "event": ("listEvent", "event", "label"),
    "term": ("list", "item", "label"),
}


def work_id(key: str) -> str:
    """Return the ``xml:id`` of a work of the bibliography."""
    return f"work-{key}"


def links_of_shared_words(found: Quotations, target_of: Callable[[str], str]) -> ET.Element | None:
    """Return the pairs of passages that share words, each link with its kind and the heading of its entry.

    ``target_of`` returns what a ``target`` says for a locator, ``A 3.14``: within the file it begins with ``#``.
    """
    links = []
    for key, pairs in found.compared.items():
        entry = found.entries[key]
        for one, other in dict.fromkeys((one.locator, other.locator) for one, other in pairs):
            targets = [target_of(one), target_of(other)]
            if any(target.startswith("#") for target in targets):  # one of the places stands in this file
                links.append(element("link", type=entry.kind, target=" ".join(targets), n=entry.headword))
    return element("linkGrp", *links, type="shared-words") if links else None


def list_of_works(works: Iterable[Work]) -> ET.Element:
    """Return the bibliography."""
    return element(
        "listBibl", *(element("bibl", *from_rich(formatted(work)), xml_id=work_id(work.key)) for work in works)
    )


def list_of_entries(
    name: str, register: Register, entries: Iterable[Entry], lives: dict[str, nodes.Element], writer: BodyWriter
) -> ET.Element:
    """Return a register; ``lives`` are the definitions that its page prints, by the entries' ids."""
    outer, _, _ = LISTS[register.holds]
    items = [_item(register, entry, lives, writer) for entry in entries]
    return element(outer, *items, type=name)


def _item(register: Register, entry: Entry, lives: dict[str, nodes.Element], writer: BodyWriter) -> ET.Element:
    _, inner, naming = LISTS[register.holds]
    identity = entry.anchor
    life = list(_life(lives.get(identity), writer))
    if register.holds == "term":
        return element("item", element("label", entry.headword), *life, xml_id=identity)
    identifiers = [element("idno", getattr(entry, key), type=key) for key in AUTHORITIES if getattr(entry, key)]
    if register.holds == "event":
        told = [element("desc", *life)] if life else []
        return element("event", element(naming, entry.headword), *told, xml_id=identity, when=entry.when)
    notes = [element("note", *life)] if life else []
    dates = [element("note", entry.dates, type="dates")] if entry.dates else []
    return element(inner, element(naming, entry.headword), *dates, *notes, *identifiers, xml_id=identity)


def _life(definition: nodes.Element | None, writer: BodyWriter) -> Iterator[Content]:
    """Yield what the editors say of an entry, its paragraphs parted by a space."""
    if definition is None:
        return
    told = [p for p in definition.findall(nodes.paragraph) if not {"facts", "mentions"} & set(p["classes"])]
    for number, paragraph in enumerate(told):
        if number:
            yield " "
        yield from writer.content(paragraph)
