"""Who and what the texts name: found when all are read, linked and listed when a format is written."""

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import traverse_parent

from variorum.config import folders, registers
from variorum.doctree import elements
from variorum.domain import EditionDomain, edition
from variorum.links import LinkingTransform
from variorum.problems import EditionError, Problem, Report
from variorum.registers.entries import Entry, form_clashes, read_register
from variorum.registers.matcher import Matcher, Mention
from variorum.text.folders import Folders
from variorum.text.witness import sigla

Places = dict[tuple[str, str], list[tuple[str, str]]]


class Named(NamedTuple):
    """The registers and what the texts name of them."""

    entries: dict[tuple[str, str], Entry]
    mentions: dict[tuple[str, str], list[Mention]]
    """Siglum and locator -> the mentions in that block, offsets in its words."""
    places: Places
    """Register and key -> siglum and locator of each block that names the entry or is said to allude to it, in order"""
    problems: list[Problem]


def find_mentions(_app: Sphinx, env: BuildEnvironment) -> None:
    """Find the mentions in all texts, for lists, links and the search.

    The registers are read here, so that a changed form reads no text anew (event env-updated).
    """
    domain, where = edition(env), folders(env)
    entries: list[Entry] = []
    problems: list[Problem] = []
    limits = set(sigla(where).values())
    for name, register in registers(env.config).items():
        try:
            entries += read_register(where, name, register, limits)
        except EditionError as error:
            problems += error.problems
    clashes = form_clashes(entries, where)
    problems += [problem for problem, _ in clashes]
    matcher = Matcher(entries)
    mentions = {
        (doc.siglum, block.place): list(matcher.mentions(doc.words[block.place], doc.siglum))
        for _, doc in domain.texts()
        for block in doc.blocks
    }
    named = Named({(e.register, e.key): e for e in entries}, mentions, _places(entries, mentions), problems)
    claimed = {entry.key for _, pair in clashes for entry in pair}
    named.problems.extend(_unnamed(named, domain, where, claimed))
    domain.data["derived"] = {"named": named}


def _places(entries: list[Entry], mentions: dict[tuple[str, str], list[Mention]]) -> Places:
    places: Places = {(entry.register, entry.key): [] for entry in entries}
    for block, named in mentions.items():
        at = " ".join(block)
        alluded = [(entry.register, entry.key) for entry in entries if at in entry.at]
        for key in {*(mention.key for mention in named), *alluded}:
            places[key].append(block)
    return places


def _unnamed(named: Named, domain: EditionDomain, where: Folders, claimed: set[str]) -> Iterator[Problem]:
    """Yield the entries that no text names, those aside whose form another entry claims, and wrong locators."""
    free = {name for name, register in registers(domain.env.config).items() if register.unnamed}
    for key, entry in named.entries.items():
        report = Report(where.data(entry.register), "register")
        for at in entry.at:
            siglum, _, place = at.partition(" ")
            if not domain.find(siglum, place):
                report.add(entry.line, f"[{entry.key}] names “{at}”, which is no paragraph", "mend it")
        for part in entry.subentries:
            for place in part.places:
                if tuple(place.split(" ", 1)) not in named.places[key]:
                    what = f"[{entry.key}] has “{place}” below “{part.heading}”, where nothing names it"
                    report.add(part.line, what, "mend the locator")
        if entry.register not in free and entry.key not in claimed and not named.places[key]:
            remedy = "give the form it has there, or a locator in “at”"
            report.add(entry.line, f"[{entry.key}] is named in no text", remedy)
        yield from report


class LinkMentions(LinkingTransform):
    """Link the first mention of each entry in a paragraph, of each term in a document, to the register.

    Priority 20: after references are resolved (10), so that a name inside a link stays as it is.
    """

    default_priority = 20

    def run(self, **_: object) -> None:
        """Go through the blocks of the texts."""
        named = edition(self.env).data["derived"].get("named")
        if not named:
            return
        kinds = registers(self.config)
        terms: set[tuple[str, str]] = set()
        for block in elements(self.document, nodes.paragraph, nodes.term):
            mentions = named.mentions.get((block.get("siglum"), block.get("place")), [])
            first = {mention.key: mention for mention in reversed(mentions) if mention.key not in terms}
            terms |= {key for key in first if kinds[key[0]].linked == "document"}
            for mention in sorted(first.values(), key=lambda mention: mention.start, reverse=True):
                self._link(block, mention, named.entries[mention.key])

    def _link(self, block: nodes.Element, mention: Mention, entry: Entry) -> None:
        title = f"{entry.headword} ({entry.dates})" if entry.dates else entry.headword
        register, anchor = folders(self.env).page(entry.register), entry.anchor
        offset = 0
        for text in elements(block, nodes.Text):
            start, end = max(mention.start - offset, 0), min(mention.end - offset, len(text))
            offset += len(text)
            words = text.astext()
            named = start < end and any(map(str.isalnum, words[start:end]))  # across a departure it may be a mere point
            is_placeholder = "withheld" in text.parent["classes"]
            if not named or is_placeholder or any(traverse_parent(text.parent, nodes.reference)):
                continue
            made = self.link(register, anchor, words[start:end], reftitle=title, classes=["mention"])
            parts = [nodes.Text(words[:start]), made, nodes.Text(words[end:])]
            text.parent.replace(text, [part for part in parts if part.astext()])
