"""Build an edition in several formats, one after the other in one process."""

import gc
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sphinx.cmd.build import main as sphinx_build

from variorum.book.typeset import typeset_all
from variorum.commands.dating import set_date


class Format(NamedTuple):
    """A format of the edition."""

    name: str
    """What an editor calls it."""
    builder: str
    """Sphinx's name of what writes it."""
    folder: str
    """Where it is written, below the folder of what is built; ``{paper}`` is the size of the paper."""
    result: str
    """What is ready in the end, as a pattern."""
    paper: bool = False
    """Whether it is written for a size of paper, and set by LuaLaTeX."""
    for_printer: bool = False
    """Whether it is for a printer: grey, without links."""


FORMATS = {
    "html": Format("web edition", "html", "html", "html/index.html"),
    "epub": Format("ePub", "epub", "epub", "epub/*.epub"),
    "pdf": Format("book", "latex", "latex-{paper}", "pdf/*.pdf", paper=True),
    "pdfs": Format("book of each text", "texts", "latex-texts-{paper}", "pdf/*.pdf", paper=True),
    "print-pdf": Format(
        "book for a printer", "latex", "latex-{paper}-print", "pdf/*.pdf", paper=True, for_printer=True
    ),
    "tei": Format("TEI", "tei", "tei", "tei/edition.xml"),
    "collate": Format("apparatus and ledger", "collate", "collate", ""),
}
#: What is built where no format is named.
EDITIONS = ("html", "epub", "pdf")


def build(
    source: Path, out: Path, formats: Sequence[str], paper: str, settings: Mapping[str, str] = MappingProxyType({})
) -> int:
    """Build an edition; print what is ready; return the exit status of the first format that fails.

    ``settings`` stand in the place of those in conf.py.
    """
    if unknown := [name for name in formats if name not in FORMATS]:
        sys.stderr.write(f"“{unknown[0]}” is no format; use {', '.join(FORMATS)}\n")
        return 2
    set_date(source)
    # What is imported stays until the end: collecting garbage over and over in it costs a tenth of a build
    gc.collect()
    gc.freeze()
    ready: list[Path] = []
    for name in formats:
        chosen = FORMATS[name]
        begun = time.monotonic()
        say(f"building the {chosen.name}")
        folder = out / chosen.folder.format(paper=paper)
        if status := run_sphinx(source, out / "doctrees", folder, [*_options(chosen, paper), *_set(settings)]):
            return status
        if chosen.paper:
            suffix = ("" if paper == "a5" else f"-{paper}") + ("-print" if chosen.for_printer else "")
            ready += typeset_all(folder, out / "pdf", suffix)
        elif chosen.result:
            ready += sorted(out.glob(chosen.result))
        say(f"built the {chosen.name} in {time.monotonic() - begun:.0f} s")
    for path in ready:
        say(f"  {path}")
    return 0


def say(words: str) -> None:
    """Tell the editor how far the build is."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def with_rights(out: Path, rights: str) -> tuple[Path, dict[str, str]]:
    """Return the folder and the settings of a build with some rights.

    One without the words of withheld texts shares nothing with one that has them, its doctrees neither.
    """
    return (out / rights, {"variorum_rights": rights}) if rights else (out, {})


def run_sphinx(source: Path, doctrees: Path, folder: Path, options: Iterable[str]) -> int:
    """Run Sphinx; return its exit status. Its progress is shown on a terminal, and what is wrong always."""
    return _status([*options, "-d", str(doctrees), str(source), str(folder)])


def _set(settings: Mapping[str, str]) -> Iterator[str]:
    for name, value in settings.items():
        yield from ("-D", f"{name}={value}")


def _options(chosen: Format, paper: str) -> Iterator[str]:
    yield from ("-b", chosen.builder, "-W")
    if chosen.paper:
        yield from ("-D", f"variorum_paper={paper}", "-D", f"variorum_for_printer={int(chosen.for_printer)}")
    if not sys.stdout.isatty() and chosen.builder != "collate":
        yield "-q"


def _status(arguments: list[str]) -> int:
    """Return the exit status of Sphinx; a failed check of the edition exits by itself."""
    try:
        return sphinx_build(arguments)
    except SystemExit as end:
        return int(end.code or 0)
