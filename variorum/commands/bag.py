"""A folder as archives take it: BagIt 1.0 (RFC 8493), with a checksum of every file."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

PAYLOAD = "data"
"""The folder of a bag that holds what is kept; all else is about it."""
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def close_bag(bag: Path, told: Mapping[str, str]) -> None:
    """Write the tag files of a bag whose payload, and whatever else it has, is there; ``told`` is its bag-info."""
    payload = files_below(bag / PAYLOAD)
    octets = sum(path.stat().st_size for path in payload)
    info = {**told, "Payload-Oxum": f"{octets}.{len(payload)}"}
    write(bag / "bagit.txt", DECLARATION)
    write(bag / "bag-info.txt", "".join(f"{label}: {said}\n" for label, said in info.items()))
    write(bag / "manifest-sha256.txt", manifest(bag, payload))
    tag_files = [path for path in files_below(bag) if path not in set(payload)]
    write(bag / "tagmanifest-sha256.txt", manifest(bag, tag_files))


def files_below(folder: Path) -> list[Path]:
    """Return every file below a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def manifest(bag: Path, files: Iterable[Path]) -> str:
    """Return the checksum and the path of each file, a line each."""
    lines = []
    for path in files:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{digest}  {encoded(path.relative_to(bag).as_posix())}\n")
    return "".join(lines)


def encoded(path: str) -> str:
    """Return a path as a manifest has it: what would end its line is written in per cent (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def write(path: Path, text: str) -> None:
    """Write a tag file."""
    path.write_text(text, encoding="utf-8", newline="\n")
