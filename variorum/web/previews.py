"""What a card shows of the places that a page refers to: names, citations, paragraphs, notes.

Each page has a script of its own with the previews of its links. It comes when the first card is wanted, and as a
script from a disk too.
"""

import json
import re
from html import unescape
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

from docutils import nodes as base
from sphinx.application import Sphinx

from variorum.web.search import all_passages, write_changed

LENGTH = 320
"""Letters after which a preview ends with the sentence, or at the latest with the word."""
LINK = re.compile(r'<a class="(?=[^"]*\b(?:mention|loc|internal)\b)[^"]*" href="([^"]*#[^"]+)"')
SENTENCE = re.compile(r"(?<=[.!?])\s")


def keep_links(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: base.document | None
) -> None:
    """Keep which places a page refers to, until all pages are written (event html-page-context)."""
    if app.builder.name != "html" or doctree is None:
        return
    links = sorted({unescape(href) for href in LINK.findall(context.get("body", ""))})
    write_changed(_kept(app, pagename), json.dumps(links))


def _kept(app: Sphinx, pagename: str) -> Path:
    return Path(app.doctreedir) / "links" / f"{pagename}.json"


def preview(passage: dict[str, Any]) -> dict[str, str]:
    """Return what a card shows of a passage: title, first words, and where a work can be read."""
    title = passage["place"] if passage["kind"] == "text" else passage["heading"] or passage["page"]
    made = {"title": title, "words": beginning(passage["words"])}
    return made | ({"more": passage["address"]} if passage["address"] else {})


def beginning(words: str) -> str:
    """Return the first sentences of some words."""
    if len(words) <= LENGTH:
        return words
    kept = ""
    for sentence in SENTENCE.split(words):
        if kept and len(kept) + len(sentence) > LENGTH:
            break
        kept = f"{kept} {sentence}".strip()
    if len(kept) <= LENGTH:
        return kept
    return kept[: kept.rfind(" ", 0, LENGTH)].rstrip(" ,;:–") + " …"


def write_previews(app: Sphinx, exception: Exception | None) -> None:
    """Write the previews of each page (event build-finished)."""
    if exception or app.builder.name != "html":
        return
    previews = Path(app.outdir, "_static/previews")
    for path in previews.rglob("*.js"):
        if path.relative_to(previews).with_suffix("").as_posix() not in app.env.found_docs:
            path.unlink()  # of a document that is gone
    passages = {passage["href"]: passage for passage in all_passages(app)}
    for name in sorted(app.env.found_docs):
        path = _kept(app, name)
        links = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        folder = PurePosixPath(app.builder.get_target_uri(name)).parent
        shown = {}
        for link in links:
            page, _hash, anchor = link.partition("#")
            there = normpath(folder / page) if page else app.builder.get_target_uri(name)
            passage = passages.get(f"{there}#{anchor}")
            if passage:
                shown[link] = preview(passage)
        listing = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        write_changed(previews / f"{name}.js", f"variorum.previews = {listing};\n")


def setup(app: Sphinx) -> None:
    """Gather the links of each page, and write their previews when the last page is written."""
    app.connect("html-page-context", keep_links, priority=960)
    app.connect("build-finished", write_previews)
