"""The theme's scripts and style sheet, each joined from readable files by subject, and left as they are written."""

import hashlib
from pathlib import Path

from sphinx.application import Sphinx

from variorum.web.search import write_changed

FOLDER = Path(__file__).parent
PARTS = {
    "start.js": ("start",),
    "edition.js": (
        "told",
        "folding",
        "choices",
        "notes",
        "changes",
        "lines",
        "beside",
        "cards",
        "citing",
        "position",
        "sought",
        "registers",
        "tables",
        "returning",
        "opening",
    ),
    "search.js": ("query", "index", "ranking", "nearness", "excerpts", "list"),
    "edition.css": (
        "type",
        "controls",
        "bar",
        "contents",
        "text",
        "verse",
        "notes",
        "states",
        "cards",
        "lists",
        "tables",
        "pictures",
        "search",
        "front",
        "wide",
        "print",
    ),
}
"""File of the site -> the files it is joined from, in order: a later rule of style overrides an earlier one."""


def joined(name: str) -> str:
    """Return one of the site's files."""
    folder = FOLDER / ("styles" if name.endswith(".css") else f"scripts/{name.removesuffix('.js')}")
    suffix = name.rpartition(".")[2]
    return "\n".join((folder / f"{part}.{suffix}").read_text(encoding="utf-8") for part in PARTS[name])


def digest(name: str) -> str:
    """Return what changes in a file's address when the file does, so that no browser keeps an old one."""
    return hashlib.sha256(joined(name).encode()).hexdigest()[:8]


def write_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Write scripts and style sheet (event build-finished, after Sphinx has copied its own)."""
    if exception or app.builder.name != "html":
        return
    for name in PARTS:
        write_changed(Path(app.outdir, "_static", name), joined(name))


def setup(app: Sphinx) -> None:
    """Write the files when the pages are written."""
    app.connect("build-finished", write_scripts)
