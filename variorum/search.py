"""Full-text search that leads to the paragraph: one small record a passage, indexed by Pagefind."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docutils import nodes as base
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.display import progress_message

from variorum import nodes
from variorum.domain import edition

UNUSED = ("pagefind-*ui*", "pagefind-component*", "pagefind-highlight*", "wasm.unknown*")
"""What Pagefind writes and no page of ours loads: half a megabyte."""


BLOCKS = (base.paragraph, base.title, base.term)
POINTING = {"general-index", "toctree-wrapper"}
"""Classes of lists that only point elsewhere."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What the search finds: a paragraph, a heading, a note, an entry."""

    anchor: str
    place: str
    """``C 1.12``, ``note 7``, or nothing."""
    section: str
    """The heading it stands under."""
    kind: str
    """``text`` or ``commentary``."""
    words: str
    also: str
    """Other words it shall be found by, at low weight: the witness's readings, other forms of the names in it."""


def passages(doctree: base.document, named: Any) -> Iterator[Passage]:
    """Yield the passages of a document: blocks of a text, paragraphs of a commentary; notes and entries whole."""
    for node in doctree.findall(base.Element):
        if isinstance(node, BLOCKS) and "siglum" in node and "place" in node:
            yield of_text(node, named)
        elif isinstance(node, nodes.annotation) and node["series"] == "editors":
            yield Passage(node["ids"][0], f"note {node['sign']}", heading(node), "commentary", words_of(node), "")
        elif is_entry(node) or (isinstance(node, base.paragraph) and not within(node)):
            yield Passage(anchor_of(node), "", heading(node), "commentary", words_of(node), "")


def of_text(node: base.Element, named: Any) -> Passage:
    """Return a block of a text; it is found by its readings, too, and by every form of the names in it."""
    place = (node["siglum"], node["place"])
    anchor = "p" + node["place"].replace(".", "-")
    readings = [v["reading"] for v in node.findall(nodes.variant) if v["first"] and v["reading"] != v["lemma"]]
    entries = [named.entries[mention.key] for mention in named.mentions.get(place, ())] if named else []
    names = [
        name
        for entry in entries
        for name in (entry.headword, *entry.also, *(f.rpartition(": ")[2] for f in entry.forms))
    ]
    also = " ".join(dict.fromkeys([*readings, *names]))
    return Passage(anchor, " ".join(place), heading(node), "text", words_of(node), also)


def is_entry(node: base.Element) -> bool:
    """Return whether a node is one passage of however many paragraphs: an entry of a register or bibliography."""
    return isinstance(node, base.definition) or "bibliography" in (node.parent["classes"] if node.parent else ())


def within(node: base.Element) -> bool:
    """Return whether a paragraph is part of a whole, or of a list that only points elsewhere."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, (nodes.annotation, base.table)) or is_entry(parent) or POINTING & set(parent["classes"]):
            return True
        parent = parent.parent
    return False


def words_of(node: base.Node) -> str:
    """Return the words of a passage on one line."""
    return " ".join(node.astext().split())


def heading(node: base.Element) -> str:
    """Return the term or the heading that a passage stands under."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, (base.definition_list_item, base.section)):
            return words_of(parent[0])
        parent = parent.parent
    return ""


def anchor_of(node: base.Element) -> str:
    """Return the nearest id at or above a passage: its own, a target's before it, its term's, its section's."""
    while node is not None:
        candidates = [node, *([node[0]] if isinstance(node, (base.definition_list_item, base.list_item)) else [])]
        found = next((c["ids"][0] for c in candidates if isinstance(c, base.Element) and c.get("ids")), "")
        if not found and isinstance(node, base.list_item):
            found = next((t["ids"][0] for t in node.findall(base.target) if t["ids"]), "")
        if found:
            return found
        node = node.parent
    return ""


