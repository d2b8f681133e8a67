"""Warnings about words that come from another file are told of that file: notes that are included, entries' lives.

MyST gives a warning the name of the document that it reads, and the line of the file that it is in.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sphinx.application import Sphinx

#: Where the words come from that are parsed now: file, and what to add to MyST's line numbers.
_Place = tuple[str, int]


class TellFile(logging.Filter):
    """Puts the file that is read now into the place of each warning that MyST gives."""

    def __init__(self) -> None:
        """Begin in no file but the document's own."""
        super().__init__()
        self.place: _Place | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Mend the place of a record; let it pass."""
        location = getattr(record, "location", None)
        if self.place and isinstance(location, tuple) and len(location) == 2:  # noqa: PLR2004 - document and line
            path, offset = self.place
            line = (location[1] or 1) + offset
            record.location = f"{path}:{max(line, 1)}"
        return True

    @contextmanager
    def within(self, path: str, offset: int) -> Iterator[None]:
        """Read words of another file, whose lines are MyST's and ``offset``."""
        outer, self.place = self.place, (path, offset)
        try:
            yield
        finally:
            self.place = outer

    def include(self, app: Sphinx, relative: Path, _parent: str, _content: list[str]) -> None:
        """Note that a file is included (event include-read); what follows it in the document is none of ours."""
        self.place = str(app.srcdir / relative), 0

    def begin(self, _app: Sphinx, _docname: str, _content: list[str]) -> None:
        """Note that a document is begun (event source-read)."""
        self.place = None


TELL_FILE = TellFile()


def setup(app: Sphinx) -> None:
    """Listen to MyST's warnings."""
    for name in ("sphinx.myst_parser.warnings_", "sphinx.myst_parser.parsers.sphinx_"):
        logging.getLogger(name).addFilter(TELL_FILE)
    app.connect("source-read", TELL_FILE.begin)
    app.connect("include-read", TELL_FILE.include)
