"""Tie the edition to Sphinx: what is registered, and in what order it runs."""

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

from variorum import bibliography, cite, epub, html, latex, lists, pictures, search, web
from variorum import nodes as ours
from variorum.collate import CollateText
from variorum.domain import EditionDomain, edition, link_locator, tell
from variorum.fill import FillLists, ListCitations
from variorum.ledger import apparatus_problems, ledger_problems, write_records
from variorum.mentions import LinkMentions, find_mentions
from variorum.notes import SortNotes
from variorum.number import NumberParagraphs
from variorum.problems import Problem
from variorum.tree import elements

logger = logging.getLogger(__name__)


class LocatorRole(SphinxRole):
    """``{loc}`K 3.14` `` links to a paragraph of a text in every format."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, to be resolved when all texts are read."""
        where = nodes.inline()
        self.set_source_info(where)
        return [cite.link(self.text, where)], []


class CollateBuilder(DummyBuilder):
    """``make collate``: read every document, then write the apparatus files and the ledger of locators."""

    name = "collate"

    def finish(self) -> None:
        """Write the records and say what changed."""
        for line in write_records(edition(self.env), Path(self.srcdir)):
            logger.info("%s", line)


def clean_titles(app: Sphinx, doctree: nodes.document) -> None:  # noqa: ARG001
    """Take calls, page breaks and readings out of the titles that tables of contents repeat.

    Runs at priority 600: after Sphinx's collectors (500).
    """
    env = app.env
    for tree in (env.titles[env.docname], env.longtitles[env.docname], env.tocs[env.docname]):
        for node in elements(tree, ours.call, ours.locator, ours.locator_end, ours.pagebreak, ours.variant):
            node.parent.replace(node, node.children if isinstance(node, ours.variant) else [])


def problems(env: BuildEnvironment, root: Path) -> Iterator[Problem]:
    """Yield what is wrong with the edition as a whole; each document has its own problems."""
    domain = edition(env)
    if not any(doc.unread for doc in domain.documents.values()):
        yield from (*apparatus_problems(domain, root), *ledger_problems(domain, root))
        yield from domain.data["derived"]["named"].problems
    yield from cite.citation_problems(env, root)


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Report every problem, and build no edition while there is one; ``make collate`` writes what it is told to."""
    found = {problem for doc in edition(env).documents.values() for problem in doc.problems}
    collates = isinstance(app.builder, CollateBuilder)
    found.update(p for p in problems(env, Path(app.srcdir)) if p.kind == "map" or not collates)
    if found:
        # Sphinx keeps the environment before it is checked: a second run would find nothing to do, and no fault
        (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    tell(found)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the edition."""
    app.add_domain(EditionDomain)
    app.add_role("loc", LocatorRole())
    app.add_role("words", lists.WordsRole())
    for node in vars(ours).values():
        if isinstance(node, type) and issubclass(node, nodes.Element) and node.__module__ == ours.__name__:
            app.add_node(node)  # that docutils' own visitors, which make the contents, know them
    for transform in (SortNotes, NumberParagraphs, CollateText):
        app.add_transform(transform)
    for post_transform in (ListCitations, FillLists, LinkMentions):
        app.add_post_transform(post_transform)
    app.add_directive("apparatus", lists.ApparatusDirective)
    app.add_directive("figures", lists.FiguresDirective)
    app.add_directive("general-index", lists.IndexDirective)
    app.add_directive("left-out", lists.LeftOutDirective)
    app.add_directive("register", lists.RegisterDirective)
    app.add_directive("silent-rules", lists.SilentRulesDirective)
    bibliography.register()
    app.add_builder(CollateBuilder)
    for module in (cite, html, web, search, latex, epub, pictures):
        module.setup(app)
    app.connect("missing-reference", link_locator)
    app.connect("env-updated", find_mentions)
    app.connect("doctree-read", clean_titles, priority=600)
    app.connect("env-check-consistency", check)
    return {"version": "0.1.0", "env_version": 3, "parallel_read_safe": True, "parallel_write_safe": True}
