"""Files that a document takes in: whether they lie in the edition, and do not lead back to themselves."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from variorum.problems import Problem
from variorum.reporting import tell

_INCLUDE = re.compile(r"^[ \t]*(?:`{3,}|:{3,})\{(?:literal)?include\}[ \t]+(?P<path>\S.*?)[ \t]*$", re.MULTILINE)


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
    for match in _INCLUDE.finditer(text):
        target = Path(env.relfn2path(match["path"], docname)[1]).resolve()
        path, line = str(file.relative_to(env.srcdir)), text.count("\n", 0, match.start("path")) + 1
        if not target.is_relative_to(root):
            what = f"“{match['path']}” lies outside the edition"
            yield Problem(path, line, "text", what, "copy the file into the edition, and include it there")
        elif target in chain:
            what = f"“{match['path']}” is included here, and includes this file in its turn"
            yield Problem(path, line, "text", what, "take one of the two out")
        else:
            yield from _problems(env, docname, Path(env.srcdir) / target.relative_to(root), chain)
