"""The builders of the book: the whole edition, and each text by itself; their title pages and their imprint."""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.latex import LaTeXBuilder
from sphinx.builders.latex.theming import Theme
from sphinx.util.nodes import inline_all_toctrees

from variorum.archive import build_time
from variorum.book import languages
from variorum.book.words import Latex, described_file, emphasised, say, templates
from variorum.config import imprint
from variorum.doctree import elements
from variorum.domain import edition
from variorum.i18n import _, day, tag
from variorum.reporting import tell
from variorum.whole.written import WholeBook
from variorum.writing.contents import Text, exchanged, texts

#: Pages of the commentary that the book of one text has too, as far as it cites what they list.
WORKS_CITED = ("/bibliography", "/literature")


class BookBuilder(WholeBook, LaTeXBuilder):
    """Writes the whole edition as one book, if it has changed."""

    name = "latex"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a document, or of the one that the book has in its place."""
        return super().get_target_uri(exchanged(self.env, "book").get(docname, docname), typ)

    def assemble_doctree(self, indexfile: str, toctree_only: bool, appendices: list[str]) -> nodes.document:  # noqa: ARG002, FBT001 - Sphinx's
        """Return the tree of the book: the root document, and below it those that the book has."""
        root = self.config.root_doc
        tree = self.env.get_doctree(root)
        tree["docname"] = root
        for toctree in elements(tree, addnodes.toctree):
            toctree["includefiles"] = self.listed(toctree["includefiles"], indexfile)
        self.docnames = {root}
        book = inline_all_toctrees(self, self.docnames, root, tree, str, [root])
        book["docname"] = root
        self.env.resolve_references(book, root, self)
        return book

    def listed(self, pages: list[str], _indexfile: str) -> list[str]:
        """Return the documents of a list of contents, as the book has them."""
        instead = exchanged(self.env, "book")
        return [instead.get(page, page) for page in pages]

    def update_doc_context(self, title: str, author: str, theme: Theme) -> None:
        """Add what title pages, imprint and the file's description say, from the configuration and the texts."""
        super().update_doc_context(title, author, theme)
        words = self.front_words()
        described = Path(self.outdir, f"{words['metadata']}.xmp")
        described.write_text(described_file(words), encoding="utf-8")
        made = templates()
        self.context["maketitle"] = made.get_template("front.tex.jinja").render(words)
        said = made.get_template("words.tex.jinja").render(words)
        tell(languages.face_problems(self.env))
        spoken = "\n".join(languages.commands(self.env))
        self.context["preamble"] = f"{self.config.latex_elements['preamble']}\n{spoken}\n{said}"
        if languages.runs_from_the_right(self.env):
            loaded, options = str(self.context["multilingual"]), "[bidi=basic,layout=lists]"
            self.context["multilingual"] = loaded.replace(r"\usepackage{babel}", rf"\usepackage{options}{{babel}}")

    def front_words(self) -> dict[str, Any]:
        """Return what the templates of the front matter are filled with."""
        every = texts(self.env)
        return {
            "config": self.config,
            "imprint": imprint(self.config),
            "title": self.config.project,
            "author": self.config.author,
            "day": day(build_time(), self.config.language),
            "year": day(build_time(), self.config.language)[-4:],
            "language": Latex(tag(self.config.language)),
            "texts": every,
            "alone": None,
            "metadata": "edition",
            "edition": emphasised(self.config.project),
            "citation": self.citation(every),
        }

    def citation(self, printed: list[Text]) -> Latex:
        """Return how a passage is cited: the first paragraph of a numbered section, or else of a text without any."""
        domain = edition(self.env)
        documents = [document for text in printed for _name, document in domain.texts(text.siglum)]
        places = [f"{document.siglum}\u00a0{place}" for document in documents for place in document.places]
        paragraphs = [place for place in places if re.search(r"\s\d+\.[1-9]\d*$", place)]
        numbered = [place for place in paragraphs if "\u00a00." not in place]
        locator = [*numbered, *paragraphs, ""][0]
        title = emphasised(self.config.project)
        cited = say(
            _("{locator}, in {title}, version {version}"), locator=locator, title=title, version=self.config.version
        )
        doi = imprint(self.config).doi
        return say("{cited}, doi:{doi}", cited=cited, doi=doi) if doi else cited


class TextsBuilder(BookBuilder):
    """Writes a book of each text by itself: introduction, text, apparatus, and the works that they cite."""

    name = "texts"

    def init_document_data(self) -> None:
        """List the texts."""
        self.document_data = [
            (text.document, f"{text.witness_name}.tex", text.title, text.author, "manual", False)
            for text in texts(self.env)
        ]

    def front_words(self) -> dict[str, Any]:
        """Name the text before the edition that it belongs to."""
        (alone,) = [text for text in texts(self.env) if text.document == self.text_document]
        said = super().front_words()
        return said | {
            "alone": alone,
            "metadata": alone.witness_name,
            "title": alone.title,
            "author": alone.author,
            "citation": self.citation([alone]),
        }

    def listed(self, pages: list[str], indexfile: str) -> list[str]:
        """Keep the pages of one text and the bibliography."""
        self.text_document = indexfile
        name = indexfile.rpartition("/")[2]
        return [page for page in pages if page.endswith((f"/{name}", *WORKS_CITED))]


def setup(app: Sphinx) -> None:
    """Register the builders, the first in the place of Sphinx's own."""
    app.add_builder(BookBuilder, override=True)
    app.add_builder(TextsBuilder)
