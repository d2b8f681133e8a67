"""What stands round a page of the web edition: what machines are told of it, and the site's own files."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes as base
from pybtex.database import Person
from sphinx.application import Sphinx

from variorum import nodes
from variorum.config import folders, shown_in
from variorum.domain import edition
from variorum.i18n import _, tag
from variorum.web.translator import TEMPLATES


def name_of(person: Person) -> dict[str, str]:
    """Return a name as CSL has it; a body stands in BibTeX in braces, as a last name alone."""
    given = " ".join(person.first_names + person.middle_names)
    family = " ".join(person.prelast_names + person.last_names).strip("{}")
    return {"family": family, "given": given} if given else {"literal": family}


def authors_of(app: Sphinx, meta: dict[str, Any]) -> list[dict[str, str]]:
    """Return a text's authors as the bibliography has them; a piece's (it has no copy-text) as the piece does."""
    domain: Any = app.env.domains["cite"]
    entry = domain.bibdata.data.entries.get(meta.get("witness", ""))
    persons = [name_of(person) for person in entry.persons.get("author", ())] if entry else []
    known = {full(person): person for person in persons}
    named = [known.get(name, {"literal": name}) for name in meta.get("author", "").split("; ")]
    return persons if persons and "copy-text" in meta else named


def full(name: dict[str, str]) -> str:
    """Return a name as it is spoken."""
    return name.get("literal") or f"{name['given']} {name['family']}"


def year_in(date: str) -> str:
    """Return the year that a date in words names."""
    return next(iter(re.findall(r"\b(?:1[89]|20)\d\d\b", date)), "")


def citing(app: Sphinx, meta: dict[str, Any], url: str) -> dict[str, Any]:
    """Return the citation of a passage in three forms; ``{place}``, ``{anchor}`` and ``{url}`` are for the script."""
    config, authors = app.config, authors_of(app, meta)
    title, date = meta.get("title", ""), meta.get("date", "")
    name, dated = (" " + _("and") + " ").join(map(full, authors)), f" ({date})" if date else ""
    braced = " and ".join(f"{{{a['literal']}}}" if "literal" in a else f"{a['family']}, {a['given']}" for a in authors)
    told = {"config": config, "key": f"{meta.get('witness', '')}-{{anchor}}", "title": title, "date": date}
    told |= {"authors": authors, "braced": braced, "year": year_in(date)}
    told["language"] = tag(config.language)
    return {
        "siglum": meta["siglum"],
        "url": url,
        "Citation": _("{name}, ‘{title}’{dated}, {{place}}, in {project}, version {version}, {{url}}").format(
            name=name, title=title, dated=dated, project=config.project, version=config.version
        ),
        "BibTeX": TEMPLATES.get_template("citing.bib").render(told),
        "CSL-JSON": TEMPLATES.get_template("citing.json").render(told),
    }


def dress(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: base.document | None) -> None:
    """Give the page's template what it names."""
    if app.builder.name != "html":  # the ePub asks for pages too
        return
    meta, where = app.env.metadata.get(pagename, {}), folders(app.env)
    context["description"] = meta.get("description", "")
    context["plain_title"] = re.sub(r"<[^>]+>", "", context.get("title") or app.config.project)
    context["root_path"] = urlsplit(app.config.html_baseurl).path or "/"
    context["edition_author"] = app.config.author
    context["edition_nav"] = context["toctree"](collapse=True, titles_only=False, maxdepth=4, includehidden=True)
    whole = app.env.metadata.get(where.document(meta.get("witness", "")), meta)
    cited = meta if meta.get("author") else whole  # a piece that names no author is cited by the title of the whole
    context["text"] = {**meta, "author": cited.get("author"), "date": cited.get("date")} if meta.get("siglum") else None
    if doctree and meta.get("siglum"):
        context["authors"] = authors_of(app, cited)
        context["apparatus_page"] = where.apparatus_page(meta["witness"])
        context["year"] = year_in(cited.get("date", ""))
        marked = shown_in(app.config, "screen", "page")
        context["changes"] = sum(v["first"] and v["kind"] in marked for v in doctree.findall(nodes.variant))
        told = json.dumps(citing(app, cited, context.get("pageurl") or ""), ensure_ascii=False)
        context["citing"] = told.replace("<", "\\u003c")


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page that a server shows where there is none, that of the search, and the form for errors."""
    yield "404", {"title": _("No such page")}, "404.html"
    yield "search", {"title": _("Search")}, "search.html"
    yield "report", {"title": _("Report an error"), "report_address": app.config.variorum_report}, "report.html"


def site_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of all locators, for going to one without a server, and the site map."""
    if exception or app.builder.name != "html":
        return
    uri = app.builder.get_target_uri
    found = {
        f"{doc.siglum} {place}": f"{uri(name)}#{anchor}"
        for name, doc in edition(app.env).texts()
        for place, (anchor, _at) in doc.places.items()
    }
    listing = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    (app.outdir / "_static/locators.js").write_text(f"var locators={{__proto__:null,{listing[1:]}\n", "utf-8")
    if app.config.html_baseurl:
        addresses = [f"{app.config.html_baseurl.rstrip('/')}/{uri(name)}" for name in sorted(app.env.found_docs)]
        told = TEMPLATES.get_template("sitemap.xml").render(addresses=addresses)
        (app.outdir / "sitemap.xml").write_text(told, "utf-8")


def setup(app: Sphinx) -> None:
    """Dress the pages and add the site's own files."""
    app.connect("html-page-context", dress, priority=900)  # after Sphinx and sphinx-design have filled the context
    app.connect("html-collect-pages", pages)
    app.connect("build-finished", site_files)
