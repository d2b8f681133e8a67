"""What the quotation checker reads: the words of every passage, those of the edition beside those of its witness."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from variorum.domain import Document, edition
from variorum.i18n import _
from variorum.text.alignment import Block, edited_tokens
from variorum.web.citing import forms_of, hands_of, year_of_edition
from variorum.web.search import write_changed
from variorum.writing.contents import texts
from variorum.writing.withholding import withheld

Piece = str | tuple[str, str]
"""Words that edition and witness share; or the words of the edition, and what the witness has for them."""


def pieces_of(doc: Document, block: Block) -> list[Piece]:
    """Return the words of a block in pieces; the sign that calls a note of the source's is the witness's alone."""
    changes = [(start, end, "", block.text[start:end]) for start, end in block.calls]
    departing = [row for _line, row in doc.rows if row.locator == block.place and row.lemma != row.reading]
    tokens = edited_tokens([block]) if departing else []
    for row in departing:
        first, _dash, last = row.word.rstrip("^").partition("-")
        if row.word.endswith("^"):
            start = end = tokens[int(first) - 1].end if int(first) else 0
        else:
            start, end = tokens[int(first) - 1].start, tokens[int(last or first) - 1].end
        changes.append((start, end, block.text[start:end], row.reading))
    found: list[Piece] = []
    at = 0
    for start, end, lemma, reading in sorted(changes):
        if start < at:
            continue  # a departure in the sign of a call
        found += [block.text[at:start], (lemma, reading)]
        at = end
    found.append(block.text[at:])
    return [piece for piece in found if piece]


def passages_to_check(app: Sphinx) -> Iterator[dict[str, Any]]:
    """Yield the passages of each text, with the citation of a passage as a template; withheld words are left out."""
    without_words = withheld(app.env)
    for name, doc in edition(app.env).texts():
        hidden = doc.siglum in without_words
        parted = "hands" in app.env.metadata.get(name, {})
        hands = hands_of(app, name, app.env.get_doctree(name) if parted else None)
        cited = {
            number: forms_of(app, name, hand, titled=False, version="{version}")["Citation"]
            for number, hand in hands.items()
        }
        for block in doc.blocks:
            section = block.place.partition(".")[0]
            anchor, _at = doc.places[block.place]
            yield {
                "place": f"{doc.siglum} {block.place}",
                "href": f"{app.builder.get_target_uri(name)}#{anchor}",
                "cited": cited.get(section, cited[""]),
                "pieces": [] if hidden else pieces_of(doc, block),
            }


def write_words(app: Sphinx, exception: Exception | None) -> None:
    """Write what the checker reads, as a script that a page from a disk can load too (event build-finished)."""
    if exception or app.builder.name != "html":
        return
    found = list(passages_to_check(app))
    citations = list(dict.fromkeys(passage["cited"] for passage in found))
    for passage in found:
        passage["cited"] = citations.index(passage["cited"])
    told = {
        "citations": citations,
        "passages": found,
        "base": app.config.html_baseurl,
        "version": app.config.version,
        "year": year_of_edition(app.config),
    }
    listing = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    write_changed(Path(app.outdir, "_static/wordings.js"), f"var wordings={listing}\n")


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of the checker (event html-collect-pages)."""
    without_words = withheld(app.env)
    missing = [text.title for text in texts(app.env) if text.siglum in without_words]
    yield "check", {"title": _("Check a quotation"), "missing": missing}, "check.html"


def setup(app: Sphinx) -> None:
    """Add the page and its data."""
    app.connect("html-collect-pages", pages)
    app.connect("build-finished", write_words)
