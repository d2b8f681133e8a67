"""The date that an edition bears: that of its last commit, so that the same commit gives the same bytes."""

import os
import subprocess
import time
from pathlib import Path

VARIABLE = "SOURCE_DATE_EPOCH"
"""The environment's name of the date, in seconds since 1970 (reproducible-builds.org)."""
DAY = 24 * 60 * 60


def set_date(source: Path) -> None:
    """Set the date in the environment, unless it has one: that of the last commit to the folder, or else today."""
    if not os.environ.get(VARIABLE):
        os.environ[VARIABLE] = _committed(source) or str(int(time.time()) // DAY * DAY)


def _committed(source: Path) -> str:
    """Return when the folder was last committed to; nothing where git does not know it."""
    command = ["git", "-C", str(source), "log", "-1", "--format=%ct", "--", "."]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - git
    except OSError:  # there is no git
        return ""
