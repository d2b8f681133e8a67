"""Files in which editors decide something are never half written."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside its place, then in its place.

    Where the file is a link, what it leads to is written.
    """
    place = path.resolve()
    beside = place.with_name(f".{place.name}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
