"""The date that an edition bears: that of its last commit, so that the same commit gives the same bytes."""

import os
import time
from pathlib import Path

from variorum.commands.repository import git

VARIABLE = "SOURCE_DATE_EPOCH"
"""The environment's name of the date, in seconds since 1970 (reproducible-builds.org)."""
DAY = 24 * 60 * 60


def set_date(source: Path) -> None:
    """Set the date in the environment, unless it has one: that of the last commit to the folder, or else today."""
    if not os.environ.get(VARIABLE):
        committed = git(source, "log", "-1", "--format=%ct", "--", ".").stdout.strip()
        os.environ[VARIABLE] = committed or str(int(time.time()) // DAY * DAY)
