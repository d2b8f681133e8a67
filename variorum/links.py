"""Links to passages of the edition: by locator while it is read, by address when a format is written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from variorum.domain import EditionDomain, edition
from variorum.problems import Problem
from variorum.text.alignment import Block
from variorum.text.retired import Retired, end_of


class LocatorRole(SphinxRole):
    """``{loc}`A 3.14` `` links to a paragraph of a text in every format."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, to be resolved when all texts are read."""
        where = nodes.inline()
        self.set_source_info(where)
        made = link(self.text, where)
        edition(self.env).note_link(made)
        return [made], []


def link(target: str, where: nodes.Element) -> pending_xref:
    """Return a reference, to be resolved, to a locator such as ``A 3.14``."""
    passage = re.sub(r"\s*-\s*", "–", target)
    node = pending_xref(refdomain="variorum", reftype="loc", reftarget=passage, refexplicit=False)
    node.source, node.line = where.source, where.line
    node += nodes.inline("", node["reftarget"].replace(" ", "\u00a0"), classes=["loc"])
    return node


def link_locator(app: Sphinx, env: BuildEnvironment, node: pending_xref, words: nodes.Element) -> nodes.Element | None:
    """Link ``A 3.14`` or ``A 3.14–16`` to its (first) paragraph (event missing-reference)."""
    if node.get("refdomain") != EditionDomain.name:
        return None
    siglum, _, places = node["reftarget"].partition(" ")
    passage = edition(env).find(siglum, span(places)[0])  # `link_problems` has told where there is none
    return make_refnode(app.builder, env.docname, *passage, words) if passage else None


def shown(place: str, config: Config) -> str:
    """Return a locator as it is printed: a note of the source has its sign there, ``3.n*`` for ``3.nstar``."""
    section, mark, note = place.partition(".n")
    word, dot, paragraph = note.partition(".")
    return f"{section}{mark}{config.variorum_signs.get(word, word)}{dot}{paragraph}"


def span(places: str) -> tuple[str, str]:
    """Return the first and last locator of ``3.14``, ``3.14–16`` or ``3.14–4.2``."""
    first, dash, last = re.sub(r"\s*[–-]\s*", "–", places.strip()).partition("–")
    if dash and "." not in last:
        last = f"{first.partition('.')[0]}.{last}"
    return first, last or first


def is_paragraph(block: Block) -> bool:
    """Tell whether a block is a paragraph, one that was put in later (``3.14a``) included; no heading, no term."""
    return not block.heading and re.fullmatch(r"\d+[a-s]?", block.place.rpartition(".")[2]) is not None


def link_problems(domain: EditionDomain, ledger: str, retired: Mapping[str, Retired]) -> Iterator[Problem]:
    """Yield each link to a paragraph that is not there, and each range that runs backwards."""
    order = {
        (document.siglum, place): number
        for number, (document, place) in enumerate(
            (document, place) for _, document in domain.texts() for place in document.places
        )
    }
    for document in domain.documents.values():
        for target, path, line in document.links:
            siglum, _, places = target.partition(" ")
            ends = [(siglum, place) for place in span(places)]
            missing = [" ".join(end) for end in dict.fromkeys(ends) if end not in order]
            for locator in missing:
                successor = end_of(locator, retired) if locator in retired else ""
                remedy = f"it is retired: write {successor}" if successor else f"look it up in {ledger}"
                yield Problem(path, line, "links", f"no paragraph “{locator}”", remedy)
            if not missing and order[ends[0]] > order[ends[1]]:
                yield Problem(path, line, "links", f"the range “{target}” runs backwards", "exchange its ends")


class LinkingTransform(SphinxPostTransform):
    """A post-transform that links passages of the edition."""

    def address(self, docname: str, anchor: str) -> str:
        """Return the address of a passage, seen from the document that is written."""
        return f"{self.app.builder.get_relative_uri(self.env.docname, docname)}#{anchor}"

    def link(self, docname: str, anchor: str, words: str, **attributes: Any) -> nodes.TextElement:
        """Return a link to a passage; mere words, where the passage is not in the book that is written."""
        try:
            return nodes.reference("", words, internal=True, refuri=self.address(docname, anchor), **attributes)
        except NoUri:
            return nodes.inline("", words)
