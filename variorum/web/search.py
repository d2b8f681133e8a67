"""Full-text search that leads to the paragraph: one small record a passage, indexed by Pagefind."""

import json
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from docutils import nodes as base
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.display import progress_message
from sphinx.util.nodes import traverse_parent

from variorum import nodes
from variorum.domain import edition
from variorum.web.translator import TEMPLATES

BLOCKS = (base.paragraph, base.title, base.term)
POINTING = {"general-index", "toctree-wrapper"}
"""Classes of lists that only point elsewhere."""


class Passage(NamedTuple):
    """What the search finds: a paragraph, a heading, a note, an entry."""

    name: str
    """What it is called where it is found, in HTML: ``A 1.12`` or ``note 7``, page, heading."""
    href: str
    kind: str
    """``text`` or ``commentary``."""
    words: str
    also: str
    """Other words it shall be found by, at low weight: the witness's readings, other forms of the names in it."""


def passages(doctree: base.document, page: str, uri: str, named: Any) -> Iterator[Passage]:
    """Yield the passages of a document: blocks of a text, paragraphs of a commentary; notes and entries whole."""
    for node in doctree.findall(base.Element):
        place, anchor, kind, also = "", "", "commentary", ""
        if isinstance(node, BLOCKS) and "siglum" in node and "place" in node:
            place, anchor = f"{node['siglum']} {node['place']}", "p" + node["place"].replace(".", "-")
            kind, also = "text", also_in(node, named)
        elif isinstance(node, nodes.annotation) and node["series"] == "editors":
            place, anchor = f"note {node['sign']}", node["ids"][0]
        elif is_entry(node) or (isinstance(node, base.paragraph) and not within(node)):
            anchor = anchor_of(node)
        if anchor and (words := words_of(node)):
            name = " · ".join(filter(None, dict.fromkeys((place, page, heading(node)))))
            yield Passage(escape(name), f"{uri}#{anchor}", kind, words, also)


def also_in(node: base.Element, named: Any) -> str:
    """Return the readings in a block of a text, and every form of the names in it."""
    found = [v["reading"] for v in node.findall(nodes.variant) if v["first"] and v["reading"] != v["lemma"]]
    for mention in named.mentions.get((node["siglum"], node["place"]), ()):
        entry = named.entries[mention.key]
        found += [entry.headword, *entry.also, *(form.rpartition(": ")[2] for form in entry.forms)]
    return " ".join(dict.fromkeys(found))


def is_entry(node: base.Element) -> bool:
    """Return whether a node is one passage of however many paragraphs: an entry of a register or bibliography."""
    if isinstance(node, base.definition):
        return not any("place" in block for block in node.findall(base.paragraph))  # of a text each has its locator
    return "bibliography" in (node.parent["classes"] if node.parent else ())


def within(node: base.Element) -> bool:
    """Return whether a paragraph is part of a whole, or of a list that only points elsewhere."""
    return any(
        isinstance(parent, (nodes.annotation, base.table)) or is_entry(parent) or POINTING & set(parent["classes"])
        for parent in traverse_parent(node.parent)
    )


def words_of(node: base.Node) -> str:
    """Return the words of a passage on one line."""
    return " ".join(node.astext().split())


def heading(node: base.Element) -> str:
    """Return the term or the heading that a passage stands under."""
    above = traverse_parent(node.parent, (base.definition_list_item, base.section))
    return next((words_of(parent[0]) for parent in above), "")


def anchor_of(node: base.Element) -> str:
    """Return the nearest id at or above a passage: its own, a target's before it, its term's, its section's."""
    for place in traverse_parent(node):
        heads = [place[0]] if isinstance(place, base.definition_list_item) else []
        targets = place.findall(base.target) if isinstance(place, base.list_item) else ()
        for candidate in (place, *heads, *targets):
            if candidate["ids"]:
                return str(candidate["ids"][0])
    return ""


def keep(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: base.document | None) -> None:
    """Keep the passages of a page that is being written, beside the doctrees, until all are."""
    if app.builder.name != "html" or doctree is None:
        return
    about = (context["plain_title"], app.builder.get_target_uri(pagename), edition(app.env).data["derived"]["named"])
    text = json.dumps([passage._asdict() for passage in passages(doctree, *about)], ensure_ascii=False)
    path = kept(app, pagename)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def kept(app: Sphinx, pagename: str) -> Path:
    """Return where the passages of a page are kept."""
    return Path(app.doctreedir) / "passages" / f"{pagename}.json"


def index(app: Sphinx, exception: Exception | None) -> None:
    """Index the passages of all pages, if any has changed."""
    if exception or app.builder.name != "html" or not app.config.variorum_search:
        return
    pages = [kept(app, name) for name in sorted(app.env.found_docs) if kept(app, name).exists()]
    out = Path(app.outdir) / "pagefind"
    stamp = out / "pagefind-entry.json"
    if stamp.exists() and all(path.stat().st_mtime < stamp.stat().st_mtime for path in pages):
        return
    with progress_message("indexing passages"), TemporaryDirectory() as folder:
        found = [passage for path in pages for passage in json.loads(path.read_text(encoding="utf-8"))]
        template = TEMPLATES.get_template("passage.html")
        for number, passage in enumerate(found):
            Path(folder, f"{number:05}.html").write_text(template.render(passage=passage), encoding="utf-8")
        for passage in found:  # for a reader without a server, in HTML
            passage["words"] = escape(" ⁂ ".join(filter(None, (passage["words"], passage.pop("also")))), quote=False)
        found.sort(key=lambda passage: passage["kind"], reverse=True)  # the texts before the commentary
        listing = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        (app.outdir / "_static/passages.js").write_text(f"var passages={listing}\n", encoding="utf-8")
        rmtree(out, ignore_errors=True)
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(out), "--quiet"]
        done = subprocess.run([*command, "--force-language", "en"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SphinxError(f"the search index cannot be made: {done.stderr or done.stdout}")


def setup(app: Sphinx) -> None:
    """Gather the passages of each page, and index them when the last is written."""
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))  # no index of Sphinx's own
    app.connect("html-page-context", keep, priority=950)  # when the page has its title
    app.connect("build-finished", index)
