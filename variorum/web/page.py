"""What stands round a page of the web edition: its contents, its ways on, what machines are told of it."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes as base
from sphinx.application import Sphinx

from variorum import nodes
from variorum.config import folders, shown_in
from variorum.domain import edition
from variorum.i18n import _, direction, figure
from variorum.links import is_paragraph
from variorum.problems import Problem
from variorum.reporting import tell
from variorum.text.witness import read_witness
from variorum.web.citing import EDITORS, citing, hands_of, sorted_name, spoken, year_of_edition
from variorum.web.linked import linked_data
from variorum.web.scripts import digest
from variorum.web.translator import TEMPLATES
from variorum.writing.rights import told
from variorum.writing.withholding import withheld


def dress(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: base.document | None) -> None:
    """Give the page's template what it names (event html-page-context)."""
    if app.builder.name != "html":  # the ePub asks for pages too
        return
    meta = app.env.metadata.get(pagename, {})
    context["digest"] = digest
    context["direction"] = direction(app.config.language)
    context["description"] = meta.get("description", "")
    context["plain_title"] = re.sub(r"<[^>]+>", "", context.get("title") or app.config.project)
    context["root_path"] = urlsplit(app.config.html_baseurl).path or "/"
    context["base_address"] = app.config.html_baseurl.rstrip("/")
    context["edition_author"] = app.config.author
    context["edition_nav"] = contents(context["toctree"])
    context["text"] = None
    if doctree is None:
        return
    hands = hands_of(app, pagename, doctree)
    hand = hands[""]
    context["hand"] = hand
    context["authors"] = [(spoken(name), sorted_name(name), "literal" in name) for name in hand.authors]
    context["linked"] = linked_data(app, pagename, hand, context.get("pageurl") or "")
    context["edition_year"] = year_of_edition(app.config)
    context["citing"] = citing(app, pagename, context.get("pageurl") or "", hands)
    if "siglum" in meta:
        where = folders(app.env)
        whole = app.env.metadata.get(where.document(meta["witness"]), meta)
        cited = meta if meta.get("author") else whole
        context["text"] = {**meta, "author": cited.get("author", ""), "date": cited.get("date", "")}
        context["apparatus_page"] = where.apparatus_page(meta["witness"])
        context["rights"] = told(read_witness(where, meta["witness"]).rights, app.config.language)
        context["is_withheld"] = meta["siglum"] in withheld(app.env)
        marked = shown_in(app.config, "screen", "page")
        context["changes"] = sum(v["first"] and v["kind"] in marked for v in doctree.findall(nodes.variant))
        context["ways"] = ways_from(app, pagename, meta)
        context["pieces"] = pieces_of(app, pagename)
        context["figures"] = figures_of(app, meta["witness"]) if context["pieces"] else {}


def contents(toctree: Any) -> str:
    """Return the contents of the edition; the page that is shown is marked for all senses."""
    tree = str(toctree(collapse=True, titles_only=False, maxdepth=4, includehidden=True) or "")
    return re.sub(r'(<a class="current reference internal" href="#")', r'\1 aria-current="page"', tree)


def ways_from(app: Sphinx, pagename: str, meta: dict[str, Any]) -> dict[str, str]:
    """Return the pages that belong to a text, by what they are, as a page's address."""
    uri, where, name = app.builder.get_relative_uri, folders(app.env), meta["witness"]
    pages = {_("Introduction"): where.page(name), _("Apparatus"): where.apparatus_page(name)}
    return {what: uri(pagename, page) for what, page in pages.items() if page in app.env.found_docs}


def pieces_of(app: Sphinx, pagename: str) -> list[dict[str, str]]:
    """Return the pieces of a text that has pages of its own for them: address, title, description, author."""
    found = []
    for name in app.env.toctree_includes.get(pagename, ()):
        meta = app.env.metadata.get(name, {})
        if "siglum" in meta:
            address = app.builder.get_relative_uri(pagename, name)
            title = app.env.titles[name].astext()
            found.append({"address": address, "title": title, **meta})
    return found


def figures_of(app: Sphinx, witness: str) -> dict[str, str]:
    """Return how many words, paragraphs, notes and departures a text has, as a reader reads them."""
    marked = shown_in(app.config, "screen", "page")
    documents = [doc for _name, doc in edition(app.env).texts() if doc.witness == witness]
    blocks = [block for doc in documents for block in doc.blocks]
    counted = {
        "words": sum(doc.length for doc in documents),
        "paragraphs": sum(map(is_paragraph, blocks)),
        "notes": sum(called.series == EDITORS for doc in documents for called in doc.calls),
        "departures": sum(variant["kind"] in marked for doc in documents for variant in doc.variants),
    }
    return {what: figure(count, app.config.language) for what, count in counted.items()}


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages that no document is written for: they lead, search, compare the formats, take reports."""
    yield "404", {"title": _("No such page")}, "404.html"
    yield "search", {"title": _("Search")}, "search.html"
    yield "parity", {"title": _("What each format has")}, "parity.html"
    yield "report", {"title": _("Report an error"), "report_address": app.config.variorum_report}, "report.html"


def site_files(app: Sphinx, exception: Exception | None) -> None:
    """Write what search engines read; say so where the address of the site is not known (event build-finished)."""
    if exception or app.builder.name != "html":
        return
    address = app.config.html_baseurl.rstrip("/")
    if not address:
        return
    uri = app.builder.get_target_uri
    addresses = [f"{address}/{uri(name)}" for name in sorted(app.env.found_docs)]
    sitemap = TEMPLATES.get_template("sitemap.xml").render(addresses=addresses)
    (app.outdir / "sitemap.xml").write_text(sitemap, "utf-8")
    (app.outdir / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n", "utf-8")


def check_picture(app: Sphinx, exception: Exception | None) -> None:
    """Tell of a picture of the edition that conf.py names and the site does not have (event build-finished)."""
    if exception or app.builder.name != "html":
        return
    named = app.builder.theme_options.get("picture", "")  # type: ignore[attr-defined]  # the HTML builder's
    if named and not (app.outdir / named).is_file():
        what = f"html_theme_options names the picture “{named}”, and the site has no such file"
        remedy = "put it into a folder of html_static_path, or take the option out"
        tell([Problem("conf.py", 0, "config", what, remedy)])


def setup(app: Sphinx) -> None:
    """Dress the pages and add the site's own files."""
    app.connect("html-page-context", dress, priority=900)  # after Sphinx and sphinx-design have filled the context
    app.connect("html-collect-pages", pages)
    app.connect("build-finished", site_files)
    app.connect("build-finished", check_picture)
