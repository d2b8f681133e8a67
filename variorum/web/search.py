"""What the search and the previews read: the passages of all pages, in a script that a page can load from a disk too.

The search itself runs in the reader's browser (scripts/search): a library for it would have to be fetched apart from
the Python package, and the few thousand passages of an edition are searched within milliseconds without an index.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from docutils import nodes as base
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain

from variorum.citations.latex import plain
from variorum.domain import edition
from variorum.web.passages import passages_of

ORDER = ("entry", "text", "commentary", "work")


def keep_passages(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: base.document | None
) -> None:
    """Keep the passages of a page that is being written, beside the doctrees, until all are."""
    if app.builder.name != "html" or doctree is None:
        return
    named = edition(app.env).data["derived"]["named"]
    uri = app.builder.get_target_uri(pagename)
    found = passages_of(doctree, context["plain_title"], uri, named, works_of(app))
    write_changed(kept(app, pagename), json.dumps([asdict(passage) for passage in found], ensure_ascii=False))


def works_of(app: Sphinx) -> dict[str, str]:
    """Return how a list of hits names each entry of the bibliography: author, year, title."""
    entries = cast("BibtexDomain", app.env.get_domain("cite")).bibdata.data.entries
    works = {}
    for key, entry in entries.items():
        persons = entry.persons.get("author") or entry.persons.get("editor") or ()
        names = [plain(" ".join(person.prelast_names + person.last_names)) for person in persons]
        title = plain(entry.fields["title"])
        head = " ".join([*(["; ".join(names)] if names else []), entry.fields.get("dated", "")])
        works[key] = f"{head}: {title}" if names else f"{title}, {head}"
    return works


def kept(app: Sphinx, pagename: str) -> Path:
    """Return where the passages of a page are kept."""
    return Path(app.doctreedir) / "passages" / f"{pagename}.json"


def write_changed(path: Path, text: str) -> None:
    """Write a file, unless it says the same already."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def all_passages(app: Sphinx) -> list[dict[str, Any]]:
    """Return the passages of all pages, the entries first; what a passage names as numbers of entries."""
    found: list[dict[str, Any]] = []
    for name in sorted(app.env.found_docs):
        path = kept(app, name)
        if path.exists():
            found += json.loads(path.read_text(encoding="utf-8"))
    found.sort(key=lambda passage: ORDER.index(passage["kind"]))
    numbers = {passage["href"].partition("#")[2]: n for n, passage in enumerate(found) if passage["kind"] == "entry"}
    for passage in found:
        passage["mentions"] = [numbers[anchor] for anchor in passage["mentions"] if anchor in numbers]
    return found


def write_passages(app: Sphinx, exception: Exception | None) -> None:
    """Write the passages of all pages where the search finds them (event build-finished)."""
    if exception or app.builder.name != "html":
        return
    compact = [
        {name: value for name, value in passage.items() if value and name != "address"} for passage in all_passages(app)
    ]
    listing = json.dumps(compact, ensure_ascii=False, separators=(",", ":"))
    write_changed(Path(app.outdir, "_static/passages.js"), f"variorum.passages = {listing};\n")


def setup(app: Sphinx) -> None:
    """Gather the passages of each page, and write them when the last page is written."""
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))  # no index of Sphinx's own
    app.connect("html-page-context", keep_passages, priority=950)  # when the page has its title
    app.connect("build-finished", write_passages)
