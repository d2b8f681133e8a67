"""TOML that editors write: every value with its line, and every fault of form told once, where it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from variorum.problems import Report

_STRINGS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*',
    re.DOTALL,
)
_HEAD = re.compile(r"^[ \t]*\[(?P<twice>\[?)[ \t]*(?P<name>[^\]\n]+?)[ \t]*\]+[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^[ \t]*(?P<key>[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*=", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Field:
    """What a key of a table may hold."""

    kind: type
    """``str``, ``int``, ``bool``, ``list`` (of words), ``dict`` (a table); any other list is checked by its reader."""
    required: bool = False
    form: str = ""
    """Regular expression that words, or each of several words, match as a whole."""
    example: str = ""
    """What a message tells the editor to write."""
    empty: bool = False
    """Whether words may be none."""


class TomlLines:
    """Where the tables, keys and rows of a TOML file stand."""

    def __init__(self, source: str) -> None:
        """Find the lines of ``source``, which is TOML."""
        self._source = source
        # words may look like keys and heads: blank them, keep every line end and the length
        bare = _STRINGS.sub(_blanked, source)
        self._bare = bare
        self._heads: list[tuple[int, str]] = [(0, "")]
        counts: dict[str, int] = {}
        for head in _HEAD.finditer(bare):
            name = _unquoted(source[head.start("name") : head.end("name")])
            if head["twice"]:
                counts[name] = counts.get(name, -1) + 1
                name = f"{name}[{counts[name]}]"
            self._heads.append((head.start(), name))

    def table(self, name: str) -> int:
        """Return the line of a table's head, from 1; 0 where there is none. The second ``[[mark]]`` is ``mark[1]``."""
        start = next((start for start, head in self._heads if head == name), -1)
        return self._line(start) if name and start >= 0 else 0

    def key(self, table: str, key: str) -> int:
        """Return the line of a key; that of its table where the key does not stand by itself."""
        start, end = self._extent(table)
        for match in _KEY.finditer(self._bare, start, end):
            if _unquoted(self._source[match.start("key") : match.end("key")]) == key:
                return self._line(match.start("key"))
        return self.table(table)

    def rows(self, table: str, key: str) -> list[int]:
        """Return the line of each row of a list of tables that is written ``key = [{…}, {…}]``."""
        start, end = self._extent(table)
        match = next((m for m in _KEY.finditer(self._bare, start, end) if m["key"] == key), None)
        if match is None:
            return []
        lines = []
        depth = 0
        for offset in range(match.end(), len(self._bare)):
            sign = self._bare[offset]
            if sign in "[{":
                depth += 1
                if sign == "{" and depth == 2:  # noqa: PLR2004 - a row of the list
                    lines.append(self._line(offset))
            elif sign in "]}":
                depth -= 1
                if depth == 0:
                    break
        return lines

    def _extent(self, table: str) -> tuple[int, int]:
        """Return where the keys of a table begin and end: offsets in the source."""
        starts = [start for start, _ in self._heads] + [len(self._source)]
        for number, (start, head) in enumerate(self._heads):
            if head == table:
                return start, starts[number + 1]
        return 0, 0

    def _line(self, offset: int) -> int:
        return self._source.count("\n", 0, offset) + 1


def _blanked(match: re.Match[str]) -> str:
    """Return words of the same length and line ends, but the quotation marks of a quoted key or head stay."""
    return re.sub(r"[^\n\"']", "x", match[0]) if match[0][0] != "#" else " " * len(match[0])


def _unquoted(name: str) -> str:
    parts = re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", name)
    return ".".join(part.strip().strip("\"'") for part in parts)


_NAMES = {str: 'words in quotation marks: "…"', int: "a number", bool: "true or false", dict: "a table: {…}"}


def check_table(
    data: Mapping[str, Any], allowed: Mapping[str, Field], report: Report, lines: TomlLines, table: str = ""
) -> bool:
    """Report what is wrong with the keys and values of a table; return whether nothing is.

    ``table`` is its name in the file, and the beginning of each message about it.
    """
    before = len(report)
    named = f" in [{table}]" if table else ""
    report_unknown(data, allowed, report, lines, table)
    for key, field in allowed.items():
        if key in data:
            check_value(f"“{key}”{named}", data[key], field, report, lines.key(table, key))
        elif field.required:
            report.add(lines.table(table), f"no {key}{named}", f"write {key} = {field.example or _NAMES[field.kind]}")
    return len(report) == before


def read_entries(
    data: Mapping[str, Any], allowed: Mapping[str, Field], report: Report, lines: TomlLines
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tables of a file whose keys are anchors and whose fields are right; report what is wrong with others.

    So persons, events and declared quotations are written: ``[key]``, and below it the fields of ``allowed``.
    """
    remedy = "write small letters, figures and hyphens"
    for key, said in data.items():
        if not isinstance(said, dict):
            report.add(lines.key("", key), f"“{key}” stands outside an entry", "write [key] first")
            continue
        tables = [name for name, value in said.items() if isinstance(value, dict)]
        inner = [name for name in tables if name not in allowed or allowed[name].kind is not dict]
        if inner:
            report.add(lines.table(f"{key}.{inner[0]}"), f"the key “{key}.{inner[0]}” is no anchor", remedy)
        elif not re.fullmatch(r"[a-z0-9][a-z0-9-]*", key):
            report.add(lines.table(key), f"the key “{key}” is no anchor", remedy)
        elif check_table(said, allowed, report, lines, key):
            yield key, said


def report_unknown(
    data: Mapping[str, Any], allowed: Mapping[str, Field], report: Report, lines: TomlLines, table: str = ""
) -> None:
    """Report the keys of a table that are no fields, with the one that was probably meant."""
    named = f" in [{table}]" if table else ""
    for key in data:
        if key not in allowed:
            near = get_close_matches(key, allowed, 1)
            remedy = f"write {near[0]}" if near else f"use {', '.join(sorted(allowed))}"
            report.add(lines.key(table, key), f"“{key}”{named} is no field", remedy)


def check_value(label: str, value: object, field: Field, report: Report, line: int) -> bool:
    """Report what is wrong with a value; return whether nothing is. Messages call it by ``label``: ``“title”``."""
    wanted = field.example or _NAMES.get(field.kind, '["several", "words"]')
    if type(value) is not field.kind:
        report.add(line, f"{label} is {_shown(value)}", f"write {wanted}")
        return False
    if field.kind not in {str, list}:
        return True
    before = len(report)
    words: Iterable[object] = value if isinstance(value, list) else [value]
    for word in words:
        if not isinstance(word, str):
            report.add(line, f"{label} has {_shown(word)}", f"write {wanted}")
        elif not word.strip() and field.empty:
            continue
        elif not word.strip():
            report.add(line, f"{label} is empty", f"write {wanted}, or remove it")
        elif field.form and not re.fullmatch(field.form, word):
            report.add(line, f"{label} is “{word}”", f"write {wanted}")
    return len(report) == before


def _shown(value: object) -> str:
    """Return a value as a message shows it, short."""
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    if isinstance(value, bool):
        text = text.lower()  # as TOML writes it
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - enough to find it
