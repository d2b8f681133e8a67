"""The ePub edition: Sphinx's builder, with our own pages, package document, navigation and container.

Sphinx's builder collects the contents and writes each document. What a reading system is told about the book comes
from the front matter of the texts, the captions of the contents, Sphinx's ``epub_`` values and ``variorum_imprint``.
A file is in the book because a document, a picture or the package needs it, never because it lies in the folder.
"""

import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder

from variorum.archive import build_time, pack
from variorum.config import folders, imprint, shown_in
from variorum.epub.contents import Entry, entries
from variorum.epub.cover import draw
from variorum.epub.divisions import LANDMARKS, ROLES, Division, division_of
from variorum.epub.proof import prove_pages
from variorum.epub.translator import EpubTranslator, PlainPages
from variorum.fonts import FONTS
from variorum.i18n import _, day, tag, translate
from variorum.links import shown
from variorum.nodes import pagebreak
from variorum.whole.written import WholeBook
from variorum.writing.contents import exchanged, foreign, people, texts

TEMPLATES = Path(__file__).parent / "templates"
#: What holds of every page of every edition, in the words of EPUB Accessibility 1.1.
FEATURES = ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked")


class EditionEpubBuilder(WholeBook, Epub3Builder):
    """Build one ePub of the edition: valid, accessible, the same bytes from the same commit."""

    name = "epub"
    default_translator_class = EpubTranslator
    allow_parallel = False  # pages of the sources and pictures are collected while the documents are written

    def init(self) -> None:
        """Prepare the templates, and what is collected while the documents are written."""
        super().init()
        loader = jinja2.FileSystemLoader(TEMPLATES)
        strict: dict[str, Any] = {"autoescape": True, "undefined": jinja2.StrictUndefined}
        self.jinja = jinja2.Environment(loader=loader, trim_blocks=True, keep_trailing_newline=True, **strict)  # noqa: S701
        translate(self.jinja)
        self.jinja.globals |= {
            "config": self.config,
            "imprint": imprint(self.config),
            "language": tag(self.config.epub_language or self.config.language),
            "shown_kinds": shown_in(self.config, "page"),
            "shown": lambda place: shown(place, self.config),
        }
        self.macros: Any = self.jinja.get_template("nodes.xhtml.jinja").module
        self.divisions: dict[str, Division] = {}
        self.source_pages: list[tuple[str, str, str]] = []  # siglum and number, address, the printed source
        self.figures: list[tuple[str, str]] = []  # caption, address
        self.ignored_files: list[str] = []  # Sphinx's contents ask for it

    def documents(self) -> set[str]:
        """Return the documents of the ePub."""
        return self.env.found_docs - foreign(self.env, "epub")

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a document, or of the one that the ePub has in its place; it is its file's name too.

        Of what a file may be called, an ePub forbids some; so what an address would encode stands as ``_20``.
        """
        return super().get_target_uri(exchanged(self.env, "epub").get(docname, docname), typ).replace("%", "_")

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Note the source pages and pictures of a document, then write it."""
        if docname not in self.documents():
            return
        uri = self.get_target_uri(docname)
        self.divisions[docname] = division_of(self.env, docname, doctree)
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

    def division_attributes(self, docname: str) -> dict[str, str]:
        """Return the attributes of a document's outermost section."""
        kind = self.divisions[docname].kind
        return {"epub:type": kind} | ({"role": f"doc-{kind}"} if kind in ROLES else {})

    def handle_page(self, pagename: str, addctx: dict[str, Any], *_args: object, **_kwargs: object) -> None:
        """Write one document by our template: nothing of the web edition's layout can come into the book."""
        front, apparatus = self.env.metadata[pagename], self.apparatus_uri(pagename)
        ours = {"pagename": pagename, "front": front, "apparatus": apparatus, "division": self.divisions[pagename]}
        self.put(self.get_target_uri(pagename), self.render("page.xhtml.jinja", **addctx, **ours))

    def render(self, template: str, **values: object) -> str:
        """Return a template filled with the edition's date and the values."""
        modified = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(build_time()))
        written = day(build_time(), self.config.language)
        return self.jinja.get_template(template).render(modified=modified, day=written, **values)

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
        """Write cover, colophon, package document and navigation, and put the files into the container."""
        if not self.owed:
            return
        prove_pages(self)
        self.copy_image_files()
        self.get_toc()
        pages = sorted(self.get_target_uri(name) for name in self.documents())
        spine = [node["refuri"] for node in self.refnodes if node["refuri"] in pages]
        order = {uri: number for number, uri in enumerate(spine)}
        for collected in (self.source_pages, self.figures):
            collected.sort(key=lambda place: order.get(place[1].partition("#")[0], 0))
        every = texts(self.env)
        titles = [(text.siglum, text.short_title) for text in every]
        values: dict[str, Any] = {"texts": every, "identifier": self.identifier(), "features": self.features()}
        self.put("cover.png", draw(self.config.project, imprint(self.config).subtitle, titles, FONTS))
        self.put("cover.xhtml", self.render("cover.xhtml.jinja", **values))
        self.put("colophon.xhtml", self.render("colophon.xhtml.jinja", **values))
        pictures = [f"{self.imagedir}/{name}" for name in sorted(self.images.values())]
        files = ["epub.css", "cover.png", "cover.xhtml", "colophon.xhtml", *pages, *pictures]
        listed = entries(self.env, self.refnodes, {self.get_target_uri(name): name for name in self.documents()})
        values |= {
            "people": {text.siglum: people(self.env, text) for text in every},
            "spine": [*spine, "colophon.xhtml"],
            "beside": ["cover.xhtml", *(uri for uri in pages if uri not in order)],
            "items": [(name, self.media_types[Path(name).suffix], self.properties(name)) for name in files],
            "contents": [*listed, Entry(_("Colophon"), "colophon.xhtml")],
            "landmarks": list(self.landmarks(spine, listed)),
            "source_pages": self.source_pages,
            "figures": self.figures,
            "has_pictures": bool(self.figures or pictures),
        }
        package = ["content.opf", "nav.xhtml", "toc.ncx"]
        for name in package:
            self.put(name, self.render(f"{name}.jinja", **values))
        self.put("META-INF/container.xml", (TEMPLATES / "container.xml").read_bytes())
        self.put("mimetype", "application/epub+zip")
        names = ["mimetype", "META-INF/container.xml", *package, *files]
        target = Path(self.outdir, f"{self.config.epub_basename}.epub")
        pack(target, ((name, Path(self.outdir, name).read_bytes()) for name in names))

    def properties(self, name: str) -> str:
        """Return what the package document has to say of a file: the cover, or drawings within the page."""
        if name == "cover.png":
            return "cover-image"
        has_drawing = name.endswith(self.out_suffix) and b"<svg" in Path(self.outdir, name).read_bytes()
        return "svg" if has_drawing else ""

    def identifier(self) -> str:
        """Return what never changes between the versions: ``epub_identifier``, or one made of address or title."""
        chosen = str(self.config.epub_identifier)
        if chosen != "unknown":
            return chosen
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, self.config.html_baseurl or self.config.project)}"

    def features(self) -> list[str]:
        """Return what readers with special needs find in the book."""
        has_index = any(division.kind == "index" for division in self.divisions.values())
        return sorted([*FEATURES, *(["index"] if has_index else [])])

    def landmarks(self, spine: list[str], listed: list[Entry]) -> Iterator[tuple[str, str, str]]:
        """Yield type, address and name (as in the contents) of the places a reading system offers to jump to."""
        names = {entry.href: entry.words for top in listed for entry in [top, *top.below]}
        kinds = {self.get_target_uri(name): division.kind for name, division in self.divisions.items()}
        seen = set()
        for uri in spine:
            kind = kinds[uri]
            kind = "bodymatter" if kind == "chapter" else kind
            if kind in LANDMARKS and kind not in seen:
                seen.add(kind)
                yield kind, uri, names.get(uri, self.config.project)


def setup(app: Sphinx) -> None:
    """Register the builder in the place of Sphinx's own, and what makes pages fit for it."""
    app.add_builder(EditionEpubBuilder, override=True)
    app.add_post_transform(PlainPages)
