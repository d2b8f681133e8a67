"""Files that a document takes in: whether they lie in the edition, and do not lead back to themselves."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from variorum.problems import Problem
from variorum.reporting import tell

_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^\n]*)$", re.MULTILINE)
_INCLUDE = re.compile(r"\{(?:literal)?include\}[ \t]+(?P<path>\S.*?)[ \t]*")


def check_inclusions(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Report what no document may include, before any is read (event env-before-read-docs).

    Markdown's reader goes round a ring until Python stops it, and takes in whatever file a path leads to.
    """
    problems = {problem for name in docnames for problem in _problems(env, name, Path(env.doc2path(name)), ())}
    tell(sorted(problems))


def _problems(env: BuildEnvironment, docname: str, file: Path, before: tuple[Path, ...]) -> Iterator[Problem]:
    """Yield what is wrong with the inclusions of a file; ``before`` are those it is included by."""
    root = Path(env.srcdir).resolve()
    if not file.is_file():
        return  # who includes it is told so when the document is read
    text = file.read_text("utf-8", "replace")
    chain = (*before, file.resolve())
    for line, included in _included(text):
        target = Path(env.relfn2path(included, docname)[1]).resolve()
        path = str(file.relative_to(env.srcdir))
        if not target.is_relative_to(root):
            what = f"“{included}” lies outside the edition"
            yield Problem(path, line, "text", what, "copy the file into the edition, and include it there")
        elif target in chain:
            what = f"“{included}” is included here, and includes this file in its turn"
            yield Problem(path, line, "text", what, "take one of the two out")
        else:
            yield from _problems(env, docname, Path(env.srcdir) / target.relative_to(root), chain)


def _included(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the path of each inclusion; one that is shown within a block of code is none."""
    opened = ""
    for fence in _FENCE.finditer(text):
        if opened:
            if fence["marks"].startswith(opened) and not fence["info"].strip():
                opened = ""
            continue
        opened = fence["marks"]
        if match := _INCLUDE.fullmatch(fence["info"].strip()):
            yield text.count("\n", 0, fence.start()) + 1, match["path"]
