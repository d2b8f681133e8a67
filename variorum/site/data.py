"""The archive of the data: witnesses, maps, edited texts, apparatus."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinx.environment import BuildEnvironment

from variorum.site.texts import Text
from variorum.text.folders import Folders
from variorum.web.translator import TEMPLATES


def files_in(folder: Path, *patterns: str) -> list[tuple[str, bytes]]:
    """Return files of a folder, each with its name there, in the order of the names."""
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file() and path.name[0] != "."}
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(found)]


def data_files(env: BuildEnvironment, where: Folders, texts: Mapping[str, Text]) -> Iterator[tuple[str, bytes]]:
    """Yield what the archive holds: a file that explains the others, and they themselves.

    Of a text that is withheld it holds the map, and the locators without their first words.
    """
    readme = TEMPLATES.get_template("data.txt").render(config=env.config, texts=texts, where=where)
    yield "README.txt", readme.encode()
    without_words = {name: text for name, text in texts.items() if text.is_withheld}
    hidden = {path for name in without_words for path in (where.witness(name), where.rows(name), where.published(name))}
    folders = tuple(f"{where.document(name)}{end}" for name in without_words for end in (".md", "/"))
    sigla = {text.front["siglum"] for text in without_words.values()}
    patterns = (f"{where.witnesses}/*", f"{where.apparatus}/*", f"{where.texts}/**/*")
    for name, content in files_in(where.root, *patterns):
        if name == where.ledger:
            yield name, ledger_without(content, sigla)
        elif name not in hidden and not name.startswith(folders):
            yield name, content


def ledger_without(content: bytes, sigla: set[str]) -> bytes:
    """Return the ledger of locators without the first words of the paragraphs of some texts."""
    lines = content.decode().split("\n")
    for number, line in enumerate(lines):
        if line.partition(" ")[0] in sigla:
            lines[number] = line.rpartition("\t")[0] + "\t"
    return "\n".join(lines).encode()
