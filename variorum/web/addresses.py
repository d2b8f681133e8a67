"""Addresses for ever: a page that takes ``A 3.14`` or ``A 3.14@0.1.0``, and shows the words now and then."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz.distance import LCSseq
from sphinx.application import Sphinx

from variorum.config import folders
from variorum.domain import edition
from variorum.i18n import _
from variorum.links import is_paragraph
from variorum.text.published import Version, in_order
from variorum.text.retired import end_of, read_retired
from variorum.web.search import write_changed
from variorum.whole.versions import histories, wordings_of
from variorum.writing.withholding import withheld

Piece = str | tuple[str, str]
"""Words that two versions share; or those of the earlier, and what the later has for them."""
Stage = tuple[str, list[Piece] | None]
"""The version in which a locator begins to have some words, and these in pieces.

No pieces (None) where the words are those of today; an empty list where the locator is retired.
"""
_PART = re.compile(r"\s+|\w+|[^\w\s]")


def compared(then: str, now: str) -> list[Piece]:
    """Return two wordings in pieces, cut between words: everything counts that is printed."""
    ours, theirs = _PART.findall(then), _PART.findall(now)
    found: list[Piece] = []
    i = j = 0
    for block in LCSseq.opcodes(ours, theirs).as_matching_blocks():  # the last stands at both ends and is empty
        if block.a > i or block.b > j:
            found.append(("".join(ours[i : block.a]), "".join(theirs[j : block.b])))
        if block.size:
            found.append("".join(ours[block.a : block.a + block.size]))
        i, j = block.a + block.size, block.b + block.size
    return found


def stages_of(versions: list[Version], now: Mapping[str, str], first: str) -> dict[str, list[Stage]]:
    """Return, by locator, the stages of its words; one that has had the words of today since ``first`` is left out.

    ``versions`` are those of a witness's texts, ``first`` is the number of the edition's first.
    """
    found: dict[str, list[Stage]] = {}
    locators = dict.fromkeys(locator for version in versions for locator in version.wordings)
    for locator in locators:
        stages: list[tuple[str, str | None]] = []
        for version in versions:
            words = version.wordings.get(locator)
            if words != (stages[-1][1] if stages else None):
                stages.append((version.number, words))
        if stages != [(first, now.get(locator))]:
            found[locator] = [(number, _pieces(words, now.get(locator))) for number, words in stages]
    return found


def _pieces(then: str | None, now: str | None) -> list[Piece] | None:
    if then is None:
        return []
    return None if then == now else compared(then, now or "")


def write_addresses(app: Sphinx, exception: Exception | None) -> None:
    """Write what the page reads beside the words of today, for a page from a disk too (event build-finished)."""
    if exception or app.builder.name != "html":
        return
    domain, where = edition(app.env), folders(app.env)
    hidden = {text.witness for text in withheld(app.env).values()}
    published = histories(domain, where)
    dates = {version.number: version.date for history in published.values() for version in history.versions}
    numbers = sorted(dates, key=in_order)
    words: dict[str, list[Stage]] = {}
    for name, history in published.items():
        if name not in hidden:
            words.update(stages_of(history.versions, wordings_of(domain, name), numbers[0] if numbers else ""))
    retired = read_retired(where)
    told = {
        "versions": [(number, dates[number]) for number in numbers],
        "words": words,
        "retired": {locator: end_of(locator, retired) for locator in retired},
        "signs": app.config.variorum_signs,
    }
    listing = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    write_changed(Path(app.outdir, "_static/addresses.js"), f"var addresses={listing}\n")


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page, with the first paragraph of the first text for an example (event html-collect-pages)."""
    paragraphs = (
        f"{doc.siglum} {block.place}"
        for _name, doc in edition(app.env).texts()
        for block in doc.blocks
        if is_paragraph(block)
    )
    yield "cite", {"title": _("Look up a passage"), "example": next(paragraphs, "")}, "cite.html"


def setup(app: Sphinx) -> None:
    """Add the page and its data."""
    app.connect("html-collect-pages", pages)
    app.connect("build-finished", write_addresses)
