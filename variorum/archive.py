"""Archives that are the same, byte for byte, whenever the same files go into them."""

import os
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

NO_DATE = 315_532_800
"""Date of a build without ``SOURCE_DATE_EPOCH``: 1 January 1980, the first that a zip archive can name."""


def pack(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write an archive: fixed order, times and rights, so that equal files make equal archives."""
    when = time.gmtime(max(build_time(), NO_DATE))[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, when)
            info.create_system = 3  # Unix, on every system
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=9)


def build_time() -> int:
    """Return the date of this version in seconds: the commit's, from the environment."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", NO_DATE))
