"""A critical edition whose apparatus is computed from its sources: a Sphinx extension and theme.

`setup` is the table of everything that is registered. Read it from the top: the order is that in which a build runs.
"""

from pathlib import Path

from docutils import nodes as base
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from variorum import config, defaults, i18n, nodes
from variorum.book import builder as books
from variorum.book import settings
from variorum.book import translator as book
from variorum.citations import citing, references, style
from variorum.citations import domain as citations
from variorum.domain import EditionDomain
from variorum.epub import builder as epub
from variorum.links import LocatorRole, link_locator
from variorum.pictures import directive as pictures
from variorum.quotations import directives as quotation_directives
from variorum.quotations import finding
from variorum.reading import (
    directives,
    footnotes,
    images,
    included,
    inclusions,
    leaves,
    locators,
    marking,
    raw,
    sources,
    titles,
    verse,
)
from variorum.registers import directives as register_directives
from variorum.registers import mentions
from variorum.tei import builder as tei
from variorum.web import addresses, catalogue, checking, page, parallels, pieces, previews, scripts, search
from variorum.web import proof as web_proof
from variorum.web import translator as web
from variorum.whole import check, lock, warned, written
from variorum.writing import counts, language, leading_on, lists, proof, quotations, withholding

__version__ = "0.2.0"


def setup(app: Sphinx) -> ExtensionMetadata:  # noqa: PLR0915 - a table, one line a registration
    """Register the extension and the theme."""
    # -- what an editor may set, and what the extension keeps
    defaults.setup(app)
    config.setup(app)
    i18n.setup(app)
    lock.setup(app)
    app.connect("config-inited", settings.set_up_book)
    app.add_domain(EditionDomain)
    style.register()
    references.register()
    app.add_domain(citations.EditionCitations, override=True)
    app.add_role("cite", citations.CitationRole(), override=True)
    app.connect("builder-inited", citations.read_bibliography, priority=400)  # before sphinxcontrib-bibtex's own (500)
    for node in vars(nodes).values():
        if isinstance(node, type) and issubclass(node, base.Element) and node.__module__ == nodes.__name__:
            app.add_node(node)  # that docutils' own visitors, which make the contents, know them

    # -- while a document is read: what an editor types
    app.add_role("loc", LocatorRole())
    app.add_role("words", directives.WordsRole())
    app.add_directive("apparatus", directives.ApparatusDirective)
    app.add_directive("classes", directives.ClassesDirective)
    app.add_directive("figures", directives.FiguresDirective)
    app.add_directive("left-out", directives.LeftOutDirective)
    app.add_directive("silent-rules", directives.SilentRulesDirective)
    app.add_directive("quotations", quotation_directives.QuotationsDirective)
    app.add_directive("general-index", register_directives.IndexDirective)
    app.add_directive("register", register_directives.RegisterDirective)
    # -- and what becomes of it, by priority
    app.add_transform(footnotes.SortNotes)  # before MyST sorts footnotes (618)
    app.add_transform(verse.SetVerse)  # 267: each stanza takes a locator
    app.add_transform(raw.RefuseRaw)  # 268: hard breaks are no raw nodes any more
    app.add_transform(locators.NumberParagraphs)  # 270: after docutils has moved targets to their sections (260)
    app.add_transform(leaves.CheckLeaves)  # 275: what would print uncollated is refused
    app.add_transform(marking.CollateText)  # 280: the words still stand as the editor typed them
    app.add_transform(citing.PrepareCitations)  # 290: citations are still unresolved references
    included.setup(app)
    app.connect("builder-inited", sources.check_root)
    app.connect("env-before-read-docs", sources.check_encoding)
    app.connect("env-before-read-docs", inclusions.check_inclusions)
    app.connect("doctree-read", images.check_pictures, priority=600)  # after Sphinx has found their files (500)
    app.connect("doctree-read", titles.clean_titles, priority=600)  # after Sphinx's collectors (500)

    # -- when all documents are read
    app.connect("env-updated", check.refuse_rings, priority=100)  # Sphinx goes round them for ever
    app.connect("env-updated", mentions.find_mentions)
    app.connect("env-updated", finding.find_quotations)
    written.setup(app)
    warned.setup(app)

    # -- when a format is written
    check.setup(app)
    app.connect("missing-reference", link_locator)
    app.add_post_transform(withholding.WithholdText)  # 2: before anything else sees the words
    app.add_post_transform(leading_on.LeadOn)  # 3
    app.add_post_transform(lists.ListCitations)
    app.add_post_transform(lists.FillLists)
    counts.setup(app)
    app.add_post_transform(quotations.ComparePassages)
    app.add_post_transform(parallels.MarkParallels)
    app.add_post_transform(mentions.LinkMentions)
    app.add_post_transform(proof.CheckResolved)  # 712: the words of each block are still those that were collated
    app.add_post_transform(language.TellLanguage)  # 720: nothing is put into a block any more
    pictures.setup(app)

    # -- the formats
    app.add_html_theme("variorum", str(Path(__file__).parent / "web/theme"))
    for part in (web, page, catalogue, checking, addresses, web_proof, pieces, search, previews, scripts):
        part.setup(app)
    books.setup(app)
    book.setup(app)
    epub.setup(app)
    tei.setup(app)
    return {
        "version": __version__,
        "env_version": int(written.code_digest()[:12], 16),  # what other code has read is read anew
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
