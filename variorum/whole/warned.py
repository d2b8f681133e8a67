"""Documents that Sphinx or MyST warned of: read again until they are mended.

Sphinx warns of a document when it is read, or written. It keeps what it read, so that a second run would have nothing
to say; but under ``-W`` a warning is an error, and an error is told until it is mended.
"""

import json
import logging
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import is_suppressed_warning

FILE = "warned.json"


class Warned(logging.Handler):
    """Gathers the documents of which there were warnings."""

    def __init__(self, app: Sphinx) -> None:
        """Listen to what is logged for a build."""
        super().__init__(logging.WARNING)
        self.app = app
        self.places: set[str] = set()
        self.read: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note the file of a warning; Sphinx's own handler has written the place as ``file:line``."""
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if is_suppressed_warning(kind, subtype, self.app.config.suppress_warnings):
            return  # nobody is told
        location = getattr(record, "location", None)
        self.places.add(location.partition(":")[0] if isinstance(location, str) else "")

    def again(
        self, app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
    ) -> list[str]:
        """Return the documents that were warned of last time (event env-get-outdated)."""
        path = Path(app.doctreedir, FILE)
        names = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return [name for name in names if name in env.found_docs]

    def note_reading(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        """Note which documents are about to be read (event env-before-read-docs)."""
        self.read = list(docnames)

    def keep(self, app: Sphinx, _exception: Exception | None) -> None:
        """Keep the documents of which there were warnings (event build-finished)."""
        logging.getLogger("sphinx").removeHandler(self)
        names = {name for place in self.places if place for name in _documents(app.env, place)}
        if "" in self.places:  # of no file: whatever was read may be meant
            names.update(self.read)
        Path(app.doctreedir, FILE).write_text(json.dumps(sorted(filter(None, names))), encoding="utf-8")


def _documents(env: BuildEnvironment, place: str) -> list[str]:
    """Return the document that a file is, or those that are read with it."""
    name = env.path2doc(place)
    if name in env.found_docs:
        return [name]
    file = Path(env.srcdir, place).resolve()
    return [
        name
        for name, paths in env.dependencies.items()
        if any(Path(env.srcdir, str(path)).resolve() == file for path in paths)
    ]


def setup(app: Sphinx) -> None:
    """Gather and keep what was warned of."""
    warned = Warned(app)
    logging.getLogger("sphinx").addHandler(warned)
    app.connect("env-get-outdated", warned.again)
    app.connect("env-before-read-docs", warned.note_reading)
    app.connect("build-finished", warned.keep)
