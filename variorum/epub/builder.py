"""The ePub edition: Sphinx's builder, with our own pages, package document, navigation and container.

Sphinx's builder collects the contents and writes each document; everything a reading system is told about the book
comes from ``_epub/``: ``book.toml`` (metadata), templates, one style sheet, and the drawing of the cover.
A file is in the book because a document, a picture or the package needs it, never because it lies in the folder.
"""

import html
import time
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import jinja2
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder

from variorum.archive import build_time, pack
from variorum.config import folders, shown_in
from variorum.epub.cover import draw
from variorum.epub.translator import EpubTranslator, PlainPages
from variorum.fonts import FONTS
from variorum.nodes import pagebreak
from variorum.text.witness import read_witness
from variorum.whole.written import WholeBook

TEMPLATES = Path(__file__).parent / "templates"


class EditionEpubBuilder(WholeBook, Epub3Builder):
    """Build one ePub of the edition: valid, accessible, the same bytes from the same commit."""

    name = "epub"
    default_translator_class = EpubTranslator
    allow_parallel = False  # pages of the sources and pictures are collected while the documents are written

    def init(self) -> None:
        """Read ``_epub/book.toml`` and prepare the templates."""
        super().init()
        described = Path(self.confdir) / "_epub/book.toml"
        self.book: dict[str, Any] = tomllib.loads(described.read_text("utf-8"))
        loader = jinja2.FileSystemLoader(TEMPLATES)
        strict: dict[str, Any] = {"autoescape": True, "undefined": jinja2.StrictUndefined}
        self.jinja = jinja2.Environment(loader=loader, trim_blocks=True, keep_trailing_newline=True, **strict)  # noqa: S701
        self.jinja.globals |= {"book": self.book, "config": self.config, "shown_kinds": shown_in(self.config, "page")}
        self.macros: Any = self.jinja.get_template("nodes.xhtml.jinja").module
        self.source_pages: list[tuple[str, str, str]] = []  # siglum and number, address, the printed source
        self.figures: list[tuple[str, str]] = []  # caption, address
        self.ignored_files: list[str] = []  # Sphinx's contents ask for it

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Note the source pages and pictures of a document, then write it."""
        uri = self.get_target_uri(docname)
        for node in doctree.findall(pagebreak):
            if node["ids"]:  # where a page goes on after matter put in between, it has none
                label, address = f"{node['siglum']} {node['page']}", f"{uri}#{node['ids'][0]}"
                self.source_pages.append((label, address, node["source"]))
        for figure in doctree.findall(nodes.figure):
            caption = next(figure.findall(nodes.caption), None)
            if caption is not None and figure["ids"]:
                self.figures.append((caption.astext(), f"{uri}#{figure['ids'][0]}"))
        super().write_doc(docname, doctree)

    def apparatus_uri(self, docname: str) -> str:
        """Return the address, seen from a text, of its apparatus; nothing where no document lists it."""
        apparatus = folders(self.env).apparatus_page(self.env.metadata[docname].get("witness", ""))
        return self.get_relative_uri(docname, apparatus) if apparatus in self.env.all_docs else ""

    def entry_uri(self, variant_id: str) -> str:
        """Return the address of a variant's entry in the apparatus of the document that is being written."""
        apparatus = self.apparatus_uri(self.current_docname)
        return f"{apparatus}#entry-{variant_id}" if apparatus else ""

    # -- pages

    def division(self, docname: str) -> list[str]:
        """Return the part of the book in which a document stands and what it is there, in the EPUB vocabulary."""
        patterns = self.book["divisions"].items()
        return next(what.split() for pattern, what in patterns if fnmatch(docname, pattern))

    def division_attributes(self, docname: str) -> dict[str, str]:
        """Return the attributes of a document's outermost section."""
        _, division = self.division(docname)
        return {"epub:type": division} | ({"role": f"doc-{division}"} if division in self.book["roles"] else {})

    def handle_page(self, pagename: str, addctx: dict[str, Any], *_args: object, **_kwargs: object) -> None:
        """Write one document by our template: nothing of the web edition's layout can come into the book."""
        front, apparatus, division = self.env.metadata[pagename], self.apparatus_uri(pagename), self.division(pagename)
        ours = {"pagename": pagename, "front": front, "apparatus": apparatus, "division": division}
        self.put(self.get_target_uri(pagename), self.render("page.xhtml.jinja", **addctx, **ours))

    def render(self, template: str, **values: object) -> str:
        """Return a template filled with the book's metadata and the values."""
        date = time.gmtime(build_time())
        modified, day = time.strftime("%Y-%m-%dT%H:%M:%SZ", date), f"{date.tm_mday} {time.strftime('%B %Y', date)}"
        return self.jinja.get_template(template).render(modified=modified, day=day, **values)

    def put(self, name: str, content: str | bytes) -> None:
        """Write one file of the book."""
        path = Path(self.outdir, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def copy_assets(self) -> None:
        """Write the style sheet, in place of the web edition's static files."""
        self.put("epub.css", (TEMPLATES / "epub.css").read_bytes())

    # -- the book as a whole

    def finish(self) -> None:
        """Write cover, package document and navigation, and put the files into the container."""
        if not self.owed:
            return
        self.copy_image_files()
        self.get_toc()
        contents = self.build_navpoints(self.refnodes)
        pages = sorted(self.get_target_uri(name) for name in self.env.found_docs)
        spine = [node["refuri"] for node in self.refnodes if node["refuri"] in pages]
        order = {uri: number for number, uri in enumerate(spine)}
        for found in (self.source_pages, self.figures):
            found.sort(key=lambda place: order.get(place[1].partition("#")[0], 0))
        where, texts = folders(self.env), self.texts(spine)
        titles = [(siglum, meta["short-title"]) for siglum, meta in texts.items()]
        self.put("cover.png", draw(self.config.project, self.book["subtitle"], titles, FONTS))
        self.put("cover.xhtml", self.render("cover.xhtml.jinja", texts=titles))
        pictures = [f"{self.imagedir}/{name}" for name in sorted(self.images.values())]
        files = ["epub.css", "cover.png", "cover.xhtml", *pages, *pictures]
        values = {
            "spine": spine,
            "beside": ["cover.xhtml", *(uri for uri in pages if uri not in order)],
            "items": [(name, self.media_types[Path(name).suffix]) for name in files],
            "contents": contents,
            "landmarks": list(self.landmarks(spine, {point.refuri: html.unescape(point.text) for point in contents})),
            "source_pages": self.source_pages,
            "figures": self.figures,
            "has_pictures": bool(pictures),
            "witnesses": {siglum: read_witness(where, meta["witness"]).about for siglum, meta in texts.items()},
        }
        package = ["content.opf", "nav.xhtml", "toc.ncx"]
        for name in package:
            self.put(name, self.render(f"{name}.jinja", **values))
        self.put("META-INF/container.xml", (TEMPLATES / "container.xml").read_bytes())
        self.put("mimetype", "application/epub+zip")
        names = ["mimetype", "META-INF/container.xml", *package, *files]
        pack(Path(self.outdir, self.book["file"]), ((name, Path(self.outdir, name).read_bytes()) for name in names))

    def texts(self, spine: list[str]) -> dict[str, dict[str, str]]:
        """Return the front matter of each text, by siglum, in the book's order; a piece of a text has no copy-text."""
        fronts = [self.env.metadata.get(uri.removesuffix(self.out_suffix), {}) for uri in spine]
        return {front["siglum"]: front for front in fronts if "copy-text" in front}

    def landmarks(self, spine: list[str], names: dict[str, str]) -> Iterator[tuple[str, str, str]]:
        """Yield type, address and name (as in the contents) of the places a reading system offers to jump to."""
        seen = set()
        for uri in spine:
            _, division = self.division(uri.removesuffix(self.out_suffix))
            kind = "bodymatter" if division == "chapter" else division
            if kind in self.book["landmarks"] and kind not in seen:
                seen.add(kind)
                yield kind, uri, self.book["landmarks"][kind] or names.get(uri, kind)


def setup(app: Sphinx) -> None:
    """Register the builder in the place of Sphinx's own, and what makes pages fit for it."""
    app.add_builder(EditionEpubBuilder, override=True)
    app.add_post_transform(PlainPages)