def keep(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: base.document | None) -> None:
    """Keep the passages of a page that is being written, beside the doctrees, until all are."""
    if app.builder.name != "html" or doctree is None:
        return
    named = edition(app.env).data.get("derived", {}).get("named")
    found = [asdict(passage) for passage in passages(doctree, named)]
    text = json.dumps({"title": context["plain_title"], "passages": found}, ensure_ascii=False)
    path = kept(app, pagename)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def kept(app: Sphinx, pagename: str) -> Path:
    """Return where the passages of a page are kept."""
    return Path(app.doctreedir) / "passages" / f"{pagename}.json"


def shown(page: str, uri: str, passage: dict[str, str]) -> dict[str, str]:
    """Return how a passage is called where it is found, and its address."""
    name = " · ".join(filter(None, dict.fromkeys((passage["place"], page, passage["section"]))))
    return {"name": escape(name), "href": f"{uri}#{passage['anchor']}"}


def record(page: str, uri: str, passage: dict[str, str]) -> str:
    """Return a passage as the small page that Pagefind reads."""
    metas = shown(page, uri, passage).items()
    told = "".join(f'<i data-pagefind-meta="{key}:{escape(value)}"></i>' for key, value in metas)
    # one filter of one value: Pagefind writes several in an order of chance
    told += '<i data-pagefind-filter="text:yes"></i>' if passage["kind"] == "text" else ""
    also = f' ⁂ <span data-pagefind-weight="0.2">{escape(passage["also"])}</span>' if passage["also"] else ""
    weight = 0.3 if passage["anchor"].startswith("cite-") else 1  # a title is short, and would always come first
    words = f'<p data-pagefind-weight="{weight}">{escape(passage["words"])}</p>'
    return f"<html lang=en><body data-pagefind-body>{told}{words}{also}"


def index(app: Sphinx, exception: Exception | None) -> None:
    """Index the passages of all pages, if any has changed."""
    if exception or app.builder.name != "html" or not app.config.variorum_search:
        return
    pages = {name: kept(app, name) for name in sorted(app.env.found_docs) if kept(app, name).exists()}
    out = Path(app.outdir) / "pagefind"
    stamp = out / "pagefind-entry.json"
    if stamp.exists() and all(path.stat().st_mtime < stamp.stat().st_mtime for path in pages.values()):
        return
    with progress_message("indexing passages"), TemporaryDirectory() as folder:
        listed = []  # for a reader without a server
        for name, path in pages.items():
            data = json.loads(path.read_text(encoding="utf-8"))
            for number, passage in enumerate(p for p in data["passages"] if p["words"]):
                place = Path(folder) / name / f"{number:04}.html"
                place.parent.mkdir(parents=True, exist_ok=True)
                about = (data["title"], app.builder.get_target_uri(name), passage)
                place.write_text(record(*about), encoding="utf-8")
                words = escape(" ⁂ ".join(filter(None, (passage["words"], passage["also"]))), quote=False)
                listed.append(shown(*about) | {"kind": passage["kind"], "words": words})
        listed.sort(key=lambda entry: entry["kind"], reverse=True)  # the texts before the commentary
        listing = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
        (app.outdir / "_static/passages.js").write_text(f"var passages={listing}\n", encoding="utf-8")
        for old in out.rglob("*.pf_*"):
            old.unlink()
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(out), "--quiet"]
        done = subprocess.run([*command, "--force-language", "en"], capture_output=True, text=True, check=False)
        if done.returncode:
            message = f"the search index cannot be made: {done.stderr or done.stdout}"
            raise SphinxError(message)
    for pattern in UNUSED:
        for path in out.glob(pattern):
            path.unlink()


def setup_search(app: Sphinx) -> None:
    """Gather the passages of each page, and index them when the last is written."""
    app.add_config_value("variorum_search", default=True, rebuild="", types=bool)
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))  # no index of Sphinx's own
    app.connect("html-page-context", keep, priority=950)  # when the page has its title
    app.connect("build-finished", index)
