"""Two builds of one edition at a time: the second waits for the first."""

import fcntl
from pathlib import Path
from typing import TextIO

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

logger = logging.getLogger(__name__)


class Lock:
    """A lock on a folder, held by this process until it is opened or the process ends."""

    def __init__(self, folder: Path) -> None:
        """Wait until no other process holds the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self.file: TextIO = (folder / ".lock").open("w", encoding="utf-8")
        try:
            fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            logger.info("waiting for another build that uses %s", folder)
            fcntl.lockf(self.file, fcntl.LOCK_EX)

    def open(self) -> None:
        """Let others in."""
        self.file.close()


def setup(app: Sphinx) -> None:
    """Hold the doctrees from before they are loaded until the last file is written."""
    held: list[Lock] = []

    def lock(app: Sphinx, _config: Config) -> None:
        held.append(Lock(app.doctreedir))

    def unlock(_app: Sphinx, _exception: Exception | None) -> None:
        held.pop().open()

    app.connect("config-inited", lock, priority=100)
    app.connect("build-finished", unlock, priority=999)
