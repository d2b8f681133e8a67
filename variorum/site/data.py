"""The archive of the data: witnesses, maps, edited texts, apparatus."""

from collections.abc import Iterator
from pathlib import Path

from sphinx.environment import BuildEnvironment

from variorum.site.texts import Text
from variorum.web.translator import TEMPLATES


def files_in(folder: Path, *patterns: str) -> list[tuple[str, bytes]]:
    """Return files of a folder, each with its name there, in the order of the names."""
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file() and path.name[0] != "."}
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(found)]


def data_files(env: BuildEnvironment, source: Path, texts: dict[str, Text]) -> Iterator[tuple[str, bytes]]:
    """Yield what the archive holds: a file that explains the others, and they themselves."""
    readme = TEMPLATES.get_template("data.txt").render(config=env.config, texts=texts)
    yield "README.txt", readme.encode()
    yield from files_in(source, "witnesses/*", "apparatus/*", "texts/**/*")
