"""The passages of a page: what the search finds, and what a preview shows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docutils import nodes as base
from sphinx.util.nodes import traverse_parent

from variorum import nodes
from variorum.i18n import _
from variorum.registers.entries import Entry
from variorum.registers.mentions import Named

BLOCKS = (base.paragraph, base.title, base.term)
POINTING = {"general-index", "toctree-wrapper"}
"""Classes of lists that only point elsewhere."""
LISTS = {"facts", "mentions", "cited"}
"""Classes of paragraphs that list forms, or passages which speak of an entry."""
WORK = re.compile(r"cite-(?:\d+-)?(.+)")
"""Id of an entry of the bibliography."""


@dataclass(slots=True)
class Passage:
    """A paragraph, a heading, a note, an entry."""

    kind: str
    """``text``, ``commentary``, ``entry`` (of a register) or ``work`` (of the bibliography)."""
    href: str
    """From the root of the site."""
    words: str
    place: str = ""
    """Its locator: ``A 1.12``; ``note 7`` of a page."""
    page: str = ""
    heading: str = ""
    """The heading it stands under; of an entry its headword, of a work its author, year and title."""
    names: list[str] = field(default_factory=list)
    """Of an entry: every name by which it is looked up."""
    readings: list[str] = field(default_factory=list)
    """Of a paragraph of a text: what the witness has where the edition departs from it."""
    address: str = ""
    """Of a work: where it can be read."""
    mentions: list[str] = field(default_factory=list)
    """Of a paragraph of a text: the anchors of the entries that it names."""
    withheld: bool = False
    """Whether the words are not the text's, but say how many of it are withheld: nobody looks for them."""


def passages_of(doctree: base.document, page: str, uri: str, named: Named, works: dict[str, str]) -> Iterator[Passage]:
    """Yield the passages of a document; ``works`` has the name of each entry of the bibliography by its key."""
    for node in doctree.findall(base.Element):
        if isinstance(node, BLOCKS) and "siglum" in node and "place" in node:
            passage = _block(node, uri, named)
        elif isinstance(node, nodes.annotation) and node["series"] == "editors":
            anchor = node["ids"][0]
            passage = Passage(
                "commentary", f"{uri}#{anchor}", _words(node), f"{_('Note')} {node['sign']}", "", _heading(node)
            )
        elif _is_entry(node):
            passage = _entry(node, uri, named, works)
        elif isinstance(node, base.paragraph) and not _is_within(node):
            passage = Passage("commentary", f"{uri}#{_anchor(node)}", _words(node), "", "", _heading(node))
        else:
            continue
        passage.page = page
        if passage.words and not passage.href.endswith("#"):
            yield passage


def _block(node: base.Element, uri: str, named: Named) -> Passage:
    """Return a paragraph, heading or term of an edited text."""
    variants = [variant for variant in node.findall(nodes.variant) if variant["first"]]
    readings = [variant["reading"] for variant in variants if variant["reading"] != variant["lemma"]]
    mentions = [f"{key[0]}-{key[1]}" for key in _mentioned(node, named)]
    return Passage(
        "text",
        f"{uri}#p{node['place'].replace('.', '-')}",
        _words(node),
        f"{node['siglum']} {node['place']}",
        heading=_heading(node),
        readings=list(dict.fromkeys(filter(None, readings))),
        mentions=mentions,
        withheld=any("withheld" in part["classes"] for part in node.findall(base.inline)),
    )


def _mentioned(node: base.Element, named: Named) -> Iterable[tuple[str, str]]:
    mentions = named.mentions.get((node["siglum"], node["place"]), ())
    return dict.fromkeys(mention.key for mention in mentions)


def _entry(node: base.Element, uri: str, named: Named, works: dict[str, str]) -> Passage:
    """Return an entry of a register, of the bibliography, or of another list of terms."""
    anchor, heading = _anchor(node), _heading(node)
    register, _, key = anchor.partition("-")
    entry = named.entries.get((register, key))
    if entry:
        return Passage("entry", f"{uri}#{anchor}", _words(node), heading=_headed(entry), names=names_of(entry))
    work = WORK.fullmatch(anchor)
    if work:
        links = (link["refuri"] for link in node.findall(base.reference) if "refuri" in link)
        address = next((link for link in links if link.startswith("http")), "")
        name = works.get(work[1], heading)
        return Passage("work", f"{uri}#{anchor}", _words(node), heading=name, address=address)
    return Passage("commentary", f"{uri}#{anchor}", _words(node), heading=heading)


def _headed(entry: Entry) -> str:
    """Return how a list of hits names an entry."""
    return f"{entry.headword} ({entry.dates})" if entry.dates else entry.headword


def names_of(entry: Entry) -> list[str]:
    """Return every name by which an entry is looked up: headword, what stands in its brackets, forms, spellings.

    ``Lovelace, Ada (Byron)`` is also looked up as Lovelace, Ada Lovelace, Byron; an event
    ``Menabrea, Sketch of the Engine`` also as Sketch of the Engine.
    """
    bare = re.sub(r"\s+\([^)]*\)", "", entry.headword)
    bracketed = [part for group in re.findall(r"\s\(([^)]*)\)", entry.headword) for part in re.split("[,;] ", group)]
    first, comma, rest = bare.partition(", ")
    names = [bare, entry.headword]
    if comma:
        names += [rest] if entry.when else [first, f"{rest} {first}"]
    if entry.when:
        names.append(entry.dates)
    forms = [form.rpartition(": ")[2] for form in entry.forms]
    return [name for name in dict.fromkeys([*names, *bracketed, *forms, *entry.also]) if name]


def _is_entry(node: base.Element) -> bool:
    """Tell whether a node is one passage of however many paragraphs: an entry of a register or bibliography."""
    if isinstance(node, base.definition):
        return not any("place" in block for block in node.findall(base.paragraph))  # of a text each has its locator
    return "bibliography" in (node.parent["classes"] if node.parent else ())


def _is_within(node: base.Element) -> bool:
    """Tell whether a paragraph is part of a whole, or of a list that only points elsewhere."""
    for parent in traverse_parent(node.parent):
        if isinstance(parent, (nodes.annotation, base.table)) or _is_entry(parent) or POINTING & set(parent["classes"]):
            return True
    return False


def _words(node: base.Element) -> str:
    """Return the words of a passage on one line, without the lists of other passages that an entry ends with."""
    paragraphs = list(node.findall(base.paragraph))
    blocks = [block for block in paragraphs if not LISTS & set(block["classes"])]
    if len(blocks) == len(paragraphs):
        return " ".join(node.astext().split())
    return " ".join(" ".join(block.astext() for block in blocks).split())


def _heading(node: base.Element) -> str:
    """Return the term or the heading that a passage stands under."""
    for parent in traverse_parent(node.parent, (base.definition_list_item, base.section)):
        return " ".join(parent[0].astext().split())
    return ""


def _anchor(node: base.Element) -> str:
    """Return the nearest id at or above a passage: its own, a target's before it, its term's, its section's."""
    for place in traverse_parent(node):
        heads = [place[0]] if isinstance(place, base.definition_list_item) else []
        targets = place.findall(base.target) if isinstance(place, base.list_item) else ()
        for candidate in (place, *heads, *targets):
            if candidate["ids"]:
                return str(candidate["ids"][0])
    return ""
