"""Two builds of one edition at a time: the second waits for the first."""

import fcntl
import os
import weakref
from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

logger = logging.getLogger(__name__)


def lock(folder: Path, owner: object) -> Callable[[], object]:
    """Wait until no other process holds a folder, and hold it; return what lets go of it, at the latest with its owner.

    The lock is one of the process: several builds that follow each other in one do not wait for themselves.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR)
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        logger.info("waiting for another build that uses %s", folder)
        fcntl.lockf(file, fcntl.LOCK_EX)
    return weakref.finalize(owner, os.close, file)


def hold_doctrees(app: Sphinx, _config: Config) -> None:
    """Hold the doctrees before they are loaded, until the last file is written (event config-inited)."""
    let_go = lock(app.doctreedir, app)

    def finish(_app: Sphinx, _exception: Exception | None) -> None:
        let_go()

    app.connect("build-finished", finish, priority=999)


def setup(app: Sphinx) -> None:
    """Let builds of one edition wait for each other."""
    app.connect("config-inited", hold_doctrees, priority=100)
