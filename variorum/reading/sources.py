"""The files that editors write, as they stand: whether they can be read, and markup that did not become markup."""

import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from variorum.problems import EditionError, Problem, Report
from variorum.reporting import tell

#: Raw text that is no markup: code in two or more marks, and comments of Markdown and TOML.
_NO_MARKUP = re.compile(r"(`{2,}).*?\1|<!--.*?-->|^[ \t]*[%#][^\n]*", re.DOTALL | re.MULTILINE)
#: A role whose words do not end within their paragraph; braces right after a word are the place of a citation.
_UNCLOSED = re.compile(r"(?<![`\w])(\{[a-z][\w:+-]*\})`(?P<words>[^`]*?)(?=\n[ \t]*\n|\Z|\"\"\")")
#: A role of ours, or of a citation, that has lost its first mark.
_UNOPENED = re.compile(r"(?<![`:])(\{(?:cite(?::\w+)?|loc|words)\})(?!`)")

#: A role without words: Markdown prints it as it stands.
_EMPTY_ROLE = re.compile(r"(?<![`\w])(\{[a-z][\w:+-]*\})``(?!`)")
#: A link or picture by an address that Markdown refuses, and prints as it stands.
_REFUSED = re.compile(r"\]\(\s*<?((?:javascript|vbscript|file|data):[^\s)]*)", re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^\n]*)$", re.MULTILINE)
#: The call of a note without its bracket.
_OPEN_CALL = re.compile(r"(?<!\\)\[\^[\w-]+(?![\w\]-])")


def source_files(env: BuildEnvironment) -> list[str]:
    """Return every file of words that the edition is made of, from its root: its documents, and what they include."""
    root = Path(env.srcdir).resolve()
    paths = {Path(env.doc2path(name)) for name in env.found_docs}
    for dependencies in env.dependencies.values():
        paths |= {Path(env.srcdir) / path for path in dependencies}
    suffixes = {".md", ".rst", ".toml", ".tsv", ".csv"}
    named = {path.resolve() for path in paths if path.suffix in suffixes and path.is_file()}
    return sorted(str(path.relative_to(root)) for path in named if path.is_relative_to(root))


def markup_of(root: Path, path: str) -> str:
    """Return the text of a file with all blanked that is no markup; every line stays where it is."""
    text = (root / path).read_text("utf-8", "replace")  # who reads the file for its sense tells what is unreadable
    return _NO_MARKUP.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def markup_problems(env: BuildEnvironment) -> list[Problem]:
    """Return a problem for each role that lacks one of its marks, and so is printed as words."""
    problems: list[Problem] = []
    for path in source_files(env):
        report = Report(path, "text")
        text = markup_of(Path(env.srcdir), path)
        for match in _UNCLOSED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            words = " ".join(match["words"].split())[:40]
            report.add(line, f"{match[1]}`{words} has no closing mark", "write ` where its words end")
        for match in _UNOPENED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            report.add(line, f"{match[1]} has no opening mark", f"write {match[1]}`…`")
        for match in _EMPTY_ROLE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            report.add(line, f"{match[1]} is empty", f"write {match[1]}`…`")
        for match in _REFUSED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            report.add(line, f"“{match[1][:40]}” is no address to follow", "write https://…, or the name of a file")
        for match in _OPEN_CALL.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            report.add(line, f"the call {match[0]} is not closed", f"write {match[0]}]")
        problems += report
        problems += _unclosed_fence(Path(env.srcdir), path)
    return problems


def _unclosed_fence(root: Path, path: str) -> list[Problem]:
    """Return the problem of a block that is never closed, and takes in the rest of its file."""
    if not path.endswith(".md"):
        return []
    text = (root / path).read_text("utf-8", "replace")
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence if fence["marks"][0] == "~" or "`" not in fence["info"] else None
        elif fence["marks"].startswith(opened["marks"]) and not fence["info"].strip():
            opened = None
    if opened is None:
        return []
    line = text.count("\n", 0, opened.start()) + 1
    what = f"{opened['marks']}{opened['info'].rstrip()} is never closed"
    return [Problem(path, line, "text", what, f"write {opened['marks']} on a line where it ends")]


def check_root(app: Sphinx) -> None:
    """Report that there is no first page, of which Sphinx tells with a traceback (event builder-inited)."""
    names = [f"{app.config.root_doc}{suffix}" for suffix in app.config.source_suffix]
    if not any((Path(app.srcdir) / name).is_file() for name in names):
        shown = next((name for name in names if name.endswith(".md")), names[0])
        tell([Problem(shown, 0, "text", "there is no such file, and it is the first page", "write it")])
    chosen = app.config.variorum_folders
    gone = [f"{name} is “{path}”" for name, path in chosen.items() if not Path(app.srcdir, path).is_dir()]
    what, remedy = "variorum_folders has a folder that is not there", "write the folder, or mend the name"
    tell(Problem("conf.py", 0, "config", f"{what}: {said}", remedy) for said in gone)


def check_encoding(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Report documents that are not UTF-8, before Sphinx reads them (event env-before-read-docs)."""
    problems: list[Problem] = []
    for name in docnames:
        path = env.doc2path(name).relative_to(env.srcdir)
        try:
            text = Report(str(path), "text").text(Path(env.srcdir))
        except EditionError as error:
            problems += error.problems
            continue
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            problems.append(Problem(str(path), line, "text", "the character U+0000 stands here", "remove it"))
    tell(problems)
