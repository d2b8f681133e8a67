"""The git repository in which an edition is kept."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


def git(folder: Path, *arguments: str, told: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run git in a folder; ``told`` is added to its environment. Where there is no git, it fails like any command."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **(told or {})})
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))
